#pragma once

#include <string>

#include "engine/core/text.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// The map that is called so, or the first of a kind: "structures", "coverage" or "couverture", "cost" or "cout", "gaps" or
/// "lacunes", "discontinuities" or "discontinuites", "access" or "acces", "disagreement" or "desaccord", "clusters" or
/// "grappes", "continuity" or "continuite". \throws StudyError listing the maps there are, with their titles
[[nodiscard]] const MapView& find_map(const MapDocument& document, const std::string& name, Language language);

}  // namespace maillage
