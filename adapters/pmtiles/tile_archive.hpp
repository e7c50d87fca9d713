#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/pmtiles/tile_grid.hpp"
#include "engine/geometry/point.hpp"

namespace maillage::detail {

/// Number of a tile on the Hilbert curves of PMTiles, zoom 0 first.
[[nodiscard]] std::uint64_t tile_number(int zoom, const TileAddress& tile);

/// A compressed tile.
struct StoredTile {
  std::uint64_t number = 0;
  std::string bytes;
};

struct ArchiveHead {
  int min_zoom = 0;
  int max_zoom = 0;
  Box lonlat;            ///< of what the tiles show
  std::string metadata;  ///< JSON
};

/// All of a PMTiles 3 archive before its tiles: header, directories, metadata.
/// Source: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
/// \param tiles  by ascending number
[[nodiscard]] std::string archive_head(const ArchiveHead& head, const std::vector<StoredTile>& tiles);

}  // namespace maillage::detail
