#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/locate_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

using testing::add_polygon;
using testing::add_square;

TEST(AreaLocator, GivesASharedPointToTheAreaEastThenNorth) {
  // 2 3
  // 0 1
  const AreaSet areas = testing::unit_squares(2, 2);
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.locate({1, 1}), AreaIndex{3}) << "the corner of all four";
  EXPECT_EQ(locator.locate({1, 0.5}), AreaIndex{1});
  EXPECT_EQ(locator.locate({0.5, 1}), AreaIndex{2});
  EXPECT_EQ(locator.locate({0, 0}), AreaIndex{0});
}

TEST(AreaLocator, GivesAnOuterBorderToTheLowestAreaTouching) {
  const AreaSet areas = testing::unit_squares(2, 2);
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.locate({2, 1}), AreaIndex{1}) << "east of it is nobody";
  EXPECT_EQ(locator.locate({1, 2}), AreaIndex{2});
  EXPECT_EQ(locator.locate({2, 2}), AreaIndex{3});
  EXPECT_TRUE(locator.is_on_border({2, 1.5}));
  EXPECT_FALSE(locator.is_on_border({1.5, 1.5}));
}

TEST(AreaLocator, FindsNoAreaOutsideAndForWhatIsNoPoint) {
  const AreaSet areas = testing::unit_squares(2, 2);
  const AreaLocator locator(areas);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const Point& p :
       {Point{3, 1}, {1, -1e-9}, {1e300, 1}, {-1e300, -1e300}, {nan, 1}, {1, nan}, {infinity, 1}, {1, -infinity}}) {
    EXPECT_TRUE(locator.locate(p).is_none()) << p.x << " " << p.y;
    EXPECT_TRUE(locate_points(areas, {{p}}).front().is_none()) << p.x << " " << p.y;
    EXPECT_FALSE(locator.is_on_border(p));
  }
}

TEST(AreaLocator, GivesTheLowestOfOverlappingAreas) {
  AreaSet areas;
  add_square(areas, 0, 0, 4);
  add_square(areas, 1, 1, 2);
  add_square(areas, 3, 3, 4);
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.locate({2, 2}), AreaIndex{0});
  EXPECT_EQ(locator.locate({3.5, 3.5}), AreaIndex{0});
  EXPECT_EQ(locator.locate({5, 5}), AreaIndex{2});
}

TEST(AreaLocator, KnowsHolesPartsAndEitherOrientation) {
  AreaSet areas;
  add_polygon(areas, {{{0, 0}, {0, 4}, {4, 4}, {4, 0}}, {{1, 1}, {3, 1}, {3, 3}, {1, 3}}});  // clockwise shell
  add_polygon(areas, {{{10, 0}, {11, 0}, {11, 1}, {10, 1}}});
  areas.end_area();
  add_polygon(areas, {{{1, 1}, {1, 3}, {3, 3}, {3, 1}}});
  areas.end_area();
  areas.end_area();  // an area without contour
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.locate({0.5, 2}), AreaIndex{0});
  EXPECT_EQ(locator.locate({2, 2}), AreaIndex{1});
  EXPECT_EQ(locator.locate({10.5, 0.5}), AreaIndex{0});
  EXPECT_TRUE(locator.locate({7, 0.5}).is_none());
}

TEST(AreaLocator, SurvivesDegenerateRingsAndNoAreasAtAll) {
  AreaSet areas;
  EXPECT_TRUE(AreaLocator(areas).locate({0, 0}).is_none());
  EXPECT_TRUE(locate_points(areas, {{Point{0, 0}}}).front().is_none());
  EXPECT_TRUE(locate_points(areas, {}).empty());
  EXPECT_FALSE(AreaLocator(areas).nearest({0, 0}, 1e9).has_value());
  add_polygon(areas, {{{1, 1}}});
  add_polygon(areas, {{{1, 1}, {1, 1}, {1, 1}}});
  add_polygon(areas, {{{2, 2}, {4, 2}}});
  areas.end_area();
  const AreaLocator locator(areas);
  EXPECT_TRUE(locator.locate({3, 3}).is_none());
  EXPECT_EQ(locator.locate({3, 2}), AreaIndex{0}) << "touches the collapsed ring";
  areas.vertices[0].x = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(AreaLocator{areas}, ArgumentError);
  EXPECT_THROW(static_cast<void>(locate_points(areas, {{Point{0, 0}}})), ArgumentError);
}

TEST(AreaLocator, AgreesWithBruteForceOnEveryDegeneracy) {
  std::mt19937 random(7);
  for (int round = 0; round < 3'000; ++round) {
    const int side = 2 + static_cast<int>(random() % 12);
    const AreaSet areas = testing::lattice_areas(random, side);
    const AreaLocator locator(areas);
    std::vector<Point> points;
    for (int i = 0; i < 60; ++i) {
      const auto coordinate = [&] { return (static_cast<int>(random() % static_cast<unsigned>(4 * side)) - side) * 0.5; };
      const double x = coordinate();
      const Point p{x, coordinate()};
      ASSERT_EQ(locator.locate(p), testing::locate_by_brute_force(areas, p))
          << "round " << round << ": " << p.x << " " << p.y;
      points.push_back(p);
    }
    const std::vector<AreaIndex> together = locate_points(areas, points);
    for (std::size_t k = 0; k < points.size(); ++k) {
      ASSERT_EQ(together[k], locator.locate(points[k])) << "round " << round << ": " << points[k].x << " " << points[k].y;
    }
  }
}

TEST(AreaLocator, DoesNotDependOnScaleOrPlace) {
  for (const double scale : {1e-9, 1.0, 1e6}) {
    for (const double shift : {0.0, 1.0, -700'000.0}) {
      AreaSet areas = testing::unit_squares(20, 20);
      for (Point& vertex : areas.vertices) {
        vertex = {(vertex.x + shift) * scale, (vertex.y - shift) * scale};
      }
      const AreaLocator locator(areas);
      for (int k = 0; k < 400; ++k) {
        const double x = k % 20 + 0.5;
        const double y = k / 20 + 0.5;
        const Point point{(x + shift) * scale, (y - shift) * scale};
        ASSERT_EQ(locator.locate(point), AreaIndex{static_cast<std::size_t>(k)});
        ASSERT_EQ(locate_points(areas, {{point}}).front(), AreaIndex{static_cast<std::size_t>(k)});
      }
    }
  }
}

TEST(AreaLocator, KeepsFarApartTerritoriesFine) {
  AreaSet areas = testing::unit_squares(30, 30);
  for (Point& vertex : areas.vertices) {
    vertex.x += vertex.x < 15 ? 0 : 1;
  }
  add_square(areas, 1'000'000, -2'000'000, 1);
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.locate({1'000'000.5, -1'999'999.5}), AreaIndex{900});
  EXPECT_EQ(locator.locate({3.5, 4.5}), AreaIndex{123});
  EXPECT_LT(locator.bytes(), 100'000'000U);
}

TEST(AreaLocator, FindsTheNearestWithinADistance) {
  const AreaSet areas = testing::unit_squares(3, 1);
  const AreaLocator locator(areas);
  EXPECT_EQ(locator.nearest({3.5, 0.5}, 1), (NearestArea{AreaIndex{2}, 0.5}));
  EXPECT_EQ(locator.nearest({3.5, 0.5}, 0.5), (NearestArea{AreaIndex{2}, 0.5})) << "the limit is closed";
  EXPECT_FALSE(locator.nearest({3.5, 0.5}, 0.49).has_value());
  EXPECT_EQ(locator.nearest({1, -2}, 10), (NearestArea{AreaIndex{0}, 2})) << "equally near: the lowest";
  EXPECT_EQ(locator.nearest({1.5, 0.5}, 0), (NearestArea{AreaIndex{1}, 0}));
  EXPECT_FALSE(locator.nearest({std::numeric_limits<double>::quiet_NaN(), 0}, 10).has_value());
}

TEST(AreaLocator, NearestAgreesWithBruteForce) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> coordinate(-30, 40);
  for (int round = 0; round < 200; ++round) {
    const AreaSet areas = testing::lattice_areas(random, 12);
    const AreaLocator locator(areas);
    for (int i = 0; i < 20; ++i) {
      const Point p{coordinate(random), coordinate(random)};
      NearestArea expected{AreaIndex::none(), std::numeric_limits<double>::infinity()};
      for (std::size_t area = 0; area < areas.areas(); ++area) {
        const double distance = locator.distance(p, AreaIndex{area});
        if (distance < expected.distance) {
          expected = {AreaIndex{area}, distance};
        }
      }
      ASSERT_EQ(locator.nearest(p, 1000), expected);
    }
  }
}

TEST(LocatePoints, GivesTheSameOnAnyNumberOfThreads) {
  const AreaSet areas = testing::unit_squares(100, 100);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> coordinate(-1, 101);
  std::vector<Point> points;
  for (int i = 0; i < 50'000; ++i) {
    const double x = coordinate(random);
    points.push_back({x, coordinate(random)});
  }
  std::vector<AreaIndex> one;
  {
    const ThreadLimit limit(1);
    one = locate_points(areas, points);
  }
  const ThreadLimit limit(4);
  EXPECT_EQ(locate_points(areas, points), one);
}

TEST(LocatePoints, WalksRunsOfManyEdgesAndCrowdedCells) {
  // A comb of 400 teeth over a few large cells, and points on and off its edges.
  AreaSet areas;
  std::vector<Point> comb{{0, 0}, {400, 0}};
  for (int tooth = 400; tooth > 0; --tooth) {
    comb.push_back({tooth - 0.5, 10});
    comb.push_back({tooth - 1.0, 0.25});
  }
  comb.push_back({0, 0});
  add_polygon(areas, {comb});
  areas.end_area();
  std::mt19937 random(11);
  std::vector<Point> points;
  for (int i = 0; i < 3'000; ++i) {
    const double x = static_cast<double>(random() % 1'601) / 4;
    points.push_back({x, static_cast<double>(random() % 41) / 4});
  }
  const std::vector<AreaIndex> found = locate_points(areas, points);
  for (std::size_t k = 0; k < points.size(); ++k) {
    ASSERT_EQ(found[k], testing::locate_by_brute_force(areas, points[k])) << points[k].x << " " << points[k].y;
  }
}

}  // namespace
}  // namespace maillage
