#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/time/minute_intervals.hpp"

namespace maillage {

/// The moments at which one asks whether somebody is served: every `step_minutes`, from a midnight on, in local time.
struct TimeAxis {
  std::int32_t step_minutes = 15;  ///< divides a day
  std::int32_t moments = 672;      ///< whole days
  bool is_week = true;             ///< a typical week from Monday on, which starts again; else dated days
  std::int32_t first_day = 0;      ///< dated: days since 1970-01-01

  [[nodiscard]] std::int32_t minutes() const { return moments * step_minutes; }
  [[nodiscard]] std::int32_t days() const { return minutes() / kMinutesPerDay; }
  [[nodiscard]] std::int32_t moments_per_day() const { return kMinutesPerDay / step_minutes; }
  friend bool operator==(const TimeAxis&, const TimeAxis&) = default;
};

/// \throws ArgumentError unless the step divides a day
[[nodiscard]] TimeAxis week_axis(std::int32_t step_minutes);
/// \throws ArgumentError unless the step divides a day and there is a day
[[nodiscard]] TimeAxis dated_axis(std::int32_t first_day, std::int32_t days, std::int32_t step_minutes);

/// A part of the axis that has a name: Wednesday afternoon, the evening, July and August.
struct TimeWindow {
  std::string name;  ///< [a-z0-9_]+, for names of fields
  Text label;
  MinuteIntervals minutes;  ///< from the axis's first midnight
};

/// A run of moments [begin, end).
struct MomentRange {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  friend bool operator==(const MomentRange&, const MomentRange&) = default;
};

/// The moments that lie in the window, as disjoint ascending runs.
[[nodiscard]] std::vector<MomentRange> moments_of(const TimeWindow& window, const TimeAxis& axis);

/// What planners ask of a week: weekdays by day (8:00-18:00), Wednesday afternoon (12:00-18:00), evenings (18:00-22:00,
/// Monday to Friday), Saturday and Sunday (8:00-20:00).
[[nodiscard]] std::vector<TimeWindow> usual_windows();

}  // namespace maillage
