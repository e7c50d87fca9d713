#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// An exact decimal number: units / 10^decimals. 54.3 is {543, 1}.
struct Decimal {
  std::int64_t units = 0;
  int decimals = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// A cell of a table: nothing (not defined: a share of nobody), words, a count, or a rounded number.
using TableCell = std::variant<std::monostate, Text, std::int64_t, Decimal>;

/// A column heading with the unit of what stands below it.
struct TableColumn {
  Text heading;
  std::string unit;  ///< "hab", "%", "km2"; empty when it has none
  friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

/// A table for people, before any format: adapters write it as CSV, Markdown or console text.
struct Table {
  std::string name;  ///< identifier [a-z0-9_]+, for file names
  Text title;
  Text base;  ///< what percentages are shares of, and of how many: "258 structures"
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;  ///< each as long as `columns`
  friend bool operator==(const Table&, const Table&) = default;
};

/// `part * scale / whole` rounded half up, away from zero, to that many decimals, by integers; nothing when `whole` is 0.
/// scale = 100 gives a percentage, 10,000 a rate per 10,000. \throws ArgumentError if part < 0, whole < 0 or decimals is not
/// in 0..6.
[[nodiscard]] TableCell rounded_ratio(std::int64_t part, std::int64_t whole, std::int64_t scale, int decimals);

/// A real number rounded half away from zero; nothing when it is not finite or too large to be written with these decimals.
/// \throws ArgumentError if decimals is not in 0..9.
[[nodiscard]] TableCell rounded_number(double value, int decimals);

/// Share in percent, rounded half up.
[[nodiscard]] inline TableCell percentage(const std::int64_t part, const std::int64_t whole, const int decimals) {
  return rounded_ratio(part, whole, 100, decimals);
}

/// A cell as text. French: decimal comma, narrow no-break space between thousands; English: decimal point and comma. A cell
/// without value is empty.
[[nodiscard]] std::string to_text(const TableCell& cell, Language language);

}  // namespace maillage
