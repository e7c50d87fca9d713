#pragma once

#include "maps/layer_view.hpp"

namespace maillage {

/// The view for the layer as a Shapefile holds it: fields by their short names, booleans as 1 and 0.
/// \throws ArgumentError if the layer has no such field
[[nodiscard]] LayerView shapefile_view(LayerView view, const Layer& layer);

}  // namespace maillage
