#include "adapters/proj/road_plane.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

const CoordinateSystem kDegrees{.definition = "OGC:CRS84", .geographic = true};

TEST(RoadPlane, TakesTheLegalSystemOrTheOneThatIsWanted) {
  std::vector<Point> nodes{{3, 46.5}, {2.1, 48.9}};
  std::vector<Point> shapes{{2.5, 47}};
  EXPECT_EQ(to_road_plane(kDegrees, {nodes, shapes}), "EPSG:2154");
  EXPECT_NEAR(nodes[0].x, 700'000, 0.001);  // Lambert-93 has its origin there
  EXPECT_NEAR(nodes[0].y, 6'600'000, 0.001);
  std::vector<Point> again{{3, 46.5}};
  EXPECT_EQ(to_road_plane(kDegrees, {again}, "EPSG:32631"), "EPSG:32631");
  EXPECT_NEAR(again[0].x, 500'000, 0.001);
  EXPECT_EQ(to_road_plane({.definition = "EPSG:2154", .geographic = false}, {nodes}), "EPSG:2154");
  EXPECT_THROW((void)to_road_plane(kDegrees, {nodes}), InputError);
}

TEST(RoadPlane, MeasuresOnTheGround) {
  // A degree of the equator of GRS 80, and the quarter of a meridian.
  EXPECT_NEAR(ground_distance_m({0, 0}, {1, 0}), 111'319.4908, 0.0001);
  EXPECT_NEAR(ground_distance_m({0, 0}, {0, 90}), 10'001'965.7292, 0.0001);
  // Short ones, against PROJ's geod.
  EXPECT_NEAR(ground_distance_m({2, 47}, {2.01, 47.01}), 1'346.9378, 0.001);
  EXPECT_NEAR(ground_distance_m({0, 0}, {0.04, 0}), 4'452.7796, 0.001);
  EXPECT_NEAR(ground_distance_m({179.99, -17}, {-179.99, -17}), 2'129.7166, 0.001);
  EXPECT_EQ(ground_distance_m({2, 47}, {2, 47}), 0);
  const std::vector<Point> line{{0, 0}, {1, 0}, {0, 0}};
  EXPECT_NEAR(ground_length_m(line), 2 * 111'319.4908, 0.0002);
  EXPECT_EQ(ground_length_m(std::span{line}.first(1)), 0);
}

TEST(RoadPlane, PlacesLinesWithTheirLengthOnTheGround) {
  LineSet lines;
  lines.vertices = {{3, 46.5}, {3.01, 46.5}, {3.01, 46.6}};
  lines.end_line();
  std::vector<Point> nodes{{3, 46.5}};
  const LinePlacement placement = place_lines(lines, nodes, kDegrees);
  EXPECT_EQ(placement.crs, "EPSG:2154");
  ASSERT_EQ(placement.ground_m.size(), 1U);
  const double in_the_plane =
      distance_m(lines.vertices[0], lines.vertices[1]) + distance_m(lines.vertices[1], lines.vertices[2]);
  EXPECT_NEAR(placement.ground_m[0] / in_the_plane, 1, 0.002);
  EXPECT_GT(std::abs(placement.ground_m[0] / in_the_plane - 1), 0.0001);  // Lambert-93 shrinks there
  EXPECT_EQ(lines.vertices[0], nodes[0]);
  // From the plane, the same lengths.
  const LinePlacement again = place_lines(lines, {}, {.definition = "EPSG:2154", .geographic = false});
  EXPECT_NEAR(again.ground_m[0], placement.ground_m[0], 1e-6);
}

}  // namespace
}  // namespace maillage
