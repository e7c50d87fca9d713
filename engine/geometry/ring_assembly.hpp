#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// A directed edge with the inside of its area on the left.
struct DirectedEdge {
  Point from;
  Point to;
  friend constexpr auto operator<=>(const DirectedEdge&, const DirectedEdge&) = default;
};

/// The one area whose boundary the edges are: simple rings, each hole with its shell, shells counter-clockwise, holes
/// clockwise. Rings may touch at vertices. Every ring starts at its least vertex (by x, then y) and polygons and holes stand
/// in the order of their first vertices, so the result does not depend on the order of the edges. Where shells stand inside
/// shells the ground is covered twice; the area is what is covered at least once. \returns nothing when the edges are no
/// clean boundary: an end without continuation, edges that cross, overlap or touch elsewhere
///          than at ends of both, a hole outside all.  Cost: O(n log n), plus pairs of edges whose x ranges meet.
[[nodiscard]] std::optional<AreaSet> assemble_area(std::vector<DirectedEdge> edges);

/// Positions of the edges that cross, overlap or touch another elsewhere than at ends of both. Sorted.
/// Cost: O(n log n), plus pairs of edges whose x ranges meet.
[[nodiscard]] std::vector<std::uint32_t> conflicting_edges(const std::vector<DirectedEdge>& edges);

/// Turns the ring so that it starts at its least vertex.
void start_at_least_vertex(std::vector<Point>& closed_ring);

}  // namespace maillage
