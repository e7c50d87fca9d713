#include "engine/structures/dated_presences.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <vector>

namespace maillage {
namespace {

constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(const int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// "09:30"; the day's end is "24:00".
std::string clock(const std::int32_t minute) {
  return two_digits(minute / 60) + ":" + two_digits(minute % 60);
}

/// A day, and minutes since its midnight where the text has them.
struct Moment {
  std::optional<std::int32_t> day;
  std::optional<std::int32_t> minute;
};

/// Takes digits off the front; nothing when there are not as many as wanted.
std::optional<int> take_number(std::string_view& text, const std::size_t least, const std::size_t most) {
  std::size_t digits = 0;
  while (digits < std::min(most, text.size()) && text[digits] >= '0' && text[digits] <= '9') {
    ++digits;
  }
  if (digits < least) {
    return std::nullopt;
  }
  int value = 0;
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, const std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// "2026-03-14" or "14/03/2026", off the front.
std::optional<std::int32_t> take_day(std::string_view& text) {
  const bool year_first = text.size() > 4 && (text[4] == '-' || text[4] == '/');
  const std::string_view part = year_first ? "-/" : "/.-";
  std::array<int, 3> numbers{};
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const bool is_year = k == (year_first ? 0U : 2U);
    const auto number = take_number(text, is_year ? 4 : 1, is_year ? 4 : 2);
    if (!number || (k < 2 && !take(text, part))) {
      return std::nullopt;
    }
    numbers.at(k) = *number;
  }
  const int year = year_first ? numbers[0] : numbers[2];
  const int day = year_first ? numbers[2] : numbers[0];
  if (year < 1900 || year > 2200 || numbers[1] < 1 || numbers[1] > 12 || day < 1 || day > days_in_month(year, numbers[1])) {
    return std::nullopt;
  }
  return day_number({static_cast<std::int16_t>(year), static_cast<std::int8_t>(numbers[1]), static_cast<std::int8_t>(day)});
}

/// "17:30", "17:30:00", "17h30", "17h".
std::optional<std::int32_t> whole_time(std::string_view text) {
  const auto hours = take_number(text, 1, 2);
  if (!hours || !take(text, ":hH")) {
    return std::nullopt;
  }
  const auto minutes = text.empty() ? std::optional{0} : take_number(text, 2, 2);
  if (!minutes || (!text.empty() && (!take(text, ":") || !take_number(text, 2, 2) || !text.empty()))) {
    return std::nullopt;
  }
  const int total = *hours * 60 + *minutes;
  return *minutes < 60 && total <= kMinutesPerDay ? std::optional{total} : std::nullopt;
}

/// Nothing for a text that is neither.
std::optional<Moment> read_moment(const std::string_view cell) {
  std::string_view text = without_blanks(cell);
  Moment moment;
  if (const auto time = whole_time(text)) {
    moment.minute = time;
    return moment;
  }
  moment.day = take_day(text);
  if (!moment.day) {
    return std::nullopt;
  }
  if (!text.empty()) {
    if (!take(text, " T")) {
      return std::nullopt;
    }
    moment.minute = whole_time(without_blanks(text));
    if (!moment.minute) {
      return std::nullopt;
    }
  }
  return moment;
}

/// The presence of one row, or why there is none.
struct PresenceReading {
  std::optional<DatedOpening> presence;
  const char* reason = nullptr;
  std::string expected = {};  ///< forms that would have been understood
  bool at_end = false;        ///< the end's cell is at fault
};

constexpr const char* kExpectedBegin = "2026-03-14 17:30 | 2026-03-14T17:30 | 14/03/2026 17h30 | 2026-03-14";
constexpr const char* kExpectedEnd = "2026-03-14 19:00 | 14/03/2026 19h | 2026-03-14 | 19:00";

PresenceReading read_presence(const std::string_view begin_cell, const std::string_view end_cell,
                              const std::int32_t most_days) {
  const auto begin = read_moment(begin_cell);
  if (!begin || !begin->day) {
    return {.presence = {}, .reason = "presence_not_understood", .expected = kExpectedBegin};
  }
  // A day alone lasts to its end, a time alone is on the day of the begin.
  const auto end = end_cell.empty() && !begin->minute ? begin : read_moment(end_cell);
  if (!end) {
    return {.presence = {}, .reason = "presence_not_understood", .expected = kExpectedEnd, .at_end = true};
  }
  const std::int32_t days = end->day.value_or(*begin->day) - *begin->day;
  if (days > most_days) {
    return {.presence = {}, .reason = "presence_too_long", .expected = "<= " + std::to_string(most_days), .at_end = true};
  }
  const std::int32_t first = begin->minute.value_or(0);
  const std::int32_t last = days * kMinutesPerDay + end->minute.value_or(kMinutesPerDay);
  if (last <= first) {
    return {.presence = {}, .reason = "presence_ends_first", .expected = "> " + std::string{begin_cell}, .at_end = true};
  }
  return {.presence = DatedOpening{.day = *begin->day, .minutes = {first, last}}};
}

std::size_t column_of(const FeatureTable& table, const std::string& name) {
  if (const auto column = table.find_column(name)) {
    return *column;
  }
  std::string there;
  for (const std::string& column : table.columns) {
    there += (there.empty() ? "" : ", ") + column;
  }
  throw StudyError({.french = table.source + " : presences nomme la colonne « " + name + " », qui n'y est pas ; colonnes : " +
                              there + ".",
                    .english = table.source + ": presences names the column '" + name + "', which is not there; columns: " +
                               there + "."});
}

/// One place: the row that first told of it, and when somebody is there.
struct Place {
  std::size_t row = 0;
  std::vector<DatedOpening> presences;
};

FeatureTable table_of(const FeatureTable& table, const std::vector<std::size_t>& kept, const std::vector<Place>& places) {
  FeatureTable result{.source = table.source,
                      .format = table.format,
                      .encoding = table.encoding,
                      .delimiter = table.delimiter,
                      .crs = table.crs,
                      .columns = {},
                      .cells = TextCells{kept.size() + 1},
                      .row_numbers = {},
                      .geometry = table.geometry,
                      .points = {},
                      .areas = {},
                      .lines = {}};
  for (const std::size_t column : kept) {
    result.columns.push_back(table.columns[column]);
  }
  result.columns.emplace_back(kPresenceHours);
  for (const Place& place : places) {
    for (const std::size_t column : kept) {
      result.cells.add(table.cells.at(place.row, column));
    }
    result.cells.add(dated_hours_text(place.presences));
    result.row_numbers.push_back(table.row_numbers[place.row]);
    if (table.geometry == FeatureTable::Geometry::points) {
      result.points.push_back(table.points[place.row]);
    }
  }
  return result;
}

}  // namespace

std::string dated_hours_text(const std::span<const DatedOpening> openings) {
  std::map<std::int32_t, std::vector<MinuteInterval>> by_day;
  for (const DatedOpening& opening : openings) {
    for (std::int32_t begin = opening.minutes.begin; begin < opening.minutes.end;) {
      const std::int32_t day = begin / kMinutesPerDay;
      const std::int32_t end = std::min(opening.minutes.end, (day + 1) * kMinutesPerDay);
      by_day[opening.day + day].push_back({begin - day * kMinutesPerDay, end - day * kMinutesPerDay});
      begin = end;
    }
  }
  std::string text;
  for (const auto& [day, intervals] : by_day) {
    const CalendarDate date = date_of_day(day);
    text += (text.empty() ? "" : "; ") + std::to_string(date.year) + " " +
            kMonths.at(static_cast<std::size_t>(date.month - 1)) + " " + two_digits(date.day);
    char before = ' ';
    for (const MinuteInterval& interval : merged_intervals(intervals)) {
      text += before + clock(interval.begin) + "-" + clock(interval.end);
      before = ',';
    }
  }
  return text;
}

Reading<FeatureTable> places_of_presences(const FeatureTable& table, const PresenceColumns& columns) {
  const std::size_t begin = column_of(table, columns.begin);
  const std::size_t end = column_of(table, columns.end);
  std::vector<std::size_t> kept;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (column != begin && column != end) {
      kept.push_back(column);
    }
  }
  Reading<FeatureTable> result;
  std::vector<Place> places;
  std::map<std::pair<std::vector<std::string_view>, std::pair<double, double>>, std::size_t> place_of;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const PresenceReading read = read_presence(table.cells.at(row, begin), table.cells.at(row, end), columns.most_days);
    if (!read.presence) {
      const std::size_t column = read.at_end ? end : begin;
      result.rejections.push_back({.source = table.source,
                                   .row = table.row_numbers[row],
                                   .key = {},
                                   .column = table.columns[column],
                                   .value = std::string{table.cells.at(row, column)},
                                   .reason = read.reason,
                                   .detail = read.expected});
      continue;
    }
    std::pair<std::vector<std::string_view>, std::pair<double, double>> same;
    for (const std::size_t column : kept) {
      same.first.push_back(table.cells.at(row, column));
    }
    if (table.geometry == FeatureTable::Geometry::points && table.points[row]) {
      same.second = {table.points[row]->x, table.points[row]->y};
    }
    const auto [found, is_new] = place_of.try_emplace(std::move(same), places.size());
    if (is_new) {
      places.push_back({.row = row, .presences = {}});
    }
    places[found->second].presences.push_back(*read.presence);
    result.rows_in += 1;
  }
  result.value = table_of(table, kept, places);
  return result;
}

}  // namespace maillage
