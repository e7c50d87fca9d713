#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// What vector tiles of the communes need.
struct TileSources {
  const LayerSet& layers;
  const MapDocument& document;
};

/// The communes as vector tiles (MVT 2.1 in PMTiles 3, web Mercator), one layer "communes": code, name, and every field that
/// a view of the communes shows, of the layers of access, clusters and continuity too. Zooms from 0 to the last that has
/// 1,500 tiles or fewer, 12 at most. Vertices are rounded to a lattice, which becomes finer with the zoom, so that borders stay shared; no
/// commune is left out at any zoom. Values are the table's own, bit for bit, so that a
/// class holds the same communes. Same layers, same bytes, whatever the threads.
/// Memory: the areas twice, the grid of one zoom, the compressed tiles.
/// \returns a note (no_geometry) for each commune without contour, which no tile can hold. \throws OutputError
[[nodiscard]] std::vector<RowNote> write_pmtiles(const std::filesystem::path& file, const TileSources& sources);

}  // namespace maillage
