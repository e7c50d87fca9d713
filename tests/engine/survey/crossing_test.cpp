#include "engine/survey/crossing.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "engine/survey/weighted_figures.hpp"
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

/// What may be shown when the two distributions and their crossing are all that is published.
ProtectedTables alone(const Attribute& rows, const Attribute& columns, const DisclosureRules& rules = {},
                      const std::vector<double>& weights = {}) {
  LinkedTables linked;
  linked.attributes = {rows, columns};
  linked.tables = {published_distribution(rows), published_distribution(columns), published_crossing(rows, columns)};
  if (!weights.empty()) {
    const WeightBasis basis{.weights = weights, .margins = linked.attributes, .decimals = 0};
    const WeightedFigures figures = weighted_crossing_figures(rows, columns, basis, linked.limits);
    linked.sums = figures.sums;
    linked.figures = figures.figures;
  }
  return protect(linked, rules);
}

LinkedTables of_one(const Attribute& attribute) {
  LinkedTables linked;
  linked.attributes = {attribute};
  linked.tables = {published_distribution(attribute)};
  return linked;
}

TEST(Crossing, T11RefusesTheSeedCellAndShowsTheRestWithIntervals) {
  const Answers all = answers();
  const ProtectedTables shown = alone(all.tier, all.status);
  const Crossing made = crossing(all.tier, all.status, {}, {}, {shown, std::nullopt});
  EXPECT_FALSE(made.whole);
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
  const ProtectedTables shown = alone(all.tier, all.status, {.least_units = 1});
  const Crossing made = crossing(all.tier, all.status, {}, {}, {shown, std::nullopt});
  EXPECT_TRUE(made.whole);
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
  const ProtectedTables shown = alone(all.tier, all.status, {.least_units = 1}, weights);
  const Crossing made = crossing(all.tier, all.status, weights, {}, {shown, std::nullopt});
  EXPECT_EQ(cell(made.table, "villages", "public", 8), "83");  // 126 of 151
  const ProtectedTables unaudited = alone(all.tier, all.status, {.least_units = 1});
  EXPECT_EQ(cell(crossing(all.tier, all.status, weights, {}, {unaudited, std::nullopt}).table, "villages", "public", 8), "s");
  ASSERT_TRUE(made.weighted);
  EXPECT_GT(made.weighted->design_effect, 1);
  EXPECT_EQ(tests_table(std::vector<Crossing>{made}).rows.size(), 1U);
}

TEST(Crossing, TellsOnlyTheClassOfATestWhoseCellsAreHidden) {
  const Answers all = answers();
  const ProtectedTables shown = alone(all.tier, all.status);
  const Crossing made = crossing(all.tier, all.status, {}, {}, {shown, std::nullopt});
  const Table tests = tests_table(std::vector<Crossing>{made});
  EXPECT_EQ(to_text(tests.rows[0][2], Language::french), "s");
  EXPECT_EQ(to_text(tests.rows[0][4], Language::french), "p < 0,0001");
  EXPECT_EQ(to_text(tests.rows[0][8], Language::french), "s");
  EXPECT_EQ(p_class(0.0005).english, "p < 0.001");
  EXPECT_EQ(p_class(0.05).french, "p ≥ 0,05");
}

TEST(Crossing, WithAQuestionThatTwoAnsweredIsWithheldWithItsBase) {
  const Attribute one = attribute_of({"a", "a", "a", "a", "b", "b", "b", "b"}, "one");
  const Attribute other = attribute_of({"x", "x", "", "", "", "", "", ""}, "other");
  const ProtectedTables shown = alone(one, other);
  const Crossing made = crossing(one, other, {}, {}, {shown, std::nullopt});
  EXPECT_FALSE(made.published);
  EXPECT_EQ(made.table.base.french.find('2'), std::string::npos);
  for (const auto& row : made.table.rows) {
    EXPECT_EQ(to_text(row[2], Language::french), "s");
    EXPECT_EQ(to_text(row[3], Language::french), "s");
  }
  EXPECT_EQ(to_text(tests_table(std::vector<Crossing>{made}).rows[0][1], Language::french), "s");
}

TEST(Distribution, HidesRareCategoriesAndOneMore) {
  std::vector<std::string> values(40, "a");
  values.insert(values.end(), 5, "b");
  values.insert(values.end(), 1, "c");
  const Attribute rare = attribute_of(values);
  const ProtectedTables result = protect(of_one(rare), {});
  const ShownCells shown{result, std::nullopt};
  const Distribution made = distribution(rare, {}, {}, shown);
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
  const std::vector<Attribute> margins{half};
  LinkedTables linked = of_one(half);
  const WeightedFigures figures =
      weighted_distribution_figures(half, {.weights = weights, .margins = margins, .decimals = 0}, linked.limits);
  linked.sums = figures.sums;
  linked.figures = figures.figures;
  const ProtectedTables shown = protect(linked, {});
  const Distribution made = distribution(half, weights, {}, {shown, std::nullopt});
  EXPECT_EQ(to_text(made.table.rows[0][5], Language::french), "75");
  EXPECT_EQ(to_text(made.table.rows[0][8], Language::english), "fewer than 30 answers");
  const Attribute none = attribute_of({});
  const ProtectedTables nothing = protect(of_one(none), {});
  EXPECT_TRUE(distribution(none, {}, {}, {nothing, std::nullopt}).table.rows.empty());
}

TEST(HiddenLast, DoesNotTellWhichOfTwoHiddenCountsIsLarger) {
  std::vector<std::string> values(40, "m");
  values.insert(values.end(), 5, "z");
  values.insert(values.end(), 1, "a");
  const Attribute rare = attribute_of(values);
  const ProtectedTables result = protect(of_one(rare), {});
  const Attribute moved = hidden_last(rare, {result, std::nullopt});
  ASSERT_EQ(moved.categories.size(), 3U);
  EXPECT_EQ(moved.categories[CategoryIndex{0}].french, "m");
  EXPECT_EQ(moved.categories[CategoryIndex{1}].french, "a");
  EXPECT_EQ(moved.categories[CategoryIndex{2}].french, "z");
  EXPECT_EQ(moved.values[UnitIndex{45}].front(), CategoryIndex{1});
}

}  // namespace
}  // namespace maillage
