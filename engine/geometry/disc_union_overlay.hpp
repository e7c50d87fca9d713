#pragma once

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/disc_union_arcs.hpp"

namespace maillage {

/// The area minus the discs drawn as polygons, by a general overlay of polygons: slow, and without arcs; the last resort
/// where the exact border does not close. One area per part, by no particular order.
[[nodiscard]] AreaSet overlay_gaps(const DiscUnion& discs, const AreaSet& area, double max_error_m);

}  // namespace maillage
