#include "engine/coverage/leave_moments.hpp"

#include <algorithm>

namespace maillage {
namespace {

std::int64_t floor_div(const std::int64_t a, const std::int64_t b) {
  return a >= 0 ? a / b : -((b - 1 - a) / b);
}

// [begin, end) of moments, any integers; in a week they wrap.
void add_run(const std::int64_t begin, const std::int64_t end, const TimeAxis& axis, std::vector<MomentRange>& runs) {
  if (begin >= end) {
    return;
  }
  const auto push = [&](const std::int64_t from, const std::int64_t to) {
    if (from < to) {
      runs.push_back({static_cast<std::int32_t>(from), static_cast<std::int32_t>(to)});
    }
  };
  if (!axis.is_week) {
    push(std::max<std::int64_t>(begin, 0), std::min<std::int64_t>(end, axis.moments));
    return;
  }
  if (end - begin >= axis.moments) {
    push(0, axis.moments);
    return;
  }
  const std::int64_t shift = floor_div(begin, axis.moments) * axis.moments;
  push(begin - shift, std::min<std::int64_t>(end - shift, axis.moments));
  push(0, end - shift - axis.moments);
}

}  // namespace

void leave_run(const std::int64_t begin, const std::int64_t end, const TimeAxis& axis, const std::int32_t stay_minutes,
               const std::int64_t travel_seconds, std::vector<MomentRange>& runs) {
  const std::int64_t step = std::int64_t{60} * axis.step_minutes;
  const std::int64_t first = floor_div(begin * 60 - travel_seconds + step - 1, step);
  const std::int64_t last_second = (end - stay_minutes) * 60 - travel_seconds - (stay_minutes == 0 ? 1 : 0);
  add_run(first, floor_div(last_second, step) + 1, axis, runs);
}

MinuteIntervals joined_over_midnight(const MinuteIntervals& open, const std::int32_t week_minutes) {
  if (open.size() < 2 || open.front().begin != 0 || open.back().end != week_minutes) {
    return open;
  }
  MinuteIntervals joined(open.begin() + 1, open.end());
  joined.back().end += open.front().end;
  return joined;
}

void leave_moments(const MinuteIntervals& open, const TimeAxis& axis, const std::int32_t stay_minutes,
                   const std::int64_t travel_seconds, std::vector<MomentRange>& runs) {
  if (!axis.is_week) {
    for (const MinuteInterval& opening : open) {
      leave_run(opening.begin, opening.end, axis, stay_minutes, travel_seconds, runs);
    }
    return;
  }
  if (open.size() == 1 && open.front().begin == 0 && open.front().end == axis.minutes()) {  // never closes
    runs.push_back({0, axis.moments});
    return;
  }
  const std::size_t first_run = runs.size();
  const std::int32_t passes = open.size() > 1 && open.front().begin == 0 && open.back().end == axis.minutes() ? 1 : 0;
  for (std::size_t k = static_cast<std::size_t>(passes); k < open.size(); ++k) {
    const std::int32_t more = k + 1 == open.size() ? passes * open.front().end : 0;
    leave_run(open[k].begin, std::int64_t{open[k].end} + more, axis, stay_minutes, travel_seconds, runs);
  }
  std::sort(runs.begin() + static_cast<std::ptrdiff_t>(first_run), runs.end(),
            [](const MomentRange& a, const MomentRange& b) { return a.begin < b.begin; });
}

}  // namespace maillage
