#include "engine/geometry/disc_union_overlay.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <vector>

#include "engine/geometry/geos_overlay.hpp"

namespace maillage {

namespace {

/// One area per disc: chords that leave their arc by the error at most.
AreaSet drawn_discs(const DiscUnion& discs, const double max_error_m) {
  AreaSet drawn;
  std::vector<Point> closed;
  for (const Disc& disc : discs.discs()) {
    const double half = std::acos(std::max(1 - max_error_m / disc.radius_m, std::numbers::sqrt2 / 2));
    const auto sides = static_cast<std::size_t>(std::ceil(std::numbers::pi / half));
    closed.clear();
    for (std::size_t i = 0; i < sides; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(sides);
      closed.push_back({disc.centre.x + disc.radius_m * std::cos(angle), disc.centre.y + disc.radius_m * std::sin(angle)});
    }
    closed.push_back(closed.front());
    drawn.add_ring(closed);
    drawn.end_polygon();
    drawn.end_area();
  }
  return drawn;
}

}  // namespace

AreaSet overlay_gaps(const DiscUnion& discs, const AreaSet& area, const double max_error_m) {
  const AreaSet drawn = drawn_discs(discs, max_error_m);
  std::vector<std::uint32_t> all(drawn.areas());
  std::iota(all.begin(), all.end(), 0U);
  return polygons_apart(geos_difference(area, geos_union(drawn, all)));
}

}  // namespace maillage
