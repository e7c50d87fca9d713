#pragma once

#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// The one area that holds each point, by AreaLocator's rule; none outside all areas and for points that are not finite.
/// For many points known at once: the points are laid out by cells of a grid, and every area is walked once past those that
/// lie in its cells, so that nothing is kept of areas where there is no point. \throws ArgumentError if a vertex is not
/// finite Cost: O(vertices + points + cells); memory: about 30 bytes a point. On all threads, same result for any number.
[[nodiscard]] std::vector<AreaIndex> locate_points(const AreaSet& areas, std::span<const Point> points);

}  // namespace maillage
