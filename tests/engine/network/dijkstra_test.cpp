#include "engine/network/dijkstra.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

struct Edge {
  std::uint32_t from;
  std::uint32_t to;
  std::uint32_t weight;
};

SearchGraph graph_of(const std::size_t states, std::vector<Edge> edges, std::vector<std::uint32_t>& weights) {
  std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.from < b.from; });
  std::vector<std::uint32_t> first(states + 1);
  std::vector<std::uint32_t> head;
  weights.clear();
  for (const Edge& edge : edges) {
    ++first[edge.from + 1];
    head.push_back(edge.to);
    weights.push_back(edge.weight);
  }
  for (std::size_t k = 0; k < states; ++k) {
    first[k + 1] += first[k];
  }
  SearchGraph graph;
  graph.first_out = std::move(first);
  graph.head = std::move(head);
  graph.node = std::vector<std::uint32_t>(states);
  return graph;
}

/// Bellman and Ford, in as many rounds as it takes.
std::vector<std::uint32_t> bellman_ford(const std::size_t states, const std::vector<Edge>& edges,
                                        const std::vector<Terminal>& starts, const bool backward) {
  std::vector<std::uint64_t> distance(states, kNoPath);
  for (const Terminal& start : starts) {
    distance[start.state] = std::min<std::uint64_t>(distance[start.state], start.weight);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& edge : edges) {
      const std::uint32_t tail = backward ? edge.to : edge.from;
      const std::uint32_t head = backward ? edge.from : edge.to;
      if (distance[tail] + edge.weight < distance[head]) {
        distance[head] = distance[tail] + edge.weight;
        changed = true;
      }
    }
  }
  return {distance.begin(), distance.end()};
}

std::vector<Edge> random_edges(std::mt19937_64& random, const std::size_t states, const std::uint64_t heaviest) {
  std::vector<Edge> edges;
  for (std::size_t k = random() % (4 * states); k > 0; --k) {
    edges.push_back({static_cast<std::uint32_t>(random() % states), static_cast<std::uint32_t>(random() % states),
                     static_cast<std::uint32_t>(random() % 5 == 0 ? 0 : random() % (heaviest + 1))});
  }
  return edges;
}

TEST(Dijkstra, GivesTheDistancesOfBellmanAndFord) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::mt19937_64 random(seed);
    const std::size_t states = 1 + random() % 40;
    const std::uint64_t heaviest = std::vector<std::uint64_t>{0, 3, 10'000, kLongestArc}[seed % 4];
    const std::vector<Edge> edges = random_edges(random, states, heaviest);
    std::vector<std::uint32_t> weights;
    const SearchGraph graph = graph_of(states, edges, weights);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      const MoveLists lists = make_move_lists(graph, weights, direction);
      DijkstraQuery query(lists);
      for (int run = 0; run < 4; ++run) {  // the same object again and again
        std::vector<Terminal> starts(random() % 4);
        for (Terminal& start : starts) {
          start = {static_cast<std::uint32_t>(random() % states), static_cast<std::uint32_t>(random() % (2 * heaviest + 9))};
        }
        query.run(starts);
        const auto expected = bellman_ford(states, edges, starts, direction == Direction::backward);
        ASSERT_TRUE(std::equal(expected.begin(), expected.end(), query.distances().begin())) << "seed " << seed;
        const auto cutoff = static_cast<std::uint32_t>(random() % (3 * heaviest + 3));
        query.run(starts, cutoff);
        std::size_t within = 0;
        for (std::uint32_t state = 0; state < states; ++state) {
          ASSERT_EQ(query.distance(state), expected[state] <= cutoff ? expected[state] : kNoPath) << "seed " << seed;
          within += expected[state] <= std::min(cutoff, kNoPath - 1) ? 1 : 0;
        }
        ASSERT_EQ(query.reached().size(), within);
      }
    }
  }
}

TEST(Dijkstra, TellsAShortestPathByParents) {
  std::mt19937_64 random(5);
  const std::vector<Edge> edges = random_edges(random, 200, 1'000);
  std::vector<std::uint32_t> weights;
  const SearchGraph graph = graph_of(200, edges, weights);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  query.run(std::vector<Terminal>{{7, 11}, {100, 500}});
  for (const std::uint32_t state : query.reached()) {
    const std::uint32_t parent = query.parent(state);
    if (parent == kNoPath) {
      EXPECT_TRUE(state == 7 || state == 100);
      continue;
    }
    EXPECT_TRUE(std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.from == parent && edge.to == state && query.distance(parent) + edge.weight == query.distance(state);
    })) << state;
  }
}

TEST(Dijkstra, CountsAPathTooLongAsNone) {
  const std::vector<Edge> edges{{0, 1, kLongestArc}, {1, 2, kLongestArc}, {2, 3, 147'483'646}, {2, 4, 147'483'647}};
  std::vector<std::uint32_t> weights;
  const SearchGraph graph = graph_of(5, edges, weights);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  query.run(std::vector<Terminal>{{0, 0}});
  EXPECT_EQ(query.distance(2), 2 * kLongestArc);
  EXPECT_EQ(query.distance(3), kNoPath - 1) << "the longest distance there is";
  EXPECT_EQ(query.distance(4), kNoPath);
}

TEST(Dijkstra, SurvivesNothing) {
  std::vector<std::uint32_t> weights;
  const MoveLists lists = make_move_lists(graph_of(0, {}, weights), {}, Direction::backward);
  DijkstraQuery query(lists);
  query.run({});
  EXPECT_TRUE(query.distances().empty());
  const SearchGraph graph = graph_of(2, {{0, 1, 5}}, weights);
  EXPECT_THROW((void)make_move_lists(graph, {}, Direction::forward), ArgumentError);
}

}  // namespace
}  // namespace maillage
