#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/territory/territory_source.hpp"

namespace maillage {

/// The zone that a set of structures seems to be about.
struct TerritoryGuess {
  enum class Zone { epci, departement, region, france };
  Zone zone = Zone::france;
  std::string code;                ///< of the zone; empty for the whole country
  std::int64_t structures_in = 0;  ///< structures inside it
  std::int64_t structures = 0;     ///< structures whose commune is known
};

/// The smallest of EPCI, departement, region, country that holds at least nineteen structures in twenty (strays and wrong
/// coordinates must not blow a county up to a country). Ties go to the lower code.
/// \param records           communes with their zones
/// \param commune_of_structure  position in `records` of each structure's commune, or nothing
/// Cost: O(structures log structures).
[[nodiscard]] TerritoryGuess guess_territory(std::span<const CommuneRecord> records,
                                             std::span<const std::optional<std::size_t>> commune_of_structure);

}  // namespace maillage
