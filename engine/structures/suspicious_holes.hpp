#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

struct SuspiciousHoleOptions {
  std::int64_t min_population = 15'000;  ///< communes below are not suspected
  double min_share_of_tier = 0.75;       ///< "nearly all": share of the tier's communes that have a structure
};

/// A large commune without any structure of a typology that communes of its tier nearly all have: more likely a gap in the
/// file than on the ground, to be looked at before a gap is drawn there.
struct SuspiciousHole {
  CommuneIndex commune;
  std::string typology;            ///< empty: no structure of any typology
  std::int64_t communes_with = 0;  ///< communes of the same tier that have one
  std::int64_t communes_of_tier = 0;
  friend bool operator==(const SuspiciousHole&, const SuspiciousHole&) = default;
};

/// The suspicious holes of every typology of the set, and of all structures together when it has several typologies: by
/// typology, then by falling population, then by code. Cost: O(structures log structures + typologies x communes).
[[nodiscard]] std::vector<SuspiciousHole> suspicious_holes(const Territory& territory, const StructureSet& set,
                                                           const Placements& placements,
                                                           const SuspiciousHoleOptions& options);

}  // namespace maillage
