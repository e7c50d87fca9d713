#include "engine/survey/disclosure.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Role = SystemCell::Role;

/// Far below one unit, far above what the solver leaves.
constexpr double kRounding = 1e-6;

void check(const CellSystem& system) {
  bool fits = true;
  for (const SystemCell& cell : system.cells) {
    fits = fits && cell.value >= cell.least - kRounding && cell.value <= cell.most + kRounding &&
           (cell.role == Role::unpublished ||
            (cell.value >= cell.shown_low - kRounding && cell.value <= cell.shown_high + kRounding));
  }
  for (const LinearRow& row : system.relations) {
    double value = 0;
    for (const auto& [cell, coefficient] : row.terms) {
      fits = fits && cell < system.cells.size();
      value += fits ? coefficient * system.cells[cell].value : 0;
    }
    fits = fits && value >= row.low - kRounding && value <= row.high + kRounding;
  }
  if (!fits) {
    throw ArgumentError("disclosure: cells and relations that hold for the counts themselves");
  }
}

/// Changes of the cells that a reader cannot tell from the truth. Each offered cell has a rise and a fall, so that hiding it
/// has a cost, and what its rounding leaves free; other cells have one change.
class Changes {
 public:
  explicit Changes(const CellSystem& system) : system_(system), solver_(program()) {}

  /// A hidden cell may move for nothing; a shown one for its cost, or not at all.
  void set(const std::size_t cell, const CellStatus status, const bool movable) {
    if (system_.cells[cell].role != Role::offered) {
      return;
    }
    const bool moves = status != CellStatus::published || movable;
    const double cost = status == CellStatus::published ? system_.cells[cell].cost : 0;
    solver_.set_bounds(first_[cell], 0, moves ? room(cell, 1) : 0);
    solver_.set_bounds(first_[cell] + 1, 0, moves ? room(cell, -1) : 0);
    solver_.set_cost(first_[cell], cost);
    solver_.set_cost(first_[cell] + 1, cost);
  }

  /// Cells that move when `cell` moves by `amount` (down when below 0) at least cost; nothing when it cannot.
  std::optional<std::vector<std::size_t>> movers(const std::size_t cell, const double amount) {
    const bool offered = system_.cells[cell].role == Role::offered;
    if (offered) {
      solver_.set_bounds(first_[cell], std::max(amount, 0.0), std::max(amount, 0.0));
      solver_.set_bounds(first_[cell] + 1, std::max(-amount, 0.0), std::max(-amount, 0.0));
    } else {
      solver_.set_bounds(first_[cell], amount, amount);
    }
    const auto solution = solver_.solve();
    if (!offered) {
      solver_.set_bounds(first_[cell], -room(cell, -1), room(cell, 1));
    }
    if (!solution) {
      return std::nullopt;
    }
    std::vector<std::size_t> moved;
    for (std::size_t other = 0; other < system_.cells.size(); ++other) {
      const bool moves = system_.cells[other].role == Role::offered &&
                         (solution->values[first_[other]] > kRounding || solution->values[first_[other] + 1] > kRounding);
      if (moves) {
        moved.push_back(other);
      }
    }
    return moved;
  }

  /// How far the cell may move in the direction 1 or -1.
  double farthest(const std::size_t cell, const double direction) {
    set_objective(cell, -direction);
    const auto solution = solver_.solve();
    set_objective(cell, 0);
    if (!solution) {
      throw ArgumentError("disclosure: the solver found no counts, though some exist");
    }
    return -direction * solution->cost;
  }

 private:
  [[nodiscard]] double room(const std::size_t cell, const double direction) const {
    const SystemCell& one = system_.cells[cell];
    return std::max(0.0, direction > 0 ? one.most - one.value : one.value - one.least);
  }

  void set_objective(const std::size_t cell, const double cost) {
    solver_.set_cost(first_[cell], cost);
    if (system_.cells[cell].role == Role::offered) {
      solver_.set_cost(first_[cell] + 1, -cost);
    }
  }

  LinearProgram program() {
    LinearProgram program;
    const auto add = [&](const double low, const double high) {
      program.low.push_back(low);
      program.high.push_back(high);
      program.cost.push_back(0);
    };
    for (std::size_t cell = 0; cell < system_.cells.size(); ++cell) {
      const SystemCell& one = system_.cells[cell];
      first_.push_back(program.cost.size());
      if (one.role == Role::offered) {
        add(0, 0);
        add(0, 0);
        if (one.shown_low < one.shown_high) {
          add(one.shown_low - one.value, one.shown_high - one.value);
        }
      } else if (one.role == Role::known) {
        add(one.shown_low - one.value, one.shown_high - one.value);
      } else {
        add(-room(cell, -1), room(cell, 1));
      }
    }
    for (const LinearRow& relation : system_.relations) {
      LinearRow change{.terms = {}, .low = relation.low, .high = relation.high};
      for (const auto& [cell, coefficient] : relation.terms) {
        const SystemCell& one = system_.cells[cell];
        change.low -= coefficient * one.value;
        change.high -= coefficient * one.value;
        change.terms.emplace_back(first_[cell], coefficient);
        if (one.role == Role::offered) {
          change.terms.emplace_back(first_[cell] + 1, -coefficient);
          if (one.shown_low < one.shown_high) {
            change.terms.emplace_back(first_[cell] + 2, coefficient);
          }
        }
      }
      // Values fulfil the relation: no change is one of the changes, whatever the sum's rounding.
      change.low = std::min(change.low, 0.0);
      change.high = std::max(change.high, 0.0);
      program.rows.push_back(std::move(change));
    }
    return program;
  }

  const CellSystem& system_;
  std::vector<std::size_t> first_;  ///< per cell, its first variable
  LinearSolver solver_;
};

constexpr std::size_t kNoPart = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kSeveralParts = kNoPart - 1;

/// Joins the parts of two cells.
std::size_t joint(const std::size_t one, const std::size_t other) {
  return one == kNoPart || one == other ? other : other == kNoPart ? one : kSeveralParts;
}

/// Unpublished cells that hang together through relations are a part of the system, with the cells that only its relations
/// name: per cell its part, or that it has none or several.
std::vector<std::size_t> parts_of(const CellSystem& system) {
  std::vector<std::size_t> root(system.cells.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto root_of = [&](std::size_t cell) {
    while (root[cell] != cell) {
      cell = root[cell] = root[root[cell]];
    }
    return cell;
  };
  const auto is_unpublished = [&](const std::size_t cell) { return system.cells[cell].role == Role::unpublished; };
  for (const LinearRow& row : system.relations) {
    std::size_t first = kNoPart;
    for (const auto& [cell, coefficient] : row.terms) {
      if (is_unpublished(cell)) {
        first = first == kNoPart ? cell : first;
        root[root_of(cell)] = root_of(first);
      }
    }
  }
  std::vector<std::size_t> parts(system.cells.size(), kNoPart);
  for (std::size_t cell = 0; cell < parts.size(); ++cell) {
    parts[cell] = is_unpublished(cell) ? root_of(cell) : kNoPart;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const LinearRow& row : system.relations) {
      std::size_t part = kNoPart;
      for (const auto& [cell, coefficient] : row.terms) {
        part = parts[cell] == kSeveralParts ? part : joint(part, parts[cell]);
      }
      for (const auto& [cell, coefficient] : row.terms) {
        const bool follows = part != kNoPart && !is_unpublished(cell) && system.cells[cell].role != Role::known;
        const std::size_t next = follows ? joint(parts[cell], part) : parts[cell];
        changed = changed || next != parts[cell];
        parts[cell] = next;
      }
    }
  }
  return parts;
}

/// Helpers of primary cells, sought where the cell's part alone moves, and in the whole system where that does not suffice: a
/// part of a run of many tables is small.
class HelperSearch {
 public:
  HelperSearch(const CellSystem& system, std::span<const CellStatus> statuses)
      : system_(system), statuses_(statuses), part_of_(parts_of(system)), whole_(system) {
    for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
      whole_.set(cell, statuses[cell], true);
    }
  }

  /// Offered cells that let the cell move by the amount; none when nothing does.
  std::vector<std::size_t> helpers(const std::size_t cell, const double amount) {
    if (part_of_[cell] < kSeveralParts) {
      Part& part = part_at(part_of_[cell]);
      const std::size_t local = part.place.at(cell);
      const auto moved = part.changes->movers(local, amount);
      part.changes->set(local, CellStatus::primary, true);
      if (moved) {
        std::vector<std::size_t> cells;
        for (const std::size_t one : *moved) {
          cells.push_back(part.cells[one]);
        }
        return cells;
      }
    }
    const auto moved = whole_.movers(cell, amount);
    whole_.set(cell, CellStatus::primary, true);
    return moved.value_or(std::vector<std::size_t>{});
  }

  void hide(const std::size_t cell) {
    whole_.set(cell, CellStatus::secondary, true);
    const auto part = parts_.find(part_of_[cell]);
    if (part != parts_.end()) {
      part->second.changes->set(part->second.place.at(cell), CellStatus::secondary, true);
    }
  }

 private:
  struct Part {
    std::vector<std::size_t> cells;             ///< of the whole, ascending
    std::map<std::size_t, std::size_t> place;  ///< of each in the part
    CellSystem system;
    std::unique_ptr<Changes> changes;
  };

  /// The part with all other cells as they are.
  Part& part_at(const std::size_t name) {
    Part& part = parts_[name];
    if (part.changes != nullptr) {
      return part;
    }
    for (std::size_t cell = 0; cell < system_.cells.size(); ++cell) {
      if (part_of_[cell] == name) {
        part.place[cell] = part.cells.size();
        part.cells.push_back(cell);
        part.system.cells.push_back(system_.cells[cell]);
      }
    }
    for (const LinearRow& row : system_.relations) {
      LinearRow local{.terms = {}, .low = row.low, .high = row.high};
      for (const auto& [cell, coefficient] : row.terms) {
        if (const auto place = part.place.find(cell); place != part.place.end()) {
          local.terms.emplace_back(place->second, coefficient);
        } else {
          local.low -= coefficient * system_.cells[cell].value;
          local.high -= coefficient * system_.cells[cell].value;
        }
      }
      if (!local.terms.empty()) {
        part.system.relations.push_back(std::move(local));
      }
    }
    part.changes = std::make_unique<Changes>(part.system);
    for (std::size_t local = 0; local < part.cells.size(); ++local) {
      part.changes->set(local, statuses_[part.cells[local]], true);
    }
    return part;
  }

  const CellSystem& system_;
  std::span<const CellStatus> statuses_;
  std::vector<std::size_t> part_of_;
  std::map<std::size_t, Part> parts_;
  Changes whole_;
};

/// Nearest whole number where the solver came within its tolerance of it.
double tidied(const double value) {
  return std::abs(value - std::round(value)) < kRounding ? std::round(value) + 0.0 : value;
}

/// How far a primary cell must be able to rise, and to fall, for its interval to be wide enough.
struct Needed {
  double rise = 0;
  double fall = 0;
};

Needed needed(const SystemCell& cell, const DisclosureRules& rules) {
  const double width = std::min(static_cast<double>(std::max(rules.interval_width, std::int64_t{1})), cell.most - cell.least);
  const double least = std::min(static_cast<double>(rules.least_units), cell.most);
  Needed both;
  both.rise = std::min(std::max(width, least - cell.value), cell.most - cell.value);
  both.fall = std::max(0.0, width - both.rise);
  return both;
}

bool is_narrow(const DeducedInterval& interval, const SystemCell& cell, const DisclosureRules& rules) {
  const Needed both = needed(cell, rules);
  return interval.high < cell.value + both.rise - kRounding ||
         interval.high - interval.low < both.rise + both.fall - kRounding;
}

}  // namespace

bool is_dominated(const std::span<const double> contributions, const DisclosureRules& rules) {
  double sum = 0;
  double largest = 0;
  for (const double contribution : contributions) {
    if (!(contribution >= 0)) {
      throw ArgumentError("dominance: contributions of at least 0");
    }
    sum += contribution;
    largest = std::max(largest, contribution);
  }
  return largest > rules.most_share * sum;
}

std::vector<DeducedInterval> deduced_intervals(const CellSystem& system, const std::span<const CellStatus> statuses,
                                               const std::span<const std::size_t> which) {
  check(system);
  if (statuses.size() != system.cells.size()) {
    throw ArgumentError("disclosure: one status for each cell");
  }
  Changes changes{system};
  for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
    changes.set(cell, statuses[cell], false);
  }
  std::vector<DeducedInterval> intervals;
  for (const std::size_t cell : which) {
    const double value = system.cells[cell].value;
    intervals.push_back({.cell = cell,
                         .low = tidied(value + changes.farthest(cell, -1)),
                         .high = tidied(value + changes.farthest(cell, 1))});
  }
  return intervals;
}

Suppression suppress(const CellSystem& system, const DisclosureRules& rules) {
  check(system);
  Suppression result;
  std::vector<std::size_t> primary;
  for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
    const SystemCell& one = system.cells[cell];
    const bool hidden = one.primary && one.role != Role::known;
    result.cells.push_back(hidden                          ? CellStatus::primary
                           : one.role == Role::unpublished ? CellStatus::unpublished
                                                           : CellStatus::published);
    if (hidden) {
      primary.push_back(cell);
    }
  }
  if (primary.empty()) {
    return result;
  }
  HelperSearch search{system, result.cells};
  for (const std::size_t cell : primary) {
    const Needed both = needed(system.cells[cell], rules);
    for (const double amount : {both.rise, -both.fall}) {
      if (std::abs(amount) < kRounding) {
        continue;
      }
      for (const std::size_t helper : search.helpers(cell, amount)) {
        if (result.cells[helper] == CellStatus::published) {
          result.cells[helper] = CellStatus::secondary;
          search.hide(helper);
        }
      }
    }
  }
  result.deduced = deduced_intervals(system, result.cells, primary);
  for (DeducedInterval& interval : result.deduced) {
    interval.narrow = is_narrow(interval, system.cells[interval.cell], rules);
    result.safe = result.safe && !interval.narrow;
  }
  return result;
}

}  // namespace maillage
