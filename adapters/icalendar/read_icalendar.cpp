#include "adapters/icalendar/read_icalendar.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "adapters/file/read_file.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentHandle = std::unique_ptr<icalcomponent, FreeComponent>;
struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using IteratorHandle = std::unique_ptr<icalrecur_iterator, FreeIterator>;

constexpr int kMostTurns = 100'000;
constexpr int kSecondsPerDay = 86'400;
constexpr int kSecondsPerMinute = 60;

[[noreturn]] void refuse(const std::filesystem::path& file, const Text& reason) {
  throw InputError(Text{.french = fmt::format("{} : {}", file.string(), reason.french),
                        .english = fmt::format("{}: {}", file.string(), reason.english)});
}

std::int32_t day_of(const icaltimetype& time) {
  return day_number({static_cast<std::int16_t>(time.year), static_cast<std::int8_t>(time.month),
                     static_cast<std::int8_t>(time.day)});
}

bool is_sound(const icaltimetype& time) {
  return icaltime_is_null_time(time) == 0 && icaltime_is_valid_time(time) != 0 && time.year >= 1900 && time.year <= 2200 &&
         time.month >= 1 && time.month <= 12 && time.day >= 1 && time.day <= days_in_month(time.year, time.month);
}

/// Lines on which events begin, in the file's order.
std::vector<std::int64_t> event_lines(const std::string_view text) {
  std::vector<std::int64_t> lines;
  std::int64_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string word{text.substr(at, end - at)};
    word.erase(word.find_last_not_of(" \r") + 1);
    std::ranges::transform(word, word.begin(), [](const unsigned char c) { return static_cast<char>(std::toupper(c)); });
    line += 1;
    if (word == "BEGIN:VEVENT") {
      lines.push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

void require_whole(const std::filesystem::path& file, const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \r\n\t\xEF\xBB\xBF");
  const std::size_t last = text.find_last_not_of(" \r\n\t");
  const auto stands = [&](const std::size_t at, const std::string_view word) {
    return at != std::string::npos && at + word.size() <= text.size() &&
           std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](const char a, const char b) { return a == std::toupper(static_cast<unsigned char>(b)); });
  };
  constexpr std::string_view kEnd = "END:VCALENDAR";
  if (!stands(first, "BEGIN:VCALENDAR") || text.find('\0') != std::string::npos) {
    refuse(file, {.french = "ce n'est pas un calendrier iCalendar : il commence par BEGIN:VCALENDAR.",
                  .english = "this is no iCalendar file: one begins with BEGIN:VCALENDAR."});
  }
  if (last + 1 < kEnd.size() || !stands(last + 1 - kEnd.size(), kEnd)) {
    refuse(file, {.french = "le calendrier est coupé : END:VCALENDAR manque à la fin. Téléchargez-le de nouveau.",
                  .english = "the calendar is cut short: END:VCALENDAR is missing at the end. Download it again."});
  }
}

std::string text_of(const char* text) {
  return text == nullptr ? std::string{} : std::string{text};
}

std::string property_text(icalproperty* property) {
  char* const raw = icalproperty_as_ical_string_r(property);
  std::string text = text_of(raw);
  icalmemory_free_buffer(raw);
  std::erase_if(text, [](const char c) { return c == '\r' || c == '\n'; });
  return text;
}

/// The zone that a property names, none where it names none or one that nobody knows.
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

bool names_zone(icalproperty* property) {
  return icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER) != nullptr;
}

/// A value of the property with its zone.
icaltimetype in_its_zone(icaltimetype time, icalproperty* property, icalcomponent* calendar) {
  if (time.is_date == 0 && icaltime_is_utc(time) == 0) {
    icaltime_set_timezone(&time, zone_of(property, calendar));
  }
  return time;
}

/// The occurrence that an event of its own replaces, with the zone that its property names: the library's own question for it
/// forgets the zone. Null where the event replaces none.
icaltimetype replaced_occurrence(icalcomponent* event, icalcomponent* calendar) {
  icalproperty* const replaces = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
  return replaces == nullptr ? icaltime_null_time()
                             : in_its_zone(icalproperty_get_recurrenceid(replaces), replaces, calendar);
}

/// Seconds by which occurrences are told apart: true ones, or local ones of times without a zone.
std::int64_t instant(const icaltimetype& time) {
  return icaltime_as_timet_with_zone(time, time.zone == nullptr ? icaltimezone_get_utc_timezone() : time.zone);
}

/// All of one kind, first: the library keeps one place in a component, which any other question about it moves.
std::vector<icalproperty*> properties_of(icalcomponent* component, const icalproperty_kind kind) {
  std::vector<icalproperty*> found;
  for (icalproperty* one = icalcomponent_get_first_property(component, kind); one != nullptr;
       one = icalcomponent_get_next_property(component, kind)) {
    found.push_back(one);
  }
  return found;
}

/// One VEVENT.
struct Event {
  icalcomponent* component = nullptr;
  icalcomponent* calendar = nullptr;
  std::int64_t line = 0;
};

class EventReader {
 public:
  EventReader(const std::filesystem::path& file, const CalendarOptions& options)
      : source_(file.filename().string()),
        options_(options),
        zone_(icaltimezone_get_builtin_timezone(options.time_zone.c_str())) {
    if (zone_ == nullptr) {
      refuse(file, {.french = fmt::format("fuseau « {} » inconnu ; par exemple time_zone = \"Indian/Reunion\".",
                                          options.time_zone),
                    .english = fmt::format("unknown time zone '{}'; e.g. time_zone = \"Indian/Reunion\".",
                                           options.time_zone)});
    }
    result_.value.source = source_;
    result_.value.format = kCalendarFormat;
    result_.value.encoding = "UTF-8";
    result_.value.columns = {"nom",     "lieu",      "type",      "adresse",   "code_postal",
                             "commune", "latitude", "longitude", kEventBegin, kEventEnd};
    result_.value.cells = TextCells{result_.value.columns.size()};
  }

  Reading<FeatureTable> read(const std::vector<Event>& events) {
    for (const Event& event : events) {
      const icaltimetype changed = replaced_occurrence(event.component, event.calendar);
      if (icaltime_is_null_time(changed) == 0) {
        changed_[text_of(icalcomponent_get_uid(event.component))].insert(instant(changed));
      }
    }
    if (options_.last_day < options_.first_day) {
      span_of(events);
    }
    for (const Event& event : events) {
      read_event(event);
    }
    return std::move(result_);
  }

 private:
  void span_of(const std::vector<Event>& events) {
    constexpr std::int32_t kYear = 366;
    bool found = false;
    for (const Event& event : events) {
      const icaltimetype start = icalcomponent_get_dtstart(event.component);
      if (is_sound(start)) {
        const std::int32_t day = day_of(start);
        options_.first_day = found ? std::min(options_.first_day, day) : day;
        options_.last_day = found ? std::max(options_.last_day, day + kYear) : day + kYear;
        found = true;
      }
    }
  }

  void note(std::vector<RowNote>& notes, const Event& event, const char* reason, icalproperty* property) {
    notes.push_back({.source = source_,
                     .row = event.line,
                     .key = text_of(icalcomponent_get_uid(event.component)),
                     .column = property == nullptr ? std::string{} : text_of(icalproperty_get_property_name(property)),
                     .value = property == nullptr ? text_of(icalcomponent_get_summary(event.component))
                                                  : property_text(property),
                     .reason = reason,
                     .detail = {}});
  }

  void read_event(const Event& event) {
    const auto property = [&](const icalproperty_kind kind) {
      return icalcomponent_get_first_property(event.component, kind);
    };
    for (icalproperty* const wrong : properties_of(event.component, ICAL_XLICERROR_PROPERTY)) {
      note(result_.repairs, event, "property_not_understood", wrong);
    }
    const icalproperty_status status = icalcomponent_get_status(event.component);
    if (status == ICAL_STATUS_CANCELLED || status == ICAL_STATUS_TENTATIVE) {
      note(result_.repairs, event, status == ICAL_STATUS_CANCELLED ? "event_cancelled" : "event_tentative", nullptr);
      return;
    }
    icalproperty* const begins = property(ICAL_DTSTART_PROPERTY);
    icaltimetype start = begins == nullptr ? icaltime_null_time()
                                           : in_its_zone(icalproperty_get_dtstart(begins), begins, event.calendar);
    if (!is_sound(start) || (start.is_date == 0 && names_zone(begins) && start.zone == nullptr)) {
      note(result_.rejections, event, "event_not_understood", begins);
      return;
    }
    const int seconds = length_of(event, start);
    if (seconds <= 0) {
      note(result_.rejections, event, "event_without_end", property(ICAL_DTEND_PROPERTY));
      return;
    }
    if (start.is_date != 0) {
      note(result_.repairs, event, "event_whole_day", begins);
    }
    std::map<std::int64_t, icaltimetype> occurrences{{instant(start), start}};
    if (icaltime_is_null_time(replaced_occurrence(event.component, event.calendar)) != 0) {
      add_recurrences(event, start, occurrences);
      take_exceptions(event, occurrences);
    }
    for (const auto& [moment, occurrence] : occurrences) {
      add_row(event, occurrence, seconds);
    }
  }

  /// Seconds from DTSTART to DTEND, or DURATION; a date alone lasts a day.
  int length_of(const Event& event, const icaltimetype& start) {
    if (icalproperty* const ends = icalcomponent_get_first_property(event.component, ICAL_DTEND_PROPERTY)) {
      const icaltimetype end = in_its_zone(icalproperty_get_dtend(ends), ends, event.calendar);
      const std::int64_t length = is_sound(end) && end.is_date == start.is_date ? instant(end) - instant(start) : 0;
      return static_cast<int>(std::clamp<std::int64_t>(length, 0, std::int64_t{366} * kSecondsPerDay));
    }
    if (icalcomponent_get_first_property(event.component, ICAL_DURATION_PROPERTY) != nullptr) {
      return icaldurationtype_as_int(icalcomponent_get_duration(event.component));
    }
    return start.is_date != 0 ? kSecondsPerDay : 0;
  }

  void add_recurrences(const Event& event, const icaltimetype& start, std::map<std::int64_t, icaltimetype>& occurrences) {
    icalcomponent* const component = event.component;
    for (icalproperty* const rule : properties_of(component, ICAL_RRULE_PROPERTY)) {
      const icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
      // Hours and less: nobody comes so often, and libical seeks for ever where no day can match.
      const bool by_day = recurrence.freq == ICAL_DAILY_RECURRENCE || recurrence.freq == ICAL_WEEKLY_RECURRENCE ||
                          recurrence.freq == ICAL_MONTHLY_RECURRENCE || recurrence.freq == ICAL_YEARLY_RECURRENCE;
      const IteratorHandle iterator{by_day ? icalrecur_iterator_new(recurrence, start) : nullptr};
      int turns = 0;
      bool ended = false;
      while (iterator && !ended && turns < kMostTurns) {
        const icaltimetype next = icalrecur_iterator_next(iterator.get());
        turns += 1;
        ended = !is_sound(next) || day_of(next) > options_.last_day + 1;
        if (!ended) {
          occurrences.emplace(instant(next), next);
        }
      }
      if (!ended) {
        note(result_.rejections, event, "recurrence_not_understood", rule);
      }
    }
    for (icalproperty* const more : properties_of(component, ICAL_RDATE_PROPERTY)) {
      const icaldatetimeperiodtype value = icalproperty_get_rdate(more);
      const icaltimetype time =
          in_its_zone(icaltime_is_null_time(value.time) != 0 ? value.period.start : value.time, more, event.calendar);
      if (is_sound(time)) {
        occurrences.emplace(instant(time), time);
      } else {
        note(result_.rejections, event, "recurrence_not_understood", more);
      }
    }
  }

  /// Takes away EXDATE and the occurrences that events of their own replace.
  void take_exceptions(const Event& event, std::map<std::int64_t, icaltimetype>& occurrences) {
    for (icalproperty* const except : properties_of(event.component, ICAL_EXDATE_PROPERTY)) {
      const icaltimetype time = in_its_zone(icalproperty_get_exdate(except), except, event.calendar);
      if (!is_sound(time)) {
        note(result_.rejections, event, "recurrence_not_understood", except);
        continue;
      }
      std::erase_if(occurrences, [&](const auto& one) {
        return time.is_date != 0 ? day_of(one.second) == day_of(time) : one.first == instant(time);
      });
    }
    const auto changed = changed_.find(text_of(icalcomponent_get_uid(event.component)));
    if (changed != changed_.end()) {
      std::erase_if(occurrences, [&](const auto& one) { return changed->second.contains(one.first); });
    }
  }

  /// The occurrence in the places' local time.
  [[nodiscard]] std::pair<icaltimetype, icaltimetype> local_times(const icaltimetype& begin, const int seconds) const {
    icaltimetype end = begin;
    if (begin.zone == nullptr) {
      icaltime_adjust(&end, 0, 0, 0, seconds);
      return {begin, end};
    }
    end = icaltime_convert_to_zone(begin, icaltimezone_get_utc_timezone());
    icaltime_adjust(&end, 0, 0, 0, seconds);
    return {icaltime_convert_to_zone(begin, zone_), icaltime_convert_to_zone(end, zone_)};
  }

  void add_row(const Event& event, const icaltimetype& occurrence, const int seconds) {
    const auto date = [](const icaltimetype& time) {
      return fmt::format("{:04}-{:02}-{:02}", time.year, time.month, time.day);
    };
    std::string begin;
    std::string end;
    std::int32_t first = 0;
    if (occurrence.is_date != 0) {
      first = day_of(occurrence);
      begin = date(occurrence);
      end = format_date(date_of_day(first + std::max(1, seconds / kSecondsPerDay) - 1));
    } else {
      auto [from, to] = local_times(occurrence, seconds);
      icaltime_adjust(&to, 0, 0, 0, kSecondsPerMinute / 2);  // to the nearest minute, over the hour where need be
      first = day_of(from);
      begin = fmt::format("{} {:02}:{:02}", date(from), from.hour, from.minute);
      end = fmt::format("{} {:02}:{:02}", date(to), to.hour, to.minute);
    }
    if (first > options_.last_day || first + seconds / kSecondsPerDay + 1 < options_.first_day) {
      return;
    }
    const std::string place = text_of(icalcomponent_get_location(event.component));
    const std::size_t postcode = find_postcode(place);
    const std::string code = postcode == std::string::npos ? "" : place.substr(postcode, 5);
    std::string commune = postcode == std::string::npos ? "" : place.substr(postcode + 5);
    commune = commune.substr(0, commune.find(','));
    commune.erase(0, std::min(commune.find_first_not_of(' '), commune.size()));
    icalproperty* const category = icalcomponent_get_first_property(event.component, ICAL_CATEGORIES_PROPERTY);
    icalproperty* const geo = icalcomponent_get_first_property(event.component, ICAL_GEO_PROPERTY);
    TextCells& cells = result_.value.cells;
    cells.add(text_of(icalcomponent_get_summary(event.component)));
    cells.add(place);
    cells.add(category == nullptr ? std::string{} : text_of(icalproperty_get_categories(category)));
    cells.add(place);
    cells.add(code);
    cells.add(commune);
    cells.add(geo == nullptr ? std::string{} : fmt::format("{}", icalproperty_get_geo(geo).lat));
    cells.add(geo == nullptr ? std::string{} : fmt::format("{}", icalproperty_get_geo(geo).lon));
    cells.add(begin);
    cells.add(end);
    result_.value.row_numbers.push_back(event.line);
    result_.rows_in += 1;
  }

  /// Five digits that stand alone.
  static std::size_t find_postcode(const std::string& place) {
    std::size_t run = 0;
    for (std::size_t at = 0; at <= place.size(); ++at) {
      if (at < place.size() && place[at] >= '0' && place[at] <= '9') {
        run += 1;
        continue;
      }
      if (run == 5) {
        return at - run;
      }
      run = 0;
    }
    return std::string::npos;
  }

  std::string source_;
  CalendarOptions options_;
  icaltimezone* zone_;
  std::map<std::string, std::set<std::int64_t>> changed_;  // per UID: occurrences that have an event of their own
  Reading<FeatureTable> result_;
};

void collect_events(icalcomponent* calendar, const std::vector<std::int64_t>& lines, std::vector<Event>& events) {
  for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != nullptr;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    const std::size_t position = events.size();
    events.push_back(
        {.component = event, .calendar = calendar, .line = position < lines.size() ? lines[position] : 0});
  }
}

}  // namespace

Reading<FeatureTable> read_icalendar(const std::filesystem::path& file, const CalendarOptions& options) {
  const std::string text = read_whole_file(file);
  require_whole(file, text);
  icalerror_set_errors_are_fatal(0);
  const ComponentHandle root{icalparser_parse_string(text.c_str())};
  if (!root) {
    refuse(file, {.french = "le calendrier ne peut être lu ; exportez-le de nouveau au format iCalendar (RFC 5545).",
                  .english = "the calendar cannot be read; export it again as iCalendar (RFC 5545)."});
  }
  const std::vector<std::int64_t> lines = event_lines(text);
  std::vector<Event> events;
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
    collect_events(root.get(), lines, events);
  }
  for (icalcomponent* calendar = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT); calendar != nullptr;
       calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
    collect_events(calendar, lines, events);
  }
  return EventReader{file, options}.read(events);
}

}  // namespace maillage
