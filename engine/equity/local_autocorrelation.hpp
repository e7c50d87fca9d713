#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/core/indexed.hpp"
#include "engine/equity/autocorrelation.hpp"
#include "engine/equity/conditional_permutation.hpp"
#include "engine/equity/multiple_testing.hpp"
#include "engine/equity/spatial_weights.hpp"

/// Where on the map neighbours are alike. Every statistic here compares the sum over a unit's neighbours with sums over as
/// many other units, the unit's own value fixed ("conditional").
namespace maillage {

struct LocalOptions {
  PermutationOptions permutations = {};  ///< of 0 permutations, every p is 1
  IslandRule islands = IslandRule::kept;
};

/// One unit's statistic. For an island all are 0 and p is 1.
struct LocalStatistic {
  double value = 0;
  /// Mean and variance of `value` over all conditional permutations, exactly (Sokal, Oden & Thomson 1998,
  /// doi:10.1111/j.1538-4632.1998.tb00406.x).
  double expected = 0;
  double variance = 0;
  double own = 0;          ///< the unit's value less the mean
  double neighbours = 0;   ///< the mean of the neighbours' values less the mean
  double p_greater = 1;    ///< (permutations with the value or more + 1) / (permutations + 1)
  double p_less = 1;       ///< (permutations with the value or less + 1) / (permutations + 1)
  double p_two_sided = 1;  ///< min(1, twice the smaller), in (0, 1]
  bool island = false;
};

using LocalStatistics = IndexedVector<UnitIndex, LocalStatistic>;

/// Local Moran's I, z_i sum_j w_ij z_j / (z'z / (n - 1)), the scaling of GeoDa and PySAL; times (n - 1) / n it is Anselin's
/// first form. All 0 where all values are equal.
/// \throws ArgumentError if the sizes differ or a value is not finite.  Cost: that of rank_neighbour_sums.
/// Source: Anselin (1995), doi:10.1111/j.1538-4632.1995.tb00338.x.
[[nodiscard]] LocalStatistics local_moran(const SpatialWeights& weights, std::span<const double> values,
                                          const LocalOptions& options = {});

/// Two quantities of the same units. Views, for the length of a call.
struct ValuePair {
  std::span<const double> own;         ///< x, of the unit itself
  std::span<const double> neighbours;  ///< y, of its neighbours; these are permuted
};

/// Bivariate local Moran, z(x)_i sum_j w_ij z(y)_j with z of standard deviations over n - 1: is a unit's x like its
/// neighbours' y. All 0 where all x or all y are equal.  Source: Anselin, Syabri & Smirnov (2002).
[[nodiscard]] LocalStatistics bivariate_local_moran(const SpatialWeights& weights, const ValuePair& values,
                                                    const LocalOptions& options = {});

/// Getis and Ord's Gi as a standard normal deviate: the neighbours without the unit itself; > 0 where their values are high.
/// The same for binary and row-standardised weights. Expected 0, variance 1.
/// Source: Getis & Ord (1992), doi:10.1111/j.1538-4632.1992.tb00261.x; Ord & Getis (1995),
/// doi:10.1111/j.1538-4632.1995.tb00912.x.
[[nodiscard]] LocalStatistics getis_ord_gi(const SpatialWeights& weights, std::span<const double> values,
                                           const LocalOptions& options = {});

/// Gi*: the unit is one of its own neighbours. `value` is Ord and Getis's standard deviate with mean and variance of all
/// units; `expected` and `variance` are those given the unit's own value, and p is that of Gi.
[[nodiscard]] LocalStatistics getis_ord_gi_star(const SpatialWeights& weights, std::span<const double> values,
                                                const LocalOptions& options = {});

/// Kinds of places by themselves and by their neighbours. For Gi and Gi*: high_high is a hot spot, low_low a cold one.
enum class ClusterKind : std::uint8_t { not_significant, high_high, low_low, low_high, high_low, island };

struct ClusterOptions {
  double significance = 0.05;  ///< greatest adjusted p that counts
  /// nothing for p as it is, which finds clusters on maps without any.
  std::optional<FalseDiscovery> correction = FalseDiscovery::benjamini_hochberg;
};

/// Clusters with the p values they were told by.
struct Clusters {
  IndexedVector<UnitIndex, ClusterKind> kinds;
  IndexedVector<UnitIndex, double> p;  ///< two-sided, corrected; 1 for islands, which are no tests
};

/// Of local_moran and bivariate_local_moran: by the signs of own value and neighbours.
[[nodiscard]] Clusters moran_clusters(const LocalStatistics& statistics, const ClusterOptions& options = {});

/// Of getis_ord_gi and getis_ord_gi_star: hot and cold spots, by the sign of the deviate.
[[nodiscard]] Clusters hot_and_cold_spots(const LocalStatistics& statistics, const ClusterOptions& options = {});

}  // namespace maillage
