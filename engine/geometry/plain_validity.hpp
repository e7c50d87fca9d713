#pragma once

#include <cstdint>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage {

/// Tells areas that are valid beyond doubt from those that need a closer look. Keeps its working memory from one area to the
/// next; one object per thread.
class PlainValidity {
 public:
  /// True only if the area is valid (OGC 06-103r4): no edge meets another one but at the vertex that follows in its ring,
  /// holes lie in their shells and not in each other, polygons not in each other. False does not mean invalid: rings that
  /// touch in a point, coordinates too small for the exact predicates, and areas that would take too long are left to the
  /// caller. Rings are closed, without repeated vertices, of four vertices at least; coordinates are finite. Exact: no
  /// tolerance and no rounding. Cost: O(n log n), by a sweep over the edges' boxes; given up where they overlap too much.
  [[nodiscard]] bool holds(const AreaSet& areas, AreaIndex area);

 private:
  struct Edge {
    Box box;
    std::uint32_t ring;
    std::uint32_t first;  ///< vertex it starts from
  };
  [[nodiscard]] bool collect_edges(const AreaSet& areas, AreaIndex area);
  [[nodiscard]] bool edges_stay_apart(const AreaSet& areas);
  [[nodiscard]] bool rings_are_nested(const AreaSet& areas, AreaIndex area);

  std::vector<Edge> edges_;
  std::size_t budget_ = 0;
};

}  // namespace maillage
