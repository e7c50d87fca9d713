#include "engine/equity/spatial_weights.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/territory/contiguity.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();

std::vector<std::uint32_t> row(const SpatialWeights& weights, const std::size_t unit) {
  std::vector<std::uint32_t> numbers;
  for (const UnitIndex neighbour : weights.neighbours[UnitIndex{unit}]) {
    numbers.push_back(neighbour.value());
  }
  return numbers;
}
using Row = std::vector<std::uint32_t>;

/// Whole coordinates in a small square: many equal distances and equal points.
std::vector<Point> crowded_points(std::mt19937_64& random, const std::size_t count) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back({static_cast<double>(random() % 9), static_cast<double>(random() % 9)});
  }
  return points;
}

TEST(SpatialWeights, TakeContiguityOfCommunes) {
  // 2 3
  // 0 1
  const AreaSet squares = testing::unit_squares(2, 2);
  const SpatialWeights rook = contiguity_weights(contiguity(squares, squares));
  EXPECT_EQ(row(rook, 0), (Row{1, 2}));
  EXPECT_EQ(rook.weight(UnitIndex{0}), 0.5);
  const SpatialWeights queen = contiguity_weights(common_point_neighbours(squares, squares), WeightStyle::binary);
  EXPECT_EQ(row(queen, 0), (Row{1, 2, 3}));
  EXPECT_EQ(queen.weight(UnitIndex{0}), 1);
  EXPECT_TRUE(are_mutual(rook) && are_mutual(queen));
}

TEST(SpatialWeights, NearestAreThoseOfBruteForceTiesByIndex) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Point> points = crowded_points(random, 1 + random() % 60);
    const std::size_t count = 1 + random() % 10;
    const SpatialWeights weights = nearest_weights(points, {.neighbours = count});
    for (std::size_t i = 0; i < points.size(); ++i) {
      std::vector<std::pair<double, std::uint32_t>> others;
      for (std::size_t k = 0; k < points.size(); ++k) {
        const double dx = points[k].x - points[i].x;
        const double dy = points[k].y - points[i].y;
        if (k != i) {
          others.emplace_back(dx * dx + dy * dy, static_cast<std::uint32_t>(k));
        }
      }
      std::ranges::sort(others);
      others.resize(std::min(others.size(), count));
      Row wanted;
      for (const auto& [squared, number] : others) {
        wanted.push_back(number);
      }
      std::ranges::sort(wanted);
      EXPECT_EQ(row(weights, i), wanted);
    }
  }
  EXPECT_THROW((void)nearest_weights({}, {.neighbours = 0}), ArgumentError);
}

TEST(SpatialWeights, DistanceBandIsClosedAndMutual) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 100; ++round) {
    const std::vector<Point> points = crowded_points(random, 50);
    const SpatialWeights weights = distance_band_weights(points, {.band_m = 2});
    EXPECT_TRUE(are_mutual(weights));
    for (std::size_t i = 0; i < points.size(); ++i) {
      Row wanted;
      for (std::size_t k = 0; k < points.size(); ++k) {
        const double dx = points[k].x - points[i].x;
        const double dy = points[k].y - points[i].y;
        if (k != i && dx * dx + dy * dy <= 4) {
          wanted.push_back(static_cast<std::uint32_t>(k));
        }
      }
      EXPECT_EQ(row(weights, i), wanted);
    }
  }
  EXPECT_THROW((void)distance_band_weights({}, {.band_m = -1}), ArgumentError);
}

TEST(SpatialWeights, LeastBandLeavesNobodyAloneAndNoShorterOneDoes) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> metres(0, 100'000);
  for (int round = 0; round < 50; ++round) {
    std::vector<Point> points;
    for (int i = 0; i < 40; ++i) {
      points.push_back({metres(random), metres(random)});
    }
    const double band = least_band_without_islands_m(points);
    EXPECT_TRUE(islands(distance_band_weights(points, {.band_m = band})).empty());
    EXPECT_FALSE(islands(distance_band_weights(points, {.band_m = band * (1 - 1e-12)})).empty());
  }
  EXPECT_EQ(least_band_without_islands_m({}), 0);
}

TEST(SpatialWeights, IslandsAreToldAndJoinedBothWays) {
  // 0-1 . . 2 . 3 (nowhere: 4): 2 and 3 are each the nearest of the other.
  const std::vector<Point> points{{0, 0}, {1, 0}, {4, 0}, {6, 0}, {kNowhere, 0}};
  const SpatialWeights apart = distance_band_weights(points, {.band_m = 1, .style = WeightStyle::binary});
  EXPECT_EQ(islands(apart), (std::vector<UnitIndex>{UnitIndex{2}, UnitIndex{3}, UnitIndex{4}}));
  EXPECT_EQ(apart.weight(UnitIndex{2}), 0);
  const SpatialWeights joined = join_islands(apart, points);
  EXPECT_EQ(islands(joined), (std::vector<UnitIndex>{UnitIndex{4}}));
  EXPECT_EQ(row(joined, 2), (Row{3}));
  EXPECT_EQ(row(joined, 3), (Row{2}));
  EXPECT_EQ(row(joined, 0), (Row{1}));
  EXPECT_TRUE(are_mutual(joined));
  EXPECT_EQ(joined.style, WeightStyle::binary);
}

TEST(SpatialWeights, AmongKeptUnitsAreNumberedAnew) {
  const AreaSet squares = testing::unit_squares(3, 1);
  const SpatialWeights line = contiguity_weights(contiguity(squares, squares));
  const std::vector<UnitIndex> kept{UnitIndex{1}, UnitIndex{2}};
  const SpatialWeights rest = weights_among(line, kept);
  EXPECT_EQ(row(rest, 0), (Row{1}));
  EXPECT_EQ(row(rest, 1), (Row{0}));
  const std::vector<UnitIndex> twice{UnitIndex{1}, UnitIndex{1}};
  EXPECT_THROW((void)weights_among(line, twice), ArgumentError);
}

TEST(SpatialWeights, AreTheSameOnOneThreadAndOnMore) {
  std::mt19937_64 random(9);
  const std::vector<Point> points = crowded_points(random, 3'000);
  const auto compute = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return nearest_weights(points, {.neighbours = 6}).neighbours;
  };
  EXPECT_EQ(compute(1), compute(2));
}

}  // namespace
}  // namespace maillage
