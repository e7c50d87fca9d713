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

void add_opening(const std::int64_t begin, const std::int64_t end, const TimeAxis& axis, const std::int64_t stay,
                 const std::int64_t travel, std::vector<MomentRange>& runs) {
  const std::int64_t step = std::int64_t{60} * axis.step_minutes;
  const std::int64_t first = floor_div(begin * 60 - travel + step - 1, step);
  const std::int64_t last_second = end * 60 - stay * 60 - travel - (stay == 0 ? 1 : 0);
  add_run(first, floor_div(last_second, step) + 1, axis, runs);
}

}  // namespace

void leave_moments(const MinuteIntervals& open, const TimeAxis& axis, const std::int32_t stay_minutes,
                   const std::int64_t travel_seconds, std::vector<MomentRange>& runs) {
  const std::size_t first_run = runs.size();
  std::size_t from = 0;
  std::size_t to = open.size();
  if (axis.is_week && !open.empty() && open.front().begin == 0 && open.back().end == axis.minutes()) {
    if (open.size() == 1) {  // never closes
      runs.push_back({0, axis.moments});
      return;
    }
    add_opening(open.back().begin, std::int64_t{axis.minutes()} + open.front().end, axis, stay_minutes, travel_seconds,
                runs);
    from = 1;
    to -= 1;
  }
  for (std::size_t k = from; k < to; ++k) {
    add_opening(open[k].begin, open[k].end, axis, stay_minutes, travel_seconds, runs);
  }
  if (axis.is_week) {
    std::sort(runs.begin() + static_cast<std::ptrdiff_t>(first_run), runs.end(),
              [](const MomentRange& a, const MomentRange& b) { return a.begin < b.begin; });
  }
}

}  // namespace maillage
