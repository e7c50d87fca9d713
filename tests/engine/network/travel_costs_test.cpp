#include "engine/network/travel_costs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

std::vector<Point> random_points(const std::size_t size, const unsigned seed, const double extent_m) {
  std::mt19937 generator{seed};
  std::uniform_int_distribution<int> coordinate{0, static_cast<int>(extent_m)};
  std::vector<Point> points(size);
  for (Point& point : points) {
    // Whole metres: many equal distances, so that ties are exercised.
    point = {static_cast<double>(coordinate(generator)), static_cast<double>(coordinate(generator))};
  }
  return points;
}

std::vector<std::vector<Reach>> all_pairs(const std::vector<Point>& origins, const std::vector<Point>& facilities,
                                          const Cost limit, const double per_metre) {
  std::vector<std::vector<Reach>> reached(origins.size());
  for (std::size_t origin = 0; origin < origins.size(); ++origin) {
    for (std::size_t facility = 0; facility < facilities.size(); ++facility) {
      const double cost = std::ceil(distance_m(origins[origin], facilities[facility]) * per_metre - 1e-7);
      if (cost <= limit) {
        reached[origin].push_back({FacilityIndex{facility}, static_cast<Cost>(cost)});
      }
    }
    std::ranges::sort(reached[origin], [](const Reach& a, const Reach& b) {
      return std::pair{a.cost, a.facility} < std::pair{b.cost, b.facility};
    });
  }
  return reached;
}

std::vector<std::vector<Reach>> streamed(const TravelModel& model, const std::vector<Point>& origins,
                                         const std::vector<Point>& facilities, const Cost limit) {
  std::vector<std::vector<Reach>> reached;
  stream_reach(model, origins, facilities, limit, [&](const OriginIndex first, const Csr<OriginIndex, Reach>& block) {
    EXPECT_EQ(first.value(), reached.size());
    for (const OriginIndex row : block.indices()) {
      reached.emplace_back(block[row].begin(), block[row].end());
    }
  });
  return reached;
}

TEST(TravelCosts, RefuseFactorsAndSpeedsThatAreNotPositive) {
  const std::vector<Point> one{{0, 0}};
  const auto visit = [](OriginIndex, const Csr<OriginIndex, Reach>&) {};
  EXPECT_THROW(stream_reach(StraightLine{.detour_factor = 0}, one, one, 1, visit), ArgumentError);
  EXPECT_THROW(stream_reach(StraightLine{.unit = CostUnit::seconds}, one, one, 1, visit), ArgumentError);
  EXPECT_THROW((void)nearest_facility(StraightLine{.detour_factor = std::nan("")}, one, one), ArgumentError);
  EXPECT_EQ(cost_unit(StraightLine{.speed_kmh = 5, .unit = CostUnit::seconds}), CostUnit::seconds);
}

TEST(TravelCosts, KnowTheRadiusOfTheDiscInReach) {
  EXPECT_DOUBLE_EQ(*reach_radius_m(StraightLine{}, 5'000), 5'000);
  EXPECT_DOUBLE_EQ(*reach_radius_m(StraightLine{.detour_factor = 1.25}, 5'000), 4'000);
  EXPECT_DOUBLE_EQ(*reach_radius_m(StraightLine{.detour_factor = 1.25, .speed_kmh = 45, .unit = CostUnit::seconds}, 600),
                   6'000);
}

TEST(TravelCosts, StreamExactlyThePairsOfBruteForce) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const std::vector<Point> origins = random_points(700, seed, 1'000);
    const std::vector<Point> facilities = random_points(300, seed + 10, 1'000);
    for (const Cost limit : {0U, 5U, 100U, 5'000U}) {
      EXPECT_EQ(streamed(StraightLine{}, origins, facilities, limit), all_pairs(origins, facilities, limit, 1));
    }
    const StraightLine walk{.detour_factor = 1.3, .speed_kmh = 4.5, .unit = CostUnit::seconds};
    EXPECT_EQ(streamed(walk, origins, facilities, 200), all_pairs(origins, facilities, 200, 1.3 * 3.6 / 4.5));
  }
}

TEST(TravelCosts, GiveTheNearestThatBruteForceFinds) {
  const std::vector<Point> origins = random_points(2'000, 4, 200);
  const std::vector<Point> facilities = random_points(90, 5, 200);
  const auto expected = all_pairs(origins, facilities, 1'000, 1);
  const std::vector<Reach> nearest = nearest_facility(StraightLine{}, origins, facilities);
  for (std::size_t origin = 0; origin < origins.size(); ++origin) {
    EXPECT_EQ(nearest[origin], expected[origin].front());
  }
}

TEST(TravelCosts, BreakTiesByTheLowerFacility) {
  const std::vector<Point> origins{{0, 0}};
  const std::vector<Point> facilities{{40, 30}, {-30, 40}, {0, 50}, {50, 0}};
  EXPECT_EQ(nearest_facility(StraightLine{}, origins, facilities).front(), (Reach{FacilityIndex{0}, 50}));
  const auto reached = streamed(StraightLine{}, origins, facilities, 50);
  ASSERT_EQ(reached.front().size(), 4U);
  EXPECT_EQ(reached.front()[3].facility.value(), 3U);
  EXPECT_TRUE(streamed(StraightLine{}, origins, facilities, 49).front().empty());
}

TEST(TravelCosts, KeepPlanesApart) {
  const std::vector<Point> origins{{700'000, 6'600'000}, {20'350'000, 7'650'000}};
  const std::vector<Point> facilities{{20'350'000, 7'651'000}};
  const std::vector<Reach> nearest = nearest_facility(StraightLine{}, origins, facilities);
  EXPECT_TRUE(nearest[0].facility.is_none());
  EXPECT_EQ(nearest[0].cost, kUnreachable);
  EXPECT_EQ(nearest[1], (Reach{FacilityIndex{0}, 1'000}));
}

TEST(TravelCosts, SurviveNothingAndPointsThatAreNotFinite) {
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<Point> origins{{nan, 0}, {infinity, infinity}, {0, 0}};
  const std::vector<Point> facilities{{nan, nan}, {0, -infinity}, {3, 4}};
  const std::vector<Reach> nearest = nearest_facility(StraightLine{}, origins, facilities);
  EXPECT_TRUE(nearest[0].facility.is_none());
  EXPECT_TRUE(nearest[1].facility.is_none());
  EXPECT_EQ(nearest[2], (Reach{FacilityIndex{2}, 5}));
  EXPECT_EQ(nearest_facility(StraightLine{}, origins, std::vector<Point>{})[2].cost, kUnreachable);
  EXPECT_TRUE(streamed(StraightLine{}, {}, facilities, 10).empty());
  EXPECT_TRUE(streamed(StraightLine{}, origins, {}, 10)[2].empty());
}

TEST(TravelCosts, AreTheSameOnOneThreadAndOnMany) {
  const std::vector<Point> origins = random_points(20'000, 6, 100'000);
  const std::vector<Point> facilities = random_points(2'000, 7, 100'000);
  const auto many = streamed(StraightLine{}, origins, facilities, 3'000);
  const ThreadLimit one{1};
  EXPECT_EQ(streamed(StraightLine{}, origins, facilities, 3'000), many);
}

}  // namespace
}  // namespace maillage
