#include "engine/time/calendar_date.hpp"

#include <algorithm>
#include <array>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr int kDaysPerEra = 146'097;  // 400 years
constexpr int kEpoch = 719'468;       // days from 0000-03-01 to 1970-01-01

bool is_leap(const int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int floor_division(const int a, const int b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// The year begins in March, so that a leap day is its last.
std::int32_t civil_day(const int year, const int month, const int day) {
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = floor_division(shifted, 400);
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * kDaysPerEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - kEpoch;
}

std::int32_t nth_sunday(const int year, const int month, const int nth) {
  const std::int32_t first = civil_day(year, month, 1);
  return first + 6 - weekday(first) + 7 * (nth - 1);
}

std::int32_t last_sunday(const int year, const int month) {
  const std::int32_t last = civil_day(year, month, days_in_month(year, month));
  return last - (weekday(last) + 1) % 7;
}

struct ClockChanges {
  std::int32_t skips = 0;    ///< day whose hour 02:00-03:00 does not exist
  std::int32_t repeats = 0;  ///< day with one hour twice
  std::int32_t repeated_hour = 0;
};

std::optional<ClockChanges> clock_changes(const int year, const TimeZone zone) {
  switch (zone) {
    case TimeZone::paris:
      return ClockChanges{.skips = last_sunday(year, 3), .repeats = last_sunday(year, 10), .repeated_hour = 2};
    case TimeZone::saint_pierre_et_miquelon:
      return ClockChanges{.skips = nth_sunday(year, 3, 2), .repeats = nth_sunday(year, 11, 1), .repeated_hour = 1};
    default:
      return std::nullopt;
  }
}

int digits(const std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return -1;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

int days_in_month(const int year, const int month) {
  constexpr std::array<int, 12> kLengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) {
    throw ArgumentError("days_in_month: month " + std::to_string(month));
  }
  return month == 2 && is_leap(year) ? 29 : kLengths[static_cast<std::size_t>(month - 1)];
}

std::int32_t day_number(const CalendarDate date) {
  if (date.day < 1 || date.day > days_in_month(date.year, date.month)) {
    throw ArgumentError("day_number: the date does not exist");
  }
  return civil_day(date.year, date.month, date.day);
}

CalendarDate date_of_day(const std::int32_t day) {
  const int shifted = day + kEpoch;
  const int era = floor_division(shifted, kDaysPerEra);
  const int day_of_era = shifted - era * kDaysPerEra;
  const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {.year = static_cast<std::int16_t>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
          .month = static_cast<std::int8_t>(month),
          .day = static_cast<std::int8_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

int weekday(const std::int32_t day) {
  return ((day + 3) % 7 + 7) % 7;
}

int iso_week(const std::int32_t day) {
  const std::int32_t thursday = day - weekday(day) + 3;
  return (thursday - civil_day(date_of_day(thursday).year, 1, 1)) / 7 + 1;
}

std::optional<CalendarDate> parse_date(const std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') {
    return std::nullopt;
  }
  const int year = digits(iso.substr(0, 4));
  const int month = digits(iso.substr(5, 2));
  const int day = digits(iso.substr(8, 2));
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return std::nullopt;
  }
  return CalendarDate{.year = static_cast<std::int16_t>(year),
                      .month = static_cast<std::int8_t>(month),
                      .day = static_cast<std::int8_t>(day)};
}

std::string format_date(const CalendarDate date) {
  const auto padded = [](const int value, const std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0').append(text) : text;
  };
  return padded(date.year, 4).append("-").append(padded(date.month, 2)).append("-").append(padded(date.day, 2));
}

std::int32_t easter_sunday(const int year) {
  if (year < 1583) {
    throw ArgumentError("easter_sunday: the Gregorian calendar begins in 1582");
  }
  const int golden = year % 19;
  const int century = year / 100;
  const int of_century = year % 100;
  const int correction = (century - (century + 8) / 25 + 1) / 3;
  const int moon = (19 * golden + century - century / 4 - correction + 15) % 30;
  const int sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
  const int shift = (golden + 11 * moon + 22 * sunday) / 451;
  const int position = moon + sunday - 7 * shift + 114;
  return civil_day(year, position / 31, position % 31 + 1);
}

TimeZone time_zone(const std::string_view code) {
  const std::string_view area = code.substr(0, 3);
  if (area == "971" || area == "977" || area == "978") return TimeZone::guadeloupe;
  if (area == "972") return TimeZone::martinique;
  if (area == "973") return TimeZone::guyane;
  if (area == "974") return TimeZone::reunion;
  if (area == "975") return TimeZone::saint_pierre_et_miquelon;
  if (area == "976") return TimeZone::mayotte;
  if (code.starts_with("98")) {
    throw InputError(
        {.french = "Code « " + std::string{code} +
                   "\u00a0»\u00a0: l'heure légale de cette collectivité du Pacifique n'est pas connue ici\u00a0; "
                   "retirez ses structures de l'étude des horaires.",
         .english = "Code \"" + std::string{code} +
                    "\": the legal time of this Pacific collectivity is not known here; leave its structures out "
                    "of the study of opening hours."});
  }
  return TimeZone::paris;
}

std::int64_t elapsed_minutes(const MinuteInterval interval, const std::int32_t first_day, const TimeZone zone) {
  std::int64_t minutes = std::max(0, interval.end - interval.begin);
  if (minutes == 0) {
    return 0;
  }
  const auto shared = [&](const std::int32_t day, const std::int32_t hour) -> std::int64_t {
    const std::int64_t begin = std::int64_t{day - first_day} * kMinutesPerDay + hour * 60;
    return std::max<std::int64_t>(
        0, std::min<std::int64_t>(interval.end, begin + 60) - std::max<std::int64_t>(interval.begin, begin));
  };
  const int first_year = date_of_day(first_day + floor_division(interval.begin, kMinutesPerDay)).year;
  const int last_year = date_of_day(first_day + floor_division(interval.end, kMinutesPerDay)).year;
  for (int year = first_year; year <= last_year; ++year) {
    if (const std::optional<ClockChanges> changes = clock_changes(year, zone)) {
      minutes += shared(changes->repeats, changes->repeated_hour) - shared(changes->skips, 2);
    }
  }
  return minutes;
}

}  // namespace maillage
