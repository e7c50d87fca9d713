#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// The points within `radius_m` of `centre`, closed.
struct Disc {
  Point centre;
  double radius_m = 0;
  friend bool operator==(const Disc&, const Disc&) = default;
};

/// How a union of discs divides an area.
struct DiscCover {
  double area_m2 = 0;     ///< the whole area
  double covered_m2 = 0;  ///< area of the part within some disc
  double gap_m2 = 0;      ///< area of the rest; covered_m2 + gap_m2 == area_m2 up to rounding
};

/// Exact areas of `area` inside and outside the union of `discs`: borders are straight edges and circular arcs, integrated
/// by Green's theorem; nothing is polygonised. Error under 1e-9 of the area. \param discs  any order, repeats allowed; the
/// same bits for every order \param area   all areas of the set together, taken as one valid multipolygon: shells
/// counter-clockwise, holes clockwise,
///               nothing overlapping (the outline of a territory, not its communes)
/// \throws ArgumentError if a radius is negative or a coordinate is not finite
/// Cost: near O(discs + edges of the area) for discs of like radius; the discs buried under others end at once.
[[nodiscard]] DiscCover disc_cover(std::span<const Disc> discs, const AreaSet& area);

/// The parts of an area that no disc reaches.
struct DiscGaps {
  DiscCover total;
  AreaSet parts;                ///< area k = part k: one valid polygon, shell counter-clockwise; largest exact area first
  std::vector<double> area_m2;  ///< exact area of each part, with true arcs; they add up to total.gap_m2
  double max_error_m = 0;       ///< the polygons leave the true border by no more
  /// True only where even after a shift of the radii by 1e-10 of their length the border would not close: parts were then
  /// cut by polygon overlay, and area_m2 are the polygons' areas scaled to the exact total.
  bool from_overlay = false;
};

/// The maximal connected parts of `area` outside every disc. Arcs are drawn as chords of their discs, so that every polygon
/// holds its true part and leaves it by `max_error_m` at most, towards covered ground. Two parts may touch in points.
/// \param max_error_m  largest distance between an arc and its chord, > 0
/// \throws ArgumentError as disc_cover, or if max_error_m is not positive
[[nodiscard]] DiscGaps disc_gaps(std::span<const Disc> discs, const AreaSet& area, double max_error_m = 1);

}  // namespace maillage
