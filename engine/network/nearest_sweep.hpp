#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

/// A facility and the distance to it; the order of these is by distance, then by facility.
struct FacilityDistance {
  std::uint32_t distance = kNoPath;
  FacilityIndex facility;
  friend constexpr auto operator<=>(const FacilityDistance&, const FacilityDistance&) = default;
};

/// The `k` nearest facilities of every place of a hierarchy, ties to the lower facility: one upward search from all
/// facilities, then one sweep down over all places (PHAST, Delling et al. 2013, doi:10.1016/j.jpdc.2012.02.007).
/// \param direction  forward: distances from the places to the facilities; backward: from the facilities
/// \param k  at least 1
/// \returns  k entries per place in order; kNoPath and no facility where fewer can be reached
/// \throws ArgumentError if k is 0.
/// Cost: O(k x arcs of the hierarchy) whatever the number of facilities; memory: 8 k bytes a place.
[[nodiscard]] std::vector<FacilityDistance> nearest_of_all_places(const ContractionHierarchy& hierarchy,
                                                                  const Csr<FacilityIndex, Terminal>& facilities,
                                                                  Direction direction, std::size_t k);

}  // namespace maillage
