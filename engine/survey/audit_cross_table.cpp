#include "engine/survey/audit_cross_table.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Order = std::vector<Decimal>;
using Groups = std::vector<std::vector<std::size_t>>;

constexpr std::size_t kMostOrders = 5'040;
constexpr std::int64_t kMostSteps = 60'000'000;

bool less(const Decimal& a, const Decimal& b) {
  return a.decimals != b.decimals ? a.decimals < b.decimals : a.units < b.units;
}

/// Every distinct order of figures when those of each group may be exchanged; the printed one first.
std::vector<Order> orders_of(const Order& printed, const Groups& groups) {
  std::vector<Order> orders{printed};
  for (const std::vector<std::size_t>& group : groups) {
    std::vector<Order> more;
    for (const Order& order : orders) {
      Order figures;
      for (const std::size_t place : group) {
        if (place >= order.size()) {
          throw ArgumentError("audit: an uncertain figure that is not in the table");
        }
        figures.push_back(order[place]);
      }
      std::sort(figures.begin(), figures.end(), less);
      do {
        Order next = order;
        for (std::size_t k = 0; k < group.size(); ++k) {
          next[group[k]] = figures[k];
        }
        more.push_back(std::move(next));
        if (more.size() > kMostOrders) {
          throw ArgumentError("audit: more than 5,040 orders of uncertain figures");
        }
      } while (std::next_permutation(figures.begin(), figures.end(), less));
    }
    orders = std::move(more);
  }
  std::stable_partition(orders.begin(), orders.end(), [&](const Order& order) { return order == printed; });
  return orders;
}

Order part_percentages(const PublishedCrossTable& table) {
  Order figures;
  for (const ColumnPart& part : table.parts) {
    figures.push_back(part.percentage);
  }
  return figures;
}

PublishedCrossTable assigned(const PublishedCrossTable& table, const Assignment& assignment) {
  PublishedCrossTable result = table;
  result.row_percentages = assignment.row_percentages;
  for (std::size_t part = 0; part < result.parts.size(); ++part) {
    result.parts[part].percentage = assignment.part_percentages[part];
  }
  return result;
}

std::vector<FigurePlace> figures_of(const PublishedCrossTable& table) {
  std::vector<FigurePlace> places;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    places.push_back({.kind = FigurePlace::Kind::row_share, .row = row});
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      places.push_back({.kind = FigurePlace::Kind::cell, .row = row, .column = column});
    }
  }
  for (std::size_t part = 0; part < table.parts.size(); ++part) {
    places.push_back({.kind = FigurePlace::Kind::part, .row = part});
  }
  return places;
}

Decimal& figure_at(PublishedCrossTable& table, const FigurePlace& place) {
  switch (place.kind) {
    case FigurePlace::Kind::row_share:
      return table.row_percentages[place.row];
    case FigurePlace::Kind::part:
      return table.parts[place.row].percentage;
    case FigurePlace::Kind::cell:
      break;
  }
  return table.cells[place.row][place.column];
}

/// Runs searches within one common budget of steps.
class Searches {
 public:
  std::vector<CountTable> tables(const PublishedCrossTable& table) {
    SearchLimits limits;
    limits.steps = std::min(limits.steps, kMostSteps - steps_);
    if (limits.steps <= 0) {
      complete_ = false;
      return {};
    }
    CompatibleTables found = compatible_tables(table, limits);
    steps_ += found.steps;
    complete_ = complete_ && found.complete;
    return std::move(found.tables);
  }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  std::int64_t steps_ = 0;
  bool complete_ = true;
};

std::vector<Repair> repairs_of(const PublishedCrossTable& printed, Searches& searches) {
  std::vector<Repair> repairs;
  for (const FigurePlace& place : figures_of(printed)) {
    for (const std::int64_t step : {-1, 1}) {
      PublishedCrossTable changed = printed;
      Decimal& figure = figure_at(changed, place);
      const Decimal before = figure;
      const std::optional<Decimal> after = moved(before, step);
      if (!after) {
        continue;
      }
      figure = *after;
      std::vector<CountTable> tables = searches.tables(changed);
      if (!tables.empty()) {
        repairs.push_back({.place = place, .printed = before, .repaired = *after, .tables = std::move(tables)});
      }
    }
  }
  return repairs;
}

std::vector<Assignment> all_assignments(const PublishedCrossTable& table) {
  const std::vector<Order> rows = orders_of(table.row_percentages, table.uncertain_rows);
  const std::vector<Order> parts = orders_of(part_percentages(table), table.uncertain_parts);
  if (rows.size() * parts.size() > kMostOrders) {
    throw ArgumentError("audit: more than 5,040 orders of uncertain figures");
  }
  std::vector<Assignment> assignments;
  for (const Order& row : rows) {
    for (const Order& part : parts) {
      assignments.push_back({.row_percentages = row, .part_percentages = part, .tables = {}, .repairs = {}});
    }
  }
  return assignments;
}

std::vector<std::size_t> self_contradicting_rows(const PublishedCrossTable& table,
                                                 const std::vector<Assignment>& assignments) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const bool always = std::all_of(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
      const RowOptions options = compatible_rows(assigned(table, assignment), row);
      return options.complete && options.counts.empty();
    });
    if (always && !assignments.empty()) {
      rows.push_back(row);
    }
  }
  return rows;
}

std::optional<std::size_t> only_row_repaired(const std::vector<Assignment>& assignments) {
  std::set<std::size_t> rows;
  for (const Assignment& assignment : assignments) {
    for (const Repair& repair : assignment.repairs) {
      if (repair.place.kind == FigurePlace::Kind::part) {
        return std::nullopt;
      }
      rows.insert(repair.place.row);
    }
  }
  return rows.size() == 1 ? std::optional{*rows.begin()} : std::nullopt;
}

void gather(CrossTableAudit& audit) {
  std::set<CountTable> distinct;
  for (const Assignment& assignment : audit.assignments) {
    distinct.insert(assignment.tables.begin(), assignment.tables.end());
    for (const Repair& repair : assignment.repairs) {
      distinct.insert(repair.tables.begin(), repair.tables.end());
    }
  }
  audit.tables.assign(distinct.begin(), distinct.end());
  for (const CountTable& table : audit.tables) {
    audit.ranges.resize(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
      std::vector<CountRange>& ranges = audit.ranges[row];
      for (std::size_t column = 0; column < table[row].size(); ++column) {
        const std::int64_t count = table[row][column];
        if (column == ranges.size()) {
          ranges.push_back({count, count});
        }
        ranges[column] = {std::min(ranges[column].first, count), std::max(ranges[column].last, count)};
      }
    }
  }
}

std::vector<std::int64_t> bases_without_repair(const PublishedCrossTable& table, Searches& searches) {
  std::vector<std::int64_t> bases;
  for (std::int64_t base = table.base - 1; base >= (table.base + 1) / 2 && searches.complete(); --base) {
    PublishedCrossTable smaller = table;
    smaller.base = base;
    if (!searches.tables(smaller).empty()) {
      bases.push_back(base);
    }
  }
  return bases;
}

}  // namespace

CrossTableAudit audit_cross_table(const PublishedCrossTable& table) {
  CrossTableAudit audit;
  Searches searches;
  std::vector<Assignment> assignments = all_assignments(table);
  audit.assignments_tested = static_cast<std::int64_t>(assignments.size());
  for (Assignment& assignment : assignments) {
    assignment.tables = searches.tables(assigned(table, assignment));
    audit.possible = audit.possible || !assignment.tables.empty();
  }
  if (!audit.possible) {
    for (Assignment& assignment : assignments) {
      assignment.repairs = repairs_of(assigned(table, assignment), searches);
    }
    audit.other_bases = bases_without_repair(table, searches);
  }
  for (Assignment& assignment : assignments) {
    if (!assignment.tables.empty() || !assignment.repairs.empty()) {
      audit.assignments.push_back(std::move(assignment));
    }
  }
  if (!audit.possible) {
    audit.impossible_rows = self_contradicting_rows(table, audit.assignments);
    audit.faulty_row = only_row_repaired(audit.assignments);
  }
  gather(audit);
  audit.complete = searches.complete();
  return audit;
}

}  // namespace maillage
