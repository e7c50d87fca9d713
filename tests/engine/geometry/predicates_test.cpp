#include "engine/geometry/predicates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace maillage {
namespace {

__extension__ using Wide = __int128;

TEST(Predicates, SeesTheSideOfALine) {
  EXPECT_EQ(orientation({0, 0}, {1, 0}, {0.5, 1}), 1);
  EXPECT_EQ(orientation({0, 0}, {1, 0}, {0.5, -1}), -1);
  EXPECT_EQ(orientation({0, 0}, {1, 0}, {7, 0}), 0);
}

// Kettner et al. (2008), "Classroom examples of robustness problems": doubles alone give a wrong sign on most of this grid.
TEST(Predicates, IsExactNextToADiagonal) {
  const Point b{12, 12};
  const Point c{24, 24};
  const double step = std::ldexp(1.0, -53);
  for (int i = 0; i < 256; ++i) {
    for (int j = 0; j < 256; ++j) {
      const Point a{0.5 + i * step, 0.5 + j * step};
      ASSERT_EQ(orientation(a, b, c), a.y > a.x ? 1 : a.y < a.x ? -1 : 0) << i << " " << j;
    }
  }
}

TEST(Predicates, AgreesWithIntegersInOneHundredAndTwentyEightBits) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 200'000; ++i) {
    const auto coordinate = [&](const std::int64_t bits) {
      return static_cast<std::int64_t>(random() % (1ULL << bits)) - (std::int64_t{1} << (bits - 1));
    };
    const std::int64_t bits = 2 + static_cast<std::int64_t>(random() % 51);
    std::int64_t v[6];
    for (std::int64_t& value : v) {
      value = coordinate(bits);
    }
    if (i % 2 == 0) {  // nearly collinear: c = a + (b - a) / 2, one off
      v[4] = v[0] + (v[2] - v[0]) / 2;
      v[5] = v[1] + (v[3] - v[1]) / 2 + static_cast<std::int64_t>(random() % 3) - 1;
    }
    const Wide determinant = static_cast<Wide>(v[2] - v[0]) * (v[5] - v[1]) - static_cast<Wide>(v[3] - v[1]) * (v[4] - v[0]);
    const auto point = [&](const int k) { return Point{static_cast<double>(v[k]), static_cast<double>(v[k + 1])}; };
    ASSERT_EQ(orientation(point(0), point(2), point(4)), determinant > 0 ? 1 : determinant < 0 ? -1 : 0);
  }
}

TEST(Predicates, IsExactWithFarApartMagnitudes) {
  const double tiny = 1e-120;
  EXPECT_EQ(orientation({0, 0}, {1e100, 1e100}, {1, 1 + std::numeric_limits<double>::epsilon()}), 1);
  EXPECT_EQ(orientation({0, 0}, {1e100, 1e100}, {tiny, tiny}), 0);
  EXPECT_EQ(orientation({1, 1}, {2, 2}, {tiny, 0}), -1);
  EXPECT_EQ(orientation({1, 1}, {2, 2}, {0, tiny}), 1);
}

TEST(Predicates, ShiftsEastThenNorth) {
  EXPECT_EQ(shifted_side({0, 0}, {0, 2}, {0, 1}), -1) << "east of an edge going north is right of it";
  EXPECT_EQ(shifted_side({0, 2}, {0, 0}, {0, 1}), 1);
  EXPECT_EQ(shifted_side({0, 0}, {2, 0}, {1, 0}), 1) << "north of an edge going east is left of it";
  EXPECT_EQ(shifted_side({1, 1}, {1, 1}, {1, 1}), 0);
}

TEST(Predicates, KnowsPointsOnASegment) {
  EXPECT_TRUE(on_segment({0, 0}, {2, 2}, {1, 1}));
  EXPECT_TRUE(on_segment({2, 2}, {0, 0}, {0, 0}));
  EXPECT_FALSE(on_segment({0, 0}, {2, 2}, {3, 3}));
  EXPECT_FALSE(on_segment({0, 0}, {2, 2}, {1, std::nextafter(1.0, 2.0)}));
}

TEST(Predicates, MeasuresDistanceToASegment) {
  EXPECT_DOUBLE_EQ(distance_to_segment({1, 3}, {0, 0}, {2, 0}), 3);
  EXPECT_DOUBLE_EQ(distance_to_segment({5, 4}, {0, 0}, {2, 0}), 5);
  EXPECT_DOUBLE_EQ(distance_to_segment({3, 4}, {0, 0}, {0, 0}), 5);
}

}  // namespace
}  // namespace maillage
