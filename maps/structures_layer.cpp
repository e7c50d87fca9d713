#include <algorithm>
#include <cmath>

#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"

namespace maillage::detail {

namespace {

Value agreement_value(const KeyAgreement agreement) {
  switch (agreement) {
    case KeyAgreement::agree:
      return std::string{"accord"};
    case KeyAgreement::conflict:
      return std::string{"conflit"};
    case KeyAgreement::point_only:
      return std::string{"point seul"};
    case KeyAgreement::code_only:
      return std::string{"code seul"};
    case KeyAgreement::postcode_only:
      return std::string{"code postal seul"};
    case KeyAgreement::none:
      break;
  }
  return {};
}

Value precision_value(const PositionPrecision precision) {
  switch (precision) {
    case PositionPrecision::point:
      return std::string{"point"};
    case PositionPrecision::commune:
      return std::string{"commune"};
    case PositionPrecision::postcode:
      return std::string{"code postal"};
    case PositionPrecision::none:
      break;
  }
  return {};
}

void fill_texts(LayerBuilder& builder, const StructureSet& set) {
  const auto structure = [&](const std::size_t feature) -> const Structure& {
    return set.structures[StructureIndex{feature}];
  };
  builder.fill("cle", [&](const std::size_t f) { return text_value(structure(f).key); });
  builder.fill("nom", [&](const std::size_t f) { return text_value(structure(f).name); });
  builder.fill("source", [&](const std::size_t f) { return text_value(structure(f).source); });
  builder.fill("typologie", [&](const std::size_t f) { return text_value(structure(f).typology); });
  builder.fill("statut", [&](const std::size_t f) { return text_value(structure(f).legal_status); });
  builder.fill("competences", [&](const std::size_t f) { return joined_value(structure(f).competences); });
  builder.fill("ressources", [&](const std::size_t f) { return joined_value(structure(f).resources); });
  builder.fill("actions", [&](const std::size_t f) { return joined_value(structure(f).actions); });
  builder.fill("capacite", [&](const std::size_t f) {
    const auto& capacity = structure(f).capacity;
    return capacity ? Value{*capacity} : Value{};
  });
  builder.fill("horaires", [&](const std::size_t f) { return text_value(structure(f).opening_hours); });
  builder.fill("millesime", [&](const std::size_t f) { return text_value(structure(f).vintage); });
  builder.fill("code_declare", [&](const std::size_t f) { return text_value(structure(f).commune_code); });
  for (std::size_t column = 0; column < set.carried_columns.size(); ++column) {
    builder.fill_carried(column, [&](const std::size_t f) {
      const auto& carried = structure(f).carried;
      return column < carried.size() ? text_value(carried[column]) : Value{};
    });
  }
}

void fill_placement(LayerBuilder& builder, const Territory& territory, const Placements& placed) {
  const auto placement = [&](const std::size_t feature) -> const Placement& { return placed.of[StructureIndex{feature}]; };
  const auto code = [&](const CommuneIndex commune) {
    return commune.is_none() ? Value{} : text_value(territory.communes[commune].code);
  };
  // A value of the commune that the structure counts for.
  const auto of_commune = [&](const std::string_view field, const auto& value_of) {
    builder.fill(field, [&](const std::size_t f) {
      const CommuneIndex commune = placement(f).commune;
      return commune.is_none() ? Value{} : Value{value_of(commune)};
    });
  };
  const auto zone_name = [](const Zoning& zoning, const CommuneIndex commune) {
    const bool known = !zoning.codes.empty() && !zoning.zone_of[commune].is_none();
    return known ? text_value(zoning.names[zoning.zone_of[commune]]) : Value{};
  };
  builder.fill("commune", [&](const std::size_t f) { return code(placement(f).commune); });
  of_commune("commune_nom", [&](const CommuneIndex commune) { return text_value(territory.communes[commune].name); });
  of_commune("strate", [&](const CommuneIndex commune) {
    const TierIndex tier = territory.tier[commune];
    return tier.is_none() ? Value{} : Value{territory.tiers.labels_french[tier]};
  });
  of_commune("strate_rang", [&](const CommuneIndex commune) {
    const TierIndex tier = territory.tier[commune];
    return tier.is_none() ? Value{} : Value{std::int64_t{tier.value()} + 1};
  });
  of_commune("departement", [&](const CommuneIndex commune) { return text_value(territory.communes[commune].departement); });
  of_commune("departement_nom", [&](const CommuneIndex commune) { return zone_name(territory.departements, commune); });
  of_commune("epci", [&](const CommuneIndex commune) { return text_value(territory.communes[commune].epci); });
  of_commune("epci_nom", [&](const CommuneIndex commune) { return zone_name(territory.epcis, commune); });
  builder.fill("commune_du_point", [&](const std::size_t f) { return code(placement(f).commune_of_point); });
  builder.fill("commune_du_code", [&](const std::size_t f) { return code(placement(f).commune_of_code); });
  builder.fill("accord", [&](const std::size_t f) { return agreement_value(placement(f).agreement); });
  builder.fill("precision", [&](const std::size_t f) { return precision_value(placement(f).precision); });
  builder.fill("ecart_m", [&](const std::size_t f) {
    const bool compared = placement(f).agreement == KeyAgreement::agree ||
                          placement(f).agreement == KeyAgreement::conflict || placement(f).conflict_distance_m > 0;
    return compared ? Value{placement(f).conflict_distance_m} : Value{};
  });
  builder.fill("au_large_m", [&](const std::size_t f) {
    return placement(f).offshore_distance_m > 0 ? Value{placement(f).offshore_distance_m} : Value{};
  });
}

void fill_coverage(LayerBuilder& builder, const LayerContext& context, const std::size_t position) {
  const Coverage& coverage = context.sources.analyses[position].coverage;
  const std::vector<StructureIndex>& members = coverage.definition.structures;
  const auto result = [&](const std::size_t feature) -> const StructureCoverage* {
    const auto found = std::ranges::lower_bound(members, StructureIndex{feature});
    const bool counts = found != members.end() && *found == StructureIndex{feature};
    return counts ? &coverage.structures[static_cast<std::size_t>(found - members.begin())] : nullptr;
  };
  builder.fill(position, "est_comptee", [&](const std::size_t feature) -> Value { return result(feature) != nullptr; });
  builder.fill(position, "population_a_portee", [&](const std::size_t feature) {
    const StructureCoverage* own = result(feature);
    return own == nullptr ? Value{} : Value{own->population_in_reach};
  });
  builder.fill(position, "population_seule", [&](const std::size_t feature) {
    const StructureCoverage* own = result(feature);
    return own == nullptr ? Value{} : Value{own->population_alone};
  });
  builder.fill(position, "communes_a_portee", [&](const std::size_t feature) {
    const StructureCoverage* own = result(feature);
    return own == nullptr ? Value{} : Value{std::int64_t{own->communes_in_reach}};
  });
}

// Its own coordinates as declared where it stands on them, so that degrees come out as they went in.
std::vector<std::optional<Point>> positions_lonlat(const LayerContext& context) {
  const LayerSources& sources = context.sources;
  std::vector<Point> declared;
  std::vector<Point> computed;
  const auto is_declared = [&](const StructureIndex structure) {
    return sources.placed.of[structure].precision == PositionPrecision::point &&
           sources.structures.structures[structure].declared_position.has_value();
  };
  for (const StructureIndex structure : sources.placed.of.indices()) {
    if (is_declared(structure)) {
      declared.push_back(*sources.structures.structures[structure].declared_position);
    } else {
      computed.push_back(sources.placed.of[structure].position);
    }
  }
  sources.planes.source_to_lonlat(declared);
  context.lonlat.convert(std::span<Point>{computed});
  std::vector<std::optional<Point>> positions;
  auto next_declared = declared.begin();
  auto next_computed = computed.begin();
  for (const StructureIndex structure : sources.placed.of.indices()) {
    const Point position = is_declared(structure) ? *next_declared++ : *next_computed++;
    const bool placed = sources.placed.of[structure].precision != PositionPrecision::none;
    const bool usable = placed && std::isfinite(position.x) && std::isfinite(position.y);
    positions.push_back(usable ? std::optional<Point>{position} : std::nullopt);
  }
  return positions;
}

}  // namespace

Layer structures_layer(const LayerContext& context) {
  const LayerSources& sources = context.sources;
  LayerBuilder builder{LayerKind::structures, sources.structures.structures.size(), context.definitions,
                       sources.structures.carried_columns};
  fill_texts(builder, sources.structures);
  fill_placement(builder, sources.territory, sources.placed);
  for (std::size_t position = 0; position < context.definitions.size(); ++position) {
    fill_coverage(builder, context, position);
  }
  for (const Placement& placement : sources.placed.of) {
    const bool placed = placement.precision != PositionPrecision::none;
    builder.layer().points.push_back(placed ? std::optional<Point>{placement.position} : std::nullopt);
  }
  add_structure_access(builder, context);
  builder.layer().points_lonlat = positions_lonlat(context);
  return builder.take();
}

}  // namespace maillage::detail
