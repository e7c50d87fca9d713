#include "engine/time/parse_opening_hours.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace maillage {
namespace {

TEST(ParseOpeningHours, ManyWaysToWriteTheSame) {
  const MinuteIntervals expected = typical_week(*parse_opening_hours("Mo-Fr 09:00-12:30,14:00-18:00; Sa 09:00-12:00").hours);
  EXPECT_EQ(total_minutes(expected), 5 * 450 + 180);
  for (const char* same :
       {"mo-fr 9:00-12:30,14:00-18:00;sa 9:00-12:00", "Mo-Fr 9h-12h30,14h-18h; Sa 9h00-12h",
        "MO - FR 09:00 – 12:30 , 14:00 – 18:00 ; SA 09:00–12:00;", "lundi-vendredi 9h-12h30,14h-18h; samedi 9h-12h",
        "lundi au vendredi 9h à 12h30 et 14h à 18h; samedi : 9h à 12h",
        "Monday-Friday 09:00-12:30,14:00-18:00; Sat 09:00-12:00", "; Mo-Fr 09:00-12:30,14:00-18:00;; Sa 09:00-12:00",
        "Sa 09:00-12:00, Mo-Fr 09:00-12:30,14:00-18:00", "Mo,Tu,We-Fr 09:00-12:30,14:00-18:00; Sa 09:00-12:00; Su fermé",
        "Mo-Sa 09:00-12:30,14:00-18:00; Sa 09:00-12:00", "Mo-Fr: 09:00-12:30,14:00-18:00; Sa: 09:00-12:00"}) {
    const HoursReading reading = parse_opening_hours(same);
    ASSERT_TRUE(reading.hours) << same << ": " << reading.fragment;
    EXPECT_EQ(typical_week(*reading.hours), expected) << same;
    EXPECT_TRUE(reading.fragment.empty());
  }
}

TEST(ParseOpeningHours, RefusesWithFragmentAndWhatWasExpected) {
  const std::vector<std::pair<std::string, std::string>> refused{{"", ""},
                                                                 {" ; ", ""},
                                                                 {"Mo 09:30-12:00; Tu 12:30", ""},
                                                                 {"We 08:00-12:00-14:00; Th 10:00-12:00", "-14:00"},
                                                                 {"Mo 18:00+", "+"},
                                                                 {"Mo sunrise-sunset", "sunrise-sunset"},
                                                                 {"easter off", "easter off"},
                                                                 {"PH +1 day off", "+1 day off"},
                                                                 {"Mo 9-12", "9-12"},
                                                                 {"Mo-Fr, 09:00-12:00", ", 09:00-12:00"},
                                                                 {"Mo 09:00-12:00 14:00-16:00", "14:00-16:00"},
                                                                 {"Mo 10:60-12:00", "10:60-12:00"},
                                                                 {"Mo 10:00-49:00", "49:00"},
                                                                 {"Mo 25:00-26:00", "25:00-26:00"},
                                                                 {"Mo[6] 10:00-12:00", "6] 10:00-12:00"},
                                                                 {"Mo[1 10:00-12:00", "10:00-12:00"},
                                                                 {"Mo-12:00", "12:00"},
                                                                 {"Feb 30 off", "30 off"},
                                                                 {"Apr 31 off", "31 off"},
                                                                 {"2023 Feb 29 off", "29 off"},
                                                                 {"2024 Dec 24-2025 Feb 30 off", "30 off"},
                                                                 {"2025-2024 off", "off"},
                                                                 {"2025 Jan 5-2024 Jan 2 off", "off"},
                                                                 {"Jun-Aug 15 off", "off"},
                                                                 {"week 54 off", "54 off"},
                                                                 {"Mo 09:00-12:00 ||", ""},
                                                                 {"Mo 09:00-12:00,", ""},
                                                                 {"Mo 09:00-12:00 \"sur", "\"sur"},
                                                                 {"ouvert tous les jours", "tous les jours"},
                                                                 {"Mo 09:00-12:00 (sauf juillet)", "(sauf juillet)"},
                                                                 {"Mo 09:00-12:00 sur demande", "sur demande"}};
  for (const auto& [text, fragment] : refused) {
    const HoursReading reading = parse_opening_hours(text);
    EXPECT_FALSE(reading.hours) << text;
    EXPECT_EQ(reading.fragment, fragment) << text;
    EXPECT_FALSE(reading.expected.french.empty()) << text;
    EXPECT_FALSE(reading.expected.english.empty()) << text;
  }
}

TEST(ParseOpeningHours, KeepsCommentsAndMeaning) {
  const OpeningHours hours =
      *parse_opening_hours("Mo 09:00-12:00 \"sur rendez-vous\"; Tu 09:00-12:00 sur rendez-vous; We sur rdv").hours;
  ASSERT_EQ(hours.rules.size(), 3U);
  for (const OpeningRule& rule : hours.rules) {
    EXPECT_EQ(rule.meaning, OpeningRule::Meaning::on_appointment);
  }
  EXPECT_EQ(hours.rules[0].comment, "sur rendez-vous");
}

TEST(ParseWeekdayHours, CellsAsPublished) {
  const std::vector<std::string> cells{
      "09:00 - 12:00 / 13:30 - 17:00", "", "Fermé", "9h à 12h30", "9h00-12h00 et 14h-16h", "sur rendez-vous", "-"};
  const HoursReading reading = parse_weekday_hours(cells);
  ASSERT_TRUE(reading.hours) << reading.fragment;
  const std::int32_t thursday = 3 * kMinutesPerDay;
  const std::int32_t friday = 4 * kMinutesPerDay;
  EXPECT_EQ(typical_week(*reading.hours), (MinuteIntervals{{540, 720},
                                                           {810, 1'020},
                                                           {thursday + 540, thursday + 750},
                                                           {friday + 540, friday + 720},
                                                           {friday + 840, friday + 960}}));
  EXPECT_TRUE(has_appointments(*reading.hours));
}

TEST(ParseWeekdayHours, UnfilledFieldsAndMidnight) {
  const std::vector<std::string> cells{"00:00 - 00:00 / 09:00 - 12:00", "22:00 - 02:00", "09:00 - 12:00"};
  EXPECT_EQ(typical_week(*parse_weekday_hours(cells).hours), (MinuteIntervals{{540, 720}, {2'760, 3'000}, {3'420, 3'600}}));
}

TEST(ParseWeekdayHours, RefusesWhatIsNoTimetable) {
  for (const char* cell : {"09:00-12:30-13:30-17:00", "09:00-13:00-/3:00-16:00", "07:30:12:30", "matin", "9h", "09:00 - ",
                           "?", "/ 9h-12h", "9h-12h /", "9h-12h sauf juillet", "49:00-50:00"}) {
    const HoursReading reading = parse_weekday_hours(std::vector<std::string>{"", cell});
    EXPECT_FALSE(reading.hours) << cell;
    EXPECT_FALSE(reading.expected.french.empty());
  }
  EXPECT_FALSE(parse_weekday_hours(std::vector<std::string>(8)).hours);
}

TEST(ReadHours, RecognisesDayColumnsJoinedIntoOneText) {
  const MinuteIntervals expected{{540, 720}, {840, 1'020}, {7'740, 7'920}};
  for (const char* text :
       {"lundi 09:00 - 12:00 / 14:00 - 17:00 ; samedi 09:00 - 12:00",
        "h_lundi: 09:00 - 12:00 / 14:00 - 17:00; h_samedi: 09:00 - 12:00",
        "Lundi : 9h-12h, 14h-17h ; Mardi : fermé ; Samedi : 9h-12h", "Mo 09:00-12:00,14:00-17:00; Sa 09:00-12:00"}) {
    const HoursReading reading = read_hours(text);
    ASSERT_TRUE(reading.hours) << text << ": " << reading.fragment;
    EXPECT_EQ(typical_week(*reading.hours), expected) << text;
  }
  EXPECT_EQ(total_minutes(typical_week(*read_hours("lundi-vendredi 9h-12h").hours)), 900);
}

TEST(ReadHours, RefusesADayTwiceAndWrongCells) {
  EXPECT_FALSE(read_hours("lundi 09:00 - 12:00 / 13:00 - 14:00 ; lundi 14:00 - 17:00").hours);
  const HoursReading reading = read_hours("lundi 09:00 - 12:00 / 13:00 - 14:00 ; mardi le matin");
  EXPECT_FALSE(reading.hours);
  EXPECT_EQ(reading.fragment, "le matin");
}

TEST(ReadHours, HostileTextsGiveAnErrorOrAValue) {
  constexpr const char* kPieces[] = {"Mo",    "Fr",       "-",  ",",    ";",        "||", "09:00", "12:00",
                                     "9h30",  "24/7",     "PH", "SH",   "[",        "]",  "[-1]",  "2024",
                                     "Dec",   "Feb",      "30", "week", "53",       "/",  "off",   "\"",
                                     "lundi", "h_mardi:", "à",  "\xC3", "\xE2\x80", ":",  "48:00"};
  std::mt19937 random(5);
  int understood = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const bool bytes = i % 2 == 0;
    for (unsigned n = i % 1'000 == 0 ? 10'000 : 1 + random() % 12; n > 0; --n) {
      text += bytes ? std::string(1, static_cast<char>(random() % 256))
                    : kPieces[random() % std::size(kPieces)] + std::string(random() % 2, ' ');
    }
    const HoursReading reading = read_hours(text);
    if (!reading.hours) {
      ASSERT_FALSE(reading.expected.french.empty());
      ASSERT_LE(reading.fragment.size(), 40U);
      continue;
    }
    ++understood;
    const MinuteIntervals week = typical_week(*reading.hours);
    ASSERT_TRUE(week.empty() || (week.front().begin >= 0 && week.back().end <= kMinutesPerWeek));
    const MinuteIntervals days = open_minutes(*reading.hours, 19'880, 3, {.area = {}, .zone = SchoolZone::a});
    ASSERT_TRUE(days.empty() || (days.front().begin >= 0 && days.back().end <= 3 * kMinutesPerDay));
  }
  EXPECT_GT(understood, 100);
}

}  // namespace
}  // namespace maillage
