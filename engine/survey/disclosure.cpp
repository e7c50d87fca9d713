#include "engine/survey/disclosure.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Statuses = std::vector<std::vector<CellStatus>>;
using Flags = std::vector<std::vector<bool>>;

/// Far below one unit, far above what the solver leaves.
constexpr double kRounding = 1e-6;

std::size_t columns_of(const CountGrid& counts) {
  return counts.empty() ? 0 : counts.front().size();
}

void check(const CountGrid& counts) {
  const std::size_t columns = columns_of(counts);
  bool sums = counts.size() >= 2 && columns >= 2;
  for (std::size_t row = 0; sums && row < counts.size(); ++row) {
    sums = counts[row].size() == columns &&
           std::all_of(counts[row].begin(), counts[row].end(), [](const std::int64_t count) { return count >= 0; }) &&
           std::accumulate(counts[row].begin(), counts[row].end() - 1, std::int64_t{0}) == counts[row].back();
  }
  for (std::size_t column = 0; sums && column < columns; ++column) {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row + 1 < counts.size(); ++row) {
      sum += counts[row][column];
    }
    sums = sum == counts.back()[column];
  }
  if (!sums) {
    throw ArgumentError("disclosure: a grid of counts whose last row and column are sums");
  }
}

/// Every row and column equals its total.
std::vector<LinearRow> sums_of(const CountGrid& counts) {
  const std::size_t columns = columns_of(counts);
  std::vector<LinearRow> rows;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    LinearRow sum;
    for (std::size_t column = 0; column < columns; ++column) {
      sum.terms.emplace_back(row * columns + column, column + 1 == columns ? -1.0 : 1.0);
    }
    rows.push_back(std::move(sum));
  }
  for (std::size_t column = 0; column < columns; ++column) {
    LinearRow sum;
    for (std::size_t row = 0; row < counts.size(); ++row) {
      sum.terms.emplace_back(row * columns + column, row + 1 == counts.size() ? -1.0 : 1.0);
    }
    rows.push_back(std::move(sum));
  }
  return rows;
}

/// What a reader knows: published cells as they are, others at least 0.
LinearProgram knowledge(const CountGrid& counts, const Statuses& cells, const PublishedRelations& relations) {
  LinearProgram program;
  const auto total = static_cast<double>(counts.back().back());
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < columns_of(counts); ++column) {
      const bool shown = cells[row][column] == CellStatus::published;
      const auto count = static_cast<double>(counts[row][column]);
      program.low.push_back(shown ? count : 0);
      program.high.push_back(shown ? count : total);
      program.cost.push_back(0);
    }
  }
  program.rows = sums_of(counts);
  program.rows.insert(program.rows.end(), relations.begin(), relations.end());
  return program;
}

/// Nearest whole number where the solver came within its tolerance of it.
double tidied(const double value) {
  return std::abs(value - std::round(value)) < kRounding ? std::round(value) + 0.0 : value;
}

bool is_narrow(const DeducedInterval& interval, const DisclosureRules& rules) {
  return interval.high < static_cast<double>(rules.least_units) - kRounding ||
         interval.high - interval.low < static_cast<double>(rules.interval_width) - kRounding;
}

Statuses primary_cells(const CountGrid& counts, const DisclosureRules& rules, const std::vector<std::vector<bool>>& more) {
  Statuses cells(counts.size(), std::vector<CellStatus>(columns_of(counts), CellStatus::published));
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < cells[row].size(); ++column) {
      const std::int64_t count = counts[row][column];
      const bool last = row + 1 == counts.size() && column + 1 == cells[row].size();
      const bool few = count > 0 && count < rules.least_units;
      const bool whole_row = rules.single_category && column + 1 < cells[row].size() && row + 1 < counts.size() &&
                             count > 0 && count == counts[row].back();
      const bool asked = !more.empty() && more[row][column];
      if (!last && (few || whole_row || asked)) {
        cells[row][column] = CellStatus::primary;
      }
    }
  }
  return cells;
}

/// How dear it is to hide a cell, per unit that it may move: its count; zeros and totals last.
double hiding_cost(const CountGrid& counts, const std::size_t row, const std::size_t column) {
  const auto total = static_cast<double>(counts.back().back());
  const auto count = static_cast<double>(counts[row][column]);
  const bool margin = row + 1 == counts.size() || column + 1 == columns_of(counts);
  return (count == 0 ? total : count) + (margin ? 2 * total : 0);
}

/// Cells that let the cell at (row, column) rise by `rise` at least hidden counts: a least-cost change of the table that
/// keeps all sums. Variables 2k and 2k + 1: rise and fall of cell k.
std::vector<std::size_t> helpers_of(const CountGrid& counts, const Statuses& cells, const Flags& elsewhere,
                                    const std::size_t target, const double rise) {
  const std::size_t columns = columns_of(counts);
  const auto total = static_cast<double>(counts.back().back());
  LinearProgram program;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const bool grand_total = row + 1 == counts.size() && column + 1 == columns;
      const bool hidden = cells[row][column] != CellStatus::published;
      const bool is_target = row * columns + column == target;
      const double cost = hidden ? 0 : hiding_cost(counts, row, column);
      program.low.insert(program.low.end(), {is_target ? rise : 0, 0});
      const bool fixed = grand_total || (!hidden && !elsewhere.empty() && elsewhere[row][column]);
      program.high.push_back(fixed ? 0 : is_target ? rise : total);
      program.high.push_back(fixed || is_target ? 0 : static_cast<double>(counts[row][column]));
      program.cost.insert(program.cost.end(), {cost, cost});
    }
  }
  for (LinearRow& sum : sums_of(counts)) {
    LinearRow change;
    for (const auto& [cell, sign] : sum.terms) {
      change.terms.emplace_back(2 * cell, sign);
      change.terms.emplace_back(2 * cell + 1, -sign);
    }
    program.rows.push_back(std::move(change));
  }
  std::vector<std::size_t> helpers;
  if (const auto solution = solve(program)) {
    for (std::size_t cell = 0; cell < counts.size() * columns; ++cell) {
      if (solution->values[2 * cell] > kRounding || solution->values[2 * cell + 1] > kRounding) {
        helpers.push_back(cell);
      }
    }
  }
  return helpers;
}

}  // namespace

std::int64_t SuppressionMask::hidden(const CellStatus status) const {
  std::int64_t number = 0;
  for (const auto& row : cells) {
    number += std::count(row.begin(), row.end(), status);
  }
  return number;
}

bool is_dominated(const std::span<const double> contributions, const DisclosureRules& rules) {
  double sum = 0;
  double largest = 0;
  for (const double contribution : contributions) {
    if (!(contribution >= 0)) {
      throw ArgumentError("dominance: contributions of at least 0");
    }
    sum += contribution;
    largest = std::max(largest, contribution);
  }
  return largest > rules.most_share * sum;
}

PublishedRelations printed_share(const std::size_t part, const std::size_t whole, const Decimal& percentage) {
  const double unit = std::pow(10.0, -percentage.decimals);
  const double printed = static_cast<double>(percentage.units) * unit;
  // printed - unit / 2 <= 100 part / whole <= printed + unit / 2
  return {{.terms = {{part, 100.0}, {whole, -(printed - unit / 2)}}, .low = 0, .high = HUGE_VAL},
          {.terms = {{part, 100.0}, {whole, -(printed + unit / 2)}}, .low = -HUGE_VAL, .high = 0}};
}

CountGrid count_grid(const Table& table) {
  CountGrid counts;
  for (const auto& row : table.rows) {
    counts.emplace_back();
    for (std::size_t column = 1; column < row.size(); ++column) {
      const auto* count = std::get_if<std::int64_t>(&row[column]);
      if (count == nullptr) {
        throw ArgumentError("disclosure: a table of counts");
      }
      counts.back().push_back(*count);
    }
  }
  check(counts);
  return counts;
}

std::vector<DeducedInterval> deduced_intervals(const CountGrid& counts, const Statuses& cells,
                                               const PublishedRelations& relations) {
  check(counts);
  const std::size_t columns = columns_of(counts);
  bool fits = cells.size() == counts.size();
  for (const auto& row : cells) {
    fits = fits && row.size() == columns;
  }
  if (!fits) {
    throw ArgumentError("disclosure: a mask of the grid's shape");
  }
  for (const LinearRow& relation : relations) {
    double value = 0;
    for (const auto& [cell, coefficient] : relation.terms) {
      fits = fits && cell < counts.size() * columns;
      value += fits ? coefficient * static_cast<double>(counts[cell / columns][cell % columns]) : 0;
    }
    fits = fits && value >= relation.low - kRounding && value <= relation.high + kRounding;
  }
  if (!fits) {
    throw ArgumentError("disclosure: relations that the table itself fulfils");
  }
  LinearProgram program = knowledge(counts, cells, relations);
  std::vector<DeducedInterval> intervals;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      if (cells[row][column] == CellStatus::published) {
        continue;
      }
      const std::size_t cell = row * columns + column;
      program.cost[cell] = 1;
      const auto least = solve(program);
      program.cost[cell] = -1;
      const auto most = solve(program);
      program.cost[cell] = 0;
      if (!least || !most) {
        throw ArgumentError("disclosure: the solver found no table, though one exists");
      }
      intervals.push_back({.row = row, .column = column, .low = tidied(least->cost), .high = tidied(-most->cost)});
    }
  }
  return intervals;
}

SuppressionMask suppress(const CountGrid& counts, const DisclosureRules& rules, const Flags& primary,
                         const Flags& elsewhere) {
  check(counts);
  for (const Flags* flags : {&primary, &elsewhere}) {
    const bool fits =
        flags->empty() || (flags->size() == counts.size() && std::all_of(flags->begin(), flags->end(), [&](const auto& row) {
                             return row.size() == columns_of(counts);
                           }));
    if (!fits) {
      throw ArgumentError("disclosure: cells of the grid's shape");
    }
  }
  const std::size_t columns = columns_of(counts);
  SuppressionMask mask{.cells = primary_cells(counts, rules, primary), .deduced = {}, .safe = true};
  for (std::size_t cell = 0; cell < counts.size() * columns; ++cell) {
    if (mask.cells[cell / columns][cell % columns] != CellStatus::primary) {
      continue;
    }
    const std::int64_t to_least = rules.least_units - counts[cell / columns][cell % columns];
    const auto rise = static_cast<double>(std::max({std::int64_t{1}, rules.interval_width, to_least}));
    for (const std::size_t helper : helpers_of(counts, mask.cells, elsewhere, cell, rise)) {
      CellStatus& status = mask.cells[helper / columns][helper % columns];
      status = status == CellStatus::published ? CellStatus::secondary : status;
    }
  }
  mask.deduced = deduced_intervals(counts, mask.cells);
  for (DeducedInterval& interval : mask.deduced) {
    interval.narrow = mask.cells[interval.row][interval.column] == CellStatus::primary && is_narrow(interval, rules);
    mask.safe = mask.safe && !interval.narrow;
  }
  return mask;
}

Table masked(const Table& table, const SuppressionMask& mask, const CrossTabCells cells) {
  bool fits = table.rows.size() == mask.cells.size();
  for (std::size_t row = 0; fits && row < table.rows.size(); ++row) {
    fits = table.rows[row].size() == mask.cells[row].size() + 1;
  }
  if (!fits) {
    throw ArgumentError("disclosure: a table of the mask's shape");
  }
  Table result = table;
  for (std::size_t row = 0; row < result.rows.size(); ++row) {
    const std::size_t last = mask.cells[row].size() - 1;
    for (std::size_t column = 0; column <= last; ++column) {
      const bool share_of_hidden =
          (cells == CrossTabCells::row_percentages && !mask.shows(row, last)) ||
          (cells == CrossTabCells::column_percentages && !mask.shows(mask.cells.size() - 1, column));
      if (!mask.shows(row, column) || share_of_hidden) {
        result.rows[row][column + 1] = Text{.french = "s", .english = "s"};
      }
    }
  }
  return result;
}

}  // namespace maillage
