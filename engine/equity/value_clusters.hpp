#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/equity/autocorrelation.hpp"
#include "engine/equity/local_autocorrelation.hpp"

namespace maillage {

/// What one unit is by its neighbours.
struct UnitClusters {
  bool has_value = false;  ///< else nothing below means anything
  LocalStatistic moran;
  ClusterKind kind = ClusterKind::not_significant;  ///< by local Moran's I
  double p = 1;                                     ///< its p, corrected
  LocalStatistic gi_star;
  ClusterKind spot = ClusterKind::not_significant;  ///< high_high hot, low_low cold
  double spot_p = 1;
};

/// Whether neighbours fare alike, over the map and place by place.
struct ValueClusters {
  std::vector<UnitClusters> units;  ///< one per value
  std::optional<GlobalStatistic> moran;
  std::optional<GlobalStatistic> geary;
  std::size_t without_value = 0;
  std::size_t islands = 0;
};

/// All of it for values of which some may be missing (NaN): those units are left out with their links.
/// \throws ArgumentError if the sizes differ.  Cost: that of local_moran twice, and of moran_i and geary_c.
[[nodiscard]] ValueClusters find_clusters(const SpatialWeights& weights, std::span<const double> values,
                                          const PermutationOptions& permutations = {}, const ClusterOptions& options = {});

}  // namespace maillage
