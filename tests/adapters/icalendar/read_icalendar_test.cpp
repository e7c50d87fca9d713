#include "adapters/icalendar/read_icalendar.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

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

std::string weekly(const std::string& lines) {
  return event("DTSTART;TZID=Europe/Paris:20260106T140000\r\nDTEND;TZID=Europe/Paris:20260106T170000\r\n"
               "RRULE:FREQ=WEEKLY;COUNT=5\r\n" + lines);
}

std::vector<std::string> reasons_of(const std::vector<RowNote>& notes) {
  std::vector<std::string> reasons;
  for (const RowNote& note : notes) {
    reasons.push_back(note.reason);
  }
  return reasons;
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
  EXPECT_EQ(reading.value.rows(), 365U);
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

TEST(ReadIcalendar, WhatWasExpectedIsSaidOfEach) {
  const auto reading = read_lines(
      event("DTSTART:20260101T250000\r\nDURATION:PT1H\r\n") + event("DTSTART:20260101T100000\r\nDURATION:-PT1H\r\n") +
      event("DTSTART;VALUE=DATE:20260101\r\nDTEND:20260101T120000\r\n") +
      event("STATUS:PEUTETRE\r\nDTSTART:20260101T100000\r\nDURATION:PT1H\r\n") +
      event("RECURRENCE-ID;RANGE=THISANDPRIOR:20260101T100000\r\nDTSTART:20260101T100000\r\nDURATION:PT1H\r\n") +
      event("DTSTART:20260101T100000\r\nDURATION:PT1H\r\nRDATE;TZID=Mars/Olympus:20260102T100000\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-01-01 10:00 > 2026-01-01 11:00"}));
  EXPECT_EQ(reasons_of(reading.rejections),
            (Times{"event_not_understood", "event_without_end", "event_without_end", "event_not_understood",
                   "event_not_understood", "recurrence_not_understood"}));
  for (const RowNote& note : reading.rejections) {
    EXPECT_EQ(note.key, "1");
    EXPECT_TRUE(note.row.has_value());
    EXPECT_FALSE(note.detail.empty()) << note.reason;
    EXPECT_FALSE(note.value.empty()) << note.reason;
  }
}

TEST(ReadIcalendar, AMessageOfCancellationsOpensNothing) {
  const auto alone = read_lines("METHOD:CANCEL\r\n" + weekly(""));
  EXPECT_EQ(alone.value.rows(), 0U);
  EXPECT_EQ(reasons_of(alone.repairs), (Times{"event_cancelled"}));
  // After the calendar itself in one file: of one occurrence, then of all.
  const std::string next = "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\n";
  EXPECT_EQ(times(read_lines(weekly("") + next + event("RECURRENCE-ID;TZID=Europe/Paris:20260113T140000\r\n"))).size(), 4U);
  const auto all = read_lines(weekly("") + next + event("SEQUENCE:1\r\n"));
  EXPECT_EQ(all.value.rows(), 0U);
  EXPECT_EQ(reasons_of(all.repairs), (Times{"event_cancelled", "event_superseded"}));
  const auto answer = read_lines("METHOD:REPLY\r\n" + weekly(""));
  EXPECT_EQ(answer.value.rows(), 0U);
  EXPECT_EQ(reasons_of(answer.rejections), (Times{"event_not_published"}));
  EXPECT_EQ(read_lines("METHOD:PUBLISH\r\n" + weekly("")).value.rows(), 5U);
}

TEST(ReadIcalendar, TheLaterRevisionCounts) {
  const auto reading = read_lines(weekly("SEQUENCE:0\r\n") +
                                  event("SEQUENCE:2\r\nDTSTART:20260301T100000\r\nDURATION:PT1H\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-03-01 10:00 > 2026-03-01 11:00"}));
  EXPECT_EQ(reasons_of(reading.repairs), (Times{"event_superseded"}));
}

TEST(ReadIcalendar, PeriodsHaveTheirOwnEnd) {
  const auto reading = read_lines(
      event("DTSTART:20260106T140000\r\nDURATION:PT3H\r\n"
            "RDATE;VALUE=PERIOD:20260301T100000/20260301T113000,20260302T100000/PT45M\r\n"
            "RDATE;TZID=America/New_York;VALUE=PERIOD:20260701T080000/20260701T090000\r\nRDATE:20260303T100000\r\n"));
  EXPECT_EQ(times(reading),
            (Times{"2026-01-06 14:00 > 2026-01-06 17:00", "2026-03-01 10:00 > 2026-03-01 11:30",
                   "2026-03-02 10:00 > 2026-03-02 10:45", "2026-03-03 10:00 > 2026-03-03 13:00",
                   "2026-07-01 14:00 > 2026-07-01 15:00"}));
  EXPECT_TRUE(reading.rejections.empty());
}

TEST(ReadIcalendar, OccurrencesOfAnExceptionRuleAreTakenAway) {
  const auto reading = read_lines(event("DTSTART;TZID=Europe/Paris:20260302T090000\r\nDURATION:PT1H\r\n"
                                        "RRULE:FREQ=DAILY;COUNT=7\r\nEXRULE:FREQ=WEEKLY;BYDAY=TU,TH\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-03-02 09:00 > 2026-03-02 10:00", "2026-03-04 09:00 > 2026-03-04 10:00",
                                   "2026-03-06 09:00 > 2026-03-06 10:00", "2026-03-07 09:00 > 2026-03-07 10:00",
                                   "2026-03-08 09:00 > 2026-03-08 10:00"}));
  // What would be taken away is not known: nothing is counted open.
  for (const char* exception : {"EXRULE:FREQ=HOURLY", "EXDATE:demain", "EXDATE;TZID=Mars/Olympus:20260302T090000"}) {
    const auto refused = read_lines(event(std::string{"DTSTART:20260302T090000\r\nDURATION:PT1H\r\n"
                                                      "RRULE:FREQ=DAILY;COUNT=7\r\n"} + exception + "\r\n"));
    EXPECT_EQ(refused.value.rows(), 0U) << exception;
    EXPECT_EQ(refused.rejections.size(), 1U) << exception;
  }
}

TEST(ReadIcalendar, AChangeMayHoldForAllLaterOccurrences) {
  const std::string change =
      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260120T140000\r\nLOCATION:80160 Conty\r\n"
      "DTSTART;TZID=Europe/Paris:20260121T093000\r\nDTEND;TZID=Europe/Paris:20260121T103000\r\n";
  const auto moved = read_lines(weekly("") + event(change));
  EXPECT_EQ(times(moved),
            (Times{"2026-01-06 14:00 > 2026-01-06 17:00", "2026-01-13 14:00 > 2026-01-13 17:00",
                   "2026-01-28 09:30 > 2026-01-28 10:30", "2026-02-04 09:30 > 2026-02-04 10:30",
                   "2026-01-21 09:30 > 2026-01-21 10:30"}));
  EXPECT_EQ(moved.value.cells.at(2, *moved.value.find_column("lieu")), "80160 Conty");
  // A change of one occurrence wins over it, and a later one ends it.
  const auto twice = read_lines(
      weekly("") + event(change) +
      event("RECURRENCE-ID;TZID=Europe/Paris:20260127T140000\r\nDTSTART;TZID=Europe/Paris:20260127T080000\r\nDURATION:PT1H\r\n") +
      event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260203T140000\r\nSTATUS:CANCELLED\r\n"));
  EXPECT_EQ(times(twice), (Times{"2026-01-06 14:00 > 2026-01-06 17:00", "2026-01-13 14:00 > 2026-01-13 17:00",
                                 "2026-01-21 09:30 > 2026-01-21 10:30", "2026-01-27 08:00 > 2026-01-27 09:00"}));
  const auto lost = read_lines(event(change));
  EXPECT_EQ(reasons_of(lost.rejections), (Times{"change_without_event"}));
  EXPECT_EQ(lost.value.rows(), 1U);
}

TEST(ReadIcalendar, ALaterChangeKeepsItsHourOverTheChangeOfClocks) {
  const auto reading = read_lines(
      event("DTSTART;TZID=Europe/Paris:20260319T140000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n") +
      event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260319T130000Z\r\nDTSTART:20260319T140000Z\r\nDURATION:PT2H\r\n"));
  EXPECT_EQ(times(reading), (Times{"2026-03-26 15:00 > 2026-03-26 17:00", "2026-04-02 15:00 > 2026-04-02 17:00",
                                   "2026-03-19 15:00 > 2026-03-19 17:00"}));
}

TEST(ReadIcalendar, LongEventsAreCutToTheDaysAsked) {
  const auto reading = read_lines(event("DTSTART;VALUE=DATE:20240101\r\nDTEND;VALUE=DATE:99990101\r\n") +
                                  event("DTSTART:20251001T080000\r\nDTEND:20260215T180000\r\n") +
                                  event("DTSTART:20241001T080000\r\nDTEND:20250215T180000\r\n"));
  EXPECT_EQ(times(reading), (Times{"2025-12-31 > 2027-01-01", "2025-12-31 00:00 > 2026-02-15 18:00"}));
  EXPECT_EQ(reasons_of(reading.repairs), (Times{"event_whole_day", "event_clipped", "event_clipped"}));
  EXPECT_TRUE(reading.rejections.empty());
}

TEST(ReadIcalendar, TimesOfAZoneThatTheFileDefines) {
  const std::string zone =
      "BEGIN:VTIMEZONE\r\nTZID:Chez nous\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0400\r\n"
      "TZOFFSETTO:+0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  EXPECT_EQ(times(read_lines(zone + event("DTSTART;TZID=Chez nous:20260701T120000\r\nDURATION:PT1H\r\n"
                                          "RRULE:FREQ=MONTHLY;COUNT=2\r\nEXDATE;TZID=Europe/Paris:20260801T100000\r\n"))),
            (Times{"2026-07-01 10:00 > 2026-07-01 11:00"}));
}

TEST(ReadIcalendar, TheDaysOnWhichClocksChange) {
  // A night's length is what truly passes; a nominal day ends at the same time; a time that is skipped is an hour later.
  EXPECT_EQ(times(read_lines(event("DTSTART;TZID=Europe/Paris:20260328T220000\r\nDURATION:PT8H\r\n") +
                             event("DTSTART;TZID=Europe/Paris:20260328T220000\r\nDURATION:P1D\r\n") +
                             event("DTSTART;TZID=Europe/Paris:20261024T220000\r\nDURATION:PT8H\r\n") +
                             event("DTSTART:20260329T023000\r\nDURATION:PT1H\r\n") +
                             event("DTSTART;TZID=Europe/Paris:20261025T023000\r\nDURATION:PT3H\r\n"))),
            (Times{"2026-03-28 22:00 > 2026-03-29 07:00", "2026-03-28 22:00 > 2026-03-29 22:00",
                   "2026-10-24 22:00 > 2026-10-25 05:00", "2026-03-29 03:30 > 2026-03-29 04:30",
                   "2026-10-25 02:30 > 2026-10-25 04:30"}));
}

TEST(ReadIcalendar, RulesByPlaceInTheMonthAndToAnEnd) {
  EXPECT_EQ(times(read_lines(event("DTSTART:20260130T100000\r\nDURATION:PT1H\r\n"
                                   "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3\r\n"))),
            (Times{"2026-01-30 10:00 > 2026-01-30 11:00", "2026-02-27 10:00 > 2026-02-27 11:00",
                   "2026-03-31 10:00 > 2026-03-31 11:00"}));
  // UNTIL is in the set: as a moment of UTC, and as a day.
  for (const char* until : {"20260401T080000Z", "20260401T100000", "20260401"}) {
    EXPECT_EQ(times(read_lines(event(std::string{"DTSTART;TZID=Europe/Paris:20260318T100000\r\nDURATION:PT1H\r\n"
                                                 "RRULE:FREQ=WEEKLY;UNTIL="} + until + "\r\n"))).size(), 3U) << until;
  }
}

TEST(ReadIcalendar, ExceptionsOfAnyForm) {
  for (const char* except : {"EXDATE;TZID=Europe/Paris:20260113T140000", "EXDATE:20260113T130000Z", "EXDATE:20260113T140000",
                             "EXDATE;VALUE=DATE:20260113", "EXDATE;TZID=America/New_York:20260113T080000"}) {
    const auto reading = read_lines(weekly(std::string{except} + "\r\n"));
    EXPECT_EQ(reading.value.rows(), 4U) << except;
    EXPECT_TRUE(reading.repairs.empty()) << except;
  }
  for (const char* except : {"EXDATE;VALUE=DATE:20260402", "EXDATE;TZID=Europe/Paris:20260402T000000", "EXDATE:20260401T220000Z"}) {
    EXPECT_EQ(read_lines(event(std::string{"DTSTART;VALUE=DATE:20260401\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"} + except + "\r\n"))
                  .value.rows(), 2U) << except;
  }
  const auto missed = read_lines(weekly("EXDATE;TZID=Europe/Paris:20260113T130000\r\n"));
  EXPECT_EQ(missed.value.rows(), 5U);
  EXPECT_EQ(reasons_of(missed.repairs), (Times{"exception_without_occurrence"}));
}

TEST(ReadIcalendar, OtherEncodingsAndOtherComponentsAreNoted) {
  const std::string one = "DTSTART:20260101T100000\r\nDURATION:PT1H\r\n";
  const auto latin = read_lines(event("LOCATION:M\xE9n\xE9-Bruz\r\n" + one));
  EXPECT_EQ(latin.value.encoding, "ISO-8859-1");
  EXPECT_EQ(latin.value.cells.at(0, *latin.value.find_column("lieu")), "Méné-Bruz");
  const auto stray = read_lines(event("LOCATION:Mairie de Méné, bibliothèque caf\xE9\r\n" + one));
  EXPECT_EQ(reasons_of(stray.repairs), (Times{"invalid_utf8"}));
  EXPECT_EQ(stray.repairs.front().row, 6);
  const auto task = read_lines("BEGIN:VTODO\r\nUID:2\r\nSUMMARY:Ranger\r\nEND:VTODO\r\n" + event(one));
  EXPECT_EQ(reasons_of(task.repairs), (Times{"component_not_read"}));
  EXPECT_EQ(task.repairs.front().value, "Ranger");
  EXPECT_EQ(task.repairs.front().row, 3);
}

TEST(ReadIcalendar, DamagedCalendarsGiveAnErrorOrNotes) {
  const std::string sound =
      weekly("SEQUENCE:1\r\nEXDATE;TZID=Europe/Paris:20260113T140000\r\nRDATE;VALUE=PERIOD:20260301T100000/PT2H\r\n"
             "EXRULE:FREQ=MONTHLY;BYDAY=1TU\r\n") +
      event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260120T140000\r\nSTATUS:CONFIRMED\r\n"
            "DTSTART;VALUE=DATE:20260121\r\nDURATION:P2D\r\n");
  const std::string letters = "\r\n:;=,-0129TZ@\xE9\xC3";
  std::mt19937 random{2'026};
  const auto pick = [&random](const std::size_t below) { return static_cast<std::size_t>(random() % below); };
  int read = 0;
  for (int round = 0; round < 600; ++round) {
    std::string text = sound;
    for (std::size_t k = 1 + pick(4); k > 0; --k) {
      const std::size_t at = pick(text.size());
      switch (pick(4)) {
        case 0:
          text.erase(at, 1 + pick(12));
          break;
        case 1:
          text.insert(at, 1, letters[pick(letters.size())]);
          break;
        case 2:
          text[at] = letters[pick(letters.size())];
          break;
        default:
          text.insert(at, text.substr(pick(text.size()), 1 + pick(60)));
      }
    }
    try {
      const auto reading = read_lines(text);
      ++read;
      EXPECT_EQ(static_cast<std::size_t>(reading.rows_in), reading.value.rows());
      EXPECT_EQ(reading.value.row_numbers.size(), reading.value.rows());
      for (const RowNote& note : reading.rejections) {
        EXPECT_FALSE(note.reason.empty() || note.detail.empty()) << text;
      }
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
    }
  }
  EXPECT_GT(read, 300);
}

TEST(ReadIcalendar, RefusesWhatIsNoCalendar) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "maillage_no_calendar.ics";
  for (const std::string& text : {std::string{"nom;debut\n"}, std::string{"BEGIN:VCALENDAR\nBEGIN:VEVENT\n"}, std::string{},
                                 std::string{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n"},
                                 std::string{"BEGIN:VCALENDAR\n\0END:VCALENDAR\n", 31}}) {
    std::ofstream{file} << text;
    EXPECT_THROW((void)read_icalendar(file, k2026), InputError) << text;
  }
  std::filesystem::remove(file);
  EXPECT_THROW((void)read_lines(event(""), {.time_zone = "Paris"}), InputError);
}

}  // namespace
}  // namespace maillage
