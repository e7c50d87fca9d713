#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "engine/network/road_network.hpp"

namespace maillage::testing {

struct RandomRoadsOptions {
  std::size_t nodes = 60;
  std::size_t roads = 120;
  double side_m = 2'000;
  bool on_grid = false;  ///< whole hundreds of metres: many ties
};

/// Seeded roads of all sorts: one-way, closed, loops, of no length, with shapes, ferries.
inline RoadNetworkParts random_road_parts(const std::uint64_t seed, const RandomRoadsOptions& options) {
  std::mt19937_64 random(seed);
  const auto below = [&](const std::uint64_t n) { return static_cast<std::size_t>(random() % n); };
  const auto coordinate = [&] {
    const double metres = static_cast<double>(below(1'000'001)) / 1e6 * options.side_m;
    return options.on_grid ? std::round(metres / 100) * 100 : metres;
  };
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  for (std::size_t k = 0; k < options.nodes; ++k) {
    parts.nodes.push_back({700'000 + coordinate(), 6'600'000 + coordinate()});
  }
  for (std::size_t k = 0; k < options.roads; ++k) {
    const std::size_t from = below(options.nodes);
    std::size_t to = below(options.nodes);
    for (int attempt = 0; attempt < 6; ++attempt) {  // mostly to somewhere near
      const std::size_t other = below(options.nodes);
      if (distance_m(parts.nodes[from], parts.nodes[other]) < distance_m(parts.nodes[from], parts.nodes[to])) {
        to = other;
      }
    }
    const std::size_t vertices = below(3) == 0 ? below(12) : 0;
    for (std::size_t v = 0; v < vertices; ++v) {
      parts.shape_points.push_back({parts.nodes[from].x + coordinate() / 10, parts.nodes[from].y + coordinate() / 10});
    }
    parts.shape_first.push_back(parts.shape_points.size());
    const auto time_ms = [&] { return below(5) == 0 ? kClosed : static_cast<std::uint32_t>(below(200'000)); };
    parts.roads.push_back({.from = RoadNodeIndex{from},
                           .to = RoadNodeIndex{to},
                           .forward_ms = time_ms(),
                           .backward_ms = time_ms(),
                           .length_cm = 10'000,
                           .road_class = below(20) == 0 ? RoadClass::ferry : RoadClass::residential});
  }
  return parts;
}

}  // namespace maillage::testing
