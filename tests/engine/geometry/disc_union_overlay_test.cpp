#include "engine/geometry/disc_union_overlay.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "engine/geometry/disc_union_gaps.hpp"

namespace maillage {
namespace {

TEST(DiscUnionOverlay, CutsPolygonsThatAddUpToTheExactGap) {
  AreaSet area;
  area.add_ring(std::vector<Point>{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}, {0, 0}});
  area.end_polygon();
  area.end_area();
  // A disc wider than the square leaves four corners.
  const std::vector<Disc> discs{{{5000, 5000}, 6000}};
  DiscGaps gaps;
  gaps.max_error_m = 1;
  gaps.total = disc_cover(discs, area);
  overlay_into(DiscUnion{discs}, area, gaps);
  ASSERT_EQ(gaps.parts.areas(), 4U);
  double sum = 0;
  for (std::size_t part = 0; part < 4; ++part) {
    sum += gaps.area_m2[part];
    EXPECT_NEAR(gaps.area_m2[part], gaps.total.gap_m2 / 4, 1);
  }
  EXPECT_NEAR(sum, gaps.total.gap_m2, 1e-3);
  EXPECT_EQ(disc_gaps(discs, area).parts.areas(), 4U);
}

TEST(DiscUnionOverlay, ShiftsRadiiByTooLittleToShow) {
  const std::vector<Disc> discs{{{0, 0}, 5000}, {{6000, 8000}, 5000}};
  const auto shifted = with_shifted_radii(discs, 1);
  for (std::size_t i = 0; i < discs.size(); ++i) {
    EXPECT_NE(shifted[i].radius_m, 5000);
    EXPECT_NEAR(shifted[i].radius_m, 5000, 5.1e-7);
    EXPECT_EQ(shifted[i].centre, discs[i].centre);
  }
  EXPECT_NE(shifted[0].radius_m, shifted[1].radius_m);
}

}  // namespace
}  // namespace maillage
