#include "adapters/icalendar/read_icalendar.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/time/calendar_date.hpp"

namespace maillage {
namespace {

const CalendarOptions k2026{.time_zone = "Europe/Paris",
                            .first_day = day_number({2026, 1, 1}),
                            .last_day = day_number({2026, 12, 31})};

/// A calendar of these lines, read.
Reading<FeatureTable> read_lines(const std::string& lines, const CalendarOptions& options = k2026) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() /
      (std::string{"maillage_"} + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".ics");
  std::ofstream{file} << "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" << lines << "END:VCALENDAR\r\n";
  auto reading = read_icalendar(file, options);
  std::filesystem::remove(file);
  return reading;
}

std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bus\r\n" + lines + "END:VEVENT\r\n";
}

/// "debut > fin" of every row.
std::vector<std::string> times(const Reading<FeatureTable>& reading) {
  std::vector<std::string> found;
  const std::size_t begin = *reading.value.find_column(kEventBegin);
  const std::size_t end = *reading.value.find_column(kEventEnd);
  for (std::size_t row = 0; row < reading.value.rows(); ++row) {
    found.push_back(std::string{reading.value.cells.at(row, begin)} + " > " + std::string{reading.value.cells.at(row, end)});
  }
  return found;
}

using Times = std::vector<std::string>;

TEST(ReadIcalendar, PlaceAndTimeOfOneEvent) {
  const auto reading = read_lines(event("LOCATION:Place de la Mairie\\, 80290 Poix-de-Picardie\\, Somme\r\nGEO:49.7769;1.9797\r\n"
                                        "CATEGORIES:Bus\r\nDTSTART:20260106T140000\r\nDTEND:20260106T170000\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-01-06 14:00 > 2026-01-06 17:00"}));
  const auto cell = [&](const char* column) {
    return std::string{reading.value.cells.at(0, *reading.value.find_column(column))};
  };
  EXPECT_EQ(cell("nom"), "Bus");
  EXPECT_EQ(cell("code_postal"), "80290");
  EXPECT_EQ(cell("commune"), "Poix-de-Picardie");
  EXPECT_EQ(cell("latitude"), "49.7769");
  EXPECT_EQ(cell("longitude"), "1.9797");
  EXPECT_EQ(reading.value.row_numbers.front(), 3);
}

TEST(ReadIcalendar, RecurrencesWithExceptionsAndChanges) {
  const auto reading = read_lines(
      event("DTSTART:20260106T140000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nEXDATE:20260113T140000\r\n"
            "RDATE:20260301T100000\r\n") +
      event("RECURRENCE-ID:20260120T140000\r\nDTSTART:20260121T090000\r\nDTEND:20260121T100000\r\n") +
      event("RECURRENCE-ID:20260127T140000\r\nSTATUS:CANCELLED\r\nDTSTART:20260127T140000\r\nDTEND:20260127T170000\r\n"));
  EXPECT_EQ(times(reading),
            (Times{"2026-01-06 14:00 > 2026-01-06 17:00", "2026-02-03 14:00 > 2026-02-03 17:00",
                   "2026-03-01 10:00 > 2026-03-01 13:00", "2026-01-21 09:00 > 2026-01-21 10:00"}));
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs.front().reason, "event_cancelled");
}

TEST(ReadIcalendar, ZonesBecomeLocalTimeOverTheChangeOfClocks) {
  const auto reading = read_lines(event("DTSTART:20260326T130000Z\r\nDTEND:20260326T140000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n") +
                                  event("DTSTART;TZID=America/New_York:20260320T080000\r\nDURATION:PT1H\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-03-26 14:00 > 2026-03-26 15:00", "2026-04-02 15:00 > 2026-04-02 16:00",
                                   "2026-03-20 13:00 > 2026-03-20 14:00"}));
  CalendarOptions reunion = k2026;
  reunion.time_zone = "Indian/Reunion";
  EXPECT_EQ(times(read_lines(event("DTSTART:20260701T060000Z\r\nDURATION:PT1H\r\n"), reunion)),
            (Times{"2026-07-01 10:00 > 2026-07-01 11:00"}));
}

TEST(ReadIcalendar, VisitsCancelledOrMovedAreFoundByTheirZonedTime) {
  const std::string series =
      event("DTSTART;TZID=Europe/Paris:20260401T100000\r\nDTEND;TZID=Europe/Paris:20260401T120000\r\n"
            "RRULE:FREQ=WEEKLY;COUNT=3\r\n");
  const std::string cancelled = event(
      "RECURRENCE-ID;TZID=Europe/Paris:20260408T100000\r\nDTSTART;TZID=Europe/Paris:20260408T100000\r\n"
      "DTEND;TZID=Europe/Paris:20260408T120000\r\nSTATUS:CANCELLED\r\n");
  const std::string moved = event(
      "RECURRENCE-ID;TZID=Europe/Paris:20260415T100000\r\nDTSTART;TZID=Europe/Paris:20260416T090000\r\n"
      "DTEND;TZID=Europe/Paris:20260416T110000\r\n");
  EXPECT_EQ(times(read_lines(series + cancelled + moved)),
            (Times{"2026-04-01 10:00 > 2026-04-01 12:00", "2026-04-16 09:00 > 2026-04-16 11:00"}));
}

TEST(ReadIcalendar, SecondsRoundToTheNearestMinuteOverTheHour) {
  EXPECT_EQ(times(read_lines(event("DTSTART:20260401T220000\r\nDTEND:20260401T225945\r\n"))),
            (Times{"2026-04-01 22:00 > 2026-04-01 23:00"}));
}

TEST(ReadIcalendar, WholeDaysAreWholeDays) {
  const auto reading = read_lines(event("DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260504\r\n") +
                                  event("DTSTART;VALUE=DATE:20260601\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-05-01 > 2026-05-03", "2026-06-01 > 2026-06-01"}));
  EXPECT_EQ(reading.repairs.size(), 2U);
}

TEST(ReadIcalendar, EndlessRecurrencesStayWithinTheDaysAsked) {
  const auto reading = read_lines(event("DTSTART:20250101T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\n"));
  EXPECT_EQ(reading.value.rows(), 366U);  // the last day of 2025 may last into 2026
  for (const char* rule : {"FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=7", "FREQ=WHENEVER", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"}) {
    const auto refused =
        read_lines(event(std::string{"DTSTART:20260101T100000\r\nDURATION:PT1H\r\nRRULE:"} + rule + "\r\n"));
    EXPECT_LE(refused.value.rows(), 1U) << rule;
    EXPECT_EQ(refused.rejections.size() + refused.repairs.size(), 1U) << rule;
  }
  const auto never =
      read_lines(event("DTSTART:20260101T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"));
  EXPECT_EQ(never.value.rows(), 1U);
}

TEST(ReadIcalendar, WhatIsNotUnderstoodIsNamed) {
  const auto reading = read_lines(event("DTSTART:demain\r\nDURATION:PT1H\r\n") + event("DTSTART:20260101T100000\r\n") +
                                  event("DTSTART;TZID=Mars/Olympus:20260101T100000\r\nDURATION:PT1H\r\n") +
                                  event("DTSTART:20260101T100000\r\nDTEND:20260101T090000\r\n") +
                                  event("STATUS:TENTATIVE\r\nDTSTART:20260101T100000\r\nDURATION:PT1H\r\n"));
  EXPECT_EQ(reading.value.rows(), 0U);
  std::vector<std::string> reasons;
  for (const RowNote& note : reading.rejections) {
    reasons.push_back(note.reason);
    EXPECT_TRUE(note.row.has_value());
  }
  EXPECT_EQ(reasons, (Times{"event_not_understood", "event_without_end", "event_not_understood", "event_without_end"}));
  EXPECT_EQ(reading.repairs.back().reason, "event_tentative");
}

TEST(ReadIcalendar, RefusesWhatIsNoCalendar) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "maillage_no_calendar.ics";
  for (const std::string& text : {std::string{"nom;debut\n"}, std::string{"BEGIN:VCALENDAR\nBEGIN:VEVENT\n"}, std::string{},
                                 std::string{"BEGIN:VCALENDAR\n\0END:VCALENDAR\n", 31}}) {
    std::ofstream{file} << text;
    EXPECT_THROW((void)read_icalendar(file, k2026), InputError) << text;
  }
  std::filesystem::remove(file);
  EXPECT_THROW((void)read_lines(event(""), {.time_zone = "Paris"}), InputError);
}

}  // namespace
}  // namespace maillage
