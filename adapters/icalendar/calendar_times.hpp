#pragma once

#include <libical/ical.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage::detail {

/// Years whose events are believed; a later end ("for ever") stands for the last of them.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2200;

/// Text of the library's, which may be none.
[[nodiscard]] std::string text_of(const char* text);

/// A property as the file has it, on one line.
[[nodiscard]] std::string property_text(icalproperty* property);

/// All properties of one kind: the library keeps one place in a component, which any other question about it moves.
[[nodiscard]] std::vector<icalproperty*> properties_of(icalcomponent* component, icalproperty_kind kind);

/// The first of one kind, null where there is none.
[[nodiscard]] icalproperty* property_of(icalcomponent* component, icalproperty_kind kind);

/// Day number of a time as it is written.
[[nodiscard]] std::int32_t day_of(const icaltimetype& time);

/// Seconds since 1970 by which moments are told apart; of a date, those of its midnight.
[[nodiscard]] std::int64_t instant(const icaltimetype& time);

/// Seconds since 1970 that a clock on the wall would show.
[[nodiscard]] std::int64_t wall_seconds(const icaltimetype& time);

/// How long an event lasts. Days are those of a calendar ("DURATION:P1D" ends at the same time of the next day), seconds
/// truly pass (RFC 5545, 3.3.6 and 3.8.5.3).
struct EventLength {
  std::int32_t days = 0;
  std::int64_t seconds = 0;
};

/// Times of a calendar's properties.
class CalendarClock {
 public:
  /// \param places  zone of the places: that of times that name none. Not null.
  explicit CalendarClock(icaltimezone* places) : places_(places) {}

  /// A property's value in its zone: the one it names, UTC, or that of the places. Nothing for a time that does not exist,
  /// a year that is not believed or a zone that nobody knows.
  [[nodiscard]] std::optional<icaltimetype> read(icaltimetype time, icalproperty* property, icalcomponent* calendar) const;

  /// From the start to DTEND or by DURATION; a date alone lasts a day. Nothing where they tell no time that passes.
  [[nodiscard]] std::optional<EventLength> length(icalcomponent* event, icalcomponent* calendar,
                                                  const icaltimetype& start) const;

  /// From the start of a period of RDATE to its end. Nothing as above.
  [[nodiscard]] std::optional<EventLength> length(const icalperiodtype& period, icalproperty* property,
                                                  icalcomponent* calendar, const icaltimetype& start) const;

  /// The time as the places' clocks have it; a date stays one.
  [[nodiscard]] icaltimetype local(const icaltimetype& time) const;

  /// Local end of what begins at `start`.
  [[nodiscard]] icaltimetype local_end(const icaltimetype& start, const EventLength& length) const;

 private:
  [[nodiscard]] std::optional<EventLength> between(const icaltimetype& start, icaltimetype end, icalproperty* property,
                                                   icalcomponent* calendar) const;

  icaltimezone* places_;
};

}  // namespace maillage::detail
