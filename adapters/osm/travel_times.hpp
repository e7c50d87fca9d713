#pragma once

#include "adapters/osm/noding.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/osm/road_draft.hpp"

namespace maillage {

/// Marks roads in towns (kUrban): where tags say so, else where residential streets are dense (see
/// TravelProfile::urban_streets_m). Positions of `roads.parts` are metres.  Cost: O(roads log roads).
void mark_urban_roads(const RoadDraft& draft, const Noding& noding, const TravelProfile& profile, OsmRoads& roads);

/// Fills in the times of both directions: speed of the class or limit in town or country, delays at nodes, durations of
/// crossings spread over their length, boarding where a crossing leaves land, rush hour when `congestion`.
struct TimeOptions {
  bool congestion = false;
};
void set_travel_times(const RoadDraft& draft, const Noding& noding, const TravelProfile& profile, const TimeOptions& options,
                      OsmRoads& roads);

}  // namespace maillage
