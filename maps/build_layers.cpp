#include "maps/build_layers.hpp"

#include "maps/layer_parts.hpp"

namespace maillage {

LayerSet build_layers(const LayerSources& sources) {
  const Territory& territory = sources.territory;
  const LonLatConverter lonlat{territory, sources.planes};
  detail::LayerContext context{.sources = sources, .lonlat = lonlat, .definitions = {}, .structures_in = {}};
  for (const CoverageAnalysis& analysis : sources.analyses) {
    context.definitions.push_back(analysis.coverage.definition);
  }
  context.structures_in.resize(territory.communes.size());
  for (const Placement& placement : sources.placed.of) {
    if (!placement.commune.is_none()) {
      context.structures_in[placement.commune] += 1;
    }
  }

  LayerSet set{.territory = territory.name, .plane = territory.plane, .layers = {}};
  set.layers.push_back(detail::communes_layer(context));
  if (!sources.accesses.empty()) {
    set.layers.push_back(detail::access_layer(context));
  }
  if (!sources.clusters.empty()) {
    set.layers.push_back(detail::clusters_layer(context));
  }
  if (!sources.continuities.empty()) {
    set.layers.push_back(detail::continuity_layer(context));
    set.layers.push_back(detail::space_time_gaps_layer(context));
  }
  if (!sources.analyses.empty()) {
    set.layers.push_back(detail::commune_gaps_layer(context));
    set.layers.push_back(detail::geometric_gaps_layer(context));
  }
  if (!territory.epcis.codes.empty()) {
    set.layers.push_back(detail::zones_layer(context, LayerKind::epcis));
  }
  if (!territory.departements.codes.empty()) {
    set.layers.push_back(detail::zones_layer(context, LayerKind::departements));
  }
  if (!sources.analyses.empty()) {
    set.layers.push_back(detail::discontinuities_layer(context));
  }
  set.layers.push_back(detail::structures_layer(context));
  return set;
}

}  // namespace maillage
