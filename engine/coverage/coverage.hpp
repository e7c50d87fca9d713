#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/indexed.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// One question of coverage: which structures count, and within what cost.
struct CoverageDefinition {
  std::string name;   ///< identifier [a-z0-9_]+, used in field names: "bibliotheques_5km"
  std::string label;  ///< for legends: "Bibliothèques à 5 km"
  TravelModel travel;
  Cost limit = 0;                          ///< closed, in the model's unit
  std::vector<StructureIndex> structures;  ///< those that pass the filter and are placed, ascending
};

/// What a commune gets under one definition.
struct CommuneCoverage {
  StructureIndex nearest;       ///< none where there is no structure at all
  Cost cost = kUnreachable;     ///< from the commune's point to `nearest`
  std::uint32_t depth = 0;      ///< structures within the limit of the commune's point
  std::int64_t population = 0;  ///< inhabitants to cover: those of its demand points; its own population where it has none
  std::int64_t population_covered = 0;  ///< inhabitants (over its demand points) within the limit
  bool covered = false;  ///< at least half of its inhabitants covered; by its point where it has no inhabitant
};

/// What a structure brings under one definition.
struct StructureCoverage {
  std::int64_t population_in_reach = 0;  ///< inhabitants within the limit
  std::int64_t population_alone = 0;     ///< inhabitants that no other structure of the definition has within the limit
  std::uint32_t communes_in_reach = 0;   ///< communes whose point is within the limit
};

/// Covered part of one class of communes. `communes`, `population` count the whole class.
struct CoverageShare {
  std::int64_t communes = 0;
  std::int64_t communes_covered = 0;
  std::int64_t population = 0;
  std::int64_t population_covered = 0;
  std::int64_t structures = 0;  ///< structures of the definition placed in the class
};

/// Result of one definition. Sums are integer: covered + uncovered = total at every level, exactly.
struct Coverage {
  CoverageDefinition definition;
  IndexedVector<CommuneIndex, CommuneCoverage> communes;
  std::vector<StructureCoverage> structures;  ///< parallel to definition.structures
  CoverageShare total;
  IndexedVector<TierIndex, CoverageShare> by_tier;  ///< communes of unknown population are in total only
  IndexedVector<ZoneIndex, CoverageShare> by_departement;
  IndexedVector<ZoneIndex, CoverageShare> by_epci;
  IndexedVector<ZoneIndex, CoverageShare> by_region;
};

/// Answers one definition for every commune, structure and class.
/// Cost: O(pairs within the limit), streamed. Same result for any number of threads.
/// \throws ArgumentError if the definition's structures are not ascending, or one of them is not placed.
[[nodiscard]] Coverage compute_coverage(const Territory& territory, const StructureSet& structures, const Placements& placed,
                                        const CoverageDefinition& definition, const Progress& progress = {});

}  // namespace maillage
