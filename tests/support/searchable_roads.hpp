#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/network/components.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/road_travel.hpp"
#include "engine/network/search_graph.hpp"
#include "engine/network/snap.hpp"

namespace maillage::testing {

struct SearchableOptions {
  SearchGraphOptions graph = {};
  RoadMetric metric = RoadMetric::travel_time_ms;
};

/// A network with all that searches on it need, under one metric.
struct SearchableRoads {
  explicit SearchableRoads(RoadNetwork roads, const SearchableOptions& options = {})
      : network(std::move(roads)),
        metric(options.metric),
        graph(build_search_graph(network, options.graph)),
        weights(move_weights(network, graph, metric)),
        hierarchy(build_contraction_hierarchy(graph, weights, {})),
        locator(network, find_components(network)) {}
  explicit SearchableRoads(RoadNetworkParts parts, const SearchableOptions& options = {})
      : SearchableRoads(make_road_network(std::move(parts)), options) {}
  SearchableRoads(const SearchableRoads&) = delete;
  SearchableRoads& operator=(const SearchableRoads&) = delete;

  [[nodiscard]] RoadModel model() const {
    return {.network = network, .graph = graph, .hierarchy = hierarchy, .locator = locator, .metric = metric, .access = {}};
  }

  RoadNetwork network;
  RoadMetric metric;
  SearchGraph graph;
  std::vector<std::uint32_t> weights;
  ContractionHierarchy hierarchy;
  RoadLocator locator;
};

/// Distances between places as the tables give them, origin by origin.
inline std::vector<std::uint32_t> road_table(const RoadModel& model, const std::vector<Snap>& origins,
                                             const std::vector<Snap>& facilities,
                                             const Direction direction = Direction::forward,
                                             const std::uint32_t cutoff = kNoPath - 1) {
  std::vector<std::uint32_t> table;
  stream_road_table(
      model, origins, facilities, direction, cutoff,
      [&](OriginIndex, const std::span<const std::uint32_t> rows) { table.insert(table.end(), rows.begin(), rows.end()); });
  return table;
}

}  // namespace maillage::testing
