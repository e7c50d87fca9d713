#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/network/components.hpp"
#include "engine/network/road_network.hpp"

namespace maillage {

/// Where a place meets the road network.
struct Snap {
  RoadIndex road;       ///< none: not snapped, and unreachable
  double fraction = 0;  ///< 0..1 of the length of the road's shape in the plane, from `from` to `to`
  double access_m = 0;  ///< straight line between the place and `position`
  Point position = {};  ///< on the road
  friend bool operator==(const Snap&, const Snap&) = default;
};

/// Bit of a road class in a set of classes.
[[nodiscard]] constexpr std::uint32_t class_bit(const RoadClass road_class) {
  return std::uint32_t{1} << static_cast<unsigned>(road_class);
}

struct SnapOptions {
  double max_access_m = 1'000;  ///< closed; what lies farther from every road is not snapped
  /// A road of the biggest strongly connected component is preferred to a nearer one that is at most this much nearer: one
  /// can leave it and come back to it, which a one-way trap or a gated yard does not allow.
  double component_tolerance_m = 200;
  /// Classes that nobody's door is on.
  std::uint32_t excluded_classes = class_bit(RoadClass::motorway) | class_bit(RoadClass::ferry);
};

/// Index that finds the road nearest to a place, among those open in at least one direction.
///
/// Rule: of all roads of allowed classes, the nearest within `max_access_m`; but the nearest of those of the biggest
/// strongly connected component where it too is within `max_access_m`, and at most `component_tolerance_m` farther. Equal
/// distances (as computed) go to the lower road, then to the lower fraction. A point that is not finite is not snapped.
///
/// Method: pieces of roads packed along a Hilbert curve in a tree of boxes (Kamel and Faloutsos 1993,
/// doi:10.1145/170088.170403). Empty space costs nothing. Cost: build O(pieces log pieces) on all threads; about 18 bytes a
/// piece, twice as much again while it is built. A query visits a few leaves.
class RoadLocator {
 public:
  /// \param network  viewed, not copied: must outlive the locator
  RoadLocator(const RoadNetwork& network, const RoadComponents& components);
  RoadLocator(RoadNetwork&&, const RoadComponents&) = delete;

  /// \throws ArgumentError if a distance of the options is negative or not a number
  [[nodiscard]] Snap snap(const Point& point, const SnapOptions& options) const;
  /// `snap` of every point, on all allowed threads.
  [[nodiscard]] std::vector<Snap> snap_all(std::span<const Point> points, const SnapOptions& options) const;
  /// Memory of the index, without the network.
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class RoadLocatorBuilder;
  class Search;

  /// Up to kPieceSegments consecutive segments of a road's shape.
  struct Piece {
    std::uint32_t road;
    std::uint32_t first_segment : 31;
    std::uint32_t in_biggest : 1;
  };
  /// Half the memory of a Box; rounded outwards.
  struct CoarseBox {
    float min_x = std::numeric_limits<float>::infinity();
    float min_y = std::numeric_limits<float>::infinity();
    float max_x = -std::numeric_limits<float>::infinity();
    float max_y = -std::numeric_limits<float>::infinity();
  };
  static constexpr std::size_t kPieceSegments = 4;
  static constexpr std::size_t kLeafPieces = 2;
  static constexpr std::size_t kFanOut = 8;

  const RoadNetwork* network_;
  std::vector<Piece> pieces_;
  Box box_;
  std::vector<std::vector<CoarseBox>> levels_;  ///< [0]: of kLeafPieces pieces; each next: of kFanOut boxes; the last: one
};

/// Vertex `k` of a road's shape, its ends included: 0 is `from`, road_segments(...) is `to`.
[[nodiscard]] inline const Point& road_vertex(const RoadNetwork& network, const RoadIndex road, const std::size_t k) {
  const std::uint64_t first = network.shape_first[road.value()];
  const std::uint64_t between = network.shape_first[road.value() + 1] - first;
  if (k == 0) {
    return network.nodes[network.road(road).from.value()];
  }
  return k <= between ? network.shape_points[first + k - 1] : network.nodes[network.road(road).to.value()];
}
/// Straight segments of a road's shape; one at least.
[[nodiscard]] inline std::size_t road_segments(const RoadNetwork& network, const RoadIndex road) {
  return network.shape_first[road.value() + 1] - network.shape_first[road.value()] + 1;
}

}  // namespace maillage
