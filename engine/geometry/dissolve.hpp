#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage {

/// Group of an area that belongs to none.
inline constexpr std::uint32_t kNoGroup = std::numeric_limits<std::uint32_t>::max();

struct Dissolved {
  AreaSet areas;  ///< area i = union of the areas of group i; empty where the group is
  /// Groups whose areas are no clean coverage (they overlap, are invalid, or touch without sharing vertices) and were united
  /// by general overlay instead of cancelling edges. Sorted.
  std::vector<std::uint32_t> united_by_overlay;
};

/// Union of the areas of each group. In a coverage, where neighbours share their edges bit for bit, every edge inside a
/// group meets its reverse and both go; what is left is linked into rings. No vertex moves and none is removed. Rings are
/// oriented (shells counter-clockwise), start at their least vertex, and stand in a fixed order: the result does not depend
/// on the order of the areas or of their vertices. \param group_of_area  0 <= group < groups, or kNoGroup \throws
/// ArgumentError if its size differs from the areas', or a group is out of range.  Cost: O(vertices) expected.
[[nodiscard]] Dissolved dissolve_groups(const AreaSet& areas, std::span<const std::uint32_t> group_of_area,
                                        std::size_t groups);

/// `dissolve_groups(...).areas`.
[[nodiscard]] AreaSet dissolve(const AreaSet& areas, std::span<const std::uint32_t> group_of_area, std::size_t groups);

}  // namespace maillage
