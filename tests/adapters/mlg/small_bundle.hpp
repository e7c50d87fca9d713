#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "adapters/mlg/network_bundle.hpp"
#include "engine/core/progress.hpp"

namespace maillage::test_support {

/// A grid of roads with shapes, one-way streets, a loop, a closed road, restrictions and both hierarchies.
inline NetworkBundle small_bundle(const std::size_t side = 7, const std::uint32_t right_angle_turn_ms = 0) {
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  std::mt19937_64 random{7};
  for (std::size_t k = 0; k < side * side; ++k) {
    parts.nodes.push_back(
        {650'000.0 + 100.0 * static_cast<double>(k % side), 6'860'000.0 + 100.0 * static_cast<double>(k / side)});
  }
  const auto add_road = [&](const std::size_t from, const std::size_t to) {
    Road road{.from = RoadNodeIndex{from}, .to = RoadNodeIndex{to}};
    road.forward_ms = static_cast<std::uint32_t>(1000 + random() % 9000);
    road.backward_ms = random() % 5 == 0 ? kClosed : road.forward_ms;
    road.length_cm = static_cast<std::uint32_t>(10'000 + random() % 3000);
    road.road_class = static_cast<RoadClass>(random() % kRoadClasses);
    road.source_id = static_cast<std::int64_t>(parts.roads.size()) * 11;
    parts.roads.push_back(road);
    if (random() % 3 == 0) {
      parts.shape_points.push_back({parts.nodes[from].x + 1, parts.nodes[from].y + 50});
    }
    parts.shape_first.push_back(parts.shape_points.size());
  };
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) {
      if (x + 1 < side) {
        add_road(y * side + x, y * side + x + 1);
      }
      if (y + 1 < side) {
        add_road(y * side + x, (y + 1) * side + x);
      }
    }
  }
  add_road(0, 0);
  // Road 0 leads 0 -> 1 and road 2 leads 1 -> 2: going straight on is forbidden.
  parts.restriction_arcs = {forward_arc(RoadIndex{std::size_t{0}}).value(), forward_arc(RoadIndex{std::size_t{2}}).value()};
  parts.restriction_first = {0, 2};
  parts.restriction_mandatory = {0};

  NetworkBundle bundle;
  bundle.network = make_road_network(std::move(parts));
  bundle.graph = build_search_graph(bundle.network, {.right_angle_turn_ms = right_angle_turn_ms});
  for (const RoadMetric metric : {RoadMetric::travel_time_ms, RoadMetric::length_cm}) {
    bundle.hierarchies.push_back(
        {metric_key(metric),
         build_contraction_hierarchy(bundle.graph, move_weights(bundle.network, bundle.graph, metric), Progress{})});
  }
  bundle.metadata = {.program_version = "0.1.0",
                     .origin = {.source_name = "grille.osm.pbf",
                                .source_bytes = 12'345,
                                .source_sha256 = "ab12",
                                .profile_name = "car",
                                .profile_sha256 = "cd34",
                                .settings = "u_turns = allowed"},
                     .vintage = "2026-11-01",
                     .licence = "ODbL 1.0",
                     .attribution = "© les contributeurs d’OpenStreetMap",
                     .counts = {{"ways_read", 85}},
                     .audit = {{"islands", 0}},
                     .notes = {{"région", "Picardie"}}};
  return bundle;
}

}  // namespace maillage::test_support
