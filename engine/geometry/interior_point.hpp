#pragma once

#include <optional>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// A point surely inside an area, off its borders: in its largest polygon, on a horizontal line half-way between the
/// vertices next to the middle of the polygon's height, in the middle of the widest stretch inside. When rounding leaves
/// that point outside, other lines are tried. Independent of the order and direction of vertices. \returns nothing for an
/// area without surface (no polygon, or collapsed ones).  Cost: O(vertices of the polygon). Source: the scanline of GEOS's
/// and JTS's InteriorPointArea, with an exact check.
[[nodiscard]] std::optional<Point> interior_point(const AreaSet& areas, AreaIndex area);

/// `interior_point` of every area.
[[nodiscard]] std::vector<std::optional<Point>> interior_points(const AreaSet& areas);

}  // namespace maillage
