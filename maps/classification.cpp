#include "maps/classification.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"
#include "maps/jenks.hpp"

namespace maillage {

namespace {

constexpr std::array<std::pair<ClassMethod, std::string_view>, 6> kMethods{{{ClassMethod::quantiles, "quantiles"},
                                                                            {ClassMethod::equal, "equal"},
                                                                            {ClassMethod::jenks, "jenks"},
                                                                            {ClassMethod::head_tail, "head-tail"},
                                                                            {ClassMethod::pretty, "pretty"},
                                                                            {ClassMethod::fixed, "fixed"}}};

/// To three significant digits.
double readable(const double value) {
  constexpr double kDigits = 3;
  if (value == 0) {
    return 0;
  }
  const double step = std::pow(10, std::floor(std::log10(std::abs(value))) + 1 - kDigits);
  return step >= 1 ? std::round(value / step) * step : std::round(value / step) / std::round(1 / step);
}

/// The roundest number in (low, high]: what separates the same values, with as few digits as can be.
double roundest_between(const double low, const double high) {
  if (low < 0 && high >= 0) {
    return 0;
  }
  constexpr int kSteps = 17;
  double step = std::pow(10, std::ceil(std::log10(std::max(std::abs(low), std::abs(high)))));
  for (int digits = 0; digits < kSteps; ++digits, step /= 10) {
    const double inverse = std::round(1 / step);
    const double multiple = std::floor(high / step);
    const double candidate = step >= 1 ? multiple * step : multiple / inverse;
    if (candidate > low && candidate <= high) {
      return candidate;
    }
  }
  return high;
}

/// The roundest numbers that are no farther from the quantiles than a tenth of a class's values.
std::vector<double> quantile_breaks(const std::vector<double>& sorted, const std::size_t classes) {
  const std::size_t leeway = sorted.size() / classes / 10;
  std::vector<double> breaks;
  for (std::size_t k = 1; k < classes; ++k) {
    const std::size_t at = k * sorted.size() / classes;
    if (at == 0) {
      continue;  // fewer values than classes
    }
    const double low = sorted[at - 1 - std::min(leeway, at - 1)];
    const double high = sorted[std::min(at + leeway, sorted.size() - 1)];
    // Where one value fills the leeway, it is parted from those below it.
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), high);
    if (low < high) {
      breaks.push_back(roundest_between(low, high));
    } else if (first != sorted.begin()) {
      breaks.push_back(roundest_between(*(first - 1), high));
    }
  }
  return breaks;
}

std::vector<double> equal_breaks(const std::vector<double>& sorted, const std::size_t classes) {
  std::vector<double> breaks;
  const double width = (sorted.back() - sorted.front()) / static_cast<double>(classes);
  for (std::size_t k = 1; k < classes; ++k) {
    breaks.push_back(readable(sorted.front() + width * static_cast<double>(k)));
  }
  return breaks;
}

std::vector<double> pretty_breaks(const std::vector<double>& sorted, const std::size_t classes) {
  const double range = sorted.back() - sorted.front();
  if (!(range > 0)) {
    return {};
  }
  const double raw = range / static_cast<double>(classes);
  const double power = std::floor(std::log10(raw));
  constexpr std::array kMultiples{1.0, 2.0, 5.0, 10.0, 20.0};
  for (const double multiple : kMultiples) {
    // Divided, not multiplied, below 1: 3 / 10 is the number written 0.3.
    const double scale = std::pow(10, std::abs(power));
    const auto at = [&](const double k) { return power >= 0 ? k * multiple * scale : k * multiple / scale; };
    const double step = at(1);
    const double first = std::floor(sorted.front() / step) + 1;
    std::vector<double> breaks;
    for (double k = first; at(k) < sorted.back(); ++k) {
      breaks.push_back(at(k));
    }
    if (breaks.size() < classes) {
      return breaks;
    }
  }
  return {};
}

std::vector<double> head_tail_breaks(const std::vector<double>& sorted, const std::size_t classes) {
  std::vector<double> breaks;
  std::size_t first = 0;
  // A head is a minority; where it is none, the tail is no longer heavy and cutting ends (Jiang 2013).
  constexpr double kLargestHead = 0.4;
  while (breaks.size() + 1 < classes && sorted.size() - first > 1) {
    long double sum = 0;
    for (std::size_t k = first; k < sorted.size(); ++k) {
      sum += sorted[k];
    }
    const auto mean = static_cast<double>(sum / static_cast<long double>(sorted.size() - first));
    const auto head = static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), mean) - sorted.begin());
    const auto share = static_cast<double>(sorted.size() - head) / static_cast<double>(sorted.size() - first);
    if (head == first || head == sorted.size() || (share > kLargestHead && !breaks.empty())) {
      break;
    }
    breaks.push_back(roundest_between(sorted[head - 1], sorted[head]));
    first = head;
  }
  return breaks;
}

std::vector<double> jenks_breaks(const std::vector<double>& sorted, const std::size_t classes) {
  std::vector<double> breaks;
  for (const std::size_t first : jenks_starts(sorted, classes)) {
    breaks.push_back(roundest_between(sorted[first - 1], sorted[first]));
  }
  return breaks;
}

std::vector<double> breaks_of(const std::vector<double>& sorted, const ClassOptions& options, const std::size_t classes) {
  switch (options.method) {
    case ClassMethod::quantiles:
      return quantile_breaks(sorted, classes);
    case ClassMethod::equal:
      return equal_breaks(sorted, classes);
    case ClassMethod::jenks:
      return jenks_breaks(sorted, classes);
    case ClassMethod::head_tail:
      return head_tail_breaks(sorted, classes);
    case ClassMethod::pretty:
      return pretty_breaks(sorted, classes);
    case ClassMethod::fixed:
      break;
  }
  return options.breaks;
}

/// Breaks of the values below the reference, the reference, breaks of those from it on.
std::vector<double> centred_breaks(const std::vector<double>& sorted, const ClassOptions& options, const double centre) {
  const std::size_t side = std::max<std::size_t>(options.classes / 2, 1);
  const auto middle = std::lower_bound(sorted.begin(), sorted.end(), centre);
  const std::vector<double> below{sorted.begin(), middle};
  const std::vector<double> above{middle, sorted.end()};
  std::vector<double> breaks = below.empty() ? std::vector<double>{} : breaks_of(below, options, side);
  breaks.push_back(centre);
  if (!above.empty()) {
    const std::vector<double> further = breaks_of(above, options, side);
    breaks.insert(breaks.end(), further.begin(), further.end());
  }
  std::ranges::sort(breaks);
  return breaks;
}

std::size_t values_between(const std::vector<double>& sorted, const double from, const double below) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), below) -
                                  std::lower_bound(sorted.begin(), sorted.end(), from));
}

/// Takes away inner bounds until each class has enough values; a reference stays.
void join_small_classes(const std::vector<double>& sorted, const ClassOptions& options, std::vector<double>& bounds) {
  const auto count = [&](const std::size_t k) {
    const bool last = k + 2 == bounds.size();
    return values_between(sorted, bounds[k], last ? std::numeric_limits<double>::infinity() : bounds[k + 1]);
  };
  const auto is_free = [&](const std::size_t inner) {
    return inner > 0 && inner + 1 < bounds.size() && !(options.centre && bounds[inner] == *options.centre);
  };
  for (std::size_t k = 0; k + 1 < bounds.size();) {
    const bool left = is_free(k);
    const bool right = is_free(k + 1);
    if (count(k) >= options.least || (!left && !right)) {
      ++k;
      continue;
    }
    const bool to_left = left && (!right || count(k - 1) <= count(k + 1));
    bounds.erase(bounds.begin() + static_cast<std::ptrdiff_t>(to_left ? k : k + 1));
    k = 0;
  }
}

}  // namespace

std::string_view class_method_name(const ClassMethod method) {
  return kMethods.at(static_cast<std::size_t>(method)).second;
}

std::optional<ClassMethod> parse_class_method(const std::string_view name) {
  for (const auto& [method, known] : kMethods) {
    if (known == name) {
      return method;
    }
  }
  return std::nullopt;
}

ClassBounds classify(const std::span<const double> values, const ClassOptions& options) {
  if (options.classes == 0) {
    throw ArgumentError("classify: no class");
  }
  if (std::ranges::adjacent_find(options.breaks, std::greater_equal<>{}) != options.breaks.end()) {
    throw ArgumentError("classify: breaks do not ascend");
  }
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](const double value) { return std::isfinite(value); });
  std::ranges::sort(sorted);
  ClassBounds result;
  if (sorted.empty()) {
    return result;
  }
  const std::vector<double> breaks =
      options.centre ? centred_breaks(sorted, options, *options.centre) : breaks_of(sorted, options, options.classes);
  result.bounds.push_back(sorted.front());
  const bool parts_greatest = options.method == ClassMethod::jenks || options.method == ClassMethod::head_tail ||
                              options.method == ClassMethod::fixed;
  for (const double bound : breaks) {
    const bool in_range = parts_greatest ? bound <= sorted.back() : bound < sorted.back();
    if (bound > result.bounds.back() && in_range) {
      result.bounds.push_back(bound);
    }
  }
  result.bounds.push_back(sorted.back());
  join_small_classes(sorted, options, result.bounds);
  return result;
}

}  // namespace maillage
