#pragma once

#include <string>

#include "engine/core/text.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// The view as an OGC Styled Layer Descriptor 1.0.0, for GeoServer, MapServer, OpenLayers, QGIS: one rule for each class, with
/// the view's own bounds. Millimetres become the standard's pixels of 0.28 mm. Two things that the standard has no word for
/// are approximated: circles stand in up to ten sizes, each the one of the middle of its interval, and a pentagon is a cross.
/// Source: OGC 02-070, Styled Layer Descriptor Implementation Specification 1.0.0; OGC 02-059, Filter Encoding 1.0.0.
[[nodiscard]] std::string sld_style(const LayerView& view, Language language);

}  // namespace maillage
