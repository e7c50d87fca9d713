#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"

namespace maillage::detail {

namespace {

constexpr double kSquareMetresPerKm2 = 1e6;
constexpr double kRateScale = 10'000;

// A code's name in a zoning; nothing where the commune is in no zone, or the zone has no name of its own.
Value zone_name(const Zoning& zoning, const CommuneIndex commune) {
  if (zoning.codes.empty() || zoning.zone_of[commune].is_none()) {
    return {};
  }
  return text_value(zoning.names[zoning.zone_of[commune]]);
}

Value point_origin(const CommunePoint::Origin origin) {
  switch (origin) {
    case CommunePoint::Origin::declared:
      return std::string{"déclaré"};
    case CommunePoint::Origin::interior:
      return std::string{"intérieur"};
    case CommunePoint::Origin::none:
      break;
  }
  return {};
}

// Per commune, the number of its gap from 1; 0 where it is in none.
std::vector<std::int64_t> gap_numbers(const std::vector<GapComponent>& gaps, const std::size_t communes) {
  std::vector<std::int64_t> numbers(communes);
  for (std::size_t gap = 0; gap < gaps.size(); ++gap) {
    for (const CommuneIndex commune : gaps[gap].communes) {
      numbers[commune.value()] = static_cast<std::int64_t>(gap + 1);
    }
  }
  return numbers;
}

std::vector<std::int64_t> structures_per_commune(const LayerContext& context, const CoverageDefinition& definition) {
  std::vector<std::int64_t> counts(context.sources.territory.communes.size());
  for (const StructureIndex structure : definition.structures) {
    const CommuneIndex commune = context.sources.placed.of[structure].commune;
    if (!commune.is_none()) {
      counts[commune.value()] += 1;
    }
  }
  return counts;
}

void fill_coverage(LayerBuilder& builder, const LayerContext& context, const std::size_t position) {
  const CoverageAnalysis& analysis = context.sources.analyses[position];
  const std::size_t communes = context.sources.territory.communes.size();
  const auto result = [&](const std::size_t feature) -> const CommuneCoverage& {
    return analysis.coverage.communes[CommuneIndex{feature}];
  };
  const auto nearest_text = [&](const std::size_t feature, const std::string Structure::*text) {
    const StructureIndex nearest = result(feature).nearest;
    return nearest.is_none() ? Value{} : text_value(context.sources.structures.structures[nearest].*text);
  };
  const auto number_or_nothing = [](const std::int64_t number) { return number == 0 ? Value{} : Value{number}; };
  const std::vector<std::int64_t> counts = structures_per_commune(context, context.definitions[position]);
  builder.fill(position, "structures", [&](const std::size_t feature) -> Value { return counts[feature]; });
  builder.fill(position, "proche_cle", [&](const std::size_t feature) { return nearest_text(feature, &Structure::key); });
  builder.fill(position, "proche_nom", [&](const std::size_t feature) { return nearest_text(feature, &Structure::name); });
  builder.fill(position, "cout", [&](const std::size_t feature) { return cost_value(result(feature).cost); });
  const Cost limit = analysis.coverage.definition.limit;
  builder.fill(position, "exces", [&](const std::size_t feature) -> Value {
    const Cost cost = result(feature).cost;
    return cost == kUnreachable ? Value{} : Value{std::int64_t{cost > limit ? cost - limit : 0}};
  });
  builder.fill(position, "a_portee",
               [&](const std::size_t feature) -> Value { return std::int64_t{result(feature).depth}; });
  builder.fill(position, "population_couverte",
               [&](const std::size_t feature) -> Value { return result(feature).population_covered; });
  builder.fill(position, "est_couverte", [&](const std::size_t feature) -> Value { return result(feature).covered; });
  const auto without = gap_numbers(analysis.gaps_without_structure, communes);
  const auto beyond = gap_numbers(analysis.gaps_beyond_limit, communes);
  builder.fill(position, "lacune_sans", [&](const std::size_t feature) { return number_or_nothing(without[feature]); });
  builder.fill(position, "lacune_limite", [&](const std::size_t feature) { return number_or_nothing(beyond[feature]); });
}

void fill_description(LayerBuilder& builder, const Territory& territory) {
  builder.fill("departement_nom", [&](const std::size_t f) { return zone_name(territory.departements, CommuneIndex{f}); });
  builder.fill("region",
               [&](const std::size_t feature) { return text_value(territory.communes[CommuneIndex{feature}].region); });
  builder.fill("superficie_km2", [&](const std::size_t feature) -> Value {
    const AreaIndex area{feature};
    const bool has_contour = territory.contours.area_first[feature] != territory.contours.area_first[feature + 1];
    return has_contour ? Value{surface(territory.contours, area) / kSquareMetresPerKm2} : Value{};
  });
  builder.fill("origine_point",
               [&](const std::size_t feature) { return point_origin(territory.points[CommuneIndex{feature}].origin); });
}

}  // namespace

void fill_identity(LayerBuilder& builder, const Territory& territory) {
  const auto commune = [&](const std::size_t feature) -> const Commune& {
    return territory.communes[CommuneIndex{feature}];
  };
  builder.fill("code", [&](const std::size_t feature) { return text_value(commune(feature).code); });
  builder.fill("nom", [&](const std::size_t feature) { return text_value(commune(feature).name); });
  builder.fill("population", [&](const std::size_t feature) {
    const auto& population = commune(feature).population;
    return population ? Value{*population} : Value{};
  });
  builder.fill("strate", [&](const std::size_t feature) {
    const TierIndex tier = territory.tier[CommuneIndex{feature}];
    return tier.is_none() ? Value{} : Value{territory.tiers.labels_french[tier]};
  });
  builder.fill("strate_rang", [&](const std::size_t feature) {
    const TierIndex tier = territory.tier[CommuneIndex{feature}];
    return tier.is_none() ? Value{} : Value{std::int64_t{tier.value()} + 1};
  });
  builder.fill("departement", [&](const std::size_t feature) { return text_value(commune(feature).departement); });
  builder.fill("epci", [&](const std::size_t feature) { return text_value(commune(feature).epci); });
  builder.fill("epci_nom", [&](const std::size_t feature) { return zone_name(territory.epcis, CommuneIndex{feature}); });
}

Layer communes_layer(const LayerContext& context) {
  const Territory& territory = context.sources.territory;
  LayerBuilder builder{LayerKind::communes, territory.communes.size(), context.definitions};
  fill_identity(builder, territory);
  fill_description(builder, territory);
  builder.fill("structures",
               [&](const std::size_t feature) -> Value { return context.structures_in[CommuneIndex{feature}]; });
  builder.fill("structures_10000", [&](const std::size_t feature) {
    const CommuneIndex commune{feature};
    return ratio_value(context.structures_in[commune], territory.communes[commune].population.value_or(0), kRateScale);
  });
  for (std::size_t position = 0; position < context.definitions.size(); ++position) {
    fill_coverage(builder, context, position);
  }
  builder.layer().areas = territory.contours;
  builder.layer().areas_lonlat = context.lonlat.contours();
  return builder.take();
}

}  // namespace maillage::detail
