#include "engine/time/calendar_date.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::int32_t day(const char* iso) {
  return day_number(parse_date(iso).value());
}

TEST(CalendarDate, KnownDays) {
  EXPECT_EQ(day("1970-01-01"), 0);
  EXPECT_EQ(day("1969-12-31"), -1);
  EXPECT_EQ(day("2000-03-01"), 11'017);
  EXPECT_EQ(day("2024-02-29"), 19'782);
  EXPECT_EQ(weekday(0), 3);
  EXPECT_EQ(weekday(-4), 6);
  EXPECT_EQ(weekday(day("2024-06-03")), 0);
}

TEST(CalendarDate, EveryDayOfFourHundredYearsFollowsTheOneBefore) {
  CalendarDate date{.year = 1900, .month = 1, .day = 1};
  for (std::int32_t number = day_number(date); date.year < 2300; ++number) {
    ASSERT_EQ(day_number(date), number);
    ASSERT_EQ(date_of_day(number), date);
    ASSERT_EQ(weekday(number + 1), (weekday(number) + 1) % 7);
    if (date.day < days_in_month(date.year, date.month)) {
      ++date.day;
    } else {
      date.day = 1;
      date.month = static_cast<std::int8_t>(date.month % 12 + 1);
      date.year = static_cast<std::int16_t>(date.year + (date.month == 1 ? 1 : 0));
    }
  }
}

TEST(CalendarDate, ReadsOnlyDatesThatExist) {
  EXPECT_EQ(format_date(parse_date("2024-02-29").value()), "2024-02-29");
  for (const char* wrong : {"2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-01",
                            "24-01-01", "2024/01/01", "", "2024-01-0x", "-024-01-01", "2024-01-011"}) {
    EXPECT_FALSE(parse_date(wrong)) << wrong;
  }
  EXPECT_THROW(static_cast<void>(day_number({.year = 2023, .month = 2, .day = 29})), ArgumentError);
  EXPECT_THROW(static_cast<void>(days_in_month(2023, 13)), ArgumentError);
}

TEST(CalendarDate, WeeksOfIso8601) {
  EXPECT_EQ(iso_week(day("2024-01-01")), 1);
  EXPECT_EQ(iso_week(day("2023-01-01")), 52);
  EXPECT_EQ(iso_week(day("2021-01-03")), 53);
  EXPECT_EQ(iso_week(day("2024-12-30")), 1);
  EXPECT_EQ(iso_week(day("2026-12-31")), 53);
}

TEST(CalendarDate, EasterOfPublishedTables) {
  EXPECT_EQ(easter_sunday(2008), day("2008-03-23"));
  EXPECT_EQ(easter_sunday(2011), day("2011-04-24"));
  EXPECT_EQ(easter_sunday(2024), day("2024-03-31"));
  EXPECT_EQ(easter_sunday(2025), day("2025-04-20"));
  EXPECT_EQ(easter_sunday(2038), day("2038-04-25"));
  EXPECT_EQ(easter_sunday(1954), day("1954-04-18"));
  EXPECT_THROW(static_cast<void>(easter_sunday(1500)), ArgumentError);
}

TEST(CalendarDate, MinutesThatTrulyPassAtClockChanges) {
  const std::int32_t spring = day("2024-03-31");
  const std::int32_t autumn = day("2024-10-27");
  const MinuteInterval night{.begin = 0, .end = 360};
  EXPECT_EQ(elapsed_minutes(night, spring, TimeZone::paris), 300);
  EXPECT_EQ(elapsed_minutes(night, autumn, TimeZone::paris), 420);
  EXPECT_EQ(elapsed_minutes(night, spring + 1, TimeZone::paris), 360);
  EXPECT_EQ(elapsed_minutes({.begin = 150, .end = 160}, spring, TimeZone::paris), 0);
  EXPECT_EQ(elapsed_minutes({.begin = 150, .end = 160}, autumn, TimeZone::paris), 20);
  EXPECT_EQ(elapsed_minutes({.begin = kMinutesPerDay, .end = 2 * kMinutesPerDay}, spring - 1, TimeZone::paris), 1'380);
  EXPECT_EQ(elapsed_minutes(night, spring, TimeZone::reunion), 360);
  EXPECT_EQ(elapsed_minutes({.begin = 60, .end = 60}, spring, TimeZone::paris), 0);
  // A year is as long as its days: one hour less, one hour more.
  EXPECT_EQ(elapsed_minutes({.begin = 0, .end = 366 * kMinutesPerDay}, day("2024-01-01"), TimeZone::paris), 366 * 1'440);
  EXPECT_EQ(elapsed_minutes({.begin = 0, .end = 180 * kMinutesPerDay}, day("2024-01-01"), TimeZone::paris),
            180 * 1'440 - 60);
  // North American rules: 2024-03-10 and 2024-11-03.
  EXPECT_EQ(elapsed_minutes(night, day("2024-03-10"), TimeZone::saint_pierre_et_miquelon), 300);
  EXPECT_EQ(elapsed_minutes(night, day("2024-11-03"), TimeZone::saint_pierre_et_miquelon), 420);
}

TEST(CalendarDate, TimeZonesOfCodes) {
  EXPECT_EQ(time_zone("59350"), TimeZone::paris);
  EXPECT_EQ(time_zone("2A004"), TimeZone::paris);
  EXPECT_EQ(time_zone("97105"), TimeZone::guadeloupe);
  EXPECT_EQ(time_zone("97801"), TimeZone::guadeloupe);
  EXPECT_EQ(time_zone("97411"), TimeZone::reunion);
  EXPECT_EQ(time_zone("976"), TimeZone::mayotte);
  EXPECT_THROW(static_cast<void>(time_zone("98818")), InputError);
}

}  // namespace
}  // namespace maillage
