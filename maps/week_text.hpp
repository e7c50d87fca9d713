#pragma once

#include <cstdint>
#include <string>

#include "engine/core/text.hpp"

namespace maillage {

/// Day of a minute of the week: "lundi".
[[nodiscard]] Text day_name(std::int32_t minute_of_week);

/// Time of day: "09:30"; "24:00" is written "00:00".
[[nodiscard]] std::string clock_text(std::int32_t minute);

/// A minute of the typical week as an instant of the week of Monday 1 January 2024, in the form of ISO 8601 without zone:
/// what GIS animate. The week's end is the next Monday.
[[nodiscard]] std::string week_instant(std::int32_t minute_of_week);

}  // namespace maillage
