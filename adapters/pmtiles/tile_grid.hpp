#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage::detail {

/// Units of a tile's side: the usual extent of vector tiles.
inline constexpr std::int32_t kTileUnits = 4096;
/// Units around a tile that it holds too, so that borders of areas do not show along its sides.
inline constexpr std::int32_t kTileMargin = 64;

/// A place on a zoom's grid: 2^zoom * 4096 units a side, from the north-west corner of the web Mercator square.
struct TilePoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(const TilePoint&, const TilePoint&) = default;
};
using GridRing = std::vector<TilePoint>;       ///< open: the first vertex is not repeated
using GridPolygon = std::vector<GridRing>;     ///< the shell, then holes
using GridArea = std::vector<GridPolygon>;

/// Degrees to the web Mercator square, 0 to 1 from the north-west corner (EPSG:3857 cut to a square).
[[nodiscard]] Point web_mercator(const Point& lonlat);

/// An area on the grid of a zoom. Each vertex goes to the nearest knot of a lattice of `step` units, whichever area it belongs
/// to: borders that areas share stay shared, and no gap opens. Parts smaller than the lattice vanish, but for an area of which
/// nothing is left: that is a square of one step where its largest part was.
/// \param square  the areas' vertices in the Mercator square
[[nodiscard]] GridArea area_on_grid(const AreaSet& square, AreaIndex area, int zoom, std::int32_t step);

struct TileAddress {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
};
/// Tiles, with their margins, that the area's box touches.
[[nodiscard]] std::vector<TileAddress> tiles_of(const GridArea& area, int zoom);

/// The part of an area in a tile and its margin, in the tile's own units (y down). Empty where nothing is in it.
[[nodiscard]] GridArea part_in_tile(const GridArea& area, const TileAddress& tile);

/// Twice the surface, positive for rings that turn clockwise as seen on the map (the exterior rings of vector tiles).
[[nodiscard]] std::int64_t twice_area(std::span<const TilePoint> ring);

}  // namespace maillage::detail
