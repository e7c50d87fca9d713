#include <cmath>

#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"
#include "maps/measure_display.hpp"

namespace maillage::detail {

namespace {

Value number_or_nothing(const double number, const double scale = 1) {
  return std::isfinite(number) ? Value{number * scale} : Value{};
}

void add_measures(LayerBuilder& builder, const AccessAnalysis& access, const std::size_t position) {
  std::size_t ranked = 0;
  for (std::size_t measure = 0; measure < access.measures.size(); ++measure) {
    const std::vector<double>& values = access.values[measure].of_commune;
    if (values.empty()) {
      continue;
    }
    const double scale = measure_display(access.measures[measure].measure, access).scale;
    const std::size_t first = builder.add(measure_fields(LayerKind::access, access, position, measure));
    builder.fill_at(first, [&](const std::size_t commune) { return number_or_nothing(values[commune], scale); });
    if (is_compared(access.measures[measure].measure)) {
      const std::vector<double>& ranks = access.disagreement.ranks[ranked++];
      builder.fill_at(first + 1, [&](const std::size_t commune) { return number_or_nothing(ranks[commune]); });
    }
  }
}

Value kind_value(const UnitClusters& unit) {
  switch (unit.kind) {
    case ClusterKind::high_high:
      return std::string{"haut-haut"};
    case ClusterKind::low_low:
      return std::string{"bas-bas"};
    case ClusterKind::low_high:
      return std::string{"bas-haut"};
    case ClusterKind::high_low:
      return std::string{"haut-bas"};
    case ClusterKind::island:
      return std::string{kIsland};
    case ClusterKind::not_significant:
      break;
  }
  return std::string{kNotSignificant};
}

Value spot_value(const UnitClusters& unit) {
  switch (unit.spot) {
    case ClusterKind::high_high:
      return std::string{"chaud"};
    case ClusterKind::low_low:
      return std::string{"froid"};
    case ClusterKind::island:
      return std::string{kIsland};
    default:
      return std::string{kNotSignificant};
  }
}

}  // namespace

Layer access_layer(const LayerContext& context) {
  const Territory& territory = context.sources.territory;
  LayerBuilder builder{LayerKind::access, territory.communes.size(), {}};
  fill_identity(builder, territory);
  for (std::size_t position = 0; position < context.sources.accesses.size(); ++position) {
    const AccessAnalysis& access = context.sources.accesses[position];
    const Disagreement& ranks = access.disagreement;
    const std::size_t first = builder.add(access_fields(LayerKind::access, access, position));
    std::size_t column = first;
    builder.fill_at(column++, [&](const std::size_t commune) { return Value{std::int64_t{ranks.measures[commune]}}; });
    builder.fill_at(column++, [&](const std::size_t commune) { return number_or_nothing(ranks.median_rank[commune]); });
    builder.fill_at(column++, [&](const std::size_t commune) { return number_or_nothing(ranks.spread[commune]); });
    builder.fill_at(column++, [&](const std::size_t commune) { return Value{std::int64_t{ranks.in_worst_tenth[commune]}}; });
    add_measures(builder, access, position);
  }
  builder.layer().areas = territory.contours;
  builder.layer().areas_lonlat = context.lonlat.contours();
  return builder.take();
}

Layer clusters_layer(const LayerContext& context) {
  const Territory& territory = context.sources.territory;
  LayerBuilder builder{LayerKind::clusters, territory.communes.size(), {}};
  fill_identity(builder, territory);
  for (const MeasureClusters& clusters : context.sources.clusters) {
    const std::vector<UnitClusters>& units = clusters.found.units;
    std::size_t column = builder.add(
        measure_fields(LayerKind::clusters, context.sources.accesses[clusters.access], clusters.access, clusters.measure));
    const auto fill = [&](const auto& value_of) {
      builder.fill_at(column++, [&](const std::size_t commune) -> Value {
        return units[commune].has_value ? Value{value_of(units[commune])} : Value{};
      });
    };
    fill(kind_value);
    fill([](const UnitClusters& unit) { return unit.moran.value; });
    fill([](const UnitClusters& unit) { return unit.p; });
    fill(spot_value);
    fill([](const UnitClusters& unit) { return unit.gi_star.value; });
    fill([](const UnitClusters& unit) { return unit.spot_p; });
  }
  builder.layer().areas = territory.contours;
  builder.layer().areas_lonlat = context.lonlat.contours();
  return builder.take();
}

void add_structure_access(LayerBuilder& builder, const LayerContext& context) {
  const std::size_t structures = context.sources.structures.structures.size();
  for (std::size_t position = 0; position < context.sources.accesses.size(); ++position) {
    const AccessAnalysis& access = context.sources.accesses[position];
    for (std::size_t measure = 0; measure < access.measures.size(); ++measure) {
      if (!std::holds_alternative<Crowding>(access.measures[measure].measure)) {
        continue;
      }
      const std::vector<double>& values = access.values[measure].of_structure;
      std::vector<Value> of_structure(structures);
      for (std::size_t k = 0; k < access.structures.size(); ++k) {
        if (access.supply[k] > 0) {
          of_structure[access.structures[k].value()] = number_or_nothing(values[k]);
        }
      }
      const std::size_t column = builder.add(measure_fields(LayerKind::structures, access, position, measure));
      builder.fill_at(column, [&](const std::size_t structure) { return of_structure[structure]; });
    }
  }
}

}  // namespace maillage::detail
