#include "engine/survey/multi_response.hpp"

#include <gtest/gtest.h>

#include "engine/survey/linked_tables.hpp"

namespace maillage {
namespace {

TEST(MultiResponse, GivesSharesOfADeclaredBaseAndTheUnionWithItsBounds) {
  const Attribute skills = attribute_of_texts(
      "s", {"Compétences", "Skills"}, std::vector<std::vector<std::string>>{{"a", "b"}, {"a"}, {"b"}, {"a", "c"}, {""}});
  const MultiResponse all = multi_response(skills, TableBase::all);
  EXPECT_EQ(all.base_units, 5);
  EXPECT_EQ(all.units, 4);
  EXPECT_EQ(all.answers_each, 6);
  EXPECT_NEAR(all.answers[0].share, 0.6, 1e-15);
  EXPECT_NEAR(all.union_bounds.low, 0.6, 1e-15);
  EXPECT_EQ(all.union_bounds.high, 1);
  EXPECT_TRUE(all.small);
  const MultiResponse answered = multi_response(skills, TableBase::respondents);
  EXPECT_EQ(answered.base_units, 4);
  EXPECT_NEAR(answered.answers[0].share, 0.75, 1e-15);
  const Table table = multi_response_table(all, skills.label, 0);
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(to_text(table.rows[3][2], Language::french), "80");
  EXPECT_EQ(table.base.french, "Base : 5 structures");
}

TEST(MultiResponse, WeightsGiveLinearisedIntervals) {
  const Attribute skills = attribute_of_texts(
      "s", {"S", "S"}, std::vector<std::vector<std::string>>{{"a", "b"}, {"a"}, {"b"}, {""}});
  const std::vector<double> equal(4, 2.0);
  const MultiResponse same = multi_response(skills, TableBase::all, {}, equal);
  EXPECT_NEAR(same.answers[0].weighted_share, same.answers[0].share, 1e-15);
  // Equal weights: variance p (1 - p) / (n - 1), so 3 units.
  EXPECT_NEAR(same.answers[0].weighted_interval.low, share_interval(0.5, 3).low, 1e-12);
  const std::vector<double> weights{1, 2, 3, 4};
  const MultiResponse weighted = multi_response(skills, TableBase::all, {}, weights);
  EXPECT_NEAR(weighted.answers[0].weighted_share, 0.3, 1e-15);
  EXPECT_NEAR(weighted.weighted_answering, 0.6, 1e-15);
  EXPECT_NEAR(weighted.weighted_union_bounds.low, 0.4, 1e-15);
  EXPECT_NEAR(weighted.weighted_union_bounds.high, 0.7, 1e-15);
  // 4/3 (1 * .49 + 4 * .49 + 9 * .09 + 16 * .09) / 100
  EXPECT_NEAR(weighted.answers[0].weighted_interval.high,
              share_interval(0.3, 0.21 / (4.0 / 3 * (5 * 0.49 + 25 * 0.09) / 100)).high, 1e-12);
}

TEST(MultiResponse, OfNobodyHasNoShares) {
  const Attribute none = attribute_of_texts("s", {"S", "S"}, std::vector<std::vector<std::string>>{});
  const MultiResponse response = multi_response(none, TableBase::all);
  EXPECT_EQ(response.base_units, 0);
  EXPECT_EQ(to_text(multi_response_table(response, none.label, 0).rows[0][2], Language::french), "");
}

TEST(MultiResponse, AnAnswerOfAllButOneTellsWhoThatOneIs) {
  // Ten units: all but one chose a; five chose b, five did not.
  std::vector<std::vector<std::string>> texts;
  for (int unit = 0; unit < 10; ++unit) {
    texts.push_back(unit == 0 ? std::vector<std::string>{"b"} : unit < 5 ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"a"});
  }
  const Attribute tools = attribute_of_texts("tools", {"Outils", "Tools"}, texts);
  LinkedTables linked;
  PublishedTable table{.name = "t", .cells = {}};
  for (const Text& category : tools.categories) {
    linked.attributes.push_back(chosen_answer(tools, category));
    table.cells.push_back({.key = {has_category(linked.attributes.back(), kChosen)}, .use = CellUse::margin});
  }
  linked.tables = {table};
  const ProtectedTables result = protect(linked, {});
  EXPECT_FALSE(result.shows(table.cells[0].key));
  EXPECT_TRUE(result.shows(table.cells[1].key));
  ASSERT_EQ(result.deduced.size(), 1U);
  EXPECT_GE(result.deduced[0].high, 3);
  EXPECT_EQ(any_answer(tools).values.values().size(), 10U);
}

}  // namespace
}  // namespace maillage
