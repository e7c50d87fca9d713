#include "engine/survey/masked_table.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

TEST(MaskedTable, HidesCountsAndThePercentagesThatTellThem) {
  const std::vector<std::string> tiers{"v", "v", "v", "v", "v", "v", "c", "c", "c", "c", "c", "c", "c", ""};
  const std::vector<std::string> status{"p", "p", "p", "q", "q", "q", "p", "q", "q", "q", "q", "q", "q", "q"};
  const CrossTab tab = cross_tab(test::attribute_of(tiers, "tier"), test::attribute_of(status, "status"), TableBase::all);
  LinkedTables linked;
  linked.attributes = {tab.rows, tab.columns};
  linked.tables = {published_cross_tab("t", tab)};
  const ProtectedTables result = protect(linked, {});
  EXPECT_TRUE(result.safe);
  const ShownCells shown{.tables = result, .population = std::nullopt};
  const Table counts = cross_table(tab, CrossTabCells::counts, {});
  const Table hidden = masked(counts, shown_grid("t", tab, shown, CrossTabCells::counts));
  const Table shares = masked(cross_table(tab, CrossTabCells::row_percentages, {}),
                              shown_grid("t", tab, shown, CrossTabCells::row_percentages));
  int secret = 0;
  for (std::size_t row = 0; row < hidden.rows.size(); ++row) {
    const bool total_hidden = to_text(hidden.rows[row].back(), Language::french) == "s";
    for (std::size_t column = 1; column < hidden.rows[row].size(); ++column) {
      const std::string text = to_text(hidden.rows[row][column], Language::french);
      const bool is_answer = column + 1 < hidden.rows[row].size();
      EXPECT_FALSE(text == "1" && is_answer) << row << "," << column;
      if (text == "s" || total_hidden) {
        ++secret;
        EXPECT_EQ(to_text(shares.rows[row][column], Language::french), "s");
      }
    }
  }
  EXPECT_GE(secret, 4);
  EXPECT_EQ(to_text(hidden.rows.back().back(), Language::french), "14");
  EXPECT_THROW((void)masked(counts, {}), ArgumentError);
}

}  // namespace
}  // namespace maillage
