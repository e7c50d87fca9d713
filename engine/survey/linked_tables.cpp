#include "engine/survey/linked_tables.hpp"

#include <algorithm>
#include <set>

#include "engine/core/error.hpp"
#include "engine/survey/linked_codes.hpp"
#include "engine/survey/linking_crosses.hpp"

namespace maillage {
namespace {

using Kind = CellCondition::Kind;
using Role = SystemCell::Role;

AttributeSet attributes_of(const CellCode& code) {
  AttributeSet attributes;
  for (const auto& [attribute, slot] : code) {
    attributes.push_back(attribute);
  }
  return attributes;
}

CellCode code_of(const AttributeSet& attributes, const std::vector<std::size_t>& slots) {
  CellCode code;
  for (std::size_t k = 0; k < attributes.size(); ++k) {
    code.emplace_back(attributes[k], slots[k]);
  }
  return code;
}

/// The system of the cells of all tables, in an order of its own.
class SystemOfTables {
 public:
  SystemOfTables(const LinkedTables& linked, const DisclosureRules& rules)
      : linked_(linked), rules_(rules), codes_(linked) {
    list_cells();
    find_sets();
  }

  [[nodiscard]] const LinkedCodes& codes() const { return codes_; }
  [[nodiscard]] const CellSystem& system() const { return system_; }
  [[nodiscard]] const std::map<CellCode, std::size_t>& cells() const { return cells_; }
  [[nodiscard]] bool offers(const CellCode& code) const { return offered_.contains(code); }
  [[nodiscard]] bool exact() const { return exact_; }
  /// Per figure that is audited, its cell.
  [[nodiscard]] const std::map<std::string, std::size_t>& figures() const { return figures_; }

  void build() {
    const LinkingCrosses crosses = linking_crosses(codes_, sets_, linked_.limits);
    exact_ = crosses.exact;
    for (const AttributeSet& set : crosses.sets) {
      add_cross(set);
    }
    for (const auto& [code, use] : offered_) {
      add_listed(code);
    }
    relate(crosses.sets);
    mark_primary();
    for (const auto& [code, use] : offered_) {
      offer(cells_.at(code), use);
    }
    set_bounds();
    add_figures();
    add_relations();
  }

 private:
  [[nodiscard]] double whole() const { return static_cast<double>(codes_.units()); }

  void list_cells() {
    for (const PublishedTable& table : linked_.tables) {
      for (const PublishedCell& cell : table.cells) {
        if (const auto code = codes_.code(cell.key)) {
          CellUse& use = offered_.try_emplace(*code, cell.use).first->second;
          use = std::max(use, cell.use);
        }
      }
    }
  }

  /// Sets of attributes that a table or a figure needs the cells of.
  void find_sets() {
    std::set<AttributeSet> sets;
    for (const auto& [code, use] : offered_) {
      sets.insert(attributes_of(code));
    }
    tables_.assign(sets.begin(), sets.end());
    for (const CellSum& sum : linked_.sums) {
      for (const auto& [key, coefficient] : sum.terms) {
        const auto code = codes_.code(key);
        if (code && codes_.most_combinations(attributes_of(*code)) <= static_cast<double>(linked_.limits.cells_of_a_cross)) {
          sets.insert(attributes_of(*code));
        }
      }
    }
    sets_.assign(sets.begin(), sets.end());
  }

  std::size_t add_cell(const CellCode& code, const double value) {
    const auto [place, added] = cells_.try_emplace(code, system_.cells.size());
    if (added) {
      system_.cells.push_back({.value = value, .shown_low = value, .shown_high = value});
    }
    return place->second;
  }

  void add_cross(const AttributeSet& set) {
    const auto counts = codes_.counts(set);
    const AttributeSet open = codes_.open_part(set);
    const auto of_open = codes_.counts(open);
    for (const auto& slots : codes_.combinations(set)) {
      const auto count = counts.find(slots);
      SystemCell& cell = system_.cells[add_cell(code_of(set, slots),
                                                count == counts.end() ? 0 : static_cast<double>(count->second))];
      std::vector<std::size_t> known;
      for (std::size_t k = 0; k < set.size(); ++k) {
        if (codes_.columns()[set[k]].open) {
          known.push_back(slots[k]);
        }
      }
      const auto most = of_open.find(known);
      cell.most = most == of_open.end() ? 0 : static_cast<double>(most->second);
      for (std::size_t k = 0; k < set.size(); ++k) {
        const auto& column = codes_.columns()[set[k]];
        if (slots[k] == column.missing()) {
          cell.most = std::min(cell.most, static_cast<double>(std::ranges::count(column.values, column.missing())));
        }
      }
      cell.role = open.size() == set.size() ? Role::known : Role::unpublished;
    }
  }

  /// A listed cell of those that answered is the sum of its categories.
  void add_listed(const CellCode& code) {
    if (cells_.contains(code)) {
      return;
    }
    std::vector<CellCode> parts{{}};
    bool all_open = true;
    for (const auto& [attribute, slot] : code) {
      const auto& column = codes_.columns()[attribute];
      all_open = all_open && column.open;
      const bool sum = slot == column.answered();
      std::vector<CellCode> longer;
      for (const CellCode& part : parts) {
        for (std::size_t one = sum ? 0 : slot; one <= (sum ? column.missing() - 1 : slot); ++one) {
          longer.push_back(part);
          longer.back().emplace_back(attribute, one);
        }
      }
      parts = std::move(longer);
    }
    LinearRow row;
    double value = 0;
    for (const CellCode& part : parts) {
      if (const auto cell = cells_.find(part); cell != cells_.end()) {
        row.terms.emplace_back(cell->second, 1.0);
        value += system_.cells[cell->second].value;
      }
    }
    const std::size_t cell = add_cell(code, value);
    system_.cells[cell].most = whole();
    system_.cells[cell].role = all_open ? Role::known : Role::unpublished;
    row.terms.emplace_back(cell, -1.0);
    system_.relations.push_back(std::move(row));
  }

  /// Each cell is the sum of its parts in every cross that is next larger.
  void relate(const std::vector<AttributeSet>& sets) {
    for (std::size_t small = 0; small < sets.size(); ++small) {
      std::vector<AttributeSet> larger;
      for (std::size_t other = small + 1; other < sets.size(); ++other) {
        const AttributeSet& set = sets[other];
        const bool next = set.size() > sets[small].size() && std::ranges::includes(set, sets[small]) &&
                          std::ranges::none_of(larger, [&](const AttributeSet& between) {
                            return std::ranges::includes(set, between);
                          });
        if (next) {
          larger.push_back(set);
        }
      }
      for (const AttributeSet& set : larger) {
        add_sums(sets[small], set);
      }
    }
  }

  void add_sums(const AttributeSet& small, const AttributeSet& large) {
    std::map<CellCode, LinearRow> sums;
    for (const auto& slots : codes_.combinations(small)) {
      const CellCode code = code_of(small, slots);
      sums[code].terms.emplace_back(cells_.at(code), -1.0);
    }
    for (const auto& slots : codes_.combinations(large)) {
      const CellCode code = code_of(large, slots);
      CellCode part;
      std::ranges::copy_if(code, std::back_inserter(part),
                           [&](const auto& one) { return std::ranges::binary_search(small, one.first); });
      sums.at(part).terms.emplace_back(cells_.at(code), 1.0);
    }
    for (auto& [code, row] : sums) {
      system_.relations.push_back(std::move(row));
    }
  }

  [[nodiscard]] bool holds_an_answer(const CellCode& code) const {
    return std::ranges::any_of(code, [&](const auto& one) {
      const auto& column = codes_.columns()[one.first];
      return !column.open && one.second < column.missing();
    });
  }

  void mark_primary() {
    const auto mark = [&](const CellCode& code) {
      SystemCell& cell = system_.cells[cells_.at(code)];
      const bool few = cell.value > 0 && cell.value < static_cast<double>(rules_.least_units);
      cell.primary = cell.primary || (cell.role != Role::known && few && holds_an_answer(code));
    };
    for (const AttributeSet& set : tables_) {
      for (const auto& slots : codes_.combinations(set)) {
        mark(code_of(set, slots));
      }
      if (rules_.single_category) {
        mark_single(set);
      }
    }
    for (const auto& [code, use] : offered_) {
      mark(code);
    }
  }

  /// Cells that hold all who, alike in the other attributes, answered one.
  void mark_single(const AttributeSet& set) {
    for (std::size_t k = 0; k < set.size() && set.size() > 1; ++k) {
      const auto& column = codes_.columns()[set[k]];
      std::map<std::vector<std::size_t>, double> answered;
      const auto others = [&](std::vector<std::size_t> slots) {
        slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(k));
        return slots;
      };
      const auto combinations = codes_.combinations(set);
      for (const auto& slots : combinations) {
        if (slots[k] < column.missing()) {
          answered[others(slots)] += system_.cells[cells_.at(code_of(set, slots))].value;
        }
      }
      for (const auto& slots : combinations) {
        SystemCell& cell = system_.cells[cells_.at(code_of(set, slots))];
        const bool all = !column.open && slots[k] < column.missing() && cell.value > 0 && cell.value == answered[others(slots)];
        cell.primary = cell.primary || all;
      }
    }
  }

  void offer(const std::size_t position, const CellUse use) {
    SystemCell& cell = system_.cells[position];
    if (cell.role == Role::known) {
      return;
    }
    cell.role = Role::offered;
    // Zeros and totals last, bases of whole tables after them.
    const double more = use == CellUse::inner ? 0 : use == CellUse::margin ? 2 : 8;
    cell.cost = (cell.value > 0 ? cell.value : whole()) + more * whole();
  }

  void set_bounds() {
    for (const CellBound& bound : linked_.bounds) {
      const auto code = codes_.code(bound.key);
      const auto cell = code ? cells_.find(*code) : cells_.end();
      if (cell != cells_.end()) {
        double& most = system_.cells[cell->second].most;
        most = std::min(most, std::max(static_cast<double>(bound.most), system_.cells[cell->second].value));
      }
    }
  }

  /// The terms by cells, each once; nothing when a cell is not in the system.
  [[nodiscard]] std::optional<LinearRow> row_of(const std::vector<std::pair<CellKey, double>>& terms) const {
    std::map<std::size_t, double> sums;
    for (const auto& [key, coefficient] : terms) {
      if (const auto code = codes_.code(key)) {
        const auto cell = cells_.find(*code);
        if (cell == cells_.end()) {
          return std::nullopt;
        }
        sums[cell->second] += coefficient;
      }
    }
    LinearRow row;
    row.terms.assign(sums.begin(), sums.end());
    return row;
  }

  /// A cell that is the sum of others.
  void add_sum(LinearRow row, SystemCell cell) {
    for (const auto& [other, coefficient] : row.terms) {
      cell.value += coefficient * system_.cells[other].value;
    }
    row.terms.emplace_back(system_.cells.size(), -1.0);
    system_.relations.push_back(std::move(row));
    system_.cells.push_back(cell);
  }

  void add_figures() {
    std::map<std::string, std::size_t> sums;
    for (const auto& [name, sum] : by_name(linked_.sums)) {
      if (auto row = row_of(sum->terms)) {
        sums[name] = system_.cells.size();
        add_sum(*std::move(row), {.least = -HUGE_VAL});
      }
    }
    for (const auto& [name, figure] : by_name(linked_.figures)) {
      LinearRow row;
      bool known = true;
      for (const auto& [sum, coefficient] : figure->terms) {
        const auto cell = sums.find(sum);
        known = known && cell != sums.end();
        if (known) {
          row.terms.emplace_back(cell->second, coefficient);
        }
      }
      if (known) {
        figures_[name] = system_.cells.size();
        add_sum(std::move(row), {.shown_low = figure->low,
                                 .shown_high = figure->high,
                                 .least = -HUGE_VAL,
                                 .cost = figure->cost,
                                 .role = Role::offered});
      }
    }
  }

  template <typename Named>
  [[nodiscard]] static std::map<std::string, const Named*> by_name(const std::vector<Named>& all) {
    std::map<std::string, const Named*> sorted;
    for (const Named& one : all) {
      sorted[one.name] = &one;
    }
    return sorted;
  }

  void add_relations() {
    for (const KnownRelation& relation : linked_.relations) {
      if (auto row = row_of(relation.terms)) {
        row->low = relation.low;
        row->high = relation.high;
        system_.relations.push_back(*std::move(row));
      }
    }
  }

  const LinkedTables& linked_;
  const DisclosureRules& rules_;
  LinkedCodes codes_;
  std::map<CellCode, CellUse> offered_;
  std::vector<AttributeSet> tables_;
  std::vector<AttributeSet> sets_;
  std::map<CellCode, std::size_t> cells_;
  std::map<std::string, std::size_t> figures_;
  CellSystem system_;
  bool exact_ = true;
};

/// Attributes, known of nobody, of the cells that no hiding protects.
std::set<std::string> unprotected(const ProtectedTables& tables, const std::vector<std::string>& open) {
  std::set<std::string> names;
  for (const DeducedCell& cell : tables.deduced) {
    for (const CellCondition& condition : cell.key) {
      if (cell.narrow && std::ranges::find(open, condition.attribute) == open.end()) {
        names.insert(condition.attribute);
      }
    }
  }
  return names;
}

}  // namespace

CellCondition has_category(const Attribute& attribute, const Text& category) {
  return {.attribute = attribute.name, .kind = Kind::category, .category = category.french};
}
CellCondition has_answered(const Attribute& attribute) {
  return {.attribute = attribute.name, .kind = Kind::answered, .category = {}};
}
CellCondition has_no_answer(const Attribute& attribute) {
  return {.attribute = attribute.name, .kind = Kind::missing, .category = {}};
}

CellStatus ProtectedTables::status(const CellKey& key) const {
  const auto simple = simplest(key, categories_, has_missing_);
  if (!simple) {
    return CellStatus::published;  // nobody, as all know
  }
  const auto found = statuses_.find(*simple);
  if (found == statuses_.end()) {
    throw ArgumentError("disclosure: a cell that a table was said to publish");
  }
  return found->second;
}

bool ProtectedTables::shows_figure(const std::string& name) const {
  const auto found = figures_.find(name);
  return found != figures_.end() && found->second == CellStatus::published;
}

bool ProtectedTables::withholds(const std::string& table) const {
  return std::ranges::binary_search(withheld_, table);
}

std::int64_t ProtectedTables::hidden(const CellStatus status) const {
  return std::ranges::count_if(statuses_, [&](const auto& cell) { return cell.second == status; });
}

ProtectedTables protect(const LinkedTables& linked, const DisclosureRules& rules) {
  SystemOfTables tables{linked, rules};
  tables.build();
  const Suppression suppression = suppress(tables.system(), rules);
  ProtectedTables result;
  result.safe = suppression.safe;
  result.exact = tables.exact() || suppression.deduced.empty();
  for (const auto& column : tables.codes().columns()) {
    result.categories_[column.name] = column.categories;
    result.has_missing_[column.name] = column.has_missing;
  }
  for (const auto& [name, cell] : tables.figures()) {
    result.figures_[name] = suppression.cells[cell];
  }
  std::map<std::size_t, CellKey> keys;
  for (const auto& [code, cell] : tables.cells()) {
    keys[cell] = tables.codes().key(code);
    if (tables.offers(code)) {
      result.statuses_[keys[cell]] = suppression.cells[cell];
    }
  }
  for (const DeducedInterval& interval : suppression.deduced) {
    result.deduced.push_back(
        {.key = keys.at(interval.cell), .low = interval.low, .high = interval.high, .narrow = interval.narrow});
  }
  const std::set<std::string> lost = unprotected(result, linked.open);
  for (const PublishedTable& table : linked.tables) {
    const bool withheld = std::ranges::any_of(table.cells, [&](const PublishedCell& cell) {
      return (cell.use == CellUse::base && !result.shows(cell.key)) ||
             std::ranges::any_of(cell.key, [&](const CellCondition& one) { return lost.contains(one.attribute); });
    });
    if (withheld) {
      result.withheld_.push_back(table.name);
    }
  }
  std::ranges::sort(result.withheld_);
  return result;
}

bool ShownCells::shows(CellKey key) const {
  if (population) {
    key.push_back(*population);
  }
  return tables.shows(key);
}

PublishedTable published_distribution(const Attribute& attribute) {
  PublishedTable table{.name = distribution_name(attribute), .cells = {{.key = {has_answered(attribute)}, .use = CellUse::base}}};
  for (const Text& category : attribute.categories) {
    table.cells.push_back({.key = {has_category(attribute, category)}, .use = CellUse::margin});
  }
  return table;
}

PublishedTable published_crossing(const Attribute& rows, const Attribute& columns) {
  PublishedTable table{.name = crossing_name(rows, columns),
                       .cells = {{.key = {has_answered(rows), has_answered(columns)}, .use = CellUse::base}}};
  for (const Text& row : rows.categories) {
    table.cells.push_back({.key = {has_category(rows, row), has_answered(columns)}, .use = CellUse::margin});
    for (const Text& column : columns.categories) {
      table.cells.push_back({.key = {has_category(rows, row), has_category(columns, column)}, .use = CellUse::inner});
    }
  }
  for (const Text& column : columns.categories) {
    table.cells.push_back({.key = {has_answered(rows), has_category(columns, column)}, .use = CellUse::margin});
  }
  return table;
}

std::string distribution_name(const Attribute& attribute) {
  return "repartition_" + attribute.name;
}
std::string crossing_name(const Attribute& rows, const Attribute& columns) {
  return "croisement_" + rows.name + "_" + columns.name;
}

PublishedTable within(const CellCondition& population, PublishedTable table) {
  for (PublishedCell& cell : table.cells) {
    cell.key.push_back(population);
  }
  return table;
}

}  // namespace maillage
