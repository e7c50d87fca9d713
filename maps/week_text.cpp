#include "maps/week_text.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/time/minute_intervals.hpp"

namespace maillage {

Text day_name(const std::int32_t minute_of_week) {
  static const std::array<Text, 7> kDays{{{"lundi", "Monday"},
                                          {"mardi", "Tuesday"},
                                          {"mercredi", "Wednesday"},
                                          {"jeudi", "Thursday"},
                                          {"vendredi", "Friday"},
                                          {"samedi", "Saturday"},
                                          {"dimanche", "Sunday"}}};
  return kDays.at(static_cast<std::size_t>(minute_of_week / kMinutesPerDay % 7));
}

std::string clock_text(const std::int32_t minute) {
  const std::int32_t of_day = minute % kMinutesPerDay;
  return fmt::format("{:02}:{:02}", of_day / 60, of_day % 60);
}

std::string week_instant(const std::int32_t minute_of_week) {
  return fmt::format("2024-01-{:02}T{}:00", minute_of_week / kMinutesPerDay + 1, clock_text(minute_of_week));
}

}  // namespace maillage
