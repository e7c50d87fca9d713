#include "engine/survey/contingency.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;

// Units of a table of counts; "" categories are never made.
Contingency table_of(const std::vector<std::vector<int>>& counts) {
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < counts[row].size(); ++column) {
      rows.insert(rows.end(), counts[row][column], "r" + std::to_string(row));
      columns.insert(columns.end(), counts[row][column], "c" + std::to_string(column));
    }
  }
  return contingency(attribute_of(rows), attribute_of(columns));
}

// A06: one of the ten tables of legal status by kind of commune behind the study of 2019.
const Contingency& status_by_tier() {
  static const Contingency kTable = table_of({{63, 25, 0}, {77, 24, 7}, {22, 27, 2}, {1, 10, 0}});
  return kTable;
}

// scipy.stats.chi2_contingency(table, correction=False); V by the formulas of Bergsma 2013 in numpy
TEST(ChiSquareTest, AgreesWithScipy) {
  const ChiSquareTest test = chi_square_test(status_by_tier());
  EXPECT_NEAR(test.statistic, 38.16449687743144, 1e-11);
  EXPECT_NEAR(test.p, 1.0431697963330122e-06, 1e-17);
  EXPECT_EQ(test.degrees_of_freedom, 6);
  EXPECT_NEAR(test.least_expected, 0.38372093023255816, 1e-14);
  EXPECT_EQ(test.small_expected, 5);
  EXPECT_NEAR(*test.cramers_v, 0.2505545710623824, 1e-13);
}

TEST(ChiSquareTest, OfOneRowHasNothingToTest) {
  const ChiSquareTest test = chi_square_test(table_of({{3, 4}}));
  EXPECT_EQ(test.degrees_of_freedom, 0);
  EXPECT_EQ(test.p, 1);
  EXPECT_FALSE(test.cramers_v);
  EXPECT_EQ(chi_square_test(table_of({{5, 5}, {5, 5}})).cramers_v, 0);
}

// (O - E) / sqrt(E (1 - r) (1 - c)) by numpy
TEST(AdjustedResiduals, T11LargestTierIsPrivate) {
  const auto residuals = adjusted_residuals(status_by_tier());
  const auto& table = status_by_tier();
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (table.rows[row].french == "r3") {
        const double expected = table.columns[column].french == "c0"   ? -3.80117451
                                : table.columns[column].french == "c1" ? 4.14003142
                                                                       : -0.64443527;
        EXPECT_NEAR(residuals[row][column], expected, 1e-8);
      }
    }
  }
  EXPECT_EQ(adjusted_residuals(table_of({{3, 4}}))[0][0], 0);
}

// Covariance of the residuals, its eigenvalues and both corrections by numpy, from the definitions.
TEST(RaoScottTest, AgreesWithTheEigenvaluesByNumpy) {
  const Attribute rows = attribute_of({"0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "2", "2", "2", "2", "2"});
  const Attribute columns = attribute_of({"0", "0", "1", "1", "0", "1", "1", "0", "1", "0", "0", "1", "1", "1", "0"});
  const std::vector<double> weights{1, 2, .5, 1, 1.5, 3, 1, .2, 1, 1, 2, 2, .7, 1, 1.1};
  const auto test = rao_scott_test(contingency(rows, columns, weights), weights);
  ASSERT_TRUE(test);
  EXPECT_NEAR(test->design_effect, 1.3791500138919155, 1e-13);
  EXPECT_NEAR(test->statistic, 2.1749346349647856, 1e-13);
  EXPECT_NEAR(test->p, 0.3370691025805164, 1e-13);
  EXPECT_NEAR(test->variation, 0.0008722717299689542, 1e-13);
  EXPECT_NEAR(test->second_statistic, 2.1730391543423373, 1e-13);
  EXPECT_NEAR(test->degrees_of_freedom, 1.9982569769298109, 1e-13);
  EXPECT_NEAR(test->second_p, 0.33702889267286834, 1e-13);
}

TEST(RaoScottTest, OfEqualWeightsIsNearPearsonAndTheirScaleIsNothing) {
  const std::vector<std::string> rows{"a", "a", "a", "a", "b", "b", "b", "b"};
  const std::vector<std::string> columns{"x", "x", "y", "y", "x", "x", "y", "y"};
  const std::vector<double> ones(8, 1.0);
  const std::vector<double> sevens(8, 7.0);
  const auto one = rao_scott_test(contingency(attribute_of(rows), attribute_of(columns), ones), ones);
  const auto seven = rao_scott_test(contingency(attribute_of(rows), attribute_of(columns), sevens), sevens);
  EXPECT_NEAR(one->design_effect, 8.0 / 7, 1e-14);
  EXPECT_NEAR(seven->design_effect, one->design_effect, 1e-14);
}

TEST(Contingency, LeavesOutUnitsWithoutValueOrWeight) {
  const Attribute rows = attribute_of({"a", "a", "b", "", "b"});
  const Attribute columns = attribute_of({"x", "", "x", "y", "z"});
  const std::vector<double> weights{2, 1, 3, 1, 0};
  const Contingency table = contingency(rows, columns, weights);
  EXPECT_EQ(table.units, 2);
  EXPECT_EQ(table.columns.size(), 1U);
  EXPECT_EQ(table.weighted, (std::vector<std::vector<double>>{{2}, {3}}));
  EXPECT_TRUE(table.row_of[3].is_none());
  EXPECT_THROW((void)contingency(rows, columns, std::vector<double>{1, 2}), ArgumentError);
  EXPECT_THROW((void)contingency(rows, attribute_of({"x"})), ArgumentError);
}

}  // namespace
}  // namespace maillage
