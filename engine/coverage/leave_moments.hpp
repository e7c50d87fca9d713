#pragma once

#include <cstdint>
#include <vector>

#include "engine/network/travel_costs.hpp"
#include "engine/time/time_axis.hpp"

namespace maillage {

/// What is known of the hours of one structure.
struct StructureHours {
  MinuteIntervals open;  ///< from the axis's first midnight; a typical week's end joins its beginning
  bool known = true;     ///< false: no timetable, `open` is empty
  /// Minutes open in a week, where no timetable but a weekly total is known; none: any number.
  std::int32_t weekly_minutes = -1;
};

/// The moments of the axis at which one may leave, travel `travel_seconds`, and find the structure open for the whole stay:
/// b <= t + travel and t + travel + stay <= e for one opening [b, e); without a stay t + travel < e. Disjoint runs,
/// ascending; those of a week that pass Sunday midnight are cut in two. Appended to `runs`. Linear in the openings.
void leave_moments(const MinuteIntervals& open, const TimeAxis& axis, std::int32_t stay_minutes, std::int64_t travel_seconds,
                   std::vector<MomentRange>& runs);

/// The same for one opening [begin, end) in minutes, which may lie beyond the axis: a week's moments wrap.
void leave_run(std::int64_t begin, std::int64_t end, const TimeAxis& axis, std::int32_t stay_minutes,
               std::int64_t travel_seconds, std::vector<MomentRange>& runs);

/// The openings of a week with what passes Sunday midnight in one piece, whose end is then past the week; ascending.
[[nodiscard]] MinuteIntervals joined_over_midnight(const MinuteIntervals& open, std::int32_t week_minutes);

/// Seconds that a cost takes: the cost itself, or none where costs are distances.
[[nodiscard]] inline std::int64_t seconds_of(const Cost cost, const CostUnit unit) {
  return unit == CostUnit::seconds ? static_cast<std::int64_t>(cost) : 0;
}

}  // namespace maillage
