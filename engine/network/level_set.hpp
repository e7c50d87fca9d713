#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/network/sample_mesh.hpp"

namespace maillage {

/// Costs known at the vertices of a mesh. kNoPath where there is no way.
struct SampledCosts {
  const SampleMesh& mesh;
  std::span<const std::uint32_t> cost;  ///< per vertex
  std::span<const std::uint8_t> kept;   ///< per vertex: 1 where a part or a hole that holds it is never left out
};

/// Where the cost, linear in each triangle, is at most `cutoff` and half a unit: one area, of one polygon for every
/// connected part. Vertices whose cost is at most `cutoff` lie inside, all others outside, none on the border. Parts smaller
/// than `least_part_m2` without a kept vertex are left out, then holes of the like are filled.
///
/// On an edge from a vertex within to one beyond, the border passes at the fraction (cutoff + 1/2 - within) / (beyond -
/// within), kept between 1/64 and 63/64 so that it never comes to a vertex. That fraction rises with the cutoff and falls
/// with either cost, also as rounded. So an area holds that of every smaller cutoff and of costs that are nowhere lower.
/// Leaving out and filling keep that order, as kept parts stay kept in greater sets (attribute openings and closings,
/// Breen and Jones 1996, doi:10.1006/cviu.1996.0066). Cost: O(triangles + border log border).
/// \throws ArgumentError where the border of the mesh is within the cutoff
[[nodiscard]] AreaSet level_set(const SampledCosts& samples, std::uint32_t cutoff, double least_part_m2);

}  // namespace maillage
