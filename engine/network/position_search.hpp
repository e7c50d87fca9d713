#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/core/progress.hpp"
#include "engine/network/catchment_sweep.hpp"
#include "engine/network/road_travel.hpp"
#include "engine/network/service_area.hpp"

namespace maillage {

/// Costs of all positions from the nearest of some places (forward), or from positions to the nearest of them (backward).
/// \param cutoff  what costs more may count as not reached.  Cost: one Dijkstra search; O(states + moves) memory.
[[nodiscard]] PositionCosts road_position_costs(const RoadModel& model, std::span<const Snap> places, Direction direction,
                                                std::uint32_t cutoff = kNoPath - 1);

/// The same from each of many places, or to each: for service areas of one place at a time.
class PositionSearch {
 public:
  /// \param model  viewed.  Cost: O(arcs)
  PositionSearch(const RoadModel& model, Direction direction, std::uint32_t cutoff);

  using Visit = std::function<void(std::size_t place, const PositionCosts& costs)>;
  /// Calls `visit` once per place with what road_position_costs gives for it alone: neighbours together, on all threads.
  /// Cost: a sweep per 32 places, which share the work where they lie close; memory of a CatchmentSweep for each thread, and
  /// about 256 MiB, or that of one place where it needs more.
  void each(std::span<const Snap> places, const Visit& visit, const Progress& progress = {}) const;

 private:
  [[nodiscard]] std::vector<PositionCosts> costs_of(std::span<const Snap> places) const;

  const RoadModel& model_;
  Direction direction_;
  std::uint32_t cutoff_;
  StateArcs arcs_;
  CatchmentSweep::DownwardArcs downward_;
};

}  // namespace maillage
