#include "engine/territory/contour_holes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace maillage {
namespace {

void add_square(AreaSet& areas, const double x, const double y, const double side) {
  areas.add_ring(std::vector<Point>{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}});
  areas.end_polygon();
  areas.end_area();
}

/// Eight kilometre squares about a ninth; the ninth is a commune or not.
Territory ring_of_communes(const bool filled) {
  Territory territory;
  for (int i = 0; i < 9; ++i) {
    if (i != 4 || filled) {
      add_square(territory.contours, i % 3 * 1000.0, i / 3 * 1000.0, 1000);
      territory.communes.push_back({.code = fmt::format("{:05}", i),
                                    .name = fmt::format("C{}", i),
                                    .population = 1,
                                    .departement = {},
                                    .region = {},
                                    .epci = {}});
    }
  }
  return territory;
}

TEST(ContourHoles, TellGroundThatBelongsToNoCommune) {
  const std::vector<RowNote> notes = contour_holes(ring_of_communes(false));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front().reason, "hole_in_contours");
  EXPECT_EQ(notes.front().detail, "1.0 km2");
  EXPECT_EQ(notes.front().key, "00000");
}

TEST(ContourHoles, FindNoneInAWholeTerritory) {
  EXPECT_TRUE(contour_holes(ring_of_communes(true)).empty());
  EXPECT_TRUE(contour_holes(ring_of_communes(false), 1'000'001).empty());
  EXPECT_TRUE(contour_holes(Territory{}).empty());
}

}  // namespace
}  // namespace maillage
