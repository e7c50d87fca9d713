#include "engine/survey/cross_tab.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::draw_territory;
using test::PlacedStructures;

// An attribute with counts[k] units in category k, in that order.
Attribute with_counts(const std::vector<int>& counts, const std::string& prefix = "c") {
  std::vector<std::vector<std::string>> texts;
  for (std::size_t category = 0; category < counts.size(); ++category) {
    for (int unit = 0; unit < counts[category]; ++unit) {
      texts.push_back({prefix + std::to_string(category)});
    }
  }
  return attribute_of_texts("x", {"X", "X"}, texts);
}

std::vector<std::string> column_text(const Table& table, const std::size_t column) {
  std::vector<std::string> texts;
  for (const auto& row : table.rows) {
    texts.push_back(to_text(row[column], Language::english));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(FrequencyTable, T01TypesOfStructures) {
  const Table table = frequency_table(with_counts({140, 49, 19, 13, 12, 10, 10, 5}), {});
  EXPECT_EQ(column_text(table, 1), (Texts{"140", "49", "19", "13", "12", "10", "10", "5", "258"}));
  EXPECT_EQ(column_text(table, 2), (Texts{"54", "19", "7", "5", "5", "4", "4", "2", "100"}));
  EXPECT_EQ(table.base.french, "Base : 258 structures");
}

TEST(FrequencyTable, T01WithTwoDecimals) {
  const Table table = frequency_table(with_counts({140, 49, 19, 13, 12, 10, 10, 5}), {.decimals = 2});
  EXPECT_EQ(column_text(table, 2), (Texts{"54.26", "18.99", "7.36", "5.04", "4.65", "3.88", "3.88", "1.94", "100.00"}));
}

TEST(FrequencyTable, T08AndT09TiersAreHalfOpenAndGiveTheStudysShares) {
  const Territory territory = draw_territory(
      {"ABCDEF"}, {.population = {{'A', 1'999}, {'B', 2'000}, {'C', 14'999}, {'D', 15'000}, {'E', 99'999}, {'F', 100'000}}});
  PlacedStructures structures;
  // 88 / 108 / 52 / 10 structures, on both bounds of each class.
  const std::string letters = std::string(88, 'A') + std::string(54, 'B') + std::string(54, 'C') + std::string(26, 'D') +
                              std::string(26, 'E') + std::string(10, 'F');
  structures = test::structures_at(territory, letters);
  const auto which = structures.within(1).structures;
  const Attribute tier =
      structure_attribute(territory, structures.set, structures.placed, which, {.name = "tier", .separator = ""});
  const Table table = frequency_table(tier, {});
  EXPECT_EQ(column_text(table, 1), (Texts{"88", "108", "52", "10", "258"}));
  EXPECT_EQ(column_text(table, 2), (Texts{"34", "42", "20", "4", "100"}));
  EXPECT_EQ(to_text(table.rows[0][0], Language::french), "Villages : moins de 2 000 hab.");
}

TEST(FrequencyTable, T10LegalStatus) {
  const Table table = frequency_table(with_counts({152, 83, 13, 7, 3}), {});
  EXPECT_EQ(column_text(table, 2), (Texts{"59", "32", "5", "3", "1", "100"}));
}

TEST(FrequencyTable, GivesMissingValuesTheirOwnRow) {
  const std::vector<Texts> texts{{"a"}, {"a"}, {"b"}, {}, {""}};
  const Attribute attribute = attribute_of_texts("x", {"X", "X"}, texts);
  const Table all = frequency_table(attribute, {});
  EXPECT_EQ(column_text(all, 0), (Texts{"a", "b", "Not stated", "Total"}));
  EXPECT_EQ(column_text(all, 2), (Texts{"40", "20", "40", "100"}));
  const Table answered = frequency_table(attribute, {.base = TableBase::respondents});
  EXPECT_EQ(column_text(answered, 1), (Texts{"2", "1", "2", "3"}));
  EXPECT_EQ(column_text(answered, 2), (Texts{"67", "33", "", "100"}));
  EXPECT_EQ(answered.base.english, "Base: 3 structures that answered, of 5");
}

TEST(FrequencyTable, CountsUnitsNotAnswersInItsBase) {
  const std::vector<Texts> texts{{"a", "b"}, {"a", "b", "b"}, {"a"}, {}};
  const Attribute attribute = attribute_of_texts("x", {"X", "X"}, texts);
  EXPECT_TRUE(attribute.multiple);
  const Table table = frequency_table(attribute, {.base = TableBase::respondents});
  EXPECT_EQ(column_text(table, 1), (Texts{"3", "2", "1", "3"}));
  EXPECT_EQ(column_text(table, 2), (Texts{"100", "67", "", "100"}));  // 167 % in all
}

TEST(CrossTab, CountsAndSharesEveryWay) {
  const std::vector<Texts> rows{{"r"}, {"r"}, {"r"}, {"s"}};
  const std::vector<Texts> columns{{"u"}, {"u"}, {"v"}, {"v"}};
  const CrossTab tab =
      cross_tab(attribute_of_texts("r", {"R", "R"}, rows), attribute_of_texts("c", {"C", "C"}, columns), TableBase::all);
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::counts, {}), 1), (Texts{"2", "0", "2"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::counts, {}), 3), (Texts{"3", "1", "4"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::row_percentages, {}), 1), (Texts{"67", "0", "50"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::row_percentages, {}), 3), (Texts{"100", "100", "100"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::column_percentages, {}), 2), (Texts{"50", "50", "100"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::total_percentages, {}), 2), (Texts{"25", "25", "50"}));
}

TEST(CrossTab, MissingValuesHaveARowAndAColumnOrLeaveTheBase) {
  const std::vector<Texts> rows{{"r"}, {"r"}, {}};
  const std::vector<Texts> columns{{"u"}, {}, {"u"}};
  const Attribute r = attribute_of_texts("r", {"R", "R"}, rows);
  const Attribute c = attribute_of_texts("c", {"C", "C"}, columns);
  const Table all = cross_table(cross_tab(r, c, TableBase::all), CrossTabCells::counts, {});
  EXPECT_EQ(column_text(all, 0), (Texts{"r", "Not stated", "Total"}));
  EXPECT_EQ(column_text(all, 1), (Texts{"1", "1", "2"}));
  EXPECT_EQ(column_text(all, 2), (Texts{"1", "0", "1"}));
  const CrossTab answered = cross_tab(r, c, TableBase::respondents);
  EXPECT_EQ(answered.base_units, 1);
  EXPECT_EQ(answered.units, 3);
  const Table table = cross_table(answered, CrossTabCells::total_percentages, {});
  EXPECT_EQ(column_text(table, 0), (Texts{"r", "Total"}));
  EXPECT_EQ(column_text(table, 1), (Texts{"100", "100"}));
}

TEST(CrossTab, MarginsOfAMultiResponseAttributeCountUnits) {
  const std::vector<Texts> rows{{"r"}, {"r"}};
  const std::vector<Texts> columns{{"u", "v"}, {"u"}};
  const CrossTab tab =
      cross_tab(attribute_of_texts("r", {"R", "R"}, rows), attribute_of_texts("c", {"C", "C"}, columns), TableBase::all);
  EXPECT_EQ(tab.row_units.front(), 2);
  EXPECT_EQ(tab.base_units, 2);
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::row_percentages, {}), 1), (Texts{"100", "100"}));
  EXPECT_EQ(column_text(cross_table(tab, CrossTabCells::row_percentages, {}), 2), (Texts{"50", "50"}));
}

TEST(CrossTab, RefusesAttributesOfOtherUnits) {
  EXPECT_THROW((void)cross_tab(with_counts({1}), with_counts({2}), TableBase::all), ArgumentError);
}

}  // namespace
}  // namespace maillage
