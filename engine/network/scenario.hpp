#pragma once

#include <vector>

#include "engine/network/road_network.hpp"

namespace maillage {

/// What a planner changes on a road network: roads closed, slowed or sped up, roads added.
struct RoadScenario {
  struct TimeFactor {
    ArcIndex arc;
    double factor = 1;  ///< times are multiplied by it: > 0, above 1 slower
  };
  struct AddedRoad {
    Road road{};                 ///< its ends are nodes of the network or added ones
    std::vector<Point> shape{};  ///< between its ends, both left out
  };
  std::vector<ArcIndex> closed{};          ///< directions that nobody may drive any more; both of a road close it
  std::vector<TimeFactor> time_factors{};  ///< several of one arc are multiplied
  std::vector<Point> added_nodes{};        ///< numbered after the network's
  std::vector<AddedRoad> added_roads{};    ///< numbered after the network's
};

/// The network under a scenario. Nodes and roads keep their numbers, so that places snapped before stay where they are (one
/// on a road that is closed both ways is unreachable until it is snapped anew). Turn restrictions hold on: one over a closed
/// arc falls away, but where the one turn that was allowed is closed no other becomes so. Closing and slowing therefore
/// never shorten a trip, and adding a road never lengthens one (where U-turns are allowed and turns cost nothing; else an
/// arm more makes a crossing of a bend). Times of a factor are rounded to the nearest millisecond. A search graph and
/// hierarchy are built anew from the result. \throws ArgumentError if a factor is not positive, a time gets longer than
/// kLongestArc, or the scenario names an arc or node that is not there.  Cost: O(size).
[[nodiscard]] RoadNetwork apply_scenario(const RoadNetwork& network, const RoadScenario& scenario);

}  // namespace maillage
