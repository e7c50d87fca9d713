#include "engine/network/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

std::uint32_t& time_of(std::vector<Road>& roads, const ArcIndex arc) {
  if (road_of(arc).value() >= roads.size()) {
    throw ArgumentError("road scenario: an arc that is not there");
  }
  Road& road = roads[road_of(arc).value()];
  return is_backward(arc) ? road.backward_ms : road.forward_ms;
}

void change_times(const RoadScenario& scenario, std::vector<Road>& roads) {
  for (const auto& [arc, factor] : scenario.time_factors) {
    std::uint32_t& time_ms = time_of(roads, arc);
    if (!(factor > 0)) {
      throw ArgumentError("road scenario: a factor that is not positive");
    }
    if (time_ms == kClosed) {
      continue;
    }
    const double changed = std::round(time_ms * factor);
    if (!(changed <= kLongestArc)) {
      throw ArgumentError("road scenario: a time longer than any arc may take");
    }
    time_ms = static_cast<std::uint32_t>(changed);
  }
  for (const ArcIndex arc : scenario.closed) {
    time_of(roads, arc) = kClosed;
  }
}

/// Turn restrictions of a network that hold on when some of its arcs are closed and others were added.
class RestrictionCopier {
 public:
  RestrictionCopier(const RoadNetwork& network, RoadNetworkParts& parts) : network_(network), parts_(parts) {}

  void copy() {
    for (std::size_t k = 0; k < network_.restrictions(); ++k) {
      const auto arcs = network_.restriction(k);
      const auto begun = arcs.first(arcs.size() - 1);
      const auto open = [&](const std::uint32_t arc) { return is_open(arc); };
      if (!std::all_of(begun.begin(), begun.end(), open)) {
        continue;
      }
      if (is_open(arcs.back())) {
        add(begun, arcs.back(), network_.restriction_mandatory[k]);
      } else if (network_.restriction_mandatory[k] != 0) {
        forbid_all_after(begun);
      }
    }
  }

 private:
  [[nodiscard]] bool is_open(const std::uint32_t arc) const {
    return time_of(parts_.roads, ArcIndex{std::size_t{arc}}) != kClosed;
  }
  void add(const std::span<const std::uint32_t> begun, const std::uint32_t last, const std::uint8_t mandatory) {
    parts_.restriction_arcs.insert(parts_.restriction_arcs.end(), begun.begin(), begun.end());
    parts_.restriction_arcs.push_back(last);
    parts_.restriction_first.push_back(parts_.restriction_arcs.size());
    parts_.restriction_mandatory.push_back(mandatory);
  }
  /// The one way on is closed: none of the others opens. Rare, so that a walk over all roads will do.
  void forbid_all_after(const std::span<const std::uint32_t> begun) {
    const RoadNodeIndex node = network_.head(ArcIndex{std::size_t{begun.back()}});
    for (std::uint32_t road = 0; road < parts_.roads.size(); ++road) {
      if (parts_.roads[road].from == node && is_open(2 * road)) {
        add(begun, 2 * road, 0);
      }
      if (parts_.roads[road].to == node && is_open(2 * road + 1)) {
        add(begun, 2 * road + 1, 0);
      }
    }
  }

  const RoadNetwork& network_;
  RoadNetworkParts& parts_;
};

}  // namespace

RoadNetwork apply_scenario(const RoadNetwork& network, const RoadScenario& scenario) {
  RoadNetworkParts parts;
  parts.crs = network.crs;
  parts.mode = network.mode;
  parts.nodes.assign(network.nodes.begin(), network.nodes.end());
  parts.nodes.insert(parts.nodes.end(), scenario.added_nodes.begin(), scenario.added_nodes.end());
  parts.roads.assign(network.roads.begin(), network.roads.end());
  parts.shape_first.assign(network.shape_first.begin(), network.shape_first.end());
  parts.shape_points.assign(network.shape_points.begin(), network.shape_points.end());
  change_times(scenario, parts.roads);
  for (const RoadScenario::AddedRoad& added : scenario.added_roads) {
    parts.roads.push_back(added.road);
    parts.shape_points.insert(parts.shape_points.end(), added.shape.begin(), added.shape.end());
    parts.shape_first.push_back(parts.shape_points.size());
  }
  RestrictionCopier(network, parts).copy();
  return make_road_network(std::move(parts));
}

}  // namespace maillage
