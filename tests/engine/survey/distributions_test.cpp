#include "engine/survey/distributions.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

// scipy 1.x: norm.ppf(.975), chi2.sf(7.5, 2.5), beta.ppf(.025, 3, 8), binom.cdf(3, 11, .5), binom.pmf(3, 11, .5)
TEST(Distributions, AgreeWithScipy) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(chi_square_tail(7.5, 2.5), 0.038169088215206766, 1e-14);
  EXPECT_NEAR(beta_quantile(0.025, 3, 8), 0.06673951117773447, 1e-13);
  EXPECT_NEAR(fair_coin_cdf(3, 11), 0.11328125, 1e-15);
  EXPECT_NEAR(fair_coin_probability(3, 11), 0.08056640625, 1e-15);
}

TEST(Distributions, RefuseWhatIsNotDefined) {
  EXPECT_EQ(chi_square_tail(0, 3), 1);
  EXPECT_THROW((void)normal_quantile(1), ArgumentError);
  EXPECT_THROW((void)chi_square_tail(1, 0), ArgumentError);
  EXPECT_THROW((void)beta_quantile(0.5, 0, 1), ArgumentError);
  EXPECT_THROW((void)fair_coin_cdf(4, 3), ArgumentError);
}

}  // namespace
}  // namespace maillage
