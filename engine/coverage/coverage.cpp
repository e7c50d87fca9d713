#include "engine/coverage/coverage.hpp"

#include "engine/core/error.hpp"
#include "engine/coverage/demand_origins.hpp"

namespace maillage {

namespace {

void check(const StructureSet& structures, const Placements& placed, const CoverageDefinition& definition) {
  if (placed.of.size() != structures.structures.size()) {
    throw ArgumentError("compute_coverage: one placement per structure is needed");
  }
  StructureIndex previous;
  for (const StructureIndex structure : definition.structures) {
    if (structure.value() >= placed.of.size() || placed.of[structure].precision == PositionPrecision::none) {
      throw ArgumentError("compute_coverage: the definition names a structure that is not placed");
    }
    if (!previous.is_none() && structure <= previous) {
      throw ArgumentError("compute_coverage: the definition's structures must be ascending and unique");
    }
    previous = structure;
  }
}

// Inhabitants to cover: those of the demand points, or of the commune where it has none.
void count_inhabitants(const Territory& territory, IndexedVector<CommuneIndex, CommuneCoverage>& communes) {
  IndexedVector<CommuneIndex, std::uint8_t> has_demand(communes.size());
  for (const DemandPoint& demand : territory.demand) {
    communes[demand.commune].population += demand.population;
    has_demand[demand.commune] = 1;
  }
  for (const CommuneIndex commune : communes.indices()) {
    if (has_demand[commune] == 0) {
      communes[commune].population = territory.communes[commune].population.value_or(0);
    }
  }
}

void take_in_reach(const DemandOrigins& origins, const std::size_t origin, const std::span<const Reach> reached,
                   Coverage& coverage) {
  const std::int64_t population = origins.population[origin];
  const bool is_commune_point = origin < coverage.communes.size();
  CommuneCoverage& commune = coverage.communes[origins.commune(origin)];
  if (!reached.empty()) {
    commune.population_covered += population;
  }
  if (reached.size() == 1) {
    coverage.structures[reached.front().facility.value()].population_alone += population;
  }
  if (is_commune_point) {
    commune.depth = static_cast<std::uint32_t>(reached.size());
  }
  for (const Reach& reach : reached) {
    StructureCoverage& structure = coverage.structures[reach.facility.value()];
    structure.population_in_reach += population;
    structure.communes_in_reach += is_commune_point ? 1U : 0U;
  }
}

void add_commune(CoverageShare& share, const CommuneCoverage& commune) {
  share.communes += 1;
  share.communes_covered += commune.covered ? 1 : 0;
  share.population += commune.population;
  share.population_covered += commune.population_covered;
}

// Shares by class; `class_of` gives none for a commune in no class.
template <typename I>
IndexedVector<I, CoverageShare> shares_by(const std::size_t classes, const IndexedVector<CommuneIndex, I>& class_of,
                                          const Placements& placed, const Coverage& coverage) {
  IndexedVector<I, CoverageShare> shares(classes);
  for (const CommuneIndex commune : coverage.communes.indices()) {
    if (!class_of[commune].is_none()) {
      add_commune(shares[class_of[commune]], coverage.communes[commune]);
    }
  }
  for (const StructureIndex structure : coverage.definition.structures) {
    const CommuneIndex commune = placed.of[structure].commune;
    if (!commune.is_none() && !class_of[commune].is_none()) {
      shares[class_of[commune]].structures += 1;
    }
  }
  return shares;
}

void sum_up(const Territory& territory, const Placements& placed, Coverage& coverage) {
  const IndexedVector<CommuneIndex, ZoneIndex> one_class(coverage.communes.size(), ZoneIndex{0});
  coverage.total = shares_by(1, one_class, placed, coverage)[ZoneIndex{0}];
  coverage.by_tier = shares_by(territory.tiers.lower_bounds.size(), territory.tier, placed, coverage);
  const auto by_zone = [&](const Zoning& zoning) {
    return zoning.codes.empty() ? IndexedVector<ZoneIndex, CoverageShare>{}
                                : shares_by(zoning.codes.size(), zoning.zone_of, placed, coverage);
  };
  coverage.by_departement = by_zone(territory.departements);
  coverage.by_epci = by_zone(territory.epcis);
  coverage.by_region = by_zone(territory.regions);
}

}  // namespace

Coverage compute_coverage(const Territory& territory, const StructureSet& structures, const Placements& placed,
                          const CoverageDefinition& definition, const Progress& progress) {
  check(structures, placed, definition);
  Coverage coverage;
  coverage.definition = definition;
  coverage.communes.resize(territory.communes.size());
  coverage.structures.resize(definition.structures.size());

  std::vector<Point> facilities;
  std::vector<std::uint32_t> structure_keys;
  for (const StructureIndex structure : definition.structures) {
    facilities.push_back(placed.of[structure].position);
    structure_keys.push_back(structure.value());
  }
  count_inhabitants(territory, coverage.communes);
  const DemandOrigins origins = demand_origins(territory);
  const TravelPlaces to{facilities, structure_keys};
  stream_reach(definition.travel, origins.places(), to, definition.limit,
               [&](const OriginIndex first, const Csr<OriginIndex, Reach>& reached) {
                 for (const OriginIndex row : reached.indices()) {
                   take_in_reach(origins, first.value() + row.value(), reached[row], coverage);
                 }
                 if (progress) {
                   progress("coverage", first.value() + reached.rows(), origins.size());
                 }
               });
  const TravelPlaces commune_points{std::span<const Point>{origins.positions}.first(coverage.communes.size()),
                                    std::span<const std::uint32_t>{origins.communes}.first(coverage.communes.size())};
  const std::vector<Reach> nearest = nearest_facility(definition.travel, commune_points, to);
  for (const CommuneIndex index : coverage.communes.indices()) {
    CommuneCoverage& commune = coverage.communes[index];
    const Reach& reach = nearest[index.value()];
    if (!reach.facility.is_none()) {
      commune.nearest = definition.structures[reach.facility.value()];
      commune.cost = reach.cost;
    }
    commune.covered = commune.population > 0 ? 2 * commune.population_covered >= commune.population : commune.depth > 0;
  }
  sum_up(territory, placed, coverage);
  return coverage;
}

}  // namespace maillage
