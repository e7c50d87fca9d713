#pragma once

#include <span>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/territory/commune.hpp"
#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage {

/// QGIS styles of a run's layers, with one default for each layer: communes by population class, structures by type, gaps of
/// the first definition by population, geometric gaps hatched, discontinuities by the size of the jump, zones as outlines.
/// Layers of road networks by limit or kind. Further styles show each definition's coverage. Colours hold for colour-blind
/// readers: sequential ones after ColorBrewer (Brewer 2003, doi:10.1559/152304003100010929), categories after Okabe & Ito
/// (2008), each with its own marker too.
[[nodiscard]] std::vector<LayerStyle> qgis_styles(const LayerSet& layers, const PopulationTiers& tiers,
                                                  std::span<const CoverageDefinition> definitions);

}  // namespace maillage
