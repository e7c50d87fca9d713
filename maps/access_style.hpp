#pragma once

#include <vector>

#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage::detail {

/// Styles of the layers of access and of clusters, from their fields: values in classes of as many communes, the spread of
/// ranks, how often among the worst; clusters and hot spots in the usual colours. The first is the default. None for other
/// layers.
[[nodiscard]] std::vector<LayerStyle> access_styles(const Layer& layer);

}  // namespace maillage::detail
