#include "engine/network/contraction_hierarchy.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/parallel.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/validate_search.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::SearchableRoads;
using testing::tangled_road_parts;

/// Distances of all places from one state, climbing arcs of one side only.
std::vector<std::uint64_t> climb(const Column<std::uint32_t>& first, const Column<HierarchyArc>& arcs,
                                 const std::uint32_t place) {
  std::vector<std::uint64_t> distance(first.size() - 1, kNoPath);
  distance[place] = 0;
  for (std::uint32_t from = place + 1; from-- > 0;) {
    for (std::uint32_t k = first[from]; k < first[from + 1]; ++k) {
      std::uint64_t& there = distance[arcs[k].place];
      there = std::min(there, distance[from] + arcs[k].weight);
    }
  }
  return distance;
}

/// Up from one state, up against the arcs from the other: the hierarchy's promise, word for word.
std::uint32_t distance_over_the_top(const ContractionHierarchy& hierarchy, const std::uint32_t from,
                                    const std::uint32_t to) {
  const auto up = climb(hierarchy.up_first, hierarchy.up_arcs, hierarchy.place_of_state[from]);
  const auto down = climb(hierarchy.down_first, hierarchy.down_arcs, hierarchy.place_of_state[to]);
  std::uint64_t least = kNoPath;
  for (std::size_t place = 0; place < up.size(); ++place) {
    least = std::min(least, up[place] + down[place]);
  }
  return static_cast<std::uint32_t>(least);
}

void expect_exact(const SearchGraph& graph, const std::vector<std::uint32_t>& weights) {
  const ContractionHierarchy hierarchy = build_contraction_hierarchy(graph, weights, {});
  validate(hierarchy, graph);
  validate_paths(hierarchy, graph, weights);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  for (std::uint32_t from = 0; from < graph.states(); ++from) {
    query.run(std::vector<Terminal>{{from, 0}});
    for (std::uint32_t to = 0; to < graph.states(); ++to) {
      ASSERT_EQ(distance_over_the_top(hierarchy, from, to), query.distance(to)) << from << " to " << to;
    }
  }
}

TEST(ContractionHierarchy, GivesTheDistancesOfDijkstra) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RoadNetwork network = make_road_network(tangled_road_parts(seed));
    for (const UTurns u_turns : {UTurns::allowed, UTurns::dead_ends_only}) {
      const SearchGraph graph = build_search_graph(network, {.u_turns = u_turns});
      for (const RoadMetric metric : {RoadMetric::travel_time_ms, RoadMetric::length_cm}) {
        ASSERT_NO_FATAL_FAILURE(expect_exact(graph, move_weights(network, graph, metric))) << "seed " << seed;
      }
    }
  }
}

TEST(ContractionHierarchy, GivesThemOnBiggerTownsToo) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    RoadNetworkParts parts = testing::random_road_parts(seed, {.nodes = 70, .roads = 120});
    std::mt19937_64 random(seed);
    testing::add_random_restrictions(parts, random, 15);
    const RoadNetwork network = make_road_network(std::move(parts));
    const SearchGraph graph = build_search_graph(network, {.right_angle_turn_ms = 4'000});
    ASSERT_NO_FATAL_FAILURE(expect_exact(graph, move_weights(network, graph, RoadMetric::travel_time_ms))) << seed;
  }
}

TEST(ContractionHierarchy, KeepsTheHeaviestArcsWithoutOverflow) {
  RoadNetworkParts parts = testing::random_road_parts(3, {.nodes = 20, .roads = 50});
  for (Road& road : parts.roads) {
    road.forward_ms = road.forward_ms == kClosed ? kClosed : kLongestArc - road.forward_ms % 3;
    road.backward_ms = road.backward_ms == kClosed ? kClosed : kLongestArc / 2 + road.backward_ms % 3;
  }
  const RoadNetwork network = make_road_network(std::move(parts));
  const SearchGraph graph = build_search_graph(network, {});
  expect_exact(graph, move_weights(network, graph, RoadMetric::travel_time_ms));
}

TEST(ContractionHierarchy, MayBeEmptyOrOneNode) {
  const SearchGraph nothing = build_search_graph(make_road_network({}), {});
  EXPECT_EQ(build_contraction_hierarchy(nothing, {}, {}).places(), 0U);
  RoadNetworkParts one;
  one.nodes = {{0, 0}};
  one.roads = {{.from = RoadNodeIndex{std::size_t{0}}, .to = RoadNodeIndex{std::size_t{0}}, .forward_ms = 7}};
  one.shape_first = {0, 0};
  const RoadNetwork network = make_road_network(std::move(one));
  const SearchGraph graph = build_search_graph(network, {});
  const ContractionHierarchy hierarchy = build_contraction_hierarchy(graph, std::vector<std::uint32_t>{7}, {});
  EXPECT_EQ(hierarchy.places(), 1U);
  EXPECT_EQ(hierarchy.up_arcs.size() + hierarchy.down_arcs.size(), 0U) << "nobody gains by a loop";
}

TEST(ContractionHierarchy, HasNoLongWayRoundAmongTheArcsOfItsHighestPlaces) {
  RoadNetworkParts parts = testing::random_road_parts(21, {.nodes = 900, .roads = 1'800});
  const RoadNetwork network = make_road_network(std::move(parts));
  const SearchGraph graph = build_search_graph(network, {});
  const std::vector<std::uint32_t> weights = move_weights(network, graph, RoadMetric::travel_time_ms);
  const ContractionHierarchy hierarchy = build_contraction_hierarchy(graph, weights, {});
  validate_paths(hierarchy, graph, weights);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  std::size_t compared = 0;
  for (std::uint32_t place = 0; place < hierarchy.places(); ++place) {
    if (hierarchy.up_first[place + 1] - hierarchy.up_first[place] <= 8) {
      continue;
    }
    query.run(std::vector<Terminal>{{hierarchy.state_of_place[place], 0}});
    for (std::uint32_t arc = hierarchy.up_first[place]; arc < hierarchy.up_first[place + 1]; ++arc) {
      ++compared;
      EXPECT_EQ(hierarchy.up_arcs[arc].weight, query.distance(hierarchy.state_of_place[hierarchy.up_arcs[arc].place]));
    }
  }
  EXPECT_GT(compared, 100U);
}

template <typename T>
bool same(const Column<T>& a, const Column<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

TEST(ContractionHierarchy, IsTheSameOnOneThreadAndOnMany) {
  RoadNetworkParts parts =
      testing::random_road_parts(11, {.nodes = 1'500, .roads = 2'600, .side_m = 20'000, .on_grid = true});
  std::mt19937_64 random(11);
  testing::add_random_restrictions(parts, random, 150);
  const RoadNetwork network = make_road_network(std::move(parts));
  const SearchGraph graph = build_search_graph(network, {});
  const std::vector<std::uint32_t> weights = move_weights(network, graph, RoadMetric::travel_time_ms);
  const auto on_threads = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return build_contraction_hierarchy(graph, weights, {});
  };
  const ContractionHierarchy one = on_threads(1);
  for (const std::size_t threads : {2U, 3U}) {
    const ContractionHierarchy many = on_threads(threads);
    EXPECT_TRUE(same(one.place_of_state, many.place_of_state));
    EXPECT_TRUE(same(one.state_of_place, many.state_of_place));
    EXPECT_TRUE(same(one.up_first, many.up_first) && same(one.up_arcs, many.up_arcs) && same(one.up_via, many.up_via));
    EXPECT_TRUE(same(one.down_first, many.down_first) && same(one.down_arcs, many.down_arcs) &&
                same(one.down_via, many.down_via));
  }
}

}  // namespace
}  // namespace maillage
