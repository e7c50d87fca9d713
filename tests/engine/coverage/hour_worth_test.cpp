#include "engine/coverage/hour_worth.hpp"

#include <gtest/gtest.h>

#include <array>
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

struct Case {
  Territory territory;
  PlacedStructures structures;
  ContinuityDefinition definition;

  [[nodiscard]] Continuity with(const std::size_t structure, const MinuteIntervals& hours) const {
    ContinuityDefinition changed = definition;
    changed.hours[structure].open = hours;
    return compute_continuity(territory, structures.placed, changed);
  }
};

Case random_case(const int seed, const int count, const std::int32_t stay) {
  std::mt19937 random{static_cast<std::uint32_t>(seed)};
  Case made{.territory = draw_territory({"ABC", "DEF"}, {.population = {{'A', 1'000}, {'E', 37}, {'F', 0}}}),
            .structures = {},
            .definition = {}};
  made.structures = random_structures(made.territory, count, 3'000, random);
  std::vector<MinuteIntervals> hours;
  for (int k = 0; k < count; ++k) {
    hours.push_back(random_week(random));
  }
  made.definition = open_at(made.structures, hours, kWalk, 900, week_axis(15), stay);
  return made;
}

std::int64_t people_changed(const Case& one, const Continuity& before, const Continuity& after) {
  std::int64_t people = 0;
  for (const CommuneIndex commune : one.territory.communes.indices()) {
    if (before.communes[commune].minutes_served != after.communes[commune].minutes_served) {
      people += before.communes[commune].population;
    }
  }
  return people;
}

TEST(HourWorth, EqualsOpeningAndClosingEverySlot) {
  for (int seed = 1; seed <= 6; ++seed) {
    const Case one = random_case(seed, 4, seed % 3 == 0 ? 0 : 10 * seed);
    const Continuity before = compute_continuity(one.territory, one.structures.placed, one.definition);
    const HourWorth worth{one.territory, one.structures.placed, one.definition, 60};
    const auto all = worth.all();
    for (std::size_t structure = 0; structure < 4; ++structure) {
      for (std::int32_t slot = 0; slot < 168; slot += 1 + seed % 4) {
        const std::array minutes{MinuteInterval{slot * 60, (slot + 1) * 60}};
        const MinuteIntervals& open = one.definition.hours[structure].open;
        const Continuity opened = one.with(structure, united(open, minutes));
        const Continuity closed = one.with(structure, without(open, minutes));
        const SlotWorth& found = all[structure][static_cast<std::size_t>(slot)];
        ASSERT_EQ(found.gained_population_minutes, opened.total.population_minutes - before.total.population_minutes);
        ASSERT_EQ(found.lost_population_minutes, before.total.population_minutes - closed.total.population_minutes);
        ASSERT_EQ(found.gained_population, people_changed(one, before, opened));
        ASSERT_EQ(found.lost_population, people_changed(one, before, closed));
      }
      EXPECT_EQ(worth.of_structure(structure), all[structure]);
    }
  }
}

TEST(HourWorth, GreedyGainsWhatItSaysAndKeepsItsBound) {
  for (int seed = 11; seed <= 14; ++seed) {
    const Case one = random_case(seed, 3, seed % 2 == 0 ? 0 : 45);
    const HourWorth worth{one.territory, one.structures.placed, one.definition, 60};
    const std::vector<std::uint8_t> allowed(168, 1);
    const OpeningPlan plan = worth.greedy(3, allowed, worth.all());
    ContinuityDefinition changed = one.definition;
    for (const Opening& opening : plan.openings) {
      MinuteIntervals& open = changed.hours[opening.structure].open;
      open = united(open, std::array{MinuteInterval{opening.slot * 60, (opening.slot + 1) * 60}});
    }
    const auto before = compute_continuity(one.territory, one.structures.placed, one.definition).total.population_minutes;
    const auto after = compute_continuity(one.territory, one.structures.placed, changed).total.population_minutes;
    EXPECT_EQ(plan.population_minutes, after - before);
    EXPECT_GE(plan.upper_bound, plan.population_minutes);
  }
}

TEST(HourWorth, ExactIsTheBestOfAllPairs) {
  for (int seed = 21; seed <= 24; ++seed) {
    const Case one = random_case(seed, 2, seed % 2 == 0 ? 0 : 75);
    const HourWorth worth{one.territory, one.structures.placed, one.definition, 60};
    std::vector<std::uint8_t> allowed(168);
    std::fill(allowed.begin() + 5 * 24 + 8, allowed.begin() + 5 * 24 + 20, std::uint8_t{1});  // Saturday
    const OpeningPlan plan = worth.exact(2, allowed, 1'000'000, worth.greedy(2, allowed, worth.all()));
    const auto before = compute_continuity(one.territory, one.structures.placed, one.definition).total.population_minutes;
    std::int64_t best = 0;
    for (int a = 0; a < 24; ++a) {
      for (int b = a + 1; b < 24; ++b) {
        ContinuityDefinition changed = one.definition;
        for (const int choice : {a, b}) {
          MinuteIntervals& open = changed.hours[static_cast<std::size_t>(choice / 12)].open;
          const std::int32_t begin = (5 * 24 + 8 + choice % 12) * 60;
          open = united(open, std::array{MinuteInterval{begin, begin + 60}});
        }
        best = std::max(best,
                        compute_continuity(one.territory, one.structures.placed, changed).total.population_minutes - before);
      }
    }
    EXPECT_TRUE(plan.proven);
    EXPECT_EQ(plan.population_minutes, best);
    EXPECT_LE(worth.greedy(2, allowed, worth.all()).population_minutes, best);
    EXPECT_GE(worth.greedy(2, allowed, worth.all()).upper_bound, best);
  }
}

TEST(HourWorth, RefusesDatedAxes) {
  Case one = random_case(1, 1, 0);
  one.definition.axis = dated_axis(0, 7, 15);
  EXPECT_THROW((HourWorth{one.territory, one.structures.placed, one.definition, 60}), ArgumentError);
  one.definition.axis = week_axis(15);
  EXPECT_THROW((HourWorth{one.territory, one.structures.placed, one.definition, 10}), ArgumentError);
}

}  // namespace
}  // namespace maillage
