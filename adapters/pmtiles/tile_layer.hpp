#pragma once

#include <optional>

#include "adapters/pmtiles/encode_tile.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

/// The communes with the fields that views show; none where there is no layer of communes. A field of another layer keeps its
/// name where it is free, else has the layer's before it.
[[nodiscard]] std::optional<TileLayer> communes_for_tiles(const LayerSet& layers, const MapDocument& document);

}  // namespace maillage::detail
