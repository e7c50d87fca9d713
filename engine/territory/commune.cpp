#include "engine/territory/commune.hpp"

namespace maillage {

PopulationTiers default_population_tiers() {
  return {.lower_bounds = IndexedVector<TierIndex, std::int64_t>{std::vector<std::int64_t>{0, 2'000, 15'000, 100'000}},
          .labels_french = IndexedVector<TierIndex, std::string>{std::vector<std::string>{
              "Villages : moins de 2 000 hab.", "Petites et moyennes villes : de 2 000 à 15 000 hab.",
              "Moyennes et grandes villes : de 15 000 à 100 000 hab.", "Grandes agglomérations : 100 000 hab. et plus"}},
          .labels_english = IndexedVector<TierIndex, std::string>{std::vector<std::string>{
              "Villages: under 2,000 inhabitants", "Small and medium towns: 2,000 to 15,000 inhabitants",
              "Medium and large towns: 15,000 to 100,000 inhabitants", "Large cities: 100,000 inhabitants and more"}}};
}

TierIndex tier_of(const PopulationTiers& tiers, const std::optional<std::int64_t> population) {
  TierIndex found;
  if (population) {
    for (const TierIndex tier : tiers.lower_bounds.indices()) {
      if (*population >= tiers.lower_bounds[tier]) {
        found = tier;
      }
    }
  }
  return found;
}

}  // namespace maillage
