#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/equity/spatial_weights.hpp"

/// Whether neighbours are alike over the whole map. A statistic that is not defined (all values equal, no two neighbours,
/// fewer than four units) is none.
namespace maillage {

/// What is done with units that have no neighbour.
/// - kept: they count in the mean, the variance and the number of units, and their values are drawn in permutations, as in
///   PySAL and GeoDa; they have no local statistic.
/// - left_out: as if they were not there, as in R's spdep.
enum class IslandRule { kept, left_out };

struct GlobalOptions {
  IslandRule islands = IslandRule::kept;
  std::size_t permutations = 999;  ///< of all values over the whole map; 0 for none
  std::uint64_t seed = 42;
};

/// Where the observed statistic stands among those of permuted maps.
struct PermutationTest {
  std::uint32_t permutations = 0;
  std::uint32_t at_least = 0;  ///< permutations with the observed statistic or more
  std::uint32_t at_most = 0;   ///< permutations with the observed statistic or less
  double mean = 0;
  double standard_deviation = 0;
  double p_greater = 1;    ///< (at_least + 1) / (permutations + 1)
  double p_less = 1;       ///< (at_most + 1) / (permutations + 1)
  double p_two_sided = 1;  ///< min(1, twice the smaller)
};

/// Moran's I or Geary's c with its moments under the null hypothesis.
struct GlobalStatistic {
  double value = 0;
  double expected = 0;
  double variance_normality = 0;      ///< values drawn from a normal distribution
  double variance_randomisation = 0;  ///< these values placed at random
  std::size_t units = 0;              ///< that the statistic counts
  std::optional<PermutationTest> permutation;
};

/// Moran's I = n / S0 x z'Wz / z'z; neighbours alike above its expectation -1 / (n - 1).
/// \throws ArgumentError if the sizes differ or a value is not finite.  Cost: O(links) per permutation, in parallel.
/// Source: Moran (1950), doi:10.1093/biomet/37.1-2.17; moments: Cliff & Ord (1981), Spatial Processes.
[[nodiscard]] std::optional<GlobalStatistic> moran_i(const SpatialWeights& weights, std::span<const double> values,
                                                     const GlobalOptions& options = {});

/// Geary's c = (n - 1) sum_ij w_ij (x_i - x_j)^2 / (2 S0 z'z); neighbours alike below its expectation 1.
/// Source: Geary (1954), doi:10.2307/2986645; moments: Cliff & Ord (1981).
[[nodiscard]] std::optional<GlobalStatistic> geary_c(const SpatialWeights& weights, std::span<const double> values,
                                                     const GlobalOptions& options = {});

}  // namespace maillage
