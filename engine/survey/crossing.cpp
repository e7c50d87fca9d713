#include "engine/survey/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.hpp"
#include "engine/survey/response_rates.hpp"

namespace maillage {
namespace {

const Text kSecret{.french = "s", .english = "s"};
const Text kSecretRemark{.french = "s : secret, trop peu de réponses ou déductible",
                         .english = "s: secret, too few answers or deducible"};
const Text kSmallRemark{.french = "moins de 30 réponses", .english = "fewer than 30 answers"};

CountGrid grid_of(const std::vector<std::vector<std::int64_t>>& counts) {
  CountGrid grid = counts;
  for (auto& row : grid) {
    std::int64_t sum = 0;
    for (const std::int64_t count : row) {
      sum += count;
    }
    row.push_back(sum);
  }
  grid.emplace_back(grid.empty() ? 0 : grid.front().size(), 0);
  for (std::size_t row = 0; row + 1 < grid.size(); ++row) {
    for (std::size_t column = 0; column < grid[row].size(); ++column) {
      grid.back()[column] += grid[row][column];
    }
  }
  return grid;
}

bool holds(const std::span<const std::string> texts, const Text& text) {
  return std::find(texts.begin(), texts.end(), text.french) != texts.end();
}

/// Hides what is to be hidden; a total that is shown elsewhere may not be needed here.
void protect(Crossing& result, const Contingency& cells, const CrossingOptions& options,
             const std::span<const std::string> hidden) {
  const CountGrid grid = grid_of(cells.counts);
  std::vector<std::vector<bool>> primary(grid.size(), std::vector<bool>(grid.front().size(), false));
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    primary[row].back() = holds(hidden, cells.rows[row]);
  }
  for (std::size_t column = 0; column < cells.columns.size(); ++column) {
    primary.back()[column] = holds(hidden, cells.columns[column]);
  }
  // Totals stand in the tables of each attribute alone.
  std::vector<std::vector<bool>> elsewhere(grid.size(), std::vector<bool>(grid.front().size(), false));
  for (std::size_t row = 0; row < grid.size(); ++row) {
    for (std::size_t column = 0; column < grid.front().size(); ++column) {
      const bool margin = row + 1 == grid.size() || column + 1 == grid.front().size();
      elsewhere[row][column] = margin && !primary[row][column];
    }
  }
  result.mask = suppress(grid, options.rules, primary, elsewhere);
  result.published = result.mask.safe;
  for (std::size_t row = 0; row < grid.size(); ++row) {
    for (std::size_t column = 0; column < grid.front().size(); ++column) {
      if (elsewhere[row][column] && !result.mask.shows(row, column)) {
        result.published = false;
      }
    }
  }
}

std::vector<TableColumn> crossing_columns(const Attribute& rows, const Attribute& columns) {
  return {{.heading = rows.label, .unit = {}},
          {.heading = columns.label, .unit = {}},
          {.heading = {.french = "réponses", .english = "answers"}, .unit = {}},
          {.heading = {.french = "base (ligne)", .english = "base (row)"}, .unit = {}},
          {.heading = {.french = "part de la ligne", .english = "share of the row"}, .unit = "%"},
          {.heading = {.french = "borne basse", .english = "low"}, .unit = "%"},
          {.heading = {.french = "borne haute", .english = "high"}, .unit = "%"},
          {.heading = {.french = "résidu ajusté", .english = "adjusted residual"}, .unit = {}},
          {.heading = {.french = "part pondérée", .english = "weighted share"}, .unit = "%"},
          {.heading = {.french = "remarque", .english = "remark"}, .unit = {}}};
}

TableCell percent_of(const double share, const int decimals) {
  return rounded_number(100 * share, decimals);
}

/// The row of the table for one cell.
std::vector<TableCell> cell_row(const Crossing& result, const Contingency& cells,
                                const std::vector<std::vector<double>>& residuals, const std::size_t row,
                                const std::size_t column, const CrossingOptions& options, const bool weighted) {
  std::int64_t base = 0;
  double weight = 0;
  for (std::size_t other = 0; other < cells.columns.size(); ++other) {
    base += cells.counts[row][other];
    weight += cells.weighted[row][other];
  }
  const bool base_shown = result.published && result.mask.shows(row, cells.columns.size());
  if (!result.published || !result.mask.shows(row, column) || !base_shown) {
    std::vector<TableCell> line{cells.rows[row], cells.columns[column], kSecret};
    line.push_back(base_shown ? TableCell{base} : TableCell{kSecret});
    line.insert(line.end(), 5, kSecret);
    line.emplace_back(kSecretRemark);
    return line;
  }
  IntervalOptions interval = options.interval;
  interval.population = std::nullopt;  // of the frame, not of its part in this row
  const double share = static_cast<double>(cells.counts[row][column]) / static_cast<double>(base);
  const ShareInterval bounds = share_interval(share, static_cast<double>(base), interval);
  return {cells.rows[row],
          cells.columns[column],
          cells.counts[row][column],
          base,
          percentage(cells.counts[row][column], base, options.decimals),
          percent_of(bounds.low, options.decimals),
          percent_of(bounds.high, options.decimals),
          rounded_number(residuals[row][column], 1),
          weighted ? percent_of(cells.weighted[row][column] / weight, options.decimals) : TableCell{},
          base < kSmallBase ? TableCell{kSmallRemark} : TableCell{}};
}

/// A share of weighted units, with the interval of as many units as the weights are worth.
void add_weighted(const Attribute& attribute, const std::span<const double> weights, const CategoryIndex category,
                  const CrossingOptions& options, std::vector<TableCell>& line) {
  double sum = 0;
  double part = 0;
  std::vector<double> used;
  for (const UnitIndex unit : attribute.values.indices()) {
    if (!attribute.values[unit].empty()) {
      used.push_back(weights[unit.value()]);
      sum += used.back();
      part += attribute.values[unit].front() == category ? used.back() : 0;
    }
  }
  if (!(sum > 0)) {
    line.insert(line.end(), 3, TableCell{});
    return;
  }
  const double share = std::clamp(part / sum, 0.0, 1.0);
  const ShareInterval bounds = share_interval(share, weight_quality(used).effective_units, options.interval);
  line.push_back(percent_of(share, options.decimals));
  line.push_back(percent_of(bounds.low, options.decimals));
  line.push_back(percent_of(bounds.high, options.decimals));
}

}  // namespace

Crossing crossing(const Attribute& rows, const Attribute& columns, const std::span<const double> weights,
                  const CrossingOptions& options, const std::span<const std::string> hidden_categories) {
  const Contingency cells = contingency(rows, columns, weights);
  Crossing result;
  result.name = rows.name + "_" + columns.name;
  result.label = {.french = rows.label.french + " × " + columns.label.french,
                  .english = rows.label.english + " × " + columns.label.english};
  result.units = cells.units;
  result.table = {.name = "croisement_" + result.name,
                  .title = result.label,
                  .base = {.french = "Base : " + std::to_string(cells.units) + " structures qui ont répondu aux deux",
                           .english = "Base: " + std::to_string(cells.units) + " structures that answered both"},
                  .columns = crossing_columns(rows, columns),
                  .rows = {}};
  if (cells.units == 0) {
    return result;
  }
  result.test = chi_square_test(cells);
  result.exact = fisher_freeman_halton(cells.counts, options.exact);
  if (!weights.empty()) {
    result.weighted = rao_scott_test(cells, weights);
  }
  protect(result, cells, options, hidden_categories);
  const auto residuals = adjusted_residuals(cells);
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
      result.table.rows.push_back(cell_row(result, cells, residuals, row, column, options, !weights.empty()));
    }
  }
  return result;
}

std::vector<std::string> hidden_pairs(const Crossing& crossing) {
  std::vector<std::string> pairs;
  for (const auto& row : crossing.table.rows) {
    if (std::holds_alternative<Text>(row[2])) {
      pairs.push_back(std::get<Text>(row[0]).french + " × " + std::get<Text>(row[1]).french);
    }
  }
  return pairs;
}

Table with_hidden_rows(Table table, const std::span<const std::string> hidden, const std::size_t first_column) {
  for (auto& row : table.rows) {
    if (holds(hidden, std::get<Text>(row.front()))) {
      std::fill(row.begin() + static_cast<std::ptrdiff_t>(first_column), row.end(), TableCell{kSecret});
    }
  }
  return table;
}

Table tests_table(const std::span<const Crossing> crossings) {
  const auto column = [](const char* french, const char* english) {
    return TableColumn{.heading = {.french = french, .english = english}, .unit = {}};
  };
  Table table{
      .name = "tests",
      .title = {.french = "Tests d'indépendance", .english = "Tests of independence"},
      .base = {},
      .columns = {column("croisement", "crossing"), column("réponses", "answers"), column("khi-deux", "chi-square"),
                  column("degrés de liberté", "degrees of freedom"), column("p", "p"),
                  column("cases de moins de 5 attendues", "cells of fewer than 5 expected"), column("p exact", "exact p"),
                  column("méthode", "method"), column("V de Cramér corrigé", "bias-corrected Cramer's V"),
                  column("p pondéré (Rao-Scott)", "weighted p (Rao-Scott)"),
                  column("p pondéré, second ordre", "weighted p, second order")},
      .rows = {}};
  for (const Crossing& crossing : crossings) {
    const bool enumerated = crossing.exact.method == ExactMethod::enumeration;
    const std::string tables = std::to_string(crossing.exact.tables);
    table.rows.push_back(
        {crossing.label, crossing.units, rounded_number(crossing.test.statistic, 2), crossing.test.degrees_of_freedom,
         rounded_number(crossing.test.p, 4), crossing.test.small_expected, rounded_number(crossing.exact.p, 4),
         Text{.french = enumerated ? "énumération (" + tables + " tableaux)" : "tirage (" + tables + " tableaux)",
              .english = enumerated ? "enumeration (" + tables + " tables)" : "draws (" + tables + " tables)"},
         crossing.test.cramers_v ? rounded_number(*crossing.test.cramers_v, 2) : TableCell{},
         crossing.weighted ? rounded_number(crossing.weighted->p, 4) : TableCell{},
         crossing.weighted ? rounded_number(crossing.weighted->second_p, 4) : TableCell{}});
  }
  return table;
}

Distribution distribution(const Attribute& attribute, const std::span<const double> weights,
                          const CrossingOptions& options) {
  const FrameCounts counts = frame_counts(attribute);
  std::int64_t base = 0;
  for (const std::int64_t count : counts.counts) {
    base += count;
  }
  const auto percent = TableColumn{.heading = {.french = "borne basse", .english = "low"}, .unit = "%"};
  Distribution result{
      .table = {.name = "repartition_" + attribute.name,
                .title = attribute.label,
                .base = {.french = "Base : " + std::to_string(base) + " structures",
                         .english = "Base: " + std::to_string(base) + " structures"},
                .columns = {{.heading = attribute.label, .unit = {}},
                            {.heading = {.french = "réponses", .english = "answers"}, .unit = {}},
                            {.heading = {.french = "part", .english = "share"}, .unit = "%"},
                            percent,
                            {.heading = {.french = "borne haute", .english = "high"}, .unit = "%"},
                            {.heading = {.french = "part pondérée", .english = "weighted share"}, .unit = "%"},
                            {.heading = {.french = "pondérée, borne basse", .english = "weighted, low"}, .unit = "%"},
                            {.heading = {.french = "pondérée, borne haute", .english = "weighted, high"}, .unit = "%"},
                            {.heading = {.french = "remarque", .english = "remark"}, .unit = {}}},
                .rows = {}},
      .hidden = {},
      .published = true};
  if (base == 0) {
    return result;
  }
  // One row of counts: the table and its total row are the same.
  const SuppressionMask mask = suppress(grid_of({counts.counts}), options.rules);
  result.published = mask.safe;
  for (const CategoryIndex category : attribute.categories.indices()) {
    const std::size_t position = category.value();
    if (!mask.safe || !mask.shows(0, position) || !mask.shows(1, position)) {
      result.hidden.push_back(attribute.categories[category].french);
      result.table.rows.push_back({attribute.categories[category]});
      result.table.rows.back().insert(result.table.rows.back().end(), 7, kSecret);
      result.table.rows.back().emplace_back(kSecretRemark);
      continue;
    }
    const double share = static_cast<double>(counts.counts[position]) / static_cast<double>(base);
    const ShareInterval bounds = share_interval(share, static_cast<double>(base), options.interval);
    std::vector<TableCell> line{attribute.categories[category], counts.counts[position],
                                percentage(counts.counts[position], base, options.decimals),
                                percent_of(bounds.low, options.decimals), percent_of(bounds.high, options.decimals)};
    if (weights.empty()) {
      line.insert(line.end(), 3, TableCell{});
    } else {
      add_weighted(attribute, weights, category, options, line);
    }
    line.push_back(base < kSmallBase ? TableCell{kSmallRemark} : TableCell{});
    result.table.rows.push_back(std::move(line));
  }
  return result;
}

}  // namespace maillage
