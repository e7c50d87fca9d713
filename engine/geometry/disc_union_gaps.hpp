#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/disc_union_boundary.hpp"
#include "engine/geometry/disc_union_polygons.hpp"

namespace maillage {

/// Gaps with the pieces that they were made of, for callers that ask more of them than disc_gaps tells.
struct AssembledGaps {
  DiscCover total;
  GapBoundary boundary;
  GapAssembly assembly;
};

/// The rings' interior minus the discs; nothing if rounding kept the border from closing.
[[nodiscard]] std::optional<AssembledGaps> assembled_gaps(const DiscUnion& discs, const RingList& rings, double max_error_m,
                                                          GapBoundaryQuery& query);

/// The same discs, each radius changed by at most 1e-10 of its length: enough to part what rounding confuses, and too little
/// to show in an area of nine digits. \param round  another number gives other changes
[[nodiscard]] std::vector<Disc> with_shifted_radii(std::span<const Disc> discs, std::uint64_t round);

/// Fills `gaps.parts` and `gaps.area_m2` by polygon overlay, given gaps.total and gaps.max_error_m.
void overlay_into(const DiscUnion& discs, const AreaSet& area, DiscGaps& gaps);

}  // namespace maillage
