#include "engine/survey/compatible_tables.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/published_cross_table.hpp"

namespace maillage {
namespace {

Decimal shown(const std::int64_t count, const std::int64_t base) {
  return std::get<Decimal>(percentage(count, base, 0));
}

// What a publisher prints of these counts.
PublishedCrossTable printed(const CountTable& counts, const bool with_remainder) {
  PublishedCrossTable table;
  table.name = "t";
  std::vector<std::int64_t> totals;
  for (const auto& row : counts) {
    std::int64_t total = 0;
    for (const std::int64_t count : row) {
      total += count;
    }
    totals.push_back(total);
    table.base += total;
  }
  const std::size_t columns = counts.front().size() - (with_remainder ? 1 : 0);
  for (std::size_t column = 0; column < columns; ++column) {
    table.columns.push_back("c" + std::to_string(column));
  }
  table.remainder = with_remainder ? "rest" : "";
  for (std::size_t row = 0; row < counts.size(); ++row) {
    table.rows.push_back("r" + std::to_string(row));
    table.row_percentages.push_back(shown(totals[row], table.base));
    table.cells.emplace_back();
    for (std::size_t column = 0; column < columns; ++column) {
      table.cells.back().push_back(shown(counts[row][column], totals[row]));
    }
  }
  for (std::size_t column = 0; column < counts.front().size(); ++column) {
    std::int64_t sum = 0;
    for (const auto& row : counts) {
      sum += row[column];
    }
    table.parts.push_back({"p" + std::to_string(column), shown(sum, table.base), column});
  }
  return table;
}

// Every 2 x 3 table of the base, printed and compared.
std::vector<CountTable> by_brute_force(const PublishedCrossTable& wanted) {
  std::vector<CountTable> found;
  const std::int64_t n = wanted.base;
  for (std::int64_t a = 0; a <= n; ++a) {
    for (std::int64_t b = 0; a + b <= n; ++b) {
      for (std::int64_t c = 0; a + b + c <= n; ++c) {
        for (std::int64_t d = 0; a + b + c + d <= n; ++d) {
          for (std::int64_t e = 0; a + b + c + d + e <= n; ++e) {
            const CountTable counts{{a, b, c}, {d, e, n - a - b - c - d - e}};
            if (a + b + c == 0 || a + b + c == n) {
              continue;
            }
            const PublishedCrossTable other = printed(counts, !wanted.remainder.empty());
            bool same = other.row_percentages == wanted.row_percentages && other.cells == wanted.cells;
            for (std::size_t k = 0; k < wanted.parts.size(); ++k) {
              same = same && other.parts[k].percentage == wanted.parts[k].percentage;
            }
            if (same) {
              found.push_back(counts);
            }
          }
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(CompatibleTables, FindsExactlyWhatBruteForceFinds) {
  for (const bool remainder : {false, true}) {
    for (const CountTable& counts :
         {CountTable{{3, 2, 1}, {5, 8, 2}}, CountTable{{1, 0, 9}, {4, 4, 4}}, CountTable{{7, 7, 7}, {1, 1, 1}}}) {
      const PublishedCrossTable table = printed(counts, remainder);
      const CompatibleTables found = compatible_tables(table);
      EXPECT_TRUE(found.complete);
      EXPECT_EQ(found.tables, by_brute_force(table));
      EXPECT_NE(std::find(found.tables.begin(), found.tables.end(), counts), found.tables.end());
    }
  }
}

TEST(CompatibleTables, T11HasNoTableAsPrinted) {
  const CompatibleTables found = compatible_tables(test::status_by_tier());
  EXPECT_TRUE(found.complete);
  EXPECT_TRUE(found.tables.empty());
  EXPECT_TRUE(compatible_rows(test::status_by_tier(), 2).counts.empty());
  EXPECT_FALSE(compatible_rows(test::status_by_tier(), 0).counts.empty());
}

TEST(CompatibleTables, SaysWhenItStopped) {
  PublishedCrossTable table = printed({{300, 200, 100}, {500, 800, 200}}, true);
  table.parts.clear();
  const CompatibleTables found = compatible_tables(table, {.steps = 1'000'000, .tables = 50});
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.tables.size(), 50U);
}

TEST(CompatibleTables, RefusesPartsThatDoNotFit) {
  PublishedCrossTable table = test::status_by_tier();
  table.parts[0].column = 3;
  EXPECT_THROW((void)compatible_tables(table), ArgumentError);
  table = test::status_by_tier();
  table.cells[1].pop_back();
  EXPECT_THROW((void)compatible_rows(table, 0), ArgumentError);
}

}  // namespace
}  // namespace maillage
