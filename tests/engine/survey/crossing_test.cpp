#include "engine/survey/crossing.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;

// Legal status by kind of commune behind the study of 2019.
struct Answers {
  Attribute tier;
  Attribute status;
};

Answers answers() {
  const std::vector<std::vector<int>> counts{{63, 25, 0}, {77, 24, 7}, {22, 27, 2}, {1, 10, 0}};
  const std::vector<std::string> tiers{"villages", "towns", "cities", "metropoles"};
  const std::vector<std::string> statuses{"public", "private", "other"};
  std::vector<std::string> tier;
  std::vector<std::string> status;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < counts[row].size(); ++column) {
      tier.insert(tier.end(), counts[row][column], tiers[row]);
      status.insert(status.end(), counts[row][column], statuses[column]);
    }
  }
  return {attribute_of(tier, "tier"), attribute_of(status, "status")};
}

std::string cell(const Table& table, const std::string& row, const std::string& column, const std::size_t what) {
  for (const auto& line : table.rows) {
    if (to_text(line[0], Language::french) == row && to_text(line[1], Language::french) == column) {
      return to_text(line[what], Language::english);
    }
  }
  return "no such cell";
}

TEST(Crossing, T11RefusesTheSeedCellAndShowsTheRestWithIntervals) {
  const Answers all = answers();
  const Crossing made = crossing(all.tier, all.status, {}, {});
  EXPECT_TRUE(made.published);
  EXPECT_EQ(made.units, 258);
  EXPECT_EQ(cell(made.table, "metropoles", "public", 2), "s");
  EXPECT_EQ(cell(made.table, "metropoles", "public", 4), "s");
  EXPECT_EQ(cell(made.table, "metropoles", "public", 3), "11");
  EXPECT_EQ(cell(made.table, "cities", "other", 2), "s");
  // proportion_confint(63, 88, method="wilson")
  EXPECT_EQ(cell(made.table, "villages", "public", 2), "63");
  EXPECT_EQ(cell(made.table, "villages", "public", 4), "72");
  EXPECT_EQ(cell(made.table, "villages", "public", 5), "61");
  EXPECT_EQ(cell(made.table, "villages", "public", 6), "80");
  EXPECT_NEAR(made.test.statistic, 38.16449687743144, 1e-11);
  EXPECT_LT(made.exact.p, 0.001);
  EXPECT_FALSE(made.weighted);
  const std::vector<std::string> pairs = hidden_pairs(made);
  EXPECT_NE(std::find(pairs.begin(), pairs.end(), "metropoles × public"), pairs.end());
}

TEST(Crossing, WithoutSecrecyRemarksSmallRows) {
  const Answers all = answers();
  CrossingOptions options;
  options.rules.least_units = 1;
  const Crossing made = crossing(all.tier, all.status, {}, options);
  EXPECT_EQ(cell(made.table, "metropoles", "public", 2), "1");
  EXPECT_EQ(cell(made.table, "metropoles", "public", 9), "fewer than 30 answers");
  EXPECT_EQ(cell(made.table, "cities", "public", 9), "");
  EXPECT_EQ(cell(made.table, "metropoles", "private", 7), "4.1");
  EXPECT_TRUE(hidden_pairs(made).empty());
}

TEST(Crossing, GivesWeightedSharesAndTheirTest) {
  const Answers all = answers();
  std::vector<double> weights(258, 1.0);
  for (std::size_t unit = 0; unit < 63; ++unit) {
    weights[unit] = 2;  // public villages
  }
  const Crossing made = crossing(all.tier, all.status, weights, {});
  EXPECT_EQ(cell(made.table, "villages", "public", 8), "83");  // 126 of 151
  ASSERT_TRUE(made.weighted);
  EXPECT_GT(made.weighted->design_effect, 1);
  EXPECT_EQ(tests_table(std::vector<Crossing>{made}).rows.size(), 1U);
}

TEST(Crossing, IsNotPublishedWhenATotalWouldHaveToBeHidden) {
  const Crossing made = crossing(attribute_of({"a", "a", "a", "a", "b", "b", "b", "b"}),
                                 attribute_of({"x", "x", "x", "x", "x", "x", "x", "y"}), {}, {});
  EXPECT_FALSE(made.published);
  for (const auto& row : made.table.rows) {
    EXPECT_EQ(to_text(row[2], Language::french), "s");
  }
}

TEST(Distribution, HidesRareCategoriesAndOneMore) {
  std::vector<std::string> values(40, "a");
  values.insert(values.end(), 5, "b");
  values.insert(values.end(), 1, "c");
  const Distribution made = distribution(attribute_of(values), {}, {});
  EXPECT_TRUE(made.published);
  EXPECT_EQ(made.hidden, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(to_text(made.table.rows[0][1], Language::french), "40");
  EXPECT_EQ(to_text(made.table.rows[1][1], Language::french), "s");
  const Table rates = with_hidden_rows(made.table, std::vector<std::string>{"a"}, 2);
  EXPECT_EQ(to_text(rates.rows[0][1], Language::french), "40");
  EXPECT_EQ(to_text(rates.rows[0][2], Language::french), "s");
}

TEST(Distribution, ShowsWeightedSharesOnEffectiveUnits) {
  const Attribute half = attribute_of({"a", "a", "a", "a", "b", "b", "b", "b"});
  const std::vector<double> weights{3, 3, 3, 3, 1, 1, 1, 1};
  const Distribution made = distribution(half, weights, {});
  EXPECT_EQ(to_text(made.table.rows[0][5], Language::french), "75");
  EXPECT_EQ(to_text(made.table.rows[0][8], Language::english), "fewer than 30 answers");
  EXPECT_TRUE(distribution(attribute_of({}), {}, {}).table.rows.empty());
}

}  // namespace
}  // namespace maillage
