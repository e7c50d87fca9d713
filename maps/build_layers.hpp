#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/accessibility/access_analysis.hpp"
#include "engine/coverage/analysis.hpp"
#include "engine/coverage/continuity_analysis.hpp"
#include "engine/equity/value_clusters.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"
#include "maps/layer.hpp"
#include "maps/lonlat_converter.hpp"

namespace maillage {

/// Values of the text columns that code and styles compare with.
inline constexpr std::string_view kGapWithoutStructure = "sans structure";
inline constexpr std::string_view kGapBeyondLimit = "au-delà de la limite";
inline constexpr std::string_view kNotSignificant = "non significatif";
inline constexpr std::string_view kIsland = "île";

/// Where a measure of access clusters.
struct MeasureClusters {
  std::size_t access = 0;   ///< position of the analysis
  std::size_t measure = 0;  ///< position of the measure in it
  ValueClusters found;      ///< unit k is commune k
};

/// What the layers are made of. Everything it points at outlives the call.
struct LayerSources {
  const Territory& territory;
  const StructureSet& structures;
  const Placements& placed;
  const Planes& planes;
  std::span<const CoverageAnalysis> analyses;          ///< one per definition, in the study's order
  std::span<const AccessAnalysis> accesses{};          ///< one per supply, in the study's order
  std::span<const ContinuityAnalysis> continuities{};  ///< in the study's order
  std::span<const MeasureClusters> clusters{};         ///< in the order of the accesses and of their measures
};

/// All layers of a run in the order in which a map stacks them, lowest first: communes, access and its clusters, continuity
/// and its gaps, gaps of communes, geometric gaps, EPCI and departements where there are any, discontinuities, structures.
/// Communes stand by code, structures in their set's order, gaps by definition, kind and rank, discontinuities by definition
/// and pair of codes, zones by code. \throws StudyError if two fields of a layer would have the same short name
[[nodiscard]] LayerSet build_layers(const LayerSources& sources);

}  // namespace maillage
