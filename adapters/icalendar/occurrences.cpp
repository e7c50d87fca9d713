#include "adapters/icalendar/occurrences.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace maillage::detail {
namespace {

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using IteratorHandle = std::unique_ptr<icalrecur_iterator, FreeIterator>;

constexpr int kMostTurns = 100'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr const char* kExpectedRule = "FREQ=DAILY | WEEKLY | MONTHLY | YEARLY";

bool is_same_occurrence(const icaltimetype& one, const icaltimetype& named) {
  return named.is_date != 0 ? day_of(one) == day_of(named) : instant(one) == instant(named);
}

/// True where the occurrence is the named one or later.
bool is_from(const icaltimetype& one, const icaltimetype& named) {
  return named.is_date != 0 ? day_of(one) >= day_of(named) : instant(one) >= instant(named);
}

/// `start` moved as a change moved the occurrence it names, by the clock on the wall.
icaltimetype moved(const icaltimetype& start, const CalendarEvent& change) {
  const icaltimetype& named = *change.replaces;
  if (change.start.is_date == 0 && named.is_date == 0 && start.is_date == 0) {
    const icaltimetype target = icaltime_convert_to_zone(change.start, const_cast<icaltimezone*>(start.zone));
    const icaltimetype origin = icaltime_convert_to_zone(named, const_cast<icaltimezone*>(start.zone));
    const std::int64_t seconds = wall_seconds(target) - wall_seconds(origin);
    icaltimetype result = start;
    icaltime_adjust(&result, static_cast<int>(seconds / kSecondsPerDay), 0, 0, static_cast<int>(seconds % kSecondsPerDay));
    return result;
  }
  icaltimetype result = change.start;  // its time of day, or none
  icaltime_adjust(&result, day_of(start) - day_of(named), 0, 0, 0);
  return result;
}

/// Builds the occurrences of one event.
class OccurrenceSet {
 public:
  OccurrenceSet(const CalendarEvent& event, const CalendarClock& clock, CalendarNotes& notes)
      : event_(event), clock_(clock), notes_(notes) {
    add(event.start, event.length);
  }

  void add_rule(icalproperty* rule, const std::int32_t horizon) {
    if (!follow(icalproperty_get_rrule(rule), horizon, [this](const icaltimetype& time) { add(time, event_.length); })) {
      notes_.reject(event_, "recurrence_not_understood", rule, kExpectedRule);
    }
  }

  void add_date(icalproperty* more) {
    const icaldatetimeperiodtype value = icalproperty_get_rdate(more);
    const bool is_period = icaltime_is_null_time(value.time) != 0;
    const auto time = clock_.read(is_period ? value.period.start : value.time, more, event_.calendar);
    std::optional<EventLength> length = event_.length;
    if (is_period && time) {
      length = clock_.length(value.period, more, event_.calendar, *time);
    }
    if (!time || !length || time->is_date != event_.start.is_date) {
      notes_.reject(event_, "recurrence_not_understood", more,
                    event_.start.is_date != 0 ? "RDATE;VALUE=DATE:20260314"
                                              : "RDATE:20260314T140000 | RDATE;VALUE=PERIOD:20260314T140000/PT3H");
      return;
    }
    add(*time, *length);
  }

  /// False where it is not understood.
  bool take_rule(icalproperty* rule, const std::int32_t horizon) {
    std::vector<std::int64_t> taken;
    const bool understood = follow(icalproperty_get_exrule(rule), horizon,
                                   [&taken](const icaltimetype& time) { taken.push_back(instant(time)); });
    std::ranges::sort(taken);
    std::erase_if(occurrences_, [&taken](const auto& one) { return std::ranges::binary_search(taken, one.first); });
    if (!understood) {
      notes_.reject(event_, "exception_not_understood", rule, kExpectedRule);
    }
    return understood;
  }

  /// False where it is not understood.
  bool take_date(icalproperty* except, const std::int32_t horizon) {
    const auto time = clock_.read(icalproperty_get_exdate(except), except, event_.calendar);
    if (!time) {
      notes_.reject(event_, "exception_not_understood", except, "EXDATE:20260314T140000 | EXDATE;VALUE=DATE:20260314");
      return false;
    }
    icaltimetype named = *time;
    if (event_.start.is_date != 0 && named.is_date == 0) {  // midnight of a day stands for it
      named = clock_.local(named);
      named.is_date = named.hour == 0 && named.minute == 0 ? 1 : 0;
    }
    const auto taken = std::erase_if(
        occurrences_, [&named](const auto& one) { return is_same_occurrence(one.second.start, named); });
    if (taken == 0 && day_of(named) <= horizon) {
      notes_.mention(event_, "exception_without_occurrence", except);
    }
    return true;
  }

  [[nodiscard]] std::vector<Occurrence> changed_by(const std::vector<const CalendarEvent*>& changes) const {
    std::vector<Occurrence> result;
    for (const auto& [moment, one] : occurrences_) {
      const CalendarEvent* latest = nullptr;
      bool replaced = false;
      for (const CalendarEvent* change : changes) {
        replaced = replaced || is_same_occurrence(one.start, *change->replaces);
        if (change->and_later && is_from(one.start, *change->replaces) &&
            (latest == nullptr || instant(*latest->replaces) <= instant(*change->replaces))) {
          latest = change;
        }
      }
      if (replaced || (latest != nullptr && !latest->counts())) {
        continue;
      }
      result.push_back(latest == nullptr
                           ? one
                           : Occurrence{.start = moved(one.start, *latest), .length = latest->length, .event = latest});
    }
    return result;
  }

 private:
  void add(const icaltimetype& start, const EventLength& length) {
    occurrences_.insert_or_assign(instant(start), Occurrence{.start = start, .length = length, .event = &event_});
  }

  /// UNTIL in DTSTART's own form: a day with all its times, a time without a zone in DTSTART's, a moment's day.
  [[nodiscard]] icaltimetype last_time(icaltimetype until) const {
    if (icaltime_is_null_time(until) != 0 || until.is_date == event_.start.is_date) {
      if (until.is_date == 0 && icaltime_is_utc(until) == 0) {
        icaltime_set_timezone(&until, event_.start.zone);
      }
      return until;
    }
    if (until.is_date == 0) {
      until = icaltime_is_utc(until) != 0 ? clock_.local(until) : until;
      until.is_date = 1;
      return until;
    }
    until.is_date = 0;
    until.hour = 23;
    until.minute = until.second = 59;
    icaltime_set_timezone(&until, event_.start.zone);
    return until;
  }

  /// Times of a rule from DTSTART to the horizon, ascending. False where the rule is not understood, or not to its end.
  template <typename Visit>
  bool follow(icalrecurrencetype recurrence, const std::int32_t horizon, const Visit& visit) const {
    // Hours and less: nobody comes so often, and libical seeks for ever where no day can match.
    const bool by_day = recurrence.freq == ICAL_DAILY_RECURRENCE || recurrence.freq == ICAL_WEEKLY_RECURRENCE ||
                        recurrence.freq == ICAL_MONTHLY_RECURRENCE || recurrence.freq == ICAL_YEARLY_RECURRENCE;
    recurrence.until = last_time(recurrence.until);
    const IteratorHandle iterator{by_day ? icalrecur_iterator_new(recurrence, event_.start) : nullptr};
    for (int turn = 0; iterator && turn < kMostTurns; ++turn) {
      const icaltimetype next = icalrecur_iterator_next(iterator.get());
      if (icaltime_is_null_time(next) != 0 || next.year > kLastYear || day_of(next) > horizon) {
        return true;
      }
      visit(next);
    }
    return false;
  }

  const CalendarEvent& event_;
  const CalendarClock& clock_;
  CalendarNotes& notes_;
  std::map<std::int64_t, Occurrence> occurrences_;
};

/// Days by which a change brings later occurrences forward, at most: rules are followed so much further.
std::int32_t days_forward(const std::vector<const CalendarEvent*>& changes) {
  std::int32_t days = 0;
  for (const CalendarEvent* change : changes) {
    if (change->and_later && change->counts()) {
      days = std::max(days, day_of(*change->replaces) - day_of(change->start) + 1);
    }
  }
  return days;
}

}  // namespace

void CalendarNotes::add(std::vector<RowNote>& notes, const CalendarEvent& event, const char* reason, icalproperty* property,
                        const std::string& detail) const {
  RowNote note{.source = source_, .row = event.line, .key = event.uid, .column = {}, .value = {},
               .reason = reason, .detail = detail};
  if (property != nullptr) {
    note.column = text_of(icalproperty_get_property_name(property));
    note.value = property_text(property);
  } else if (event.component != nullptr) {
    note.value = text_of(icalcomponent_get_summary(event.component));
  }
  notes.push_back(std::move(note));
}

std::vector<Occurrence> occurrences_of(const CalendarEvent& event, const std::vector<const CalendarEvent*>& changes,
                                       const CalendarClock& clock, const std::int32_t last_day, CalendarNotes& notes) {
  const std::int32_t horizon = last_day + 1 + days_forward(changes);
  OccurrenceSet set{event, clock, notes};
  for (icalproperty* const rule : properties_of(event.component, ICAL_RRULE_PROPERTY)) {
    set.add_rule(rule, horizon);
  }
  for (icalproperty* const more : properties_of(event.component, ICAL_RDATE_PROPERTY)) {
    set.add_date(more);
  }
  bool understood = true;
  for (icalproperty* const rule : properties_of(event.component, ICAL_EXRULE_PROPERTY)) {
    understood = set.take_rule(rule, horizon) && understood;
  }
  for (icalproperty* const except : properties_of(event.component, ICAL_EXDATE_PROPERTY)) {
    understood = set.take_date(except, horizon) && understood;
  }
  return understood ? set.changed_by(changes) : std::vector<Occurrence>{};
}

}  // namespace maillage::detail
