#include "engine/survey/disclosure.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Role = SystemCell::Role;
using Counts = std::vector<std::vector<std::int64_t>>;

Counts with_totals(Counts counts) {
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

/// A published table with its totals, the whole total known: cell row * columns + column.
CellSystem table_of(const Counts& counts) {
  const std::size_t rows = counts.size();
  const std::size_t columns = counts.front().size();
  const auto whole = static_cast<double>(counts.back().back());
  CellSystem system;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const auto count = static_cast<double>(counts[row][column]);
      const bool margin = row + 1 == rows || column + 1 == columns;
      const bool last = row + 1 == rows && column + 1 == columns;
      system.cells.push_back({.value = count,
                              .shown_low = count,
                              .shown_high = count,
                              .most = whole,
                              .cost = (count > 0 ? count : whole) + (margin ? 2 * whole : 0),
                              .role = last ? Role::known : Role::offered,
                              .primary = !last && count > 0 && count < 3});
    }
  }
  for (std::size_t row = 0; row < rows; ++row) {
    system.relations.push_back({});
    for (std::size_t column = 0; column < columns; ++column) {
      system.relations.back().terms.emplace_back(row * columns + column, column + 1 == columns ? -1.0 : 1.0);
    }
  }
  for (std::size_t column = 0; column < columns; ++column) {
    system.relations.push_back({});
    for (std::size_t row = 0; row < rows; ++row) {
      system.relations.back().terms.emplace_back(row * columns + column, row + 1 == rows ? -1.0 : 1.0);
    }
  }
  return system;
}

std::vector<std::size_t> hidden_cells(const Suppression& suppression) {
  std::vector<std::size_t> hidden;
  for (std::size_t cell = 0; cell < suppression.cells.size(); ++cell) {
    if (suppression.cells[cell] != CellStatus::published) {
      hidden.push_back(cell);
    }
  }
  return hidden;
}

// Legal status by kind of commune behind the study of 2019: 1 public structure of 11 in the two largest cities.
Counts status_by_tier() {
  return with_totals({{63, 25, 0}, {77, 24, 7}, {22, 27, 2}, {1, 10, 0}});
}

TEST(Suppress, T11RefusesTheCellOfOneOfEleven) {
  const Suppression found = suppress(table_of(status_by_tier()), {});
  EXPECT_TRUE(found.safe);
  EXPECT_EQ(found.cells[3 * 4], CellStatus::primary);
  EXPECT_EQ(found.cells[2 * 4 + 2], CellStatus::primary);  // 2 of the 51
  ASSERT_EQ(found.deduced.size(), 2U);
  EXPECT_GE(hidden_cells(found).size(), 4U);
  for (const DeducedInterval& interval : found.deduced) {
    EXPECT_GE(interval.high, 3);
    EXPECT_GE(interval.high - interval.low, 2);
  }
}

TEST(Suppress, HidingTheCellAloneWouldTellIt) {
  const CellSystem table = table_of(status_by_tier());
  std::vector<CellStatus> alone(table.cells.size(), CellStatus::published);
  alone[3 * 4] = CellStatus::primary;
  const auto intervals = deduced_intervals(table, alone, std::vector<std::size_t>{3 * 4});
  ASSERT_EQ(intervals.size(), 1U);
  EXPECT_EQ(intervals[0].low, 1);
  EXPECT_EQ(intervals[0].high, 1);
}

/// Least and largest count of each hidden cell in every table of whole counts that agrees with what is shown.
std::vector<std::pair<double, double>> by_brute_force(const Counts& counts, const Suppression& found) {
  const std::size_t rows = counts.size() - 1;
  const std::size_t columns = counts.front().size() - 1;
  const auto shows = [&](const std::size_t row, const std::size_t column) {
    return found.cells[row * (columns + 1) + column] == CellStatus::published;
  };
  std::vector<std::pair<double, double>> intervals(hidden_cells(found).size(), {HUGE_VAL, -1});
  Counts inner(rows, std::vector<std::int64_t>(columns, 0));
  const std::function<void(std::size_t, std::int64_t)> fill = [&](const std::size_t cell, const std::int64_t left) {
    if (cell == rows * columns) {
      const Counts guess = with_totals(inner);
      bool agrees = left == 0;
      for (std::size_t row = 0; row <= rows; ++row) {
        for (std::size_t column = 0; column <= columns; ++column) {
          agrees = agrees && (!shows(row, column) || guess[row][column] == counts[row][column]);
        }
      }
      std::size_t k = 0;
      for (const std::size_t hidden : hidden_cells(found)) {
        const auto value = static_cast<double>(guess[hidden / (columns + 1)][hidden % (columns + 1)]);
        intervals[k].first = agrees ? std::min(intervals[k].first, value) : intervals[k].first;
        intervals[k].second = agrees ? std::max(intervals[k].second, value) : intervals[k].second;
        ++k;
      }
      return;
    }
    const std::size_t row = cell / columns;
    const std::size_t column = cell % columns;
    const std::int64_t least = shows(row, column) ? counts[row][column] : 0;
    const std::int64_t most = shows(row, column) ? counts[row][column] : left;
    for (std::int64_t count = least; count <= std::min(most, left); ++count) {
      inner[row][column] = count;
      fill(cell + 1, left - count);
    }
  };
  fill(0, counts.back().back());
  return intervals;
}

TEST(Suppress, ProtectsRandomTablesAsBruteForceConfirms) {
  CounterRandom random{11, DrawPurpose::random_table, 0, 0};
  int unprotected = 0;
  for (int round = 0; round < 60; ++round) {
    Counts inner(3, std::vector<std::int64_t>(2, 0));
    for (auto& row : inner) {
      for (std::int64_t& count : row) {
        count = random.below(6);
      }
    }
    const Counts counts = with_totals(inner);
    const CellSystem table = table_of(counts);
    const Suppression found = suppress(table, {});
    const auto expected = by_brute_force(counts, found);
    const std::vector<std::size_t> hidden = hidden_cells(found);
    const auto deduced = deduced_intervals(table, found.cells, hidden);
    for (std::size_t k = 0; k < expected.size(); ++k) {
      EXPECT_NEAR(deduced[k].low, expected[k].first, 1e-6) << round;
      EXPECT_NEAR(deduced[k].high, expected[k].second, 1e-6) << round;
      if (found.cells[hidden[k]] == CellStatus::primary && found.safe) {
        EXPECT_GE(expected[k].second, 3);
        EXPECT_GE(expected[k].second - expected[k].first, 2);
      }
    }
    unprotected += found.safe ? 0 : 1;
    EXPECT_EQ(suppress(table, {}).cells, found.cells);
  }
  EXPECT_LT(unprotected, 10);
}

TEST(Suppress, SaysWhenNoHidingProtects) {
  CellSystem two = table_of(with_totals({{1, 1}}));
  for (const std::size_t total : {2U, 3U, 4U, 5U}) {
    two.cells[total].role = Role::known;
    two.cells[total].primary = false;
  }
  const Suppression found = suppress(two, {});
  EXPECT_FALSE(found.safe);
  EXPECT_TRUE(found.deduced[0].narrow);
}

TEST(Suppress, TakesCellsHiddenForOtherReasons) {
  CellSystem table = table_of(with_totals({{40, 50}, {60, 70}}));
  EXPECT_TRUE(hidden_cells(suppress(table, {})).empty());
  table.cells[1].primary = true;
  const Suppression found = suppress(table, {});
  EXPECT_EQ(hidden_cells(found), (std::vector<std::size_t>{0, 1, 3, 4}));
  EXPECT_TRUE(found.safe);
}

TEST(Suppress, AsksNoMoreThanWhatEverybodyKnowsLeaves) {
  // One structure stands there, as all know: what remains secret is which of the two it is.
  CellSystem table = table_of(with_totals({{1, 0}, {20, 30}}));
  for (const std::size_t cell : {2U, 5U}) {
    table.cells[cell].role = Role::known;
    table.cells[cell].primary = false;
  }
  table.cells[0].most = table.cells[1].most = 1;
  const Suppression found = suppress(table, {});
  EXPECT_TRUE(found.safe);
  ASSERT_EQ(found.deduced.size(), 1U);
  EXPECT_EQ(found.deduced[0].low, 0);
  EXPECT_EQ(found.deduced[0].high, 1);
}

TEST(DeducedIntervals, TakeRoundedFiguresIntoAccount) {
  // Counts hidden, but the share of the first column in the first row, 3 of 10, is printed as 30 %: as a figure, 100 x - 30 total.
  CellSystem table = table_of(with_totals({{3, 7}, {20, 20}}));
  std::vector<CellStatus> cells(table.cells.size(), CellStatus::published);
  cells[0] = cells[1] = cells[3] = cells[4] = CellStatus::secondary;
  const std::vector<std::size_t> first{0};
  EXPECT_EQ(deduced_intervals(table, cells, first)[0].low, 0);
  EXPECT_EQ(deduced_intervals(table, cells, first)[0].high, 10);
  table.relations.push_back({.terms = {{0, 100.0}, {2, -30.0}, {table.cells.size(), -1.0}}});
  table.cells.push_back(
      {.value = 0, .shown_low = -5, .shown_high = 5, .least = -HUGE_VAL, .cost = 0.1, .role = Role::offered});
  cells.push_back(CellStatus::published);
  const auto told = deduced_intervals(table, cells, first);
  EXPECT_NEAR(told[0].low, 2.95, 1e-9);
  EXPECT_NEAR(told[0].high, 3.05, 1e-9);
  // Hidden rather than a count when a cell must be protected from it.
  table.cells[0].primary = true;
  const Suppression found = suppress(table, {});
  EXPECT_TRUE(found.safe);
  EXPECT_EQ(found.cells.back(), CellStatus::secondary);
  table.cells.back().value = 60;
  EXPECT_THROW((void)suppress(table, {}), ArgumentError);
}

TEST(IsDominated, AtMoreThanEightyFivePercent) {
  EXPECT_FALSE(is_dominated(std::vector<double>{85, 15}, {}));
  EXPECT_TRUE(is_dominated(std::vector<double>{86, 14}, {}));
  EXPECT_FALSE(is_dominated(std::vector<double>{}, {}));
  EXPECT_THROW((void)is_dominated(std::vector<double>{NAN}, {}), ArgumentError);
}

}  // namespace
}  // namespace maillage
