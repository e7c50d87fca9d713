#include "engine/network/isochrone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/gate.hpp"
#include "engine/geometry/locate_points.hpp"
#include "engine/geometry/plain_validity.hpp"
#include "engine/network/level_set.hpp"

namespace maillage {

namespace {

constexpr std::size_t kMostCells = 50'000'000;

/// Cells [first, last] of a row.
struct CellRun {
  std::int32_t row;
  std::int32_t first;
  std::int32_t last;
  friend auto operator<=>(const CellRun&, const CellRun&) = default;
};

void unite(std::vector<CellRun>& runs) {
  std::sort(runs.begin(), runs.end());
  std::size_t size = 0;
  for (const CellRun& run : runs) {
    if (size > 0 && runs[size - 1].row == run.row && run.first <= runs[size - 1].last + 1) {
      runs[size - 1].last = std::max(runs[size - 1].last, run.last);
    } else {
      runs[size++] = run;
    }
  }
  runs.resize(size);
}

[[noreturn]] void refuse(const double side_m) {
  throw Error({.french = fmt::format("isochrones : plus de {} millions de cellules de {} m ; choisissez une cellule plus "
                                     "grande ou une zone plus petite",
                                     kMostCells / 1'000'000, side_m),
               .english = fmt::format("isochrones: more than {} million cells of {} m; choose a larger cell or a smaller "
                                      "area",
                                      kMostCells / 1'000'000, side_m)});
}

/// All cells at most `steps` rows and columns from one of the runs.
std::vector<CellRun> widened(const std::vector<CellRun>& runs, const std::int32_t steps, const double side_m) {
  std::vector<CellRun> rows = runs;
  for (CellRun& run : rows) {
    run.first -= steps;
    run.last += steps;
  }
  unite(rows);
  if (static_cast<double>(rows.size()) * (2.0 * steps + 1) > static_cast<double>(4 * kMostCells)) {
    refuse(side_m);
  }
  std::vector<CellRun> all;
  for (const CellRun& run : rows) {
    for (std::int32_t row = run.row - steps; row <= run.row + steps; ++row) {
      all.push_back({row, run.first, run.last});
    }
  }
  unite(all);
  return all;
}

std::vector<GridCell> cells_of(const std::vector<CellRun>& runs, const double side_m) {
  std::vector<GridCell> cells;
  for (const CellRun& run : runs) {
    if (cells.size() + static_cast<std::size_t>(run.last - run.first) >= kMostCells) {
      refuse(side_m);
    }
    for (std::int32_t column = run.first; column <= run.last; ++column) {
      cells.push_back({run.row, column});
    }
  }
  return cells;
}

/// Adds the cells of a segment, cut so that boxes are no larger than a cell.
void add_segment(const Point& a, const Point& b, const double side_m, std::vector<CellRun>& runs) {
  const auto parts = static_cast<std::size_t>(std::ceil(distance_m(a, b) / side_m)) + 1;
  Point from = a;
  for (std::size_t k = 1; k <= parts; ++k) {
    const double along = static_cast<double>(k) / static_cast<double>(parts);
    const Point to = k == parts ? b : Point{a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
    const GridCell low = cell_at({std::min(from.x, to.x), std::min(from.y, to.y)}, side_m);
    const GridCell high = cell_at({std::max(from.x, to.x), std::max(from.y, to.y)}, side_m);
    for (std::int32_t row = low.row; row <= high.row; ++row) {
      runs.push_back({row, low.column, high.column});
    }
    from = to;
  }
}

/// The cells, those of places within the largest cutoff, and one more all around: then every corner of the given cells has
/// its four cells, and the corners on the border of the mesh are of no cell that matters.
class Sampling {
 public:
  Sampling(const std::span<const GridCell> cells, const std::span<const Point> places,
           const std::span<const std::uint32_t> place_costs, const std::uint32_t largest_cutoff, const double side_m) {
    std::vector<CellRun> runs;
    for (const GridCell& cell : cells) {
      runs.push_back({cell.row, cell.column, cell.column});
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (place_costs[k] <= largest_cutoff && place_costs[k] != kNoPath) {
        const GridCell cell = cell_at(places[k], side_m);
        for (const std::int32_t row : {cell.row - 1, cell.row}) {  // a place on a border lies in the cells on either side
          runs.push_back({row, cell.column - 1, cell.column});
        }
      }
    }
    unite(runs);
    sampled_ = cells_of(runs, side_m);
    mesh_ = make_sample_mesh(cells_of(widened(runs, 1, side_m), side_m), places, side_m);
    cost_.assign(mesh_.vertices.size(), kNoPath);
    kept_.assign(mesh_.vertices.size(), 0);
    sample_corners(side_m);
  }

  void evaluate(const PlaceCosts& cost_of, const std::span<const std::uint32_t> place_costs) {
    std::vector<Point> points;
    points.reserve(sampled_corners_.size());
    for (const std::uint32_t vertex : sampled_corners_) {
      points.push_back(mesh_.vertices[vertex]);
    }
    const std::vector<std::uint32_t> costs = cost_of(points);
    for (std::size_t k = 0; k < costs.size(); ++k) {
      cost_[sampled_corners_[k]] = costs[k];
    }
    for (std::size_t k = 0; k < place_costs.size(); ++k) {
      if (const std::uint32_t vertex = mesh_.vertex_of_place[k]; vertex != SampleMesh::kNoVertex) {
        cost_[vertex] = place_costs[k];
        kept_[vertex] = 1;
      }
    }
  }

  [[nodiscard]] SampledCosts samples() const { return {mesh_, cost_, kept_}; }

 private:
  /// Finds the corners of sampled cells among the mesh's, both in the order of rows.
  void sample_corners(const double side_m) {
    std::vector<GridCell> wanted;
    wanted.reserve(sampled_.size() * 4);
    for (const GridCell& cell : sampled_) {
      for (const std::int32_t up : {0, 1}) {
        for (const std::int32_t right : {0, 1}) {
          wanted.push_back({cell.row + up, cell.column + right});
        }
      }
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    auto next = wanted.begin();
    for (std::uint32_t vertex = 0; vertex < mesh_.corners; ++vertex) {
      if (next != wanted.end() && corner_of(*next, side_m) == mesh_.vertices[vertex]) {
        sampled_corners_.push_back(vertex);
        ++next;
      }
    }
  }

  std::vector<GridCell> sampled_;
  SampleMesh mesh_;
  std::vector<std::uint32_t> sampled_corners_;
  std::vector<std::uint32_t> cost_;
  std::vector<std::uint8_t> kept_;
};

/// The area as drawn; rebuilt by the gate where rounding has made it invalid.
AreaSet valid_area(AreaSet area) {
  PlainValidity validity;
  if (area.polygons() == 0 || validity.holds(area, AreaIndex{0})) {
    return area;
  }
  return pass_gate(area).areas;
}

std::vector<std::uint32_t> misplaced_in(const AreaSet& area, const std::span<const Point> places,
                                        const std::span<const std::uint32_t> place_costs, const std::uint32_t cutoff) {
  const std::vector<AreaIndex> found = locate_points(area, places);
  std::vector<std::uint32_t> misplaced;
  for (std::uint32_t k = 0; k < places.size(); ++k) {
    const bool within = place_costs[k] <= cutoff && place_costs[k] != kNoPath;
    if (within == found[k].is_none()) {
      misplaced.push_back(k);
    }
  }
  return misplaced;
}

}  // namespace

Isochrones isochrones(const PlaceCosts& cost_of, const std::span<const GridCell> cells, const std::span<const Point> places,
                      const std::span<const std::uint32_t> cutoffs, const IsochroneOptions& options) {
  if (!(options.cell_m > 0) || !std::isfinite(options.cell_m) || !(options.least_part_cells >= 0)) {
    throw ArgumentError("isochrones: the cell must be positive, and the least part not negative");
  }
  Isochrones result;
  result.misplaced.resize(cutoffs.size());
  if (cutoffs.empty()) {
    return result;
  }
  const std::vector<std::uint32_t> place_costs = cost_of(places);
  Sampling sampling(cells, places, place_costs, *std::max_element(cutoffs.begin(), cutoffs.end()), options.cell_m);
  sampling.evaluate(cost_of, place_costs);
  std::vector<AreaSet> areas(cutoffs.size());
  const double least_part_m2 = options.least_part_cells * options.cell_m * options.cell_m;
  parallel_for_blocks(cutoffs.size(), 1, [&](const std::size_t k, std::size_t) {
    areas[k] = valid_area(level_set(sampling.samples(), cutoffs[k], least_part_m2));
    result.misplaced[k] = misplaced_in(areas[k], places, place_costs, cutoffs[k]);
  });
  for (const AreaSet& area : areas) {
    result.areas.add_area(area, AreaIndex{0});
  }
  return result;
}

std::vector<GridCell> cells_near(const RoadNetwork& network, const std::span<const RoadStretch> stretches,
                                 const double reach_m, const double side_m) {
  if (!(side_m > 0) || !(reach_m >= 0)) {
    throw ArgumentError("isochrones: the cell must be positive, and the reach not negative");
  }
  const double steps = std::ceil(reach_m / side_m);
  if (!(steps < 1'000'000)) {
    refuse(side_m);
  }
  std::vector<CellRun> runs;
  std::size_t swept = 0;
  for (const RoadStretch& stretch : stretches) {
    for (std::size_t k = 0; k < road_segments(network, stretch.road); ++k) {
      add_segment(road_vertex(network, stretch.road, k), road_vertex(network, stretch.road, k + 1), side_m, runs);
    }
    if (runs.size() > 2 * swept + 1'000'000) {  // keeps memory at a small multiple of the distinct runs
      unite(runs);
      swept = runs.size();
    }
  }
  unite(runs);
  return cells_of(widened(runs, static_cast<std::int32_t>(steps), side_m), side_m);
}

PlaceCosts road_place_costs(const RoadModel& model, const PositionCosts& costs) {
  return [&model, &costs](const std::span<const Point> places) {
    constexpr std::size_t kPlacesPerBlock = 1'024;
    std::vector<std::uint32_t> found(places.size(), kNoPath);
    parallel_for_blocks(places.size(), kPlacesPerBlock, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        const Snap snap = model.locator.snap(places[k], model.access.snap);
        if (const std::uint32_t cost = costs.at(snap); cost != kNoPath) {
          found[k] =
              static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{cost} + access_weight(model, snap), kNoPath));
        }
      }
    });
    return found;
  };
}

Isochrones road_isochrones(const RoadModel& model, const PositionCosts& costs, const std::span<const Point> places,
                           const std::span<const std::uint32_t> cutoffs, const IsochroneOptions& options) {
  std::vector<RoadStretch> stretches;
  if (!cutoffs.empty()) {
    stretches = costs.within(*std::max_element(cutoffs.begin(), cutoffs.end()));
  }
  std::erase_if(stretches, [&](const RoadStretch& each) {
    return (model.access.snap.excluded_classes & class_bit(model.network.road(each.road).road_class)) != 0;
  });
  return isochrones(road_place_costs(model, costs),
                    cells_near(model.network, stretches, model.access.snap.max_access_m, options.cell_m), places, cutoffs,
                    options);
}

}  // namespace maillage
