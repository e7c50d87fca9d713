#include "engine/time/time_axis.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

MinuteIntervals on_days(const std::int32_t first, const std::int32_t last, const std::int32_t from_hour,
                        const std::int32_t to_hour) {
  MinuteIntervals result;
  for (std::int32_t day = first; day <= last; ++day) {
    result.push_back({day * kMinutesPerDay + from_hour * 60, day * kMinutesPerDay + to_hour * 60});
  }
  return result;
}

}  // namespace

TimeAxis week_axis(const std::int32_t step_minutes) {
  TimeAxis axis = dated_axis(0, 7, step_minutes);
  axis.is_week = true;
  return axis;
}

TimeAxis dated_axis(const std::int32_t first_day, const std::int32_t days, const std::int32_t step_minutes) {
  if (step_minutes < 1 || kMinutesPerDay % step_minutes != 0 || days < 1 || days > 3'660) {
    throw ArgumentError("dated_axis: the step must divide a day, and there must be 1 to 3,660 days");
  }
  return {.step_minutes = step_minutes,
          .moments = days * (kMinutesPerDay / step_minutes),
          .is_week = false,
          .first_day = first_day};
}

std::vector<MomentRange> moments_of(const TimeWindow& window, const TimeAxis& axis) {
  std::vector<MomentRange> ranges;
  for (const MinuteInterval& interval : merged_intervals(window.minutes)) {
    const auto moment_from = [&](const std::int32_t minute) {
      return std::clamp((minute + axis.step_minutes - 1) / axis.step_minutes, 0, axis.moments);
    };
    const MomentRange range{moment_from(std::max(interval.begin, 0)), moment_from(std::max(interval.end, 0))};
    if (range.begin < range.end) {
      if (!ranges.empty() && ranges.back().end == range.begin) {
        ranges.back().end = range.end;
      } else {
        ranges.push_back(range);
      }
    }
  }
  return ranges;
}

std::vector<TimeWindow> usual_windows() {
  return {
      {"semaine_jour",
       {.french = "du lundi au vendredi, 8 h-18 h", .english = "Monday to Friday, 8:00-18:00"},
       on_days(0, 4, 8, 18)},
      {"mercredi_apres_midi", {.french = "mercredi, 12 h-18 h", .english = "Wednesday, 12:00-18:00"}, on_days(2, 2, 12, 18)},
      {"soir",
       {.french = "soir, 18 h-22 h, lundi à vendredi", .english = "evenings, 18:00-22:00, Monday to Friday"},
       on_days(0, 4, 18, 22)},
      {"samedi", {.french = "samedi, 8 h-20 h", .english = "Saturday, 8:00-20:00"}, on_days(5, 5, 8, 20)},
      {"dimanche", {.french = "dimanche, 8 h-20 h", .english = "Sunday, 8:00-20:00"}, on_days(6, 6, 8, 20)}};
}

}  // namespace maillage
