#pragma once

#include <cstdint>
#include <span>

#include "engine/geometry/area_set.hpp"

namespace maillage {

/// Union of some areas by general overlay, for areas that overlap, have gaps or are invalid (made valid first). The way out
/// where edges do not simply cancel. Rings are oriented and stand in a fixed order; collapsed lines and points are dropped.
/// \throws Error if the overlay fails.  Cost: that of GEOS's unary union.
[[nodiscard]] AreaSet geos_union(const AreaSet& areas, std::span<const std::uint32_t> members);

}  // namespace maillage
