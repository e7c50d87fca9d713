#pragma once

#include <optional>

#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage::detail {

/// The style of a layer of a road network: areas and roads by limit, dark for near; findings and places by kind. Nothing for
/// other layers. Colours: ColorBrewer YlGnBu (Brewer 2003, doi:10.1559/152304003100010929), Okabe & Ito (2008).
[[nodiscard]] std::optional<LayerStyle> network_style(const Layer& layer);

}  // namespace maillage::detail
