#include "engine/survey/published_figure.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::int64_t scale_of(const Decimal& percentage) {
  if (percentage.units < 0 || percentage.decimals < 0 || percentage.decimals > kMostAuditDecimals) {
    throw ArgumentError("audit: a percentage is at least 0, with 0 to 4 decimals");
  }
  std::int64_t scale = 100;
  for (int decimal = 0; decimal < percentage.decimals; ++decimal) {
    scale *= 10;
  }
  return scale;
}

std::int64_t ceiling(const std::int64_t part, const std::int64_t whole) {
  return part <= 0 ? 0 : (part + whole - 1) / whole;
}

}  // namespace

CountRange intersection(const CountRange& a, const CountRange& b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

CountRange counts_printed_as(const Decimal& percentage, const std::int64_t base) {
  const std::int64_t scale = scale_of(percentage);
  if (base < 1 || base > kLargestAuditBase) {
    throw ArgumentError("audit: a base is 1 to a thousand million");
  }
  if (percentage.units > scale) {
    return {};
  }
  // k prints as u when 2 base u <= 2 scale k + base < 2 base (u + 1).
  const std::int64_t doubled = 2 * base * percentage.units;
  return {ceiling(doubled - base, 2 * scale), std::min(base, ceiling(doubled + base, 2 * scale) - 1)};
}

CountRange bases_printed_as(const std::int64_t count, const Decimal& percentage) {
  const std::int64_t scale = scale_of(percentage);
  if (count < 0 || count > kLargestAuditBase) {
    throw ArgumentError("audit: a count is 0 to a thousand million");
  }
  const std::int64_t doubled = 2 * scale * count;
  const std::int64_t first = std::max({std::int64_t{1}, count, doubled / (2 * percentage.units + 1) + 1});
  const std::int64_t last = percentage.units == 0 ? kLargestAuditBase : doubled / (2 * percentage.units - 1);
  return {first, std::min(last, kLargestAuditBase)};
}

std::vector<std::int64_t> feasible_bases(const std::span<const Decimal> percentages, const CountRange& within) {
  std::vector<std::int64_t> bases;
  for (std::int64_t base = within.last; base >= std::max(std::int64_t{1}, within.first); --base) {
    if (std::all_of(percentages.begin(), percentages.end(),
                    [base](const Decimal& percentage) { return !counts_printed_as(percentage, base).empty(); })) {
      bases.push_back(base);
    }
  }
  return bases;
}

std::optional<std::vector<CountRange>> counts_summing_to_base(const std::span<const Decimal> percentages,
                                                              const std::int64_t base) {
  std::vector<CountRange> ranges;
  std::int64_t least = 0;
  std::int64_t most = 0;
  for (const Decimal& percentage : percentages) {
    ranges.push_back(counts_printed_as(percentage, base));
    if (ranges.back().empty()) {
      return std::nullopt;
    }
    least += ranges.back().first;
    most += ranges.back().last;
  }
  if (least > base || most < base) {
    return std::nullopt;
  }
  for (CountRange& range : ranges) {
    const CountRange alone = range;
    range = intersection(alone, {base - (most - alone.last), base - (least - alone.first)});
  }
  return ranges;
}

UnionBounds union_bounds(const std::span<const Decimal> percentages) {
  if (percentages.empty()) {
    throw ArgumentError("audit: a union of nothing");
  }
  UnionBounds bounds{percentages.front(), {.units = 0, .decimals = percentages.front().decimals}};
  for (const Decimal& percentage : percentages) {
    if (percentage.decimals != bounds.least.decimals) {
      throw ArgumentError("audit: shares of one union have as many decimals each");
    }
    bounds.least.units = std::max(bounds.least.units, percentage.units);
    bounds.most.units += percentage.units;
  }
  bounds.most.units = std::min(bounds.most.units, scale_of(bounds.most));
  return bounds;
}

bool union_is_possible(const std::span<const Decimal> percentages, const Decimal& of_union, const std::int64_t base) {
  const CountRange whole = counts_printed_as(of_union, base);
  std::int64_t least = 0;
  std::int64_t most = 0;
  for (const Decimal& percentage : percentages) {
    const CountRange range = counts_printed_as(percentage, base);
    if (range.empty()) {
      return false;
    }
    least = std::max(least, range.first);
    most = std::min(base, most + range.last);
  }
  return !intersection(whole, {least, most}).empty();
}

std::optional<Decimal> moved(const Decimal& percentage, const std::int64_t units) {
  const std::int64_t result = percentage.units + units;
  if (result < 0 || result > scale_of(percentage)) {
    return std::nullopt;
  }
  return Decimal{.units = result, .decimals = percentage.decimals};
}

}  // namespace maillage
