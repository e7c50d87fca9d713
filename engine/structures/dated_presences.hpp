#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/time/opening_hours.hpp"

namespace maillage {

/// The two columns that say when a presence begins and ends.
struct PresenceColumns {
  std::string begin;
  std::string end;
  std::int32_t most_days = 31;  ///< longer ones are taken for mistakes
};

/// Name of the column of opening hours that places_of_presences() makes.
inline constexpr const char* kPresenceHours = "horaires";

/// Dated openings as a text that parse_opening_hours() reads back to the same minutes: one rule a day, what passes midnight
/// on the next. "2026 Mar 14 10:00-12:00,14:00-17:00; 2026 Mar 15 00:00-01:00"
[[nodiscard]] std::string dated_hours_text(std::span<const DatedOpening> openings);

/// Places of a table with one dated presence per row (a bus at a stop, an event): rows alike in all but the two columns
/// become one row, in the order of their first, and their presences its opening hours (column kPresenceHours). Times are
/// local: "2026-03-14 17:30", "2026-03-14T17:30:00", "14/03/2026 17h30"; a date alone is its whole day, and an end may be a
/// time alone, "19:00", on the day of the begin. rows_in counts presences that are in the table; rejections name each that is
/// not understood (presence_not_understood), ends before it begins (presence_ends_first) or lasts over most_days
/// (presence_too_long), with what was expected in its cell. \throws StudyError when a column is not there. Cost: rows log rows
[[nodiscard]] Reading<FeatureTable> places_of_presences(const FeatureTable& table, const PresenceColumns& columns);

}  // namespace maillage
