#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage {

/// Degrees as whole numbers of 1e-7 degree, a centimetre: what 7 decimals can say.
struct GridPoint {
  std::int64_t x = 0;
  std::int64_t y = 0;
  friend bool operator==(const GridPoint&, const GridPoint&) = default;
};
inline constexpr double kGridPerDegree = 1e7;

/// Closed rings of one polygon on the grid, shell first.
using GridPolygon = std::vector<std::vector<GridPoint>>;

/// \throws OutputError when the position is none in degrees: not finite, or beyond 360 and 90 degrees
[[nodiscard]] GridPoint to_grid(const Point& degrees);

/// The polygons of an area rounded to the grid, shells counter-clockwise, valid: where rounding moved a vertex and the result is no longer valid it is
/// rebuilt (GEOS), and parts without surface are left out.
[[nodiscard]] std::vector<GridPolygon> grid_polygons(const AreaSet& degrees, AreaIndex area);

}  // namespace maillage
