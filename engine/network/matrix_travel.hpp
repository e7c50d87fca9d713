#pragma once

#include <vector>

#include "engine/network/travel_costs.hpp"

namespace maillage {

/// stream_reach over a cost matrix: O(stored costs). A facility whose column no cost names is unreachable. \throws
/// ArgumentError if an origin names a row that is not there
void stream_matrix_reach(const CostMatrix& matrix, const TravelPlaces& origins, const TravelPlaces& facilities, Cost limit,
                         const ReachBlock& visit);
/// nearest_facility over a cost matrix. \throws ArgumentError as above
[[nodiscard]] std::vector<Reach> nearest_in_matrix(const CostMatrix& matrix, const TravelPlaces& origins,
                                                   const TravelPlaces& facilities);

}  // namespace maillage
