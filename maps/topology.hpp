#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// A position in whole steps of a grid, from the lower left corner of its part of the territory.
struct GridPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend constexpr auto operator<=>(const GridPoint&, const GridPoint&) = default;
};

/// The grid that a page's geometry is drawn on. A territory with overseas parts has one origin for each: a single one, over
/// thousands of kilometres, would have steps too wide to draw a street with.
struct PageGrid {
  struct Part {
    Box box;       ///< metres, of the areas of this part
    Point origin;  ///< metres, of grid position (0, 0)
  };
  double step_m = 1;
  std::vector<Part> parts;  ///< by x, at least one

  /// The part whose box is nearest.
  [[nodiscard]] std::size_t part_of(const Point& position) const;
  /// Rounded to the nearest step.
  [[nodiscard]] GridPoint on_grid(const Point& position, std::size_t part) const;
};

/// Areas farther apart in x than that are in different parts.
inline constexpr double kPartsApartM = 5'000'000;
/// Steps over the longest side of a part; the step is the next of 1, 2, 5, 10, 20, 50... metres.
inline constexpr double kMostSteps = 65'536;

/// The grid of a territory. Areas without polygon are in no part. O(areas log areas)
[[nodiscard]] PageGrid make_page_grid(const AreaSet& areas);

/// Areas as runs of vertices ("arcs") that are stored once, however many areas share them.
struct Topology {
  std::vector<GridPoint> vertices;
  std::vector<std::uint32_t> arc_first{0};  ///< arcs + 1 offsets into vertices
  std::vector<std::uint32_t> arc_part;      ///< part of the grid that each arc is in
  /// References to arcs, one run per ring: a when the ring runs along it, -1 - a when against it.
  std::vector<std::int32_t> references;
  std::vector<std::uint32_t> ring_first{0};     ///< rings + 1 offsets into references
  std::vector<std::uint32_t> polygon_first{0};  ///< polygons + 1 offsets into rings
  std::vector<std::uint32_t> area_first{0};     ///< areas + 1 offsets into polygons

  [[nodiscard]] std::size_t arcs() const { return arc_first.size() - 1; }
  [[nodiscard]] std::span<const GridPoint> arc(const std::size_t number) const {
    return std::span{vertices}.subspan(arc_first[number], arc_first[number + 1] - arc_first[number]);
  }
};

/// The areas on the grid. Vertices of one border that round to the same position become one; arcs are then simplified once,
/// for all that share them, by no more than `tolerance_steps`. Rings that would vanish on the grid are left out, except the
/// largest of an area, which stays as a small square: no area that had a contour loses it. O(vertices log vertices)
[[nodiscard]] Topology make_topology(const AreaSet& areas, const PageGrid& grid, double tolerance_steps);

/// Rings of one area on the grid, closed, simplified alone; those that vanish are left out.
using GridRings = std::vector<std::vector<GridPoint>>;
[[nodiscard]] std::vector<GridRings> grid_polygons(const AreaSet& areas, AreaIndex area, const PageGrid& grid,
                                                   double tolerance_steps);

/// From a position to the segment between two others, squared, in steps.
[[nodiscard]] double squared_distance(const GridPoint& position, const GridPoint& from, const GridPoint& to);

/// A line without the vertices that lie within the tolerance of what is left; both ends stay.
/// Douglas & Peucker (1973), doi:10.3138/FM57-6770-U75U-7727.
[[nodiscard]] std::vector<GridPoint> simplified(std::span<const GridPoint> line, double tolerance_steps);

}  // namespace maillage
