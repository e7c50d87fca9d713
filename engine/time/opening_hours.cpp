#include "engine/time/opening_hours.hpp"

#include <algorithm>

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

}  // namespace maillage
