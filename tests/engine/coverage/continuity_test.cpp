#include "engine/coverage/continuity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
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

constexpr std::int32_t kHour = 60;
const StraightLine kAtSixty{.detour_factor = 1, .speed_kmh = 60, .unit = CostUnit::seconds};

std::int32_t on(const int day, const int hour) {
  return day * kMinutesPerDay + hour * kHour;
}

TEST(LeaveMoments, AllowTheWayAndTheStay) {
  const TimeAxis axis = week_axis(15);
  std::vector<MomentRange> runs;
  leave_moments({{on(0, 9), on(0, 12)}}, axis, 30, 20 * 60, runs);
  // Leave from 8:40 (8:45) to 11:10 (11:00) to stay half an hour until noon.
  EXPECT_EQ(runs, (std::vector<MomentRange>{{35, 45}}));
  runs.clear();
  leave_moments({{on(0, 9), on(0, 12)}}, axis, 0, 0, runs);
  EXPECT_EQ(runs, (std::vector<MomentRange>{{36, 48}}));  // noon is too late
  runs.clear();
  leave_moments({{on(0, 9), on(0, 10)}}, axis, 61, 0, runs);
  EXPECT_TRUE(runs.empty());
}

TEST(LeaveMoments, PassSundayMidnight) {
  const TimeAxis axis = week_axis(60);
  std::vector<MomentRange> runs;
  leave_moments({{0, 2 * kHour}, {on(6, 22), kMinutesPerWeek}}, axis, 180, 0, runs);
  EXPECT_EQ(runs, (std::vector<MomentRange>{{166, 168}}));  // 22:00 and 23:00, until 1:00 and 2:00
  runs.clear();
  leave_moments({{0, kHour}}, axis, 0, 3'600, runs);
  EXPECT_EQ(runs, (std::vector<MomentRange>{{167, 168}}));  // leave on Sunday at 23:00
}

TEST(Continuity, TellsOneCommuneOfAKnownWeek) {
  const Territory territory = draw_territory({"AB"}, {.population = {{'A', 100}, {'B', 50}}});
  const PlacedStructures structures = structures_at(territory, "A");
  const Continuity found =
      compute_continuity(territory, structures.placed,
                         open_at(structures, {{{on(0, 9), on(0, 12)}, {on(2, 14), on(2, 18)}, {on(5, 10), on(5, 12)}}},
                                 StraightLine{}, 500, week_axis(15)));
  const CommuneContinuity& a = found.communes[at(territory, 'A')];
  EXPECT_EQ(a.minutes_served, 9 * kHour);
  EXPECT_EQ(a.population_minutes, 100 * 9 * kHour);
  EXPECT_EQ(a.longest_gap_minutes, on(5, 10) - on(2, 18));
  EXPECT_EQ(a.longest_gap_begin, on(2, 18) / 15);
  EXPECT_EQ(a.days_without, 4);
  EXPECT_EQ(a.longest_days_without, 2);
  const double entropy = -(3.0 / 9 * std::log(3.0 / 9) + 4.0 / 9 * std::log(4.0 / 9) + 2.0 / 9 * std::log(2.0 / 9));
  EXPECT_NEAR(a.regularity, entropy / std::log(7.0), 1e-15);
  EXPECT_NEAR(a.mean_depth, 9.0 / 168, 1e-15);
  EXPECT_EQ(found.window_minutes[0][at(territory, 'A')], (3 + 4) * kHour);  // weekdays
  EXPECT_EQ(found.window_minutes[1][at(territory, 'A')], 4 * kHour);        // Wednesday afternoon
  EXPECT_EQ(found.window_minutes[3][at(territory, 'A')], 2 * kHour);        // Saturday
  const CommuneContinuity& b = found.communes[at(territory, 'B')];
  EXPECT_EQ(b.minutes_served, 0);
  EXPECT_EQ(b.longest_gap_minutes, kMinutesPerWeek);
  EXPECT_EQ(b.days_without, 7);
  EXPECT_EQ(b.regularity, 0);
  EXPECT_EQ(found.total.population_minutes, 100 * 9 * kHour);
  EXPECT_EQ(found.total.profile[static_cast<std::size_t>(on(0, 9) / 15)], 100);
  EXPECT_EQ(found.total.window_population[3], 100);
  EXPECT_EQ(found.cube.next_served(at(territory, 'A'), on(5, 12) / 15, true), (kMinutesPerWeek + on(0, 9)) / 15);
}

TEST(Continuity, GivesBoundsWhereHoursAreUnknown) {
  const Territory territory = draw_territory({"A"});
  const PlacedStructures structures = structures_at(territory, "AAA");
  ContinuityDefinition definition =
      open_at(structures, {{{on(0, 9), on(0, 12)}}, {}, {}}, StraightLine{}, 500, week_axis(15));
  definition.hours[1] = {.open = {}, .known = false, .weekly_minutes = 10 * kHour};
  definition.hours[2] = {.open = {}, .known = false, .weekly_minutes = 4 * kHour};
  const Continuity found = compute_continuity(territory, structures.placed, definition);
  const CommuneContinuity& a = found.communes[at(territory, 'A')];
  EXPECT_EQ(a.minutes_served, 3 * kHour);
  EXPECT_EQ(a.surely_minutes, 10 * kHour);    // one of them opens ten hours
  EXPECT_EQ(a.possibly_minutes, 17 * kHour);  // never two at once
  EXPECT_EQ(a.unknown_in_reach, 2U);
  EXPECT_EQ(found.total.population_uncertain, 100);
  // Of the Wednesday afternoon's six hours none is known, and all may be; of the fifty hours of weekdays three and fourteen.
  EXPECT_EQ(most_window_minutes(found, 1, at(territory, 'A')), 6 * kHour);
  EXPECT_EQ(most_window_minutes(found, 0, at(territory, 'A')), 17 * kHour);
  EXPECT_EQ(found.total.window_unknown_minutes[1], 100 * 6 * kHour);
  EXPECT_EQ(found.total.window_unknown_minutes[0], 100 * 14 * kHour);
  definition.hours[2].weekly_minutes = -1;
  EXPECT_EQ(compute_continuity(territory, structures.placed, definition).communes[at(territory, 'A')].possibly_minutes,
            kMinutesPerWeek);
}

TEST(Continuity, IsThatOfHalfTheInhabitants) {
  Territory territory = draw_territory({"AB"});
  const CommuneIndex b = at(territory, 'B');
  territory.demand = {{territory.points[at(territory, 'A')].position, 100, at(territory, 'A')},
                      {{600, 500}, 60, b},
                      {territory.points[b].position, 40, b}};
  const PlacedStructures structures = structures_at(territory, "A");
  const Continuity found = compute_continuity(
      territory, structures.placed, open_at(structures, {{{on(0, 9), on(0, 12)}}}, StraightLine{}, 500, week_axis(15)));
  EXPECT_EQ(found.communes[b].population, 100);
  EXPECT_EQ(found.communes[b].minutes_served, 3 * kHour);
  EXPECT_EQ(found.communes[b].population_minutes, 60 * 3 * kHour);
  EXPECT_EQ(found.total.profile[static_cast<std::size_t>(on(0, 10) / 15)], 160);
  EXPECT_EQ(found.total.population_minutes, 160 * 3 * kHour);
}

TEST(Continuity, EqualsASearchMinuteByMinute) {
  std::mt19937 random{20'191};
  const Territory territory = draw_territory({"ABC", "DEF", "GHI"});
  for (int round = 0; round < 60; ++round) {
    const PlacedStructures structures = random_structures(territory, 5, 3'000, random);
    std::vector<MinuteIntervals> hours;
    for (int k = 0; k < 5; ++k) {
      hours.push_back(random_week(random));
    }
    const std::int32_t step = std::array{1, 15, 30, 60}[static_cast<std::size_t>(round) % 4];
    const std::int32_t stay = round % 3 == 0 ? 0 : std::uniform_int_distribution<int>{1, 90}(random);
    const StraightLine slow{.detour_factor = 1, .speed_kmh = 6, .unit = CostUnit::seconds};
    const Cost limit = 900;
    const Continuity found =
        compute_continuity(territory, structures.placed, open_at(structures, hours, slow, limit, week_axis(step), stay));
    for (const CommuneIndex commune : territory.communes.indices()) {
      for (std::int32_t moment = 0; moment < found.definition.axis.moments; moment += round % 4 == 0 ? 7 : 1) {
        bool served = false;
        for (const StructureIndex structure : structures.placed.of.indices()) {
          const Point& from = territory.points[commune].position;
          const Point& to = structures.placed.of[structure].position;
          const auto seconds = static_cast<std::int64_t>(std::ceil(std::hypot(from.x - to.x, from.y - to.y) / 6 * 3.6));
          served = served || (seconds <= static_cast<std::int64_t>(limit) &&
                              test::serves(hours[structure.value()], std::int64_t{moment} * step * 60, seconds, stay));
        }
        ASSERT_EQ(found.cube.served(commune, moment), served) << "round " << round << ", moment " << moment;
      }
    }
  }
}

class ContinuityProperties : public testing::Test {
 protected:
  Continuity compute(const std::vector<MinuteIntervals>& hours, const StraightLine& travel = kAtSixty,
                     const Cost limit = 100, const std::int32_t stay = 0) {
    return compute_continuity(territory_, structures_.placed,
                              open_at(structures_, hours, travel, limit, week_axis(15), stay));
  }
  void expect_no_less(const Continuity& less, const Continuity& more) {
    for (const CommuneIndex commune : territory_.communes.indices()) {
      for (std::int32_t moment = 0; moment < less.definition.axis.moments; ++moment) {
        ASSERT_LE(less.cube.served(commune, moment), more.cube.served(commune, moment));
      }
    }
  }
  std::mt19937 random_{7};
  Territory territory_ = draw_territory({"ABCD", "EFGH"});
  PlacedStructures structures_ = random_structures(territory_, 4, 3'000, random_);
  std::vector<MinuteIntervals> hours_{random_week(random_), random_week(random_), random_week(random_),
                                      random_week(random_)};
};

TEST_F(ContinuityProperties, GrowsWithOpeningsAndLimitsAndShrinksWithTheStay) {
  const Continuity base = compute(hours_);
  std::vector<MinuteIntervals> longer = hours_;
  longer[1] = united(longer[1], std::vector<MinuteInterval>{{on(3, 20), on(3, 23)}});
  expect_no_less(base, compute(longer));
  expect_no_less(base, compute(hours_, kAtSixty, 150));
  expect_no_less(compute(hours_, kAtSixty, 100, 45), base);
}

TEST_F(ContinuityProperties, OpeningMoreNeverLowersAnyShare) {
  for (int round = 0; round < 40; ++round) {
    const std::int32_t stay = round % 3 * 20;
    const Continuity base = compute(hours_, kAtSixty, 100, stay);
    std::vector<MinuteIntervals> longer = hours_;
    MinuteIntervals& one = longer[static_cast<std::size_t>(round) % longer.size()];
    one = united(one, random_week(random_));
    const Continuity more = compute(longer, kAtSixty, 100, stay);
    EXPECT_LE(base.total.population_minutes, more.total.population_minutes);
    for (std::size_t window = 0; window < base.window_lengths.size(); ++window) {
      EXPECT_LE(base.total.window_population_minutes[window], more.total.window_population_minutes[window]);
      EXPECT_LE(base.total.window_population[window], more.total.window_population[window]);
    }
    for (std::size_t moment = 0; moment < base.total.profile.size(); ++moment) {
      ASSERT_LE(base.total.profile[moment], more.total.profile[moment]);
    }
    for (const TierIndex tier : base.by_tier.indices()) {
      EXPECT_LE(base.by_tier[tier].population_minutes, more.by_tier[tier].population_minutes);
    }
    for (const CommuneIndex commune : territory_.communes.indices()) {
      EXPECT_GE(base.communes[commune].longest_gap_minutes, more.communes[commune].longest_gap_minutes);
      EXPECT_GE(base.communes[commune].days_without, more.communes[commune].days_without);
    }
    hours_ = longer;
  }
}

/// Who travels faster must leave later so as not to stand before a closed door: with several structures the moments of one may
/// then fall on those of another. What grows with speed is who is served at all, and by one structure for how long.
TEST_F(ContinuityProperties, GoingFasterNeverLosesAnybody) {
  const auto at_speed = [&](const std::vector<MinuteIntervals>& hours, const double speed_kmh) {
    const StraightLine walk{.detour_factor = 1, .speed_kmh = speed_kmh, .unit = CostUnit::seconds};
    return compute_continuity(territory_, structures_.placed, open_at(structures_, hours, walk, 900, week_axis(1)));
  };
  for (std::size_t structure = 0; structure < hours_.size(); ++structure) {
    std::vector<MinuteIntervals> alone(hours_.size());
    alone[structure] = hours_[structure];
    for (const double speed : {3.0, 5.0, 9.0}) {
      const Continuity slow = at_speed(alone, speed);
      const Continuity fast = at_speed(alone, speed * 1.7);
      for (const CommuneIndex commune : territory_.communes.indices()) {
        EXPECT_LE(slow.communes[commune].minutes_served, fast.communes[commune].minutes_served);
      }
      EXPECT_LE(slow.total.population_minutes, fast.total.population_minutes);
    }
  }
  const Continuity slow = at_speed(hours_, 4);
  const Continuity fast = at_speed(hours_, 8);
  for (const CommuneIndex commune : territory_.communes.indices()) {
    EXPECT_LE(slow.communes[commune].minutes_served > 0, fast.communes[commune].minutes_served > 0);
    EXPECT_LE(slow.communes[commune].unknown_in_reach, fast.communes[commune].unknown_in_reach);
  }
}

TEST_F(ContinuityProperties, LongestGapGoesRoundTheWeek) {
  for (int round = 0; round < 30; ++round) {
    for (MinuteIntervals& open : hours_) {
      open = random_week(random_);
    }
    const Continuity found = compute(hours_, kAtSixty, 60, 30);
    const std::int32_t moments = found.definition.axis.moments;
    for (const CommuneIndex commune : territory_.communes.indices()) {
      std::int32_t run = 0;
      std::int32_t longest = 0;
      for (std::int32_t moment = 0; moment < 2 * moments; ++moment) {
        run = found.cube.served(commune, moment % moments) ? 0 : run + 1;
        longest = std::max(longest, std::min(run, moments));
      }
      ASSERT_EQ(found.communes[commune].longest_gap_minutes, longest * 15) << "round " << round;
    }
  }
}

TEST_F(ContinuityProperties, TogetherIsAtMostWhatBothMayHave) {
  ContinuityDefinition unknown = open_at(structures_, hours_, kAtSixty, 100, week_axis(15));
  unknown.hours[0] = {.open = {}, .known = false, .weekly_minutes = 600};
  const Continuity known = compute(hours_);
  const Continuity uncertain = compute_continuity(territory_, structures_.placed, unknown);
  const auto least = minutes_of_both(known, uncertain);
  const auto most = most_minutes_of_both(known, uncertain);
  for (const CommuneIndex commune : territory_.communes.indices()) {
    EXPECT_LE(least[commune], most[commune]);
    EXPECT_LE(most[commune], known.communes[commune].possibly_minutes);
    EXPECT_LE(most[commune], uncertain.communes[commune].possibly_minutes);
  }
}

TEST_F(ContinuityProperties, WindowsHoldWhatTheUnknownHoursMayBe) {
  ContinuityDefinition unknown = open_at(structures_, hours_, kAtSixty, 100, week_axis(15));
  const std::int64_t total = total_minutes(hours_[0]);
  unknown.hours[0] = {.open = {}, .known = false, .weekly_minutes = static_cast<std::int32_t>(total)};
  const Continuity known = compute(hours_);
  const Continuity uncertain = compute_continuity(territory_, structures_.placed, unknown);
  for (std::size_t window = 0; window < known.window_minutes.size(); ++window) {
    for (const CommuneIndex commune : territory_.communes.indices()) {
      EXPECT_LE(uncertain.window_minutes[window][commune], known.window_minutes[window][commune]);
      EXPECT_LE(known.window_minutes[window][commune], most_window_minutes(uncertain, window, commune));
      EXPECT_EQ(known.window_minutes[window][commune], most_window_minutes(known, window, commune));
    }
  }
}

TEST_F(ContinuityProperties, ShiftsWithTheWeek) {
  constexpr std::int32_t kShift = 5 * kHour;
  std::vector<MinuteIntervals> later;
  for (const MinuteIntervals& open : hours_) {
    std::vector<MinuteInterval> moved;
    for (const MinuteInterval& opening : open) {
      moved.push_back({opening.begin + kShift, std::min(opening.end + kShift, kMinutesPerWeek)});
      moved.push_back({std::max(0, opening.begin + kShift - kMinutesPerWeek), opening.end + kShift - kMinutesPerWeek});
    }
    later.push_back(merged_intervals(moved));
  }
  const Continuity before = compute(hours_);
  const Continuity after = compute(later);
  for (const CommuneIndex commune : territory_.communes.indices()) {
    for (std::int32_t moment = 0; moment < 672; ++moment) {
      ASSERT_EQ(before.cube.served(commune, moment), after.cube.served(commune, (moment + kShift / 15) % 672));
    }
    EXPECT_EQ(before.communes[commune].longest_gap_minutes, after.communes[commune].longest_gap_minutes);
  }
  EXPECT_EQ(before.total.population_minutes, after.total.population_minutes);
}

TEST_F(ContinuityProperties, OfAUnionIsTheUnion) {
  const std::vector<MinuteIntervals> first{hours_[0], hours_[1], {}, {}};
  const std::vector<MinuteIntervals> second{{}, {}, hours_[2], hours_[3]};
  const Continuity all = compute(hours_);
  const Continuity a = compute(first);
  const Continuity b = compute(second);
  const auto both = minutes_of_both(a, b);
  for (const CommuneIndex commune : territory_.communes.indices()) {
    std::int32_t together = 0;
    for (std::int32_t moment = 0; moment < 672; ++moment) {
      ASSERT_EQ(all.cube.served(commune, moment), a.cube.served(commune, moment) || b.cube.served(commune, moment));
      together += a.cube.served(commune, moment) && b.cube.served(commune, moment) ? 15 : 0;
    }
    EXPECT_EQ(both[commune], together);
  }
}

TEST_F(ContinuityProperties, IsTheSameOnOneThread) {
  const Continuity many = compute(hours_);
  const ThreadLimit one{1};
  const Continuity single = compute(hours_);
  EXPECT_EQ(many.cube, single.cube);
  EXPECT_EQ(many.total.profile, single.total.profile);
}

TEST_F(ContinuityProperties, OfADatedSpanDoesNotWrap) {
  ContinuityDefinition definition =
      open_at(structures_, {{{0, kHour}}, {}, {}, {}}, StraightLine{}, 5'000, dated_axis(19'723, 366, 60));
  definition.windows.clear();
  const Continuity found = compute_continuity(territory_, structures_.placed, definition);
  const CommuneContinuity& a = found.communes[at(territory_, 'A')];
  EXPECT_EQ(a.minutes_served, kHour);
  EXPECT_EQ(a.days_without, 365);
  EXPECT_EQ(a.longest_days_without, 365);
  EXPECT_EQ(a.longest_gap_minutes, 366 * kMinutesPerDay - kHour);
}

TEST_F(ContinuityProperties, RefusesWhatIsNotParallel) {
  ContinuityDefinition definition = open_at(structures_, hours_, kAtSixty, 100, week_axis(15));
  definition.hours.pop_back();
  EXPECT_THROW((void)compute_continuity(territory_, structures_.placed, definition), ArgumentError);
  EXPECT_THROW((void)week_axis(7), ArgumentError);
}

}  // namespace
}  // namespace maillage
