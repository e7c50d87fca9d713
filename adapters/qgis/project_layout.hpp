#pragma once

#include <string>

#include "adapters/qgis/project_frame.hpp"
#include "engine/core/text.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

/// <Layouts>: one A4 page, landscape: title, map, legend of what the map shows, scale bar, north, sources.
[[nodiscard]] std::string layouts_xml(const ProjectFrame& frame, const MapDocument& document, Language language);

}  // namespace maillage::detail
