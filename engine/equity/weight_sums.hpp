#pragma once

#include "engine/equity/spatial_weights.hpp"

namespace maillage {

/// Cliff and Ord's sums over weights.
struct WeightSums {
  double s0 = 0;  ///< sum of w_ij
  double s1 = 0;  ///< half the sum of (w_ij + w_ji)^2
  double s2 = 0;  ///< sum over units of (row sum + column sum)^2
};

/// Cost: O(links x log degree).  Source: Cliff & Ord (1981), Spatial Processes.
[[nodiscard]] WeightSums weight_sums(const SpatialWeights& weights);

}  // namespace maillage
