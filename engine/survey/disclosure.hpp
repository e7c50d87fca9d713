#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/survey/cross_tab.hpp"
#include "engine/survey/linear_program.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// When a cell tells too much of those it counts. They hold per column of a study: survey answers are confidential, the
/// address of a public library is not. Source: INSEE, rules of statistical confidentiality (enterprises).
struct DisclosureRules {
  std::int64_t least_units = 3;     ///< a count from 1 to one less is not published
  double most_share = 0.85;         ///< nor a total of which one unit has more than this
  bool single_category = false;     ///< nor a row whose units all stand in one column: everybody's answer is known
  std::int64_t interval_width = 2;  ///< what a reader may deduce of a hidden cell spans at least this
};

/// Whether one unit dominates a total. \param contributions  at least 0 \throws ArgumentError otherwise
[[nodiscard]] bool is_dominated(std::span<const double> contributions, const DisclosureRules& rules);

enum class CellStatus : std::uint8_t {
  published,
  primary,   ///< hidden by a rule
  secondary  ///< hidden so that no primary one can be computed from what is published
};

/// Counts of a table with its totals: the last row and the last column are sums of the others.
using CountGrid = std::vector<std::vector<std::int64_t>>;

/// What a reader can deduce of a hidden cell from all that is published.
struct DeducedInterval {
  std::size_t row = 0;
  std::size_t column = 0;
  double low = 0;
  double high = 0;
  bool narrow = false;  ///< a primary cell that the interval does not protect
};

/// Which cells of a table may be shown. It applies to the table itself, to those of its percentages and to any layer or map
/// made of the same cells.
struct SuppressionMask {
  std::vector<std::vector<CellStatus>> cells;  ///< [row][column], totals last
  std::vector<DeducedInterval> deduced;        ///< of every hidden cell, by row and column
  bool safe = true;                            ///< no primary cell can be deduced too closely

  [[nodiscard]] bool shows(const std::size_t row, const std::size_t column) const {
    return cells[row][column] == CellStatus::published;
  }
  [[nodiscard]] std::int64_t hidden(CellStatus status) const;
};

/// Other things published of the cells: cell row * columns + column, as in a rounded percentage.
using PublishedRelations = std::vector<LinearRow>;

/// That `part` prints as this percentage of `whole`, both cells of one grid.
[[nodiscard]] PublishedRelations printed_share(std::size_t part, std::size_t whole, const Decimal& percentage);

/// The counts of a table made by `cross_table(..., CrossTabCells::counts, ...)`. \throws ArgumentError when its body does
/// not hold counts whose last row and column are sums, as with multi-response attributes
[[nodiscard]] CountGrid count_grid(const Table& table);

/// Smallest and largest value that each hidden cell may have for a reader of everything else: two linear programs each.
/// \throws ArgumentError on a mask of another shape, or a grid whose totals are not sums
[[nodiscard]] std::vector<DeducedInterval> deduced_intervals(const CountGrid& counts,
                                                             const std::vector<std::vector<CellStatus>>& cells,
                                                             const PublishedRelations& relations = {});

/// Hides what the rules ask for, then further cells until no primary cell can be deduced within the interval's width or
/// below the least number of units. Each helper is found by a linear program of least hidden counts; `deduced_intervals`
/// audits the whole. Deterministic. The grand total is never hidden: a table that cannot be protected is not `safe`, and
/// must not be published.
/// \param primary  cells hidden for another reason (dominance), same shape as counts, or empty
/// \param elsewhere  cells that another table shows, so that hiding them here would hide nothing; or empty
/// Cost: one linear program per primary cell, two per hidden cell for the audit.
/// Sources: Fischetti & Salazar (2000), doi:10.1287/mnsc.46.8.1157.12028 (the problem); Kelly, Golden & Assad (1992),
/// doi:10.1002/net.3230220407 (the heuristic).
[[nodiscard]] SuppressionMask suppress(const CountGrid& counts, const DisclosureRules& rules = {},
                                       const std::vector<std::vector<bool>>& primary = {},
                                       const std::vector<std::vector<bool>>& elsewhere = {});

/// The table without its hidden cells: they show "s" (secret). A percentage is hidden with its count, and with the total it
/// is a share of, from which that total could be computed. \throws ArgumentError on a table of another shape
[[nodiscard]] Table masked(const Table& table, const SuppressionMask& mask, CrossTabCells cells);

}  // namespace maillage
