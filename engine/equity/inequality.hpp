#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/equity/weighted_values.hpp"

/// Inequality of a quantity (access, hours, seats per head) among inhabitants: every unit counts as its population, not as
/// one. An index of nothing (nobody, or a mean of zero) is no number and is given as none, never as 0.
namespace maillage {

/// Gini index, 0 (everybody alike) to 1. None where the mean is 0.
/// Equals sum_i sum_k p_i p_k |x_i - x_k| / (2 mean).  Source: Gini (1912); Lerman & Yitzhaki (1989),
/// doi:10.1016/0304-4076(89)90074-2, for weights.
[[nodiscard]] std::optional<double> gini(const WeightedValues& values);

/// Theil T, with 0 ln 0 = 0 and the population of zeros in the denominator; 0 to ln(population). None where the mean is 0.
/// Source: Theil (1967), Economics and Information Theory.
[[nodiscard]] std::optional<double> theil_t(const WeightedValues& values);

/// Theil L, the mean log deviation: infinite as soon as somebody has nothing, so how many have nothing is told instead.
struct MeanLogDeviation {
  std::optional<double> value;           ///< none where somebody has nothing, or nobody is there
  double zero_share = 0;                 ///< share of the population whose value is 0
  std::optional<double> among_positive;  ///< of the others alone
};
[[nodiscard]] MeanLogDeviation mean_log_deviation(const WeightedValues& values);

/// Atkinson index, 0 to 1. With aversion >= 1 a single zero makes it 1. None where the mean is 0.
/// \param aversion  epsilon >= 0; \throws ArgumentError below 0 or not finite.  Source: Atkinson (1970),
/// doi:10.1016/0022-0531(70)90039-6.
[[nodiscard]] std::optional<double> atkinson(const WeightedValues& values, double aversion);

/// Poverty of what is below a line: share of the population (head count), mean shortfall relative to the line, and mean
/// squared relative shortfall. At the line is not below it.
struct Poverty {
  double head_count = 0;        ///< FGT 0
  double gap = 0;               ///< FGT 1
  double severity = 0;          ///< FGT 2
  double population_below = 0;  ///< inhabitants below the line
};
/// \param line  > 0, in the unit of the values; \throws ArgumentError otherwise.  All 0 where nobody lives.
/// Source: Foster, Greer & Thorbecke (1984), doi:10.2307/1913475.
[[nodiscard]] Poverty foster_greer_thorbecke(const WeightedValues& values, double line);

/// The poorest `population_share` of the inhabitants hold `value_share` of the whole.
struct LorenzPoint {
  double population_share = 0;
  double value_share = 0;
  friend bool operator==(const LorenzPoint&, const LorenzPoint&) = default;
};
/// From (0, 0) to (1, 1), one point after each distinct value; straight in between. Empty where the mean is 0.
[[nodiscard]] std::vector<LorenzPoint> lorenz_curve(const WeightedValues& values);

/// What each of `quantiles` equal parts of the population holds of the whole, poorest first; they add up to 1. A class of
/// equal values that lies across a bound is split in proportion. Empty where the mean is 0.
/// \throws ArgumentError for no quantile.
[[nodiscard]] std::vector<double> quantile_shares(const WeightedValues& values, std::size_t quantiles);

/// A quantity of units ranked by something else, such as access by income. Views, for the length of a call.
struct RankedValues {
  std::span<const double> values;      ///< >= 0
  std::span<const double> rank_by;     ///< finite: income, deprivation; the order of the units
  std::span<const double> population;  ///< >= 0
};

/// Mean access of the richest 10 % over mean access of the poorest 40 %, both by `rank_by`. None where the poorest have
/// nothing or a group is empty.
struct PalmaRatio {
  /// Whole units: those up to the weighted 40 % quantile, those above the 90 % quantile (Hmisc's wtd.quantile).
  std::optional<double> whole_units;
  std::optional<double> split_units;  ///< exactly 40 % and 10 %, units at the bound in proportion
};
/// Source: Palma (2011), doi:10.1111/j.1467-7660.2011.01646.x. Cost: O(n log n).
[[nodiscard]] PalmaRatio palma_ratio(const RankedValues& units);

/// Who the quantity goes to: -1 (to the poorest alone) to 1 (to the richest alone); units of equal rank share their mean
/// rank. None where the mean is 0.  Source: Wagstaff, Paci & van Doorslaer (1991), doi:10.1016/0277-9536(91)90212-U.
[[nodiscard]] std::optional<double> concentration_index(const RankedValues& units);

/// Least and greatest value there can be.
struct ValueBounds {
  double least = 0;
  double greatest = 0;
};
/// Concentration index corrected for the bounds of the quantity: 4 mean / (greatest - least) times the index.
/// \param bounds  those of the populated units where none are given; \throws ArgumentError if a value lies outside.
/// None where the bounds are equal.  Source: Erreygers (2009), doi:10.1016/j.jhealeco.2008.02.003.
[[nodiscard]] std::optional<double> erreygers_index(const RankedValues& units, std::optional<ValueBounds> bounds = {});

}  // namespace maillage
