#include "maps/classification.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(Classification, QuantilesHoldAsManyEach) {
  std::vector<double> values;
  for (int k = 0; k < 100; ++k) {
    values.push_back(k);
  }
  EXPECT_EQ(quantile_classes(values, 5).bounds, (std::vector<double>{0, 20, 40, 60, 80, 99}));
}

TEST(Classification, EqualBoundsAreOne) {
  EXPECT_EQ(quantile_classes(std::vector<double>{0, 0, 0, 0, 0, 0, 1, 5}, 4).bounds, (std::vector<double>{0, 1, 5}));
  EXPECT_EQ(quantile_classes(std::vector<double>{3, 3}, 4).classes(), 1U);
}

TEST(Classification, BoundsCanBeRead) {
  EXPECT_EQ(quantile_classes(std::vector<double>{0.0012345, 0.0056789, 1}, 3).bounds[1], 0.00568);
  EXPECT_EQ(quantile_classes(std::vector<double>{1, 123'456, 999'999}, 2).bounds[1], 123'000);
}

TEST(Classification, LeavesOutWhatIsNoNumber) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(quantile_classes(std::vector<double>{missing, 1, 2}, 2).bounds, (std::vector<double>{1, 2}));
  EXPECT_EQ(quantile_classes(std::vector<double>{missing}, 2).classes(), 0U);
  EXPECT_THROW((void)quantile_classes(std::vector<double>{1}, 0), ArgumentError);
}

}  // namespace
}  // namespace maillage
