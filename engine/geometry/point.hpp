#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <limits>

namespace maillage {

/// Position in a plane. In the engine: metres in the territory's projected CRS, unless a function says that it works in the
/// plane of the source geometry (the point-in-commune join does: straight edges in degrees are not straight in metres).
struct Point {
  double x = 0;
  double y = 0;
  friend constexpr auto operator<=>(const Point&, const Point&) = default;
};

/// Position in degrees, WGS84 or RGF93 (equal here to under a metre), longitude first.
struct LonLat {
  double longitude_deg = 0;
  double latitude_deg = 0;
  friend constexpr auto operator<=>(const LonLat&, const LonLat&) = default;
};

/// Axis-aligned box; empty until a point is added.
struct Box {
  double min_x = std::numeric_limits<double>::infinity();
  double min_y = std::numeric_limits<double>::infinity();
  double max_x = -std::numeric_limits<double>::infinity();
  double max_y = -std::numeric_limits<double>::infinity();

  constexpr void extend(const Point& point) {
    min_x = std::min(min_x, point.x);
    min_y = std::min(min_y, point.y);
    max_x = std::max(max_x, point.x);
    max_y = std::max(max_y, point.y);
  }
  [[nodiscard]] constexpr bool empty() const { return min_x > max_x; }
  [[nodiscard]] constexpr bool contains(const Point& point) const {
    return point.x >= min_x && point.x <= max_x && point.y >= min_y && point.y <= max_y;
  }
  friend constexpr bool operator==(const Box&, const Box&) = default;
};

[[nodiscard]] inline double distance_m(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace maillage
