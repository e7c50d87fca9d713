#include "adapters/icalendar/calendar_times.hpp"

#include <algorithm>

#include "engine/time/calendar_date.hpp"

namespace maillage::detail {
namespace {

constexpr int kSecondsPerDay = 86'400;

bool exists(const icaltimetype& time) {
  return icaltime_is_null_time(time) == 0 && time.year >= kFirstYear && time.year <= kLastYear && time.month >= 1 &&
         time.month <= 12 && time.day >= 1 && time.day <= days_in_month(time.year, time.month) && time.hour >= 0 &&
         time.hour < 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0 && time.second <= 60;
}

/// The zone that a property names, null where it names none or one that nobody knows.
icaltimezone* zone_of(icalproperty* property, icalcomponent* calendar) {
  icalparameter* const named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  if (named == nullptr) {
    return nullptr;
  }
  const char* const id = icalparameter_get_tzid(named);
  icaltimezone* zone = icalcomponent_get_timezone(calendar, id);
  if (zone == nullptr) {
    zone = icaltimezone_get_builtin_timezone_from_tzid(id);
  }
  return zone == nullptr ? icaltimezone_get_builtin_timezone(id) : zone;
}

/// In UTC. A time that a change of clocks skips counts from the offset before it, so that it is as much later; of one that
/// comes twice the first is meant (RFC 5545, 3.3.5).
icaltimetype to_utc(const icaltimetype& time) {
  icaltimezone* const utc = icaltimezone_get_utc_timezone();
  icaltimetype result = icaltime_convert_to_zone(time, utc);
  const icaltimetype back = icaltime_convert_to_zone(result, const_cast<icaltimezone*>(time.zone));
  const std::int64_t skipped = wall_seconds(time) - wall_seconds(back);
  if (skipped > 0) {
    icaltime_adjust(&result, 0, 0, 0, static_cast<int>(skipped));
    return result;
  }
  icaltimetype earlier = result;
  icaltime_adjust(&earlier, 0, -1, 0, 0);
  const icaltimetype same = icaltime_convert_to_zone(earlier, const_cast<icaltimezone*>(time.zone));
  return wall_seconds(same) == wall_seconds(time) ? earlier : result;
}

std::optional<EventLength> by_duration(const icaldurationtype& duration, const bool whole_days) {
  const EventLength length{
      .days = static_cast<std::int32_t>(duration.weeks) * 7 + static_cast<std::int32_t>(duration.days),
      .seconds = (std::int64_t{duration.hours} * 60 + duration.minutes) * 60 + duration.seconds};
  const bool lasts = duration.is_neg == 0 && (length.days > 0 || length.seconds > 0);
  return lasts && (!whole_days || length.seconds == 0) ? std::optional{length} : std::nullopt;
}

}  // namespace

std::string text_of(const char* text) {
  return text == nullptr ? std::string{} : std::string{text};
}

std::string property_text(icalproperty* property) {
  char* const raw = icalproperty_as_ical_string_r(property);
  std::string text = text_of(raw);
  icalmemory_free_buffer(raw);
  for (std::size_t fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n ", fold)) {
    text.erase(fold, 3);
  }
  std::erase_if(text, [](const char c) { return c == '\r' || c == '\n'; });
  return text;
}

std::vector<icalproperty*> properties_of(icalcomponent* component, const icalproperty_kind kind) {
  std::vector<icalproperty*> found;
  for (icalproperty* one = icalcomponent_get_first_property(component, kind); one != nullptr;
       one = icalcomponent_get_next_property(component, kind)) {
    found.push_back(one);
  }
  return found;
}

icalproperty* property_of(icalcomponent* component, const icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

std::int32_t day_of(const icaltimetype& time) {
  return day_number({static_cast<std::int16_t>(time.year), static_cast<std::int8_t>(time.month),
                     static_cast<std::int8_t>(time.day)});
}

std::int64_t wall_seconds(const icaltimetype& time) {
  return std::int64_t{day_of(time)} * kSecondsPerDay +
         (time.is_date != 0 ? 0 : (time.hour * 60 + time.minute) * 60 + time.second);
}

std::int64_t instant(const icaltimetype& time) {
  return wall_seconds(time.is_date != 0 || time.zone == nullptr ? time : to_utc(time));
}

std::optional<icaltimetype> CalendarClock::read(icaltimetype time, icalproperty* property, icalcomponent* calendar) const {
  if (!exists(time)) {
    return std::nullopt;
  }
  if (time.is_date == 0 && icaltime_is_utc(time) == 0) {
    const bool named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER) != nullptr;
    icaltimezone* const zone = named ? zone_of(property, calendar) : places_;
    if (zone == nullptr) {
      return std::nullopt;
    }
    icaltime_set_timezone(&time, zone);
  }
  return time;
}

std::optional<EventLength> CalendarClock::between(const icaltimetype& start, icaltimetype end, icalproperty* property,
                                                  icalcomponent* calendar) const {
  end.year = std::min(end.year, kLastYear);
  const std::optional<icaltimetype> until = read(end, property, calendar);
  if (!until || until->is_date != start.is_date || instant(*until) <= instant(start)) {
    return std::nullopt;
  }
  return start.is_date != 0 ? EventLength{.days = day_of(*until) - day_of(start)}
                            : EventLength{.seconds = instant(*until) - instant(start)};
}

std::optional<EventLength> CalendarClock::length(icalcomponent* event, icalcomponent* calendar,
                                                 const icaltimetype& start) const {
  if (icalproperty* const ends = property_of(event, ICAL_DTEND_PROPERTY)) {
    return between(start, icalproperty_get_dtend(ends), ends, calendar);
  }
  if (icalproperty* const lasts = property_of(event, ICAL_DURATION_PROPERTY)) {
    return by_duration(icalproperty_get_duration(lasts), start.is_date != 0);
  }
  return start.is_date != 0 ? std::optional{EventLength{.days = 1}} : std::nullopt;
}

std::optional<EventLength> CalendarClock::length(const icalperiodtype& period, icalproperty* property,
                                                 icalcomponent* calendar, const icaltimetype& start) const {
  return icaltime_is_null_time(period.end) != 0 ? by_duration(period.duration, false)
                                                : between(start, period.end, property, calendar);
}

icaltimetype CalendarClock::local(const icaltimetype& time) const {
  return time.is_date != 0 ? time : icaltime_convert_to_zone(to_utc(time), places_);
}

icaltimetype CalendarClock::local_end(const icaltimetype& start, const EventLength& length) const {
  icaltimetype end = start;
  icaltime_adjust(&end, length.days, 0, 0, 0);
  if (start.is_date != 0) {
    return end;
  }
  end = to_utc(end);
  icaltime_adjust(&end, static_cast<int>(length.seconds / kSecondsPerDay), 0, 0,
                  static_cast<int>(length.seconds % kSecondsPerDay));
  return local(end);
}

}  // namespace maillage::detail
