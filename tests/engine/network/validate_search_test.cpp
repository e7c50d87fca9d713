#include "engine/network/validate_search.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// A ring of `count` nodes, two-way except for the last road.
RoadNetwork ring(const std::size_t count) {
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  for (std::size_t k = 0; k < count; ++k) {
    parts.nodes.push_back({static_cast<double>(k), 0});
    const auto time_ms = static_cast<std::uint32_t>(100 + 37 * k);
    parts.roads.push_back({.from = RoadNodeIndex{k},
                           .to = RoadNodeIndex{(k + 1) % count},
                           .forward_ms = time_ms,
                           .backward_ms = k + 1 == count ? kClosed : time_ms,
                           .length_cm = time_ms});
    parts.shape_first.push_back(0);
  }
  return make_road_network(std::move(parts));
}

template <typename T>
void change(Column<T>& column, const std::size_t position, const T& value) {
  std::vector<T> values{column.begin(), column.end()};
  values.at(position) = value;
  column = Column<T>{std::move(values)};
}

template <typename T>
void drop_last(Column<T>& column) {
  column = Column<T>{std::vector<T>{column.begin(), column.end() - 1}};
}

TEST(ValidateSearch, AcceptsWhatIsBuilt) {
  const RoadNetwork network = ring(20);
  for (const SearchGraphOptions options : {SearchGraphOptions{}, SearchGraphOptions{.u_turns = UTurns::dead_ends_only}}) {
    const SearchGraph graph = build_search_graph(network, options);
    EXPECT_NO_THROW(validate(graph, network));
    const std::vector<std::uint32_t> weights = move_weights(network, graph, RoadMetric::travel_time_ms);
    const ContractionHierarchy hierarchy = build_contraction_hierarchy(graph, weights, Progress{});
    EXPECT_NO_THROW(validate(hierarchy, graph));
    EXPECT_NO_THROW(validate_paths(hierarchy, graph, weights));
  }
}

TEST(ValidateSearch, RefusesEveryBreachOfTheGraph) {
  const RoadNetwork network = ring(6);
  const std::vector<std::function<void(SearchGraph&)>> breaches{
      [](SearchGraph& g) { drop_last(g.first_out); },
      [](SearchGraph& g) { change(g.first_out, 1, 100U); },
      [](SearchGraph& g) { change(g.first_out, 6, 100U); },
      [](SearchGraph& g) { drop_last(g.head); },
      [](SearchGraph& g) { change(g.head, 0, 6U); },
      [](SearchGraph& g) { change(g.head, 0, 4U); },  // a state, but not where the arc leads
      [](SearchGraph& g) { change(g.arc, 0, 12U); },  // no such arc
      [](SearchGraph& g) { change(g.arc, 0, 4U); },   // leaves another node
      [](SearchGraph& g) { change(g.arc, 0, 11U); },  // closed
      [](SearchGraph& g) { g.turn_ms = std::vector<std::uint32_t>{1}; },
      [](SearchGraph& g) { g.turn_ms = std::vector<std::uint32_t>(g.moves(), kClosed); },
      [](SearchGraph& g) { change(g.node, 2, 3U); },
      [](SearchGraph& g) { drop_last(g.node); },
      [](SearchGraph& g) { drop_last(g.arrival); },
      [](SearchGraph& g) { change(g.arrival, 0, 99U); },
      [](SearchGraph& g) { change(g.arrival, 11, 0U); }};
  for (std::size_t k = 0; k < breaches.size(); ++k) {
    SearchGraph graph = build_search_graph(network, {});
    breaches[k](graph);
    EXPECT_THROW(validate(graph, network), ArgumentError) << "breach " << k;
  }
}

TEST(ValidateSearch, RefusesEveryBreachOfTheHierarchy) {
  const RoadNetwork network = ring(9);
  const SearchGraph graph = build_search_graph(network, {});
  const std::vector<std::uint32_t> weights = move_weights(network, graph, RoadMetric::travel_time_ms);
  const auto build = [&] { return build_contraction_hierarchy(graph, weights, Progress{}); };
  const std::vector<std::function<void(ContractionHierarchy&)>> breaches{
      [](ContractionHierarchy& h) { drop_last(h.state_of_place); },
      [](ContractionHierarchy& h) { change(h.place_of_state, 0, 9U); },
      [](ContractionHierarchy& h) { change(h.place_of_state, 0, h.place_of_state[1]); },
      [](ContractionHierarchy& h) { change(h.up_first, 3, 1000U); },
      [](ContractionHierarchy& h) { drop_last(h.up_via); },
      [](ContractionHierarchy& h) {
        change(h.up_arcs, h.up_arcs.size() - 1, {8, 1});
      },  // to itself
      [](ContractionHierarchy& h) {
        change(h.down_arcs, 0, {0xfffffff0U, 1});
      },
      [](ContractionHierarchy& h) {
        change(h.down_arcs, 0, {h.down_arcs[0].place, kClosed});
      },
      [](ContractionHierarchy& h) { change(h.up_via, 0, 1000U); },
      [](ContractionHierarchy& h) { change(h.up_via, 0, ContractionHierarchy::kShortcut | 9U); },
      [](ContractionHierarchy& h) { change(h.up_via, 0, ContractionHierarchy::kShortcut | 0U); }};  // not below its ends
  for (std::size_t k = 0; k < breaches.size(); ++k) {
    ContractionHierarchy hierarchy = build();
    breaches[k](hierarchy);
    EXPECT_THROW(validate(hierarchy, graph), ArgumentError) << "breach " << k;
  }
}

TEST(ValidateSearch, RefusesWeightsThatNoPathHas) {
  const RoadNetwork network = ring(12);
  const SearchGraph graph = build_search_graph(network, {});
  const std::vector<std::uint32_t> weights = move_weights(network, graph, RoadMetric::travel_time_ms);
  std::size_t shortcuts = 0;
  for (std::size_t k = 0; k < build_contraction_hierarchy(graph, weights, Progress{}).down_arcs.size(); ++k) {
    ContractionHierarchy hierarchy = build_contraction_hierarchy(graph, weights, Progress{});
    shortcuts += (hierarchy.down_via[k] & ContractionHierarchy::kShortcut) != 0 ? 1 : 0;
    change(hierarchy.down_arcs, k, {hierarchy.down_arcs[k].place, hierarchy.down_arcs[k].weight - 1});
    EXPECT_NO_THROW(validate(hierarchy, graph));
    EXPECT_THROW(validate_paths(hierarchy, graph, weights), ArgumentError) << "arc " << k;
  }
  EXPECT_GT(shortcuts, 0U);
}

}  // namespace
}  // namespace maillage
