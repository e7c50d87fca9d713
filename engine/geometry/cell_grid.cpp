#include "engine/geometry/cell_grid.hpp"

#include <cmath>
#include <limits>

#include "engine/core/error.hpp"
#include "engine/core/lane_kernel.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

/// Least double whose cell number, as `position` computes it, is `cell` or more.
double least_coordinate(const double origin, const double cells_per_unit, const std::uint32_t cell) {
  const auto reached = [&](const double x) { return (x - origin) * cells_per_unit >= cell; };
  const double guess = origin + cell / cells_per_unit;
  double slack = std::max({std::abs(origin), std::abs(guess), 1 / cells_per_unit}) * 1e-15;
  double below = guess - slack;
  double above = guess + slack;
  while (reached(below) || !reached(above)) {
    slack *= 4;
    below = guess - slack;
    above = guess + slack;
  }
  while (std::nextafter(below, above) < above) {
    const double middle = below + (above - below) / 2;
    // Rounding may return an end next to zero or between neighbours; a step to the next double always advances.
    const double probe = middle > below && middle < above ? middle : std::nextafter(below, above);
    (reached(probe) ? above : below) = probe;
  }
  return above;
}

}  // namespace

MAILLAGE_LANE_KERNEL
void CellGrid::positions(const std::span<const Point> points, const std::span<CellPosition> cells) const {
  // Below 2^31 cells a side, so that lanes of signed numbers do.
  const auto last_column = static_cast<std::int32_t>(columns) - 1;
  const auto last_row = static_cast<std::int32_t>(rows) - 1;
  const double x = origin_x;
  const double y = origin_y;
  const double scale = cells_per_unit;
  const Point* const point = points.data();
  CellPosition* const cell = cells.data();
  for (std::size_t k = 0; k < points.size(); ++k) {
    cell[k].column = static_cast<std::uint32_t>(std::min(static_cast<std::int32_t>((point[k].x - x) * scale), last_column));
    cell[k].row = static_cast<std::uint32_t>(std::min(static_cast<std::int32_t>((point[k].y - y) * scale), last_row));
  }
}

CellGrid make_cell_grid(const Box& box, const double wanted_side, const double most_cells) {
  const double width = box.max_x - box.min_x;
  const double height = box.max_y - box.min_y;
  const double magnitude = std::max({std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
  // A cell must stay far above the spacing of doubles, or its number would mean nothing.
  double side = std::max({wanted_side, magnitude * 1e-9, 1e-100});
  const auto cells_along = [&](const double extent) { return extent / side + 2; };
  while (cells_along(width) * cells_along(height) > std::max(most_cells, 4.0) && side < width + height) {
    side *= 1.25;
  }
  // Half a cell of margin: the corner of the first column's cells lies outside all areas.
  CellGrid grid;
  grid.origin_x = box.min_x - side / 2;
  grid.origin_y = box.min_y - side / 2;
  grid.cells_per_unit = 1 / side;
  grid.columns = static_cast<std::uint32_t>((box.max_x - grid.origin_x) / side) + 1;
  grid.rows = static_cast<std::uint32_t>((box.max_y - grid.origin_y) / side) + 1;
  // One column more: the last cell's right side.
  for (std::uint32_t column = 0; column <= grid.columns; ++column) {
    // Just west of the column: an edge on its west side is then between this corner and the next, in a cell that knows it.
    const double least = least_coordinate(grid.origin_x, grid.cells_per_unit, column);
    grid.west.push_back(std::nextafter(least, -std::numeric_limits<double>::infinity()));
  }
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    grid.bottom.push_back(least_coordinate(grid.origin_y, grid.cells_per_unit, row));
  }
  return grid;
}

AreaExtent measure_areas(const AreaSet& areas) {
  constexpr std::size_t kAreasPerBlock = 1024;
  constexpr std::uint32_t kSample = 16;  // enough to choose a cell size
  struct Part {
    double length = 0;
    std::size_t edges = 0;
    bool finite = true;
  };
  AreaExtent extent;
  extent.area_boxes.resize(areas.areas());
  std::vector<Part> parts((areas.areas() + kAreasPerBlock - 1) / kAreasPerBlock);
  parallel_for_blocks(areas.areas(), kAreasPerBlock, [&](const std::size_t begin, const std::size_t end) {
    Part& part = parts[begin / kAreasPerBlock];
    double sum = 0;  // of zeros; not a number as soon as one coordinate is not finite
    for (std::size_t area = begin; area < end; ++area) {
      const auto rings = areas.rings_of(AreaIndex{area});
      const std::uint32_t last = areas.ring_first[rings.last];
      Box box;
      for (std::uint32_t k = areas.ring_first[rings.first]; k < last; ++k) {
        const Point& vertex = areas.vertices[k];
        box.extend(vertex);
        sum += (vertex.x - vertex.x) + (vertex.y - vertex.y);
      }
      for (std::uint32_t k = areas.ring_first[rings.first]; k + 1 < last; k += kSample) {
        const double length = distance_m(areas.vertices[k], areas.vertices[k + 1]);
        part.length += length;
        part.edges += length > 0 ? 1 : 0;
      }
      extent.area_boxes[area] = box;
    }
    part.finite = sum == 0;
  });
  double length = 0;
  std::size_t edges = 0;
  for (const Part& part : parts) {
    if (!part.finite) {
      throw ArgumentError("areas: a vertex is not finite");
    }
    length += part.length;
    edges += part.edges;
  }
  for (const Box& box : extent.area_boxes) {
    if (!box.empty()) {
      extent.box.extend({box.min_x, box.min_y});
      extent.box.extend({box.max_x, box.max_y});
    }
  }
  extent.mean_edge_length = edges == 0 ? 0 : length / static_cast<double>(edges);
  return extent;
}

}  // namespace maillage
