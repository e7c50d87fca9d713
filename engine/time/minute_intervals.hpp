#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

inline constexpr std::int32_t kMinutesPerDay = 1'440;
inline constexpr std::int32_t kMinutesPerWeek = 10'080;

/// Minutes [begin, end) of local time, counted from a midnight that the holder of the interval states.
struct MinuteInterval {
  std::int32_t begin = 0;
  std::int32_t end = 0;

  friend bool operator==(const MinuteInterval&, const MinuteInterval&) = default;
};

/// Sorted intervals that neither overlap nor touch nor are empty.
using MinuteIntervals = std::vector<MinuteInterval>;

/// Any intervals sorted and merged; those without length are left out. n log n.
[[nodiscard]] MinuteIntervals merged_intervals(std::span<const MinuteInterval> intervals);

/// Minutes in either. Linear.
[[nodiscard]] MinuteIntervals united(std::span<const MinuteInterval> a, std::span<const MinuteInterval> b);

/// Minutes of `a` that are not in `b`. Linear.
[[nodiscard]] MinuteIntervals without(std::span<const MinuteInterval> a, std::span<const MinuteInterval> b);

/// Minutes in both. Linear.
[[nodiscard]] MinuteIntervals common(std::span<const MinuteInterval> a, std::span<const MinuteInterval> b);

/// Sum of lengths, minutes.
[[nodiscard]] std::int64_t total_minutes(std::span<const MinuteInterval> intervals);

}  // namespace maillage
