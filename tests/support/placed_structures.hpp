#pragma once

#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "tests/support/ascii_territory.hpp"

namespace maillage::test {

/// Structures of a test with their placements.
struct PlacedStructures {
  StructureSet set;
  Placements placed;

  void add(const CommuneIndex commune, const Point& position, Structure structure = {}) {
    if (structure.key.empty()) {
      structure.key = std::to_string(set.structures.size() + 1);
    }
    set.structures.push_back(std::move(structure));
    Placement placement;
    placement.commune = commune;
    placement.commune_of_point = commune;
    placement.commune_of_code = commune;
    placement.agreement = KeyAgreement::agree;
    placement.precision = PositionPrecision::point;
    placement.position = position;
    placed.of.push_back(placement);
  }
  void add_unplaced(Structure structure = {}) {
    add(CommuneIndex::none(), {}, std::move(structure));
    placed.of.raw().back() = Placement{};
  }
  /// All placed structures, as the crow flies, within `limit_m`.
  [[nodiscard]] CoverageDefinition within(const Cost limit_m) const {
    CoverageDefinition definition{
        .name = "test", .label = "Test", .travel = StraightLine{}, .limit = limit_m, .structures = {}};
    for (const StructureIndex structure : placed.of.indices()) {
      if (placed.of[structure].precision != PositionPrecision::none) {
        definition.structures.push_back(structure);
      }
    }
    return definition;
  }
};

/// One structure at the point of each commune named by a letter; a letter may be repeated.
[[nodiscard]] inline PlacedStructures structures_at(const Territory& territory, const std::string& letters) {
  PlacedStructures structures;
  for (const char letter : letters) {
    const CommuneIndex commune = at(territory, letter);
    structures.add(commune, territory.points[commune].position);
  }
  return structures;
}

}  // namespace maillage::test
