#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/time/calendar_date.hpp"
#include "engine/time/french_holidays.hpp"
#include "engine/time/minute_intervals.hpp"
#include "engine/time/school_holidays.hpp"

namespace maillage {

/// "Mo-Fr", or "Mo[1,-1]" when places in the month are named. A range may pass Sunday.
struct WeekdayRange {
  std::int8_t first = 0;              ///< Monday is 0
  std::int8_t last = 0;               ///< same as `first` for one day
  std::vector<std::int8_t> in_month;  ///< 1 to 5, or -1 to -5 from the month's end; empty: every week
};

/// Days of each year from one month and day to another, both included; may pass the year's end.
struct YearlyRange {
  std::int8_t first_month = 1;
  std::int8_t first_day = 1;
  std::int8_t last_month = 12;
  std::int8_t last_day = 31;  ///< 29 for February's end
  std::int16_t first_year = 0;
  std::int16_t last_year = 9999;  ///< of the year in which the range begins
};

/// Days [first, last] as day numbers.
struct DayRange {
  std::int32_t first = 0;
  std::int32_t last = 0;
};

/// Weeks of ISO 8601, every `step`-th from `first`.
struct WeekRange {
  std::int8_t first = 1;
  std::int8_t last = 53;
  std::int8_t step = 1;
};

/// One rule of the opening_hours specification. Selectors of one kind are alternatives, kinds must all match; a kind without
/// selectors matches always.
struct OpeningRule {
  /// How a rule joins those before it. `normal` (";") replaces what earlier rules say of a day it opens; `additional` (",")
  /// adds to it; `fallback` ("||") fills what is neither open nor on appointment.
  enum class Joint { normal, additional, fallback };
  /// `on_appointment` stands for "unknown" and for a bare comment: someone may be there, nobody may walk in.
  enum class Meaning { open, closed, on_appointment };

  std::vector<YearlyRange> yearly;  ///< with `ranges`, one kind
  std::vector<DayRange> ranges;
  std::vector<WeekRange> weeks;
  std::vector<WeekdayRange> weekdays;  ///< with the two `or_` flags, one kind: "PH,Mo-Fr"
  bool or_public_holidays = false;
  bool or_school_holidays = false;
  bool only_public_holidays = false;  ///< "PH Mo-Fr"
  bool only_school_holidays = false;  ///< "SH Mo-Fr"
  std::vector<MinuteInterval> times;  ///< from the day's midnight, end up to 2880; none: the whole day
  Joint joint = Joint::normal;
  Meaning meaning = Meaning::open;
  std::string comment;
};

/// Open minutes [begin, end) from the midnight of one day, as a calendar's event or one row of a timetable says.
struct DatedOpening {
  std::int32_t day = 0;
  MinuteInterval minutes;
};

/// When a structure is open. Rules in the order written, then events, which only add.
struct OpeningHours {
  std::vector<OpeningRule> rules;
  std::vector<DatedOpening> events;
};

/// Which days are public and school holidays for a structure.
struct DayCalendar {
  HolidayArea area = HolidayArea::metropole;
  std::optional<SchoolZone> zone;  ///< none where the ministry's zones do not hold (overseas, Corsica)
};

/// Open minutes [0, 10080) of local time from Monday 00:00 in a week that no dated rule touches: rules of dates, years,
/// weeks, holidays or "the month's first Monday" are left out. What passes Sunday's midnight is on Monday.
[[nodiscard]] MinuteIntervals typical_week(const OpeningHours& hours);

/// True when some rule or event depends on more than the weekday, so that the typical week does not say everything.
[[nodiscard]] bool has_dated_rules(const OpeningHours& hours);

/// True when some rule is on appointment only; those minutes are never counted as open.
[[nodiscard]] bool has_appointments(const OpeningHours& hours);

/// Open minutes of `days` days from local midnight of `first_day` (day number). What a rule of the eve carries past midnight
/// is there, what passes the last midnight is cut. InputError when school holidays are named and the calendar's zone is not
/// known or its dates are not. Cost: linear in days times rules, and in events.
[[nodiscard]] MinuteIntervals open_minutes(const OpeningHours& hours, std::int32_t first_day, std::int32_t days,
                                           const DayCalendar& calendar);

}  // namespace maillage
