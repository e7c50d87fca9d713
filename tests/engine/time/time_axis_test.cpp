#include "engine/time/time_axis.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(MinuteIntervals, AreSortedSets) {
  const MinuteIntervals a = merged_intervals(std::vector<MinuteInterval>{{50, 60}, {10, 20}, {20, 30}, {5, 5}, {15, 25}});
  EXPECT_EQ(a, (MinuteIntervals{{10, 30}, {50, 60}}));
  const MinuteIntervals b{{0, 12}, {25, 55}};
  EXPECT_EQ(united(a, b), (MinuteIntervals{{0, 60}}));
  EXPECT_EQ(common(a, b), (MinuteIntervals{{10, 12}, {25, 30}, {50, 55}}));
  EXPECT_EQ(without(a, b), (MinuteIntervals{{12, 25}, {55, 60}}));
  EXPECT_EQ(total_minutes(a), 30);
}

TEST(TimeAxis, CountsMomentsOfWindows) {
  const TimeAxis week = week_axis(30);
  EXPECT_EQ(week.moments, 336);
  EXPECT_EQ(week.days(), 7);
  const TimeWindow window{.name = "w", .label = {}, .minutes = {{15, 60}, {60, 95}, {10'075, 20'000}}};
  // Moments begin within the window: at 30, 60 and 90 minutes, and none at the week's end.
  EXPECT_EQ(moments_of(window, week), (std::vector<MomentRange>{{1, 4}}));
  EXPECT_EQ(usual_windows().size(), 5U);
}

TEST(TimeAxis, RefusesStepsThatDoNotDivideADay) {
  EXPECT_THROW((void)week_axis(7), ArgumentError);
  EXPECT_THROW((void)week_axis(0), ArgumentError);
  EXPECT_THROW((void)dated_axis(0, 0, 60), ArgumentError);
}

}  // namespace
}  // namespace maillage
