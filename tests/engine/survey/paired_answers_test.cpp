#include "engine/survey/paired_answers.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

/// yes-yes 6, yes-no 3, no-yes 8, no-no 5 and others that did not answer both.
std::pair<Attribute, Attribute> practice_and_intention(const int yes_no) {
  std::vector<std::string> practice;
  std::vector<std::string> intention;
  const auto add = [&](const int units, const std::string& first, const std::string& second) {
    practice.insert(practice.end(), static_cast<std::size_t>(units), first);
    intention.insert(intention.end(), static_cast<std::size_t>(units), second);
  };
  add(6, "oui", "oui");
  add(yes_no, "oui", "non");
  add(8, "non", "oui");
  add(5, "non", "non");
  add(4, "oui", "");
  return {test::attribute_of(practice, "practice"), test::attribute_of(intention, "intention")};
}

ProtectedTables shown_of(const Attribute& first, const Attribute& second) {
  LinkedTables linked;
  linked.attributes = {first, second};
  linked.tables = {published_pair(first, second)};
  return protect(linked, {});
}

TEST(PairedAnswers, CountPairsAndTestByHand) {
  const auto [first, second] = practice_and_intention(3);
  const ProtectedTables shown = shown_of(first, second);
  const PairedAnswers pair = paired_answers(first, second, {shown, std::nullopt});
  EXPECT_TRUE(pair.published);
  EXPECT_EQ(pair.units, 22);
  EXPECT_EQ(pair.counts[0][1], 3);
  EXPECT_EQ(pair.counts[1][0], 8);
  EXPECT_EQ(pair.counts[0][2], 4);
  // 2 (1 + 11 + 55 + 165) / 2048; the mid-p is less by C(11, 3) / 2048
  EXPECT_NEAR(pair.test.exact_p, 464.0 / 2048, 1e-12);
  EXPECT_NEAR(pair.test.mid_p, 299.0 / 2048, 1e-12);
  const Table table = paired_table(std::vector<PairedAnswers>{pair}, 1);
  EXPECT_EQ(to_text(table.rows[0][3], Language::english), "40.9");  // 9 of 22
  EXPECT_EQ(to_text(table.rows[0][4], Language::english), "63.6");  // 14 of 22
  EXPECT_EQ(to_text(table.rows[0][5], Language::english), "22.7");
  EXPECT_EQ(to_text(table.rows[0][8], Language::english), "0.2266");
}

TEST(PairedAnswers, AreNotPublishedWithASmallCell) {
  const auto [first, second] = practice_and_intention(2);
  const ProtectedTables shown = shown_of(first, second);
  const PairedAnswers pair = paired_answers(first, second, {shown, std::nullopt});
  EXPECT_FALSE(pair.published);
  const Table table = paired_table(std::vector<PairedAnswers>{pair}, 1);
  EXPECT_EQ(to_text(table.rows[0][2], Language::french), "s");
  EXPECT_EQ(to_text(table.rows[0][8], Language::french), "s");
}

TEST(YesOrNo, JoinsSpellingsAndRefusesOtherAnswers) {
  const Attribute same = test::attribute_of({"Oui", "non", ""}, "q");
  EXPECT_EQ(yes_or_no(same).name, "q");
  const Attribute joined = yes_or_no(test::attribute_of({"oui", "x", "1", "non", "0", ""}, "q"));
  EXPECT_EQ(joined.name, "q (oui/non)");
  ASSERT_EQ(joined.categories.size(), 2U);
  EXPECT_EQ(joined.values[UnitIndex{1}].front(), CategoryIndex{0});
  EXPECT_EQ(joined.values[UnitIndex{4}].front(), CategoryIndex{1});
  EXPECT_TRUE(joined.values[UnitIndex{5}].empty());
  const Attribute maybe = test::attribute_of({"peut-être"}, "q");
  EXPECT_THROW((void)yes_or_no(maybe), StudyError);
}

}  // namespace
}  // namespace maillage
