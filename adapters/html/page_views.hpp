#pragma once

#include <nlohmann/json.hpp>

#include "maps/layer_view.hpp"

namespace maillage::detail {

/// Views as the page reads them; bounds without end are null.
[[nodiscard]] nlohmann::json view_json(const LayerView& view);
[[nodiscard]] nlohmann::json map_json(const MapView& map);

}  // namespace maillage::detail
