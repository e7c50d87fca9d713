#pragma once

#include <span>
#include <string>
#include <vector>

#include "maps/build_layers.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer_builder.hpp"

namespace maillage::detail {

/// What the single layers share while a LayerSet is built.
struct LayerContext {
  const LayerSources& sources;
  const LonLatConverter& lonlat;
  std::vector<CoverageDefinition> definitions;              ///< of the analyses
  IndexedVector<CommuneIndex, std::int64_t> structures_in;  ///< placed structures per commune
};

/// Areas of `more` after those there are.
void append_areas(AreaSet& areas, const AreaSet& more);
/// Adds what measures of access say of structures.
void add_structure_access(LayerBuilder& builder, const LayerContext& context);
/// Fills the fields that tell which commune a feature is, where feature k is commune k: those of them that the layer has.
void fill_identity(LayerBuilder& builder, const Territory& territory);

[[nodiscard]] Layer communes_layer(const LayerContext& context);
[[nodiscard]] Layer access_layer(const LayerContext& context);
[[nodiscard]] Layer clusters_layer(const LayerContext& context);
[[nodiscard]] Layer continuity_layer(const LayerContext& context);
/// The gaps that weigh most of each question; the others are counted in tables.
inline constexpr std::size_t kDrawnGaps = 500;
[[nodiscard]] Layer space_time_gaps_layer(const LayerContext& context);
[[nodiscard]] Layer structures_layer(const LayerContext& context);
[[nodiscard]] Layer commune_gaps_layer(const LayerContext& context);
[[nodiscard]] Layer geometric_gaps_layer(const LayerContext& context);
[[nodiscard]] Layer discontinuities_layer(const LayerContext& context);
[[nodiscard]] Layer zones_layer(const LayerContext& context, LayerKind kind);

}  // namespace maillage::detail
