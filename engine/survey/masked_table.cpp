#include "engine/survey/masked_table.hpp"

#include <optional>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// What the rows, or the columns, of a cross table are: each category, missing answers where there are some, all.
std::vector<std::optional<CellCondition>> lines_of(const Attribute& attribute, const std::vector<std::int64_t>& units) {
  std::vector<std::optional<CellCondition>> lines;
  for (const Text& category : attribute.categories) {
    lines.push_back(has_category(attribute, category));
  }
  if (units.back() > 0) {
    lines.push_back(has_no_answer(attribute));
  }
  lines.push_back(std::nullopt);
  return lines;
}

CellKey key_of(const std::optional<CellCondition>& row, const std::optional<CellCondition>& column) {
  CellKey key;
  if (row) {
    key.push_back(*row);
  }
  if (column && (!row || row->attribute != column->attribute)) {
    key.push_back(*column);
  }
  return key;
}

/// An attribute crossed with itself has cells of nobody.
bool contradicts(const std::optional<CellCondition>& row, const std::optional<CellCondition>& column) {
  return row && column && row->attribute == column->attribute && *row != *column;
}

}  // namespace

PublishedTable published_cross_tab(std::string name, const CrossTab& tab) {
  if (tab.rows.multiple || tab.columns.multiple || tab.base != TableBase::all) {
    throw ArgumentError("disclosure: a cross table of all units, of one value each");
  }
  PublishedTable table{.name = std::move(name), .cells = {}};
  for (const auto& row : lines_of(tab.rows, tab.row_units)) {
    for (const auto& column : lines_of(tab.columns, tab.column_units)) {
      const CellUse use = row && column ? CellUse::inner : row || column ? CellUse::margin : CellUse::base;
      if (!contradicts(row, column)) {
        table.cells.push_back({.key = key_of(row, column), .use = use});
      }
    }
  }
  return table;
}

CellGrid shown_grid(const std::string& name, const CrossTab& tab, const ShownCells& shown, const CrossTabCells cells) {
  const bool withheld = shown.tables.withholds(name);
  CellGrid grid;
  for (const auto& row : lines_of(tab.rows, tab.row_units)) {
    grid.emplace_back();
    for (const auto& column : lines_of(tab.columns, tab.column_units)) {
      const bool of_row = cells != CrossTabCells::row_percentages || shown.shows(key_of(row, std::nullopt));
      const bool of_column = cells != CrossTabCells::column_percentages || shown.shows(key_of(std::nullopt, column));
      const bool count = contradicts(row, column) || shown.shows(key_of(row, column));
      grid.back().push_back(!withheld && count && of_row && of_column);
    }
  }
  return grid;
}

Table masked(const Table& table, const CellGrid& shown) {
  bool fits = table.rows.size() == shown.size();
  for (std::size_t row = 0; fits && row < table.rows.size(); ++row) {
    fits = table.rows[row].size() == shown[row].size() + 1;
  }
  if (!fits) {
    throw ArgumentError("disclosure: a table of the mask's shape");
  }
  Table result = table;
  for (std::size_t row = 0; row < result.rows.size(); ++row) {
    for (std::size_t column = 0; column < shown[row].size(); ++column) {
      if (!shown[row][column]) {
        result.rows[row][column + 1] = Text{.french = "s", .english = "s"};
      }
    }
  }
  return result;
}

}  // namespace maillage
