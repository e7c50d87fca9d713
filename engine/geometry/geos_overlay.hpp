#pragma once

#include <cstdint>
#include <span>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

/// General overlay of polygons, for areas that overlap, have gaps or are invalid (made valid first): the way out where edges
/// do not simply cancel. Results are one area; rings are oriented and stand in a fixed order; collapsed lines and points are
/// dropped. \throws Error if the overlay fails.  Cost: that of GEOS's overlay.
namespace maillage {

/// Union of some areas.
[[nodiscard]] AreaSet geos_union(const AreaSet& areas, std::span<const std::uint32_t> members);
/// All areas of the first set less all of the second. The areas of each do not overlap.
[[nodiscard]] AreaSet geos_difference(const AreaSet& areas, const AreaSet& removed);
/// What lies in the box of areas that do not overlap.
[[nodiscard]] AreaSet geos_clip(const AreaSet& areas, const Box& box);

/// Every polygon an area of its own.
[[nodiscard]] AreaSet polygons_apart(const AreaSet& areas);

}  // namespace maillage
