#pragma once

#include <cmath>

#include "engine/geometry/point.hpp"

namespace maillage {

/// Exact sign of the orientation determinant, whatever the cancellation. Slow path of `orientation`.
[[nodiscard]] int exact_orientation(const Point& a, const Point& b, const Point& c);

/// Side of the directed line a -> b on which `c` lies: +1 left, -1 right, 0 on it. Exact for all finite coordinates that are
/// 0 or between 1e-130 and 1e150 in magnitude (beyond, products may underflow or overflow).
/// A double evaluation is trusted where its error bound proves the sign; otherwise the sign of the exact expansion is taken.
/// Source: Shewchuk (1997), doi:10.1007/PL00009321 (bound A, and exact expansions).
[[nodiscard]] inline int orientation(const Point& a, const Point& b, const Point& c) {
  constexpr double kErrorBound = 3.3306690738754716e-16;  // (3 + 16 u) u with u = 2^-53
  const double left = (b.x - a.x) * (c.y - a.y);
  const double right = (b.y - a.y) * (c.x - a.x);
  const double determinant = left - right;
  if (std::abs(determinant) > kErrorBound * (std::abs(left) + std::abs(right))) {
    return determinant > 0 ? 1 : -1;
  }
  return exact_orientation(a, b, c);
}

/// Side of a -> b on which `c` lies after an infinitesimal shift by (+e, +e^2): never 0 unless a == b.
/// Taking every point as shifted this way makes "which side of a border" a total, consistent rule: a point on an edge counts
/// as right of it (or above a horizontal one). Source: Edelsbrunner & Mücke (1990), doi:10.1145/77635.77639.
[[nodiscard]] inline int shifted_side(const Point& a, const Point& b, const Point& c) {
  if (const int side = orientation(a, b, c); side != 0) {
    return side;
  }
  if (a.y != b.y) {
    return b.y < a.y ? 1 : -1;
  }
  return a.x == b.x ? 0 : (b.x > a.x ? 1 : -1);
}

/// Whether `p` lies on the closed segment a-b. Exact.
[[nodiscard]] inline bool on_segment(const Point& a, const Point& b, const Point& p) {
  return p.x >= std::fmin(a.x, b.x) && p.x <= std::fmax(a.x, b.x) && p.y >= std::fmin(a.y, b.y) &&
         p.y <= std::fmax(a.y, b.y) && orientation(a, b, p) == 0;
}

/// Distance from `p` to the closed segment a-b, in the plane's unit.
[[nodiscard]] double distance_to_segment(const Point& p, const Point& a, const Point& b);

}  // namespace maillage
