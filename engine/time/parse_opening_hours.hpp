#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/text.hpp"
#include "engine/time/opening_hours.hpp"

namespace maillage {

/// Opening hours, or what was not understood. A text is understood whole or not at all.
struct HoursReading {
  std::optional<OpeningHours> hours;
  Text expected;         ///< what would have been understood; empty when `hours` is there
  std::string fragment;  ///< where the text stops being understood, at most 40 bytes
};

/// The opening_hours grammar of OpenStreetMap as French data use it (schema.data.gouv.fr "lieux de médiation numérique"):
/// weekdays "Mo-Fr", "Mo[1,-1]", dates "Dec 24-Jan 2", "2024 Dec 24", months, years, ISO weeks, PH, SH, "24/7", times
/// "09:00-12:00, 14:00-18:30" or "9h-12h30", off, closed, unknown, comments, and the separators ";", "," and "||". Letter
/// case does not count; French names of days and months are understood. A span that ends when it begins lasts until the next
/// day, as the reference evaluator has it. Not understood: sunrise and sunset, open ends ("18:00+"), offsets in days,
/// Easter. Specification: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Cost: linear in the text.
[[nodiscard]] HoursReading parse_opening_hours(std::string_view text);

/// One cell for each weekday from Monday, as France Services publishes them: "09:00 - 12:00 / 13:30 - 17:00", "9h à 12h30",
/// "Fermé" or nothing, "sur rendez-vous" (not open). Fewer than seven cells leave the last days closed. Here a span that
/// ends when it begins ("00:00 - 00:00") is an unfilled field and says nothing.
[[nodiscard]] HoursReading parse_weekday_hours(std::span<const std::string> seven_cells);

/// Either form, recognised by the text: "lundi 09:00 - 12:00 / 13:30 - 17:00 ; mardi ..." (day columns joined into one text;
/// "h_lundi:" too), otherwise the grammar of OpenStreetMap.
[[nodiscard]] HoursReading read_hours(std::string_view text);

}  // namespace maillage
