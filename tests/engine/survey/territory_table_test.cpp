#include <gtest/gtest.h>

#include "engine/survey/cross_tab.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::draw_territory;
using test::PlacedStructures;
using Texts = std::vector<std::string>;

std::vector<std::string> column_text(const Table& table, const std::size_t column) {
  std::vector<std::string> texts;
  for (const auto& row : table.rows) {
    texts.push_back(to_text(row[column], Language::english));
  }
  return texts;
}

TEST(TerritoryTable, CountsCommunesWithAndWithout) {
  const Territory territory =
      draw_territory({"ABCD"}, {.population = {{'A', 1'000}, {'B', 500}, {'C', 18'500}, {'D', std::nullopt}}});
  const PlacedStructures structures = test::structures_at(territory, "AAC");
  const auto which = structures.within(1).structures;
  const Table table =
      territory_table(territory, commune_attribute(territory, "tier"), structures.placed, which, {.decimals = 1});
  EXPECT_EQ(column_text(table, 1), (Texts{"2", "0", "1", "0", "1", "4"}));
  EXPECT_EQ(column_text(table, 2), (Texts{"1,500", "0", "18,500", "0", "0", "20,000"}));
  EXPECT_EQ(column_text(table, 3), (Texts{"7.5", "0.0", "92.5", "0.0", "0.0", "100.0"}));
  EXPECT_EQ(column_text(table, 4), (Texts{"2", "0", "1", "0", "0", "3"}));
  EXPECT_EQ(column_text(table, 6), (Texts{"13.33", "", "0.54", "", "", "1.50"}));
  EXPECT_EQ(column_text(table, 7), (Texts{"1", "0", "1", "0", "0", "2"}));
  EXPECT_EQ(column_text(table, 8), (Texts{"1", "0", "0", "0", "1", "2"}));
  EXPECT_EQ(column_text(table, 9), (Texts{"500", "0", "0", "0", "0", "500"}));
}

}  // namespace
}  // namespace maillage
