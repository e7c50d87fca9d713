#include "engine/geometry/disc_union.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/geos_oracle.hpp"

namespace maillage {
namespace {

constexpr double kPi = std::numbers::pi;

AreaSet rectangle(const double x0, const double y0, const double x1, const double y1) {
  AreaSet area;
  area.add_ring(std::vector<Point>{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}});
  area.end_polygon();
  area.end_area();
  return area;
}

void add_rectangle(AreaSet& area, const double x0, const double y0, const double x1, const double y1) {
  area.add_ring(std::vector<Point>{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}});
}

void add_hole(AreaSet& area, const double x0, const double y0, const double x1, const double y1) {
  area.add_ring(std::vector<Point>{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}});
}

std::vector<Disc> lattice(const int columns, const int rows, const double dx, const double dy, const double radius) {
  std::vector<Disc> discs;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      discs.push_back({{column * dx, row * dy}, radius});
    }
  }
  return discs;
}

std::vector<Disc> scattered(const std::size_t count, const Box& box, const double radius, const unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> x(box.min_x, box.max_x);
  std::uniform_real_distribution<double> y(box.min_y, box.max_y);
  std::vector<Disc> discs(count);
  for (Disc& disc : discs) {
    disc = {{x(random), y(random)}, radius};
  }
  return discs;
}

double lens(const double distance, const double radius) {
  return 2 * radius * radius * std::acos(distance / (2 * radius)) -
         distance / 2 * std::sqrt(4 * radius * radius - distance * distance);
}

/// Everything that must hold of any gaps. Returns them.
DiscGaps checked_gaps(const std::vector<Disc>& discs, const AreaSet& area, const double max_error_m = 1,
                      const bool overlay_allowed = false) {
  const DiscGaps gaps = disc_gaps(discs, area, max_error_m);
  const double total = gaps.total.area_m2;
  EXPECT_TRUE(overlay_allowed || !gaps.from_overlay);
  EXPECT_NEAR(gaps.total.covered_m2 + gaps.total.gap_m2, total, 1e-12 * total);
  const DiscCover cover = disc_cover(discs, area);
  EXPECT_NEAR(cover.gap_m2, gaps.total.gap_m2, 1e-9 * total);
  EXPECT_NEAR(std::accumulate(gaps.area_m2.begin(), gaps.area_m2.end(), 0.0), gaps.total.gap_m2, 1e-9 * total);
  EXPECT_EQ(gaps.area_m2.size(), gaps.parts.areas());
  EXPECT_TRUE(std::is_sorted(gaps.area_m2.rbegin(), gaps.area_m2.rend()));
  const test::GeosOracle geos;
  for (std::size_t part = 0; part < gaps.parts.areas(); ++part) {
    const auto polygon = geos.multipolygon(gaps.parts, gaps.parts.area_first[part], gaps.parts.area_first[part + 1]);
    EXPECT_EQ(geos.invalidity(polygon), "") << "part " << part << " of " << gaps.parts.areas();
    double length = 0;
    const auto rings = gaps.parts.rings_of(AreaIndex{part});
    for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
      const auto vertices = gaps.parts.ring(ring);
      EXPECT_EQ(twice_signed_area(vertices) > 0, ring == rings.first);
      for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
        length += distance_m(vertices[i], vertices[i + 1]);
      }
    }
    const double drawn = surface(gaps.parts, AreaIndex{part});
    EXPECT_GE(drawn, gaps.area_m2[part] - 1e-9 * total - 1e-2 * length);
    EXPECT_LE(drawn, gaps.area_m2[part] + length * max_error_m);
  }
  if (gaps.parts.areas() > 0 && gaps.parts.areas() < 3000) {
    EXPECT_EQ(geos.invalidity(geos.multipolygon(gaps.parts)), "");
  }
  return gaps;
}

TEST(DiscUnion, LeavesTheWholeAreaWhereThereIsNoDisc) {
  const DiscGaps gaps = checked_gaps({}, rectangle(0, 0, 100, 50));
  EXPECT_DOUBLE_EQ(gaps.total.gap_m2, 5000);
  ASSERT_EQ(gaps.parts.areas(), 1U);
  EXPECT_EQ(gaps.total.covered_m2, 0);
}

TEST(DiscUnion, SaysNothingOfAnEmptyArea) {
  const DiscGaps gaps = checked_gaps({{{0, 0}, 5}}, AreaSet{});
  EXPECT_EQ(gaps.total.area_m2, 0);
  EXPECT_EQ(gaps.parts.areas(), 0U);
}

TEST(DiscUnion, TakesOneDiscOutOfASquare) {
  const DiscGaps gaps = checked_gaps({{{50'000, 50'000}, 5000}}, rectangle(0, 0, 100'000, 100'000));
  EXPECT_NEAR(gaps.total.covered_m2, kPi * 25e6, 1e-9 * 1e10);
  ASSERT_EQ(gaps.parts.areas(), 1U);
  EXPECT_EQ(gaps.parts.rings(), 2U);
}

TEST(DiscUnion, TakesALensOnceFromTwoDiscs) {
  for (const double distance : {1.0, 100.0, 5000.0, 8000.0, 9999.0}) {
    const std::vector<Disc> discs{{{50'000, 50'000}, 5000}, {{50'000 + distance, 50'000}, 5000}};
    const DiscGaps gaps = checked_gaps(discs, rectangle(0, 0, 100'000, 100'000));
    EXPECT_NEAR(gaps.total.covered_m2, 2 * kPi * 25e6 - lens(distance, 5000), 1e-9 * 1e10) << distance;
    EXPECT_EQ(gaps.parts.areas(), 1U);
  }
}

TEST(DiscUnion, CutsADiscAtAStraightBorder) {
  // Centre on the border: half a disc; centre 3 inside with radius 5: the disc less its cap of height 2.
  const DiscGaps half = checked_gaps({{{50, 0}, 5}}, rectangle(0, 0, 100, 100), 0.01);
  EXPECT_NEAR(half.total.covered_m2, kPi * 25 / 2, 1e-9 * 1e4);
  const DiscGaps most = checked_gaps({{{50, 3}, 5}}, rectangle(0, 0, 100, 100), 0.01);
  EXPECT_NEAR(most.total.covered_m2, kPi * 25 - (25 * std::acos(0.6) - 12), 1e-9 * 1e4);
  const DiscGaps corner = checked_gaps({{{0, 0}, 5}}, rectangle(0, 0, 100, 100), 0.01);
  EXPECT_NEAR(corner.total.covered_m2, kPi * 25 / 4, 1e-9 * 1e4);
}

TEST(DiscUnion, LeavesNothingUnderADiscThatHoldsAll) {
  const DiscGaps gaps = checked_gaps({{{5, 5}, 100}}, rectangle(0, 0, 10, 10));
  EXPECT_EQ(gaps.total.gap_m2, 0);
  EXPECT_EQ(gaps.parts.areas(), 0U);
}

TEST(DiscUnion, IgnoresDiscsOutside) {
  const DiscGaps gaps = checked_gaps({{{-50, 5}, 10}, {{5, 200}, 20}}, rectangle(0, 0, 10, 10));
  EXPECT_DOUBLE_EQ(gaps.total.gap_m2, 100);
}

TEST(DiscUnion, LeavesFourCornersAroundAnInscribedDisc) {
  // The disc touches every side in one point: four parts that meet in points, or one whose hole touches its shell.
  const DiscGaps gaps = checked_gaps({{{5000, 5000}, 5000}}, rectangle(0, 0, 10'000, 10'000));
  EXPECT_NEAR(gaps.total.gap_m2, 1e8 - kPi * 25e6, 1e-9 * 1e8);
}

TEST(DiscUnion, LeavesCornersUnderADiscThroughTheFourVertices) {
  const DiscGaps gaps = checked_gaps({{{5000, 5000}, 5000 * std::numbers::sqrt2}}, rectangle(0, 0, 10'000, 10'000));
  EXPECT_NEAR(gaps.total.gap_m2, 0, 1e-9 * 1e8);
}

TEST(DiscUnion, CoversWhatALatticeOfConcurrentCirclesCovers) {
  // 6 x 8 km with r = 5 km: the four circles around each cell meet in its middle, and nothing shows between them.
  const std::vector<Disc> discs = lattice(12, 9, 6000, 8000, 5000);
  const DiscGaps inner = checked_gaps(discs, rectangle(1000, 1000, 60'000, 60'000));
  EXPECT_NEAR(inner.total.gap_m2, 0, 1e-9 * inner.total.area_m2);
  const DiscGaps outer = checked_gaps(discs, rectangle(-20'000, -20'000, 90'000, 90'000));
  // Union of the lattice: its rectangle of centres and what stands out of it: 2 x 11 and 2 x 8 sectors, and four corners.
  double expected = 66'000.0 * 64'000.0 + kPi * 25e6;
  expected += 22 * (6000 * 4000 / 2.0 + 25e6 * (kPi / 2 - std::atan2(4.0, 3.0)));
  expected += 16 * (8000 * 3000 / 2.0 + 25e6 * (kPi / 2 - std::atan2(3.0, 4.0)));
  expected -= 0;
  EXPECT_EQ(outer.parts.areas(), 1U);
  EXPECT_NEAR(outer.total.covered_m2, expected, 1e-9 * outer.total.area_m2);
}

TEST(DiscUnion, OpensTheLatticeWhereADiscIsMissing) {
  std::vector<Disc> discs = lattice(12, 9, 6000, 8000, 5000);
  discs.erase(discs.begin() + 4 * 12 + 5);
  const DiscGaps gaps = checked_gaps(discs, rectangle(1000, 1000, 60'000, 60'000));
  const test::GeosOracle geos;
  ASSERT_EQ(gaps.parts.areas(), 1U);
  const auto area = rectangle(1000, 1000, 60'000, 60'000);
  const double oracle = geos.area(geos.difference(geos.multipolygon(area), geos.discs(discs, 512)));
  EXPECT_NEAR(gaps.total.gap_m2, oracle, 1e-5 * oracle + 1000);
}

TEST(DiscUnion, KeepsTheLatticeRightWhenShiftedAndScaled) {
  for (const double shift : {0.1, 123'456.789, 651'234.5, 6'861'234.7, 20'000'000.3}) {
    for (const double scale : {1.0, 0.1, 0.3}) {
      std::vector<Disc> discs = lattice(9, 9, 6000 * scale, 8000 * scale, 5000 * scale);
      discs.erase(discs.begin() + 40);
      discs.erase(discs.begin() + 20);
      for (Disc& disc : discs) {
        disc.centre = {disc.centre.x + shift, disc.centre.y + shift / 3};
      }
      const AreaSet area = rectangle(shift - 7000, shift / 3 - 9000, shift + 60'000, shift / 3 + 70'000);
      checked_gaps(discs, area);
    }
  }
}

TEST(DiscUnion, LeavesStarsBetweenTangentDiscs) {
  const std::vector<Disc> discs = lattice(8, 8, 10'000, 10'000, 5000);
  const DiscGaps gaps = checked_gaps(discs, rectangle(0, 0, 70'000, 70'000));
  EXPECT_NEAR(gaps.total.gap_m2, 49 * (1e8 - kPi * 25e6), 1e-9 * 49e8);
  // Tangent rows of hexagons, where the tangent points have no exact coordinates.
  std::vector<Disc> hexagons;
  for (int row = 0; row < 8; ++row) {
    for (int column = 0; column < 8; ++column) {
      hexagons.push_back({{column * 10'000.0 + (row % 2) * 5000.0, row * 5000.0 * std::numbers::sqrt3}, 5000});
    }
  }
  checked_gaps(hexagons, rectangle(-20'000, -20'000, 90'000, 90'000));
}

TEST(DiscUnion, SurvivesNearTangencies) {
  for (const double gap : {-1e-3, -1e-6, -1e-9, -1e-11, 0.0, 1e-11, 1e-9, 1e-6, 1e-3}) {
    const std::vector<Disc> pair{
        {{50'000, 50'000}, 5000}, {{60'000 + gap, 50'000}, 5000}, {{55'000, 58'660.254037844}, 5000}};
    checked_gaps(pair, rectangle(0, 0, 100'000, 100'000));
    checked_gaps({{{5000 + gap, 50'000}, 5000}}, rectangle(0, 0, 100'000, 100'000));
    checked_gaps({{{-5000 - gap, 50'000}, 5000}}, rectangle(0, 0, 100'000, 100'000));
    checked_gaps({{{5000 + gap, 5000 + gap}, 5000}}, rectangle(0, 0, 100'000, 100'000));
    checked_gaps({{{3000, 4000 + gap}, 5000}, {{-3000, -4000}, 5000}}, rectangle(0, 0, 100'000, 100'000));
  }
}

TEST(DiscUnion, CountsRepeatedDiscsOnce) {
  const std::vector<Disc> cluster(10'000, Disc{{50'000, 50'000}, 5000});
  const DiscGaps gaps = checked_gaps(cluster, rectangle(0, 0, 100'000, 100'000));
  EXPECT_NEAR(gaps.total.covered_m2, kPi * 25e6, 1e-9 * 1e10);
}

TEST(DiscUnion, TakesDiscsOfSeveralRadii) {
  const AreaSet area = rectangle(0, 0, 100, 100);
  const DiscGaps concentric = checked_gaps({{{50, 50}, 5}, {{50, 50}, 20}, {{50, 50}, 10}}, area, 0.01);
  EXPECT_NEAR(concentric.total.covered_m2, kPi * 400, 1e-9 * 1e4);
  const DiscGaps inner = checked_gaps({{{50, 50}, 20}, {{60, 50}, 10}, {{50, 45}, 2}}, area, 0.01);
  EXPECT_NEAR(inner.total.covered_m2, kPi * 400, 1e-9 * 1e4);
  std::vector<Disc> mixed = scattered(300, {0, 0, 100, 100}, 1, 7);
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    mixed[i].radius_m = 0.5 + static_cast<double>(i % 17) / 3;
  }
  const DiscGaps gaps = checked_gaps(mixed, area, 0.01);
  const test::GeosOracle geos;
  EXPECT_NEAR(gaps.total.gap_m2, geos.area(geos.difference(geos.multipolygon(area), geos.discs(mixed, 512))), 0.2);
}

TEST(DiscUnion, FollowsHolesAndIslands) {
  AreaSet area;
  add_rectangle(area, 0, 0, 100'000, 100'000);
  add_hole(area, 20'000, 20'000, 40'000, 40'000);
  add_hole(area, 40'000, 40'000, 60'000, 60'000);  // touches the other hole in a point
  area.end_polygon();
  add_rectangle(area, 25'000, 25'000, 35'000, 35'000);  // an island in the hole
  area.end_polygon();
  add_rectangle(area, 100'000, 100'000, 120'000, 120'000);  // touches the mainland in a point
  area.end_polygon();
  area.end_area();
  EXPECT_EQ(checked_gaps({}, area).parts.areas(), 3U);
  const test::GeosOracle geos;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::vector<Disc> discs = scattered(60, {0, 0, 120'000, 120'000}, 7000, seed);
    const DiscGaps gaps = checked_gaps(discs, area);
    const auto oracle = geos.difference(geos.multipolygon(area), geos.discs(discs, 512));
    EXPECT_NEAR(gaps.total.gap_m2, geos.area(oracle), 1e-5 * gaps.total.area_m2) << seed;
  }
}

TEST(DiscUnion, TouchesBordersAndVerticesExactly) {
  AreaSet area;
  add_rectangle(area, 0, 0, 60'000, 60'000);
  add_hole(area, 20'000, 20'000, 30'000, 30'000);
  area.end_polygon();
  area.end_area();
  // Centres such that circles of 5 km run through vertices (3-4-5) or touch edges.
  for (const Point& centre : std::vector<Point>{{3000, 4000},
                                                {-3000, 4000},
                                                {5000, 5000},
                                                {5000, 30'000},
                                                {-5000, 30'000},
                                                {17'000, 16'000},
                                                {23'000, 24'000},
                                                {25'000, 25'000},
                                                {15'000, 25'000},
                                                {25'000, 35'000},
                                                {20'000, 20'000},
                                                {35'000, 25'000},
                                                {20'000, 15'000},
                                                {27'000, 26'000},
                                                {33'000, 34'000},
                                                {65'000, 60'000},
                                                {60'000, 55'000}}) {
    checked_gaps({{centre, 5000}}, area);
    checked_gaps({{centre, 5000}, {{centre.x + 6000, centre.y}, 5000}, {{centre.x, centre.y + 8000}, 5000}}, area);
  }
}

TEST(DiscUnion, SurvivesDiscsOnALatticeThatTheBorderFollows) {
  for (const double side : {30'000.0, 32'000.0, 40'000.0, 48'000.0}) {
    std::vector<Disc> discs = lattice(7, 7, 6000, 8000, 5000);
    checked_gaps(discs, rectangle(0, 0, side, side));
    checked_gaps(discs, rectangle(3000, 4000, side + 3000, side + 4000));
    discs.erase(discs.begin() + 24);
    discs.erase(discs.begin() + 16);
    checked_gaps(discs, rectangle(0, 0, side, side));
    checked_gaps(discs, rectangle(3000, 4000, side + 3000, side + 4000));
  }
}

TEST(DiscUnion, AgreesWithFineOverlayOnRandomDiscs) {
  const AreaSet area = rectangle(0, 0, 100'000, 100'000);
  const test::GeosOracle geos;
  for (const std::size_t count : {1U, 5U, 30U, 100U, 300U}) {
    for (unsigned seed = 0; seed < 6; ++seed) {
      const std::vector<Disc> discs = scattered(count, {-5000, -5000, 105'000, 105'000}, 5000, seed);
      const DiscGaps gaps = checked_gaps(discs, area);
      const auto oracle = geos.difference(geos.multipolygon(area), geos.discs(discs, 256));
      EXPECT_NEAR(gaps.total.gap_m2, geos.area(oracle), 2e-5 * 1e10) << count << " " << seed;
      // Parts of real size, as many as the overlay finds.
      const auto real = std::count_if(gaps.area_m2.begin(), gaps.area_m2.end(), [](const double m2) { return m2 > 100; });
      EXPECT_LE(real, geos.parts(oracle));
    }
  }
}

/// Points of a box that lie in the area and in no disc, of 100,000: the oracle that knows nothing of arcs.
void expect_random_points_agree(const std::vector<Disc>& discs, const AreaSet& area, const unsigned seed) {
  constexpr std::size_t kPoints = 100'000;
  const Box box = bounding_box(area);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> x(box.min_x, box.max_x);
  std::uniform_real_distribution<double> y(box.min_y, box.max_y);
  std::size_t in_gap = 0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const Point at{x(random), y(random)};
    const bool covered = std::any_of(discs.begin(), discs.end(), [&](const Disc& disc) {
      const double dx = at.x - disc.centre.x;
      const double dy = at.y - disc.centre.y;
      return dx * dx + dy * dy <= disc.radius_m * disc.radius_m;
    });
    if (covered) {
      continue;
    }
    bool inside = false;
    for (std::size_t number = 0; number < area.rings(); ++number) {
      const auto ring = area.ring(number);
      for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
        const Point& a = ring[k];
        const Point& b = ring[k + 1];
        inside ^= (a.y > at.y) != (b.y > at.y) && at.x > a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
      }
    }
    in_gap += inside ? 1 : 0;
  }
  const double share = disc_cover(discs, area).gap_m2 / ((box.max_x - box.min_x) * (box.max_y - box.min_y));
  const double expected = share * static_cast<double>(kPoints);
  EXPECT_NEAR(static_cast<double>(in_gap), expected, 5 * std::sqrt(expected * (1 - share)) + 1) << seed;
}

/// A star of many corners around a square hole with an island in it.
AreaSet star(const unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> reach(30'000, 60'000);
  std::vector<Point> ring;
  for (int i = 0; i < 61; ++i) {
    const double angle = 2 * kPi * i / 61;
    const double length = reach(random);
    ring.push_back({50'000 + length * std::cos(angle), 50'000 + length * std::sin(angle)});
  }
  ring.push_back(ring.front());
  AreaSet area;
  area.add_ring(ring);
  add_hole(area, 40'000, 42'000, 60'000, 58'000);
  area.end_polygon();
  add_rectangle(area, 45'000, 45'000, 55'000, 55'000);
  area.end_polygon();
  area.end_area();
  return area;
}

TEST(DiscUnion, AgreesWithRandomPoints) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const AreaSet area = star(seed);
    expect_random_points_agree(scattered(80, bounding_box(area), 5000, seed), area, seed);
    // Dense enough for most circles to be hidden, with a window left open.
    std::vector<Disc> dense = scattered(1500, bounding_box(area), 5000, seed);
    std::erase_if(dense, [](const Disc& disc) { return disc.centre.x > 60'000 && disc.centre.y > 60'000; });
    expect_random_points_agree(dense, area, seed + 100);
    std::vector<Disc> mixed = scattered(300, bounding_box(area), 1000, seed);
    for (std::size_t i = 0; i < mixed.size(); ++i) {
      mixed[i].radius_m = 200 + 20 * static_cast<double>(i);
    }
    expect_random_points_agree(mixed, area, seed + 200);
  }
}

TEST(DiscUnion, KeepsPointsOfCoarseGridsRight) {
  // Centres and radius on a grid of 1 km: concurrences, tangencies and shared vertices by the hundred.
  std::mt19937_64 random(3);
  for (int round = 0; round < 60; ++round) {
    std::uniform_int_distribution<int> at(-2, 42);
    std::vector<Disc> discs(20 + 5 * static_cast<std::size_t>(round));
    for (Disc& disc : discs) {
      disc = {{at(random) * 1000.0, at(random) * 1000.0}, round % 2 == 0 ? 5000.0 : 1000.0 * (1 + at(random) % 5)};
      disc.radius_m = std::abs(disc.radius_m);
    }
    checked_gaps(discs, rectangle(0, 0, 40'000, 40'000));
  }
}

TEST(DiscUnion, NeverLosesCoverWhenTheRadiusGrows) {
  const AreaSet area = rectangle(0, 0, 100'000, 100'000);
  std::vector<Disc> discs = scattered(200, {0, 0, 100'000, 100'000}, 1, 5);
  double covered = 0;
  for (double radius = 100; radius < 20'000; radius *= 1.3) {
    for (Disc& disc : discs) {
      disc.radius_m = radius;
    }
    const DiscGaps gaps = checked_gaps(discs, area);
    EXPECT_GE(gaps.total.covered_m2, covered - 1e-12 * 1e10);
    covered = gaps.total.covered_m2;
  }
}

TEST(DiscUnion, GivesTheSameBytesForAnyOrderAndAnyThreads) {
  const AreaSet area = rectangle(0, 0, 100'000, 100'000);
  std::vector<Disc> discs = scattered(500, {0, 0, 100'000, 100'000}, 3000, 9);
  discs.insert(discs.end(), discs.begin(), discs.begin() + 50);
  const DiscGaps first = disc_gaps(discs, area);
  std::mt19937_64 random(1);
  for (const std::size_t threads : {1U, 2U, 4U}) {
    const ThreadLimit limit{threads};
    std::shuffle(discs.begin(), discs.end(), random);
    const DiscGaps again = disc_gaps(discs, area);
    EXPECT_EQ(again.parts, first.parts);
    EXPECT_EQ(again.area_m2, first.area_m2);
    EXPECT_EQ(again.total.gap_m2, first.total.gap_m2);
    EXPECT_EQ(disc_cover(discs, area).gap_m2, disc_cover(discs, area).gap_m2);
  }
}

TEST(DiscUnion, ReachesTerritoriesOverTheSeas) {
  AreaSet area;
  for (const double shift : {0.0, 20'000'000.0, -15'000'000.0}) {
    add_rectangle(area, shift, shift / 2, shift + 50'000, shift / 2 + 50'000);
    area.end_polygon();
  }
  area.end_area();
  std::vector<Disc> discs;
  for (const double shift : {0.0, 20'000'000.0, -15'000'000.0}) {
    discs.push_back({{shift + 20'000, shift / 2 + 20'000}, 5000});
  }
  const DiscGaps gaps = checked_gaps(discs, area);
  EXPECT_NEAR(gaps.total.covered_m2, 3 * kPi * 25e6, 1e-9 * gaps.total.area_m2);
  EXPECT_EQ(gaps.parts.areas(), 3U);
}

TEST(DiscUnion, RefusesWhatIsNoDisc) {
  const AreaSet area = rectangle(0, 0, 1, 1);
  EXPECT_THROW((void)disc_cover(std::vector<Disc>{{{0, 0}, -1}}, area), ArgumentError);
  EXPECT_THROW((void)disc_cover(std::vector<Disc>{{{std::nan(""), 0}, 1}}, area), ArgumentError);
  EXPECT_THROW((void)disc_gaps(std::vector<Disc>{}, area, 0), ArgumentError);
  EXPECT_DOUBLE_EQ(disc_cover(std::vector<Disc>{{{0.5, 0.5}, 0}}, area).gap_m2, 1);
}

}  // namespace
}  // namespace maillage
