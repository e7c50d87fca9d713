#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// Triangles over some cells of a square grid, whose vertices are the cells' corners and places inside them: each cell is
/// cut along its rising diagonal, then at its places one after another. The cells lie on whole multiples of their side, and
/// the cut of a cell depends on nothing but its places; so a mesh over more cells holds the same triangles.
struct SampleMesh {
  static constexpr std::uint32_t kNoVertex = 0xffffffffU;

  std::vector<Point> vertices;  ///< corners by row, then column; then places inside cells
  std::size_t corners = 0;
  std::vector<std::uint32_t> border_corners;            ///< of fewer than four cells of the mesh
  std::vector<std::array<std::uint32_t, 3>> triangles;  ///< counter-clockwise
  std::vector<std::uint32_t> vertex_of_place;           ///< kNoVertex where the place lies in none of the cells
};

/// A cell of the grid: from (column, row) x side to one side more.
struct GridCell {
  std::int32_t row = 0;
  std::int32_t column = 0;
  friend constexpr auto operator<=>(const GridCell&, const GridCell&) = default;
};

/// The cell that holds a point: half-open intervals, exact in the doubles k x side. \throws ArgumentError if it is not
/// finite or farther than 2^31 cells from the origin.
[[nodiscard]] GridCell cell_at(const Point& point, double side_m);
/// The lower left corner of a cell.
[[nodiscard]] inline Point corner_of(const GridCell& cell, const double side_m) {
  return {cell.column * side_m, cell.row * side_m};
}

/// \param cells   sorted, without repeats
/// \param places  any order; those at one position are one vertex; those that are not finite, or beyond all cells' numbers,
/// have none Cost: O(cells + places log places); places of one cell are found in O(log n) expected.
[[nodiscard]] SampleMesh make_sample_mesh(std::span<const GridCell> cells, std::span<const Point> places, double side_m);

}  // namespace maillage
