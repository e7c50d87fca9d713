#include "engine/coverage/analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <variant>

#include "engine/coverage/reached_gaps.hpp"
#include "engine/geometry/dissolve.hpp"
#include "engine/network/isochrone.hpp"
#include "engine/network/position_search.hpp"
#include "engine/network/road_travel.hpp"

namespace maillage {

namespace {

// The contour of the whole territory: its communes as one group.
AreaSet outline_of(const Territory& territory) {
  const std::vector<std::uint32_t> one_group(territory.communes.size(), 0);
  return dissolve(territory.contours, one_group, 1);
}

/// Cells in which the cost by road is sampled: about half a million of them over the territory, of 25 m at least; of 500 m
/// at most, and of 100 m on foot, where reach is short.
double drawing_cell_m(const RoadModel& model, const AreaSet& outline) {
  constexpr double kCells = 500'000;
  double area_m2 = 0;
  for (std::size_t area = 0; area < outline.areas(); ++area) {
    area_m2 += surface(outline, AreaIndex{area});
  }
  return std::clamp(std::round(std::sqrt(area_m2 / kCells)), 25.0, model.network.mode == "foot" ? 100.0 : 500.0);
}

/// What lies within the limit of some structure by road. The points of demand stand in it exactly where their cost does.
AreaSet reached_by_road(const Territory& territory, const RoadTravel& travel, const std::span<const Point> structures,
                        const Cost limit, const double cell_m) {
  const RoadModel& model = *travel.model;
  const std::uint32_t cutoff = largest_weight(model, limit);
  // Borders lie between what is within the limit and what is just beyond: both must be known.
  const Snap farthest{.road = RoadIndex{0}, .access_m = model.access.snap.max_access_m};
  const std::uint64_t beyond = 2 * std::uint64_t{cutoff} + access_weight(model, farthest);
  const auto searched = static_cast<std::uint32_t>(std::min<std::uint64_t>(beyond, kNoPath - 1));
  const std::vector<Snap> snaps = model.locator.snap_all(structures, model.access.snap);
  const PositionCosts costs = road_position_costs(model, snaps, opposite(travel.direction), searched);
  std::vector<Point> places;
  for (const DemandPoint& point : territory.demand) {
    places.push_back(point.position);
  }
  const std::array<std::uint32_t, 1> cutoffs{cutoff};
  return road_isochrones(model, costs, places, cutoffs, {.cell_m = cell_m}).areas;
}

std::optional<GeometricGaps> find_geometric_gaps(const Territory& territory, const Placements& placed,
                                                 const CoverageDefinition& definition) {
  const std::optional<double> radius_m = reach_radius_m(definition.travel, definition.limit);
  const auto* const by_road = std::get_if<RoadTravel>(&definition.travel);
  if ((!radius_m && by_road == nullptr) || territory.contours.polygons() == 0) {
    return std::nullopt;
  }
  std::vector<Point> positions;
  for (const StructureIndex structure : definition.structures) {
    positions.push_back(placed.of[structure].position);
  }
  if (radius_m) {
    return geometric_gaps(territory, outline_of(territory), positions, *radius_m);
  }
  const AreaSet outline = outline_of(territory);
  const double cell_m = drawing_cell_m(*by_road->model, outline);
  const AreaSet reached = reached_by_road(territory, *by_road, positions, definition.limit, cell_m);
  return reached_gaps(territory, outline, reached, cell_m);
}

}  // namespace

CoverageAnalysis analyse_coverage(const Territory& territory, const StructureSet& structures, const Placements& placed,
                                  const CoverageDefinition& definition, const Progress& progress) {
  CoverageAnalysis analysis;
  analysis.coverage = compute_coverage(territory, structures, placed, definition, progress);
  analysis.without_structure = communes_without_structure(territory, placed, definition);
  analysis.gaps_without_structure = gap_components(territory, analysis.coverage, analysis.without_structure);
  analysis.gaps_beyond_limit = gap_components(territory, analysis.coverage, communes_beyond_limit(analysis.coverage));
  analysis.remote = communes_without_structure_nearby(territory, analysis.without_structure);
  IndexedVector<CommuneIndex, std::uint8_t> with(territory.communes.size());
  for (const CommuneIndex commune : with.indices()) {
    with[commune] = analysis.without_structure[commune] == 0 ? 1 : 0;
  }
  analysis.contiguous_pairs = contiguous_pairs(territory, with);
  analysis.discontinuities = discontinuities(territory, analysis.coverage);
  analysis.geometric_gaps = find_geometric_gaps(territory, placed, definition);
  return analysis;
}

}  // namespace maillage
