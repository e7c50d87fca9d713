#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/network/road_network.hpp"

namespace maillage {

/// Roads as a reader of some network format gives them.
struct ImportedRoads {
  RoadNetworkParts parts;
  std::map<std::string, std::int64_t> counts;  ///< snake_case names for reports: "arcs_in", "roads", "two_way_roads"...
  /// Where the source numbers its arcs: the ArcIndex of each, in the source's order. Empty elsewhere.
  std::vector<std::uint32_t> arc_of_input;
  std::string vintage;  ///< date of the data where the source tells one
};

}  // namespace maillage
