#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/survey/table.hpp"

/// What a printed percentage says of the counts behind it. Percentages are rounded half up; everything is exact integers.
namespace maillage {

/// Whole numbers first..last; empty when last < first.
struct CountRange {
  std::int64_t first = 0;
  std::int64_t last = -1;

  [[nodiscard]] bool empty() const { return last < first; }
  [[nodiscard]] bool holds(const std::int64_t count) const { return first <= count && count <= last; }
  friend bool operator==(const CountRange&, const CountRange&) = default;
};

[[nodiscard]] CountRange intersection(const CountRange& a, const CountRange& b);

/// Largest base an audit takes, and most decimals of a percentage: their products stay within 64 bits.
inline constexpr std::int64_t kLargestAuditBase = 1'000'000'000;
inline constexpr int kMostAuditDecimals = 4;

/// The counts out of `base` that print as this percentage: the GRIM test, empty when there is none.
/// \throws ArgumentError on a negative percentage, too many decimals or a base outside 1..kLargestAuditBase
/// Source: Brown & Heathers (2017), doi:10.1177/1948550616673876, for proportions.
[[nodiscard]] CountRange counts_printed_as(const Decimal& percentage, std::int64_t base);

/// The bases M for which `count` out of M prints as this percentage; nothing above when it prints as 0 (last is then
/// kLargestAuditBase). A response rate tells the size of the frame.
[[nodiscard]] CountRange bases_printed_as(std::int64_t count, const Decimal& percentage);

/// The bases of `within` for which every percentage has a count, descending. Cost: O(bases * percentages).
[[nodiscard]] std::vector<std::int64_t> feasible_bases(std::span<const Decimal> percentages, const CountRange& within);

/// Counts of each category that print as these percentages and sum to the base; nothing when there are none.
/// Each range is tight: every count in it stands in some solution.
[[nodiscard]] std::optional<std::vector<CountRange>> counts_summing_to_base(std::span<const Decimal> percentages,
                                                                            std::int64_t base);

/// What the union of some answers may be, in percent, given the share of each: Frechet's bounds, widened by rounding.
struct UnionBounds {
  Decimal least;  ///< the largest share
  Decimal most;   ///< their sum, at most 100
};

/// \throws ArgumentError without percentages, or when their decimals differ
[[nodiscard]] UnionBounds union_bounds(std::span<const Decimal> percentages);

/// Whether counts of `base` exist that print as the shares and as their union. Source: Frechet (1935).
[[nodiscard]] bool union_is_possible(std::span<const Decimal> percentages, const Decimal& of_union, std::int64_t base);

/// The percentage with its last printed digit moved by that many units; nothing outside 0..100.
[[nodiscard]] std::optional<Decimal> moved(const Decimal& percentage, std::int64_t units);

}  // namespace maillage
