#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/network/road_travel.hpp"

namespace maillage {

/// A cheapest trip between two places, as it is driven.
struct RoadPath {
  std::uint32_t weight = 0;  ///< in the unit of the metric, access legs included
  std::vector<ArcIndex>
      arcs;  ///< in order; of the first and the last only the parts beyond and before the places are driven
  std::uint32_t length_cm = 0;  ///< of the driven parts and the access legs
};

/// The path whose cost the tables give, or nothing where there is none. Of equal paths, always the same.
/// Cost: two upward searches and the unpacking of the path, well under a millisecond on a country.
[[nodiscard]] std::optional<RoadPath> find_road_path(const RoadModel& model, const Snap& from, const Snap& to);

/// The driven parts of a path as one line in the plane of the network, from the position of `from` on its road to that of
/// `to`: at least those two points.
[[nodiscard]] std::vector<Point> road_path_line(const RoadNetwork& network, const RoadPath& path, const Snap& from,
                                                const Snap& to);

}  // namespace maillage
