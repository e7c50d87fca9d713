#include "engine/geometry/interior_point.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "engine/geometry/area_locator.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

using testing::add_polygon;
using testing::add_square;

TEST(InteriorPoint, IsTheMiddleOfASquare) {
  AreaSet areas;
  add_square(areas, 2, 4, 2);
  EXPECT_EQ(interior_point(areas, AreaIndex{0}), (Point{3, 5}));
}

TEST(InteriorPoint, TakesTheLargestPartAndAvoidsHoles) {
  AreaSet areas;
  add_polygon(areas, {{{100, 0}, {101, 0}, {101, 1}, {100, 1}}});
  add_polygon(areas, {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{1, 1}, {1, 9}, {6, 9}, {6, 1}}});
  areas.end_area();
  const auto point = interior_point(areas, AreaIndex{0});
  ASSERT_TRUE(point.has_value());
  EXPECT_EQ(*point, (Point{8, 5}));
}

TEST(InteriorPoint, DoesNotExistInWhatHasNoSurface) {
  AreaSet areas;
  areas.end_area();
  add_polygon(areas, {{{0, 0}, {1, 1}, {2, 2}}});
  areas.end_area();
  EXPECT_EQ(interior_points(areas), (std::vector<std::optional<Point>>{std::nullopt, std::nullopt}));
}

TEST(InteriorPoint, IsFoundInASliverNarrowerThanItsRounding) {
  AreaSet areas;
  add_polygon(areas, {{{700'000, 6'600'000}, {700'010, 6'600'010}, {700'010, 6'600'010.000001}}});
  areas.end_area();
  const auto point = interior_point(areas, AreaIndex{0});
  if (point) {
    EXPECT_EQ(AreaLocator(areas).locate(*point), AreaIndex{0});
    EXPECT_FALSE(AreaLocator(areas).is_on_border(*point));
  }
}

TEST(InteriorPoint, DoesNotDependOnDirection) {
  AreaSet areas;
  add_polygon(areas, {{{0.1, 0.2}, {7.3, 1.1}, {5.9, 8.7}, {3.3, 4.4}, {1.2, 9.1}}});
  areas.end_area();
  AreaSet reversed = areas;
  std::ranges::reverse(reversed.vertices);
  EXPECT_EQ(interior_point(areas, AreaIndex{0}), interior_point(reversed, AreaIndex{0}));
}

TEST(InteriorPointRealData, LiesInsideEveryCommuneOfFrance) {
  if (!std::filesystem::exists(std::filesystem::path(MAILLAGE_SHARED_DATA) / "communes-2018")) {
    GTEST_SKIP() << "no communes-2018 in " << MAILLAGE_SHARED_DATA;
  }
  const AreaSet france = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA).areas;
  const auto points = interior_points(france);
  const AreaLocator locator(france);
  std::size_t wrong = 0;
  for (std::size_t area = 0; area < points.size(); ++area) {
    const bool inside =
        points[area] && locator.distance(*points[area], AreaIndex{area}) == 0 && !locator.is_on_border(*points[area]);
    wrong += inside ? 0 : 1;
  }
  EXPECT_EQ(wrong, 0U);
}

}  // namespace
}  // namespace maillage
