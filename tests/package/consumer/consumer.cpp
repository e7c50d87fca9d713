#include <cstdio>
#include <vector>

#include "engine/network/travel_costs.hpp"
#include "engine/territory/commune.hpp"
#include "maps/field_dictionary.hpp"

// Builds and runs against an installed maillage: headers, both libraries and what they need are all there.
int main() {
  const std::vector<maillage::Point> homes{{0, 0}, {3'000, 4'000}};
  const std::vector<maillage::Point> libraries{{0, 0}};
  const auto nearest = maillage::nearest_facility(maillage::StraightLine{}, homes, libraries);
  const auto tier = maillage::tier_of(maillage::default_population_tiers(), 15'000);
  std::printf("%u m, tier %u\n", static_cast<unsigned>(nearest[1].cost), static_cast<unsigned>(tier.value()));
  return nearest[1].cost == 5'000 && tier.value() == 2 ? 0 : 1;
}
