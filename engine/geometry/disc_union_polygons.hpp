#pragma once

#include <cstdint>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/disc_union_boundary.hpp"

namespace maillage {

/// The gap's parts assembled from the pieces of its border.
struct GapAssembly {
  AreaSet parts;                             ///< area k = part k
  std::vector<double> area_m2;               ///< exact, parallel to parts
  std::vector<std::uint32_t> part_of_piece;  ///< kNoPart where the piece was too short to matter
  bool consistent = true;                    ///< false: the pieces do not close into rings that bound an area

  static constexpr std::uint32_t kNoPart = 0xffffffff;
};

/// Links pieces end to end, splits rings where they touch themselves, and gives holes to their shells.
/// Ends within `joining_distance_m` are one node. Where more than two pieces meet, they are paired by the order of their
/// drawn chords about the node; chords of discs never cross (each stays in its disc's cell of the power diagram), so the
/// drawn border is a plane graph.
/// Source of the cell argument: Aurenhammer (1987), doi:10.1137/0216006. Cost: O(vertices drawn).
[[nodiscard]] GapAssembly assemble_gaps(const DiscUnion& discs, const GapBoundary& boundary, double max_error_m);

/// Ends of pieces nearer than this are the same point of the plane, seen through rounding.
[[nodiscard]] double joining_distance_m(const DiscUnion& discs, const GapBoundary& boundary);

}  // namespace maillage
