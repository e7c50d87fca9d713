#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// A cell of a grid, counted from the lower left.
struct CellPosition {
  std::uint32_t column;
  std::uint32_t row;
  friend bool operator==(const CellPosition&, const CellPosition&) = default;
};

/// A rectangle of cells, both corners in it.
struct CellRange {
  CellPosition low;
  CellPosition high;
};

/// Square cells over a box, as exact half-open intervals of doubles: the cell that `position` computes for a point is the
/// one whose bounds hold it, whatever the rounding.
struct CellGrid {
  double origin_x = 0;
  double origin_y = 0;
  double cells_per_unit = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<double> west;    ///< per column, and one more: the greatest x below its cells'
  std::vector<double> bottom;  ///< per row: the least y of its cells

  /// \param point  within the box that the grid was made for
  [[nodiscard]] CellPosition position(const Point& point) const {
    const auto column = static_cast<std::uint32_t>((point.x - origin_x) * cells_per_unit);
    const auto row = static_cast<std::uint32_t>((point.y - origin_y) * cells_per_unit);
    return {std::min(column, columns - 1), std::min(row, rows - 1)};
  }
  /// The cells of many points, of the same box. \param cells  of the same length
  void positions(std::span<const Point> points, std::span<CellPosition> cells) const;
  /// Lower left corner of a cell, as crossings are counted from it: just west of all its points.
  [[nodiscard]] Point corner(const CellPosition cell) const { return {west[cell.column], bottom[cell.row]}; }
  [[nodiscard]] Point next_corner(const CellPosition cell) const { return {west[cell.column + 1], bottom[cell.row]}; }
};

/// \param side  wanted; larger where the box's coordinates would not tell such cells apart
/// \param most_cells  over the whole grid: the side grows until they suffice; at least 4
[[nodiscard]] CellGrid make_cell_grid(const Box& box, double side, double most_cells);

/// What choosing a grid for areas needs to know of them.
struct AreaExtent {
  Box box;
  std::vector<Box> area_boxes;
  double mean_edge_length = 0;  ///< of a sample
};

/// \throws ArgumentError if a vertex is not finite.  Cost: O(vertices), on all threads
[[nodiscard]] AreaExtent measure_areas(const AreaSet& areas);

namespace detail {

/// Cells that one edge passes between those of its ends.
template <typename Visit>
void pass_between(const CellGrid& grid, Point a, Point b, const std::uint32_t first_row, const std::uint32_t last_row,
                  const Visit& visit) {
  if (a.y > b.y) {
    std::swap(a, b);
  }
  const CellPosition from = grid.position(a);
  const CellPosition to = grid.position(b);
  const double u0 = (a.x - grid.origin_x) * grid.cells_per_unit;
  const double v0 = (a.y - grid.origin_y) * grid.cells_per_unit;
  const double u1 = (b.x - grid.origin_x) * grid.cells_per_unit;
  const double slope = (u1 - u0) / ((b.y - grid.origin_y) * grid.cells_per_unit - v0);
  // Cell coordinates stay below 1e8 and are rounded to 1e-8 at worst; the slack covers that in u and, through the slope, in
  // v.
  const double slack = 1e-6 * (1 + (slope < 0 ? -slope : slope));
  const std::uint32_t west = std::min(from.column, to.column);
  const std::uint32_t east = std::max(from.column, to.column);
  const auto column_at = [&](const double u) {
    return static_cast<std::uint32_t>(std::clamp(u, static_cast<double>(west), static_cast<double>(east)));
  };
  for (std::uint32_t row = std::max(from.row, first_row); row <= std::min(to.row, last_row); ++row) {
    std::uint32_t first = west;
    std::uint32_t last = east;
    if (from.row != to.row && west != east) {
      const double u_low = row == from.row ? u0 : u0 + (row - v0) * slope;
      const double u_high = row == to.row ? u1 : u0 + (row + 1 - v0) * slope;
      first = column_at(std::min(u_low, u_high) - slack);
      last = column_at(std::max(u_low, u_high) + slack);
    }
    for (std::uint32_t column = first; column <= last; ++column) {
      const CellPosition cell{column, row};
      if (cell != from && cell != to) {
        visit(cell);
      }
    }
  }
}

}  // namespace detail

/// Calls `visit(cell, first_edge, edges)` for every cell that a line passes through, in its order: consecutive edges
/// together, edge k from vertex k to vertex k + 1; of a run of edges all vertices but the first and the last lie in the
/// cell. Of rows outside [first_row, last_row] some are left out. An edge may be named in a cell that it only comes very
/// close to. \param cells  per vertex, as `positions` gives them
template <typename Visit>
void walk_cells(const CellGrid& grid, const std::span<const Point> vertices, const std::span<const CellPosition> cells,
                const std::uint32_t first_row, const std::uint32_t last_row, const Visit& visit) {
  if (vertices.size() < 2) {
    return;
  }
  const auto edges = static_cast<std::uint32_t>(vertices.size() - 1);
  CellPosition cell = cells[0];
  std::uint32_t run_first = 0;
  for (std::uint32_t edge = 0; edge < edges; ++edge) {
    const CellPosition next = cells[edge + 1];
    if (next == cell) {
      continue;
    }
    visit(cell, run_first, edge + 1 - run_first);
    const std::uint32_t steps = (next.column > cell.column ? next.column - cell.column : cell.column - next.column) +
                                (next.row > cell.row ? next.row - cell.row : cell.row - next.row);
    if (steps > 1) {
      detail::pass_between(grid, vertices[edge], vertices[edge + 1], first_row, last_row,
                           [&](const CellPosition between) { visit(between, edge, 1U); });
    }
    cell = next;
    run_first = edge;
  }
  visit(cell, run_first, edges - run_first);
}

}  // namespace maillage
