#include "engine/network/road_changes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/network/components.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;
using testing::AsciiRoads;
using testing::RoadOracle;

Reading<RoadScenario> plan(const RoadNetwork& network, const std::vector<RoadChange>& changes,
                           const RoadChangeOptions& options = {}) {
  const RoadLocator locator(network, find_components(network));
  return plan_road_changes(network, locator, changes, options);
}

/// Milliseconds between two letters after the changes.
std::uint32_t cost(const AsciiRoads& map, const std::vector<RoadChange>& changes, const char from, const char to) {
  const Reading<RoadScenario> planned = plan(map.network, changes);
  EXPECT_TRUE(planned.rejections.empty());
  const RoadNetwork changed = apply_scenario(map.network, planned.value);
  return RoadOracle(changed).from_node(map.nodes.at(from).value())[map.nodes.at(to).value()];
}

AsciiRoads square() {
  return ascii_roads({
      "A---B",  // a metre takes 100 ms; letters are 40 m apart across, 20 m down
      "|   |",  //
      "C---D",
  });
}

TEST(RoadChanges, CloseTheRoadBesideAPlace) {
  const AsciiRoads map = square();
  EXPECT_EQ(cost(map, {}, 'A', 'B'), 4'000U);
  EXPECT_EQ(cost(map, {{.place = {20, 3}}}, 'A', 'B'), 8'000U);
  EXPECT_EQ(cost(map, {{.place = {20, 3}}, {.place = {20, -22}}}, 'A', 'B'), kNoPath);
}

TEST(RoadChanges, SlowARoadAndMultiplyFactors) {
  const AsciiRoads map = square();
  const RoadChange slow{.action = RoadChange::Action::slow, .place = {20, 3}, .factor = 1.25};
  EXPECT_EQ(cost(map, {slow}, 'A', 'B'), 5'000U);
  EXPECT_EQ(cost(map, {slow, slow}, 'B', 'A'), 6'250U);
  EXPECT_EQ(cost(map, {slow, {.place = {20, 3}}}, 'A', 'B'), 8'000U) << "closed wins";
}

TEST(RoadChanges, KnowRoadsByTheSourcesNumber) {
  RoadNetworkParts parts;
  parts.nodes = {{0, 0}, {10, 0}, {20, 0}};
  for (const std::size_t road : {0U, 1U}) {
    parts.roads.push_back({.from = RoadNodeIndex{road},
                           .to = RoadNodeIndex{road + 1},
                           .forward_ms = 10,
                           .backward_ms = 10,
                           .length_cm = 1000,
                           .source_id = 77});
    parts.shape_first.push_back(0);
  }
  const RoadNetwork network = make_road_network(std::move(parts));
  const Reading<RoadScenario> planned = plan(network, {{.source_id = 77}, {.row = 9, .source_id = 5}});
  EXPECT_EQ(planned.value.closed.size(), 4U) << "both pieces, both ways";
  ASSERT_EQ(planned.rejections.size(), 1U);
  EXPECT_EQ(planned.rejections[0].reason, "unknown_road");
  EXPECT_EQ(planned.rejections[0].row, 9);
  EXPECT_EQ(planned.rows_in, 2);
}

TEST(RoadChanges, AddARoadBetweenTheMiddlesOfTwo) {
  // From A 10 m along, then the bridge of 20 m at 72 km/h, then 10 m back to C: 1 + 1 + 1 s, where A to C took 2 s.
  const AsciiRoads map = square();
  const RoadChange bridge{
      .action = RoadChange::Action::add, .row = 3, .place = {10, 1}, .end = {10, -21}, .length_m = 20, .speed_kmh = 72};
  EXPECT_EQ(cost(map, {bridge}, 'A', 'C'), 2'000U) << "no shorter";
  const std::vector<RoadChange> without_side{bridge, {.place = {0, -10}}};
  EXPECT_EQ(cost(map, without_side, 'A', 'C'), 3'000U);
  EXPECT_EQ(cost(map, without_side, 'C', 'A'), 3'000U);
  RoadChange one_way = bridge;
  one_way.one_way = true;
  EXPECT_EQ(cost(map, {one_way, {.place = {0, -10}}}, 'A', 'C'), 3'000U);
  EXPECT_EQ(cost(map, {one_way, {.place = {0, -10}}}, 'C', 'A'), 4'000U + 2'000U + 4'000U);
  EXPECT_EQ(cost(map, {bridge}, 'A', 'B'), 4'000U) << "the pieces of a road that is cut add up";
  const RoadChange slow{.action = RoadChange::Action::slow, .place = {20, 3}, .factor = 2};
  EXPECT_EQ(cost(map, {bridge, slow, {.place = {40, -10}}}, 'A', 'B'), 8'000U) << "and are slowed with it";
}

TEST(RoadChanges, JoinEndsOfRoadsAndOneAnother) {
  const AsciiRoads map = square();
  const auto add = [](const Point& from, const Point& to) {
    return RoadChange{.action = RoadChange::Action::add, .place = from, .end = to, .length_m = 10, .speed_kmh = 36};
  };
  // Two roads by a common place far from every road, from A to D.
  const Reading<RoadScenario> planned = plan(map.network, {add({0, 0.5}, {500, 500}), add({500, 500}, {40.2, -20})});
  EXPECT_EQ(planned.repairs.size(), 2U) << "each has an end that joins no road";
  EXPECT_EQ(planned.value.added_nodes.size(), 1U);
  EXPECT_EQ(cost(map, {add({0, 0.5}, {500, 500}), add({500, 500}, {40.2, -20})}, 'A', 'D'), 2'000U);
}

TEST(RoadChanges, RejectWhatMeansNoRoad) {
  const AsciiRoads map = square();
  const Reading<RoadScenario> planned =
      plan(map.network, {{.row = 2, .place = {20, 51}},
                         {.row = 3, .place = {20, 50}},
                         {.action = RoadChange::Action::add, .row = 4, .place = {1, 1}, .end = {1, 1}},
                         {.action = RoadChange::Action::add, .row = 5, .place = {0, 1}, .end = {0, 2}}});
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const RowNote& note : planned.rejections) {
    found.emplace_back(note.row.value_or(0), note.reason);
  }
  EXPECT_EQ(found,
            (std::vector<std::pair<std::int64_t, std::string>>{{2, "no_road_near"}, {4, "same_ends"}, {5, "same_ends"}}));
  EXPECT_EQ(planned.value.closed.size(), 2U);
}

/// Cutting roads by dead ends that nobody uses changes no distance by more than the rounding of the pieces: none.
TEST(RoadChanges, CutRoadsWithoutChangingDistances) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RoadNetworkParts parts = testing::tangled_road_parts(seed);
    parts.restriction_first = {0};
    parts.restriction_arcs.clear();
    parts.restriction_mandatory.clear();
    const RoadNetwork network = make_road_network(std::move(parts));
    if (network.roads.empty()) {
      continue;
    }
    std::mt19937_64 random(seed);
    std::vector<RoadChange> changes;
    for (int k = 0; k < 6; ++k) {
      const Road& road = network.roads[random() % network.roads.size()];
      const Point& a = network.nodes[road.from.value()];
      const Point& b = network.nodes[road.to.value()];
      const double part = static_cast<double>(random() % 100) / 100;
      changes.push_back({.action = RoadChange::Action::add,
                         .row = k,
                         .place = {a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)},
                         .end = {1e7 + k, 1e7},
                         .length_m = 5,
                         .speed_kmh = 50});
    }
    const RoadNetwork cut = apply_scenario(network, plan(network, changes).value);
    const RoadOracle before(network);
    const RoadOracle after(cut);
    for (std::size_t node = 0; node < network.nodes.size(); ++node) {
      auto distances = after.from_node(static_cast<std::uint32_t>(node));
      distances.resize(network.nodes.size());
      EXPECT_EQ(distances, before.from_node(static_cast<std::uint32_t>(node))) << seed << ' ' << node;
    }
  }
}

}  // namespace
}  // namespace maillage
