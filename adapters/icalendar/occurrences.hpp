#pragma once

#include <string>
#include <vector>

#include "adapters/icalendar/calendar_times.hpp"
#include "engine/core/error.hpp"

namespace maillage::detail {

/// One VEVENT whose times are understood.
struct CalendarEvent {
  icalcomponent* component = nullptr;
  icalcomponent* calendar = nullptr;
  std::int64_t line = 0;
  std::string uid = {};
  int sequence = 0;        ///< revisions of one event are counted up
  bool cancelled = false;  ///< by STATUS, or because its calendar is a message of cancellations; may lack times
  bool tentative = false;
  std::optional<icaltimetype> replaces = {};  ///< RECURRENCE-ID: the occurrence that it stands for...
  bool and_later = false;                ///< ...with all later ones, RANGE=THISANDFUTURE
  icaltimetype start = icaltime_null_time();
  EventLength length = {};

  [[nodiscard]] bool counts() const { return !cancelled && !tentative; }
};

/// What is told of a calendar's events, by line, UID, property and text.
class CalendarNotes {
 public:
  explicit CalendarNotes(std::string source) : source_(std::move(source)) {}
  /// \param property  at fault; null: the whole event, told by its title
  /// \param expected  what would have been understood there, as a calendar writes it
  void reject(const CalendarEvent& event, const char* reason, icalproperty* property, const std::string& expected) {
    add(rejections, event, reason, property, expected);
  }
  void mention(const CalendarEvent& event, const char* reason, icalproperty* property, const std::string& detail = {}) {
    add(repairs, event, reason, property, detail);
  }

  std::vector<RowNote> rejections;
  std::vector<RowNote> repairs;

 private:
  void add(std::vector<RowNote>& notes, const CalendarEvent& event, const char* reason, icalproperty* property,
           const std::string& detail) const;
  std::string source_;
};

/// A time at which somebody is there.
struct Occurrence {
  icaltimetype start = icaltime_null_time();
  EventLength length;
  const CalendarEvent* event = nullptr;  ///< whose title and place hold
};

/// Occurrences of an event that replaces none, by time, up to `last_day`: DTSTART, RRULE and RDATE (periods with their own
/// end), without EXRULE and EXDATE, each as the changes of its UID have it. What is not understood is noted; none are left
/// where what would be taken away is not understood.
/// \param changes  events of the same UID that replace occurrences
[[nodiscard]] std::vector<Occurrence> occurrences_of(const CalendarEvent& event,
                                                     const std::vector<const CalendarEvent*>& changes,
                                                     const CalendarClock& clock, std::int32_t last_day, CalendarNotes& notes);

}  // namespace maillage::detail
