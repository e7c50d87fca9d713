#include "engine/coverage/analysis.hpp"

#include "engine/geometry/dissolve.hpp"

namespace maillage {

namespace {

// The contour of the whole territory: its communes as one group.
AreaSet outline_of(const Territory& territory) {
  const std::vector<std::uint32_t> one_group(territory.communes.size(), 0);
  return dissolve(territory.contours, one_group, 1);
}

std::optional<GeometricGaps> find_geometric_gaps(const Territory& territory, const Placements& placed,
                                                 const CoverageDefinition& definition) {
  const std::optional<double> radius_m = reach_radius_m(definition.travel, definition.limit);
  if (!radius_m || territory.contours.polygons() == 0) {
    return std::nullopt;
  }
  std::vector<Point> positions;
  for (const StructureIndex structure : definition.structures) {
    positions.push_back(placed.of[structure].position);
  }
  return geometric_gaps(territory, outline_of(territory), positions, *radius_m);
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
  analysis.join_counts = join_counts(territory, with);
  analysis.discontinuities = discontinuities(territory, analysis.coverage);
  analysis.geometric_gaps = find_geometric_gaps(territory, placed, definition);
  return analysis;
}

}  // namespace maillage
