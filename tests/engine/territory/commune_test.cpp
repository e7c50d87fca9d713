#include "engine/territory/commune.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(PopulationTiers, AreHalfOpen) {
  const PopulationTiers tiers = default_population_tiers();
  EXPECT_EQ(tier_of(tiers, 0).value(), 0U);
  EXPECT_EQ(tier_of(tiers, 1'999).value(), 0U);
  EXPECT_EQ(tier_of(tiers, 2'000).value(), 1U);
  EXPECT_EQ(tier_of(tiers, 14'999).value(), 1U);
  EXPECT_EQ(tier_of(tiers, 15'000).value(), 2U);
  EXPECT_EQ(tier_of(tiers, 99'999).value(), 2U);
  EXPECT_EQ(tier_of(tiers, 100'000).value(), 3U);
}

TEST(PopulationTiers, GiveNoTierToAnUnknownPopulation) {
  EXPECT_TRUE(tier_of(default_population_tiers(), std::nullopt).is_none());
}

}  // namespace
}  // namespace maillage
