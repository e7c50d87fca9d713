#include "engine/equity/value_clusters.hpp"

#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {

ValueClusters find_clusters(const SpatialWeights& weights, const std::span<const double> values,
                            const PermutationOptions& permutations, const ClusterOptions& options) {
  if (values.size() != weights.units()) {
    throw ArgumentError("find_clusters: one value per unit is needed");
  }
  std::vector<UnitIndex> kept;
  std::vector<double> present;
  for (std::size_t unit = 0; unit < values.size(); ++unit) {
    if (!std::isnan(values[unit])) {
      kept.push_back(UnitIndex{unit});
      present.push_back(values[unit]);
    }
  }
  ValueClusters clusters;
  clusters.units.resize(values.size());
  clusters.without_value = values.size() - kept.size();
  const SpatialWeights among = weights_among(weights, kept);
  clusters.islands = islands(among).size();
  clusters.moran = moran_i(among, present);
  clusters.geary = geary_c(among, present);
  const LocalOptions local{.permutations = permutations, .islands = IslandRule::kept};
  const LocalStatistics moran = local_moran(among, present, local);
  const LocalStatistics gi_star = getis_ord_gi_star(among, present, local);
  const Clusters kinds = moran_clusters(moran, options);
  const Clusters spots = hot_and_cold_spots(gi_star, options);
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const UnitIndex unit{k};
    clusters.units[kept[k].value()] = {.has_value = true,
                                       .moran = moran[unit],
                                       .kind = kinds.kinds[unit],
                                       .p = kinds.p[unit],
                                       .gi_star = gi_star[unit],
                                       .spot = spots.kinds[unit],
                                       .spot_p = spots.p[unit]};
  }
  return clusters;
}

}  // namespace maillage
