#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/core/column.hpp"
#include "engine/core/index.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

using RoadNodeIndex = Index<struct RoadNodeTag>;
using RoadIndex = Index<struct RoadTag>;
/// One direction of travel along a road: 2 * road for `from` to `to`, 2 * road + 1 for the way back. See forward_arc.
using ArcIndex = Index<struct ArcTag>;

/// Travel time of a direction that the mode may not take.
inline constexpr std::uint32_t kClosed = std::numeric_limits<std::uint32_t>::max();
/// Largest travel time or length of one arc: sums along a path stay far from overflow (11 days; 10,000 km in centimetres).
inline constexpr std::uint32_t kLongestArc = 1'000'000'000;

enum class RoadClass : std::uint8_t {
  motorway,
  trunk,
  primary,
  secondary,
  tertiary,
  unclassified,
  residential,
  living_street,
  service,
  pedestrian,
  track,
  cycleway,
  footway,
  path,
  steps,
  ferry,
  other
};
inline constexpr std::size_t kRoadClasses = 17;

/// What the audit tells of a road; bits of Road::flags.
enum RoadFlag : std::uint8_t {
  kLinkRoad = 1,          ///< slip road, counted in its class
  kAssumedSpeed = 2,      ///< no speed given: the profile's default for the class
  kSuspiciousSpeed = 4,   ///< a speed that was given and not believed, or lies far from its class
  kUrban = 8,             ///< lies in a built-up area (its speed rules apply)
  kDestinationOnly = 16,  ///< open to residents, customers or deliveries only
  kUnpaved = 32,
  kRoundabout = 64,
  kToll = 128
};

/// A piece of road between two nodes, with both directions. Times are for the network's travel mode.
struct Road {
  RoadNodeIndex from;
  RoadNodeIndex to;
  std::uint32_t forward_ms = kClosed;   ///< from -> to, whole milliseconds; kClosed or <= kLongestArc
  std::uint32_t backward_ms = kClosed;  ///< to -> from
  std::uint32_t length_cm = 0;          ///< along the shape, on the ground
  RoadClass road_class = RoadClass::other;
  std::uint8_t flags = 0;
  std::uint16_t reserved = 0;  ///< zero: no byte of a written file is left to chance
  std::int64_t source_id = 0;  ///< OSM way, feature number... of the source
  friend bool operator==(const Road&, const Road&) = default;
};
static_assert(sizeof(Road) == 32);

[[nodiscard]] constexpr ArcIndex forward_arc(const RoadIndex road) {
  return ArcIndex{std::size_t{2} * road.value()};
}
[[nodiscard]] constexpr ArcIndex backward_arc(const RoadIndex road) {
  return ArcIndex{std::size_t{2} * road.value() + 1};
}
[[nodiscard]] constexpr RoadIndex road_of(const ArcIndex arc) {
  return RoadIndex{std::size_t{arc.value() / 2}};
}
[[nodiscard]] constexpr bool is_backward(const ArcIndex arc) {
  return (arc.value() & 1U) != 0;
}
[[nodiscard]] constexpr ArcIndex reverse_of(const ArcIndex arc) {
  return ArcIndex{std::size_t{arc.value() ^ 1U}};
}

/// The roads open to one travel mode, in one projected plane. Built by `make_road_network`, which validates; read-only
/// after.
struct RoadNetwork {
  std::string crs;                    ///< of every Point: an authority code, "EPSG:2154"
  std::string mode;                   ///< name of the profile: "car", "bicycle", "foot", or a planner's own
  Column<Point> nodes;                ///< per RoadNodeIndex
  Column<Road> roads;                 ///< per RoadIndex
  Column<std::uint64_t> shape_first;  ///< per RoadIndex, n + 1: its run of `shape_points`
  Column<Point> shape_points;         ///< vertices between `from` and `to`, both left out, in that direction
  /// Turn restrictions: sequences of two or more arcs that follow one another. `mandatory` 0: the whole sequence must not be
  /// driven. 1: who has driven all but the last must take the last.
  Column<std::uint64_t> restriction_first;  ///< n + 1 offsets into `restriction_arcs`
  Column<std::uint32_t> restriction_arcs;   ///< ArcIndex values
  Column<std::uint8_t> restriction_mandatory;

  [[nodiscard]] const Road& road(RoadIndex index) const { return roads[index.value()]; }
  [[nodiscard]] std::span<const Point> shape(RoadIndex index) const {
    return shape_points.view().subspan(shape_first[index.value()],
                                       shape_first[index.value() + 1] - shape_first[index.value()]);
  }
  [[nodiscard]] RoadNodeIndex tail(ArcIndex arc) const {
    return is_backward(arc) ? road(road_of(arc)).to : road(road_of(arc)).from;
  }
  [[nodiscard]] RoadNodeIndex head(ArcIndex arc) const { return tail(reverse_of(arc)); }
  [[nodiscard]] std::uint32_t time_ms(ArcIndex arc) const {
    return is_backward(arc) ? road(road_of(arc)).backward_ms : road(road_of(arc)).forward_ms;
  }
  [[nodiscard]] std::size_t restrictions() const { return restriction_mandatory.size(); }
  [[nodiscard]] std::span<const std::uint32_t> restriction(std::size_t index) const {
    return restriction_arcs.view().subspan(restriction_first[index],
                                           restriction_first[index + 1] - restriction_first[index]);
  }
};

/// What readers of roads produce, in any order, before validation.
struct RoadNetworkParts {
  std::string crs;
  std::string mode;
  std::vector<Point> nodes;
  std::vector<Road> roads;
  std::vector<std::uint64_t> shape_first{0};  ///< roads + 1
  std::vector<Point> shape_points;
  std::vector<std::uint64_t> restriction_first{0};
  std::vector<std::uint32_t> restriction_arcs;
  std::vector<std::uint8_t> restriction_mandatory;
};

/// Takes the parts over after checking every invariant: offsets, indices in range, finite positions, times and lengths
/// within kLongestArc, restrictions of at least two open arcs that follow one another. \throws ArgumentError naming the
/// first broken one.  Cost: O(size).
[[nodiscard]] RoadNetwork make_road_network(RoadNetworkParts parts);
/// The same checks on a network from elsewhere (a mapped file). \throws ArgumentError
void validate(const RoadNetwork& network);

}  // namespace maillage
