#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// A measure as it is ranked. Values are NaN where missing.
struct RankedMeasure {
  std::span<const double> values;  ///< one per unit
  /// More is better: a missing value has no rank. Otherwise it is a cost, and what cannot be had at any cost is worst:
  /// missing values share the last ranks.
  bool more_is_better = true;
};

/// How far measures of the same thing agree on who is well served.
struct Disagreement {
  std::vector<std::vector<double>>
      ranks;                            ///< per measure and unit; 1 is best served, equals share their mean rank; NaN: none
  std::vector<double> median_rank;      ///< over the measures that rank the unit; NaN where none does
  std::vector<double> spread;           ///< worst less best rank; NaN where fewer than two measures rank the unit
  std::vector<std::uint32_t> measures;  ///< that rank the unit
  std::vector<std::uint32_t> in_worst_tenth;  ///< measures that rank it beyond nine tenths of the units they rank
};

/// \throws ArgumentError if a measure has not `units` values.  Cost: O(measures x units log units).
[[nodiscard]] Disagreement compare_measures(std::span<const RankedMeasure> measures, std::size_t units);

}  // namespace maillage
