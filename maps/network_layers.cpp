#include "maps/network_layers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/network/stretch_lines.hpp"
#include "engine/network/travel_profile.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer_builder.hpp"

namespace maillage {

namespace {

constexpr double kMetresPerKm = 1'000;
constexpr double kSquareMetresPerKm2 = 1e6;
constexpr double kCentimetresPerKm = 1e5;

Value key_of(const IsochroneSources& sources, const std::optional<std::size_t> place) {
  return place ? Value{sources.places[*place]} : Value{};
}

/// The fields that areas and roads have alike.
template <typename Row>
void fill_limits(LayerBuilder& builder, const IsochroneSources& sources, const std::vector<Row>& rows) {
  builder.fill("cle", [&](const std::size_t row) { return key_of(sources, rows[row].place); });
  builder.fill("rang", [&](const std::size_t row) -> Value { return static_cast<std::int64_t>(rows[row].limit + 1); });
  builder.fill("limite", [&](const std::size_t row) -> Value { return std::int64_t{sources.limits[rows[row].limit]}; });
  builder.fill("limite_libelle", [&](const std::size_t row) { return text_value(sources.labels[rows[row].limit]); });
  builder.fill("sens", [&](const std::size_t) -> Value {
    return std::string{sources.direction == Direction::forward ? "depuis le lieu" : "vers le lieu"};
  });
  builder.fill("unite", [&](const std::size_t) -> Value { return unit_name(sources.unit); });
}

LineSet in_degrees(LineSet lines, const Conversion& plane_to_lonlat) {
  plane_to_lonlat(lines.vertices);
  return lines;
}

bool is_part(const RoadFault fault) {
  return fault <= RoadFault::cut_off;
}

}  // namespace

std::string_view fault_name(const RoadFault fault) {
  constexpr std::array<std::string_view, kRoadFaults> kNames{
      "îlot", "sans sortie", "sans entrée", "coupé", "bac sans suite", "vitesse supposée", "vitesse douteuse"};
  return kNames.at(static_cast<std::size_t>(fault));
}

std::string_view standing_name(const RoadStanding standing) {
  switch (standing) {
    case RoadStanding::joined:
      return "relié";
    case RoadStanding::no_exit:
      return fault_name(RoadFault::no_exit);
    case RoadStanding::no_entry:
      return fault_name(RoadFault::no_entry);
    case RoadStanding::cut_off:
      return fault_name(RoadFault::cut_off);
    case RoadStanding::island:
      return fault_name(RoadFault::island);
    case RoadStanding::closed:
      return "loin de toute route";
  }
  throw ArgumentError("standing_name: not a standing");
}

Layer isochrones_layer(const IsochroneSources& sources, std::vector<ServiceArea> areas) {
  std::stable_sort(areas.begin(), areas.end(), [](const ServiceArea& a, const ServiceArea& b) {
    return std::pair{b.limit, a.place} < std::pair{a.limit, b.place};
  });
  LayerBuilder builder{LayerKind::isochrones, areas.size(), {}};
  fill_limits(builder, sources, areas);
  const auto drawn = [&](const std::size_t row, const double value) {
    return areas[row].places_drawn > 0 ? Value{value} : Value{};
  };
  builder.fill("lieux", [&](const std::size_t row) -> Value { return areas[row].places_drawn; });
  builder.fill("superficie_km2", [&](const std::size_t row) {
    return drawn(row, surface(areas[row].area, AreaIndex{0}) / kSquareMetresPerKm2);
  });
  builder.fill("routes_km", [&](const std::size_t row) { return drawn(row, areas[row].roads_m / kMetresPerKm); });
  for (ServiceArea& each : areas) {
    builder.layer().areas.add_area(each.area, AreaIndex{0});
    each.area = {};
  }
  builder.layer().areas_lonlat = builder.layer().areas;
  sources.plane_to_lonlat(builder.layer().areas_lonlat.vertices);
  return builder.take();
}

Layer reached_roads_layer(const IsochroneSources& sources, const std::span<const ReachedRoad> roads) {
  std::vector<ReachedRoad> rows;
  LineSet lines;
  for (const ReachedRoad& road : roads) {
    if (append_stretch_line(sources.network, road.stretch, lines)) {
      lines.end_feature();
      rows.push_back(road);
    }
  }
  LayerBuilder builder{LayerKind::reached_roads, rows.size(), {}};
  fill_limits(builder, sources, rows);
  const auto road_of = [&](const std::size_t row) -> const Road& { return sources.network.road(rows[row].stretch.road); };
  builder.fill("classe",
               [&](const std::size_t row) -> Value { return std::string{road_class_name(road_of(row).road_class)}; });
  builder.fill("objet_source", [&](const std::size_t row) -> Value { return road_of(row).source_id; });
  builder.fill("debut", [&](const std::size_t row) -> Value { return rows[row].stretch.begin; });
  builder.fill("fin", [&](const std::size_t row) -> Value { return rows[row].stretch.end; });
  builder.fill("longueur_m", [&](const std::size_t row) -> Value {
    return length_m(sources.network, std::span{&rows[row].stretch, 1});
  });
  builder.layer().lines_lonlat = in_degrees(lines, sources.plane_to_lonlat);
  builder.layer().lines = std::move(lines);
  return builder.take();
}

Layer network_audit_layer(const RoadNetwork& network, const RoadAudit& audit, const Conversion& plane_to_lonlat) {
  const std::vector<RoadFinding>& rows = audit.findings;
  LayerBuilder builder{LayerKind::network_audit, rows.size(), {}};
  std::array<std::int64_t, kRoadFaults> ranks{};
  LineSet lines;
  for (const RoadFinding& finding : rows) {
    for (const RoadIndex road : finding.roads) {
      append_stretch_line(network, {.road = road, .begin = 0, .end = 1}, lines);
    }
    lines.end_feature();
  }
  builder.fill("nature", [&](const std::size_t row) -> Value { return std::string{fault_name(rows[row].fault)}; });
  builder.fill("numero",
               [&](const std::size_t row) -> Value { return ++ranks.at(static_cast<std::size_t>(rows[row].fault)); });
  builder.fill("routes", [&](const std::size_t row) -> Value { return static_cast<std::int64_t>(rows[row].roads.size()); });
  builder.fill("noeuds", [&](const std::size_t row) {
    return is_part(rows[row].fault) ? Value{std::int64_t{rows[row].nodes}} : Value{};
  });
  builder.fill("longueur_km",
               [&](const std::size_t row) -> Value { return static_cast<double>(rows[row].length_cm) / kCentimetresPerKm; });
  builder.fill("classe",
               [&](const std::size_t row) -> Value { return std::string{road_class_name(main_class(network, rows[row]))}; });
  const auto speed = [](const std::uint64_t speed_m_h) {
    return speed_m_h == 0 ? Value{} : Value{static_cast<double>(speed_m_h) / kMetresPerKm};
  };
  builder.fill("vitesse_min_kmh", [&](const std::size_t row) { return speed(rows[row].slowest_m_h); });
  builder.fill("vitesse_max_kmh", [&](const std::size_t row) { return speed(rows[row].fastest_m_h); });
  builder.fill("objet_source",
               [&](const std::size_t row) -> Value { return network.road(rows[row].roads.front()).source_id; });
  builder.layer().lines_lonlat = in_degrees(lines, plane_to_lonlat);
  builder.layer().lines = std::move(lines);
  return builder.take();
}

Layer audited_places_layer(const std::span<const AuditedPlace> places, const Conversion& plane_to_lonlat) {
  std::vector<AuditedPlace> rows;
  std::vector<Point> positions;
  for (const AuditedPlace& place : places) {
    if (place.standing != RoadStanding::joined) {
      rows.push_back(place);
      positions.push_back(place.position);
    }
  }
  LayerBuilder builder{LayerKind::audited_places, rows.size(), {}};
  builder.fill("cle", [&](const std::size_t row) { return text_value(rows[row].key); });
  builder.fill("nom", [&](const std::size_t row) { return text_value(rows[row].name); });
  builder.fill("sorte", [&](const std::size_t row) { return text_value(rows[row].kind); });
  builder.fill("etat", [&](const std::size_t row) -> Value { return std::string{standing_name(rows[row].standing)}; });
  builder.fill("acces_m", [&](const std::size_t row) {
    return rows[row].standing == RoadStanding::closed ? Value{} : Value{rows[row].access_m};
  });
  builder.fill("population",
               [&](const std::size_t row) { return rows[row].population ? Value{*rows[row].population} : Value{}; });
  builder.layer().points.assign(positions.begin(), positions.end());
  plane_to_lonlat(positions);
  builder.layer().points_lonlat.assign(positions.begin(), positions.end());
  return builder.take();
}

}  // namespace maillage
