#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/survey/linear_program.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// When a cell tells too much of those it counts. They hold per column of a study: survey answers are confidential, the
/// address of a public library is not. Source: INSEE, rules of statistical confidentiality (enterprises).
struct DisclosureRules {
  std::int64_t least_units = 3;     ///< a count from 1 to one less is not published
  double most_share = 0.85;         ///< nor a total of which one unit has more than this
  bool single_category = false;     ///< nor a category whose units all give one answer: everybody's answer is known
  std::int64_t interval_width = 2;  ///< what a reader may deduce of a hidden cell spans at least this
};

/// Whether one unit dominates a total. \param contributions  at least 0 \throws ArgumentError otherwise
[[nodiscard]] bool is_dominated(std::span<const double> contributions, const DisclosureRules& rules);

enum class CellStatus : std::uint8_t {
  published,
  primary,     ///< hidden by a rule
  secondary,   ///< hidden so that no primary one can be computed from what is published
  unpublished  ///< stands in no table
};

/// A count, or a weighted sum of counts, that a reader may read, compute or guess.
struct SystemCell {
  enum class Role : std::uint8_t {
    known,       ///< to everybody, published or not
    offered,     ///< to be published, unless it is hidden
    unpublished  ///< stands in no table
  };
  double value = 0;
  double shown_low = 0;  ///< what its print says of it: the count itself, or the bounds of a rounded figure
  double shown_high = 0;
  double least = 0;  ///< what is known of it without any table
  double most = HUGE_VAL;
  double cost = 0;  ///< of hiding it, per unit that it moves; offered cells only
  Role role = Role::unpublished;
  bool primary = false;  ///< to be protected, whether it is offered or only follows from others
};

/// Cells, and what always holds between them. Values fulfil all of it.
struct CellSystem {
  std::vector<SystemCell> cells;
  std::vector<LinearRow> relations;  ///< of cells, by position
};

/// What a reader can deduce of a cell from all that is published.
struct DeducedInterval {
  std::size_t cell = 0;
  double low = 0;
  double high = 0;
  bool narrow = false;  ///< it does not protect the cell
};

/// Which cells of a system may be shown.
struct Suppression {
  std::vector<CellStatus> cells;
  std::vector<DeducedInterval> deduced;  ///< of every primary cell, in order
  bool safe = true;                      ///< no primary cell can be deduced too closely
};

/// Smallest and largest value that each of `which` may have for a reader of everything shown: two linear programs each. Counts
/// are taken as real numbers: a reader who enumerates whole ones may exclude ends of an interval, not the truth.
/// \throws ArgumentError on statuses of another number, or values that contradict the system
[[nodiscard]] std::vector<DeducedInterval> deduced_intervals(const CellSystem& system, std::span<const CellStatus> statuses,
                                                             std::span<const std::size_t> which);

/// Hides primary cells, then offered ones until no primary cell can be deduced within the interval's width or below the least
/// number of units (or, where less is known to everybody, within that). Helpers of each primary cell, in order, are those of a
/// linear program of least cost; `deduced_intervals` audits the whole. Deterministic. A system that cannot be protected is not
/// `safe`: the intervals that are narrow say where.
/// Cost: one linear program per primary cell, and two for the audit, all over the same rows.
/// Sources: Fischetti & Salazar (2000), doi:10.1287/mnsc.46.8.1157.12028 (the problem); Kelly, Golden & Assad (1992),
/// doi:10.1002/net.3230220407 (the heuristic).
[[nodiscard]] Suppression suppress(const CellSystem& system, const DisclosureRules& rules);

}  // namespace maillage
