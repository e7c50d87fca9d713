#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/dijkstra.hpp"
#include "engine/network/direction.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

struct ArcCost {
  ArcIndex arc;
  std::uint32_t cost = kNoPath;
};

/// What it costs to come to an arc's tail and drive it (direction forward), or to go on from its head, having driven it
/// (backward). Unit of the metric.
struct ArcCosts {
  Direction direction = Direction::forward;
  RoadMetric metric = RoadMetric::travel_time_ms;
  std::vector<ArcCost> costs;  ///< of the arcs that somebody drives, ascending, each once
};

/// The arcs that states tell the cost of: turn restrictions and turn costs hold exactly. For many searches over one graph.
class StateArcs {
 public:
  /// \param network, graph  viewed, not copied.  Cost: backward O(arcs), else nothing
  StateArcs(const RoadNetwork& network, const SearchGraph& graph, Direction direction,
            RoadMetric metric = RoadMetric::travel_time_ms);

  /// \param reached  states, each once, in any order, with their distances from the origins (forward) or to them (backward)
  /// Cost: O(n log n) of the states' arcs, or O(arcs) where that is less
  [[nodiscard]] ArcCosts costs(std::span<const Terminal> reached) const;

 private:
  const RoadNetwork& network_;
  const SearchGraph& graph_;
  Direction direction_;
  RoadMetric metric_;
  std::vector<std::uint32_t> first_;  ///< per state, where backward: into arcs_
  std::vector<std::uint32_t> arcs_;   ///< open arcs by the state of who comes to their end
};

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
  /// \throws ArgumentError if the arcs are not ascending, or not of the network
  PositionCosts(const RoadNetwork& network, ArcCosts arcs, std::span<const ServiceOrigin> origins);
  PositionCosts(RoadNetwork&&, ArcCosts, std::span<const ServiceOrigin>) = delete;

  /// kNoPath where there is no way. Cost: O(log reached arcs) and the origins on that road.
  [[nodiscard]] std::uint32_t at(RoadIndex road, double fraction) const;
  /// Cost at a snap; kNoPath for a place that is not snapped. Without the access leg.
  [[nodiscard]] std::uint32_t at(const Snap& snap) const {
    return snap.road.is_none() ? kNoPath : at(snap.road, snap.fraction);
  }

  /// The service area: every position whose cost is at most `cutoff` (closed), and no other: a fraction is in a stretch if
  /// and only if `at` says so, to the last bit. By road, then fraction; stretches of a road do not touch.
  /// Cost: O(reached roads), on all threads.
  [[nodiscard]] std::vector<RoadStretch> within(std::uint32_t cutoff) const;

  /// How many arcs somebody drives.
  [[nodiscard]] std::size_t reached_arcs() const { return arcs_.costs.size(); }

 private:
  struct OnRoad {
    RoadIndex road;
    ServiceOrigin origin;
  };
  [[nodiscard]] std::uint32_t weight(ArcIndex arc) const;
  [[nodiscard]] static std::uint32_t position(std::uint32_t weight, ArcIndex arc, double fraction);
  [[nodiscard]] std::span<const OnRoad> origins_on(RoadIndex road) const;
  [[nodiscard]] std::array<std::uint32_t, 2> costs_of(RoadIndex road) const;
  [[nodiscard]] std::vector<RoadIndex> roads_within(std::uint32_t cutoff) const;
  void collect(RoadIndex road, std::uint32_t cutoff, std::vector<RoadStretch>& stretches) const;
  void add_between(ArcIndex arc, std::uint64_t least, std::uint64_t most, std::vector<RoadStretch>& stretches) const;

  const RoadNetwork* network_;
  ArcCosts arcs_;
  std::vector<OnRoad> origins_;  ///< by road
};

/// Length on the ground of some stretches, in metres. Stretches of one road must not overlap.
[[nodiscard]] double length_m(const RoadNetwork& network, std::span<const RoadStretch> stretches);

}  // namespace maillage
