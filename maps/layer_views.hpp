#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/territory/commune.hpp"
#include "maps/graduated_view.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

/// What views of a run's layers are made from.
struct ViewSources {
  const PopulationTiers& tiers;
  std::span<const CoverageDefinition> definitions;
  const ViewSettings& settings;
};

/// Names of views that maps stack.
inline constexpr const char* kTierView = "communes_strates";
inline constexpr const char* kGroundView = "communes_fond";
inline constexpr const char* kTypeView = "structures_types";
[[nodiscard]] std::string covered_view(const CoverageDefinition& definition);
[[nodiscard]] std::string cost_view(const CoverageDefinition& definition);
[[nodiscard]] std::string counted_view(const CoverageDefinition& definition);
[[nodiscard]] std::string gap_view(const CoverageDefinition& definition, bool beyond_limit);
[[nodiscard]] std::string geometric_gap_view(const CoverageDefinition& definition);
[[nodiscard]] std::string jump_view(const CoverageDefinition& definition);
[[nodiscard]] std::string outline_view(const Layer& zones);

/// Views of one layer of coverage, structures, gaps, jumps or zones, the default first; none for other layers.
[[nodiscard]] std::vector<LayerView> coverage_views(const Layer& layer, const ViewSources& sources);

/// Views of the layers of access and of clusters: values in classes, the spread of ranks, how often among the worst;
/// clusters and hot spots in the usual colours. The first is the default. None for other layers.
[[nodiscard]] std::vector<LayerView> access_views(const Layer& layer, const ViewSettings& settings);

/// Views of the layers of continuity and of its gaps: hours a week, longest time without, each window in classes; gaps with
/// the time at which they are there. None for other layers.
[[nodiscard]] std::vector<LayerView> continuity_views(const Layer& layer, const ViewSettings& settings);

/// The view of a layer of a road network: areas and roads by limit, dark for near; findings and places by kind. None for
/// other layers.
[[nodiscard]] std::vector<LayerView> network_views(const Layer& layer);

}  // namespace maillage::detail
