#include "engine/time/minute_intervals.hpp"

#include <algorithm>

namespace maillage {

MinuteIntervals merged_intervals(const std::span<const MinuteInterval> intervals) {
  MinuteIntervals sorted(intervals.begin(), intervals.end());
  std::erase_if(sorted, [](const MinuteInterval& interval) { return interval.end <= interval.begin; });
  std::sort(sorted.begin(), sorted.end(),
            [](const MinuteInterval& a, const MinuteInterval& b) { return a.begin < b.begin; });
  MinuteIntervals result;
  for (const MinuteInterval& interval : sorted) {
    if (!result.empty() && interval.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, interval.end);
    } else {
      result.push_back(interval);
    }
  }
  return result;
}

MinuteIntervals united(const std::span<const MinuteInterval> a, const std::span<const MinuteInterval> b) {
  MinuteIntervals both(a.begin(), a.end());
  both.insert(both.end(), b.begin(), b.end());
  return merged_intervals(both);
}

MinuteIntervals without(const std::span<const MinuteInterval> a, const std::span<const MinuteInterval> b) {
  MinuteIntervals result;
  std::size_t next = 0;
  for (MinuteInterval left : a) {
    while (next < b.size() && b[next].end <= left.begin) ++next;
    for (std::size_t i = next; i < b.size() && b[i].begin < left.end; ++i) {
      if (b[i].begin > left.begin) result.push_back({left.begin, b[i].begin});
      left.begin = std::max(left.begin, b[i].end);
    }
    if (left.begin < left.end) result.push_back(left);
  }
  return result;
}

MinuteIntervals common(const std::span<const MinuteInterval> a, const std::span<const MinuteInterval> b) {
  MinuteIntervals result;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::int32_t begin = std::max(a[i].begin, b[j].begin);
    const std::int32_t end = std::min(a[i].end, b[j].end);
    if (begin < end) result.push_back({begin, end});
    (a[i].end < b[j].end ? i : j) += 1;
  }
  return result;
}

std::int64_t total_minutes(const std::span<const MinuteInterval> intervals) {
  std::int64_t total = 0;
  for (const MinuteInterval& interval : intervals) total += interval.end - interval.begin;
  return total;
}

}  // namespace maillage
