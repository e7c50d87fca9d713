#include "engine/network/road_network.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

[[noreturn]] void broken(const std::string_view what, const std::size_t position) {
  throw ArgumentError(fmt::format("road network: {} at {}", what, position));
}

/// n + 1 non-decreasing offsets from 0 to the size of what they point into.
void validate_offsets(const Column<std::uint64_t>& first, const std::size_t rows, const std::size_t values,
                      const std::string_view what) {
  if (first.size() != rows + 1 || first[0] != 0 || first[rows] != values) {
    broken(what, first.size());
  }
  for (std::size_t k = 0; k < rows; ++k) {
    if (first[k] > first[k + 1]) {
      broken(what, k);
    }
  }
}

void validate_points(const Column<Point>& points, const std::string_view what) {
  for (std::size_t k = 0; k < points.size(); ++k) {
    if (!std::isfinite(points[k].x) || !std::isfinite(points[k].y)) {
      broken(what, k);
    }
  }
}

void validate_roads(const RoadNetwork& network) {
  const auto bad_time = [](const std::uint32_t time_ms) { return time_ms > kLongestArc && time_ms != kClosed; };
  for (std::size_t k = 0; k < network.roads.size(); ++k) {
    const Road& road = network.roads[k];
    if (road.from.value() >= network.nodes.size() || road.to.value() >= network.nodes.size()) {
      broken("a road ends at a node that is not there,", k);
    }
    if (bad_time(road.forward_ms) || bad_time(road.backward_ms) || road.length_cm > kLongestArc) {
      broken("a road takes too long or is too long,", k);
    }
    if (static_cast<std::size_t>(road.road_class) >= kRoadClasses) {
      broken("a road of no known class", k);
    }
  }
}

void validate_restrictions(const RoadNetwork& network) {
  for (std::size_t k = 0; k < network.restrictions(); ++k) {
    const auto arcs = network.restriction(k);
    if (arcs.size() < 2 || network.restriction_mandatory[k] > 1) {
      broken("a turn restriction of fewer than two arcs or of unknown kind", k);
    }
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const ArcIndex arc{arcs[i]};
      if (arcs[i] / 2 >= network.roads.size() || network.time_ms(arc) == kClosed) {
        broken("a turn restriction over an arc that is closed or not there,", k);
      }
      if (i > 0 && network.head(ArcIndex{arcs[i - 1]}) != network.tail(arc)) {
        broken("a turn restriction over arcs that do not follow one another,", k);
      }
    }
  }
}

}  // namespace

void validate(const RoadNetwork& network) {
  if (network.nodes.size() > kClosed - 1 || network.roads.size() > (kClosed >> 1U) - 1) {
    broken("more nodes or roads than 32 bits can number,", network.nodes.size());
  }
  validate_points(network.nodes, "a node without a finite position");
  validate_points(network.shape_points, "a vertex without a finite position");
  validate_offsets(network.shape_first, network.roads.size(), network.shape_points.size(), "offsets of shapes are damaged");
  validate_offsets(network.restriction_first, network.restrictions(), network.restriction_arcs.size(),
                   "offsets of turn restrictions are damaged");
  validate_roads(network);
  validate_restrictions(network);
}

RoadNetwork make_road_network(RoadNetworkParts parts) {
  RoadNetwork network{.crs = std::move(parts.crs),
                      .mode = std::move(parts.mode),
                      .nodes = std::move(parts.nodes),
                      .roads = std::move(parts.roads),
                      .shape_first = std::move(parts.shape_first),
                      .shape_points = std::move(parts.shape_points),
                      .restriction_first = std::move(parts.restriction_first),
                      .restriction_arcs = std::move(parts.restriction_arcs),
                      .restriction_mandatory = std::move(parts.restriction_mandatory)};
  validate(network);
  return network;
}

}  // namespace maillage
