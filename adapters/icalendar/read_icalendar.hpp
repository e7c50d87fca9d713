#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

/// FeatureTable::format of a calendar, and the two columns of read_icalendar() that say when.
inline constexpr const char* kCalendarFormat = "iCalendar";
inline constexpr const char* kEventBegin = "debut";
inline constexpr const char* kEventEnd = "fin";

struct CalendarOptions {
  std::string time_zone = "Europe/Paris";  ///< local time of the places: events of other zones are converted to it
  /// Days [first, last] as day numbers whose presences are wanted; none: from the first event of the file to a year after
  /// the last. Recurrences without an end are followed within them only, and what lasts over a month is cut to them.
  std::int32_t first_day = 0;
  std::int32_t last_day = -1;
  std::string encoding = {};  ///< of the file; empty: UTF-8, or what is found
};

/// The events of a calendar (RFC 5545), one row per occurrence: nom (SUMMARY), lieu (LOCATION), type (CATEGORIES), latitude
/// and longitude (GEO), code_postal and commune where LOCATION ends with them, debut and fin in local time, "2026-03-14
/// 17:30". RRULE, RDATE (periods with their own end), EXDATE, EXRULE, DURATION, changed and cancelled occurrences
/// (RECURRENCE-ID, with RANGE=THISANDFUTURE all later ones too, moved alike), revisions (SEQUENCE), messages of cancellation
/// (METHOD:CANCEL), time zones of the file and of the system, and whole days are understood. Times without a zone are the
/// places' own; those that a change of clocks skips are an hour later. An event
/// that replaces an occurrence counts though an EXDATE takes that away. rows_in counts occurrences; row numbers are lines of
/// the file.
/// Rejections, with line, UID, property, text, and what was expected: event_not_understood, event_without_end,
/// event_not_published (a calendar that answers another), recurrence_not_understood (also by the hour or oftener, or more
/// than 100,000 times), exception_not_understood (the event does not count), change_without_event. Repairs: event_cancelled
/// and event_tentative (not there), event_superseded, event_whole_day (open from midnight to midnight, as the calendar has
/// it), event_clipped, exception_without_occurrence, component_not_read (tasks, diaries), property_not_understood,
/// invalid_utf8.
/// \throws InputError when the file is no calendar, is cut short or damaged, or the time zone is not known
[[nodiscard]] Reading<FeatureTable> read_icalendar(const std::filesystem::path& file, const CalendarOptions& options);

}  // namespace maillage
