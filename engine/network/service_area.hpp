#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/dijkstra.hpp"
#include "engine/network/direction.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

/// For every arc, what it costs to come to its tail and drive it (direction forward), or to go on from its head, having
/// driven it (backward); kNoPath where nobody does. Unit of the metric.
struct ArcCosts {
  Direction direction = Direction::forward;
  RoadMetric metric = RoadMetric::travel_time_ms;
  std::vector<std::uint32_t> cost;  ///< per ArcIndex
};

/// From the distances of a search over states: turn restrictions and turn costs hold exactly.
/// \param distance  per state, from the origins (forward) or to them (backward); kNoPath where there is none
/// \throws ArgumentError if its size is not that of the graph's states
[[nodiscard]] ArcCosts arc_costs_of_states(const RoadNetwork& network, const SearchGraph& graph,
                                           std::span<const std::uint32_t> distance, Direction direction,
                                           RoadMetric metric = RoadMetric::travel_time_ms);
/// From distances of road nodes, where neither turn restrictions nor turn costs matter.
/// \throws ArgumentError if its size is not that of the nodes
[[nodiscard]] ArcCosts arc_costs_of_nodes(const RoadNetwork& network, std::span<const std::uint32_t> distance,
                                          Direction direction, RoadMetric metric = RoadMetric::travel_time_ms);

/// A place that trips start from (forward) or lead to (backward), and what is spent between it and the road.
struct ServiceOrigin {
  Snap snap;
  std::uint32_t access = 0;
};

/// A part of a road: fractions of the length of its shape, from `from` to `to`, ends included.
struct RoadStretch {
  RoadIndex road;
  double begin = 0;
  double end = 1;
  friend bool operator==(const RoadStretch&, const RoadStretch&) = default;
};

/// What it costs to come to any position on any road from the nearest of some places, or from there to them.
///
/// Rule, in whole units of the metric: a position lies round(fraction x weight) along an arc, halves up, the fraction being
/// counted from the arc's tail. Forward, it costs what its tail costs and that; backward, the rest of the arc's weight and
/// what its head costs. On the road of an origin one also goes straight along it, in the open directions. The least counts.
class PositionCosts {
 public:
  /// \param network  viewed, not copied
  /// \throws ArgumentError if there is not one cost per arc
  PositionCosts(const RoadNetwork& network, ArcCosts arcs, std::span<const ServiceOrigin> origins);
  PositionCosts(RoadNetwork&&, ArcCosts, std::span<const ServiceOrigin>) = delete;

  /// kNoPath where there is no way. Cost: O(1) and the origins on that road.
  [[nodiscard]] std::uint32_t at(RoadIndex road, double fraction) const;
  /// Cost at a snap; kNoPath for a place that is not snapped. Without the access leg.
  [[nodiscard]] std::uint32_t at(const Snap& snap) const {
    return snap.road.is_none() ? kNoPath : at(snap.road, snap.fraction);
  }

  /// The service area: every position whose cost is at most `cutoff` (closed), and no other: a fraction is in a stretch if
  /// and only if `at` says so, to the last bit. By road, then fraction; stretches of a road do not touch.
  /// Cost: O(roads), on all threads.
  [[nodiscard]] std::vector<RoadStretch> within(std::uint32_t cutoff) const;

 private:
  struct OnRoad {
    RoadIndex road;
    ServiceOrigin origin;
  };
  [[nodiscard]] std::uint32_t weight(ArcIndex arc) const;
  [[nodiscard]] static std::uint32_t position(std::uint32_t weight, ArcIndex arc, double fraction);
  [[nodiscard]] std::span<const OnRoad> origins_on(RoadIndex road) const;
  void collect(RoadIndex road, std::uint32_t cutoff, std::vector<RoadStretch>& stretches) const;
  void add_between(ArcIndex arc, std::uint64_t least, std::uint64_t most, std::vector<RoadStretch>& stretches) const;

  const RoadNetwork* network_;
  ArcCosts arcs_;
  std::vector<OnRoad> origins_;  ///< by road
};

/// Length on the ground of some stretches, in metres. Stretches of one road must not overlap.
[[nodiscard]] double length_m(const RoadNetwork& network, std::span<const RoadStretch> stretches);

}  // namespace maillage
