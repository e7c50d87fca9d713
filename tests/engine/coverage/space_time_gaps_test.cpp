#include "engine/coverage/space_time_gaps.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/support/timed_structures.hpp"

namespace maillage {
namespace {

using test::at;
using test::draw_territory;
using test::open_at;
using test::PlacedStructures;
using test::random_structures;
using test::random_week;
using test::structures_at;

TEST(SpaceTimeGaps, AreParts) {
  const Territory territory = draw_territory({"AB.C"}, {.population = {{'A', 10}, {'B', 20}, {'C', 70}}});
  const PlacedStructures structures = structures_at(territory, "ABC");
  const MinuteIntervals morning{{9 * 60, 12 * 60}};
  const Continuity continuity =
      compute_continuity(territory, structures.placed,
                         open_at(structures, {morning, {{9 * 60, 11 * 60}}, morning}, StraightLine{}, 500, week_axis(60)));
  const TimeWindow monday{.name = "lundi", .label = {}, .minutes = {{9 * 60, 14 * 60}}};
  const auto gaps = space_time_gaps(territory, structures.placed, continuity, monday, 10);
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0].communes, (std::vector{at(territory, 'C')}));
  EXPECT_EQ(gaps[0].population_minutes, 70 * 120);
  EXPECT_EQ(gaps[1].communes, (std::vector{at(territory, 'A'), at(territory, 'B')}));
  EXPECT_EQ(gaps[1].begin, 11);
  EXPECT_EQ(gaps[1].end, 14);
  EXPECT_EQ(gaps[1].population_minutes, 10 * 120 + 20 * 180);
  EXPECT_EQ(gaps[1].core, at(territory, 'B'));
  EXPECT_EQ(gaps[1].nearest.value(), 0U);  // A is open until noon
  EXPECT_EQ(gaps[1].nearest_cost, 1'000U);
  EXPECT_EQ(gaps[1].wait_minutes, kMinutesPerWeek - 2 * 60);  // Monday 11:00 to the next at 9:00
}

TEST(SpaceTimeGaps, EqualAFloodOfCells) {
  std::mt19937 random{99};
  const Territory territory = draw_territory({"ABC", "DEF", "GGH"});
  for (int round = 0; round < 30; ++round) {
    const PlacedStructures structures = random_structures(territory, 6, 3'000, random);
    std::vector<MinuteIntervals> hours;
    for (int k = 0; k < 6; ++k) {
      hours.push_back(random_week(random));
    }
    const Continuity continuity =
        compute_continuity(territory, structures.placed, open_at(structures, hours, StraightLine{}, 900, week_axis(30)));
    const TimeWindow window{.name = "w", .label = {}, .minutes = {{480, 1'200}, {1'920, 2'640}, {7'680, 10'080}}};
    std::set<std::pair<std::size_t, std::int32_t>> cells;
    for (const CommuneIndex commune : territory.communes.indices()) {
      for (const MomentRange& run : moments_of(window, continuity.definition.axis)) {
        for (std::int32_t moment = run.begin; moment < run.end; ++moment) {
          if (!continuity.cube.served(commune, moment)) {
            cells.insert({commune.value(), moment});
          }
        }
      }
    }
    std::multiset<std::tuple<std::int64_t, std::int64_t, std::size_t>> flooded;
    while (!cells.empty()) {
      std::vector<std::pair<std::size_t, std::int32_t>> front{*cells.begin()};
      cells.erase(cells.begin());
      std::int64_t count = 0;
      std::set<std::size_t> communes;
      while (!front.empty()) {
        const auto [commune, moment] = front.back();
        front.pop_back();
        ++count;
        communes.insert(commune);
        std::vector<std::pair<std::size_t, std::int32_t>> around{{commune, moment - 1}, {commune, moment + 1}};
        for (const Neighbour& neighbour : territory.neighbours[CommuneIndex{commune}]) {
          around.push_back({neighbour.commune.value(), moment});
        }
        for (const auto& cell : around) {
          if (cells.erase(cell) > 0) {
            front.push_back(cell);
          }
        }
      }
      flooded.insert({count, count * 100 * 30, communes.size()});
    }
    std::multiset<std::tuple<std::int64_t, std::int64_t, std::size_t>> found;
    for (const SpaceTimeGap& gap : space_time_gaps(territory, structures.placed, continuity, window, 3)) {
      found.insert({gap.cells, gap.population_minutes, gap.communes.size()});
    }
    ASSERT_EQ(found, flooded) << "round " << round;
  }
}

}  // namespace
}  // namespace maillage
