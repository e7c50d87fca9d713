#include "engine/time/opening_hours.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/core/error.hpp"
#include "engine/time/parse_opening_hours.hpp"

namespace maillage {
namespace {

constexpr DayCalendar kLille{.area = HolidayArea::metropole, .zone = SchoolZone::b};

OpeningHours hours(const std::string& text) {
  const HoursReading reading = parse_opening_hours(text);
  EXPECT_TRUE(reading.hours) << text << ": " << reading.fragment;
  return reading.hours.value_or(OpeningHours{});
}

std::string shown(const MinuteIntervals& intervals) {
  constexpr const char* kDays[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
  const auto time = [&](const std::int32_t minute) {
    std::string shown_time{kDays[minute / kMinutesPerDay % 7]};
    shown_time.append(std::to_string(minute % kMinutesPerDay / 60));
    if (minute % 60 != 0) {
      shown_time.append(":").append(std::to_string(minute % 60));
    }
    return shown_time;
  };
  std::string text;
  for (const MinuteInterval& interval : intervals) {
    text.append(text.empty() ? "" : " ").append(time(interval.begin)).append("-").append(time(interval.end));
  }
  return text;
}

std::string week(const std::string& text) {
  return shown(typical_week(hours(text)));
}

std::int32_t day(const char* iso) {
  return day_number(parse_date(iso).value());
}

std::int64_t minutes_on(const std::string& text, const char* iso, const DayCalendar& calendar = kLille) {
  return total_minutes(open_minutes(hours(text), day(iso), 1, calendar));
}

TEST(TypicalWeek, DaysAndTimes) {
  EXPECT_EQ(week("Mo-Tu 09:00-12:00,14:00-18:30; Sa 08:30-12:00"),
            "Mo9-Mo12 Mo14-Mo18:30 Tu9-Tu12 Tu14-Tu18:30 Sa8:30-Sa12");
  EXPECT_EQ(week("Sa-Mo 10:00-11:00"), "Mo10-Mo11 Sa10-Sa11 Su10-Su11");
  EXPECT_EQ(total_minutes(typical_week(hours("24/7"))), kMinutesPerWeek);
  EXPECT_EQ(typical_week(hours("24/7")).size(), 1U);
  EXPECT_EQ(week("Mo"), "Mo0-Tu0");
  EXPECT_EQ(week("off"), "");
}

TEST(TypicalWeek, LaterRulesReplaceTheDayAdditionalOnesAdd) {
  EXPECT_EQ(week("Mo-Tu 09:00-12:00; Tu 14:00-16:00"), "Mo9-Mo12 Tu14-Tu16");
  EXPECT_EQ(week("Mo-Tu 09:00-12:00, Tu 14:00-16:00"), "Mo9-Mo12 Tu9-Tu12 Tu14-Tu16");
  EXPECT_EQ(week("Mo-Tu 09:00-12:00; Tu off"), "Mo9-Mo12");
  EXPECT_EQ(week("Tu off; Mo-Tu 09:00-12:00"), "Mo9-Mo12 Tu9-Tu12");
  EXPECT_EQ(week("Mo 09:00-18:00; Mo 12:00-14:00 off"), "Mo9-Mo12 Mo14-Mo18");
  EXPECT_EQ(week("Mo-Tu 09:00-12:00; Tu off || Tu 10:00-11:00"), "Mo9-Mo12 Tu10-Tu11");
  EXPECT_EQ(week("Mo 09:00-12:00 || Mo 08:00-10:00"), "Mo8-Mo12");
}

TEST(TypicalWeek, PastMidnight) {
  EXPECT_EQ(week("Mo 22:00-02:00"), "Mo22-Tu2");
  EXPECT_EQ(week("Mo 22:00-26:00"), "Mo22-Tu2");
  EXPECT_EQ(week("Su 22:00-02:00"), "Mo0-Mo2 Su22-Mo0");
  EXPECT_EQ(week("Mo 09:00-09:00"), "Mo9-Tu9");
  // A rule of Tuesday replaces what Monday carried over, as in the reference evaluator.
  EXPECT_EQ(week("Mo 22:00-02:00; Tu 09:00-12:00"), "Mo22-Tu0 Tu9-Tu12");
  EXPECT_EQ(week("Mo 22:00-02:00, Tu 09:00-12:00"), "Mo22-Tu2 Tu9-Tu12");
}

TEST(TypicalWeek, AppointmentsAreNotOpen) {
  EXPECT_EQ(week("\"sur rendez-vous\""), "");
  EXPECT_EQ(week("Mo-Tu 09:00-12:00; Tu \"sur rendez-vous\""), "Mo9-Mo12");
  EXPECT_EQ(week("Mo 09:00-18:00, Mo 10:00-12:00 unknown"), "Mo9-Mo10 Mo12-Mo18");
  EXPECT_EQ(week("Mo 09:00-12:00 open \"accueil\""), "Mo9-Mo12");
  EXPECT_TRUE(has_appointments(hours("Mo 09:00-12:00 \"sur rendez-vous\"")));
  EXPECT_FALSE(has_appointments(hours("Mo 09:00-12:00 open \"accueil\"")));
}

TEST(TypicalWeek, DatedRulesAreLeftOut) {
  for (const char* dated :
       {"PH off", "SH 10:00-12:00", "Mo[1] 10:00-12:00", "Jul-Aug off", "Dec 25 off", "2024 Mo 10:00-12:00",
        "week 1-53/2 Mo 10:00-12:00", "2024 Dec 24-2025 Jan 2 off", "SH Mo-Fr 08:00-20:00"}) {
    EXPECT_EQ(week(std::string{"Mo 09:00-12:00; "} + dated), "Mo9-Mo12") << dated;
    EXPECT_TRUE(has_dated_rules(hours(dated))) << dated;
  }
  EXPECT_EQ(week("PH,Mo 09:00-12:00"), "Mo9-Mo12");
  EXPECT_FALSE(has_dated_rules(hours("Mo-Fr 09:00-12:00; Sa off")));
}

TEST(OpenMinutes, PublicAndSchoolHolidays) {
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00; PH off", "2024-05-01"), 0);
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00; PH off", "2024-05-02"), 180);
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00", "2024-05-01"), 180);
  const DayCalendar strasbourg{.area = HolidayArea::alsace_moselle, .zone = SchoolZone::b};
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00; PH off", "2024-03-29"), 180);
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00; PH off", "2024-03-29", strasbourg), 0);
  EXPECT_EQ(minutes_on("Mo-Fr 16:00-18:00; SH Mo-Fr 10:00-18:00", "2024-02-26"), 480);
  EXPECT_EQ(minutes_on("Mo-Fr 16:00-18:00; SH Mo-Fr 10:00-18:00", "2024-02-26", {.area = {}, .zone = SchoolZone::c}), 120);
  EXPECT_EQ(minutes_on("PH Mo-Fr 10:00-12:00", "2024-07-14"), 0);  // a Sunday
  EXPECT_EQ(minutes_on("PH,Mo 10:00-12:00", "2024-07-14"), 120);
  EXPECT_THROW(static_cast<void>(minutes_on("SH off", "2024-02-26", {.area = {}, .zone = std::nullopt})), InputError);
  EXPECT_THROW(static_cast<void>(minutes_on("SH off", "2031-02-26")), InputError);
  // The eve of the first known day is not asked about when nothing passes midnight.
  EXPECT_EQ(minutes_on("Mo-Fr 09:00-12:00; SH off", "2022-09-01"), 180);
}

TEST(OpenMinutes, DatesMonthsYearsAndWeeks) {
  EXPECT_EQ(minutes_on("Jul-Aug Mo-Fr 09:00-12:00", "2024-07-01"), 180);
  EXPECT_EQ(minutes_on("Jul-Aug Mo-Fr 09:00-12:00", "2024-06-28"), 0);
  EXPECT_EQ(minutes_on("Nov-Feb 10:00-11:00", "2024-02-29"), 60);
  EXPECT_EQ(minutes_on("Nov-Feb 10:00-11:00", "2024-03-01"), 0);
  EXPECT_EQ(minutes_on("Apr 15-Oct 31 10:00-11:00", "2024-04-14"), 0);
  EXPECT_EQ(minutes_on("Apr 15-Oct 31 10:00-11:00", "2024-10-31"), 60);
  EXPECT_EQ(minutes_on("10:00-11:00; Dec 24-Jan 2 off", "2025-01-02"), 0);
  EXPECT_EQ(minutes_on("10:00-11:00; 2024 Dec 24-2025 Jan 2 off", "2026-01-02"), 60);
  EXPECT_EQ(minutes_on("2024 Dec 24-Jan 2 10:00-11:00", "2025-01-02"), 60);
  EXPECT_EQ(minutes_on("2024 Dec 24-Jan 2 10:00-11:00", "2024-01-02"), 0);
  EXPECT_EQ(minutes_on("2024-2025 10:00-11:00", "2025-12-31"), 60);
  EXPECT_EQ(minutes_on("2024-2025 10:00-11:00", "2026-01-01"), 0);
  EXPECT_EQ(minutes_on("Mo[1] 10:00-11:00", "2024-06-03"), 60);
  EXPECT_EQ(minutes_on("Mo[1] 10:00-11:00", "2024-06-10"), 0);
  EXPECT_EQ(minutes_on("Fr[-1] 10:00-11:00", "2024-06-28"), 60);
  EXPECT_EQ(minutes_on("week 2-52/2 We 10:00-11:00", "2024-06-05"), 0);
  EXPECT_EQ(minutes_on("week 2-52/2 We 10:00-11:00", "2024-06-12"), 60);
}

TEST(OpenMinutes, LeapYearsHaveOneDayMore) {
  const auto in_year = [](const std::string& text, const char* first, const int days) {
    return total_minutes(open_minutes(hours(text), day(first), days, kLille));
  };
  EXPECT_EQ(in_year("Feb 29 10:00-12:00", "2023-01-01", 365), 0);
  EXPECT_EQ(in_year("Feb 29 10:00-12:00", "2024-01-01", 366), 120);
  EXPECT_EQ(in_year("Feb 10:00-11:00", "2023-01-01", 365), 28 * 60);
  EXPECT_EQ(in_year("Feb 10:00-11:00", "2024-01-01", 366), 29 * 60);
  EXPECT_EQ(in_year("24/7", "2024-01-01", 366), std::int64_t{366} * kMinutesPerDay);
}

TEST(OpenMinutes, OnTheDaysWhenClocksChangeAreLocalMinutes) {
  for (const auto& [iso, elapsed] : {std::pair{"2026-03-29", 120}, std::pair{"2026-10-25", 240}, std::pair{"2026-03-22", 180}}) {
    const MinuteIntervals open = open_minutes(hours("Su 01:00-04:00"), day(iso), 1, kLille);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(total_minutes(open), 180) << iso;
    EXPECT_EQ(elapsed_minutes(open.front(), day(iso), TimeZone::paris), elapsed) << iso;
    EXPECT_EQ(elapsed_minutes(open.front(), day(iso), TimeZone::reunion), 180) << iso;
  }
}

TEST(OpenMinutes, OfRulesThatContradictOneAnotherTheLaterHolds) {
  EXPECT_EQ(minutes_on("Mo 09:00-12:00; Mo off", "2024-06-03"), 0);
  EXPECT_EQ(minutes_on("Mo off; Mo 09:00-12:00", "2024-06-03"), 180);
  EXPECT_EQ(minutes_on("Mo 09:00-12:00; Mo 10:00-11:00", "2024-06-03"), 60);
  EXPECT_EQ(minutes_on("Mo 09:00-12:00, Mo 11:00-13:00", "2024-06-03"), 240);
  EXPECT_EQ(minutes_on("Jun off; Mo 09:00-12:00; Jun 03 off; 2024 Jun 03 14:00-15:00", "2024-06-03"), 60);
  EXPECT_EQ(minutes_on("24/7; PH off; May 01 10:00-12:00", "2024-05-01"), 120);
  EXPECT_EQ(minutes_on("May 01 10:00-12:00; PH off", "2024-05-01"), 0);
}

TEST(OpenMinutes, DatedEventsOnlyAdd) {
  OpeningHours tour = hours("Mo 09:00-12:00");
  tour.events = {{.day = day("2024-06-04"), .minutes = {.begin = 600, .end = 720}},
                 {.day = day("2024-06-04"), .minutes = {.begin = 700, .end = 800}},
                 {.day = day("2024-05-31"), .minutes = {.begin = 1'320, .end = 1'560}},
                 {.day = day("2024-06-09"), .minutes = {.begin = 1'380, .end = 1'500}}};
  EXPECT_TRUE(has_dated_rules(tour));
  EXPECT_EQ(shown(open_minutes(tour, day("2024-06-03"), 7, kLille)), "Mo9-Mo12 Tu10-Tu13:20 Su23-Mo0");
  EXPECT_EQ(total_minutes(open_minutes(tour, day("2024-06-01"), 1, kLille)), 120);
  EXPECT_EQ(shown(typical_week(tour)), "Mo9-Mo12");
  EXPECT_TRUE(open_minutes({}, 0, 7, kLille).empty());
  EXPECT_THROW(static_cast<void>(open_minutes(tour, 0, -1, kLille)), ArgumentError);
}

std::string random_text(std::mt19937& random) {
  const auto pick = [&](const int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  constexpr const char* kDays[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
  constexpr const char* kJoints[] = {"; ", ", ", " || "};
  std::string text;
  for (int rule = 0, rules = 1 + pick(5); rule < rules; ++rule) {
    text += rule == 0 ? "" : kJoints[pick(3)];
    text.append(kDays[pick(7)]).append("-").append(kDays[pick(7)]);
    for (int time = 0, times = 1 + pick(3); time < times; ++time) {
      text.append(time == 0 ? " " : ",").append(std::to_string(pick(24))).append(":").append(std::to_string(10 + pick(50)));
      text.append("-").append(std::to_string(pick(48))).append(":").append(std::to_string(10 + pick(50)));
    }
    text += pick(4) == 0 ? " off" : pick(6) == 0 ? " unknown" : "";
  }
  return text;
}

TEST(OpenMinutes, AnyWeekIsTheTypicalWeekWhenNothingIsDated) {
  std::mt19937 random(11);
  for (int i = 0; i < 2'000; ++i) {
    const std::string text = random_text(random);
    const OpeningHours any = hours(text);
    ASSERT_EQ(open_minutes(any, day("2024-02-26"), 7, kLille), typical_week(any)) << text;
  }
}

TEST(OpenMinutes, APeriodIsTheSumOfItsDays) {
  std::mt19937 random(12);
  for (int i = 0; i < 500; ++i) {
    const std::string text = random_text(random) + "; PH off; SH Mo-Fr 10:00-12:00; Mo[-1] 20:00-23:00";
    const OpeningHours any = hours(text);
    const MinuteIntervals whole = open_minutes(any, day("2024-04-22"), 21, kLille);
    std::vector<MinuteInterval> days;
    for (std::int32_t d = 0; d < 21; ++d) {
      for (const MinuteInterval& part : open_minutes(any, day("2024-04-22") + d, 1, kLille)) {
        days.push_back({.begin = part.begin + d * kMinutesPerDay, .end = part.end + d * kMinutesPerDay});
      }
    }
    ASSERT_EQ(merged_intervals(days), whole) << text;
  }
}

}  // namespace
}  // namespace maillage
