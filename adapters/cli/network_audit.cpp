#include "adapters/cli/network_audit.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/opened_network.hpp"
#include "adapters/cli/read_places.hpp"
#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/write_map.hpp"
#include "adapters/proj/make_planes.hpp"
#include "adapters/publish/network_report.hpp"
#include "engine/core/error.hpp"
#include "engine/network/audit.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/network_layers.hpp"

namespace maillage {

namespace {

/// Places as they stand in their files, where no territory is given.
void add_listed_places(const AuditOptions& options, const std::string& plane, Console& console,
                       std::vector<AuditedPlace>& places) {
  for (const std::string& file : options.places.files) {
    const PlaceList list = read_places(file, options.places.crs, plane, console);
    for (std::size_t k = 0; k < list.keys.size(); ++k) {
      places.push_back({.key = list.keys[k],
                        .name = list.names[k],
                        .kind = "lieu",
                        .population = std::nullopt,
                        .position = list.positions[k]});
    }
  }
}

/// The communes of a territory at their points, and its structures where the study would place them.
void add_territory_places(const Study& study, const std::string& plane, Console& console,
                          std::vector<AuditedPlace>& places) {
  const StudyInputs inputs = read_inputs(study, console);
  const std::size_t first = places.size();
  for (const CommuneIndex commune : inputs.territory.communes.indices()) {
    if (inputs.territory.points[commune].origin != CommunePoint::Origin::none) {
      const Commune& named = inputs.territory.communes[commune];
      places.push_back({.key = named.code,
                        .name = named.name,
                        .kind = "commune",
                        .population = named.population,
                        .position = inputs.territory.points[commune].position});
    }
  }
  for (const StructureIndex structure : inputs.structures.structures.indices()) {
    if (inputs.placements.of[structure].precision != PositionPrecision::none) {
      const Structure& named = inputs.structures.structures[structure];
      places.push_back({.key = named.key.empty() ? std::to_string(named.row) : named.key,
                        .name = named.name,
                        .kind = "structure",
                        .population = std::nullopt,
                        .position = inputs.placements.of[structure].position});
    }
  }
  if (inputs.planes.plane == plane) {
    return;
  }
  std::vector<Point> positions;
  for (std::size_t k = first; k < places.size(); ++k) {
    positions.push_back(places[k].position);
  }
  inputs.planes.plane_to_source(positions);
  make_conversion(inputs.planes.source, describe_crs(plane))(positions);
  for (std::size_t k = first; k < places.size(); ++k) {
    places[k].position = positions[k - first];
  }
}

std::vector<AuditedPlace> read_audited_places(const AuditOptions& options, const std::string& plane, Console& console) {
  std::vector<AuditedPlace> places;
  if (const Study study = study_of(options.places); !study.territory.guessed()) {
    add_territory_places(study, plane, console, places);
  } else {
    add_listed_places(options, plane, console, places);
  }
  return places;
}

void find_standing(const OpenedNetwork& network, const RoadAudit& audit, const double max_access_m,
                   std::vector<AuditedPlace>& places) {
  SnapOptions settings;
  settings.max_access_m = max_access_m;
  std::vector<Point> positions;
  positions.reserve(places.size());
  for (const AuditedPlace& place : places) {
    positions.push_back(place.position);
  }
  const std::vector<Snap> snaps = network.locator().snap_all(positions, settings);
  const std::vector<RoadStanding> standings = standing_of(audit, snaps);
  for (std::size_t k = 0; k < places.size(); ++k) {
    places[k].standing = standings[k];
    places[k].access_m = snaps[k].access_m;
  }
}

void print_summary(const NetworkQuality& quality, Console& console) {
  const RoadAudit& audit = quality.audit;
  const Language language = console.language();
  const auto km = [&](const std::uint64_t length_cm) {
    return to_text(TableCell{static_cast<std::int64_t>((length_cm + 50'000) / 100'000)}, language);
  };
  const auto number = [&](const std::int64_t value) { return to_text(TableCell{value}, language); };
  const std::string share = to_text(
      percentage(static_cast<std::int64_t>(audit.core_length_cm), static_cast<std::int64_t>(audit.length_cm), 1), language);
  console.print(language == Language::french
                    ? fmt::format("{} tronçons ouverts, {} km ; réseau principal : {} nœuds, {} % de la longueur.",
                                  number(audit.roads), km(audit.length_cm), number(audit.core_nodes), share)
                    : fmt::format("{} open pieces of road, {} km; the core: {} nodes, {}% of the length.",
                                  number(audit.roads), km(audit.length_cm), number(audit.core_nodes), share));
  console.print("\n" + table_text(fault_table(audit), language));
  if (!quality.places.empty()) {
    console.print("\n" + table_text(place_table(quality.places), language));
  }
  console.print("");
}

/// What the map shows: all findings, or all but the roads of assumed speed, which may be most roads.
RoadAudit shown(const RoadAudit& audit, const bool no_assumed_speeds) {
  RoadAudit kept = audit;
  if (no_assumed_speeds) {
    std::erase_if(kept.findings, [](const RoadFinding& finding) { return finding.fault == RoadFault::assumed_speed; });
  }
  return kept;
}

}  // namespace

void audit_network(const AuditOptions& options, Console& console) {
  const MapFormat format = map_format_of(options.output, "--output");
  const std::filesystem::path report = std::filesystem::path{options.output}.parent_path() / "quality.md";
  if (!options.overwrite) {
    std::vector<std::filesystem::path> files =
        map_files(options.output, format, {layer_name(LayerKind::network_audit), layer_name(LayerKind::audited_places)});
    files.push_back(report);
    refuse_existing(files);
  }
  OpenedNetwork network(require_network_file(options.network, options.mode, console), {}, console);
  const std::string& plane = network.network().crs;
  const RoadAudit audit = audit_roads(network.network(), network.components());
  const NetworkMetadata& metadata = network.bundle().metadata;
  NetworkQuality quality{.file = std::filesystem::path{options.network}.filename().string(),
                         .source = metadata.origin.source_name,
                         .vintage = metadata.vintage,
                         .attribution = metadata.attribution,
                         .network = network.network(),
                         .audit = audit,
                         .max_access_m = options.max_access_m,
                         .places = read_audited_places(options, plane, console)};
  find_standing(network, audit, options.max_access_m, quality.places);
  const Conversion to_degrees = plane_to_degrees(plane);
  LayerSet layers{.territory = {}, .plane = plane, .layers = {}};
  layers.layers.push_back(network_audit_layer(network.network(), shown(audit, options.no_assumed_speeds), to_degrees));
  if (!quality.places.empty()) {
    layers.layers.push_back(audited_places_layer(quality.places, to_degrees));
  }
  console.step({.french = "Écriture et relecture de la carte", .english = "Writing and re-reading the map"});
  std::vector<std::filesystem::path> files = write_map(options.output, format, layers, console.language());
  files.push_back(report);
  write_text_file(report, network_quality_markdown(quality, console.language()));
  print_summary(quality, console);
  for (const std::filesystem::path& file : files) {
    console.print(console.language() == Language::french ? fmt::format("Écrit : {}", file.string())
                                                         : fmt::format("Written: {}", file.string()));
  }
}

}  // namespace maillage
