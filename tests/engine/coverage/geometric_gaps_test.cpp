#include "engine/coverage/geometric_gaps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numbers>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/dissolve.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/geojson_areas.hpp"

namespace maillage {
namespace {

constexpr double kPi = std::numbers::pi;

AreaSet outline_of(const Territory& territory) {
  return dissolve(territory.contours, std::vector<std::uint32_t>(territory.contours.areas(), 0), 1);
}

void expect_whole(const Territory& territory, const GeometricGaps& gaps) {
  const double total = gaps.territory_m2;
  EXPECT_EQ(gaps.unmatched_pieces, 0);
  EXPECT_EQ(gaps.unmatched_m2, 0);
  EXPECT_NEAR(gaps.covered_m2 + gaps.gap_m2, total, 1e-9 * total);
  double parts_m2 = gaps.small_parts_m2;
  std::int64_t population = gaps.small_parts_population;
  ASSERT_EQ(gaps.polygons.areas(), gaps.parts.size());
  for (const GeometricGap& part : gaps.parts) {
    parts_m2 += part.area_m2;
    population += part.population;
    double tiers_m2 = 0;
    for (const TierIndex tier : part.by_tier.indices()) {
      tiers_m2 += part.by_tier[tier].area_m2;
    }
    EXPECT_NEAR(tiers_m2, part.area_m2, 1e-9 * total) << "every commune here has a tier";
    EXPECT_TRUE(std::is_sorted(part.communes.begin(), part.communes.end()));
  }
  EXPECT_NEAR(parts_m2, gaps.gap_m2, 1e-9 * total);
  EXPECT_EQ(population, gaps.population);
  const auto& communes = gaps.gap_m2_of_commune.raw();
  EXPECT_NEAR(std::accumulate(communes.begin(), communes.end(), 0.0), gaps.gap_m2, 1e-9 * total);
  for (const CommuneIndex commune : territory.communes.indices()) {
    EXPECT_LE(gaps.gap_m2_of_commune[commune], surface(territory.contours, AreaIndex{commune.value()}) + 1e-3);
  }
}

TEST(GeometricGaps, CountsEverybodyWhereThereIsNoStructure) {
  const Territory territory = test::draw_territory({"AB", "CB"}, {.population = {{'A', 10}, {'B', 20'000}, {'C', 3000}}});
  const GeometricGaps gaps = geometric_gaps(territory, outline_of(territory), {}, 500);
  expect_whole(territory, gaps);
  ASSERT_EQ(gaps.parts.size(), 1U);
  EXPECT_EQ(gaps.population, 23'010);
  EXPECT_EQ(gaps.parts[0].communes.size(), 3U);
  EXPECT_EQ(gaps.parts[0].by_tier[TierIndex{2}].population, 20'000);
  EXPECT_DOUBLE_EQ(gaps.parts[0].by_tier[TierIndex{2}].area_m2, 2e6);
}

TEST(GeometricGaps, SharesACommuneBySurface) {
  // A disc of 400 m in the middle of a commune of 1 km2 with 1000 inhabitants leaves 1 - 0.16 pi of them.
  const Territory territory = test::draw_territory({"AB"}, {.population = {{'A', 1000}, {'B', 7}}});
  const std::vector<Point> places{{500, 500}};
  const GeometricGaps gaps = geometric_gaps(territory, outline_of(territory), places, 400, {.max_error_m = 0.1});
  expect_whole(territory, gaps);
  EXPECT_EQ(gaps.population, 7 + 497);
  EXPECT_NEAR(gaps.gap_m2_of_commune[test::at(territory, 'A')], 1e6 - kPi * 160'000, 1e-3);
}

TEST(GeometricGaps, SplitsAtADiscThatSpansTheTerritory) {
  // ABC in a row: the disc of 600 m around B's middle parts A from C, and counts what is left above and below as one each.
  const Territory territory = test::draw_territory({"ABC"});
  const std::vector<Point> places{{1500, 500}};
  const GeometricGaps gaps = geometric_gaps(territory, outline_of(territory), places, 600, {.min_part_area_m2 = 1});
  expect_whole(territory, gaps);
  ASSERT_EQ(gaps.parts.size(), 2U);
  EXPECT_NEAR(gaps.parts[0].area_m2, gaps.parts[1].area_m2, 1e-3);
  EXPECT_EQ(gaps.parts[0].communes.size(), 2U);
  EXPECT_LE(gaps.population, 300);
}

TEST(GeometricGaps, CountsSmallPartsWithoutListingThem) {
  const Territory territory = test::draw_territory({"A"});
  const std::vector<Point> places{{500, 500}};
  const GeometricGaps gaps = geometric_gaps(territory, outline_of(territory), places, 700, {.min_part_area_m2 = 1e5});
  expect_whole(territory, gaps);
  EXPECT_EQ(gaps.parts.size(), 0U);
  EXPECT_EQ(gaps.small_parts, 4);
  EXPECT_GT(gaps.small_parts_m2, 0);
}

TEST(GeometricGaps, LeavesNobodyUnderADiscThatHoldsAll) {
  const Territory territory = test::draw_territory({"AB", "CB"});
  const std::vector<Point> places{{1000, 1000}};
  const GeometricGaps gaps = geometric_gaps(territory, outline_of(territory), places, 5000);
  expect_whole(territory, gaps);
  EXPECT_EQ(gaps.population, 0);
  EXPECT_EQ(gaps.gap_m2, 0);
}

TEST(GeometricGaps, SurvivesCirclesThroughCorners) {
  // Discs centred on the corners of communes whose side is the radius: everything coincides with something.
  const Territory territory = test::draw_territory({"ABCD", "EFGH", "IJKL", "MNOP"});
  for (const double radius : {500.0, 1000.0, 1414.213562373095, 2000.0}) {
    for (const auto& places : {std::vector<Point>{{1000, 1000}}, std::vector<Point>{{1000, 1000}, {3000, 1000}},
                               std::vector<Point>{{0, 0}, {2000, 2000}, {4000, 0}, {500, 3500}}}) {
      expect_whole(territory, geometric_gaps(territory, outline_of(territory), places, radius));
    }
  }
}

TEST(GeometricGaps, CountsWhatLiesInNoPart) {
  // The outline is of another place: no part of it holds the communes' gaps.
  const Territory territory = test::draw_territory({"AB"}, {.population = {{'A', 1000}, {'B', 7}}});
  AreaSet elsewhere;
  elsewhere.add_ring(std::vector<Point>{{-9e5, 0}, {-8e5, 0}, {-8e5, 1e5}, {-9e5, 1e5}, {-9e5, 0}});
  elsewhere.end_polygon();
  elsewhere.end_area();
  const GeometricGaps gaps = geometric_gaps(territory, elsewhere, {}, 500);
  EXPECT_EQ(gaps.unmatched_pieces, 2);
  EXPECT_NEAR(gaps.unmatched_m2, 2e6, 1e-3);
  EXPECT_EQ(gaps.population, 0);
  EXPECT_EQ(gaps.unmatched_population, 1007);
  ASSERT_EQ(gaps.parts.size(), 1U);
  EXPECT_TRUE(gaps.parts[0].communes.empty());
}

TEST(GeometricGaps, RefusesARadiusThatIsNone) {
  const Territory territory = test::draw_territory({"A"});
  EXPECT_THROW((void)geometric_gaps(territory, outline_of(territory), {}, -1), ArgumentError);
  EXPECT_THROW((void)geometric_gaps(territory, outline_of(territory), {}, 1, {.max_error_m = 0}), ArgumentError);
}

Territory real_territory(const maillage::testing::GeoJsonAreas& source) {
  Territory territory;
  territory.tiers = default_population_tiers();
  AreaSet degrees = source.areas;
  territory.contours = maillage::testing::to_rough_metres(degrees);
  orient_rings(territory.contours);
  for (std::size_t i = 0; i < source.codes.size(); ++i) {
    Commune commune;
    commune.code = source.codes[i];
    commune.population = static_cast<std::int64_t>(100 + i * 37 % 20'000);
    territory.tier.push_back(tier_of(territory.tiers, commune.population));
    territory.communes.push_back(std::move(commune));
  }
  return territory;
}

std::vector<Point> places_around(const AreaSet& outline, const std::size_t count, std::mt19937_64& random) {
  const Box box = bounding_box(outline);
  std::uniform_real_distribution<double> x(box.min_x, box.max_x);
  std::uniform_real_distribution<double> y(box.min_y, box.max_y);
  std::vector<Point> places(count);
  for (Point& place : places) {
    place = {x(random), y(random)};
  }
  return places;
}

/// Covered area of the territory without a look at its gaps: that of a box around it less that of the box's rest.
double covered_seen_from_outside(const AreaSet& outline, const std::vector<Point>& places, const double radius_m) {
  const Box box = bounding_box(outline);
  const std::vector<Point> frame{{box.min_x - 1000, box.min_y - 1000},
                                 {box.max_x + 1000, box.min_y - 1000},
                                 {box.max_x + 1000, box.max_y + 1000},
                                 {box.min_x - 1000, box.max_y + 1000},
                                 {box.min_x - 1000, box.min_y - 1000}};
  AreaSet whole;
  whole.add_ring(frame);
  whole.end_polygon();
  whole.end_area();
  AreaSet rest;
  rest.add_ring(frame);
  for (const bool holes : {false, true}) {
    for (std::size_t number = 0; number < outline.rings(); ++number) {
      std::vector<Point> ring{outline.ring(number).begin(), outline.ring(number).end()};
      if ((twice_signed_area(ring) < 0) == holes) {
        std::reverse(ring.begin(), ring.end());
        rest.add_ring(ring);
        if (holes) {
          rest.end_polygon();
        }
      }
    }
    if (!holes) {
      rest.end_polygon();
    }
  }
  rest.end_area();
  std::vector<Disc> discs;
  for (const Point& place : places) {
    discs.push_back({place, radius_m});
  }
  return disc_cover(discs, whole).covered_m2 - disc_cover(discs, rest).covered_m2;
}

TEST(GeometricGapsRealData, DivideEveryDepartementExactly) {
  const std::filesystem::path folder{MAILLAGE_SHARED_DATA "/communes-2018"};
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "no " << folder;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("communes-") && entry.path().extension() == ".geojson") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  ASSERT_GT(files.size(), 90U);
  std::size_t overlays = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    maillage::testing::GeoJsonAreas source;
    maillage::testing::append_geojson(files[i], source);
    const Territory territory = real_territory(source);
    const AreaSet outline = outline_of(territory);
    SCOPED_TRACE(files[i].filename().string());
    std::mt19937_64 random(i);
    for (const std::size_t count : {12U, 60U, 400U}) {
      std::vector<Point> places = places_around(outline, count, random);
      // Places exactly on vertices too: circles then run through what they share.
      places.push_back(territory.contours.vertices[territory.contours.vertices.size() / 2]);
      const GeometricGaps gaps = geometric_gaps(territory, outline, places, 5000);
      expect_whole(territory, gaps);
      overlays += gaps.from_overlay ? 1 : 0;
      EXPECT_NEAR(covered_seen_from_outside(outline, places, 5000) + gaps.gap_m2, gaps.territory_m2,
                  1e-9 * gaps.territory_m2);
      if (i % 7 == 0 && count == 60) {
        std::shuffle(places.begin(), places.end(), random);
        const ThreadLimit one{1};
        const GeometricGaps again = geometric_gaps(territory, outline, places, 5000);
        EXPECT_EQ(again.polygons, gaps.polygons);
        EXPECT_EQ(again.gap_m2, gaps.gap_m2);
        EXPECT_EQ(again.population, gaps.population);
      }
    }
  }
  EXPECT_EQ(overlays, 0U);
}

}  // namespace
}  // namespace maillage
