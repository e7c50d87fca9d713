#include "engine/territory/commune_numbers.hpp"

#include <cmath>
#include <limits>

#include "engine/core/fold_text.hpp"
#include "engine/core/number.hpp"
#include "engine/territory/commune_code.hpp"
#include "engine/territory/commune_columns.hpp"

namespace maillage {

namespace {

std::size_t require_column(const FeatureTable& table, const std::string& wanted) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (fold_text(table.columns[column]) == fold_text(wanted)) {
      return column;
    }
  }
  std::string columns;
  for (const std::string& column : table.columns) {
    columns += (columns.empty() ? "\"" : ", \"") + column + "\"";
  }
  throw InputError({.french = table.source + " : pas de colonne « " + wanted + " » ; colonnes du fichier : " + columns + ".",
                    .english = table.source + ": no column '" + wanted + "'; columns of the file: " + columns + "."});
}

}  // namespace

Reading<CommuneNumbers> read_commune_numbers(const FeatureTable& table, const Territory& territory,
                                             const std::string& column) {
  const std::size_t number_column = require_column(table, column);
  // Recognised, or an InputError was thrown.
  const std::size_t code_column = recognise_commune_columns(table)[CommuneField::code].value();
  Reading<CommuneNumbers> reading;
  reading.rows_in = static_cast<std::int64_t>(table.rows());
  auto& numbers = reading.value.of_commune;
  numbers = IndexedVector<CommuneIndex, double>(territory.communes.size(), std::numeric_limits<double>::quiet_NaN());
  IndexedVector<CommuneIndex, std::uint8_t> seen(territory.communes.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view code_text = table.cells.at(row, code_column);
    const std::string_view text = table.cells.at(row, number_column);
    const auto reject = [&](const std::size_t at, const char* reason) {
      reading.rejections.push_back({.source = table.source,
                                    .row = table.row_numbers[row],
                                    .key = std::string{code_text},
                                    .column = table.columns[at],
                                    .value = std::string{table.cells.at(row, at)},
                                    .reason = reason,
                                    .detail = {}});
    };
    const auto code = parse_commune_code(code_text);
    if (!code) {
      reject(code_column, code_text.empty() ? "missing_commune_code" : "invalid_commune_code");
      continue;
    }
    const auto number = parse_number(text);
    if (!text.empty() && (!number || !(*number >= 0) || !std::isfinite(*number))) {
      reject(number_column, "not_a_number");
      continue;
    }
    const auto commune = territory.find(code->code);
    if (!commune) {
      ++reading.value.rows_elsewhere;
      continue;
    }
    if (seen[*commune] != 0) {
      reject(code_column, "repeated_commune");
      continue;
    }
    seen[*commune] = 1;
    if (number) {
      numbers[*commune] = *number;
    }
  }
  return reading;
}

}  // namespace maillage
