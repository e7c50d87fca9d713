#include "engine/geometry/area_locator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "engine/geometry/area_locator_grid.hpp"
#include "engine/geometry/predicates.hpp"

namespace maillage {

using namespace locator;

namespace {

[[nodiscard]] AreaIndex owner_of(const std::uint32_t value) {
  const std::uint32_t owner = value & ~kEdgeless;
  return owner == kNobody ? AreaIndex::none() : AreaIndex{owner};
}

}  // namespace

std::uint32_t AreaLocator::cell_value(const CellPosition cell) const {
  const std::uint32_t tile = tiles_[std::size_t{cell.row >> kTileBits} * tile_columns_ + (cell.column >> kTileBits)];
  if ((tile & kEdgeless) != 0) {
    return tile;
  }
  return bands_[cell.row / kBandRows]
      .cells[std::size_t{tile} * kTileCells + (cell.row % kTileSide) * kTileSide + cell.column % kTileSide];
}

AreaIndex AreaLocator::locate_in_cell(const Point& point, const CellPosition cell, const std::uint32_t value) const {
  if ((value & kEdgeless) != 0) {
    return owner_of(value);
  }
  const Point corner = grid_.corner(cell);
  const Run* run = &bands_[cell.row / kBandRows].runs[value];
  while (true) {
    // Runs stand in the order of their areas, so the first area found inside is the lowest.
    const std::uint32_t area = run->area;
    bool inside = run->corner_inside != 0;
    bool last = false;
    do {
      const std::span<const Point> vertices{areas_->vertices.data() + run->first_edge, run->edges + std::size_t{1}};
      inside ^= run->edges != 0 && odd_crossings(vertices, corner, point);
      last = run->last_of_cell != 0;
      ++run;
    } while (!last && run->area == area);
    if (inside) {
      return AreaIndex{area};
    }
    if (last) {
      return lowest_touching(point, cell, value);
    }
  }
}

AreaIndex AreaLocator::lowest_touching(const Point& point, const CellPosition cell, const std::uint32_t value) const {
  for (const Run* run = &bands_[cell.row / kBandRows].runs[value];; ++run) {
    for (std::uint32_t edge = run->first_edge; edge < run->first_edge + run->edges; ++edge) {
      if (on_segment(areas_->vertices[edge], areas_->vertices[edge + 1], point)) {
        return AreaIndex{run->area};
      }
    }
    if (run->last_of_cell != 0) {
      return AreaIndex::none();
    }
  }
}

AreaIndex AreaLocator::locate(const Point& point) const {
  if (!box_.contains(point)) {
    return AreaIndex::none();
  }
  const CellPosition cell = grid_.position(point);
  return locate_in_cell(point, cell, cell_value(cell));
}

bool AreaLocator::is_on_border(const Point& point) const {
  if (!box_.contains(point)) {
    return false;
  }
  const CellPosition cell = grid_.position(point);
  const std::uint32_t value = cell_value(cell);
  return (value & kEdgeless) == 0 && !lowest_touching(point, cell, value).is_none();
}

void AreaLocator::improve(NearestArea& best, const Point& point, const CellPosition cell) const {
  const std::uint32_t value = cell_value(cell);
  if ((value & kEdgeless) != 0) {
    return;
  }
  for (const Run* run = &bands_[cell.row / kBandRows].runs[value];; ++run) {
    for (std::uint32_t edge = run->first_edge; edge < run->first_edge + run->edges; ++edge) {
      const double distance = distance_to_segment(point, areas_->vertices[edge], areas_->vertices[edge + 1]);
      if (distance < best.distance || (distance == best.distance && AreaIndex{run->area} < best.area)) {
        best = {AreaIndex{run->area}, distance};
      }
    }
    if (run->last_of_cell != 0) {
      return;
    }
  }
}

std::optional<NearestArea> AreaLocator::nearest(const Point& point, const double max_distance) const {
  if (const AreaIndex area = locate(point); !area.is_none()) {
    return NearestArea{area, 0};
  }
  if (!std::isfinite(point.x) || !std::isfinite(point.y) || !(max_distance >= 0) || box_.empty()) {
    return std::nullopt;
  }
  // A square that reaches past the nearest edge found so far cannot miss a nearer one: grow it until it does.
  const double box_distance = std::hypot(std::max({box_.min_x - point.x, 0.0, point.x - box_.max_x}),
                                         std::max({box_.min_y - point.y, 0.0, point.y - box_.max_y}));
  if (box_distance > max_distance) {
    return std::nullopt;
  }
  for (double reach = box_distance + 1 / grid_.cells_per_unit;; reach *= 2) {
    NearestArea best{AreaIndex::none(), std::numeric_limits<double>::infinity()};
    const auto clamped = [&](const double x, const double y) {
      return grid_.position({std::clamp(x, box_.min_x, box_.max_x), std::clamp(y, box_.min_y, box_.max_y)});
    };
    const CellPosition low = clamped(point.x - reach, point.y - reach);
    const CellPosition high = clamped(point.x + reach, point.y + reach);
    for (std::uint32_t row = low.row; row <= high.row; ++row) {
      for (std::uint32_t column = low.column; column <= high.column; ++column) {
        improve(best, point, {column, row});
      }
    }
    if (best.distance <= reach || reach >= max_distance) {
      return best.distance <= max_distance ? std::optional{best} : std::nullopt;
    }
  }
}

double AreaLocator::distance(const Point& point, const AreaIndex area) const {
  double nearest = std::numeric_limits<double>::infinity();
  bool inside = false;
  const auto range = areas_->rings_of(area);
  for (std::size_t ring = range.first; ring < range.last; ++ring) {
    const std::span<const Point> vertices = areas_->ring(ring);
    for (std::size_t k = 0; k + 1 < vertices.size(); ++k) {
      const Point& a = vertices[k];
      const Point& b = vertices[k + 1];
      nearest = std::min(nearest, distance_to_segment(point, a, b));
      inside ^= (a.y > point.y) != (b.y > point.y) && shifted_side(a, b, point) == (b.y > a.y ? -1 : 1);
    }
  }
  return inside ? 0 : nearest;
}

std::size_t AreaLocator::bytes() const {
  std::size_t bytes = (grid_.west.size() + grid_.bottom.size()) * sizeof(double) + tiles_.size() * sizeof(std::uint32_t);
  for (const Band& band : bands_) {
    bytes += band.cells.capacity() * sizeof(std::uint32_t) + band.runs.capacity() * sizeof(Run);
  }
  return bytes;
}

}  // namespace maillage
