#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"
#include "engine/network/snap.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

/// How one gets from a place to the road and back.
struct RoadAccess {
  SnapOptions snap;
  double access_speed_kmh =
      5;  ///< of the straight leg between the place and the road: on foot, or at walking pace in a yard
};

/// A road network ready for travel costs: views of what its owner keeps.
struct RoadModel {
  const RoadNetwork& network;
  const SearchGraph& graph;
  const ContractionHierarchy& hierarchy;
  const RoadLocator& locator;
  RoadMetric metric = RoadMetric::travel_time_ms;
  RoadAccess access;
};

/// Whether a trip starts or ends at a place.
enum class TripEnd : std::uint8_t { start, end };

/// A weight in whole seconds or metres, rounded up; kUnreachable for kNoPath.
[[nodiscard]] Cost whole_cost(const RoadModel& model, std::uint32_t weight);
/// The largest weight whose whole cost is within the limit.
[[nodiscard]] std::uint32_t largest_weight(const RoadModel& model, Cost limit);
/// Distance from the place to the road in the unit of the metric, rounded up.
[[nodiscard]] std::uint32_t access_weight(const RoadModel& model, const Snap& snap);
/// How far along an arc a snap lies, in the unit of the metric: its fraction of the arc's weight, rounded to the nearest.
/// The rest of the arc is the weight less this, so that the two parts of an arc always make the whole.
[[nodiscard]] std::uint32_t position_along(const RoadModel& model, ArcIndex arc, const Snap& snap);
/// Appends where a trip from (or to) the place meets the search graph: nothing where the place is not snapped.
void append_terminals(const RoadModel& model, const Snap& snap, TripEnd end, std::vector<Terminal>& terminals);
/// The same for trips that start or end on one arc of the place's road.
void append_arc_terminals(const RoadModel& model, const Snap& snap, ArcIndex arc, TripEnd end,
                          std::vector<Terminal>& terminals);
/// Cost between two places on one road, along that road, with both access legs; kNoPath where no direction leads there.
[[nodiscard]] std::uint32_t along_one_road(const RoadModel& model, const Snap& from, const Snap& to);

template <typename I>
[[nodiscard]] Csr<I, Terminal> make_terminals(const RoadModel& model, const std::span<const Snap> snaps, const TripEnd end) {
  Csr<I, Terminal> terminals;
  std::vector<Terminal> row;
  for (const Snap& snap : snaps) {
    row.clear();
    append_terminals(model, snap, end, row);
    terminals.push_row(row);
  }
  return terminals;
}

/// Consecutive origins and their distances to all facilities, as TableBlock, but between places: parts of arcs, access legs
/// and trips along one road are in.
void stream_road_table(const RoadModel& model, std::span<const Snap> origins, std::span<const Snap> facilities,
                       Direction direction, std::uint32_t cutoff,
                       const std::function<void(OriginIndex, std::span<const std::uint32_t>)>& visit);

/// stream_reach by road. Order within an origin: by cost before it is rounded, then by facility.
void stream_road_reach(const RoadTravel& travel, std::span<const Point> origins, std::span<const Point> facilities,
                       Cost limit, const ReachBlock& visit);
/// nearest_facility by road.
[[nodiscard]] std::vector<Reach> nearest_by_road(const RoadTravel& travel, std::span<const Point> origins,
                                                 std::span<const Point> facilities);

}  // namespace maillage
