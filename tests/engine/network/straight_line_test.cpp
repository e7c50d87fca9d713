#include "engine/network/straight_line.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace maillage {
namespace {

TEST(StraightLineCost, KeepsTheLimitClosedOnExactTriangles) {
  for (const double metres : {5.0, 5'000.0, 10'000.0, 30'000.0}) {
    const double squared = (0.6 * metres) * (0.6 * metres) + (0.8 * metres) * (0.8 * metres);
    EXPECT_EQ(straight_line_cost(squared, 1), static_cast<Cost>(metres));
    EXPECT_EQ(straight_line_cost(squared + 1, 1), static_cast<Cost>(metres) + 1);
  }
  EXPECT_EQ(straight_line_cost(0, 1), 0U);
  EXPECT_EQ(straight_line_cost(1e-12, 1), 1U);
}

TEST(StraightLineCost, TakesDecimalFactorsAtTheirWord) {
  for (int kilometres = 1; kilometres <= 300; ++kilometres) {
    for (const int tenths : {11, 12, 13, 14, 15, 17}) {
      const double length_m = kilometres * 1000.0;
      EXPECT_EQ(straight_line_cost(length_m * length_m, tenths / 10.0), static_cast<Cost>(kilometres * 100 * tenths));
    }
  }
}

TEST(StraightLineCost, CountsSecondsOfTheDetour) {
  // 3 km x 1.3 at 45 km/h: 312 s exactly.
  const double per_metre = cost_per_metre({.detour_factor = 1.3, .speed_kmh = 45, .unit = CostUnit::seconds});
  EXPECT_EQ(straight_line_cost(3'000.0 * 3'000.0, per_metre), 312U);
  EXPECT_EQ(straight_line_cost(3'000.1 * 3'000.1, per_metre), 313U);
}

TEST(StraightLineCost, IsNoTripAcrossPlanes) {
  EXPECT_EQ(straight_line_cost(5e6 * 5e6, 1), 5'000'000U);
  EXPECT_EQ(straight_line_cost(2e7 * 2e7, 1), kUnreachable);
  EXPECT_EQ(straight_line_cost(std::numeric_limits<double>::quiet_NaN(), 1), kUnreachable);
  EXPECT_EQ(straight_line_cost(5e6 * 5e6, 1e6), kUnreachable - 1);
}

}  // namespace
}  // namespace maillage
