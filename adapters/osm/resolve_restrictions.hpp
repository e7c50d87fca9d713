#pragma once

#include <string>

#include "adapters/osm/noding.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/osm/road_draft.hpp"

namespace maillage {

/// Turns the restrictions into sequences of open arcs of `roads.parts`, whose times are set. A restriction that changes
/// nothing for the mode (a closed road or direction, a node that cannot be passed) is ignored and counted; one whose members
/// do not meet, or meet in more ways than one, is listed as damaged.
void resolve_restrictions(const RoadDraft& draft, const Noding& noding, const std::string& source, OsmRoads& roads);

}  // namespace maillage
