#include "adapters/icalendar/read_icalendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <string_view>
#include <tuple>
#include <vector>

#include "adapters/file/read_file.hpp"
#include "adapters/file/text_encoding.hpp"
#include "adapters/icalendar/occurrences.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {
namespace {

using detail::CalendarClock;
using detail::CalendarEvent;
using detail::CalendarNotes;
using detail::day_of;
using detail::Occurrence;
using detail::properties_of;
using detail::property_of;
using detail::text_of;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentHandle = std::unique_ptr<icalcomponent, FreeComponent>;

constexpr int kSecondsPerMinute = 60;
constexpr std::int32_t kYear = 366;
constexpr std::int32_t kLongDays = 31;  ///< what lasts longer is cut to the days asked
constexpr const char* kExpectedStart =
    "DTSTART;TZID=Europe/Paris:20260314T140000 | DTSTART:20260314T130000Z | DTSTART;VALUE=DATE:20260314";

[[noreturn]] void refuse(const std::filesystem::path& file, const Text& reason) {
  throw InputError(Text{.french = fmt::format("{} : {}", file.string(), reason.french),
                        .english = fmt::format("{}: {}", file.string(), reason.english)});
}

/// Lines on which components begin, by kind, in the file's order.
std::map<std::string, std::vector<std::int64_t>> component_lines(const std::string_view text) {
  constexpr std::string_view kBegin = "BEGIN:";
  std::map<std::string, std::vector<std::int64_t>> lines;
  std::int64_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string word{text.substr(at, end - at)};
    word.erase(word.find_last_not_of(" \r") + 1);
    std::ranges::transform(word, word.begin(), [](const unsigned char c) { return static_cast<char>(std::toupper(c)); });
    line += 1;
    if (word.starts_with(kBegin)) {
      lines[word.substr(kBegin.size())].push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

void require_whole(const std::filesystem::path& file, const std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \r\n\t");
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

/// Five digits that stand alone.
std::size_t find_postcode(const std::string& place) {
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

std::string date_text(const icaltimetype& time) {
  return fmt::format("{:04}-{:02}-{:02}", time.year, time.month, time.day);
}

/// Property that libical's message of an error is about, where a wrong answer would come from passing it over.
bool is_about_exceptions(const std::string& message) {
  constexpr std::array<std::string_view, 4> kNames{"EXDATE", "EXRULE", "RECURRENCE-ID", "STATUS"};
  return std::ranges::any_of(kNames, [&](const std::string_view name) { return message.find(name) != std::string::npos; });
}

class EventReader {
 public:
  EventReader(const std::filesystem::path& file, const CalendarOptions& options, icaltimezone* zone)
      : options_(options), clock_(zone), notes_(file.filename().string()) {
    FeatureTable& table = result_.value;
    table.source = file.filename().string();
    table.format = kCalendarFormat;
    table.columns = {"nom",     "lieu",     "type",      "adresse",   "code_postal",
                     "commune", "latitude", "longitude", kEventBegin, kEventEnd};
    table.cells = TextCells{table.columns.size()};
  }

  /// \param lines  on which components of the file begin
  void collect(icalcomponent* calendar, const std::map<std::string, std::vector<std::int64_t>>& lines) {
    const auto line_of = [&lines](const std::string& kind, const std::size_t position) {
      const auto found = lines.find(kind);
      return found != lines.end() && position < found->second.size() ? found->second[position] : 0;
    };
    for (icalcomponent* one = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); one != nullptr;
         one = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
      const icalcomponent_kind kind = icalcomponent_isa(one);
      if (kind == ICAL_VTIMEZONE_COMPONENT || kind == ICAL_VCALENDAR_COMPONENT) {
        continue;
      }
      const std::string name = text_of(icalcomponent_kind_to_string(kind));
      CalendarEvent event{.component = one,
                          .calendar = calendar,
                          .line = line_of(name, seen_[name]++),
                          .uid = text_of(icalcomponent_get_uid(one))};
      if (kind == ICAL_VEVENT_COMPONENT) {
        found_.push_back(event);
      } else {
        notes_.mention(event, "component_not_read", nullptr, name);
      }
    }
  }

  [[nodiscard]] std::size_t found() const { return found_.size(); }

  Reading<FeatureTable> read(const DecodedText& text) {
    result_.value.encoding = text.encoding;
    for (const std::int64_t line : text.mended_lines) {
      notes_.mention({.line = line}, "invalid_utf8", nullptr);
    }
    for (CalendarEvent& event : found_) {
      if (understand(event)) {
        events_.push_back(event);
      }
    }
    leave_out_superseded();
    if (options_.last_day < options_.first_day) {
      span_of_events();
    }
    std::map<std::string, std::vector<const CalendarEvent*>> changes;
    std::map<std::string, bool> has_series;
    for (const CalendarEvent& event : events_) {
      if (event.replaces) {
        changes[event.uid].push_back(&event);
      } else {
        has_series[event.uid] = true;
      }
    }
    for (const CalendarEvent& event : events_) {
      if (event.and_later && !has_series.contains(event.uid)) {
        notes_.reject(event, "change_without_event", property_of(event.component, ICAL_RECURRENCEID_PROPERTY), "RRULE");
      }
      add_rows(event, changes[event.uid]);
    }
    result_.rejections = std::move(notes_.rejections);
    result_.repairs = std::move(notes_.repairs);
    return std::move(result_);
  }

 private:
  /// Fills in what the event says; false, and a note, where it is not understood.
  bool understand(CalendarEvent& event) {
    icalcomponent* const component = event.component;
    for (icalproperty* const wrong : properties_of(component, ICAL_XLICERROR_PROPERTY)) {
      if (is_about_exceptions(detail::property_text(wrong))) {
        notes_.reject(event, "event_not_understood", wrong, "RFC 5545");
        return false;
      }
      notes_.mention(event, "property_not_understood", wrong, "RFC 5545");
    }
    if (!understand_state(event)) {
      return false;
    }
    if (icalproperty* const replaces = property_of(component, ICAL_RECURRENCEID_PROPERTY)) {
      event.replaces = clock_.read(icalproperty_get_recurrenceid(replaces), replaces, event.calendar);
      icalparameter* const range = icalproperty_get_first_parameter(replaces, ICAL_RANGE_PARAMETER);
      event.and_later = range != nullptr && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
      if (!event.replaces || (range != nullptr && !event.and_later)) {
        notes_.reject(event, "event_not_understood", replaces,
                      "RECURRENCE-ID:20260314T140000 | RECURRENCE-ID;RANGE=THISANDFUTURE:20260314T140000");
        return false;
      }
    }
    return event.cancelled || understand_times(event);
  }

  /// What the message of the calendar and STATUS say.
  bool understand_state(CalendarEvent& event) {
    icalproperty* const method = property_of(event.calendar, ICAL_METHOD_PROPERTY);
    const icalproperty_method sent = method == nullptr ? ICAL_METHOD_PUBLISH : icalproperty_get_method(method);
    icalproperty* const status = property_of(event.component, ICAL_STATUS_PROPERTY);
    const icalproperty_status state = status == nullptr ? ICAL_STATUS_CONFIRMED : icalproperty_get_status(status);
    if (sent != ICAL_METHOD_PUBLISH && sent != ICAL_METHOD_REQUEST && sent != ICAL_METHOD_ADD && sent != ICAL_METHOD_CANCEL) {
      notes_.reject(event, "event_not_published", method, "METHOD:PUBLISH | REQUEST | ADD | CANCEL");
      return false;
    }
    if (state == ICAL_STATUS_X || state == ICAL_STATUS_NONE) {
      notes_.reject(event, "event_not_understood", status, "STATUS:CONFIRMED | TENTATIVE | CANCELLED");
      return false;
    }
    event.sequence = icalcomponent_get_sequence(event.component);
    event.cancelled = sent == ICAL_METHOD_CANCEL || state == ICAL_STATUS_CANCELLED;
    event.tentative = !event.cancelled && state == ICAL_STATUS_TENTATIVE;
    if (!event.counts()) {
      notes_.mention(event, event.cancelled ? "event_cancelled" : "event_tentative",
                     sent == ICAL_METHOD_CANCEL ? method : status, text_of(icalcomponent_get_summary(event.component)));
    }
    return true;
  }

  bool understand_times(CalendarEvent& event) {
    icalproperty* const begins = property_of(event.component, ICAL_DTSTART_PROPERTY);
    const auto start =
        begins == nullptr ? std::nullopt : clock_.read(icalproperty_get_dtstart(begins), begins, event.calendar);
    if (!start) {
      notes_.reject(event, "event_not_understood", begins, kExpectedStart);
      return false;
    }
    const auto length = clock_.length(event.component, event.calendar, *start);
    if (!length) {
      icalproperty* const ends = property_of(event.component, ICAL_DTEND_PROPERTY);
      notes_.reject(event, "event_without_end",
                    ends == nullptr ? property_of(event.component, ICAL_DURATION_PROPERTY) : ends,
                    start->is_date != 0 ? "DTEND;VALUE=DATE > DTSTART | DURATION:P1D" : "DTEND > DTSTART | DURATION:PT3H");
      return false;
    }
    event.start = *start;
    event.length = *length;
    if (start->is_date != 0 && !event.tentative) {
      notes_.mention(event, "event_whole_day", begins);
    }
    return true;
  }

  /// Of one UID: a later revision stands for an earlier one, and an event that is cancelled takes all of it away.
  void leave_out_superseded() {
    std::map<std::string, std::vector<const CalendarEvent*>> of_uid;
    for (const CalendarEvent& event : events_) {
      of_uid[event.uid].push_back(&event);
    }
    const auto is_superseded = [&of_uid](const CalendarEvent& event) {
      return !event.uid.empty() && std::ranges::any_of(of_uid[event.uid], [&event](const CalendarEvent* other) {
        const bool same = other->replaces.has_value() == event.replaces.has_value() &&
                          (!event.replaces || detail::instant(*other->replaces) == detail::instant(*event.replaces));
        const bool takes_all = other->cancelled && !other->replaces && !event.cancelled && other->sequence >= event.sequence;
        return takes_all || (same && other->sequence > event.sequence);
      });
    };
    std::vector<CalendarEvent> kept;
    for (const CalendarEvent& event : events_) {
      if (is_superseded(event)) {
        notes_.mention(event, "event_superseded", property_of(event.component, ICAL_SEQUENCE_PROPERTY),
                       text_of(icalcomponent_get_summary(event.component)));
      } else {
        kept.push_back(event);
      }
    }
    events_ = std::move(kept);
  }

  void span_of_events() {
    bool found = false;
    for (const CalendarEvent& event : events_) {
      if (event.counts()) {
        const std::int32_t day = day_of(event.start);
        options_.first_day = found ? std::min(options_.first_day, day) : day;
        options_.last_day = found ? std::max(options_.last_day, day + kYear) : day + kYear;
        found = true;
      }
    }
  }

  void add_rows(const CalendarEvent& event, const std::vector<const CalendarEvent*>& changes) {
    if (!event.counts()) {
      return;
    }
    if (!event.replaces) {
      for (const Occurrence& occurrence :
           detail::occurrences_of(event, changes, clock_, options_.last_day, notes_)) {
        add_row(occurrence);
      }
      return;
    }
    for (const icalproperty_kind kind : {ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY}) {
      for (icalproperty* const rule : properties_of(event.component, kind)) {
        notes_.reject(event, "recurrence_not_understood", rule, "RECURRENCE-ID;RANGE=THISANDFUTURE");
      }
    }
    add_row({.start = event.start, .length = event.length, .event = &event});
  }

  void add_row(const Occurrence& occurrence) {
    icaltimetype from = clock_.local(occurrence.start);
    icaltimetype to = clock_.local_end(occurrence.start, occurrence.length);
    const bool whole_days = from.is_date != 0;
    if (!whole_days) {
      icaltime_adjust(&to, 0, 0, 0, kSecondsPerMinute / 2);  // to the nearest minute, over the hour where need be
      icaltime_adjust(&from, 0, 0, 0, -from.second);
    }
    if (day_of(from) > options_.last_day || day_of(to) < options_.first_day) {
      return;
    }
    if (day_of(to) - day_of(from) > kLongDays) {
      clip(*occurrence.event, from, to);
    }
    std::string begin = date_text(from);
    std::string end = whole_days ? format_date(date_of_day(day_of(to) - 1)) : date_text(to);
    if (!whole_days) {
      begin += fmt::format(" {:02}:{:02}", from.hour, from.minute);
      end += fmt::format(" {:02}:{:02}", to.hour, to.minute);
    }
    add_cells(*occurrence.event, begin, end);
  }

  /// A long event within the days asked, and one on either side: trips may begin or end there.
  void clip(const CalendarEvent& event, icaltimetype& from, icaltimetype& to) {
    const std::string whole = date_text(from) + " > " + date_text(to);
    const auto midnight = [](icaltimetype time, const std::int32_t day) {
      const CalendarDate date = date_of_day(day);
      time.year = date.year;
      time.month = date.month;
      time.day = date.day;
      time.hour = time.minute = time.second = 0;
      return time;
    };
    if (day_of(from) < options_.first_day - 1) {
      from = midnight(from, options_.first_day - 1);
    }
    if (day_of(to) > options_.last_day + 2) {
      to = midnight(to, options_.last_day + 2);
    }
    const std::string kept = date_text(from) + " > " + date_text(to);
    if (kept != whole) {
      notes_.mention(event, "event_clipped", property_of(event.component, ICAL_DTEND_PROPERTY), whole + " -> " + kept);
    }
  }

  void add_cells(const CalendarEvent& event, const std::string& begin, const std::string& end) {
    const std::string place = text_of(icalcomponent_get_location(event.component));
    const std::size_t postcode = find_postcode(place);
    const std::string code = postcode == std::string::npos ? "" : place.substr(postcode, 5);
    std::string commune = postcode == std::string::npos ? "" : place.substr(postcode + 5);
    commune = commune.substr(0, commune.find(','));
    commune.erase(0, std::min(commune.find_first_not_of(' '), commune.size()));
    icalproperty* const category = property_of(event.component, ICAL_CATEGORIES_PROPERTY);
    icalproperty* const geo = property_of(event.component, ICAL_GEO_PROPERTY);
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

  CalendarOptions options_;
  CalendarClock clock_;
  CalendarNotes notes_;
  std::map<std::string, std::size_t> seen_;  // components of each kind so far
  std::vector<CalendarEvent> found_;
  std::vector<CalendarEvent> events_;  // those that are understood
  Reading<FeatureTable> result_;
};

icaltimezone* zone_of_places(const std::filesystem::path& file, const std::string& name) {
  icaltimezone* const zone = icaltimezone_get_builtin_timezone(name.c_str());
  if (zone == nullptr) {
    refuse(file, {.french = fmt::format("fuseau « {} » inconnu ; par exemple time_zone = \"Indian/Reunion\".", name),
                  .english = fmt::format("unknown time zone '{}'; e.g. time_zone = \"Indian/Reunion\".", name)});
  }
  return zone;
}

}  // namespace

Reading<FeatureTable> read_icalendar(const std::filesystem::path& file, const CalendarOptions& options) {
  const std::string bytes = read_whole_file(file);
  const DecodedText decoded = decode_text(bytes, options.encoding, file.string());
  const std::string text{decoded.utf8(bytes)};
  require_whole(file, text);
  icalerror_set_errors_are_fatal(0);
  const ComponentHandle root{icalparser_parse_string(text.c_str())};
  if (!root) {
    refuse(file, {.french = "le calendrier ne peut être lu ; exportez-le de nouveau au format iCalendar (RFC 5545).",
                  .english = "the calendar cannot be read; export it again as iCalendar (RFC 5545)."});
  }
  const auto lines = component_lines(text);
  EventReader reader{file, options, zone_of_places(file, options.time_zone)};
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
    reader.collect(root.get(), lines);
  }
  for (icalcomponent* calendar = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT); calendar != nullptr;
       calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
    reader.collect(calendar, lines);
  }
  const auto events = lines.find("VEVENT");
  const std::size_t begun = events == lines.end() ? 0 : events->second.size();
  if (begun != reader.found()) {
    refuse(file, {.french = fmt::format("{} événements commencent (BEGIN:VEVENT), {} peuvent être lus : il en est que rien ne "
                                        "ferme, ou qui sont l'un dans l'autre. Exportez le calendrier de nouveau.",
                                        begun, reader.found()),
                  .english = fmt::format("{} events begin (BEGIN:VEVENT), {} can be read: some are never closed, or lie in one "
                                         "another. Export the calendar again.",
                                         begun, reader.found())});
  }
  return reader.read(decoded);
}

}  // namespace maillage
