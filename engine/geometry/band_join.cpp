#include "engine/geometry/band_join.hpp"

#include <algorithm>
#include <bit>

#include "engine/core/lane_kernel.hpp"
#include "engine/geometry/area_locator_grid.hpp"
#include "engine/geometry/crossing_lanes.hpp"

namespace maillage::locator {

namespace {

/// Points by cell, row after row, coordinate by coordinate; arrays are padded for lanes.
struct BandPoints {
  std::vector<std::uint32_t> first;  ///< per cell of the band, n + 1
  std::vector<double> x;
  std::vector<double> y;
  std::vector<std::uint32_t> number;
};

/// Edges of the area in a cell where points are.
struct Visit {
  CellPosition cell;
  std::uint32_t first_edge;
  std::uint32_t edges;
};

/// The area that is joined: its vertices, their cells, and its box within the band.
struct AreaCells {
  std::uint32_t area;
  std::span<const Point> vertices;
  std::span<const CellPosition> positions;
  CellRange range;
};

class BandJoin {
 public:
  BandJoin(const JoinAreas& areas, const RowBand band)
      : areas_(*areas.areas), grid_(*areas.grid), ranges_(areas.ranges), band_(band) {}

  void run(std::span<const NumberedPoint> points, std::span<AreaIndex> found);

 private:
  /// Of a cell in the band.
  [[nodiscard]] std::uint32_t number(const CellPosition cell) const {
    return (cell.row - band_.first) * grid_.columns + cell.column;
  }
  void sort(std::span<const NumberedPoint> points);
  [[nodiscard]] bool enter(std::uint32_t area, AreaCells& cells);
  template <typename Visitor>
  void walk(const AreaCells& cells, const Visitor& visitor) const;
  void walk_area(const AreaCells& cells, std::size_t words);
  void cross(const AreaCells& cells);
  void settle(const AreaCells& cells, std::size_t words);
  void give_borders(std::span<const NumberedPoint> points, std::span<AreaIndex> found);

  const AreaSet& areas_;
  const CellGrid& grid_;
  std::span<const CellRange> ranges_;
  RowBand band_;
  BandPoints points_;
  std::vector<std::uint32_t> found_;  ///< per point in cell order
  std::vector<std::uint8_t> odd_;     ///< per point: parity of the crossings on its way to its cell's corner
  std::vector<CellPosition> positions_;
  std::vector<std::uint64_t>
      flips_;  ///< per cell of the area's box, in rows of words: an odd number of edges between its corner and the next
  std::vector<std::uint64_t> visited_;  ///< the same: an edge passes
  std::vector<Visit> visits_;
};

void BandJoin::sort(const std::span<const NumberedPoint> points) {
  std::vector<std::uint32_t> cell_of(points.size());
  points_.first.assign(std::size_t{grid_.columns} * (band_.last - band_.first + 1) + 1, 0);
  for (std::size_t k = 0; k < points.size(); ++k) {
    cell_of[k] = number(grid_.position(points[k].point));
    ++points_.first[cell_of[k]];
  }
  // Each count becomes the end of its cell, then is walked back to its beginning.
  std::uint32_t end = 0;
  for (std::uint32_t& first : points_.first) {
    end += first;
    first = end;
  }
  points_.x.assign(points.size() + kPointLanes, 0);
  points_.y.assign(points.size() + kPointLanes, 0);
  points_.number.resize(points.size());
  for (std::size_t k = points.size(); k-- > 0;) {
    const std::uint32_t place = --points_.first[cell_of[k]];
    points_.x[place] = points[k].point.x;
    points_.y[place] = points[k].point.y;
    points_.number[place] = points[k].number;
  }
}

/// \returns whether the area's box within the band has cells with points in them
bool BandJoin::enter(const std::uint32_t area, AreaCells& cells) {
  CellRange range = ranges_[area];
  range.low.row = std::max(range.low.row, band_.first);
  range.high.row = std::min(range.high.row, band_.last);
  bool any = false;
  for (std::uint32_t row = range.low.row; row <= range.high.row && !any; ++row) {
    any = points_.first[number({range.low.column, row})] != points_.first[number({range.high.column, row}) + 1];
  }
  if (!any) {
    return false;
  }
  const auto rings = areas_.rings_of(AreaIndex{area});
  const std::uint32_t first = areas_.ring_first[rings.first];
  const std::size_t size = areas_.ring_first[rings.last] - first;
  positions_.resize(std::max(positions_.size(), size));
  cells = {.area = area,
           .vertices = std::span{areas_.vertices}.subspan(first, size),
           .positions = std::span{positions_}.first(size),
           .range = range};
  grid_.positions(cells.vertices, positions_);
  return true;
}

/// Calls `visitor(cell, first_edge, edges)` for the cells of the band; edges are counted from the area's first vertex.
template <typename Visitor>
void BandJoin::walk(const AreaCells& cells, const Visitor& visitor) const {
  const auto rings = areas_.rings_of(AreaIndex{cells.area});
  const std::uint32_t origin = areas_.ring_first[rings.first];
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    const std::uint32_t first = areas_.ring_first[ring] - origin;
    const std::uint32_t size = areas_.ring_first[ring + 1] - areas_.ring_first[ring];
    walk_cells(grid_, cells.vertices.subspan(first, size), cells.positions.subspan(first, size), band_.first, band_.last,
               [&](const CellPosition cell, const std::uint32_t edge, const std::uint32_t edges) {
                 if (cell.row >= band_.first && cell.row <= band_.last) {
                   visitor(cell, first + edge, edges);
                 }
               });
  }
}

void BandJoin::walk_area(const AreaCells& cells, const std::size_t words) {
  const CellPosition low = cells.range.low;
  const std::size_t rows = cells.range.high.row - low.row + 1;
  flips_.assign(words * rows, 0);
  visited_.assign(words * rows, 0);
  visits_.clear();
  walk(cells, [&](const CellPosition cell, const std::uint32_t first_edge, const std::uint32_t edges) {
    const std::uint32_t column = cell.column - low.column;
    const std::size_t word = (cell.row - low.row) * words + column / 64;
    visited_[word] |= std::uint64_t{1} << (column % 64);
    const bool odd = odd_row_crossings(cells.vertices.subspan(first_edge, edges + std::size_t{1}), grid_.corner(cell),
                                       grid_.next_corner(cell));
    flips_[word] ^= std::uint64_t{odd} << (column % 64);
    const std::uint32_t at = number(cell);
    if (points_.first[at] != points_.first[at + 1]) {
      visits_.push_back({cell, first_edge, edges});
    }
  });
}

MAILLAGE_LANE_KERNEL
void BandJoin::cross(const AreaCells& cells) {
  for (const Visit& visit : visits_) {
    const std::uint32_t at = number(visit.cell);
    const std::uint32_t begin = points_.first[at];
    cross_run(cells.vertices.subspan(visit.first_edge, visit.edges + std::size_t{1}), grid_.corner(visit.cell),
              &points_.x[begin], &points_.y[begin], &odd_[begin], points_.first[at + 1] - begin);
  }
}

/// Gives the area its points: by the state of their cell's corner, and their way to it where an edge may be between.
MAILLAGE_LANE_KERNEL
void BandJoin::settle(const AreaCells& cells, const std::size_t words) {
  for (std::uint32_t row = cells.range.low.row; row <= cells.range.high.row; ++row) {
    std::uint64_t inside_before = 0;  // all ones where the corner of the word's first cell is inside
    for (std::size_t word = 0; word < words; ++word) {
      const std::size_t at = (row - cells.range.low.row) * words + word;
      const std::uint32_t first_cell = number({cells.range.low.column, row}) + static_cast<std::uint32_t>(word * 64);
      std::uint64_t corner = flips_[at];
      for (unsigned shift = 1; shift < 64; shift *= 2) {
        corner ^= corner << shift;
      }
      const std::uint64_t next_before = (corner >> 63U) != 0 ? ~inside_before : inside_before;
      corner = (corner << 1U) ^ inside_before;
      inside_before = next_before;
      const auto settle_cells = [&](const std::uint32_t cell, const std::uint32_t cells_count, const bool corner_inside)
          __attribute__((always_inline)) {
        const std::uint32_t begin = points_.first[cell];
        settle_points(&odd_[begin], &found_[begin], points_.first[cell + cells_count] - begin, corner_inside, cells.area);
      };
      for (std::uint64_t left = visited_[at]; left != 0; left &= left - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
        settle_cells(first_cell + bit, 1, ((corner >> bit) & 1U) != 0);
      }
      for (std::uint64_t left = corner & ~visited_[at]; left != 0;) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
        const auto size = static_cast<std::uint32_t>(std::countr_one(left >> bit));
        settle_cells(first_cell + bit, size, true);
        left &= bit + size == 64 ? 0 : ~std::uint64_t{0} << (bit + size);
      }
    }
  }
}

/// The lowest area whose border holds a point that lies inside none, as if the point were shifted nowhere.
void BandJoin::give_borders(const std::span<const NumberedPoint> points, const std::span<AreaIndex> found) {
  std::vector<NumberedPoint> nowhere;
  for (const NumberedPoint& point : points) {
    if (found[point.number].is_none()) {
      nowhere.push_back(point);
    }
  }
  if (nowhere.empty()) {
    return;
  }
  sort(nowhere);
  AreaCells cells;
  for (std::uint32_t area = 0; area < ranges_.size(); ++area) {
    if (!enter(area, cells)) {
      continue;
    }
    walk(cells, [&](const CellPosition cell, const std::uint32_t first_edge, const std::uint32_t edges) {
      const std::uint32_t at = number(cell);
      for (std::uint32_t place = points_.first[at]; place < points_.first[at + 1]; ++place) {
        AreaIndex& owner = found[points_.number[place]];
        for (std::uint32_t edge = first_edge; edge < first_edge + edges && owner.is_none(); ++edge) {
          if (on_segment(cells.vertices[edge], cells.vertices[edge + 1], {points_.x[place], points_.y[place]})) {
            owner = AreaIndex{area};
          }
        }
      }
    });
  }
}

void BandJoin::run(const std::span<const NumberedPoint> points, const std::span<AreaIndex> found) {
  sort(points);
  found_.assign(points.size() + kPointLanes, AreaIndex::none().value());
  odd_.assign(points.size() + kPointLanes, 0);
  AreaCells cells;
  for (std::uint32_t area = 0; area < ranges_.size(); ++area) {
    if (enter(area, cells)) {
      const std::size_t words = (cells.range.high.column - cells.range.low.column) / 64 + 1;
      walk_area(cells, words);
      cross(cells);
      settle(cells, words);
    }
  }
  for (std::size_t place = 0; place < points.size(); ++place) {
    found[points_.number[place]] = AreaIndex{found_[place]};
  }
  give_borders(points, found);
}

}  // namespace

void join_band(const JoinAreas& areas, const RowBand band, const std::span<const NumberedPoint> points,
               const std::span<AreaIndex> found) {
  BandJoin{areas, band}.run(points, found);
}

}  // namespace maillage::locator
