#include "engine/survey/exact_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Counts = std::vector<std::vector<std::int64_t>>;

// Python's Fraction over all tables of the margins; 2 x 2 also scipy.stats.fisher_exact
TEST(FisherFreemanHalton, AgreesWithExactFractions) {
  struct Case {
    Counts counts;
    double p;
    std::int64_t tables;
  };
  for (const Case& c :
       {Case{{{3, 1, 2}, {0, 4, 1}, {2, 2, 5}}, 0.1799183788347875, 412}, Case{{{3, 1}, {1, 3}}, 0.48571428571428565, 5},
        Case{{{8, 2}, {1, 5}}, 0.034965034965034975, 7}, Case{{{5, 0, 1, 2}, {1, 4, 0, 2}}, 0.05516705516705517, 45}}) {
    const IndependenceTest test = fisher_freeman_halton(c.counts);
    EXPECT_EQ(test.method, ExactMethod::enumeration);
    EXPECT_EQ(test.tables, c.tables);
    EXPECT_NEAR(test.p, c.p, 1e-12);
  }
}

TEST(FisherFreemanHalton, DrawsTablesWhereThereAreTooMany) {
  const Counts counts{{3, 1, 2}, {0, 4, 1}, {2, 2, 5}};
  ExactOptions options;
  options.most_steps = 10;
  const IndependenceTest test = fisher_freeman_halton(counts, options);
  EXPECT_EQ(test.method, ExactMethod::monte_carlo);
  EXPECT_EQ(test.tables, 100'000);
  EXPECT_NEAR(test.p, 0.1799183788347875, 4 * test.standard_error);
  EXPECT_EQ(fisher_freeman_halton(counts, options).p, test.p);
  options.seed = 2;
  EXPECT_NE(fisher_freeman_halton(counts, options).p, test.p);
}

TEST(FisherFreemanHalton, NeverGivesZeroByDraws) {
  ExactOptions options;
  options.most_steps = 1;
  options.draws = 999;
  EXPECT_NEAR(fisher_freeman_halton({{60, 0}, {0, 60}}, options).p, 0.001, 1e-15);
}

TEST(FisherFreemanHalton, OfOneRowIsOne) {
  EXPECT_NEAR(fisher_freeman_halton({{3, 4}}).p, 1, 1e-12);
  EXPECT_EQ(fisher_freeman_halton({}).p, 1);
  EXPECT_THROW((void)fisher_freeman_halton({{1, 2}, {3}}), ArgumentError);
  EXPECT_THROW((void)fisher_freeman_halton({{1, -2}}), ArgumentError);
}

// statsmodels mcnemar(exact=True); mid-p: 2 binom.cdf(3, 14, .5) - binom.pmf(3, 14, .5), 1 - binom.pmf(5, 10, .5) / 2
TEST(McNemar, AgreesWithStatsmodels) {
  EXPECT_NEAR(mcnemar_test(3, 11).exact_p, 0.057373046875, 1e-14);
  EXPECT_NEAR(mcnemar_test(11, 3).mid_p, 0.03515625, 1e-14);
  EXPECT_NEAR(mcnemar_test(0, 4).exact_p, 0.125, 1e-15);
  EXPECT_EQ(mcnemar_test(5, 5).exact_p, 1);
  EXPECT_NEAR(mcnemar_test(5, 5).mid_p, 0.876953125, 1e-14);
  EXPECT_EQ(mcnemar_test(0, 0).mid_p, 1);
  EXPECT_THROW((void)mcnemar_test(-1, 3), ArgumentError);
}

}  // namespace
}  // namespace maillage
