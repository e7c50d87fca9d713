#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/plain_validity.hpp"

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

/// The polygons of an area rounded to the grid, shells counter-clockwise, holes clockwise, valid: where rounding moved a
/// vertex and the result is no longer valid it is rebuilt (GEOS). Parts without surface are left out. An area that lies on
/// the grid already is not judged. \param validity  working memory, one per thread
[[nodiscard]] std::vector<GridPolygon> grid_polygons(const AreaSet& degrees, AreaIndex area, PlainValidity& validity);

}  // namespace maillage
