#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/network/scenario.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

/// A change of roads as a planner tells it: by the source's number of a road, or by a place on the map.
struct RoadChange {
  enum class Action : std::uint8_t { close, slow, add };
  Action action = Action::close;
  std::int64_t row = 0;                     ///< of the file that tells it
  std::optional<std::int64_t> source_id{};  ///< close, slow: all roads of that number; else the road nearest to `place`
  Point place{};                            ///< in the network's plane; add: where the new road starts
  Point end{};                              ///< add: where it ends
  double factor = 1;                        ///< slow: times are multiplied by it
  double length_m = 0;                      ///< add: on the ground
  double speed_kmh = 0;                     ///< add
  bool one_way = false;                     ///< add: from `place` to `end` only
};

struct RoadChangeOptions {
  double max_distance_m = 50;  ///< closed; from a place to the road it means, or to the one that a new road joins
  double node_m = 1;           ///< a new road that joins a road this near to its end joins the end
};

/// The scenario of some changes. A new road joins the roads its ends lie near to, which are cut there (turn restrictions
/// over a road that is cut fall away); an end far from every road is a new node, the same for all new roads that end in that
/// very place. Closing wins over slowing; factors of one road are multiplied, and hold on its pieces. rows_in = changes;
/// rejected: unknown_road, no_road_near, same_ends; repairs: new_dead_end (an end that joins nothing). \throws ArgumentError
/// as apply_scenario would.  Cost: O(roads + changes log roads).
[[nodiscard]] Reading<RoadScenario> plan_road_changes(const RoadNetwork& network, const RoadLocator& locator,
                                                      std::span<const RoadChange> changes,
                                                      const RoadChangeOptions& options = {});

}  // namespace maillage
