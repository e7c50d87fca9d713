#include "engine/survey/magnitude.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;

std::string text(const Table& table, const std::size_t row, const std::size_t column) {
  return to_text(table.rows[row][column], Language::english);
}

TEST(Magnitude, TotalsMeansAndSharesByHand) {
  const Attribute kind = attribute_of({"a", "a", "a", "b", "b", "b", "b", ""});
  const std::vector<std::optional<double>> hours{10, 20, 30, 5, 5, std::nullopt, 10, 99};
  const MagnitudeTable found = magnitude_table(kind, hours, {});
  ASSERT_EQ(found.cells.size(), 2U);
  EXPECT_TRUE(found.published);
  // b comes first, as more units have it: 5 + 5 + 10 by three, one without an amount; the one without a kind is in no total.
  EXPECT_EQ(found.cells[0].units, 3);
  EXPECT_EQ(found.cells[0].total, 20);
  EXPECT_EQ(found.cells[0].largest, 10);
  EXPECT_EQ(found.cells[1].total, 60);
  EXPECT_EQ(found.whole.units, 6);
  EXPECT_EQ(found.whole.total, 80);
  const Table table = magnitude_rows(found, kind, "heures", 1);
  EXPECT_EQ(text(table, 0, 3), "6.7");
  EXPECT_EQ(text(table, 0, 4), "25.0");
  EXPECT_EQ(text(table, 1, 3), "20.0");
  EXPECT_EQ(text(table, 2, 2), "80.0");
  EXPECT_EQ(text(table, 2, 0), "Total");
}

TEST(Magnitude, OneThatDominatesIsHiddenWithTheSmallestOther) {
  // 86 of 100 is over 85 %. Hidden alone, b would be 190 less the shown; c is the smaller of the others.
  const Attribute kind = attribute_of({"a", "a", "a", "a", "b", "b", "b", "c", "c", "c"});
  const std::vector<std::optional<double>> hours{15, 15, 15, 15, 86, 7, 7, 10, 10, 10};
  const MagnitudeTable found = magnitude_table(kind, hours, {});
  EXPECT_EQ(found.cells[0].status, CellStatus::published);
  EXPECT_EQ(found.cells[1].status, CellStatus::primary);
  EXPECT_EQ(found.cells[2].status, CellStatus::secondary);
  EXPECT_EQ(text(magnitude_rows(found, kind, "heures", 0), 1, 2), "s");
  DisclosureRules rules;
  rules.most_share = 0.86;  // 86 of 100 is not more than that
  EXPECT_EQ(magnitude_table(kind, hours, rules).cells[1].status, CellStatus::published);
}

TEST(Magnitude, FewContributorsAndCategoriesHiddenElsewhereAreHidden) {
  const Attribute kind = attribute_of({"a", "a", "a", "b", "b", "b", "c", "c"});
  const std::vector<std::optional<double>> hours{1, 1, 1, 2, 2, 2, 3, 3};
  const MagnitudeTable few = magnitude_table(kind, hours, {});
  EXPECT_EQ(few.cells[2].status, CellStatus::primary);  // two contributors
  EXPECT_EQ(few.cells[0].status, CellStatus::secondary);
  const std::vector<std::string> hidden{"b"};
  EXPECT_EQ(magnitude_table(kind, hours, {.least_units = 2}, hidden).cells[1].status, CellStatus::primary);
  EXPECT_THROW((void)magnitude_table(kind, std::vector<std::optional<double>>{1}, {}), ArgumentError);
}

TEST(Magnitude, IsNotPublishedWhenTheWholeTotalTellsTooMuch) {
  const Attribute kind = attribute_of({"a", "a", "b", "b"});
  const MagnitudeTable found = magnitude_table(kind, std::vector<std::optional<double>>{97, 1, 1, 1}, {});
  EXPECT_FALSE(found.published);
  EXPECT_EQ(found.whole.status, CellStatus::primary);
}

TEST(Magnitude, ContributorsAreCellsOfTheRun) {
  // Two of three with a have no amount: that one has is a count like others.
  const Attribute kind = attribute_of({"a", "a", "a", "b", "b", "b", "b", "b"}, "kind");
  const Attribute given =
      has_amount("heures", std::vector<std::optional<double>>{1, std::nullopt, std::nullopt, 1, 1, 1, 1, std::nullopt});
  LinkedTables linked;
  linked.attributes = {kind, given};
  linked.tables = {published_distribution(kind), published_magnitude(given, kind)};
  const ProtectedTables result = protect(linked, {});
  EXPECT_FALSE(result.shows({has_category(kind, {"a", "a"}), has_answered(given)}));
  EXPECT_TRUE(result.safe);
}

TEST(StructureAmounts, AreOfAColumnThatIsCarried) {
  StructureSet structures;
  structures.carried_columns = {"heures"};
  for (const char* text : {"12,5", "", "-1"}) {
    Structure structure;
    structure.capacity = 7;
    structure.carried = {text};
    structures.structures.push_back(std::move(structure));
  }
  const std::vector<StructureIndex> two{StructureIndex{0}, StructureIndex{1}};
  const auto hours = structure_amounts(structures, two, "heures");
  EXPECT_EQ(hours[0], 12.5);
  EXPECT_FALSE(hours[1]);
  EXPECT_EQ(structure_amounts(structures, two, "capacity")[0], 7);
  const std::vector<StructureIndex> last{StructureIndex{2}};
  EXPECT_THROW((void)structure_amounts(structures, last, "heures"), StudyError);
  EXPECT_THROW((void)structure_amounts(structures, two, "minutes"), StudyError);
}

}  // namespace
}  // namespace maillage
