#include "maps/classification.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// To three significant digits.
double readable(const double value) {
  constexpr double kDigits = 3;
  if (value == 0) {
    return 0;
  }
  const double step = std::pow(10, std::floor(std::log10(std::abs(value))) + 1 - kDigits);
  return step >= 1 ? std::round(value / step) * step : std::round(value / step) / std::round(1 / step);
}

}  // namespace

ClassBounds quantile_classes(const std::span<const double> values, const std::size_t classes) {
  if (classes == 0) {
    throw ArgumentError("quantile_classes: no class");
  }
  std::vector<double> sorted;
  for (const double value : values) {
    if (std::isfinite(value)) {
      sorted.push_back(value);
    }
  }
  std::ranges::sort(sorted);
  ClassBounds result;
  if (sorted.empty()) {
    return result;
  }
  result.bounds.push_back(sorted.front());
  for (std::size_t k = 1; k < classes; ++k) {
    const double bound = readable(sorted[k * sorted.size() / classes]);
    if (bound > result.bounds.back() && bound < sorted.back()) {
      result.bounds.push_back(bound);
    }
  }
  result.bounds.push_back(sorted.back());
  return result;
}

}  // namespace maillage
