#pragma once

#include <cstdint>
#include <span>
#include <vector>

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

  /// Per place what road_position_costs gives for it alone. Cost: a sweep per 32 places in a row, which share the work where
  /// they lie close; memory of a CatchmentSweep for each thread, and 8 bytes a reached arc of each place.
  [[nodiscard]] std::vector<PositionCosts> each(std::span<const Snap> places) const;

 private:
  const RoadModel& model_;
  Direction direction_;
  std::uint32_t cutoff_;
  StateArcs arcs_;
  CatchmentSweep::DownwardArcs downward_;
};

}  // namespace maillage
