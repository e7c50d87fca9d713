#include "engine/time/school_holidays.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/error.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {

namespace {

enum Break : std::uint8_t { kAutumn, kChristmas, kWinter, kSpring, kAscension, kSummer };
enum Zones : std::uint8_t { kZoneA = 1, kZoneB = 2, kZoneC = 4, kAll = 7 };

struct Row {
  Zones zones;
  Break name;
  CalendarDate first;
  CalendarDate last;
};

constexpr CalendarDate kFirstKnown{2022, 9, 1};
constexpr CalendarDate kLastKnown{2027, 8, 31};

/// Orders of the minister of education of 7 December 2022 (school years 2023-2024 to 2025-2026) and 22 October 2025
/// (2026-2027); 2022-2023 as in the ministry's open data "fr-en-calendrier-scolaire".
constexpr std::array<Row, 50> kRows{{
    {kAll, kAutumn, {2022, 10, 22}, {2022, 11, 6}},   {kAll, kChristmas, {2022, 12, 17}, {2023, 1, 2}},
    {kZoneA, kWinter, {2023, 2, 4}, {2023, 2, 19}},   {kZoneB, kWinter, {2023, 2, 11}, {2023, 2, 26}},
    {kZoneC, kWinter, {2023, 2, 18}, {2023, 3, 5}},   {kZoneA, kSpring, {2023, 4, 8}, {2023, 4, 23}},
    {kZoneB, kSpring, {2023, 4, 15}, {2023, 5, 1}},   {kZoneC, kSpring, {2023, 4, 22}, {2023, 5, 8}},
    {kAll, kAscension, {2023, 5, 18}, {2023, 5, 21}}, {kAll, kSummer, {2023, 7, 8}, {2023, 9, 3}},
    {kAll, kAutumn, {2023, 10, 21}, {2023, 11, 5}},   {kAll, kChristmas, {2023, 12, 23}, {2024, 1, 7}},
    {kZoneC, kWinter, {2024, 2, 10}, {2024, 2, 25}},  {kZoneA, kWinter, {2024, 2, 17}, {2024, 3, 3}},
    {kZoneB, kWinter, {2024, 2, 24}, {2024, 3, 10}},  {kZoneC, kSpring, {2024, 4, 6}, {2024, 4, 21}},
    {kZoneA, kSpring, {2024, 4, 13}, {2024, 4, 28}},  {kZoneB, kSpring, {2024, 4, 20}, {2024, 5, 5}},
    {kAll, kAscension, {2024, 5, 9}, {2024, 5, 12}},  {kAll, kSummer, {2024, 7, 6}, {2024, 9, 1}},
    {kAll, kAutumn, {2024, 10, 19}, {2024, 11, 3}},   {kAll, kChristmas, {2024, 12, 21}, {2025, 1, 5}},
    {kZoneB, kWinter, {2025, 2, 8}, {2025, 2, 23}},   {kZoneC, kWinter, {2025, 2, 15}, {2025, 3, 2}},
    {kZoneA, kWinter, {2025, 2, 22}, {2025, 3, 9}},   {kZoneB, kSpring, {2025, 4, 5}, {2025, 4, 21}},
    {kZoneC, kSpring, {2025, 4, 12}, {2025, 4, 27}},  {kZoneA, kSpring, {2025, 4, 19}, {2025, 5, 4}},
    {kAll, kAscension, {2025, 5, 29}, {2025, 6, 1}},  {kAll, kSummer, {2025, 7, 5}, {2025, 8, 31}},
    {kAll, kAutumn, {2025, 10, 18}, {2025, 11, 2}},   {kAll, kChristmas, {2025, 12, 20}, {2026, 1, 4}},
    {kZoneA, kWinter, {2026, 2, 7}, {2026, 2, 22}},   {kZoneB, kWinter, {2026, 2, 14}, {2026, 3, 1}},
    {kZoneC, kWinter, {2026, 2, 21}, {2026, 3, 8}},   {kZoneA, kSpring, {2026, 4, 4}, {2026, 4, 19}},
    {kZoneB, kSpring, {2026, 4, 11}, {2026, 4, 26}},  {kZoneC, kSpring, {2026, 4, 18}, {2026, 5, 3}},
    {kAll, kAscension, {2026, 5, 14}, {2026, 5, 17}}, {kAll, kSummer, {2026, 7, 4}, {2026, 8, 31}},
    {kAll, kAutumn, {2026, 10, 17}, {2026, 11, 1}},   {kAll, kChristmas, {2026, 12, 19}, {2027, 1, 3}},
    {kZoneC, kWinter, {2027, 2, 6}, {2027, 2, 21}},   {kZoneA, kWinter, {2027, 2, 13}, {2027, 2, 28}},
    {kZoneB, kWinter, {2027, 2, 20}, {2027, 3, 7}},   {kZoneC, kSpring, {2027, 4, 3}, {2027, 4, 18}},
    {kZoneA, kSpring, {2027, 4, 10}, {2027, 4, 25}},  {kZoneB, kSpring, {2027, 4, 17}, {2027, 5, 2}},
    {kAll, kAscension, {2027, 5, 6}, {2027, 5, 9}},   {kAll, kSummer, {2027, 7, 3}, {2027, 8, 31}},
}};

Text name_of(const Break name) {
  switch (name) {
    case kAutumn:
      return {.french = "Vacances de la Toussaint", .english = "Autumn holidays"};
    case kChristmas:
      return {.french = "Vacances de Noël", .english = "Christmas holidays"};
    case kWinter:
      return {.french = "Vacances d'hiver", .english = "Winter holidays"};
    case kSpring:
      return {.french = "Vacances de printemps", .english = "Spring holidays"};
    case kAscension:
      return {.french = "Pont de l'Ascension", .english = "Ascension bridge"};
    case kSummer:
      break;
  }
  return {.french = "Vacances d'été", .english = "Summer holidays"};
}

bool holds_in(const Row& row, const SchoolZone zone) {
  return (row.zones >> static_cast<unsigned>(zone) & 1U) != 0;
}

}  // namespace

std::optional<SchoolZone> school_zone(const std::string_view code) {
  constexpr std::array<std::string_view, 32> kDepartementsA{"01", "03", "07", "15", "16", "17", "19", "21", "23", "24", "25",
                                                            "26", "33", "38", "39", "40", "42", "43", "47", "58", "63", "64",
                                                            "69", "70", "71", "73", "74", "79", "86", "87", "89", "90"};
  constexpr std::array<std::string_view, 21> kDepartementsC{"09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66",
                                                            "75", "77", "78", "81", "82", "91", "92", "93", "94", "95"};
  const std::string_view departement = code.substr(0, 2);
  const bool digits = departement.size() == 2 &&
                      std::all_of(departement.begin(), departement.end(), [](const char c) { return c >= '0' && c <= '9'; });
  if (!digits || departement < "01" || departement > "95" || departement == "20") {
    return std::nullopt;
  }
  if (std::find(kDepartementsA.begin(), kDepartementsA.end(), departement) != kDepartementsA.end()) {
    return SchoolZone::a;
  }
  return std::find(kDepartementsC.begin(), kDepartementsC.end(), departement) != kDepartementsC.end() ? SchoolZone::c
                                                                                                      : SchoolZone::b;
}

std::vector<SchoolHoliday> school_holidays(const SchoolZone zone) {
  std::vector<SchoolHoliday> holidays;
  for (const Row& row : kRows) {
    if (holds_in(row, zone)) {
      holidays.push_back({.first = day_number(row.first), .last = day_number(row.last), .name = name_of(row.name)});
    }
  }
  return holidays;
}

Text school_calendar_vintage() {
  return {
      .french = "Calendrier scolaire du ministère de l'Éducation nationale, années 2022-2023 à 2026-2027, zones A, B et C",
      .english = "School calendar of the French ministry of education, 2022-2023 to 2026-2027, zones A, B and C"};
}

bool is_school_holiday(const std::int32_t day, const SchoolZone zone) {
  const CalendarDate date = date_of_day(day);
  if (date < kFirstKnown || date > kLastKnown) {
    const std::string text = format_date(date);
    throw InputError(
        {.french =
             "Vacances scolaires au " + text +
             " : les années scolaires connues vont de 2022-2023 à 2026-2027 (du 2022-09-01 au 2027-08-31) ; choisissez "
             "une période qui y tient, ou des horaires sans règle de vacances scolaires (SH).",
         .english = "School holidays on " + text +
                    ": the school years known are 2022-2023 to 2026-2027 (2022-09-01 to 2027-08-31); choose a period within "
                    "them, or opening hours without rules for school holidays (SH)."});
  }
  return std::any_of(kRows.begin(), kRows.end(),
                     [&](const Row& row) { return holds_in(row, zone) && row.first <= date && date <= row.last; });
}

}  // namespace maillage
