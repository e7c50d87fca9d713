#include "engine/network/components.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;

TEST(RoadComponents, TellsTheMainlandFromTrapsAndIslands) {
  const auto map = ascii_roads({
      "A--B>>C--D",
      "|  |     x",
      "E--F     G",
      "",
      "H--I  J",
  });
  const auto found = find_components(map.network);
  const auto strong = [&](const char c) { return found.strong_of[map.nodes.at(c)]; };
  const auto weak = [&](const char c) { return found.weak_of[map.nodes.at(c)]; };
  EXPECT_EQ(strong('A'), strong('F'));
  EXPECT_EQ(strong('A'), found.biggest_strong);
  EXPECT_EQ(found.strong_nodes[strong('A')], 4U);
  EXPECT_EQ(strong('C'), strong('D')) << "a one-way trap: one comes in and not out";
  EXPECT_NE(strong('C'), strong('B'));
  EXPECT_NE(strong('G'), strong('D')) << "the road is closed";
  EXPECT_EQ(strong('H'), strong('I'));
  EXPECT_EQ(found.strong_nodes.size(), 5U);
  EXPECT_EQ(weak('A'), weak('D'));
  EXPECT_EQ(weak('A'), found.biggest_weak);
  EXPECT_EQ(found.weak_nodes[weak('A')], 6U);
  EXPECT_NE(weak('G'), weak('D'));
  EXPECT_NE(weak('J'), weak('I'));
  EXPECT_EQ(found.weak_nodes.size(), 4U);
}

TEST(RoadComponents, FollowsACircleOfOneWayStreets) {
  const auto map = ascii_roads({
      "A>>B",
      "^  v",
      "C<<D>>E",
  });
  const auto found = find_components(map.network);
  EXPECT_EQ(found.strong_nodes.size(), 2U);
  EXPECT_EQ(found.strong_nodes[found.biggest_strong], 4U);
  const auto in_biggest = [&](const std::size_t road) {
    return lies_in(map.network, RoadIndex{road}, found, found.biggest_strong);
  };
  EXPECT_TRUE(in_biggest(0));
  EXPECT_FALSE(in_biggest(map.network.roads.size() - 1)) << "the dead end D > E";
}

TEST(RoadComponents, GivesTheLowerOfTwoBiggest) {
  const auto map = ascii_roads({"A--B  C--D"});
  const auto found = find_components(map.network);
  EXPECT_EQ(found.biggest_strong, StrongComponentIndex{0});
  EXPECT_EQ(found.biggest_weak, WeakComponentIndex{0});
}

TEST(RoadComponents, HasNoneWithoutNodes) {
  const RoadNetwork network = make_road_network({});
  const auto found = find_components(network);
  EXPECT_TRUE(found.biggest_strong.is_none());
  EXPECT_TRUE(found.biggest_weak.is_none());
}

TEST(RoadComponents, AgreesWithTheTransitiveClosure) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RoadNetwork network = make_road_network(testing::random_road_parts(seed, {.nodes = 30, .roads = 20 + seed}));
    const std::size_t n = network.nodes.size();
    std::vector<std::vector<char>> reaches(n, std::vector<char>(n, 0));
    std::vector<std::vector<char>> joined = reaches;
    for (std::size_t k = 0; k < n; ++k) {
      reaches[k][k] = joined[k][k] = 1;
    }
    for (const Road& road : network.roads) {
      const auto u = road.from.value();
      const auto v = road.to.value();
      reaches[u][v] |= road.forward_ms != kClosed;
      reaches[v][u] |= road.backward_ms != kClosed;
      joined[u][v] = joined[v][u] = joined[u][v] | reaches[u][v] | reaches[v][u];
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          reaches[i][j] |= reaches[i][k] & reaches[k][j];
          joined[i][j] |= joined[i][k] & joined[k][j];
        }
      }
    }
    const auto found = find_components(network);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        EXPECT_EQ(found.strong_of[RoadNodeIndex{i}] == found.strong_of[RoadNodeIndex{j}],
                  (reaches[i][j] & reaches[j][i]) != 0);
        EXPECT_EQ(found.weak_of[RoadNodeIndex{i}] == found.weak_of[RoadNodeIndex{j}], joined[i][j] != 0);
      }
    }
    EXPECT_EQ(std::accumulate(found.strong_nodes.begin(), found.strong_nodes.end(), 0U), n);
  }
}

TEST(RoadComponents, GoesDownAMillionNodesWithoutRecursion) {
  RoadNetworkParts parts;
  constexpr std::size_t kNodes = 1'000'000;
  for (std::size_t k = 0; k < kNodes; ++k) {
    parts.nodes.push_back({static_cast<double>(k), 0});
    parts.roads.push_back({.from = RoadNodeIndex{k}, .to = RoadNodeIndex{(k + 1) % kNodes}, .forward_ms = 1});
    parts.shape_first.push_back(0);
  }
  const auto found = find_components(make_road_network(std::move(parts)));
  EXPECT_EQ(found.strong_nodes.size(), 1U);
}

}  // namespace
}  // namespace maillage
