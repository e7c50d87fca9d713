#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/road_network.hpp"

namespace maillage {

/// One direction of travel, as formats without two-way roads list it.
struct DirectedArc {
  RoadNodeIndex tail;
  RoadNodeIndex head;
  std::uint32_t time_ms = kClosed;
  std::uint32_t length_cm = 0;
  RoadClass road_class = RoadClass::other;
  std::uint8_t flags = 0;
  std::int64_t source_id = 0;
};

struct DirectedArcs {
  std::vector<DirectedArc> arcs;
  std::vector<std::uint64_t> shape_first;  ///< arcs + 1, or empty where no arc has a shape
  std::vector<Point> shape_points;         ///< between tail and head, both left out

  [[nodiscard]] std::span<const Point> shape(const std::size_t arc) const {
    return shape_first.empty() ? std::span<const Point>{}
                               : std::span{shape_points}.subspan(shape_first[arc], shape_first[arc + 1] - shape_first[arc]);
  }
};

/// Roads, in an order that does not depend on the arcs' own.
struct PairedRoads {
  std::vector<Road> roads;
  std::vector<std::uint64_t> shape_first{0};
  std::vector<Point> shape_points;
  std::vector<std::uint32_t> arc_of_input;  ///< ArcIndex of each arc given
  std::size_t two_way = 0;
};

/// Two opposite arcs of the same length and the same shape become one road, whose times may differ; every other arc a
/// one-way road. Several between the same nodes are matched by rising time. Class and number are those of the arc that
/// leaves the smaller node, flags those of both. A loop stays as it is.  Cost: O(n log n).
[[nodiscard]] PairedRoads pair_arcs(const DirectedArcs& arcs);

}  // namespace maillage
