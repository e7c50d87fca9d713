#include "engine/network/road_travel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/parallel.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;
using testing::AsciiRoads;
using testing::random_snaps;
using testing::road_table;
using testing::RoadOracle;
using testing::SearchableOptions;
using testing::SearchableRoads;
using testing::tangled_road_parts;

/// Tables between places, cell by cell: by the rules alone, with both legs to the road.
std::vector<std::uint32_t> oracle_table(const RoadModel& model, const UTurns u_turns, const std::vector<Snap>& origins,
                                        const std::vector<Snap>& facilities, const Direction direction) {
  const RoadOracle oracle(model.network, u_turns, model.metric);
  std::vector<std::uint32_t> table(origins.size() * facilities.size());
  const bool forward = direction == Direction::forward;
  const std::vector<Snap>& starts = forward ? origins : facilities;
  const std::vector<Snap>& ends = forward ? facilities : origins;
  for (std::size_t start = 0; start < starts.size(); ++start) {
    const std::vector<std::uint32_t> row = oracle.between(starts[start], ends);
    for (std::size_t end = 0; end < ends.size(); ++end) {
      const std::uint64_t cost = row[end] == kNoPath ? kNoPath
                                                     : std::uint64_t{row[end]} + access_weight(model, starts[start]) +
                                                           access_weight(model, ends[end]);
      table[forward ? start * facilities.size() + end : end * facilities.size() + start] =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(cost, kNoPath));
    }
  }
  return table;
}

TEST(RoadTravel, GivesTheCostsThatTheRulesAloneGive) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const UTurns u_turns = seed % 3 == 0 ? UTurns::dead_ends_only : UTurns::allowed;
    const SearchableRoads roads(
        tangled_road_parts(seed),
        {.graph = {.u_turns = u_turns}, .metric = seed % 2 == 0 ? RoadMetric::travel_time_ms : RoadMetric::length_cm});
    const RoadModel model = roads.model();
    const std::vector<Snap> origins = random_snaps(roads.network, seed, 9);
    const std::vector<Snap> facilities = random_snaps(roads.network, seed + 1'000'000, 7);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      const auto expected = oracle_table(model, u_turns, origins, facilities, direction);
      ASSERT_EQ(road_table(model, origins, facilities, direction), expected) << "seed " << seed;
      const std::uint32_t cutoff = expected[seed % expected.size()];
      const auto cut = road_table(model, origins, facilities, direction, cutoff);
      for (std::size_t k = 0; k < cut.size(); ++k) {
        ASSERT_EQ(cut[k], expected[k] <= cutoff ? expected[k] : kNoPath) << "seed " << seed;
      }
    }
  }
}

TEST(RoadTravel, CountsPartsOfRoadsBothLegsAndOneWayStreets) {
  const AsciiRoads map = ascii_roads({
      "A-----B>>>>>C",
      "|           |",
      "D-----------E",
  });
  const SearchableRoads roads(make_road_network([&] {
    RoadNetworkParts parts;
    parts.nodes.assign(map.network.nodes.begin(), map.network.nodes.end());
    parts.roads.assign(map.network.roads.begin(), map.network.roads.end());
    parts.shape_first.assign(parts.roads.size() + 1, 0);
    return parts;
  }()));
  RoadModel model = roads.model();
  model.access.access_speed_kmh = 3.6;  // a metre a second
  const Snap on_ab{.road = RoadIndex{std::size_t{0}}, .fraction = 0.25, .access_m = 4};
  const Snap early{.road = RoadIndex{std::size_t{2}}, .fraction = 0.5};
  const Snap late{.road = RoadIndex{std::size_t{2}}, .fraction = 0.75};
  ASSERT_EQ(roads.network.tail(forward_arc(early.road)), map.nodes.at('B'));
  EXPECT_EQ(road_table(model, {on_ab}, {early}), std::vector<std::uint32_t>{4'000 + 4'500 + 3'000});
  EXPECT_EQ(road_table(model, {early}, {late}), std::vector<std::uint32_t>{1'500});
  EXPECT_EQ(road_table(model, {late}, {early}), std::vector<std::uint32_t>{1'500 + 2'000 + 12'000 + 2'000 + 6'000 + 3'000})
      << "round the block";
  EXPECT_EQ(road_table(model, {late}, {early}, Direction::backward), std::vector<std::uint32_t>{1'500});
  EXPECT_EQ(road_table(model, {Snap{}}, {early}), std::vector<std::uint32_t>{kNoPath}) << "not snapped";
}

TEST(RoadTravel, CountsTheTurnIntoTheLastRoad) {
  const AsciiRoads map = ascii_roads({
      "    B    ",
      "    |    ",
      "A---C---D",
  });
  RoadNetworkParts parts;
  parts.nodes.assign(map.network.nodes.begin(), map.network.nodes.end());
  parts.roads.assign(map.network.roads.begin(), map.network.roads.end());
  parts.shape_first.assign(parts.roads.size() + 1, 0);
  const SearchableRoads roads(std::move(parts), {.graph = {.right_angle_turn_ms = 9'000}});
  const auto on = [&](const char from, const char to) {
    for (std::size_t road = 0; road < roads.network.roads.size(); ++road) {
      if (roads.network.roads[road].from == map.nodes.at(from) && roads.network.roads[road].to == map.nodes.at(to)) {
        return Snap{.road = RoadIndex{road}, .fraction = 0.5};
      }
    }
    return Snap{};
  };
  EXPECT_EQ(road_table(roads.model(), {on('A', 'C')}, {on('C', 'D'), on('B', 'C')}),
            (std::vector<std::uint32_t>{2'000 + 2'000, 2'000 + 9'000 + 1'000}));
}

TEST(RoadTravel, RoundsUpOnceAndKeepsLimitsClosed) {
  const SearchableRoads by_time(tangled_road_parts(1));
  const RoadModel time = by_time.model();
  EXPECT_EQ(whole_cost(time, 0), 0U);
  EXPECT_EQ(whole_cost(time, 1), 1U);
  EXPECT_EQ(whole_cost(time, 1'000), 1U);
  EXPECT_EQ(whole_cost(time, 1'001), 2U);
  EXPECT_EQ(whole_cost(time, kNoPath), kUnreachable);
  const SearchableRoads by_length(tangled_road_parts(1), {.metric = RoadMetric::length_cm});
  for (const RoadModel& model : {time, by_length.model()}) {
    for (const Cost limit : {0U, 1U, 7U, 1'000'000U}) {
      const std::uint32_t largest = largest_weight(model, limit);
      EXPECT_EQ(whole_cost(model, largest), limit);
      EXPECT_GT(whole_cost(model, largest + 1), limit);
    }
    EXPECT_EQ(largest_weight(model, kUnreachable - 1), kNoPath - 1);
  }
}

struct Town {
  Town()
      : roads([] {
          RoadNetworkParts parts = testing::random_road_parts(77, {.nodes = 500, .roads = 1'000});
          std::mt19937_64 random(77);
          testing::add_random_restrictions(parts, random, 80);
          return parts;
        }()) {
    std::mt19937_64 random(78);
    const auto point = [&] {
      return Point{700'000 + static_cast<double>(random() % 4'000), 6'600'000 + static_cast<double>(random() % 4'000)};
    };
    std::generate_n(std::back_inserter(origins), 300, point);
    std::generate_n(std::back_inserter(facilities), 60, point);
    facilities.push_back(facilities.front());  // two at one place
  }
  SearchableRoads roads;
  std::vector<Point> origins;
  std::vector<Point> facilities;
};

TEST(RoadTravel, ReachesAndFindsTheNearestAsItsTableSays) {
  const Town town;
  RoadModel model = town.roads.model();
  model.access.snap.max_access_m = 300;
  const std::vector<Snap> origins = model.locator.snap_all(town.origins, model.access.snap);
  const std::vector<Snap> facilities = model.locator.snap_all(town.facilities, model.access.snap);
  std::size_t unreachable = 0;
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    const TravelModel travel = RoadTravel{.model = &model, .direction = direction};
    const auto table = road_table(model, origins, facilities, direction);
    const auto nearest = nearest_facility(travel, town.origins, town.facilities);
    for (const Cost limit : {60U, 600U, kUnreachable - 1}) {
      std::size_t next = 0;
      stream_reach(travel, town.origins, town.facilities, limit, [&](const OriginIndex first, const auto& block) {
        ASSERT_EQ(first.value(), next);
        for (std::size_t row = 0; row < block.rows(); ++row, ++next) {
          std::vector<std::pair<std::uint32_t, Reach>> expected;
          for (std::size_t k = 0; k < facilities.size(); ++k) {
            const std::uint32_t weight = table[next * facilities.size() + k];
            if (whole_cost(model, weight) <= limit && weight != kNoPath) {
              expected.emplace_back(weight, Reach{FacilityIndex{k}, whole_cost(model, weight)});
            }
          }
          std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
          const auto found = block[OriginIndex{row}];
          ASSERT_TRUE(std::equal(found.begin(), found.end(), expected.begin(), expected.end(),
                                 [](const Reach& a, const auto& b) { return a == b.second; }));
          if (limit == kUnreachable - 1) {
            ASSERT_EQ(nearest[next], expected.empty() ? Reach{} : expected.front().second);
            unreachable += expected.empty() ? 1 : 0;
          }
        }
      });
      EXPECT_EQ(next, town.origins.size());
    }
  }
  EXPECT_GT(unreachable, 0U) << "some origins lie too far from every road";
}

TEST(RoadTravel, IsTheSameOnOneThreadAndOnMany) {
  const Town town;
  const RoadModel model = town.roads.model();
  const TravelModel travel = RoadTravel{.model = &model, .direction = Direction::forward};
  const auto on_threads = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    std::pair<std::vector<Reach>, std::vector<Reach>> result{nearest_facility(travel, town.origins, town.facilities), {}};
    stream_reach(travel, town.origins, town.facilities, 900, [&](OriginIndex, const auto& block) {
      result.second.insert(result.second.end(), block.values().begin(), block.values().end());
    });
    return result;
  };
  EXPECT_EQ(on_threads(1), on_threads(2));
}

TEST(RoadTravel, SurvivesNoPlacesAndNoRoads) {
  const SearchableRoads nothing(RoadNetworkParts{.crs = "EPSG:2154",
                                                 .mode = "car",
                                                 .nodes = {},
                                                 .roads = {},
                                                 .shape_points = {},
                                                 .restriction_arcs = {},
                                                 .restriction_mandatory = {}});
  const RoadModel model = nothing.model();
  const TravelModel travel = RoadTravel{.model = &model};
  const std::vector<Point> places{{1, 2}, {3, 4}};
  EXPECT_EQ(nearest_facility(travel, places, places), std::vector<Reach>(2));
  std::size_t rows = 0;
  stream_reach(travel, places, std::vector<Point>{}, 100, [&](OriginIndex, const auto& block) { rows += block.rows(); });
  EXPECT_EQ(rows, 2U);
  stream_reach(travel, std::vector<Point>{}, places, 100, [&](OriginIndex, const auto& block) { rows += block.rows(); });
  EXPECT_EQ(rows, 2U);
  EXPECT_EQ(nearest_facility(travel, places, std::vector<Point>{}), std::vector<Reach>(2));
}

}  // namespace
}  // namespace maillage
