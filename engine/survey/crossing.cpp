#include "engine/survey/crossing.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "engine/survey/response_rates.hpp"
#include "engine/survey/weighted_figures.hpp"

namespace maillage {
namespace {

const Text kSecret{.french = "s", .english = "s"};
const Text kSecretRemark{.french = "s : secret, trop peu de réponses ou déductible",
                         .english = "s: secret, too few answers or deducible"};
const Text kSecretTests{.french = "classe de p seule : des cases sont secrètes",
                        .english = "class of p only: cells are secret"};
const Text kSmallRemark{.french = "moins de 30 réponses", .english = "fewer than 30 answers"};

bool shows_all(const PublishedTable& table, const ShownCells& shown) {
  return std::ranges::all_of(table.cells, [&](const PublishedCell& cell) { return shown.shows(cell.key); });
}

bool holds(const std::span<const std::string> texts, const Text& text) {
  return std::find(texts.begin(), texts.end(), text.french) != texts.end();
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

CellKey pair_key(const Attribute& rows, const Text& row, const Attribute& columns, const Text& column) {
  return {has_category(rows, row), has_category(columns, column)};
}

/// What is computed of one cell of a crossing.
struct CellFigures {
  std::int64_t count = 0;
  std::int64_t base = 0;  ///< of the row
  double residual = 0;
  TableCell weighted_share;  ///< nothing without weights
};

/// The row of the table for one cell.
std::vector<TableCell> cell_row(const Attribute& rows, const Attribute& columns, const Text& row, const Text& column,
                                const CellFigures& cell, const CrossingOptions& options, const ShownCells& shown) {
  const bool published = !shown.tables.withholds(crossing_name(rows, columns));
  const bool base_shown = published && shown.shows({has_category(rows, row), has_answered(columns)});
  const bool count_shown = published && shown.shows(pair_key(rows, row, columns, column));
  const bool column_shown = published && shown.shows({has_answered(rows), has_category(columns, column)});
  std::vector<TableCell> line{row, column, count_shown ? TableCell{cell.count} : TableCell{kSecret},
                              base_shown ? TableCell{cell.base} : TableCell{kSecret}};
  if (!base_shown || !count_shown) {
    line.insert(line.end(), 5, kSecret);
    line.emplace_back(kSecretRemark);
    return line;
  }
  IntervalOptions interval = options.interval;
  interval.population = std::nullopt;  // of the frame, not of its part in this row
  const double share = static_cast<double>(cell.count) / static_cast<double>(cell.base);
  const ShareInterval bounds = share_interval(share, static_cast<double>(cell.base), interval);
  line.insert(line.end(), {percentage(cell.count, cell.base, options.decimals), percent_of(bounds.low, options.decimals),
                           percent_of(bounds.high, options.decimals),
                           column_shown ? rounded_number(cell.residual, 1) : TableCell{kSecret}});
  const bool no_weights = std::holds_alternative<std::monostate>(cell.weighted_share);
  const bool weighted_shown = no_weights || shown.tables.shows_figure(weighted_figure_name(columns, column, &rows, row));
  line.push_back(weighted_shown ? cell.weighted_share : TableCell{kSecret});
  line.push_back(cell.base < kSmallBase ? TableCell{kSmallRemark} : TableCell{});
  return line;
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
                  const CrossingOptions& options, const ShownCells& shown) {
  const Contingency cells = contingency(rows, columns, weights);
  Crossing result;
  result.name = rows.name + "_" + columns.name;
  result.label = {.french = rows.label.french + " × " + columns.label.french,
                  .english = rows.label.english + " × " + columns.label.english};
  result.units = cells.units;
  result.published = !shown.tables.withholds(crossing_name(rows, columns));
  const std::string base = result.published ? std::to_string(cells.units) : kSecret.french;
  result.table = {.name = crossing_name(rows, columns),
                  .title = result.label,
                  .base = {.french = "Base : " + base + " structures qui ont répondu aux deux",
                           .english = "Base: " + base + " structures that answered both"},
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
  result.whole = result.published && shows_all(published_crossing(rows, columns), shown);
  const auto residuals = adjusted_residuals(cells);
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    CellFigures figures;
    double weight = 0;
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
      figures.base += cells.counts[row][column];
      weight += cells.weighted[row][column];
    }
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
      figures.count = cells.counts[row][column];
      figures.residual = residuals[row][column];
      figures.weighted_share = !weights.empty() && weight > 0
                                   ? percent_of(cells.weighted[row][column] / weight, options.decimals)
                                   : TableCell{};
      result.table.rows.push_back(cell_row(rows, columns, cells.rows[row], cells.columns[column], figures, options, shown));
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
    const TableCell units = crossing.published ? TableCell{crossing.units} : TableCell{kSecret};
    if (!crossing.whole) {
      const auto secret_class = [](const double p) { return TableCell{p_class(p)}; };
      table.rows.push_back({crossing.label, units, kSecret, crossing.test.degrees_of_freedom,
                            crossing.published ? secret_class(crossing.test.p) : kSecret, kSecret,
                            crossing.published ? secret_class(crossing.exact.p) : kSecret, kSecretTests, kSecret,
                            crossing.weighted && crossing.published ? secret_class(crossing.weighted->p) : TableCell{},
                            crossing.weighted && crossing.published ? secret_class(crossing.weighted->second_p) : TableCell{}});
      continue;
    }
    const bool enumerated = crossing.exact.method == ExactMethod::enumeration;
    const std::string tables = std::to_string(crossing.exact.tables);
    table.rows.push_back(
        {crossing.label, units, rounded_number(crossing.test.statistic, 2), crossing.test.degrees_of_freedom,
         rounded_number(crossing.test.p, 4), crossing.test.small_expected, rounded_number(crossing.exact.p, 4),
         Text{.french = enumerated ? "énumération (" + tables + " tableaux)" : "tirage (" + tables + " tableaux)",
              .english = enumerated ? "enumeration (" + tables + " tables)" : "draws (" + tables + " tables)"},
         crossing.test.cramers_v ? rounded_number(*crossing.test.cramers_v, 2) : TableCell{},
         crossing.weighted ? rounded_number(crossing.weighted->p, 4) : TableCell{},
         crossing.weighted ? rounded_number(crossing.weighted->second_p, 4) : TableCell{}});
  }
  return table;
}

Text p_class(const double p) {
  constexpr std::array<std::pair<double, const char*>, 4> kClasses{
      {{0.0001, "0,0001"}, {0.001, "0,001"}, {0.01, "0,01"}, {0.05, "0,05"}}};
  for (const auto& [bound, words] : kClasses) {
    if (p < bound) {
      std::string english = words;
      std::ranges::replace(english, ',', '.');
      return {.french = std::string{"p < "} + words, .english = "p < " + english};
    }
  }
  return {.french = "p ≥ 0,05", .english = "p ≥ 0.05"};
}

Distribution distribution(const Attribute& attribute, const std::span<const double> weights,
                          const CrossingOptions& options, const ShownCells& shown) {
  const FrameCounts counts = frame_counts(attribute);
  std::int64_t base = 0;
  for (const std::int64_t count : counts.counts) {
    base += count;
  }
  const bool published = !shown.tables.withholds(distribution_name(attribute));
  const std::string base_text = published ? std::to_string(base) : kSecret.french;
  const auto percent = TableColumn{.heading = {.french = "borne basse", .english = "low"}, .unit = "%"};
  Distribution result{
      .table = {.name = distribution_name(attribute),
                .title = attribute.label,
                .base = {.french = "Base : " + base_text + " structures",
                         .english = "Base: " + base_text + " structures"},
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
      .published = published};
  if (base == 0) {
    return result;
  }
  for (const CategoryIndex category : attribute.categories.indices()) {
    const std::size_t position = category.value();
    if (!published || !shown.shows({has_category(attribute, attribute.categories[category])})) {
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
    } else if (shown.tables.shows_figure(weighted_figure_name(attribute, attribute.categories[category]))) {
      add_weighted(attribute, weights, category, options, line);
    } else {
      line.insert(line.end(), 3, kSecret);
    }
    line.push_back(base < kSmallBase ? TableCell{kSmallRemark} : TableCell{});
    result.table.rows.push_back(std::move(line));
  }
  return result;
}

Attribute hidden_last(const Attribute& attribute, const ShownCells& shown) {
  std::vector<std::int64_t> counts(attribute.categories.size(), 0);
  for (const CategoryIndex category : attribute.values.values()) {
    ++counts[category.value()];
  }
  if (!std::ranges::is_sorted(counts, std::ranges::greater{})) {
    return attribute;
  }
  std::vector<std::size_t> order;
  for (const CategoryIndex category : attribute.categories.indices()) {
    order.push_back(category.value());
  }
  const auto hidden = [&](const std::size_t category) {
    return !shown.shows({has_category(attribute, attribute.categories[CategoryIndex{category}])});
  };
  std::ranges::stable_sort(order, [&](const std::size_t one, const std::size_t other) {
    if (!hidden(one) || !hidden(other)) {
      return !hidden(one) && hidden(other);
    }
    return attribute.categories[CategoryIndex{one}].french < attribute.categories[CategoryIndex{other}].french;
  });
  Attribute result{.name = attribute.name, .label = attribute.label, .categories = {}, .values = {}, .multiple = false};
  IndexedVector<CategoryIndex, CategoryIndex> moved(attribute.categories.size());
  for (const std::size_t category : order) {
    moved[CategoryIndex{category}] = result.categories.push_back(attribute.categories[CategoryIndex{category}]);
  }
  for (const UnitIndex unit : attribute.values.indices()) {
    std::vector<CategoryIndex> values;
    for (const CategoryIndex category : attribute.values[unit]) {
      values.push_back(moved[category]);
    }
    result.values.push_row(values);
  }
  return result;
}

}  // namespace maillage
