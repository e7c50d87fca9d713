#pragma once

#include <cstdint>
#include <span>

#include "engine/geometry/point.hpp"
#include "engine/geometry/predicates.hpp"

/// Constants and the crossing count that the area locator's builder and queries share.
namespace maillage::locator {

inline constexpr std::uint32_t kTileBits = 4;  ///< a tile is 16 x 16 cells
inline constexpr std::uint32_t kTileSide = 1U << kTileBits;
inline constexpr std::uint32_t kTileCells = kTileSide * kTileSide;
inline constexpr std::uint32_t kBandRows = 128;  ///< rows of cells built together, a multiple of kTileSide
inline constexpr std::uint32_t kEdgeless = 0x80000000U;
inline constexpr std::uint32_t kNobody = 0x7fffffffU;

/// Parity of the crossings of the edges with the path corner -> (corner.x, point.y) -> point, every point of the path
/// shifted by (+e, +e^2). `vertices` holds one more vertex than there are edges.
[[nodiscard]] inline bool odd_crossings(const std::span<const Point> vertices, const Point& corner, const Point& point) {
  bool odd = false;
  for (std::size_t k = 0; k + 1 < vertices.size(); ++k) {
    const Point& a = vertices[k];
    const Point& b = vertices[k + 1];
    const bool crosses_row = (a.y > point.y) != (b.y > point.y);
    const bool a_east = a.x > corner.x;
    if (a_east == (b.x > corner.x)) {
      // Wholly east of the corner: the row's part is crossed where the point is not west of the edge.
      if (crosses_row && a_east && shifted_side(a, b, point) == (b.y > a.y ? -1 : 1)) {
        odd = !odd;
      }
      continue;
    }
    const Point end = crosses_row ? point : Point{corner.x, point.y};
    if (shifted_side(a, b, corner) != shifted_side(a, b, end)) {
      odd = !odd;
    }
  }
  return odd;
}

/// Whether one edge crosses the path west -> east along one row, shifted the same way; most are dismissed by their ends.
[[nodiscard]] inline bool crosses_row(const Point& a, const Point& b, const Point& west, const Point& east) {
  if ((a.y > west.y) == (b.y > west.y)) {
    return false;
  }
  const bool between = a.x > west.x && b.x > west.x && a.x <= east.x && b.x <= east.x;
  return between || shifted_side(a, b, west) != shifted_side(a, b, east);
}

/// Parity of the crossings of a run of edges with the lower side of their cell. All vertices but the first and the last lie
/// in the cell: what is between them crosses the row as often as its ends lie on different sides of it, an even number of
/// times more or less.
[[nodiscard]] inline bool odd_row_crossings(const std::span<const Point> vertices, const Point& west, const Point& east) {
  const std::size_t last = vertices.size() - 1;
  bool odd = crosses_row(vertices[0], vertices[1], west, east);
  if (last > 1) {
    odd ^= (vertices[1].y > west.y) != (vertices[last - 1].y > west.y);
    odd ^= crosses_row(vertices[last - 1], vertices[last], west, east);
  }
  return odd;
}

}  // namespace maillage::locator
