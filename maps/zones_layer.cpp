#include "engine/core/compensated_sum.hpp"
#include "engine/geometry/dissolve.hpp"
#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"

namespace maillage::detail {

namespace {

constexpr double kSquareMetresPerKm2 = 1e6;
constexpr double kRateScale = 10'000;
constexpr double kPercent = 100;

struct ZoneSums {
  std::int64_t communes = 0;
  std::int64_t communes_with = 0;
  std::int64_t structures = 0;
  std::int64_t known_populations = 0;
  std::int64_t population = 0;
  CompensatedSum area_m2;
};

std::vector<ZoneSums> sums_of(const LayerContext& context, const Zoning& zoning) {
  const Territory& territory = context.sources.territory;
  std::vector<ZoneSums> sums(zoning.codes.size());
  for (const CommuneIndex commune : territory.communes.indices()) {
    if (zoning.zone_of[commune].is_none()) {
      continue;
    }
    ZoneSums& zone = sums[zoning.zone_of[commune].value()];
    const auto& population = territory.communes[commune].population;
    zone.communes += 1;
    zone.communes_with += context.structures_in[commune] > 0 ? 1 : 0;
    zone.structures += context.structures_in[commune];
    zone.known_populations += population ? 1 : 0;
    zone.population += population.value_or(0);
    zone.area_m2.add(surface(territory.contours, AreaIndex{commune.value()}));
  }
  return sums;
}

const IndexedVector<ZoneIndex, CoverageShare>& shares_of(const Coverage& coverage, const LayerKind kind) {
  return kind == LayerKind::departements ? coverage.by_departement : coverage.by_epci;
}

void fill_coverage(LayerBuilder& builder, const IndexedVector<ZoneIndex, CoverageShare>& shares,
                   const std::size_t position) {
  const auto share = [&](const std::size_t zone) -> const CoverageShare& { return shares[ZoneIndex{zone}]; };
  builder.fill(position, "structures", [&](const std::size_t zone) -> Value { return share(zone).structures; });
  builder.fill(position, "population_couverte",
               [&](const std::size_t zone) -> Value { return share(zone).population_covered; });
  builder.fill(position, "part_couverte", [&](const std::size_t zone) {
    return ratio_value(share(zone).population_covered, share(zone).population, kPercent);
  });
  builder.fill(position, "communes_couvertes",
               [&](const std::size_t zone) -> Value { return share(zone).communes_covered; });
}

AreaSet contours_of(const Territory& territory, const Zoning& zoning) {
  std::vector<std::uint32_t> group_of;
  for (const ZoneIndex zone : zoning.zone_of) {
    group_of.push_back(zone.is_none() ? kNoGroup : zone.value());
  }
  return dissolve(territory.contours, group_of, zoning.codes.size());
}

}  // namespace

Layer zones_layer(const LayerContext& context, const LayerKind kind) {
  const Territory& territory = context.sources.territory;
  const Zoning& zoning = kind == LayerKind::departements ? territory.departements : territory.epcis;
  const std::vector<ZoneSums> sums = sums_of(context, zoning);
  LayerBuilder builder{kind, zoning.codes.size(), context.definitions};
  builder.fill("code", [&](const std::size_t zone) { return text_value(zoning.codes[ZoneIndex{zone}]); });
  builder.fill("nom", [&](const std::size_t zone) { return text_value(zoning.names[ZoneIndex{zone}]); });
  builder.fill("population", [&](const std::size_t zone) {
    return sums[zone].known_populations > 0 ? Value{sums[zone].population} : Value{};
  });
  builder.fill("superficie_km2",
               [&](const std::size_t zone) -> Value { return sums[zone].area_m2.value() / kSquareMetresPerKm2; });
  builder.fill("communes", [&](const std::size_t zone) -> Value { return sums[zone].communes; });
  builder.fill("structures", [&](const std::size_t zone) -> Value { return sums[zone].structures; });
  builder.fill("communes_avec", [&](const std::size_t zone) -> Value { return sums[zone].communes_with; });
  builder.fill("structures_10000", [&](const std::size_t zone) {
    return ratio_value(sums[zone].structures, sums[zone].population, kRateScale);
  });
  for (std::size_t position = 0; position < context.definitions.size(); ++position) {
    fill_coverage(builder, shares_of(context.sources.analyses[position].coverage, kind), position);
  }
  builder.layer().areas = contours_of(territory, zoning);
  builder.layer().areas_lonlat = context.lonlat.convert(builder.layer().areas);
  return builder.take();
}

}  // namespace maillage::detail
