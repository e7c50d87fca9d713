#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// Zones of the ministry's calendar of school holidays.
enum class SchoolZone { a, b, c };

/// Zone of a commune or departement by its code. Nothing where the zones do not hold: Corsica and overseas have calendars of
/// their own.
[[nodiscard]] std::optional<SchoolZone> school_zone(std::string_view code);

/// Days [first, last] without school, as day numbers.
struct SchoolHoliday {
  std::int32_t first = 0;
  std::int32_t last = 0;
  Text name;
};

/// Holidays of a zone by day, as published by the ministry: from the day after the last classes (a Saturday, mostly) to the
/// eve of the return. Ascension's bridge runs from Thursday to Sunday.
[[nodiscard]] std::vector<SchoolHoliday> school_holidays(SchoolZone zone);

/// Which years school_holidays() knows and from where: a line for reports.
[[nodiscard]] Text school_calendar_vintage();

/// True on a day of school holidays. InputError for a day outside the school years known, 2022-2023 to 2026-2027 (2022-09-01
/// to 2027-08-31): it is never guessed.
[[nodiscard]] bool is_school_holiday(std::int32_t day, SchoolZone zone);

}  // namespace maillage
