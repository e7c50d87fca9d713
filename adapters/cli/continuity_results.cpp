#include "adapters/cli/continuity_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"
#include "engine/core/number.hpp"
#include "engine/survey/select_structures.hpp"
#include "engine/time/calendar_date.hpp"
#include "engine/time/dated_moment.hpp"
#include "engine/time/parse_opening_hours.hpp"
#include "maps/field_dictionary.hpp"

namespace maillage {
namespace {

constexpr std::int32_t kSlotMinutes = 60;
constexpr std::int32_t kYearStepMinutes = 60;
constexpr std::size_t kDetailedGaps = 200;
constexpr double kMostWeeklyHours = 168;

std::vector<StructureIndex> placed_structures(const ContinuityStudy& continuity, const StudyInputs& inputs) {
  std::vector<StructureIndex> placed;
  for (const StructureIndex structure :
       select_structures(inputs.territory, inputs.structures, inputs.placements, continuity.question.filters)) {
    if (inputs.placements.of[structure].precision != PositionPrecision::none) {
      placed.push_back(structure);
    }
  }
  return placed;
}

/// Position of the carried column of weekly hours; none when none is named. \throws StudyError
std::optional<std::size_t> weekly_column(const ContinuityStudy& continuity, const StudyInputs& inputs) {
  if (continuity.weekly_hours.empty()) {
    return std::nullopt;
  }
  const auto& columns = inputs.structures.carried_columns;
  std::size_t position = 0;  // by its name in the file, or by that of its field
  while (position < columns.size() && columns[position] != continuity.weekly_hours &&
         carried_field(columns[position], position).name != continuity.weekly_hours) {
    ++position;
  }
  if (position == columns.size()) {
    throw StudyError({.french = fmt::format("[[continuity]] {} : weekly_hours « {} » n'est pas une colonne reprise (carry).",
                                            continuity.question.name, continuity.weekly_hours),
                      .english = fmt::format("[[continuity]] {}: weekly_hours '{}' is not a carried column.",
                                             continuity.question.name, continuity.weekly_hours)});
  }
  return position;
}

/// The timetables of a question's structures, as far as they are understood.
struct Timetables {
  std::vector<std::optional<OpeningHours>> of_structure;
  std::vector<std::int32_t> weekly_minutes;  ///< -1: not told
  std::int64_t filled = 0;
  std::int64_t understood = 0;
};

RowNote hours_note(const Structure& structure, const char* reason, std::string value, std::string detail) {
  return {.source = structure.source,
          .row = structure.row,
          .key = structure.key,
          .column = "opening_hours",
          .value = std::move(value),
          .reason = reason,
          .detail = std::move(detail)};
}

Timetables read_timetables(const ContinuityStudy& continuity, const std::vector<StructureIndex>& structures,
                           const StudyInputs& inputs, const Language language, std::vector<RowNote>& notes) {
  const auto weekly = weekly_column(continuity, inputs);
  Timetables result;
  for (const StructureIndex index : structures) {
    const Structure& structure = inputs.structures.structures[index];
    std::optional<OpeningHours> hours;
    std::int32_t minutes = -1;
    if (!structure.opening_hours.empty()) {
      result.filled += 1;
      HoursReading reading = read_hours(structure.opening_hours);
      result.understood += reading.hours ? 1 : 0;
      if (!reading.hours) {
        notes.push_back(hours_note(structure, "hours_not_understood", structure.opening_hours,
                                   fmt::format("« {} » : {}", reading.fragment, reading.expected.in(language))));
      }
      hours = std::move(reading.hours);
    }
    if (!hours && weekly && !structure.carried[*weekly].empty()) {
      const auto told = parse_number(structure.carried[*weekly]);
      if (told && *told >= 0 && *told <= kMostWeeklyHours) {
        minutes = static_cast<std::int32_t>(std::lround(*told * 60));
      } else {
        notes.push_back(hours_note(structure, "weekly_hours_make_no_sense", structure.carried[*weekly], "0-168"));
      }
    }
    result.of_structure.push_back(std::move(hours));
    result.weekly_minutes.push_back(minutes);
  }
  return result;
}

/// Windows are written like opening hours, and were checked when the study was read.
MinuteIntervals week_of(const std::string& hours) {
  return typical_week(parse_opening_hours(hours).hours.value_or(OpeningHours{}));
}

ContinuityDefinition week_definition(const ContinuityStudy& continuity, const TravelModel& travel,
                                     const std::vector<StructureIndex>& structures, const Timetables& timetables) {
  ContinuityDefinition definition{.name = continuity.question.name,
                                  .label = continuity.question.label,
                                  .travel = travel,
                                  .limit = continuity.question.limit,
                                  .stay_minutes = continuity.stay_minutes,
                                  .axis = week_axis(continuity.step_minutes),
                                  .windows = usual_windows(),
                                  .structures = structures,
                                  .hours = {}};
  if (definition.label.empty()) {
    definition.label = fmt::format("{} ({})", continuity.question.name, continuity.question.limit_text);
  }
  for (const WindowStudy& window : continuity.windows) {
    definition.windows.push_back({window.name, {.french = window.label, .english = window.label}, week_of(window.hours)});
  }
  for (std::size_t k = 0; k < structures.size(); ++k) {
    const auto& hours = timetables.of_structure[k];
    definition.hours.push_back({.open = hours ? typical_week(*hours) : MinuteIntervals{},
                                .known = hours.has_value(),
                                .weekly_minutes = timetables.weekly_minutes[k]});
  }
  return definition;
}

/// Holidays are asked for only where rules name them: not everywhere are they known.
DayCalendar calendar_of(const OpeningHours& hours, const std::string& code) {
  const bool named = std::ranges::any_of(hours.rules, [](const OpeningRule& rule) {
    return rule.or_public_holidays || rule.or_school_holidays || rule.only_public_holidays || rule.only_school_holidays;
  });
  return !named ? DayCalendar{} : DayCalendar{.area = holiday_area(code), .zone = school_zone(code)};
}

/// Code by which holidays are known where a structure stands in no commune.
std::string code_of_territory(const StudyInputs& inputs) {
  return inputs.territory.communes.empty() ? std::string{} : inputs.territory.communes[CommuneIndex{0}].code;
}

/// The same question over dated days, holidays and seasons included.
ContinuityDefinition dated_definition(const ContinuityDefinition& week, const Timetables& timetables,
                                      const StudyInputs& inputs, const TimeAxis& axis) {
  ContinuityDefinition definition = week;
  definition.axis = axis;
  definition.windows.clear();
  for (std::size_t k = 0; k < definition.structures.size(); ++k) {
    const CommuneIndex commune = inputs.placements.of[definition.structures[k]].commune;
    if (const auto& hours = timetables.of_structure[k]) {
      const std::string code = commune.is_none() ? code_of_territory(inputs) : inputs.territory.communes[commune].code;
      // A trip may end the day after the last.
      definition.hours[k].open = open_minutes(*hours, axis.first_day, axis.days() + 1, calendar_of(*hours, code));
    }
  }
  return definition;
}

/// The same over every hour of a year.
ContinuityDefinition year_definition(const ContinuityStudy& continuity, const ContinuityDefinition& week,
                                     const Timetables& timetables, const StudyInputs& inputs) {
  const std::int16_t year = continuity.year.value_or(0);
  const std::int32_t first = day_number({year, 1, 1});
  const std::int32_t days = day_number({static_cast<std::int16_t>(year + 1), 1, 1}) - first;
  ContinuityDefinition definition = dated_definition(week, timetables, inputs, dated_axis(first, days, kYearStepMinutes));
  for (const WindowStudy& window : continuity.year_windows) {
    const OpeningHours hours = parse_opening_hours(window.hours).hours.value_or(OpeningHours{});
    definition.windows.push_back({window.name,
                                  {.french = window.label, .english = window.label},
                                  open_minutes(hours, first, days, calendar_of(hours, code_of_territory(inputs)))});
  }
  return definition;
}

std::vector<std::uint8_t> allowed_slots(const std::string& hours, const std::int32_t slot_minutes) {
  std::vector<std::uint8_t> allowed(static_cast<std::size_t>(kMinutesPerWeek / slot_minutes));
  for (const MinuteInterval& interval : week_of(hours)) {
    for (std::int32_t slot = (interval.begin + slot_minutes - 1) / slot_minutes; (slot + 1) * slot_minutes <= interval.end;
         ++slot) {
      allowed[static_cast<std::size_t>(slot)] = 1;
    }
  }
  return allowed;
}

// What copying the states of an exact search may cost: a second or two.
constexpr std::size_t kMostSearchBytes = 4'000'000'000;
constexpr std::size_t kFewestNodes = 1'000;

/// What opening and closing each hour changes, the hours to open first and, in small cases, the best choice there is.
void find_worths(const ContinuityStudy& continuity, const ContinuityDefinition& definition, const StudyInputs& inputs,
                 ContinuityAnalysis& analysis) {
  const std::vector<std::uint8_t> allowed = allowed_slots(continuity.open_hours, kSlotMinutes);
  const auto budget = static_cast<std::size_t>(continuity.budget_hours);
  const HourWorth worth{inputs.territory, inputs.placements, definition, kSlotMinutes};
  std::vector<std::vector<SlotWorth>> worths = worth.all();
  analysis.slot_minutes = kSlotMinutes;
  analysis.structures = structure_worths(worths, definition.hours, allowed);
  analysis.worth_minutes = continuity.worth_minutes;
  if (continuity.worth_minutes > 0) {
    analysis.worth_allowed = allowed_slots(continuity.open_hours, continuity.worth_minutes);
  }
  if (continuity.worth_minutes == kSlotMinutes) {
    analysis.worths = worths;
  } else if (continuity.worth_minutes > 0) {
    analysis.worths = HourWorth{inputs.territory, inputs.placements, definition, continuity.worth_minutes}.all();
  }
  analysis.plan = worth.greedy(budget, allowed, std::move(worths));
  const std::size_t nodes = kMostSearchBytes / std::max<std::size_t>(worth.state_bytes(), 1);
  if (!analysis.plan.proven && nodes >= kFewestNodes) {
    analysis.exact = worth.exact(budget, allowed, nodes, analysis.plan);
  }
}

void note_unknown(const ContinuityDefinition& definition, const Timetables& timetables, const StudyInputs& inputs,
                  std::vector<RowNote>& notes) {
  for (std::size_t k = 0; k < definition.structures.size(); ++k) {
    const Structure& structure = inputs.structures.structures[definition.structures[k]];
    if (!definition.hours[k].known && structure.opening_hours.empty()) {
      notes.push_back(hours_note(structure, timetables.weekly_minutes[k] < 0 ? "hours_unknown" : "only_weekly_hours",
                                 structure.name, definition.name));
    } else if (timetables.of_structure[k] && has_appointments(*timetables.of_structure[k])) {
      notes.push_back(hours_note(structure, "on_appointment", structure.opening_hours, definition.name));
    }
  }
}

}  // namespace

void require_continuities(const Study& study, const StudyInputs& inputs) {
  for (const ContinuityStudy& continuity : study.continuities) {
    (void)placed_structures(continuity, inputs);
    (void)weekly_column(continuity, inputs);
  }
}

std::vector<ContinuityAnalysis> compute_continuities(const Study& study, StudyInputs& inputs, const TravelModels& travel,
                                                     Console& console) {
  std::vector<ContinuityAnalysis> analyses;
  std::vector<RowNote>& notes = inputs.quality.hours_notes;
  for (std::size_t k = 0; k < study.continuities.size(); ++k) {
    const ContinuityStudy& continuity = study.continuities[k];
    const std::vector<StructureIndex> structures = placed_structures(continuity, inputs);
    const Timetables timetables = read_timetables(continuity, structures, inputs, console.language(), notes);
    const ContinuityDefinition definition = week_definition(continuity, travel.of_continuity(k), structures, timetables);
    note_unknown(definition, timetables, inputs, notes);
    console.step({.french = fmt::format("Continuité « {} » : {} structures, {} horaires compris sur {}", definition.label,
                                        structures.size(), timetables.understood, timetables.filled),
                  .english = fmt::format("Continuity '{}': {} structures, {} timetables understood of {}", definition.label,
                                         structures.size(), timetables.understood, timetables.filled)});
    ContinuityAnalysis analysis;
    analysis.filled = timetables.filled;
    analysis.understood = timetables.understood;
    analysis.week = compute_continuity(inputs.territory, inputs.placements, definition, console.progress());
    analysis.gaps =
        space_time_gaps(inputs.territory, inputs.placements, analysis.week,
                        {.name = "lacunes", .label = {}, .minutes = week_of(continuity.gap_hours)}, kDetailedGaps);
    find_worths(continuity, definition, inputs, analysis);
    analysis.most_days_without = continuity.most_days_without;
    if (continuity.year) {
      analysis.year = compute_continuity(inputs.territory, inputs.placements,
                                         year_definition(continuity, definition, timetables, inputs), console.progress());
    }
    if (const auto at = parse_moment(continuity.at)) {
      const ContinuityDefinition dated =
          dated_definition(definition, timetables, inputs, dated_axis(at->day, kNextOpeningDays, 1));
      analysis.next = next_openings(inputs.territory, inputs.placements, dated, at->minute);
      analysis.next_first_day = at->day;
      analysis.next_from_minute = at->minute;
    }
    for (const ContinuityAnalysis& other : analyses) {
      if (other.week.definition.name == continuity.together) {
        if (other.week.definition.axis != definition.axis) {
          throw StudyError(
              {.french =
                   fmt::format("[[continuity]] {} : together demande le même step_minutes des deux côtés.", definition.name),
               .english =
                   fmt::format("[[continuity]] {}: together needs the same step_minutes on both sides.", definition.name)});
        }
        analysis.together = other.week.definition.label;
        analysis.minutes_together = minutes_of_both(other.week, analysis.week);
        analysis.most_together = most_minutes_of_both(other.week, analysis.week);
      }
    }
    analyses.push_back(std::move(analysis));
  }
  return analyses;
}

}  // namespace maillage
