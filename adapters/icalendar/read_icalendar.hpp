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
  /// the last. Recurrences without an end are followed within them only.
  std::int32_t first_day = 0;
  std::int32_t last_day = -1;
};

/// The events of a calendar (RFC 5545), one row per occurrence: nom (SUMMARY), lieu (LOCATION), type (CATEGORIES), latitude
/// and longitude (GEO), code_postal and commune where LOCATION ends with them, debut and fin in local time, "2026-03-14
/// 17:30". RRULE, RDATE, EXDATE, DURATION, changed and cancelled occurrences (RECURRENCE-ID), time zones of the file and of
/// the system, and whole days are understood. rows_in counts occurrences; row numbers are lines of the file.
/// Rejections, with line, property and text: event_not_understood, recurrence_not_understood (also by the hour or oftener,
/// or more than 100,000 times), event_without_end. Repairs: event_cancelled and event_tentative (not there), event_whole_day
/// (open from midnight to midnight, as the calendar has it), property_not_understood.
/// \throws InputError when the file is no calendar, is cut short, or the time zone is not known
[[nodiscard]] Reading<FeatureTable> read_icalendar(const std::filesystem::path& file, const CalendarOptions& options);

}  // namespace maillage
