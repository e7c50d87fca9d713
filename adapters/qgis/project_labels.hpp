#pragma once

#include <string>

#include "maps/layer.hpp"

namespace maillage::detail {

/// <labeling> of a layer of communes or zones: names of large communes from afar, of all when near. Empty for other layers.
[[nodiscard]] std::string labels_xml(const Layer& layer);

/// Whether the layer's features have a name to be shown by.
[[nodiscard]] bool has_names(const Layer& layer);

}  // namespace maillage::detail
