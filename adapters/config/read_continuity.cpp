#include "adapters/config/read_continuity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/config/study_parts.hpp"
#include "engine/time/parse_opening_hours.hpp"
#include "engine/time/dated_moment.hpp"
#include "engine/time/time_axis.hpp"

namespace maillage {
namespace {

constexpr std::int32_t kMostStayMinutes = 12 * 60;
constexpr std::int32_t kMostBudget = 1'000;

OpeningHours hours_of(const KeyReader& reader, const std::string& key, const std::string& text) {
  HoursReading reading = parse_opening_hours(text);
  if (!reading.hours) {
    reader.fail(
        key,
        {.french = fmt::format("« {} » : {} est attendu, par exemple \"Mo-Fr 18:00-22:00\".", text, reading.expected.french),
         .english = fmt::format("'{}': {} is expected, e.g. \"Mo-Fr 18:00-22:00\".", text, reading.expected.english)});
  }
  return std::move(*reading.hours);
}

/// A stretch of the week in the syntax of opening hours.
void require_week(const KeyReader& reader, const std::string& key, const std::string& text) {
  if (typical_week(hours_of(reader, key, text)).empty()) {
    reader.fail(key, {.french = fmt::format("« {} » : aucun moment de la semaine.", text),
                      .english = fmt::format("'{}': no moment of the week.", text)});
  }
}

std::int32_t integer_in(KeyReader& reader, const std::string& key, const std::int32_t otherwise, const std::int32_t least,
                        const std::int32_t most) {
  const std::int64_t value = reader.integer(key).value_or(otherwise);
  if (value < least || value > most) {
    reader.fail(key, {.french = fmt::format("un nombre entier de {} à {} est attendu.", least, most),
                      .english = fmt::format("an integer from {} to {} is expected.", least, most)});
  }
  return static_cast<std::int32_t>(value);
}

std::vector<WindowStudy> read_windows(KeyReader& reader, const std::string& key, const bool of_week,
                                      std::set<std::string>& names) {
  std::vector<WindowStudy> windows;
  for (KeyReader& table : reader.tables(key)) {
    WindowStudy window{.name = table.text("name").value_or(""), .label = {}, .hours = table.text("hours").value_or("")};
    if (!is_identifier(window.name) || !names.insert(window.name).second) {
      table.fail("name", {.french = "un nom court qui ne sert pas deux fois est attendu : il nomme une colonne.",
                          .english = "a short name used once is expected: it names a column."});
    }
    window.label = table.text("label").value_or(window.name);
    const OpeningHours hours = hours_of(table, "hours", window.hours);
    if (of_week && typical_week(hours).empty()) {
      table.fail("hours",
                 {.french = "aucun moment d'une semaine ordinaire ; les dates vont dans [[continuity.year_window]].",
                  .english = "no moment of an ordinary week; dates go into [[continuity.year_window]]."});
    }
    table.refuse_unknown_keys();
    windows.push_back(std::move(window));
  }
  return windows;
}

ContinuityStudy read_continuity(KeyReader& reader, const TravelStudy& travel) {
  ContinuityStudy continuity;
  continuity.question = read_question(reader, travel);
  continuity.stay_minutes = integer_in(reader, "stay_minutes", 0, 0, kMostStayMinutes);
  continuity.step_minutes = integer_in(reader, "step_minutes", continuity.step_minutes, 1, 60);
  if (60 % continuity.step_minutes != 0) {
    reader.fail("step_minutes", {.french = "un diviseur de 60 est attendu : 5, 10, 15, 30, 60.",
                                 .english = "a divisor of 60 is expected: 5, 10, 15, 30, 60."});
  }
  continuity.weekly_hours = reader.text("weekly_hours").value_or("");
  std::set<std::string> names;
  for (const TimeWindow& window : usual_windows()) {
    names.insert(window.name);
  }
  continuity.windows = read_windows(reader, "window", true, names);
  continuity.year_windows = read_windows(reader, "year_window", false, names);
  continuity.gap_hours = reader.text("gap_hours").value_or(continuity.gap_hours);
  require_week(reader, "gap_hours", continuity.gap_hours);
  continuity.open_hours = reader.text("open_hours").value_or(continuity.open_hours);
  require_week(reader, "open_hours", continuity.open_hours);
  continuity.budget_hours = integer_in(reader, "budget_hours", continuity.budget_hours, 0, kMostBudget);
  continuity.worth_minutes = integer_in(reader, "worth_minutes", 0, 0, 60);
  if (continuity.worth_minutes != 0 && (60 % continuity.worth_minutes != 0 ||
                                        continuity.worth_minutes % continuity.step_minutes != 0)) {
    reader.fail("worth_minutes",
                {.french = "un diviseur de 60 qui soit un multiple de step_minutes est attendu : 15, 30 ou 60.",
                 .english = "a divisor of 60 that is a multiple of step_minutes is expected: 15, 30 or 60."});
  }
  continuity.at = reader.text("at").value_or("");
  if (!continuity.at.empty() && !parse_moment(continuity.at)) {
    reader.fail("at", {.french = fmt::format("« {} » n'est pas un moment ; écrivez \"2026-03-14 17:30\".", continuity.at),
                       .english = fmt::format("'{}' is not a moment; write \"2026-03-14 17:30\".", continuity.at)});
  }
  continuity.together = reader.text("together").value_or("");
  if (reader.has("year")) {
    continuity.year = static_cast<std::int16_t>(integer_in(reader, "year", 0, 1900, 2200));
  } else if (!continuity.year_windows.empty()) {
    reader.fail("year_window", {.french = "ces fenêtres demandent une année : year = 2026.",
                                .english = "these windows need a year: year = 2026."});
  }
  continuity.most_days_without = integer_in(reader, "most_days_without", continuity.most_days_without, 0, 366);
  reader.refuse_unknown_keys();
  return continuity;
}

}  // namespace

void read_continuities(KeyReader& top, const TravelStudy& travel, Study& study) {
  std::set<std::string> names;
  for (KeyReader& reader : top.tables("continuity")) {
    ContinuityStudy continuity = read_continuity(reader, travel);
    const bool unknown = !continuity.together.empty() && !names.contains(continuity.together);
    if (unknown || !names.insert(continuity.question.name).second) {
      reader.fail(
          unknown ? "together" : "name",
          {.french = unknown ? fmt::format("« {} » n'est pas une [[continuity]] écrite plus haut.", continuity.together)
                             : fmt::format("le nom « {} » est déjà pris.", continuity.question.name),
           .english = unknown ? fmt::format("'{}' is not a [[continuity]] written above.", continuity.together)
                              : fmt::format("the name '{}' is taken.", continuity.question.name)});
    }
    study.continuities.push_back(std::move(continuity));
  }
}

}  // namespace maillage
