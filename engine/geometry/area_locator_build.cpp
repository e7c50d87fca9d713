#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/area_locator_grid.hpp"

namespace maillage {

using namespace locator;

namespace {

constexpr double kCellsPerEdgeLength = 0.5;  // cell side = mean edge length / this
constexpr double kMostTiles = 4'194'304;     // 16 MB of tile table, however far apart the areas lie
constexpr std::uint32_t kAbsent = 0xffffffffU;

/// A ring passes through a cell with edges [first_edge, first_edge + edges).
struct Visit {
  std::uint32_t cell;  // number in the band: tile place * kTileCells + position in the tile
  std::uint32_t area;
  std::uint32_t first_edge;
  std::uint32_t edges;
};

/// Least double whose cell number, as the queries compute it, is `cell` or more: so that cells are exact half-open
/// intervals.
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

/// Builds the bands of an AreaLocator, each on its own.
class AreaLocatorBuilder {
 public:
  AreaLocatorBuilder(AreaLocator& locator, const AreaSet& areas) : locator_(locator), areas_(areas) {}
  void build();

 private:
  /// Working memory of one band.
  struct Scratch {
    std::vector<Visit> visits;
    std::vector<std::uint32_t> tile_place;  // per tile of the band: place among those with edges, or kAbsent
    std::vector<std::uint32_t> first;       // per cell: its visits in `order`
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> inside;  // areas that hold the corner of the current cell, sorted
    std::uint32_t tiles = 0;
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
  };

  double measure();
  void lay_grid(double mean_edge_length);
  void build_band(std::size_t band);
  void walk_ring(std::size_t ring, std::uint32_t area, Scratch& scratch) const;
  void pass_between(std::uint32_t edge, std::uint32_t area, Scratch& scratch) const;
  void add_visit(AreaLocator::CellPosition cell, const Visit& visit, Scratch& scratch) const;
  static void sort_visits(Scratch& scratch);
  void fill_row(std::uint32_t row, AreaLocator::Band& band, Scratch& scratch);
  void fill_cell(AreaLocator::CellPosition cell, std::uint32_t number, AreaLocator::Band& band, Scratch& scratch) const;

  AreaLocator& locator_;
  const AreaSet& areas_;
  std::vector<std::pair<double, double>> y_range_;  // per area
};

double AreaLocatorBuilder::measure() {
  constexpr std::size_t kAreasPerBlock = 1024;
  struct Part {
    Box box;
    double length = 0;
    std::size_t edges = 0;
    bool finite = true;
  };
  y_range_.resize(areas_.areas());
  std::vector<Part> parts((areas_.areas() + kAreasPerBlock - 1) / kAreasPerBlock);
  parallel_for_blocks(areas_.areas(), kAreasPerBlock, [&](const std::size_t begin, const std::size_t end) {
    Part& part = parts[begin / kAreasPerBlock];
    for (std::size_t area = begin; area < end; ++area) {
      Box box;
      const auto range = areas_.rings_of(AreaIndex{area});
      const std::size_t last = areas_.ring_first[range.last];
      for (std::size_t k = areas_.ring_first[range.first]; k < last; ++k) {
        const Point& vertex = areas_.vertices[k];
        box.extend(vertex);
        part.finite &= std::isfinite(vertex.x) && std::isfinite(vertex.y);
      }
      for (std::size_t k = areas_.ring_first[range.first]; k + 1 < last;
           k += 16) {  // a sample is enough to choose a cell size
        const double length = distance_m(areas_.vertices[k], areas_.vertices[k + 1]);
        part.length += length;
        part.edges += length > 0 ? 1 : 0;
      }
      y_range_[area] = {box.min_y, box.max_y};
      if (!box.empty()) {
        part.box.extend({box.min_x, box.min_y});
        part.box.extend({box.max_x, box.max_y});
      }
    }
  });
  double length = 0;
  std::size_t edges = 0;
  for (const Part& part : parts) {
    if (!part.finite) {
      throw ArgumentError("AreaLocator: a vertex is not finite");
    }
    if (!part.box.empty()) {
      locator_.box_.extend({part.box.min_x, part.box.min_y});
      locator_.box_.extend({part.box.max_x, part.box.max_y});
    }
    length += part.length;
    edges += part.edges;
  }
  return edges == 0 ? 0 : length / static_cast<double>(edges);
}

void AreaLocatorBuilder::lay_grid(const double mean_edge_length) {
  const Box& box = locator_.box_;
  const double width = box.max_x - box.min_x;
  const double height = box.max_y - box.min_y;
  const double magnitude = std::max({std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
  // A cell must stay far above the spacing of doubles, or its number would mean nothing.
  double side = std::max({mean_edge_length / kCellsPerEdgeLength, magnitude * 1e-9, 1e-100});
  const auto tiles_along = [&](const double extent) { return extent / (side * kTileSide) + 2; };
  // Few edges never need many tiles, whatever the sample said of their length.
  const double most_tiles = std::min(kMostTiles, 64 + 16 * static_cast<double>(areas_.vertices.size()));
  while (tiles_along(width) * tiles_along(height) > most_tiles) {
    side *= 1.25;
  }
  // Half a cell of margin: the corner of the first column's cells lies outside all areas.
  locator_.origin_x_ = box.min_x - side / 2;
  locator_.origin_y_ = box.min_y - side / 2;
  locator_.cells_per_unit_ = 1 / side;
  locator_.columns_ = static_cast<std::uint32_t>((box.max_x - locator_.origin_x_) / side) + 1;
  locator_.rows_ = static_cast<std::uint32_t>((box.max_y - locator_.origin_y_) / side) + 1;
  locator_.tile_columns_ = (locator_.columns_ + kTileSide - 1) / kTileSide;
  const std::size_t tile_rows = (locator_.rows_ + kTileSide - 1) / kTileSide;
  locator_.tiles_.assign(tile_rows * locator_.tile_columns_, kEdgeless | kNobody);
  // One column more: the last cell's right side.
  for (std::uint32_t column = 0; column <= locator_.columns_; ++column) {
    // Just west of the column: an edge on its west side is then between this corner and the next, in a cell that knows it.
    const double least = least_coordinate(locator_.origin_x_, locator_.cells_per_unit_, column);
    locator_.west_.push_back(std::nextafter(least, -std::numeric_limits<double>::infinity()));
  }
  for (std::uint32_t row = 0; row < locator_.rows_; ++row) {
    locator_.bottom_.push_back(least_coordinate(locator_.origin_y_, locator_.cells_per_unit_, row));
  }
}

void AreaLocatorBuilder::build() {
  const double mean_edge_length = measure();
  if (locator_.box_.empty()) {
    return;
  }
  lay_grid(mean_edge_length);
  const std::size_t bands = (locator_.rows_ + kBandRows - 1) / kBandRows;
  locator_.bands_.resize(bands);
  parallel_for_blocks(bands, 1, [this](const std::size_t band, std::size_t) { build_band(band); });
}

void AreaLocatorBuilder::build_band(const std::size_t number) {
  Scratch scratch;
  scratch.first_row = static_cast<std::uint32_t>(number) * kBandRows;
  scratch.last_row = std::min(scratch.first_row + kBandRows, locator_.rows_) - 1;
  const std::uint32_t tile_rows = (scratch.last_row - scratch.first_row) / kTileSide + 1;
  scratch.tile_place.assign(std::size_t{tile_rows} * locator_.tile_columns_, kAbsent);
  scratch.visits.reserve(2 * areas_.vertices.size() / locator_.bands_.size());
  const double low = locator_.bottom_[scratch.first_row];
  const bool last_band = scratch.last_row + 1 == locator_.rows_;
  const double high = last_band ? std::numeric_limits<double>::infinity() : locator_.bottom_[scratch.last_row + 1];
  for (std::size_t area = 0; area < areas_.areas(); ++area) {
    if (y_range_[area].second >= low && y_range_[area].first < high) {
      const auto range = areas_.rings_of(AreaIndex{area});
      for (std::size_t ring = range.first; ring < range.last; ++ring) {
        walk_ring(ring, static_cast<std::uint32_t>(area), scratch);
      }
    }
  }
  sort_visits(scratch);
  AreaLocator::Band& band = locator_.bands_[number];
  band.cells.resize(std::size_t{scratch.tiles} * kTileCells);
  band.runs.reserve(scratch.visits.size() + scratch.visits.size() / 16);
  for (std::uint32_t row = scratch.first_row; row <= scratch.last_row; ++row) {
    fill_row(row, band, scratch);
  }
}

void AreaLocatorBuilder::add_visit(const AreaLocator::CellPosition cell, const Visit& visit, Scratch& scratch) const {
  if (cell.row < scratch.first_row || cell.row > scratch.last_row || visit.edges == 0) {
    return;
  }
  const std::uint32_t row = cell.row - scratch.first_row;
  std::uint32_t& place =
      scratch.tile_place[std::size_t{row >> kTileBits} * locator_.tile_columns_ + (cell.column >> kTileBits)];
  if (place == kAbsent) {
    place = scratch.tiles++;
  }
  const std::uint32_t number = place * kTileCells + (row % kTileSide) * kTileSide + cell.column % kTileSide;
  scratch.visits.push_back({number, visit.area, visit.first_edge, visit.edges});
}

void AreaLocatorBuilder::walk_ring(const std::size_t ring, const std::uint32_t area, Scratch& scratch) const {
  const std::uint32_t begin = areas_.ring_first[ring];
  const std::uint32_t end = areas_.ring_first[ring + 1];
  if (end - begin < 2) {
    return;
  }
  AreaLocator::CellPosition cell = locator_.cell_position(areas_.vertices[begin]);
  std::uint32_t run_first = begin;
  for (std::uint32_t edge = begin; edge + 1 < end; ++edge) {
    const AreaLocator::CellPosition next = locator_.cell_position(areas_.vertices[edge + 1]);
    if (next.column == cell.column && next.row == cell.row) {
      continue;
    }
    add_visit(cell, {0, area, run_first, edge + 1 - run_first}, scratch);
    const std::uint32_t steps = (next.column > cell.column ? next.column - cell.column : cell.column - next.column) +
                                (next.row > cell.row ? next.row - cell.row : cell.row - next.row);
    if (steps > 1) {
      pass_between(edge, area, scratch);
    }
    cell = next;
    run_first = edge;
  }
  add_visit(cell, {0, area, run_first, end - 1 - run_first}, scratch);
}

void AreaLocatorBuilder::pass_between(const std::uint32_t edge, const std::uint32_t area, Scratch& scratch) const {
  Point a = areas_.vertices[edge];
  Point b = areas_.vertices[edge + 1];
  if (a.y > b.y) {
    std::swap(a, b);
  }
  const AreaLocator::CellPosition from = locator_.cell_position(a);
  const AreaLocator::CellPosition to = locator_.cell_position(b);
  const double origin_x = locator_.origin_x_;
  const double origin_y = locator_.origin_y_;
  const double scale = locator_.cells_per_unit_;
  const double u0 = (a.x - origin_x) * scale;
  const double v0 = (a.y - origin_y) * scale;
  const double slope = ((b.x - origin_x) * scale - u0) / ((b.y - origin_y) * scale - v0);
  // Cell coordinates stay below 1e8 and are rounded to 1e-8 at worst; the slack covers that in u and, through the slope, in
  // v.
  const double slack = 1e-6 * (1 + std::abs(slope));
  const std::uint32_t west = std::min(from.column, to.column);
  const std::uint32_t east = std::max(from.column, to.column);
  const auto column_at = [&](const double u) {
    return static_cast<std::uint32_t>(std::clamp(u, static_cast<double>(west), static_cast<double>(east)));
  };
  const std::uint32_t first_row = std::max(from.row, scratch.first_row);
  const std::uint32_t last_row = std::min(to.row, scratch.last_row);
  for (std::uint32_t row = first_row; row <= last_row; ++row) {
    std::uint32_t first = west;
    std::uint32_t last = east;
    if (from.row != to.row && west != east) {
      const double u_low = row == from.row ? u0 : u0 + (row - v0) * slope;
      const double u_high = row == to.row ? (b.x - origin_x) * scale : u0 + (row + 1 - v0) * slope;
      first = column_at(std::min(u_low, u_high) - slack);
      last = column_at(std::max(u_low, u_high) + slack);
    }
    for (std::uint32_t column = first; column <= last; ++column) {
      const bool at_end = (column == from.column && row == from.row) || (column == to.column && row == to.row);
      if (!at_end) {
        add_visit({column, row}, {0, area, edge, 1}, scratch);
      }
    }
  }
}

void AreaLocatorBuilder::sort_visits(Scratch& scratch) {
  scratch.first.assign(std::size_t{scratch.tiles} * kTileCells + 1, 0);
  for (const Visit& visit : scratch.visits) {
    ++scratch.first[visit.cell + 1];
  }
  for (std::size_t cell = 1; cell < scratch.first.size(); ++cell) {
    scratch.first[cell] += scratch.first[cell - 1];
  }
  scratch.order.resize(scratch.visits.size());
  std::vector<std::uint32_t> next(scratch.first.begin(), scratch.first.end() - 1);
  for (std::uint32_t k = 0; k < scratch.visits.size(); ++k) {
    scratch.order[next[scratch.visits[k].cell]++] = k;
  }
}

void AreaLocatorBuilder::fill_row(const std::uint32_t row, AreaLocator::Band& band, Scratch& scratch) {
  scratch.inside.clear();
  const auto owner = [&] { return kEdgeless | (scratch.inside.empty() ? kNobody : scratch.inside.front()); };
  for (std::uint32_t tile = 0; tile < locator_.tile_columns_; ++tile) {
    const std::uint32_t place =
        scratch.tile_place[std::size_t{(row - scratch.first_row) >> kTileBits} * locator_.tile_columns_ + tile];
    std::uint32_t& value = locator_.tiles_[std::size_t{row >> kTileBits} * locator_.tile_columns_ + tile];
    if (place == kAbsent) {
      value = owner();
      continue;
    }
    value = place;
    const std::uint32_t last = std::min((tile + 1) * kTileSide, locator_.columns_);
    for (std::uint32_t column = tile * kTileSide; column < last; ++column) {
      const std::uint32_t number = place * kTileCells + (row % kTileSide) * kTileSide + column % kTileSide;
      if (scratch.first[number] == scratch.first[number + 1]) {
        band.cells[number] = owner();
      } else {
        fill_cell({column, row}, number, band, scratch);
      }
    }
  }
}

void AreaLocatorBuilder::fill_cell(const AreaLocator::CellPosition cell, const std::uint32_t number, AreaLocator::Band& band,
                                   Scratch& scratch) const {
  const Point corner{locator_.west_[cell.column], locator_.bottom_[cell.row]};
  const Point next_corner{locator_.west_[cell.column + 1], corner.y};
  band.cells[number] = static_cast<std::uint32_t>(band.runs.size());
  std::uint32_t k = scratch.first[number];
  const std::uint32_t end = scratch.first[number + 1];
  std::size_t holder = 0;  // position in `inside`
  while (k < end || holder < scratch.inside.size()) {
    const std::uint32_t area = k < end ? scratch.visits[scratch.order[k]].area : kNobody;
    if (holder < scratch.inside.size() && scratch.inside[holder] < area) {
      band.runs.push_back({scratch.inside[holder++], 0, 0, 1, 0});  // holds the whole cell
      continue;
    }
    const bool inside = holder < scratch.inside.size() && scratch.inside[holder] == area;
    bool inside_next = inside;
    for (bool first = true; k < end && scratch.visits[scratch.order[k]].area == area; ++k, first = false) {
      const Visit& visit = scratch.visits[scratch.order[k]];
      band.runs.push_back({area, visit.first_edge, visit.edges & 0x3fffffffU, first && inside ? 1U : 0U, 0});
      inside_next ^=
          odd_row_crossings({areas_.vertices.data() + visit.first_edge, visit.edges + std::size_t{1}}, corner, next_corner);
    }
    if (inside && !inside_next) {
      scratch.inside.erase(scratch.inside.begin() + static_cast<std::ptrdiff_t>(holder));
    } else if (inside_next) {
      if (!inside) {
        scratch.inside.insert(scratch.inside.begin() + static_cast<std::ptrdiff_t>(holder), area);
      }
      ++holder;
    }
  }
  band.runs.back().last_of_cell = 1;
}

AreaLocator::AreaLocator(const AreaSet& areas) : areas_(&areas) {
  AreaLocatorBuilder(*this, areas).build();
}

}  // namespace maillage
