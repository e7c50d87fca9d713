#include "engine/survey/compatible_tables.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Row = std::vector<std::int64_t>;

std::size_t column_count(const PublishedCrossTable& table) {
  return table.columns.size() + (table.remainder.empty() ? 0 : 1);
}

void check(const PublishedCrossTable& table) {
  bool fits = !table.rows.empty() && !table.columns.empty() && table.row_percentages.size() == table.rows.size() &&
              table.cells.size() == table.rows.size();
  for (const auto& row : table.cells) {
    fits = fits && row.size() == table.columns.size();
  }
  for (const ColumnPart& part : table.parts) {
    fits = fits && part.column < column_count(table);
  }
  if (!fits) {
    throw ArgumentError("audit: a cross table with rows, cells or parts that do not fit together");
  }
}

/// All counts of one row of `total` units, column by column.
class RowSearch {
 public:
  RowSearch(std::vector<CountRange> cells, const bool remainder, RowOptions& found)
      : cells_(std::move(cells)), remainder_(remainder), found_(found) {}

  void fill(const std::int64_t left) {
    if (++found_.steps > kMostRowSteps) {
      found_.complete = false;
      return;
    }
    const std::size_t column = row_.size();
    if (column == cells_.size()) {
      if (remainder_ || left == 0) {
        found_.counts.push_back(row_);
      }
      if (remainder_) {
        found_.counts.back().push_back(left);
      }
      return;
    }
    const bool last = !remainder_ && column + 1 == cells_.size();
    const std::int64_t first = last ? std::max(left, cells_[column].first) : cells_[column].first;
    for (std::int64_t count = first; count <= std::min(cells_[column].last, left) && found_.complete; ++count) {
      row_.push_back(count);
      fill(left - count);
      row_.pop_back();
    }
  }

 private:
  static constexpr std::int64_t kMostRowSteps = 200'000;
  std::vector<CountRange> cells_;
  bool remainder_;
  RowOptions& found_;
  Row row_;
};

/// Range of the sum of each column: of its parts, or anything where no part says; empty where no count prints as a part.
std::vector<CountRange> column_sums(const PublishedCrossTable& table) {
  std::vector<CountRange> sums(column_count(table), CountRange{0, 0});
  std::vector<int> parts(sums.size(), 0);
  std::vector<bool> broken(sums.size(), false);
  for (const ColumnPart& part : table.parts) {
    const CountRange range = counts_printed_as(part.percentage, table.base);
    sums[part.column].first += range.first;
    sums[part.column].last += range.last;
    ++parts[part.column];
    broken[part.column] = broken[part.column] || range.empty();
  }
  for (std::size_t column = 0; column < sums.size(); ++column) {
    if (parts[column] == 0) {
      sums[column] = {0, table.base};
    }
    if (broken[column]) {
      sums[column] = {};
    }
  }
  return sums;
}

class Search {
 public:
  Search(const PublishedCrossTable& table, const SearchLimits& limits)
      : base_(table.base), limits_(limits), sums_(column_sums(table)), sum_(sums_.size(), 0) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      RowOptions options = compatible_rows(table, row);
      result_.complete = result_.complete && options.complete;
      result_.steps += options.steps;
      rows_.push_back(std::move(options.counts));
    }
    // What the rows below add at least and at most, per column and in all.
    least_.assign(rows_.size() + 1, Row(sums_.size() + 1, 0));
    most_ = least_;
    for (std::size_t row = rows_.size(); row-- > 0;) {
      for (std::size_t column = 0; column <= sums_.size(); ++column) {
        std::int64_t least = base_;
        std::int64_t most = 0;
        for (const Row& option : rows_[row]) {
          const std::int64_t count = value(option, column);
          least = std::min(least, count);
          most = std::max(most, count);
        }
        least_[row][column] = least_[row + 1][column] + least;
        most_[row][column] = most_[row + 1][column] + most;
      }
    }
  }

  CompatibleTables run() {
    const bool possible = std::none_of(sums_.begin(), sums_.end(), [](const CountRange& sum) { return sum.empty(); });
    if (possible && result_.complete &&
        std::none_of(rows_.begin(), rows_.end(), [](const auto& options) { return options.empty(); })) {
      descend(0, 0);
    }
    std::sort(result_.tables.begin(), result_.tables.end());
    return std::move(result_);
  }

 private:
  /// Beyond the columns, the total of the row.
  static std::int64_t value(const Row& option, const std::size_t column) {
    if (column < option.size()) {
      return option[column];
    }
    std::int64_t total = 0;
    for (const std::int64_t count : option) {
      total += count;
    }
    return total;
  }

  [[nodiscard]] bool may_end_well(const std::size_t row, const std::int64_t total) const {
    for (std::size_t column = 0; column < sums_.size(); ++column) {
      if (sum_[column] + least_[row][column] > sums_[column].last ||
          sum_[column] + most_[row][column] < sums_[column].first) {
        return false;
      }
    }
    return total + least_[row].back() <= base_ && total + most_[row].back() >= base_;
  }

  void descend(const std::size_t row, const std::int64_t total) {
    if (++result_.steps > limits_.steps || result_.tables.size() >= limits_.tables) {
      result_.complete = false;
      return;
    }
    if (!may_end_well(row, total)) {
      return;
    }
    if (row == rows_.size()) {
      result_.tables.push_back(chosen_);
      return;
    }
    for (const Row& option : rows_[row]) {
      for (std::size_t column = 0; column < option.size(); ++column) {
        sum_[column] += option[column];
      }
      chosen_.push_back(option);
      descend(row + 1, total + value(option, sums_.size()));
      chosen_.pop_back();
      for (std::size_t column = 0; column < option.size(); ++column) {
        sum_[column] -= option[column];
      }
      if (!result_.complete) {
        return;
      }
    }
  }

  std::int64_t base_;
  SearchLimits limits_;
  std::vector<CountRange> sums_;
  Row sum_;
  std::vector<std::vector<Row>> rows_;
  std::vector<Row> least_;
  std::vector<Row> most_;
  CountTable chosen_;
  CompatibleTables result_;
};

}  // namespace

RowOptions compatible_rows(const PublishedCrossTable& table, const std::size_t row) {
  check(table);
  RowOptions found;
  const CountRange totals = counts_printed_as(table.row_percentages[row], table.base);
  for (std::int64_t total = std::max(std::int64_t{1}, totals.first); total <= totals.last && found.complete; ++total) {
    std::vector<CountRange> cells;
    for (const Decimal& cell : table.cells[row]) {
      cells.push_back(counts_printed_as(cell, total));
    }
    RowSearch{std::move(cells), !table.remainder.empty(), found}.fill(total);
  }
  return found;
}

CompatibleTables compatible_tables(const PublishedCrossTable& table, const SearchLimits& limits) {
  check(table);
  return Search{table, limits}.run();
}

}  // namespace maillage
