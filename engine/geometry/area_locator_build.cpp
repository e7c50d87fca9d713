#include <algorithm>
#include <limits>
#include <span>
#include <utility>

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
    std::vector<CellPosition> positions;  // of the vertices of the current area
    std::vector<std::uint32_t> inside;    // areas that hold the corner of the current cell, sorted
    std::uint32_t tiles = 0;
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
  };

  void lay_grid(double mean_edge_length);
  void build_band(std::size_t band);
  void walk_area(std::uint32_t area, Scratch& scratch) const;
  void add_visit(CellPosition cell, const Visit& visit, Scratch& scratch) const;
  static void sort_visits(Scratch& scratch);
  void fill_row(std::uint32_t row, AreaLocator::Band& band, Scratch& scratch);
  void fill_cell(CellPosition cell, std::uint32_t number, AreaLocator::Band& band, Scratch& scratch) const;

  AreaLocator& locator_;
  const AreaSet& areas_;
  std::vector<Box> boxes_;  // per area
};

void AreaLocatorBuilder::lay_grid(const double mean_edge_length) {
  // Few edges never need many tiles, whatever the sample said of their length.
  const double most_tiles = std::min(kMostTiles, 64 + 16 * static_cast<double>(areas_.vertices.size()));
  locator_.grid_ = make_cell_grid(locator_.box_, mean_edge_length / kCellsPerEdgeLength, most_tiles * kTileCells);
  locator_.tile_columns_ = (locator_.grid_.columns + kTileSide - 1) / kTileSide;
  const std::size_t tile_rows = (locator_.grid_.rows + kTileSide - 1) / kTileSide;
  locator_.tiles_.assign(tile_rows * locator_.tile_columns_, kEdgeless | kNobody);
}

void AreaLocatorBuilder::build() {
  AreaExtent extent = measure_areas(areas_);
  boxes_ = std::move(extent.area_boxes);
  locator_.box_ = extent.box;
  if (locator_.box_.empty()) {
    return;
  }
  lay_grid(extent.mean_edge_length);
  const std::size_t bands = (locator_.grid_.rows + kBandRows - 1) / kBandRows;
  locator_.bands_.resize(bands);
  parallel_for_blocks(bands, 1, [this](const std::size_t band, std::size_t) { build_band(band); });
}

void AreaLocatorBuilder::build_band(const std::size_t number) {
  Scratch scratch;
  scratch.first_row = static_cast<std::uint32_t>(number) * kBandRows;
  scratch.last_row = std::min(scratch.first_row + kBandRows, locator_.grid_.rows) - 1;
  const std::uint32_t tile_rows = (scratch.last_row - scratch.first_row) / kTileSide + 1;
  scratch.tile_place.assign(std::size_t{tile_rows} * locator_.tile_columns_, kAbsent);
  scratch.visits.reserve(2 * areas_.vertices.size() / locator_.bands_.size());
  const double low = locator_.grid_.bottom[scratch.first_row];
  const bool last_band = scratch.last_row + 1 == locator_.grid_.rows;
  const double high = last_band ? std::numeric_limits<double>::infinity() : locator_.grid_.bottom[scratch.last_row + 1];
  for (std::size_t area = 0; area < areas_.areas(); ++area) {
    if (boxes_[area].max_y >= low && boxes_[area].min_y < high) {
      walk_area(static_cast<std::uint32_t>(area), scratch);
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

void AreaLocatorBuilder::add_visit(const CellPosition cell, const Visit& visit, Scratch& scratch) const {
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

void AreaLocatorBuilder::walk_area(const std::uint32_t area, Scratch& scratch) const {
  const auto rings = areas_.rings_of(AreaIndex{area});
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    const std::span<const Point> vertices = areas_.ring(ring);
    scratch.positions.resize(vertices.size());
    locator_.grid_.positions(vertices, scratch.positions);
    const std::uint32_t first = areas_.ring_first[ring];
    walk_cells(locator_.grid_, vertices, scratch.positions, scratch.first_row, scratch.last_row,
               [&](const CellPosition cell, const std::uint32_t edge, const std::uint32_t edges) {
                 add_visit(cell, {0, area, first + edge, edges}, scratch);
               });
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
    const std::uint32_t last = std::min((tile + 1) * kTileSide, locator_.grid_.columns);
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

void AreaLocatorBuilder::fill_cell(const CellPosition cell, const std::uint32_t number, AreaLocator::Band& band,
                                   Scratch& scratch) const {
  const Point corner = locator_.grid_.corner(cell);
  const Point next_corner = locator_.grid_.next_corner(cell);
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
