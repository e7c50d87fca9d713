#include "engine/equity/exact_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(ExactValues, AddDecimalsWithoutRounding) {
  const std::vector<double> values{0.1, 0.2, 0.3, -2.5, 0};
  EXPECT_EQ(exact_values(values, 100).whole, (std::vector<std::int64_t>{1, 2, 3, -25, 0}));
  const std::vector<double> nine{0.123456789, 1e6};
  EXPECT_EQ(exact_values(nine, 2).whole, (std::vector<std::int64_t>{123456789, 1'000'000'000'000'000}));
}

TEST(ExactValues, KeepOrderAndRatiosOfOtherValues) {
  const std::vector<double> values{1.0 / 3, 2.0 / 3, -1.0 / 3, 1e-3 / 7, 0x1p-60};
  const auto [whole, tie] = exact_values(values, 1000);
  EXPECT_GT(tie, 0);
  EXPECT_NEAR(static_cast<double>(whole[1] - 2 * whole[0]), 0, static_cast<double>(2 * tie));
  EXPECT_EQ(whole[2], -whole[0]);
  EXPECT_NEAR(static_cast<double>(whole[3]) / static_cast<double>(whole[0]), 3e-3 / 7, 1e-15);
  EXPECT_LT(std::abs(whole[1]), (std::int64_t{1} << 62) / 1000);
}

TEST(ExactValues, HoldTheGreatestAndLeastDoubles) {
  const double most = std::numeric_limits<double>::max();
  const double least = std::numeric_limits<double>::denorm_min();
  const std::vector<double> great{most, -most, 1, least};
  const std::vector<std::int64_t> whole = exact_values(great, 40'000).whole;
  EXPECT_EQ(whole[0], -whole[1]);
  EXPECT_GT(whole[0], std::int64_t{1} << 44);
  EXPECT_EQ(whole[2], 0);
  EXPECT_LT(static_cast<double>(whole[0]) * 40'000, 0x1p62);
  const std::vector<double> small{least, 3 * least};
  EXPECT_EQ(exact_values(small, 2).whole[1], 3 * exact_values(small, 2).whole[0]);
  const std::vector<double> bad{std::numeric_limits<double>::infinity()};
  EXPECT_THROW((void)exact_values(bad, 1), ArgumentError);
}

}  // namespace
}  // namespace maillage
