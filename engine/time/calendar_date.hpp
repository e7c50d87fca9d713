#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/time/minute_intervals.hpp"

namespace maillage {

/// A day of the Gregorian calendar. Days are counted elsewhere as numbers from 1970-01-01 (day 0, a Thursday).
struct CalendarDate {
  std::int16_t year = 1970;
  std::int8_t month = 1;  ///< 1 to 12
  std::int8_t day = 1;    ///< 1 to 31

  friend auto operator<=>(const CalendarDate&, const CalendarDate&) = default;
};

/// 28 to 31. `month` is 1 to 12, otherwise ArgumentError.
[[nodiscard]] int days_in_month(int year, int month);

/// Days from 1970-01-01, negative before. ArgumentError for a date that does not exist.
[[nodiscard]] std::int32_t day_number(CalendarDate date);

/// Inverse of day_number().
[[nodiscard]] CalendarDate date_of_day(std::int32_t day);

/// Monday is 0, Sunday 6.
[[nodiscard]] int weekday(std::int32_t day);

/// Week of ISO 8601, 1 to 53: week 1 holds the year's first Thursday.
[[nodiscard]] int iso_week(std::int32_t day);

/// "2024-02-29". Nothing for another form or a date that does not exist.
[[nodiscard]] std::optional<CalendarDate> parse_date(std::string_view iso);

/// "2024-02-29".
[[nodiscard]] std::string format_date(CalendarDate date);

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 2nd edition, chapter 8). Years from 1583.
[[nodiscard]] std::int32_t easter_sunday(int year);

/// Legal times of France. Overseas times have no daylight saving; Saint-Pierre-et-Miquelon follows North American rules.
enum class TimeZone { paris, guadeloupe, martinique, guyane, reunion, mayotte, saint_pierre_et_miquelon };

/// Time of a commune, departement or collectivity by its code: "972..." is Martinique. Saint-Barthélemy and Saint-Martin
/// keep Guadeloupe's. InputError for the Pacific collectivities, whose times are not known here.
[[nodiscard]] TimeZone time_zone(std::string_view code);

/// Minutes that truly pass within a local interval, counted from local midnight of `first_day`. The hour that daylight
/// saving skips counts nothing (in metropolitan France 02:00-03:00 of March's last Sunday), the hour it repeats counts twice
/// (02:00-03:00 of October's last Sunday). Rules of 1996 and later. Cost: linear in years.
[[nodiscard]] std::int64_t elapsed_minutes(MinuteInterval interval, std::int32_t first_day, TimeZone zone);

}  // namespace maillage
