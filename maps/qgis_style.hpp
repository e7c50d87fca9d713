#pragma once

#include <vector>

#include "maps/layer_view.hpp"
#include "maps/style.hpp"

namespace maillage {

/// The view as a QGIS 3 style document (QML): symbology, and the time of its features where they have one.
[[nodiscard]] std::string qgis_qml(const LayerView& view, Language language);

/// QGIS styles of all views of a document.
[[nodiscard]] std::vector<LayerStyle> qgis_styles(const MapDocument& document, Language language);

}  // namespace maillage
