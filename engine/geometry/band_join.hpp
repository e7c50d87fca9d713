#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/cell_grid.hpp"
#include "engine/geometry/point.hpp"

namespace maillage::locator {

/// A point and its number among the caller's.
struct NumberedPoint {
  Point point;
  std::uint32_t number;
};

/// Some rows of cells.
struct RowBand {
  std::uint32_t first;
  std::uint32_t last;
};

/// What all bands of a join share; all viewed.
struct JoinAreas {
  const AreaSet* areas;
  const CellGrid* grid;
  std::span<const CellRange> ranges;  ///< per area: the cells of its box; the high corner below the low one if it is empty
};

/// Gives every point that lies in the band's rows its area, by locate_points' rule: `found[number]`. One thread; bands may
/// be joined at the same time. Cost: O(points + cells of the band + vertices of the areas that reach into it)
void join_band(const JoinAreas& areas, RowBand band, std::span<const NumberedPoint> points, std::span<AreaIndex> found);

}  // namespace maillage::locator
