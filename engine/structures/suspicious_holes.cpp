#include "engine/structures/suspicious_holes.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace maillage {

namespace {

using HasStructure = IndexedVector<CommuneIndex, char>;

void add_holes(const Territory& territory, const std::string& typology, const HasStructure& has,
               const SuspiciousHoleOptions& options, std::vector<SuspiciousHole>& holes) {
  const std::size_t tiers = territory.tiers.lower_bounds.size();
  IndexedVector<TierIndex, std::int64_t> communes(tiers, 0);
  IndexedVector<TierIndex, std::int64_t> with(tiers, 0);
  std::vector<CommuneIndex> without;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const TierIndex tier = territory.tier[commune];
    if (tier.is_none()) {
      continue;
    }
    ++communes[tier];
    with[tier] += has[commune];
    if (has[commune] == 0 && *territory.communes[commune].population >= options.min_population) {
      without.push_back(commune);
    }
  }
  std::ranges::stable_sort(without, std::greater{},
                           [&](const CommuneIndex commune) { return *territory.communes[commune].population; });
  for (const CommuneIndex commune : without) {
    const TierIndex tier = territory.tier[commune];
    if (static_cast<double>(with[tier]) >= options.min_share_of_tier * static_cast<double>(communes[tier])) {
      holes.push_back({commune, typology, with[tier], communes[tier]});
    }
  }
}

}  // namespace

std::vector<SuspiciousHole> suspicious_holes(const Territory& territory, const StructureSet& set,
                                             const Placements& placements, const SuspiciousHoleOptions& options) {
  const HasStructure nowhere(territory.communes.size(), 0);
  std::map<std::string, HasStructure> by_typology;
  HasStructure any = nowhere;
  for (const StructureIndex index : set.structures.indices()) {
    const CommuneIndex commune = placements.of[index].commune;
    if (commune.is_none()) {
      continue;
    }
    by_typology.try_emplace(set.structures[index].typology, nowhere).first->second[commune] = 1;
    any[commune] = 1;
  }
  std::vector<SuspiciousHole> holes;
  if (by_typology.size() > 1) {
    add_holes(territory, "", any, options, holes);
  }
  for (const auto& [typology, has] : by_typology) {
    if (typology.empty() && by_typology.size() > 1) {
      continue;  // rows that tell no typology: no kind of place to miss
    }
    add_holes(territory, typology, has, options, holes);
  }
  return holes;
}

}  // namespace maillage
