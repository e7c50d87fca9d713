#include "engine/survey/share_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr IntervalOptions kExact{.method = IntervalMethod::clopper_pearson, .confidence = 0.95, .population = std::nullopt};

// statsmodels.stats.proportion.proportion_confint(k, n, method="wilson" | "beta")
TEST(ShareInterval, AgreesWithStatsmodels) {
  struct Case {
    double count, n;
    ShareInterval wilson, exact;
  };
  for (const Case& c : {Case{258, 1550, {0.148737312476259, 0.185815132285534}, {0.148230870259446, 0.185945306961166}},
                        Case{10, 37, {0.153974615110491, 0.429781683247143}, {0.137902584413502, 0.441193633575736}},
                        Case{0, 12, {0, 0.242494006655241}, {0, 0.264648469397051}},
                        Case{12, 12, {0.757505993344759, 1}, {0.735351530602949, 1}},
                        Case{140, 258, {0.481665676191452, 0.602354631742538}, {0.479718342104384, 0.604562270684421}}}) {
    const ShareInterval wilson = share_interval(c.count / c.n, c.n);
    EXPECT_NEAR(wilson.low, c.wilson.low, 1e-13);
    EXPECT_NEAR(wilson.high, c.wilson.high, 1e-13);
    const ShareInterval exact = share_interval(c.count / c.n, c.n, kExact);
    EXPECT_NEAR(exact.low, c.exact.low, 1e-12);
    EXPECT_NEAR(exact.high, c.exact.high, 1e-12);
  }
}

TEST(ShareInterval, T02AndT27OfTheStudyOf2019) {
  EXPECT_NEAR(share_interval(258.0 / 1550, 1550).low, 0.149, 0.0005);
  EXPECT_NEAR(share_interval(258.0 / 1550, 1550).high, 0.186, 0.0005);
  EXPECT_NEAR(share_interval(0.5, 258).high - 0.5, 0.061, 0.0005);
  // 258 * 1549 / 1292 units: proportion_confint(neff / 2, neff, method="wilson")
  IntervalOptions frame;
  frame.population = 1550;
  EXPECT_NEAR(share_interval(0.5, 258, frame).low, 0.444622462346245, 1e-13);
  EXPECT_NEAR(share_interval(10.0 / 37, 37).low, 0.15, 0.005);
  EXPECT_NEAR(share_interval(10.0 / 37, 37).high, 0.43, 0.005);
}

TEST(ShareInterval, OfEveryoneIsTheShareAndOfNobodyIsEverything) {
  IntervalOptions everyone;
  everyone.population = 40;
  EXPECT_EQ(share_interval(0.25, 40, everyone), (ShareInterval{0.25, 0.25}));
  EXPECT_EQ(share_interval(0.25, 0), (ShareInterval{0, 1}));
}

TEST(ShareInterval, RefusesWhatIsNotAShare) {
  EXPECT_THROW((void)share_interval(1.1, 10), ArgumentError);
  EXPECT_THROW((void)share_interval(NAN, 10), ArgumentError);
  EXPECT_THROW((void)share_interval(0.5, -1), ArgumentError);
  IntervalOptions wrong;
  wrong.population = 5;
  EXPECT_THROW((void)share_interval(0.5, 10, wrong), ArgumentError);
  wrong.population = std::nullopt;
  wrong.confidence = 1;
  EXPECT_THROW((void)share_interval(0.5, 10, wrong), ArgumentError);
}

}  // namespace
}  // namespace maillage
