#include "engine/survey/cross_tab.hpp"

#include <string>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

Text missing_label() {
  return {.french = "Non renseigné", .english = "Not stated"};
}
Text total_label() {
  return {.french = "Total", .english = "Total"};
}

// The categories of a unit, or the missing one.
std::vector<std::size_t> slots(const Attribute& attribute, const UnitIndex unit) {
  std::vector<std::size_t> found;
  for (const CategoryIndex category : attribute.values[unit]) {
    found.push_back(category.value());
  }
  if (found.empty()) {
    found.push_back(attribute.categories.size());
  }
  return found;
}

Text slot_label(const Attribute& attribute, const std::size_t slot) {
  return slot < attribute.categories.size() ? attribute.categories[CategoryIndex{slot}] : missing_label();
}

Text base_text(const std::int64_t base_units, const std::int64_t all_units, const TableOptions& options,
               const bool multiple) {
  const auto count = [](const std::int64_t number, const Language language) { return to_text(TableCell{number}, language); };
  Text text{.french = "Base : " + count(base_units, Language::french) + " " + options.units.french,
            .english = "Base: " + count(base_units, Language::english) + " " + options.units.english};
  if (options.base == TableBase::respondents) {
    text.french += " ayant répondu, sur " + count(all_units, Language::french);
    text.english += " that answered, of " + count(all_units, Language::english);
  }
  if (multiple) {
    text.french += " ; plusieurs réponses possibles";
    text.english += "; several answers possible";
  }
  return text;
}

TableCell cell_of(const CrossTab& tab, const std::size_t row, const std::size_t column, const CrossTabCells cells,
                  const int decimals) {
  const std::int64_t count = tab.counts[row][column];
  switch (cells) {
    case CrossTabCells::row_percentages:
      return percentage(count, tab.row_units[row], decimals);
    case CrossTabCells::column_percentages:
      return percentage(count, tab.column_units[column], decimals);
    case CrossTabCells::total_percentages:
      return percentage(count, tab.base_units, decimals);
    case CrossTabCells::counts:
      break;
  }
  return count;
}

// A margin: `part` units of the row or column, whose own share of the base is what a percentage table shows there.
TableCell margin_cell(const CrossTab& tab, const std::int64_t part, const bool is_whole, const CrossTabCells cells,
                      const int decimals) {
  if (cells == CrossTabCells::counts) {
    return part;
  }
  return is_whole ? percentage(part, part, decimals) : percentage(part, tab.base_units, decimals);
}

}  // namespace

CrossTab cross_tab(const Attribute& rows, const Attribute& columns, const TableBase base) {
  if (rows.values.rows() != columns.values.rows()) {
    throw ArgumentError("cross_tab: the two attributes must be of the same units");
  }
  CrossTab tab{.rows = rows, .columns = columns, .base = base, .counts = {}, .row_units = {}, .column_units = {}};
  tab.row_units.assign(rows.categories.size() + 1, 0);
  tab.column_units.assign(columns.categories.size() + 1, 0);
  tab.counts.assign(tab.row_units.size(), std::vector<std::int64_t>(tab.column_units.size(), 0));
  for (const UnitIndex unit : rows.values.indices()) {
    tab.units += 1;
    const bool answered = !rows.values[unit].empty() && !columns.values[unit].empty();
    if (base == TableBase::respondents && !answered) {
      continue;
    }
    tab.base_units += 1;
    const std::vector<std::size_t> unit_columns = slots(columns, unit);
    for (const std::size_t column : unit_columns) {
      tab.column_units[column] += 1;
    }
    for (const std::size_t row : slots(rows, unit)) {
      tab.row_units[row] += 1;
      for (const std::size_t column : unit_columns) {
        tab.counts[row][column] += 1;
      }
    }
  }
  return tab;
}

Table cross_table(const CrossTab& tab, const CrossTabCells cells, const TableOptions& options) {
  const bool multiple = tab.rows.multiple || tab.columns.multiple;
  TableOptions stated = options;
  stated.base = tab.base;
  const std::string unit = cells == CrossTabCells::counts ? "" : "%";
  Table table{.name = tab.rows.name + "_" + tab.columns.name,
              .title = {.french = tab.rows.label.french + " × " + tab.columns.label.french,
                        .english = tab.rows.label.english + " × " + tab.columns.label.english},
              .base = base_text(tab.base_units, tab.units, stated, multiple),
              .columns = {{tab.rows.label, ""}},
              .rows = {}};
  const auto shown = [](const std::vector<std::int64_t>& units, const std::size_t slot) {
    return slot + 1 < units.size() || units[slot] > 0;
  };
  for (std::size_t column = 0; column < tab.column_units.size(); ++column) {
    if (shown(tab.column_units, column)) {
      table.columns.push_back({slot_label(tab.columns, column), unit});
    }
  }
  table.columns.push_back({total_label(), unit});
  const bool by_row = cells == CrossTabCells::row_percentages;
  const bool by_column = cells == CrossTabCells::column_percentages;
  for (std::size_t row = 0; row < tab.row_units.size(); ++row) {
    if (!shown(tab.row_units, row)) {
      continue;
    }
    std::vector<TableCell> line{slot_label(tab.rows, row)};
    for (std::size_t column = 0; column < tab.column_units.size(); ++column) {
      if (shown(tab.column_units, column)) {
        line.push_back(cell_of(tab, row, column, cells, options.decimals));
      }
    }
    line.push_back(margin_cell(tab, tab.row_units[row], by_row, cells, options.decimals));
    table.rows.push_back(std::move(line));
  }
  std::vector<TableCell> last{total_label()};
  for (std::size_t column = 0; column < tab.column_units.size(); ++column) {
    if (shown(tab.column_units, column)) {
      last.push_back(margin_cell(tab, tab.column_units[column], by_column, cells, options.decimals));
    }
  }
  last.push_back(margin_cell(tab, tab.base_units, true, cells, options.decimals));
  table.rows.push_back(std::move(last));
  return table;
}

Table frequency_table(const Attribute& attribute, const TableOptions& options) {
  std::vector<std::int64_t> counts(attribute.categories.size() + 1);
  for (const UnitIndex unit : attribute.values.indices()) {
    for (const std::size_t slot : slots(attribute, unit)) {
      counts[slot] += 1;
    }
  }
  const auto units = static_cast<std::int64_t>(attribute.values.rows());
  const std::int64_t missing = counts.back();
  const std::int64_t base = options.base == TableBase::all ? units : units - missing;
  Table table{.name = attribute.name,
              .title = attribute.label,
              .base = base_text(base, units, options, attribute.multiple),
              .columns = {{attribute.label, ""},
                          {{.french = "Effectif", .english = "Count"}, ""},
                          {{.french = "Part", .english = "Share"}, "%"}},
              .rows = {}};
  for (std::size_t slot = 0; slot + 1 < counts.size(); ++slot) {
    table.rows.push_back({slot_label(attribute, slot), counts[slot], percentage(counts[slot], base, options.decimals)});
  }
  if (missing > 0) {
    const bool in_base = options.base == TableBase::all;
    table.rows.push_back({missing_label(), missing, in_base ? percentage(missing, base, options.decimals) : TableCell{}});
  }
  table.rows.push_back({total_label(), base, percentage(base, base, options.decimals)});
  return table;
}

}  // namespace maillage
