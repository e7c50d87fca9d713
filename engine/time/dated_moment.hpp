#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace maillage {

/// A minute of local time on a day.
struct DatedMoment {
  std::int32_t day = 0;     ///< day number, see calendar_date.hpp
  std::int32_t minute = 0;  ///< of the day
};

/// "2026-03-14 17:30" or "2026-03-14T17:30". Nothing for another form or a moment that does not exist.
[[nodiscard]] std::optional<DatedMoment> parse_moment(std::string_view text);

/// How far ahead the next opening is looked for.
inline constexpr std::int32_t kNextOpeningDays = 90;

}  // namespace maillage
