#pragma once

#include <random>
#include <vector>

#include "engine/coverage/continuity.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage::test {

/// A question of continuity over structures of a test: as the crow flies at 60 km/h (a metre costs 0.06 s) when the limit is
/// in seconds.
[[nodiscard]] inline ContinuityDefinition open_at(const PlacedStructures& structures, std::vector<MinuteIntervals> hours,
                                                  const TravelModel& travel, const Cost limit, const TimeAxis& axis,
                                                  const std::int32_t stay = 0) {
  ContinuityDefinition definition{.name = "test",
                                  .label = "Test",
                                  .travel = travel,
                                  .limit = limit,
                                  .stay_minutes = stay,
                                  .axis = axis,
                                  .windows = usual_windows(),
                                  .structures = {},
                                  .hours = {}};
  for (const StructureIndex structure : structures.placed.of.indices()) {
    definition.structures.push_back(structure);
    definition.hours.push_back({.open = std::move(hours[structure.value()])});
  }
  return definition;
}

/// A timetable of a week: a few openings anywhere, some past Sunday midnight, now and then always or never open.
[[nodiscard]] inline MinuteIntervals random_week(std::mt19937& random) {
  const auto any = [&](const int from, const int to) { return std::uniform_int_distribution<int>{from, to}(random); };
  const int kind = any(0, 19);
  if (kind < 2) {
    return kind == 0 ? MinuteIntervals{{0, kMinutesPerWeek}} : MinuteIntervals{};
  }
  std::vector<MinuteInterval> intervals;
  for (int k = any(1, 8); k > 0; --k) {
    const std::int32_t begin = any(0, kMinutesPerWeek - 1);
    const std::int32_t end = begin + any(1, 600);
    intervals.push_back({begin, std::min(end, kMinutesPerWeek)});
    if (end > kMinutesPerWeek) {
      intervals.push_back({0, end - kMinutesPerWeek});
    }
  }
  return merged_intervals(intervals);
}

/// Structures anywhere over a drawn territory of that many cells of a kilometre.
[[nodiscard]] inline PlacedStructures random_structures(const Territory& territory, const int count, const double width_m,
                                                        std::mt19937& random) {
  PlacedStructures structures;
  std::uniform_real_distribution<double> anywhere{0, width_m};
  for (int k = 0; k < count; ++k) {
    structures.add(CommuneIndex{static_cast<std::size_t>(k) % territory.communes.size()},
                   {anywhere(random), anywhere(random)});
  }
  return structures;
}

/// Minute by minute: may one leave at that second, arrive, and stay? The slow way, for comparison.
[[nodiscard]] inline bool serves(const MinuteIntervals& open, const std::int64_t leave_second, const std::int64_t travel,
                                 const std::int32_t stay_minutes) {
  const std::int64_t arrival = leave_second + travel;
  const std::int64_t last = stay_minutes == 0 ? arrival : arrival + std::int64_t{stay_minutes} * 60 - 1;
  for (std::int64_t minute = arrival / 60; minute <= last / 60; ++minute) {
    const std::int64_t in_week = minute % kMinutesPerWeek;
    bool is_open = false;
    for (const MinuteInterval& opening : open) {
      is_open = is_open || (opening.begin <= in_week && in_week < opening.end);
    }
    if (!is_open) {
      return false;
    }
  }
  return true;
}

}  // namespace maillage::test
