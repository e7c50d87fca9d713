#include "engine/coverage/reached_gaps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>
#include <numeric>
#include <random>

#include "engine/core/parallel.hpp"
#include "engine/geometry/dissolve.hpp"
#include "engine/geometry/geos_overlay.hpp"
#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

AreaSet outline_of(const Territory& territory) {
  return dissolve(territory.contours, std::vector<std::uint32_t>(territory.contours.areas(), 0), 1);
}

/// One area of rectangles that do not touch.
AreaSet rectangles(const std::vector<Box>& boxes) {
  AreaSet areas;
  for (const Box& box : boxes) {
    areas.add_ring(std::vector<Point>{{box.min_x, box.min_y},
                                      {box.max_x, box.min_y},
                                      {box.max_x, box.max_y},
                                      {box.min_x, box.max_y},
                                      {box.min_x, box.min_y}});
    areas.end_polygon();
  }
  areas.end_area();
  return areas;
}

GeometricGaps gaps_of(const Territory& territory, const AreaSet& reached, const double least_m2 = 10'000) {
  return reached_gaps(territory, outline_of(territory), reached, 100, {.min_part_area_m2 = least_m2});
}

void expect_whole(const GeometricGaps& gaps) {
  const double total = gaps.territory_m2;
  EXPECT_EQ(gaps.unmatched_pieces, 0);
  EXPECT_NEAR(gaps.covered_m2 + gaps.gap_m2, total, 1e-9 * total);
  double parts_m2 = gaps.small_parts_m2;
  std::int64_t population = gaps.small_parts_population;
  for (const GeometricGap& part : gaps.parts) {
    parts_m2 += part.area_m2;
    population += part.population;
  }
  EXPECT_NEAR(parts_m2, gaps.gap_m2, 1e-9 * total);
  EXPECT_EQ(population, gaps.population);
  const auto& communes = gaps.gap_m2_of_commune.raw();
  EXPECT_NEAR(std::accumulate(communes.begin(), communes.end(), 0.0), gaps.gap_m2, 1e-6 * total);
}

TEST(ReachedGaps, AreTheWholeTerritoryWhereNothingIsReached) {
  const Territory territory = test::draw_territory({"AB", "CB"}, {.population = {{'A', 10}, {'B', 20'000}, {'C', 3000}}});
  AreaSet nothing;
  nothing.end_area();
  for (const AreaSet& reached : {nothing, rectangles({{-9000, -9000, -8000, -8000}})}) {
    const GeometricGaps gaps = gaps_of(territory, reached);
    expect_whole(gaps);
    ASSERT_EQ(gaps.parts.size(), 1U);
    EXPECT_EQ(gaps.population, 23'010);
    EXPECT_DOUBLE_EQ(gaps.gap_m2, 4e6);
    EXPECT_DOUBLE_EQ(gaps.parts[0].by_tier[TierIndex{2}].area_m2, 2e6);
    EXPECT_EQ(gaps.max_error_m, 100);
  }
}

TEST(ReachedGaps, AreNoneWhereAllIsReached) {
  const Territory territory = test::draw_territory({"AB", "CB"});
  const GeometricGaps gaps = gaps_of(territory, rectangles({{-100, -100, 2100, 2100}}));
  expect_whole(gaps);
  EXPECT_TRUE(gaps.parts.empty());
  EXPECT_EQ(gaps.gap_m2, 0);
  EXPECT_EQ(gaps.population, 0);
}

TEST(ReachedGaps, AreCutByCommuneAndPart) {
  // The strip x in [900, 2100] is reached: it parts the row ABC in two, with 90 % of A and of C left.
  const Territory territory = test::draw_territory({"ABC"}, {.population = {{'A', 1000}, {'B', 5000}, {'C', 200}}});
  const GeometricGaps gaps = gaps_of(territory, rectangles({{900, -10, 2100, 1010}}));
  expect_whole(gaps);
  ASSERT_EQ(gaps.parts.size(), 2U);
  EXPECT_EQ(gaps.parts[0].communes, std::vector{test::at(territory, 'A')});
  EXPECT_EQ(gaps.parts[1].communes, std::vector{test::at(territory, 'C')});
  EXPECT_EQ(gaps.parts[0].population, 900);
  EXPECT_EQ(gaps.parts[1].population, 180);
  EXPECT_NEAR(gaps.gap_m2_of_commune[test::at(territory, 'B')], 0, 1e-6);
}

TEST(ReachedGaps, CountHolesInWhatIsReached) {
  const Territory territory = test::draw_territory({"AA", "AA"}, {.population = {{'A', 400}}});
  AreaSet ring = rectangles({{-10, -10, 2010, 2010}});
  AreaSet reached;
  reached.add_ring(ring.ring(0));
  reached.add_ring(std::vector<Point>{{500, 500}, {500, 1500}, {1500, 1500}, {1500, 500}, {500, 500}});
  reached.end_polygon();
  reached.end_area();
  const GeometricGaps gaps = gaps_of(territory, reached);
  expect_whole(gaps);
  ASSERT_EQ(gaps.parts.size(), 1U);
  EXPECT_NEAR(gaps.gap_m2, 1e6, 1e-6);
  EXPECT_EQ(gaps.population, 100);
}

/// Two ways to the same figures: discs as arcs and discs as polygons of 1 cm error.
TEST(ReachedGaps, AgreeWithDiscsDrawnFinely) {
  std::vector<std::string> rows;
  for (int row = 0; row < 6; ++row) {
    rows.push_back(std::string{"ABCDEFGHIJ"}.substr(static_cast<std::size_t>(row % 4)) +
                   std::string{"KLMNOPQRST"}.substr(0, static_cast<std::size_t>(row % 4)));
  }
  const Territory territory = test::draw_territory(rows);
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> x(0, 10'000);
  std::uniform_real_distribution<double> y(0, 6000);
  std::vector<Point> places;
  for (int place = 0; place < 25; ++place) {
    places.push_back({x(random), y(random)});
  }
  constexpr double kFine_m = 0.01;
  constexpr double kRadius_m = 700;
  const AreaSet outline = outline_of(territory);
  const GeometricGaps discs = geometric_gaps(territory, outline, places, kRadius_m, {.max_error_m = kFine_m});
  // What the fine gap polygons leave of a frame is the discs, drawn.
  ASSERT_EQ(discs.small_parts, 0);
  const AreaSet reached = geos_difference(rectangles({{-10, -10, 10'010, 6010}}), discs.polygons);
  const GeometricGaps drawn = gaps_of(territory, reached);
  expect_whole(drawn);
  ASSERT_EQ(drawn.parts.size(), discs.parts.size());
  const double drawing_m2 = kFine_m * 2 * std::numbers::pi * kRadius_m * static_cast<double>(places.size());
  EXPECT_NEAR(drawn.gap_m2, discs.gap_m2, 1e-3 * discs.gap_m2);
  for (std::size_t part = 0; part < drawn.parts.size(); ++part) {
    EXPECT_NEAR(drawn.parts[part].area_m2, discs.parts[part].area_m2, drawing_m2) << part;
    EXPECT_EQ(drawn.parts[part].communes, discs.parts[part].communes) << part;
    EXPECT_NEAR(static_cast<double>(drawn.parts[part].population), static_cast<double>(discs.parts[part].population), 2);
  }
  const auto on_threads = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return gaps_of(territory, reached);
  };
  const GeometricGaps alone = on_threads(1);
  const GeometricGaps both = on_threads(2);
  EXPECT_EQ(alone.gap_m2, both.gap_m2);
  EXPECT_EQ(alone.gap_m2_of_commune.raw(), both.gap_m2_of_commune.raw());
  EXPECT_EQ(alone.population, both.population);
}

}  // namespace
}  // namespace maillage
