#include "engine/time/opening_hours.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr MinuteInterval kWholeDay{.begin = 0, .end = kMinutesPerDay};

/// What one rule says of a day: spans of its own, or past midnight from the eve.
MinuteIntervals pieces_of(const OpeningRule& rule, const bool own_day) {
  MinuteIntervals result;
  if (rule.times.empty()) {
    if (own_day) {
      result.push_back(kWholeDay);
    }
    return result;
  }
  const std::int32_t shift = own_day ? 0 : kMinutesPerDay;
  for (const MinuteInterval& time : rule.times) {
    result.push_back({.begin = std::clamp(time.begin - shift, 0, kMinutesPerDay),
                      .end = std::clamp(time.end - shift, 0, kMinutesPerDay)});
  }
  return merged_intervals(result);
}

bool has_date_selector(const OpeningRule& rule) {
  return !rule.yearly.empty() || !rule.ranges.empty() || !rule.weeks.empty() || !rule.weekdays.empty() ||
         rule.or_public_holidays || rule.or_school_holidays || rule.only_public_holidays || rule.only_school_holidays;
}

/// Minutes of one day while rules are laid over each other in their order.
class DayPainting {
 public:
  void clear() {
    open_.clear();
    known_.clear();
  }

  void lay(const OpeningRule& rule, const bool own_day) {
    MinuteIntervals pieces = pieces_of(rule, own_day);
    if (rule.joint == OpeningRule::Joint::fallback) {
      pieces = without(pieces, known_);
    }
    if (rule.meaning == OpeningRule::Meaning::open) {
      open_ = united(open_, pieces);
      known_ = united(known_, pieces);
    } else {
      open_ = without(open_, pieces);
      known_ = rule.meaning == OpeningRule::Meaning::closed ? without(known_, pieces) : united(known_, pieces);
    }
  }

  [[nodiscard]] const MinuteIntervals& open() const { return open_; }

 private:
  MinuteIntervals open_;
  MinuteIntervals known_;  ///< open or on appointment
};

/// A rule that opens a day replaces what was said of it before, also what the eve carried over; one that closes only takes
/// away. So does the reference evaluator (opening_hours.js).
bool replaces(const std::vector<OpeningRule>& rules, const std::size_t i) {
  const OpeningRule& rule = rules[i];
  if (rule.joint != OpeningRule::Joint::normal || rule.meaning == OpeningRule::Meaning::closed) {
    return false;
  }
  return has_date_selector(rule) ||
         (i > 0 && rule.meaning == OpeningRule::Meaning::open && !has_date_selector(rules[i - 1]));
}

/// Open minutes of a day, given which rules match it and which matched its eve.
MinuteIntervals open_on_day(const std::vector<OpeningRule>& rules, const std::vector<bool>& today,
                            const std::vector<bool>& eve) {
  DayPainting painting;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (today[i]) {
      if (replaces(rules, i)) {
        painting.clear();
      }
      painting.lay(rules[i], true);
    }
    if (eve[i]) {
      painting.lay(rules[i], false);
    }
  }
  return painting.open();
}

bool within_weekdays(const WeekdayRange& range, const int day) {
  return range.first <= range.last ? range.first <= day && day <= range.last : day >= range.first || day <= range.last;
}

bool matches_typical(const OpeningRule& rule, const int day) {
  if (!rule.yearly.empty() || !rule.ranges.empty() || !rule.weeks.empty() || rule.only_public_holidays ||
      rule.only_school_holidays) {
    return false;
  }
  if (rule.weekdays.empty()) {
    return !rule.or_public_holidays && !rule.or_school_holidays;
  }
  return std::any_of(rule.weekdays.begin(), rule.weekdays.end(),
                     [day](const WeekdayRange& range) { return range.in_month.empty() && within_weekdays(range, day); });
}

void append_shifted(std::vector<MinuteInterval>& to, const MinuteIntervals& from, const std::int32_t shift) {
  for (const MinuteInterval& interval : from) {
    to.push_back({.begin = interval.begin + shift, .end = interval.end + shift});
  }
}

bool in_year_range(const YearlyRange& range, const CalendarDate date) {
  const int today = date.month * 32 + date.day;
  const int first = range.first_month * 32 + range.first_day;
  const int last = range.last_month * 32 + range.last_day;
  const bool passes_year = first > last;
  if (passes_year ? today < first && today > last : today < first || today > last) {
    return false;
  }
  const int begun = passes_year && today <= last ? date.year - 1 : date.year;
  return range.first_year <= begun && begun <= range.last_year;
}

bool in_month_place(const WeekdayRange& range, const CalendarDate date) {
  const int from_begin = (date.day - 1) / 7 + 1;
  const int from_end = -((days_in_month(date.year, date.month) - date.day) / 7 + 1);
  return range.in_month.empty() || std::any_of(range.in_month.begin(), range.in_month.end(),
                                               [&](const int nth) { return nth == from_begin || nth == from_end; });
}

bool pass_midnight(const std::vector<OpeningRule>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const OpeningRule& rule) {
    return std::any_of(rule.times.begin(), rule.times.end(),
                       [](const MinuteInterval& time) { return time.end > kMinutesPerDay; });
  });
}

/// What the rules may ask of a day. Holidays are looked up only for rules that name them.
class DayFacts {
 public:
  DayFacts(const std::vector<OpeningRule>& rules, const DayCalendar& calendar) : rules_(rules), calendar_(calendar) {
    for (const OpeningRule& rule : rules) {
      asks_public_ = asks_public_ || rule.or_public_holidays || rule.only_public_holidays;
      asks_school_ = asks_school_ || rule.or_school_holidays || rule.only_school_holidays;
    }
    if (asks_school_ && !calendar.zone) {
      throw InputError(
          {.french =
               "Des horaires dépendent des vacances scolaires (SH), mais la zone scolaire (A, B ou C) n'est pas connue ; "
               "donnez un code de commune de métropole hors de Corse, ou des horaires sans règle SH.",
           .english =
               "Opening hours depend on school holidays (SH), but the school zone (A, B or C) is not known; give the code "
               "of a commune of mainland France, or opening hours without SH rules."});
    }
  }

  /// Which rules match a day.
  std::vector<bool> matches(const std::int32_t day) {
    date_ = date_of_day(day);
    day_ = day;
    weekday_ = weekday(day);
    public_ = asks_public_ && in_holidays(day);
    school_ = asks_school_ && is_school_holiday(day, *calendar_.zone);
    std::vector<bool> result;
    result.reserve(rules_.size());
    for (const OpeningRule& rule : rules_) {
      result.push_back(matches(rule));
    }
    return result;
  }

 private:
  bool in_holidays(const std::int32_t day) {
    if (date_.year != holidays_year_) {
      holidays_year_ = date_.year;
      holidays_ = public_holidays(date_.year, calendar_.area);
    }
    return std::any_of(holidays_.begin(), holidays_.end(),
                       [day](const PublicHoliday& holiday) { return holiday.day == day; });
  }

  [[nodiscard]] bool matches(const OpeningRule& rule) const {
    if ((rule.only_public_holidays && !public_) || (rule.only_school_holidays && !school_)) {
      return false;
    }
    const bool dated = !rule.yearly.empty() || !rule.ranges.empty();
    const auto holds_today = [this](const DayRange& range) { return range.first <= day_ && day_ <= range.last; };
    const auto holds_yearly = [this](const YearlyRange& range) { return in_year_range(range, date_); };
    if (dated && std::none_of(rule.yearly.begin(), rule.yearly.end(), holds_yearly) &&
        std::none_of(rule.ranges.begin(), rule.ranges.end(), holds_today)) {
      return false;
    }
    if (!rule.weeks.empty()) {
      const int week = iso_week(day_);
      if (std::none_of(rule.weeks.begin(), rule.weeks.end(), [week](const WeekRange& range) {
            return range.first <= week && week <= range.last && (week - range.first) % range.step == 0;
          })) {
        return false;
      }
    }
    if (rule.weekdays.empty() && !rule.or_public_holidays && !rule.or_school_holidays) {
      return true;
    }
    return (rule.or_public_holidays && public_) || (rule.or_school_holidays && school_) ||
           std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [this](const WeekdayRange& range) {
             return within_weekdays(range, weekday_) && in_month_place(range, date_);
           });
  }

  const std::vector<OpeningRule>& rules_;
  const DayCalendar& calendar_;
  bool asks_public_ = false;
  bool asks_school_ = false;
  int holidays_year_ = -1;
  std::vector<PublicHoliday> holidays_;
  CalendarDate date_;
  std::int32_t day_ = 0;
  int weekday_ = 0;
  bool public_ = false;
  bool school_ = false;
};

}  // namespace

MinuteIntervals typical_week(const OpeningHours& hours) {
  const auto matches = [&](const int day) {
    std::vector<bool> result;
    for (const OpeningRule& rule : hours.rules) {
      result.push_back(matches_typical(rule, day));
    }
    return result;
  };
  std::vector<MinuteInterval> week;
  std::vector<bool> eve = matches(6);
  for (int day = 0; day < 7; ++day) {
    std::vector<bool> today = matches(day);
    append_shifted(week, open_on_day(hours.rules, today, eve), day * kMinutesPerDay);
    eve = std::move(today);
  }
  return merged_intervals(week);
}

bool has_dated_rules(const OpeningHours& hours) {
  return !hours.events.empty() || std::any_of(hours.rules.begin(), hours.rules.end(), [](const OpeningRule& rule) {
    return !rule.yearly.empty() || !rule.ranges.empty() || !rule.weeks.empty() || rule.or_public_holidays ||
           rule.or_school_holidays || rule.only_public_holidays || rule.only_school_holidays ||
           std::any_of(rule.weekdays.begin(), rule.weekdays.end(),
                       [](const WeekdayRange& range) { return !range.in_month.empty(); });
  });
}

bool has_appointments(const OpeningHours& hours) {
  return std::any_of(hours.rules.begin(), hours.rules.end(),
                     [](const OpeningRule& rule) { return rule.meaning == OpeningRule::Meaning::on_appointment; });
}

MinuteIntervals open_minutes(const OpeningHours& hours, const std::int32_t first_day, const std::int32_t days,
                             const DayCalendar& calendar) {
  constexpr std::int32_t kMostDays = std::numeric_limits<std::int32_t>::max() / kMinutesPerDay - 1;
  if (days < 0 || days > kMostDays) {
    throw ArgumentError("open_minutes: number of days");
  }
  std::vector<MinuteInterval> open;
  if (!hours.rules.empty() && days > 0) {
    DayFacts facts(hours.rules, calendar);
    // An eve that carries nothing over is not asked about: it may lie outside the years whose holidays are known.
    std::vector<bool> eve =
        pass_midnight(hours.rules) ? facts.matches(first_day - 1) : std::vector<bool>(hours.rules.size());
    for (std::int32_t day = 0; day < days; ++day) {
      std::vector<bool> today = facts.matches(first_day + day);
      append_shifted(open, open_on_day(hours.rules, today, eve), day * kMinutesPerDay);
      eve = std::move(today);
    }
  }
  const std::int64_t end_of_days = std::int64_t{days} * kMinutesPerDay;
  for (const DatedOpening& event : hours.events) {
    const std::int64_t shift = (std::int64_t{event.day} - first_day) * kMinutesPerDay;
    open.push_back(
        {.begin = static_cast<std::int32_t>(std::clamp<std::int64_t>(event.minutes.begin + shift, 0, end_of_days)),
         .end = static_cast<std::int32_t>(std::clamp<std::int64_t>(event.minutes.end + shift, 0, end_of_days))});
  }
  return merged_intervals(open);
}

}  // namespace maillage
