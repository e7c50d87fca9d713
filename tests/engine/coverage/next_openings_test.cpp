#include "engine/coverage/next_openings.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/core/error.hpp"
#include "tests/support/timed_structures.hpp"

namespace maillage {
namespace {

using test::draw_territory;
using test::open_at;
using test::PlacedStructures;
using test::random_structures;
using test::random_week;

const StraightLine kWalk{.detour_factor = 1, .speed_kmh = 6, .unit = CostUnit::seconds};

TEST(NextOpenings, EqualsLookingAtEveryMinute) {
  for (int seed = 1; seed <= 8; ++seed) {
    std::mt19937 random{static_cast<std::uint32_t>(seed)};
    const Territory territory = draw_territory({"ABC", "DEF"}, {.population = {{'A', 1'000}, {'F', 0}}});
    const PlacedStructures structures = random_structures(territory, 4, 3'000, random);
    std::vector<MinuteIntervals> hours;
    for (int k = 0; k < 4; ++k) {
      hours.push_back(random_week(random));  // of seven dated days here
    }
    const std::int32_t stay = seed % 3 == 0 ? 0 : 7 * seed;
    const auto definition = open_at(structures, hours, kWalk, 900, dated_axis(20'000, 7, 1), stay);
    const std::int32_t from = static_cast<std::int32_t>(random() % 5'000);
    const auto found = next_openings(territory, structures.placed, definition, from);
    const Continuity bits = compute_continuity(territory, structures.placed, definition);
    for (const CommuneIndex commune : territory.communes.indices()) {
      const auto expected = bits.cube.next_served(commune, from, false);
      ASSERT_EQ(found[commune].has_value(), expected.has_value());
      if (!expected) {
        continue;
      }
      EXPECT_EQ(found[commune]->leave_minute, *expected);
      std::vector<MomentRange> runs;
      leave_moments(definition.hours[found[commune]->structure.value()].open, definition.axis, stay, found[commune]->cost,
                    runs);
      EXPECT_TRUE(std::ranges::any_of(
          runs, [&](const MomentRange& run) { return run.begin <= *expected && *expected < run.end; }));
    }
  }
}

TEST(NextOpenings, RefusesATypicalWeek) {
  std::mt19937 random{1};
  const Territory territory = draw_territory({"A"}, {});
  const PlacedStructures structures = random_structures(territory, 1, 500, random);
  EXPECT_THROW((void)next_openings(territory, structures.placed,
                                   open_at(structures, {random_week(random)}, kWalk, 900, week_axis(15)), 0),
               ArgumentError);
}

}  // namespace
}  // namespace maillage
