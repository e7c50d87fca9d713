#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/territory/commune.hpp"
#include "maps/graduated_view.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// What maps say beside the layers.
struct MapSources {
  const PopulationTiers& tiers;
  std::span<const CoverageDefinition> definitions;  ///< of the layers, in the study's order
  ViewSettings settings{};
  std::string title{};          ///< of the study
  std::vector<Text> sources{};  ///< producers and licences
  Text data_date{};
};

/// Every way to draw the layers, with one default for each layer, and the maps of a run: structures by type over communes by
/// population class first, then for each coverage who is covered, what the nearest offer costs, the gaps and the jumps
/// between neighbours; each measure of access, where measures disagree, clusters; continuity. Layers of road networks have a
/// map each. \throws StudyError when the settings name a field that no layer has, or one that is an amount
[[nodiscard]] MapDocument make_map_document(const LayerSet& layers, const MapSources& sources);

}  // namespace maillage
