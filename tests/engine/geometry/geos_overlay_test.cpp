#include "engine/geometry/geos_overlay.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace maillage {
namespace {

void add_square(AreaSet& areas, const double x, const double y, const double side) {
  areas.add_ring(std::vector<Point>{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}});
  areas.end_polygon();
}

AreaSet squares(const std::vector<std::array<double, 3>>& wanted) {
  AreaSet areas;
  for (const auto& [x, y, side] : wanted) {
    add_square(areas, x, y, side);
    areas.end_area();
  }
  return areas;
}

TEST(GeosOverlay, TakesAwayAndClips) {
  const AreaSet left = geos_difference(squares({{0, 0, 10}}), squares({{5, 5, 10}}));
  EXPECT_DOUBLE_EQ(surface(left, AreaIndex{0U}), 75);
  EXPECT_DOUBLE_EQ(surface(geos_clip(left, {0, 0, 6, 6}), AreaIndex{0U}), 35);
  EXPECT_EQ(geos_difference(left, squares({{-1, -1, 20}})).polygons(), 0U);
}

TEST(GeosOverlay, TakesPartsThatTouchAlongEdgesOrOverlap) {
  // One area of two squares side by side: no valid multipolygon. And two that lie on one another.
  AreaSet beside;
  add_square(beside, 0, 0, 10);
  add_square(beside, 10, 0, 10);
  beside.end_area();
  EXPECT_DOUBLE_EQ(surface(geos_difference(beside, squares({{5, 0, 10}})), AreaIndex{0U}), 100);
  const AreaSet twice = squares({{0, 0, 10}, {5, 0, 10}});
  EXPECT_DOUBLE_EQ(surface(geos_difference(twice, squares({{0, 0, 5}})), AreaIndex{0U}), 125);
  EXPECT_DOUBLE_EQ(surface(geos_clip(twice, {0, 0, 15, 5}), AreaIndex{0U}), 75);
}

TEST(GeosOverlay, MendsABowTie) {
  AreaSet bow_tie;
  bow_tie.add_ring(std::vector<Point>{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}});
  bow_tie.end_polygon();
  bow_tie.end_area();
  EXPECT_DOUBLE_EQ(surface(geos_difference(bow_tie, squares({{20, 20, 1}})), AreaIndex{0U}), 50);
}

TEST(GeosOverlay, SetsPolygonsApart) {
  AreaSet two;
  add_square(two, 0, 0, 1);
  add_square(two, 5, 5, 2);
  two.end_area();
  const AreaSet apart = polygons_apart(two);
  ASSERT_EQ(apart.areas(), 2U);
  EXPECT_DOUBLE_EQ(surface(apart, AreaIndex{1U}), 4);
}

}  // namespace
}  // namespace maillage
