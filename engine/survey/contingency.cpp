#include "engine/survey/contingency.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"
#include "engine/survey/distributions.hpp"

namespace maillage {
namespace {

/// Position among the categories that occur; none for others.
std::vector<CategoryIndex> positions_of(const std::vector<bool>& occurs) {
  std::vector<CategoryIndex> positions(occurs.size());
  std::size_t next = 0;
  for (std::size_t k = 0; k < occurs.size(); ++k) {
    if (occurs[k]) {
      positions[k] = CategoryIndex{next++};
    }
  }
  return positions;
}

std::vector<Text> labels_of(const Attribute& attribute, const std::vector<bool>& occurs) {
  std::vector<Text> labels;
  for (const CategoryIndex category : attribute.categories.indices()) {
    if (occurs[category.value()]) {
      labels.push_back(attribute.categories[category]);
    }
  }
  return labels;
}

void check(const Attribute& rows, const Attribute& columns, const std::span<const double> weights) {
  if (rows.multiple || columns.multiple || rows.values.rows() != columns.values.rows()) {
    throw ArgumentError("contingency: two attributes of one value each, of the same units");
  }
  const bool finite = std::all_of(weights.begin(), weights.end(), [](const double w) { return w >= 0 && std::isfinite(w); });
  if ((!weights.empty() && weights.size() != rows.values.rows()) || !finite) {
    throw ArgumentError("contingency: a weight per unit, finite and at least 0");
  }
}

struct Margins {
  std::vector<double> rows;
  std::vector<double> columns;
  double total = 0;
};

template <typename T>
Margins margins_of(const std::vector<std::vector<T>>& cells) {
  Margins margins{std::vector<double>(cells.size(), 0), {}, 0};
  if (!cells.empty()) {
    margins.columns.assign(cells.front().size(), 0);
  }
  for (std::size_t row = 0; row < cells.size(); ++row) {
    for (std::size_t column = 0; column < cells[row].size(); ++column) {
      const auto value = static_cast<double>(cells[row][column]);
      margins.rows[row] += value;
      margins.columns[column] += value;
      margins.total += value;
    }
  }
  return margins;
}

std::int64_t degrees_of(const Contingency& table) {
  return table.rows.size() < 2 || table.columns.size() < 2
             ? 0
             : static_cast<std::int64_t>((table.rows.size() - 1) * (table.columns.size() - 1));
}

template <typename T>
double pearson(const std::vector<std::vector<T>>& cells, const Margins& margins) {
  double statistic = 0;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    for (std::size_t column = 0; column < cells[row].size(); ++column) {
      const double expected = margins.rows[row] * margins.columns[column] / margins.total;
      const double difference = static_cast<double>(cells[row][column]) - expected;
      statistic += expected > 0 ? difference * difference / expected : 0;
    }
  }
  return statistic;
}

/// V with its expectation under independence taken off (Bergsma 2013).
double bergsma_v(const double statistic, const Contingency& table) {
  const auto n = static_cast<double>(table.units);
  const auto rows = static_cast<double>(table.rows.size());
  const auto columns = static_cast<double>(table.columns.size());
  if (n <= 1) {
    return 0;
  }
  const double phi = std::max(0.0, statistic / n - (rows - 1) * (columns - 1) / (n - 1));
  const double corrected_rows = rows - (rows - 1) * (rows - 1) / (n - 1);
  const double corrected_columns = columns - (columns - 1) * (columns - 1) / (n - 1);
  const double most = std::min(corrected_rows, corrected_columns) - 1;
  return most > 0 ? std::min(1.0, std::sqrt(phi / most)) : 0;
}

/// Sum and sum of squares of the generalised design effects: the eigenvalues of Q G, where Q is the diagonal of
/// 1 / (p_r p_c) and G the covariance of the cells' residuals under independence, n times.
struct DesignEffects {
  double sum = 0;
  double squares = 0;
};

DesignEffects design_effects(const Contingency& table, const std::span<const double> weights, const Margins& margins) {
  const std::size_t columns = table.columns.size();
  const std::size_t cells = table.rows.size() * columns;
  std::vector<double> covariance(cells * cells, 0);
  std::vector<double> residual(cells);
  for (std::size_t unit = 0; unit < weights.size(); ++unit) {
    if (table.row_of[unit].is_none()) {
      continue;
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const double of_row = margins.rows[cell / columns] / margins.total;
      const double of_column = margins.columns[cell % columns] / margins.total;
      const double in_row = table.row_of[unit].value() == cell / columns ? 1 : 0;
      const double in_column = table.column_of[unit].value() == cell % columns ? 1 : 0;
      residual[cell] =
          weights[unit] / margins.total * (in_row - of_row) * (in_column - of_column) / std::sqrt(of_row * of_column);
    }
    for (std::size_t a = 0; a < cells; ++a) {
      for (std::size_t b = 0; b < cells; ++b) {
        covariance[a * cells + b] += residual[a] * residual[b];
      }
    }
  }
  const auto n = static_cast<double>(table.units);
  const double scale = n * n / (n - 1);
  DesignEffects effects;
  for (std::size_t a = 0; a < cells; ++a) {
    effects.sum += scale * covariance[a * cells + a];
    for (std::size_t b = 0; b < cells; ++b) {
      // The trace of the square of a symmetric matrix.
      effects.squares += scale * scale * covariance[a * cells + b] * covariance[a * cells + b];
    }
  }
  return effects;
}

}  // namespace

Contingency contingency(const Attribute& rows, const Attribute& columns, const std::span<const double> weights) {
  check(rows, columns, weights);
  std::vector<bool> row_occurs(rows.categories.size(), false);
  std::vector<bool> column_occurs(columns.categories.size(), false);
  const auto in_table = [&](const UnitIndex unit) {
    return !rows.values[unit].empty() && !columns.values[unit].empty() && (weights.empty() || weights[unit.value()] > 0);
  };
  for (const UnitIndex unit : rows.values.indices()) {
    if (in_table(unit)) {
      row_occurs[rows.values[unit].front().value()] = true;
      column_occurs[columns.values[unit].front().value()] = true;
    }
  }
  Contingency table;
  table.rows = labels_of(rows, row_occurs);
  table.columns = labels_of(columns, column_occurs);
  table.counts.assign(table.rows.size(), std::vector<std::int64_t>(table.columns.size(), 0));
  table.weighted.assign(table.rows.size(), std::vector<double>(table.columns.size(), 0));
  const std::vector<CategoryIndex> row_positions = positions_of(row_occurs);
  const std::vector<CategoryIndex> column_positions = positions_of(column_occurs);
  for (const UnitIndex unit : rows.values.indices()) {
    const bool in = in_table(unit);
    table.row_of.push_back(in ? row_positions[rows.values[unit].front().value()] : CategoryIndex{});
    table.column_of.push_back(in ? column_positions[columns.values[unit].front().value()] : CategoryIndex{});
    if (in) {
      const std::size_t row = table.row_of.back().value();
      const std::size_t column = table.column_of.back().value();
      ++table.counts[row][column];
      table.weighted[row][column] += weights.empty() ? 1.0 : weights[unit.value()];
      ++table.units;
    }
  }
  return table;
}

ChiSquareTest chi_square_test(const Contingency& table) {
  ChiSquareTest test;
  test.degrees_of_freedom = degrees_of(table);
  if (test.degrees_of_freedom == 0) {
    return test;
  }
  const Margins margins = margins_of(table.counts);
  test.statistic = pearson(table.counts, margins);
  test.p = chi_square_tail(test.statistic, static_cast<double>(test.degrees_of_freedom));
  test.least_expected = margins.total;
  for (const double row : margins.rows) {
    for (const double column : margins.columns) {
      const double expected = row * column / margins.total;
      test.least_expected = std::min(test.least_expected, expected);
      test.small_expected += expected < 5 ? 1 : 0;
    }
  }
  test.cramers_v = bergsma_v(test.statistic, table);
  return test;
}

std::vector<std::vector<double>> adjusted_residuals(const Contingency& table) {
  const Margins margins = margins_of(table.counts);
  std::vector<std::vector<double>> residuals(table.rows.size(), std::vector<double>(table.columns.size(), 0));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const double expected = margins.rows[row] * margins.columns[column] / margins.total;
      const double variance =
          expected * (1 - margins.rows[row] / margins.total) * (1 - margins.columns[column] / margins.total);
      if (variance > 0) {
        residuals[row][column] = (static_cast<double>(table.counts[row][column]) - expected) / std::sqrt(variance);
      }
    }
  }
  return residuals;
}

std::optional<RaoScottTest> rao_scott_test(const Contingency& table, const std::span<const double> weights) {
  if (weights.size() != table.row_of.size()) {
    throw ArgumentError("Rao-Scott: the weights that the table was made with");
  }
  const auto degrees = static_cast<double>(degrees_of(table));
  constexpr double kMostWork = 4e9;
  const auto cells = static_cast<double>(table.rows.size() * table.columns.size());
  if (degrees == 0 || table.units < 2 || static_cast<double>(table.units) * cells * cells > kMostWork) {
    return std::nullopt;
  }
  const Margins margins = margins_of(table.weighted);
  const DesignEffects effects = design_effects(table, weights, margins);
  if (!(effects.sum > 0)) {
    return std::nullopt;
  }
  RaoScottTest test;
  test.design_effect = effects.sum / degrees;
  test.variation = std::max(0.0, degrees * effects.squares / (effects.sum * effects.sum) - 1);
  const double statistic = pearson(table.weighted, margins) * static_cast<double>(table.units) / margins.total;
  test.statistic = statistic / test.design_effect;
  test.p = chi_square_tail(test.statistic, degrees);
  test.degrees_of_freedom = degrees / (1 + test.variation);
  test.second_statistic = test.statistic / (1 + test.variation);
  test.second_p = chi_square_tail(test.second_statistic, test.degrees_of_freedom);
  return test;
}

}  // namespace maillage
