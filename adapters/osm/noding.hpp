#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/osm/road_draft.hpp"

namespace maillage {

/// Which roads ways became, and which node an OSM node is.
struct Noding {
  std::vector<std::uint32_t> way_of_road;  ///< position in RoadDraft::ways
  std::vector<std::uint32_t> first_road;   ///< per way, n + 1
  std::vector<std::uint32_t>
      junction_of_node;                ///< per RoadDraft::node_ids; kNoNumber for bends and for what cannot be passed
  std::vector<float> forward_delay_s;  ///< per road: lost at signals, signs and gates
  std::vector<float> backward_delay_s;
  std::vector<double> length_m;  ///< per road
};

/// Cuts ways at junctions (a node used twice, or an end), at nodes that cannot be passed and at missing nodes, into
/// `roads.parts`: nodes, roads without times, shapes; positions are degrees. Nodes are numbered as roads first meet them.
[[nodiscard]] Noding node_ways(const RoadDraft& draft, const std::string& source, OsmRoads& roads);

}  // namespace maillage
