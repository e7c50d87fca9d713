#include "adapters/cli/continuity_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"
#include "engine/core/number.hpp"
#include "engine/survey/select_structures.hpp"
#include "engine/time/calendar_date.hpp"
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

DayCalendar calendar_of(const std::string& code) {
  return {.area = holiday_area(code), .zone = school_zone(code)};
}

/// The same question over every hour of a year, holidays and seasons included.
ContinuityDefinition year_definition(const ContinuityStudy& continuity, const ContinuityDefinition& week,
                                     const Timetables& timetables, const StudyInputs& inputs) {
  const std::int16_t year = continuity.year.value_or(0);
  const std::int32_t first = day_number({year, 1, 1});
  const std::int32_t days = day_number({static_cast<std::int16_t>(year + 1), 1, 1}) - first;
  ContinuityDefinition definition = week;
  definition.axis = dated_axis(first, days, kYearStepMinutes);
  definition.windows.clear();
  const std::string& of_territory =
      inputs.territory.communes.empty() ? std::string{} : inputs.territory.communes[CommuneIndex{0}].code;
  for (const WindowStudy& window : continuity.year_windows) {
    const OpeningHours hours = parse_opening_hours(window.hours).hours.value_or(OpeningHours{});
    definition.windows.push_back({window.name,
                                  {.french = window.label, .english = window.label},
                                  open_minutes(hours, first, days, calendar_of(of_territory))});
  }
  for (std::size_t k = 0; k < definition.structures.size(); ++k) {
    const CommuneIndex commune = inputs.placements.of[definition.structures[k]].commune;
    if (timetables.of_structure[k]) {
      const std::string& code = commune.is_none() ? of_territory : inputs.territory.communes[commune].code;
      // A trip may end the day after the last.
      definition.hours[k].open = open_minutes(*timetables.of_structure[k], first, days + 1, calendar_of(code));
    }
  }
  return definition;
}

std::vector<std::uint8_t> allowed_slots(const std::string& hours) {
  std::vector<std::uint8_t> allowed(static_cast<std::size_t>(kMinutesPerWeek / kSlotMinutes));
  for (const MinuteInterval& interval : week_of(hours)) {
    for (std::int32_t slot = (interval.begin + kSlotMinutes - 1) / kSlotMinutes; (slot + 1) * kSlotMinutes <= interval.end;
         ++slot) {
      allowed[static_cast<std::size_t>(slot)] = 1;
    }
  }
  return allowed;
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
    const std::vector<std::uint8_t> allowed = allowed_slots(continuity.open_hours);
    const HourWorth worth{inputs.territory, inputs.placements, definition, kSlotMinutes};
    analysis.slot_minutes = kSlotMinutes;
    analysis.structures = structure_worths(worth, definition.hours, allowed);
    analysis.plan = worth.greedy(static_cast<std::size_t>(continuity.budget_hours), allowed);
    analysis.most_days_without = continuity.most_days_without;
    if (continuity.year) {
      analysis.year = compute_continuity(inputs.territory, inputs.placements,
                                         year_definition(continuity, definition, timetables, inputs), console.progress());
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
      }
    }
    analyses.push_back(std::move(analysis));
  }
  return analyses;
}

}  // namespace maillage
