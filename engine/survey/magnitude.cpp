#include "engine/survey/magnitude.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/number.hpp"

namespace maillage {
namespace {

bool tells_too_much(const MagnitudeCell& cell, const DisclosureRules& rules) {
  const bool few = cell.units > 0 && cell.units < rules.least_units;
  return few || cell.largest > rules.most_share * cell.total;
}

void add(MagnitudeCell& cell, const double contribution) {
  ++cell.units;
  cell.total += contribution;
  cell.largest = std::max(cell.largest, contribution);
}

void merge(MagnitudeCell& cell, const MagnitudeCell& other) {
  cell.units += other.units;
  cell.total += other.total;
  cell.largest = std::max(cell.largest, other.largest);
}

/// Hides the smallest totals until what a reader can subtract tells nobody's contribution.
void hide_further(MagnitudeTable& table, const DisclosureRules& rules) {
  while (true) {
    MagnitudeCell together;
    std::int64_t hidden = 0;
    MagnitudeCell* next = nullptr;
    for (MagnitudeCell& cell : table.cells) {
      if (cell.status != CellStatus::published) {
        hidden += cell.units > 0 ? 1 : 0;
        merge(together, cell);
      } else if (cell.units > 0 && (next == nullptr || cell.total < next->total)) {
        next = &cell;
      }
    }
    if (hidden == 0 || (hidden > 1 && !tells_too_much(together, rules)) || next == nullptr) {
      // A single category that holds everybody is as safe as the total of all.
      return;
    }
    next->status = CellStatus::secondary;
  }
}

TableColumn column(const char* french, const char* english, const char* unit = "") {
  return {.heading = {.french = french, .english = english}, .unit = unit};
}

}  // namespace

std::vector<std::optional<double>> structure_amounts(const StructureSet& structures,
                                                     const std::span<const StructureIndex> which,
                                                     const std::string_view name) {
  const auto& carried = structures.carried_columns;
  const auto found = std::ranges::find(carried, name);
  if (found == carried.end() && name != "capacity") {
    throw StudyError(
        Text{.french = fmt::format("« {} » : aucune colonne de ce nom ; capacity, ou une colonne citée par carry.", name),
             .english = fmt::format("'{}': no such column; capacity, or a column named by carry.", name)});
  }
  const auto position = static_cast<std::size_t>(found - carried.begin());
  std::vector<std::optional<double>> amounts;
  for (const StructureIndex index : which) {
    const Structure& structure = structures.structures[index];
    if (found == carried.end()) {
      amounts.push_back(structure.capacity);
      continue;
    }
    const std::string text = position < structure.carried.size() ? structure.carried[position] : std::string{};
    amounts.push_back(text.empty() ? std::nullopt : parse_number(text));
    if (!text.empty() && !(amounts.back() && *amounts.back() >= 0)) {
      throw StudyError(
          Text{.french = fmt::format("{}, ligne {}, colonne « {} » : « {} » n'est pas un nombre positif ou nul ; corriger la "
                                     "case ou la vider.",
                                     structure.source, structure.row, name, text),
               .english = fmt::format("{}, row {}, column '{}': '{}' is no number of at least 0; correct or empty the cell.",
                                      structure.source, structure.row, name, text)});
    }
  }
  return amounts;
}

MagnitudeTable magnitude_table(const Attribute& attribute, const std::span<const std::optional<double>> contributions,
                               const DisclosureRules& rules, const std::span<const std::string> hidden) {
  if (attribute.multiple || attribute.values.rows() != contributions.size()) {
    throw ArgumentError("magnitude: one category and one contribution per unit");
  }
  MagnitudeTable table;
  for (const Text& category : attribute.categories) {
    table.cells.push_back({.category = category});
  }
  table.whole.category = {.french = "Total", .english = "Total"};
  for (const UnitIndex unit : attribute.values.indices()) {
    const auto& contribution = contributions[unit.value()];
    if (contribution && !attribute.values[unit].empty()) {
      add(table.cells[attribute.values[unit].front().value()], *contribution);
    }
  }
  for (const MagnitudeCell& cell : table.cells) {
    merge(table.whole, cell);
  }
  table.published = !tells_too_much(table.whole, rules);
  for (MagnitudeCell& cell : table.cells) {
    const bool elsewhere = std::ranges::find(hidden, cell.category.french) != hidden.end();
    if (!table.published || elsewhere || tells_too_much(cell, rules)) {
      cell.status = CellStatus::primary;
    }
  }
  table.whole.status = table.published ? CellStatus::published : CellStatus::primary;
  hide_further(table, rules);
  return table;
}

Attribute has_amount(const std::string& name, const std::span<const std::optional<double>> amounts) {
  Attribute given{.name = name + " (nombre)", .label = {.french = name, .english = name}, .categories = {}, .values = {}};
  const CategoryIndex yes = given.categories.push_back({.french = "oui", .english = "yes"});
  for (const auto& amount : amounts) {
    given.values.push_row(amount ? std::span<const CategoryIndex>{&yes, 1} : std::span<const CategoryIndex>{});
  }
  return given;
}

PublishedTable published_magnitude(const Attribute& given, const Attribute& by) {
  PublishedTable table{.name = "grandeur_" + given.name + "_" + by.name,
                       .cells = {{.key = {has_answered(by), has_answered(given)}, .use = CellUse::base}}};
  for (const Text& category : by.categories) {
    table.cells.push_back({.key = {has_category(by, category), has_answered(given)}, .use = CellUse::margin});
  }
  return table;
}

Table magnitude_rows(const MagnitudeTable& magnitude, const Attribute& attribute, const std::string& name,
                     const int decimals) {
  const Text secret{.french = "s", .english = "s"};
  const Text remark{.french = "s : secret, trop peu de contributeurs, un seul dominant, ou déductible",
                    .english = "s: secret, too few contributors, one that dominates, or deducible"};
  Table table{.name = "grandeur_" + name + "_" + attribute.name,
              .title = {.french = name + " par " + attribute.label.french, .english = name + " by " + attribute.label.english},
              .base = {.french = fmt::format("Base : {} structures qui ont une valeur", magnitude.whole.units),
                       .english = fmt::format("Base: {} structures that have a value", magnitude.whole.units)},
              .columns = {{.heading = attribute.label, .unit = {}},
                          column("structures", "structures"),
                          column("total", "total"),
                          column("moyenne", "mean"),
                          column("part du total", "share of the total", "%"),
                          column("remarque", "remark")},
              .rows = {}};
  const auto line = [&](const MagnitudeCell& cell) {
    if (cell.status != CellStatus::published) {
      table.rows.push_back({cell.category, secret, secret, secret, secret, remark});
      return;
    }
    const TableCell mean = cell.units > 0 ? rounded_number(cell.total / static_cast<double>(cell.units), decimals) : TableCell{};
    const TableCell share =
        magnitude.whole.total > 0 ? rounded_number(100 * cell.total / magnitude.whole.total, decimals) : TableCell{};
    table.rows.push_back({cell.category, cell.units, rounded_number(cell.total, decimals), mean, share,
                          cell.units > 0 && cell.units < 30 ? TableCell{Text{.french = "moins de 30 structures",
                                                                              .english = "fewer than 30 structures"}}
                                                            : TableCell{}});
  };
  for (const MagnitudeCell& cell : magnitude.cells) {
    line(cell);
  }
  line(magnitude.whole);
  return table;
}

}  // namespace maillage
