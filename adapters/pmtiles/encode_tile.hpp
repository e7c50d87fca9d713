#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "adapters/pmtiles/tile_grid.hpp"
#include "maps/layer.hpp"

namespace maillage::detail {

/// Areas with values, as tiles hold them.
struct TileLayer {
  std::string name;
  const AreaSet* areas_lonlat = nullptr;
  std::vector<Field> fields;
  std::vector<std::vector<Value>> columns;  ///< columns[f][feature]
};

/// A feature's part of a tile.
struct TilePart {
  std::size_t feature = 0;  ///< its identifier is one more
  GridArea area;
};

/// Mapbox Vector Tile 2.1 of one layer. What has no value has no tag.
[[nodiscard]] std::string encode_tile(const TileLayer& layer, std::span<const TilePart> parts);

}  // namespace maillage::detail
