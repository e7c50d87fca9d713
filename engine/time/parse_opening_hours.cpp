#include "engine/time/parse_opening_hours.hpp"

#include <algorithm>
#include <utility>

#include "engine/time/hours_tokens.hpp"

namespace maillage {

namespace {

using Kind = HoursToken::Kind;
using Joint = OpeningRule::Joint;
using Meaning = OpeningRule::Meaning;

const Text kWhole{.french = "des horaires comme « Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00 »",
                  .english = "hours such as \"Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00\""};
const Text kTimeSpan{.french = "une plage comme « 09:00-12:00 »", .english = "a span such as \"09:00-12:00\""};
const Text kRuleEnd{.french = "« ; » ou « , » avant une autre règle", .english = "\";\" or \",\" before another rule"};
const Text kNth{.french = "un rang dans le mois, de 1 à 5 ou de -1 à -5, comme « Mo[1] »",
                .english = "a place in the month, 1 to 5 or -1 to -5, such as \"Mo[1]\""};
const Text kDate{.french = "une date qui existe, comme « Dec 24 »", .english = "a date that exists, such as \"Dec 24\""};
const Text kRange{.french = "la fin de la période, comme dans « Apr 15-Oct 31 »",
                  .english = "the end of the period, as in \"Apr 15-Oct 31\""};
const Text kWeek{.french = "un numéro de semaine de 1 à 53", .english = "a week number, 1 to 53"};
const Text kWeekday{.french = "un jour, comme « Mo » ou « lundi »", .english = "a weekday, such as \"Mo\""};

/// Years, and a month and day, as read at one end of a period; 0 where not written.
struct DatePoint {
  int year = 0;
  int month = 0;
  int day = 0;
};

class Parser {
 public:
  explicit Parser(const std::string_view text) : text_(text), tokens_(hours_tokens(text)) {}

  HoursReading parse() {
    OpeningHours hours;
    Joint joint = Joint::normal;
    while (!failed_) {
      while (take(";")) {
        joint = Joint::normal;
      }
      if (now().kind == Kind::end) {
        break;
      }
      OpeningRule rule;
      rule.joint = joint;
      read_rule(rule);
      hours.rules.push_back(std::move(rule));
      joint = next_joint();
    }
    if (!failed_ && (hours.rules.empty() || joint != Joint::normal)) {
      fail(kWhole);
    }
    if (failed_) {
      return {.hours = std::nullopt, .expected = expected_, .fragment = hours_fragment(text_, failed_at_)};
    }
    return {.hours = std::move(hours), .expected = {}, .fragment = {}};
  }

 private:
  [[nodiscard]] const HoursToken& ahead(const std::size_t count) const {
    return tokens_[std::min(at_ + count, tokens_.size() - 1)];
  }
  [[nodiscard]] const HoursToken& now() const { return ahead(0); }
  [[nodiscard]] bool is_mark(const std::size_t count, const std::string_view mark) const {
    return ahead(count).kind == Kind::mark && ahead(count).text == mark;
  }
  [[nodiscard]] bool is_word(const std::size_t count, const std::string_view word) const {
    return ahead(count).kind == Kind::word && ahead(count).text == word;
  }
  bool take(const std::string_view mark) {
    if (!is_mark(0, mark)) {
      return false;
    }
    ++at_;
    return true;
  }
  bool take_word(const std::string_view word) {
    if (!is_word(0, word)) {
      return false;
    }
    ++at_;
    return true;
  }

  void fail(const Text& expected) {
    if (!failed_) {
      failed_ = true;
      expected_ = expected;
      failed_at_ = now().begin;
    }
  }

  [[nodiscard]] int weekday_at(const std::size_t count) const {
    return ahead(count).kind == Kind::word ? weekday_named(ahead(count).text) : -1;
  }
  [[nodiscard]] int month_at(const std::size_t count) const {
    return ahead(count).kind == Kind::word ? month_named(ahead(count).text) : -1;
  }
  [[nodiscard]] bool is_holiday(const std::size_t count) const { return is_word(count, "ph") || is_word(count, "sh"); }
  [[nodiscard]] bool is_day(const std::size_t count) const { return weekday_at(count) >= 0 || is_holiday(count); }
  [[nodiscard]] bool is_time(const std::size_t count) const { return clock_time(tokens_, at_ + count).length > 0; }
  [[nodiscard]] bool is_year(const std::size_t count) const {
    return ahead(count).kind == Kind::number && ahead(count).digits == 4 && ahead(count).value >= 1900;
  }
  /// A day of the month or another plain number: "24", but not the hours of "09:00".
  [[nodiscard]] bool is_plain(const std::size_t count) const {
    return ahead(count).kind == Kind::number && ahead(count).digits <= 2 && !is_time(count);
  }

  Joint next_joint() {
    if (take("||")) {
      return Joint::fallback;
    }
    if (take(",")) {
      return Joint::additional;
    }
    if (now().kind != Kind::end && !is_mark(0, ";")) {
      fail(kRuleEnd);
    }
    return Joint::normal;
  }

  void read_rule(OpeningRule& rule) {
    const std::size_t begin = at_;
    bool says_when = true;
    if (now().kind == Kind::number && now().text == "24" && is_mark(1, "/") && ahead(2).text == "7") {
      at_ += 3;
    } else {
      read_dates(rule);
      read_days(rule);
      read_times(rule);
      says_when = !rule.times.empty();
    }
    const std::size_t selectors_end = at_;
    read_meaning(rule);
    if (at_ == begin) {
      fail(kWhole);
    } else if (!says_when && at_ == selectors_end && is_mark(0, ",")) {
      fail(kTimeSpan);  // "Mo-Fr, 09:00-12:00" may be one rule or two
    }
  }

  void read_dates(OpeningRule& rule) {
    if (is_year(0) || month_at(0) > 0) {
      read_period(rule);
      while (!failed_ && is_mark(0, ",") && (is_year(1) || month_at(1) > 0)) {
        ++at_;
        read_period(rule);
      }
    }
    if (!failed_ && (take_word("week") || take_word("semaine"))) {
      do {
        read_week(rule);
      } while (!failed_ && is_mark(0, ",") && is_plain(1) && take(","));
    }
    if (!rule.yearly.empty() || !rule.ranges.empty() || !rule.weeks.empty()) {
      static_cast<void>(take(":"));
    }
  }

  DatePoint read_point() {
    DatePoint point;
    if (is_year(0)) {
      point.year = now().value;
      ++at_;
    }
    if (month_at(0) > 0) {
      point.month = month_at(0);
      ++at_;
      if (is_plain(0)) {
        point.day = now().value;
        if (point.day < 1 || point.day > days_in_month(point.year > 0 ? point.year : 2024, point.month)) {
          fail(kDate);
        }
        ++at_;
      }
    }
    return point;
  }

  /// One of "2024", "2024-2026", "2024-2026 Jul-Aug", "Jul-Aug", "Dec 24", "Dec 24-26", "Apr 15-Oct 31",
  /// "2024 Dec 24-2025 Jan 2", and after any day of the month ",25" for another of the same month.
  void read_period(OpeningRule& rule) {
    if (is_year(0) && is_mark(1, "-") && is_year(2)) {
      const int first_year = now().value;
      const int last_year = ahead(2).value;
      at_ += 3;
      DatePoint first = read_point();
      if (first.year > 0) {
        return fail(kRange);
      }
      first.year = first_year;
      return add_yearly(rule, first, last_year);
    }
    const DatePoint first = read_point();
    add_yearly(rule, first, first.year);
    while (!failed_ && first.day > 0 && is_mark(0, ",") && is_plain(1) && !is_mark(2, "/")) {
      ++at_;
      DatePoint other{.year = first.year, .month = first.month, .day = now().value};
      if (other.day < 1 || other.day > days_in_month(other.year > 0 ? other.year : 2024, other.month)) {
        return fail(kDate);
      }
      ++at_;
      add_yearly(rule, other, other.year);
    }
  }

  /// The period that begins at `first` in the years to `last_year`; its end is read where one follows.
  void add_yearly(OpeningRule& rule, const DatePoint first, const int last_year) {
    if (failed_) {
      return;
    }
    DatePoint last = first;
    if (take("-")) {
      if (first.month == 0) {
        return fail(kRange);
      }
      if (first.day > 0 && is_plain(0)) {
        last.day = now().value;
        if (last.day < first.day || last.day > days_in_month(first.year > 0 ? first.year : 2024, first.month)) {
          return fail(kDate);
        }
        ++at_;
      } else {
        last = read_point();
        if (failed_) {
          return;
        }
        if (last.month == 0 || (first.day > 0) != (last.day > 0)) {
          return fail(kRange);
        }
      }
      if (last.year > 0 && last.year != first.year) {
        return add_range(rule, first, last);
      }
    }
    YearlyRange range;
    if (first.month > 0) {
      range.first_month = static_cast<std::int8_t>(first.month);
      range.last_month = static_cast<std::int8_t>(last.month);
      range.first_day = static_cast<std::int8_t>(std::max(first.day, 1));
      range.last_day = static_cast<std::int8_t>(last.day > 0 ? last.day : days_in_month(2024, last.month));
    }
    if (first.year > 0) {
      if (last_year < first.year) {
        return fail(kRange);
      }
      range.first_year = static_cast<std::int16_t>(first.year);
      range.last_year = static_cast<std::int16_t>(last_year);
    }
    rule.yearly.push_back(range);
  }

  void add_range(OpeningRule& rule, const DatePoint first, const DatePoint last) {
    if (first.year == 0 || last.year < first.year) {
      return fail(kRange);
    }
    const auto day = [](const DatePoint& point, const int of_month) {
      return day_number({.year = static_cast<std::int16_t>(point.year),
                         .month = static_cast<std::int8_t>(point.month),
                         .day = static_cast<std::int8_t>(of_month)});
    };
    rule.ranges.push_back({.first = day(first, std::max(first.day, 1)),
                           .last = day(last, last.day > 0 ? last.day : days_in_month(last.year, last.month))});
  }

  int read_small(const int from, const int to, const Text& expected) {
    if (!is_plain(0) || now().value < from || now().value > to) {
      fail(expected);
      return from;
    }
    return tokens_[at_++].value;
  }

  void read_week(OpeningRule& rule) {
    WeekRange range;
    range.first = static_cast<std::int8_t>(read_small(1, 53, kWeek));
    range.last = range.first;
    if (take("-")) {
      range.last = static_cast<std::int8_t>(read_small(range.first, 53, kWeek));
      if (take("/")) {
        range.step = static_cast<std::int8_t>(read_small(1, 53, kWeek));
      }
    }
    rule.weeks.push_back(range);
  }

  void read_days(OpeningRule& rule) {
    if (failed_ || !is_day(0)) {
      return;
    }
    do {
      if (is_word(0, "ph")) {
        rule.or_public_holidays = true;
        ++at_;
      } else if (is_word(0, "sh")) {
        rule.or_school_holidays = true;
        ++at_;
      } else {
        read_weekdays(rule);
      }
    } while (!failed_ && is_mark(0, ",") && is_day(1) && take(","));
    // "SH Mo-Fr": without a comma both must hold.
    if (!failed_ && rule.weekdays.empty() && weekday_at(0) >= 0) {
      std::swap(rule.or_public_holidays, rule.only_public_holidays);
      std::swap(rule.or_school_holidays, rule.only_school_holidays);
      if (rule.only_public_holidays && rule.only_school_holidays) {
        return fail(kRuleEnd);
      }
      do {
        read_weekdays(rule);
      } while (!failed_ && is_mark(0, ",") && weekday_at(1) >= 0 && take(","));
    }
    // As in "lundi : 9h-12h".
    if (is_mark(0, ":") && (is_time(1) || is_word(1, "ferme") || is_word(1, "off"))) {
      ++at_;
    }
  }

  void read_weekdays(OpeningRule& rule) {
    WeekdayRange range;
    range.first = static_cast<std::int8_t>(weekday_at(0));
    range.last = range.first;
    ++at_;
    if (is_mark(0, "-")) {
      if (weekday_at(1) < 0) {
        ++at_;
        return fail(kWeekday);
      }
      range.last = static_cast<std::int8_t>(weekday_at(1));
      at_ += 2;
    } else if (take("[")) {
      do {
        const bool from_end = take("-");
        const int nth = read_small(1, 5, kNth);
        range.in_month.push_back(static_cast<std::int8_t>(from_end ? -nth : nth));
        if (!from_end && take("-")) {
          for (int next = nth + 1, last = read_small(nth, 5, kNth); next <= last; ++next) {
            range.in_month.push_back(static_cast<std::int8_t>(next));
          }
        }
      } while (!failed_ && take(","));
      if (!failed_ && !take("]")) {
        fail(kNth);
      }
    }
    rule.weekdays.push_back(std::move(range));
  }

  void read_times(OpeningRule& rule) {
    if (failed_ || (!is_time(0) && now().kind != Kind::number)) {
      return;
    }
    do {
      const ClockTime begin = clock_time(tokens_, at_);
      if (begin.length == 0 || begin.minutes > kMinutesPerDay) {
        return fail(kTimeSpan);
      }
      at_ += begin.length;
      if (!take("-")) {
        return fail(kTimeSpan);
      }
      const ClockTime end = clock_time(tokens_, at_);
      if (end.length == 0) {
        return fail(kTimeSpan);
      }
      at_ += end.length;
      rule.times.push_back(
          {.begin = begin.minutes, .end = end.minutes <= begin.minutes ? end.minutes + kMinutesPerDay : end.minutes});
    } while (is_mark(0, ",") && is_time(1) && take(","));
  }

  void read_meaning(OpeningRule& rule) {
    if (failed_) {
      return;
    }
    bool stated = true;
    if (take_word("off") || take_word("closed") || take_word("ferme") || take_word("fermee")) {
      rule.meaning = Meaning::closed;
    } else if (take_word("unknown") || take_appointment()) {
      rule.meaning = Meaning::on_appointment;
    } else {
      stated = take_word("open") || take_word("ouvert") || take_word("ouverte");
    }
    if (now().kind == Kind::comment) {
      rule.comment = now().text;
      ++at_;
      if (!stated) {
        rule.meaning = Meaning::on_appointment;
      }
    }
  }

  bool take_appointment() {
    if (is_word(0, "sur") && (is_word(1, "rdv") || is_word(1, "rendezvous"))) {
      at_ += 2;
      return true;
    }
    if (is_word(0, "sur") && is_word(1, "rendez") && (is_word(2, "vous") || (is_mark(2, "-") && is_word(3, "vous")))) {
      at_ += is_mark(2, "-") ? 4U : 3U;
      return true;
    }
    return false;
  }

  std::string_view text_;
  std::vector<HoursToken> tokens_;
  std::size_t at_ = 0;
  bool failed_ = false;
  Text expected_;
  std::size_t failed_at_ = 0;
};

}  // namespace

HoursReading parse_opening_hours(const std::string_view text) {
  return Parser(text).parse();
}

}  // namespace maillage
