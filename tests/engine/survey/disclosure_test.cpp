#include "engine/survey/disclosure.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

CountGrid with_totals(CountGrid counts) {
  for (auto& row : counts) {
    std::int64_t sum = 0;
    for (const std::int64_t count : row) {
      sum += count;
    }
    row.push_back(sum);
  }
  counts.emplace_back(counts.front().size(), 0);
  for (std::size_t row = 0; row + 1 < counts.size(); ++row) {
    for (std::size_t column = 0; column < counts[row].size(); ++column) {
      counts.back()[column] += counts[row][column];
    }
  }
  return counts;
}

// Legal status by kind of commune behind the study of 2019: 1 public structure of 11 in the two largest cities.
const CountGrid& status_by_tier() {
  static const CountGrid kCounts = with_totals({{63, 25, 0}, {77, 24, 7}, {22, 27, 2}, {1, 10, 0}});
  return kCounts;
}

TEST(Suppress, T11RefusesTheCellOfOneOfEleven) {
  const SuppressionMask mask = suppress(status_by_tier());
  EXPECT_TRUE(mask.safe);
  EXPECT_EQ(mask.cells[3][0], CellStatus::primary);
  EXPECT_EQ(mask.cells[2][2], CellStatus::primary);  // 2 of the 51
  EXPECT_EQ(mask.hidden(CellStatus::primary), 2);
  EXPECT_GE(mask.hidden(CellStatus::secondary), 2);
  for (const DeducedInterval& interval : mask.deduced) {
    if (mask.cells[interval.row][interval.column] == CellStatus::primary) {
      EXPECT_LE(interval.low, static_cast<double>(status_by_tier()[interval.row][interval.column]));
      EXPECT_GE(interval.high, 3);
      EXPECT_GE(interval.high - interval.low, 2);
    }
  }
}

TEST(Suppress, HidingTheCellAloneWouldTellIt) {
  std::vector<std::vector<CellStatus>> alone(5, std::vector<CellStatus>(4, CellStatus::published));
  alone[3][0] = CellStatus::primary;
  const auto intervals = deduced_intervals(status_by_tier(), alone);
  ASSERT_EQ(intervals.size(), 1U);
  EXPECT_EQ(intervals[0].low, 1);
  EXPECT_EQ(intervals[0].high, 1);
}

// Every table of whole counts that agrees with what is shown.
std::vector<DeducedInterval> by_brute_force(const CountGrid& counts, const SuppressionMask& mask) {
  const std::size_t rows = counts.size() - 1;
  const std::size_t columns = counts.front().size() - 1;
  std::vector<DeducedInterval> intervals;
  for (std::size_t row = 0; row <= rows; ++row) {
    for (std::size_t column = 0; column <= columns; ++column) {
      if (!mask.shows(row, column)) {
        intervals.push_back({.row = row, .column = column, .low = HUGE_VAL, .high = -1});
      }
    }
  }
  CountGrid inner(rows, std::vector<std::int64_t>(columns, 0));
  const std::int64_t total = counts.back().back();
  const std::function<void(std::size_t, std::int64_t)> fill = [&](const std::size_t cell, const std::int64_t left) {
    if (cell == rows * columns) {
      const CountGrid guess = with_totals(inner);
      bool agrees = left == 0;
      for (std::size_t row = 0; row <= rows; ++row) {
        for (std::size_t column = 0; column <= columns; ++column) {
          agrees = agrees && (!mask.shows(row, column) || guess[row][column] == counts[row][column]);
        }
      }
      for (DeducedInterval& interval : intervals) {
        const auto value = static_cast<double>(guess[interval.row][interval.column]);
        interval.low = agrees ? std::min(interval.low, value) : interval.low;
        interval.high = agrees ? std::max(interval.high, value) : interval.high;
      }
      return;
    }
    const std::size_t row = cell / columns;
    const std::size_t column = cell % columns;
    if (mask.shows(row, column)) {
      inner[row][column] = counts[row][column];
      if (inner[row][column] <= left) {
        fill(cell + 1, left - inner[row][column]);
      }
      return;
    }
    for (std::int64_t count = 0; count <= left; ++count) {
      inner[row][column] = count;
      fill(cell + 1, left - count);
    }
  };
  fill(0, total);
  return intervals;
}

TEST(Suppress, ProtectsRandomTablesAsBruteForceConfirms) {
  CounterRandom random{11, DrawPurpose::random_table, 0, 0};
  int unprotected = 0;
  for (int round = 0; round < 60; ++round) {
    CountGrid inner(3, std::vector<std::int64_t>(2, 0));
    for (auto& row : inner) {
      for (std::int64_t& count : row) {
        count = random.below(6);
      }
    }
    const CountGrid counts = with_totals(inner);
    const SuppressionMask mask = suppress(counts);
    const auto expected = by_brute_force(counts, mask);
    ASSERT_EQ(mask.deduced.size(), expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k) {
      EXPECT_NEAR(mask.deduced[k].low, expected[k].low, 1e-6) << round;
      EXPECT_NEAR(mask.deduced[k].high, expected[k].high, 1e-6) << round;
      const bool primary = mask.cells[expected[k].row][expected[k].column] == CellStatus::primary;
      if (primary && mask.safe) {
        EXPECT_GE(expected[k].high, 3);
        EXPECT_GE(expected[k].high - expected[k].low, 2);
      }
    }
    unprotected += mask.safe ? 0 : 1;
    EXPECT_EQ(suppress(counts).cells, mask.cells);
  }
  EXPECT_LT(unprotected, 10);
}

TEST(Suppress, SaysWhenATableCannotBeProtected) {
  const SuppressionMask mask = suppress(with_totals({{1, 0}, {0, 0}}));
  EXPECT_FALSE(mask.safe);
}

TEST(Suppress, TakesCellsHiddenForOtherReasons) {
  const CountGrid counts = with_totals({{40, 50}, {60, 70}});
  std::vector<std::vector<bool>> dominated(3, std::vector<bool>(3, false));
  EXPECT_EQ(suppress(counts).hidden(CellStatus::primary), 0);
  dominated[0][1] = true;
  const SuppressionMask mask = suppress(counts, {}, dominated);
  EXPECT_EQ(mask.hidden(CellStatus::secondary), 3);
  EXPECT_TRUE(mask.safe);
  DisclosureRules rules;
  rules.single_category = true;
  EXPECT_EQ(suppress(with_totals({{40, 0}, {60, 70}}), rules).cells[0][0], CellStatus::primary);
}

TEST(Suppress, TakesNoCellThatAnotherTableShows) {
  const CountGrid counts = with_totals({{1, 2}, {20, 30}});
  std::vector<std::vector<bool>> totals(3, std::vector<bool>(3, false));
  for (std::size_t k = 0; k < 3; ++k) {
    totals[2][k] = totals[k][2] = true;
  }
  const SuppressionMask mask = suppress(counts, {}, {}, totals);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_TRUE(mask.shows(2, k));
    EXPECT_TRUE(mask.shows(k, 2));
  }
  EXPECT_TRUE(mask.safe);
  EXPECT_FALSE(suppress(with_totals({{1, 0}, {20, 30}}), {}, {}, totals).safe);
}

TEST(DeducedIntervals, TakeRoundedPercentagesIntoAccount) {
  // Counts hidden, but the share of the first column in the first row is printed: 30 %.
  const CountGrid counts = with_totals({{3, 7}, {20, 20}});
  std::vector<std::vector<CellStatus>> cells(3, std::vector<CellStatus>(3, CellStatus::published));
  cells[0][0] = cells[0][1] = cells[1][0] = cells[1][1] = CellStatus::secondary;
  EXPECT_EQ(deduced_intervals(counts, cells)[0].low, 0);
  EXPECT_EQ(deduced_intervals(counts, cells)[0].high, 10);
  const auto told = deduced_intervals(counts, cells, printed_share(0, 2, {.units = 30, .decimals = 0}));
  EXPECT_NEAR(told[0].low, 2.95, 1e-9);
  EXPECT_NEAR(told[0].high, 3.05, 1e-9);
  EXPECT_THROW((void)deduced_intervals(counts, cells, printed_share(0, 2, {.units = 60, .decimals = 0})), ArgumentError);
}

TEST(IsDominated, AtMoreThanEightyFivePercent) {
  EXPECT_FALSE(is_dominated(std::vector<double>{85, 15}, {}));
  EXPECT_TRUE(is_dominated(std::vector<double>{86, 14}, {}));
  EXPECT_FALSE(is_dominated(std::vector<double>{}, {}));
  EXPECT_THROW((void)is_dominated(std::vector<double>{NAN}, {}), ArgumentError);
}

TEST(Masked, HidesCountsAndThePercentagesThatTellThem) {
  const std::vector<std::string> tiers{"v", "v", "v", "v", "v", "c", "c", "c", "c", "c", "c", "c"};
  const std::vector<std::string> status{"p", "p", "p", "q", "q", "p", "q", "q", "q", "q", "q", "q"};
  const CrossTab tab = cross_tab(test::attribute_of(tiers, "tier"), test::attribute_of(status, "status"), TableBase::all);
  const Table counts = cross_table(tab, CrossTabCells::counts, {});
  const CountGrid grid = count_grid(counts);
  const SuppressionMask mask = suppress(grid);
  const Table hidden = masked(counts, mask, CrossTabCells::counts);
  const Table shares = masked(cross_table(tab, CrossTabCells::row_percentages, {}), mask, CrossTabCells::row_percentages);
  for (std::size_t row = 0; row < grid.size(); ++row) {
    for (std::size_t column = 0; column < grid[row].size(); ++column) {
      const bool shown = to_text(hidden.rows[row][column + 1], Language::french) != "s";
      EXPECT_EQ(shown, mask.shows(row, column));
      if (!shown) {
        EXPECT_EQ(to_text(shares.rows[row][column + 1], Language::french), "s");
      }
      EXPECT_FALSE(shown && grid[row][column] > 0 && grid[row][column] < 3);
    }
  }
  EXPECT_THROW((void)masked(Table{}, mask, CrossTabCells::counts), ArgumentError);
  EXPECT_THROW((void)count_grid(cross_table(tab, CrossTabCells::row_percentages, {})), ArgumentError);
}

}  // namespace
}  // namespace maillage
