#include "engine/coverage/continuity_analysis.hpp"

namespace maillage {

std::vector<StructureWorth> structure_worths(const std::vector<std::vector<SlotWorth>>& worths,
                                             const std::vector<StructureHours>& hours,
                                             const std::vector<std::uint8_t>& allowed) {
  std::vector<StructureWorth> result;
  for (const std::vector<SlotWorth>& slots : worths) {
    StructureWorth found;
    for (std::size_t slot = 0; slot < slots.size() && hours[result.size()].known; ++slot) {
      if (allowed[slot] != 0 && slots[slot].gained_population_minutes > found.best.gained_population_minutes) {
        found.best = slots[slot];
        found.best_slot = static_cast<std::int32_t>(slot);
      }
      if (slots[slot].is_open &&
          (found.least_slot < 0 || slots[slot].lost_population_minutes < found.least.lost_population_minutes)) {
        found.least = slots[slot];
        found.least_slot = static_cast<std::int32_t>(slot);
      }
    }
    result.push_back(found);
  }
  return result;
}

}  // namespace maillage
