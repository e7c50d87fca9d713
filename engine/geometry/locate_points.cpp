#include "engine/geometry/locate_points.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/core/parallel.hpp"
#include "engine/geometry/band_join.hpp"
#include "engine/geometry/cell_grid.hpp"

namespace maillage {

using locator::NumberedPoint;

namespace {

constexpr double kCellsPerPoint = 2;
constexpr double kEdgesPerCell = 5;  // cell side over mean edge length, at least
constexpr std::uint32_t kRowsPerBand = 64;
constexpr std::size_t kPointsPerBlock = 65'536;

/// The points by band of rows, each band's in the caller's order.
struct BandedPoints {
  std::vector<std::size_t> first;  ///< per band, n + 1
  std::vector<NumberedPoint> points;
};

BandedPoints sort_by_band(const CellGrid& grid, const Box& box, const std::span<const Point> points) {
  const std::size_t bands = (grid.rows + kRowsPerBand - 1) / kRowsPerBand;
  const std::size_t blocks = (points.size() + kPointsPerBlock - 1) / kPointsPerBlock;
  std::vector<std::size_t> count(blocks * bands);
  const auto for_points = [&](const std::size_t begin, const std::size_t end, const auto& visit) {
    for (std::size_t k = begin; k < end; ++k) {
      if (box.contains(points[k])) {
        visit(k, grid.position(points[k]).row / kRowsPerBand);
      }
    }
  };
  parallel_for_blocks(points.size(), kPointsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    std::size_t* const of_block = &count[begin / kPointsPerBlock * bands];
    for_points(begin, end, [&](std::size_t, const std::size_t band) { ++of_block[band]; });
  });
  BandedPoints banded;
  std::size_t total = 0;
  for (std::size_t band = 0; band < bands; ++band) {
    banded.first.push_back(total);
    for (std::size_t block = 0; block < blocks; ++block) {
      total += std::exchange(count[block * bands + band], total);
    }
  }
  banded.first.push_back(total);
  banded.points.resize(total);
  parallel_for_blocks(points.size(), kPointsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    std::size_t* const next = &count[begin / kPointsPerBlock * bands];
    for_points(begin, end, [&](const std::size_t k, const std::size_t band) {
      banded.points[next[band]++] = {points[k], static_cast<std::uint32_t>(k)};
    });
  });
  return banded;
}

std::vector<CellRange> ranges_of(const CellGrid& grid, const std::vector<Box>& boxes) {
  std::vector<CellRange> ranges;
  ranges.reserve(boxes.size());
  for (const Box& box : boxes) {
    ranges.push_back(box.empty() ? CellRange{{1, 1}, {0, 0}}
                                 : CellRange{grid.position({box.min_x, box.min_y}), grid.position({box.max_x, box.max_y})});
  }
  return ranges;
}

}  // namespace

std::vector<AreaIndex> locate_points(const AreaSet& areas, const std::span<const Point> points) {
  std::vector<AreaIndex> found(points.size());
  const AreaExtent extent = measure_areas(areas);
  if (extent.box.empty() || points.empty()) {
    return found;
  }
  const CellGrid grid = make_cell_grid(extent.box, extent.mean_edge_length * kEdgesPerCell,
                                       std::max(1024.0, kCellsPerPoint * static_cast<double>(points.size())));
  const std::vector<CellRange> ranges = ranges_of(grid, extent.area_boxes);
  const BandedPoints banded = sort_by_band(grid, extent.box, points);
  parallel_for_blocks(banded.first.size() - 1, 1, [&](const std::size_t band, std::size_t) {
    const std::size_t first = banded.first[band];
    const std::size_t size = banded.first[band + 1] - first;
    if (size > 0) {
      const auto first_row = static_cast<std::uint32_t>(band) * kRowsPerBand;
      join_band({&areas, &grid, ranges}, {first_row, std::min(first_row + kRowsPerBand, grid.rows) - 1},
                std::span{banded.points}.subspan(first, size), found);
    }
  });
  return found;
}

}  // namespace maillage
