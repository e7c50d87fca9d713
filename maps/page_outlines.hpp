#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage::detail {

/// A place on a printed page, in steps of a fine grid.
struct GridPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(const GridPoint&, const GridPoint&) = default;
  friend auto operator<=>(const GridPoint&, const GridPoint&) = default;
};

/// Millimetres of a step: finer than a printer's dot, so that nothing is seen of it.
inline constexpr double kGridMm = 0.05;

using GridRing = std::vector<GridPoint>;  ///< closed: the first point is not repeated

/// Outlines on the page with no more points than can be seen, where borders that rings share stay shared: rings are cut at the
/// points where borders meet, and each piece between two of them is thinned once, the same from both sides.
/// Source: Douglas & Peucker (1973), doi:10.3138/FM57-6770-U75U-7727, on the arcs of the borders' graph.
class PageOutlines {
 public:
  /// \param rings  every ring that shall keep company with the others
  explicit PageOutlines(const std::vector<GridRing>& rings);
  /// The ring with fewer points: none leaves the line by more than a grid step. A ring too small to be drawn comes back with
  /// less than three points.
  [[nodiscard]] GridRing simplified(const GridRing& ring) const;

 private:
  [[nodiscard]] bool is_node(const GridPoint& point) const;
  std::unordered_set<std::uint64_t> nodes_;  // looked up only, never walked
};

/// Neighbouring equal points are one.
[[nodiscard]] GridRing without_repeats(GridRing ring);

/// A rectangle of the page's grid.
struct GridBox {
  GridPoint least;
  GridPoint most;
};

/// The part of a ring inside a box, closed along the box's sides; less than three points where there is none. Neighbours that
/// share an edge cut it at the same point.
/// Source: Sutherland & Hodgman (1974), doi:10.1145/360767.360802.
[[nodiscard]] GridRing clipped(GridRing ring, const GridBox& box);

/// Path data "M1 2l3 4...z" of a ring, in grid steps.
void append_path(std::string& path, std::span<const GridPoint> ring);

/// The same of a line that is not closed, thinned on its own.
void append_line(std::string& path, const std::vector<GridPoint>& line);

}  // namespace maillage::detail
