#include "engine/coverage/gaps.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::at;
using test::draw_territory;
using test::structures_at;

Coverage cover(const Territory& territory, const test::PlacedStructures& structures, const Cost limit_m) {
  return compute_coverage(territory, structures.set, structures.placed, structures.within(limit_m));
}

TEST(GapComponents, AreConnectedOverSharedBordersOnly) {
  // A and D touch E only at corners; F is an island.
  const Territory territory = draw_territory({"AAB..F", "CEB...", "DCC..."}, {.population = {{'E', 5'000}, {'F', 100}}});
  const auto structures = structures_at(territory, "BC");
  const Coverage coverage = cover(territory, structures, 10);
  const auto without = communes_without_structure(territory, structures.placed, coverage.definition);
  const auto gaps = gap_components(territory, coverage, without);
  ASSERT_EQ(gaps.size(), 3U);
  EXPECT_EQ(gaps[0].communes, (std::vector{at(territory, 'A'), at(territory, 'E')}));
  EXPECT_EQ(gaps[0].population, 5'100);
  EXPECT_DOUBLE_EQ(gaps[0].area_m2, 3e6);
  EXPECT_EQ(gaps[0].nearest_cost, 1'000U);
  EXPECT_EQ(gaps[0].nearest.value(), 1U);  // C's structure, from A below which it stands
  EXPECT_EQ(gaps[0].nearest_from, at(territory, 'A'));
  EXPECT_EQ(gaps[1].communes, (std::vector{at(territory, 'D')}));
  EXPECT_EQ(gaps[2].communes, (std::vector{at(territory, 'F')}));
}

TEST(GapComponents, PartitionTheCommunesBeyondTheLimit) {
  const Territory territory = draw_territory({"ABCDE", "FGHIJ", "KLMNO"});
  const auto structures = structures_at(territory, "HA");
  const Coverage coverage = cover(territory, structures, 1'000);
  const auto beyond = communes_beyond_limit(coverage);
  std::size_t members = 0;
  for (const GapComponent& gap : gap_components(territory, coverage, beyond)) {
    for (const CommuneIndex commune : gap.communes) {
      EXPECT_EQ(beyond[commune], 1);
      EXPECT_FALSE(coverage.communes[commune].covered);
    }
    members += gap.communes.size();
  }
  EXPECT_EQ(members, static_cast<std::size_t>(std::accumulate(beyond.begin(), beyond.end(), 0)));
  EXPECT_EQ(static_cast<std::int64_t>(members), coverage.total.communes - coverage.total.communes_covered);
}

TEST(GapComponents, SayNothingOfAnOfferThatDoesNotExist) {
  const Territory territory = draw_territory({"AB"});
  const Coverage coverage = cover(territory, {}, 1'000);
  const auto gaps = gap_components(territory, coverage, communes_beyond_limit(coverage));
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_TRUE(gaps[0].nearest.is_none());
  EXPECT_EQ(gaps[0].nearest_cost, kUnreachable);
}

TEST(RemoteCommunes, HaveNothingAtHomeNorNextDoor) {
  const Territory territory = draw_territory({"ABCD"}, {.population = {{'C', 7}, {'D', std::nullopt}}});
  const auto structures = structures_at(territory, "A");
  const auto without = communes_without_structure(territory, structures.placed, structures.within(1));
  EXPECT_EQ(communes_without_structure_nearby(territory, without), (RemoteCommunes{.communes = 2, .population = 7}));
}

TEST(ContiguousPairs, CountEveryContiguousPairOnce) {
  const Territory territory = draw_territory({"ABC", "DEF"});
  IndexedVector<CommuneIndex, std::uint8_t> has(6);
  has[at(territory, 'A')] = 1;
  has[at(territory, 'B')] = 1;
  // AB | BC AD BE | CF DE EF
  EXPECT_EQ(contiguous_pairs(territory, has), (ContiguousPairs{.both = 1, .one = 3, .neither = 3}));
}

TEST(Discontinuities, GiveBothJumpsAndTheBorder) {
  const Territory territory = draw_territory({"ABCC", "ABCC"});
  const Coverage coverage = cover(territory, structures_at(territory, "A"), 1'000);
  const auto jumps = discontinuities(territory, coverage);
  ASSERT_EQ(jumps.size(), 2U);
  EXPECT_EQ(jumps[0].first, at(territory, 'A'));
  EXPECT_EQ(jumps[0].second, at(territory, 'B'));
  EXPECT_EQ(jumps[0].absolute, 1'000U);
  EXPECT_EQ(jumps[0].relative, 0);  // A's cost is 0: not defined
  EXPECT_EQ(jumps[0].border_m, 2'000);
  EXPECT_EQ(jumps[1].absolute, 1'000U);
  EXPECT_DOUBLE_EQ(jumps[1].relative, 2);
}

TEST(Discontinuities, NeedTwoKnownCosts) {
  const Territory territory = draw_territory({"AB"});
  EXPECT_TRUE(discontinuities(territory, cover(territory, {}, 1'000)).empty());
}

}  // namespace
}  // namespace maillage
