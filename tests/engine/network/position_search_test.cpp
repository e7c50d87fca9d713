#include "engine/network/position_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "engine/core/parallel.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::SearchableRoads;

/// Places on roads drawn by lot, one in eight on none.
std::vector<Snap> random_snaps(const RoadNetwork& network, const std::size_t size, const std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Snap> snaps(size);
  for (Snap& snap : snaps) {
    if (random() % 8 > 0) {
      snap.road = RoadIndex{static_cast<std::size_t>(random() % network.roads.size())};
      snap.fraction = static_cast<double>(random() % 9) / 8;
      snap.access_m = static_cast<double>(random() % 200);
    }
  }
  return snaps;
}

TEST(PositionSearch, GivesOfEachPlaceWhatASearchOfItsOwnGives) {
  std::size_t reached = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const testing::SearchableOptions options{.graph = {.u_turns = seed % 3 == 0 ? UTurns::dead_ends_only : UTurns::allowed,
                                                       .right_angle_turn_ms = seed % 2 == 0 ? 700U : 0U},
                                             .metric = seed % 5 == 4 ? RoadMetric::length_cm : RoadMetric::travel_time_ms};
    const SearchableRoads roads(testing::tangled_road_parts(seed), options);
    if (roads.network.roads.size() == 0) {
      continue;
    }
    const RoadModel model = roads.model();
    const std::vector<Snap> places = random_snaps(roads.network, 2 * kLanes + 5, seed);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      for (const std::uint32_t cutoff : {3'000U, 20'000U, kNoPath - 1}) {
        const PositionSearch search(model, direction, cutoff);
        std::vector<std::optional<PositionCosts>> found(places.size());
        search.each(places, [&](const std::size_t k, const PositionCosts& costs) { found[k] = costs; });
        for (std::size_t k = 0; k < places.size(); ++k) {
          ASSERT_TRUE(found[k].has_value());
          const PositionCosts& each = *found[k];
          const PositionCosts alone = road_position_costs(model, {&places[k], 1}, direction, cutoff);
          ASSERT_EQ(each.reached_arcs(), alone.reached_arcs()) << "seed " << seed;
          ASSERT_EQ(each.within(cutoff), alone.within(cutoff)) << "seed " << seed;
          for (const Snap& place : places) {
            ASSERT_EQ(each.at(place), alone.at(place)) << "seed " << seed;
          }
          reached += each.reached_arcs();
        }
      }
    }
  }
  EXPECT_GT(reached, 10'000U) << "the cases are not empty";
}

TEST(PositionSearch, IsTheSameOnOneThreadAndOnManyAndInAnyOrder) {
  const SearchableRoads roads(testing::random_road_parts(8, {.nodes = 600, .roads = 1'300}));
  const RoadModel model = roads.model();
  std::vector<Snap> places = random_snaps(roads.network, 3 * kLanes, 1);
  const auto lengths_m = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    const PositionSearch search(model, Direction::forward, 100'000);
    std::vector<double> lengths(places.size());
    search.each(places, [&](const std::size_t k, const PositionCosts& each) {
      lengths[k] = length_m(roads.network, each.within(100'000));
    });
    return lengths;
  };
  std::vector<double> one = lengths_m(1);
  EXPECT_EQ(one, lengths_m(4));
  std::reverse(places.begin(), places.end());
  std::reverse(one.begin(), one.end());
  EXPECT_EQ(one, lengths_m(2));
}

TEST(PositionSearch, SurvivesNothing) {
  const SearchableRoads roads(testing::tangled_road_parts(4));
  const RoadModel model = roads.model();
  const PositionSearch search(model, Direction::forward, 1'000);
  search.each({}, [](std::size_t, const PositionCosts&) { FAIL(); });
  const std::vector<Snap> nowhere(1);
  std::size_t visits = 0;
  search.each(nowhere, [&](std::size_t, const PositionCosts& costs) {
    ++visits;
    EXPECT_TRUE(costs.within(1'000).empty());
  });
  EXPECT_EQ(visits, 1U);
}

}  // namespace
}  // namespace maillage
