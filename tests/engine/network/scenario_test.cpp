#include "engine/network/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/core/error.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;
using testing::AsciiRoads;
using testing::random_snaps;
using testing::road_table;
using testing::RoadOracle;
using testing::SearchableRoads;
using testing::tangled_road_parts;

ArcIndex arc_of(const std::size_t arc) {
  return ArcIndex{arc};
}

/// Seconds between two letters.
std::uint32_t seconds(const RoadNetwork& network, const AsciiRoads& map, const char from, const char to) {
  const std::uint32_t cost = RoadOracle(network).from_node(map.nodes.at(from).value())[map.nodes.at(to).value()];
  return cost == kNoPath ? kNoPath : cost / 1000;
}

TEST(RoadScenario, ClosesSlowsAndAddsRoads) {
  const AsciiRoads map = ascii_roads({
      "A---B",  // road 0: AB, 1: AC, 2: BD, 3: CD
      "|   |",  //
      "C---D",
  });
  EXPECT_EQ(seconds(apply_scenario(map.network, {}), map, 'A', 'B'), 4U);
  const RoadNetwork closed = apply_scenario(map.network, {.closed = {arc_of(0)}});
  EXPECT_EQ(seconds(closed, map, 'A', 'B'), 2U + 4U + 2U);
  EXPECT_EQ(seconds(closed, map, 'B', 'A'), 4U) << "the other direction is open";
  const RoadNetwork slow = apply_scenario(map.network, {.time_factors = {{arc_of(0), 1.5}, {arc_of(0), 1.1}}});
  EXPECT_EQ(slow.roads[0].forward_ms, 6'600U);
  EXPECT_EQ(slow.roads[0].backward_ms, 4'000U);
  RoadScenario bridge;
  bridge.added_nodes = {{20, -5}};
  const RoadNodeIndex middle{std::size_t{4}};
  for (const char end : {'A', 'D'}) {
    bridge.added_roads.push_back(
        {{.from = map.nodes.at(end), .to = middle, .forward_ms = 500, .backward_ms = 700, .length_cm = 100}, {{1, 2}}});
  }
  const RoadNetwork bridged = apply_scenario(map.network, bridge);
  EXPECT_EQ(RoadOracle(bridged).from_node(map.nodes.at('A').value())[map.nodes.at('D').value()], 1'200U);
  EXPECT_EQ(bridged.nodes.size(), 5U);
  EXPECT_EQ(bridged.shape(RoadIndex{std::size_t{5}}).size(), 1U);
  EXPECT_EQ(bridged.crs, map.network.crs);
}

TEST(RoadScenario, LetsNoOtherTurnOpenWhereTheOnlyOneIsClosed) {
  RoadNetworkParts parts;
  parts.nodes = {{0, 0}, {10, 0}, {20, 0}, {10, 10}};
  for (const std::size_t end : {0U, 2U, 3U}) {
    parts.roads.push_back(
        {.from = RoadNodeIndex{end}, .to = RoadNodeIndex{std::size_t{1}}, .forward_ms = 10, .backward_ms = 10});
    parts.shape_first.push_back(0);
  }
  parts.restriction_first = {0, 2, 4};
  parts.restriction_arcs = {0, 3, 2, 5};  // from 0 only to 2; from 2 never to 3
  parts.restriction_mandatory = {1, 0};
  const RoadNetwork network = make_road_network(std::move(parts));
  EXPECT_EQ(RoadOracle(network).from_node(0)[3], kNoPath) << "2 is a dead end, and its way to 3 forbidden";
  const RoadNetwork closed = apply_scenario(network, {.closed = {arc_of(3)}});
  EXPECT_EQ(RoadOracle(closed).from_node(0)[3], kNoPath);
  EXPECT_EQ(RoadOracle(closed).from_node(0)[1], 10U);
  const RoadNetwork cut = apply_scenario(network, {.closed = {arc_of(2), arc_of(0)}});
  EXPECT_EQ(cut.restrictions(), 0U) << "nobody comes to either sign";
}

TEST(RoadScenario, RefusesWhatIsNotThere) {
  const RoadNetwork network = ascii_roads({"A---B"}).network;
  EXPECT_THROW((void)apply_scenario(network, {.closed = {arc_of(2)}}), ArgumentError);
  EXPECT_THROW((void)apply_scenario(network, {.time_factors = {{arc_of(9), 1}}}), ArgumentError);
  for (const double factor : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), 1e9}) {
    EXPECT_THROW((void)apply_scenario(network, {.time_factors = {{arc_of(0), factor}}}), ArgumentError) << factor;
  }
  const Road nowhere{.from = RoadNodeIndex{std::size_t{0}}, .to = RoadNodeIndex{std::size_t{7}}, .forward_ms = 1};
  EXPECT_THROW((void)apply_scenario(network, {.added_roads = {{nowhere, {}}}}), ArgumentError);
}

std::vector<std::uint32_t> times(const RoadNetwork& network, const std::vector<Snap>& places) {
  const SearchableRoads roads(apply_scenario(network, {}));
  return road_table(roads.model(), places, places);
}

bool nowhere_less(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const std::uint32_t x, const std::uint32_t y) { return x >= y; });
}

TEST(RoadScenario, ClosingAndSlowingNeverShortenAndAddingNeverLengthens) {
  std::size_t longer = 0;
  std::size_t shorter = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RoadNetwork network = make_road_network(tangled_road_parts(seed));
    if (network.roads.empty()) {
      continue;
    }
    std::mt19937_64 random(seed);
    const std::vector<Snap> places = random_snaps(network, seed, 10);
    const auto before = times(network, places);
    RoadScenario worse;
    for (int k = 0; k < 2; ++k) {
      worse.closed.push_back(arc_of(random() % (2 * network.roads.size())));
      worse.time_factors.push_back({arc_of(random() % (2 * network.roads.size())), 3});
    }
    std::vector<Snap> ends;  // at nodes, where no position is rounded
    for (Snap place : places) {
      place.fraction = std::round(place.fraction);
      ends.push_back(place);
    }
    const auto at_ends = times(network, ends);
    const auto after = times(apply_scenario(network, worse), ends);
    ASSERT_TRUE(nowhere_less(after, at_ends)) << "seed " << seed;
    ASSERT_TRUE(nowhere_less(times(apply_scenario(network, {.closed = worse.closed}), places), before)) << "seed " << seed;
    RoadScenario better;
    better.added_nodes = {{700'500, 6'600'500}};
    for (int k = 0; k < 3; ++k) {
      better.added_roads.push_back({{.from = RoadNodeIndex{static_cast<std::size_t>(random() % (network.nodes.size() + 1))},
                                     .to = RoadNodeIndex{static_cast<std::size_t>(random() % (network.nodes.size() + 1))},
                                     .forward_ms = static_cast<std::uint32_t>(random() % 1'000),
                                     .backward_ms = static_cast<std::uint32_t>(random() % 1'000)},
                                    {}});
    }
    const auto improved = times(apply_scenario(network, better), places);
    ASSERT_TRUE(nowhere_less(before, improved)) << "seed " << seed;
    longer += after != at_ends ? 1 : 0;
    shorter += improved != before ? 1 : 0;
  }
  EXPECT_GT(longer, 50U) << "or nothing was tried";
  EXPECT_GT(shorter, 50U);
}

}  // namespace
}  // namespace maillage
