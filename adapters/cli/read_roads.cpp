#include "adapters/cli/read_roads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "adapters/dimacs/read_dimacs.hpp"
#include "adapters/gdal/read_vector.hpp"
#include "adapters/geojson/read_lines.hpp"
#include "adapters/graphml/read_graphml.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/proj/crs.hpp"
#include "adapters/proj/road_plane.hpp"
#include "adapters/routingkit/read_routingkit.hpp"
#include "engine/core/closest_name.hpp"

namespace maillage {

namespace {

std::string lower_extension(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](const unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return extension;
}

/// Columns that the options name must be there.
void require_columns(const FeatureTable& table, const NetworkBuild& build) {
  const RoadColumnOptions& columns = build.lines.columns;
  for (const std::string* name : {&columns.speed, &columns.one_way, &columns.road_class}) {
    if (name->empty() || table.find_column(*name)) {
      continue;
    }
    std::string all;
    for (const std::string& column : table.columns) {
      all += fmt::format("{}{}", all.empty() ? "" : ", ", column);
    }
    const std::vector<std::string> closest = closest_names(*name, table.columns);
    throw InputError(Text{
        .french = fmt::format("{} : pas de colonne « {} »{} ; colonnes trouvées : {}.", build.source.string(), *name,
                              closest.empty() ? "" : fmt::format(" ; vouliez-vous dire « {} » ?", closest.front()), all),
        .english = fmt::format("{}: no column '{}'{}; columns found: {}.", build.source.string(), *name,
                               closest.empty() ? "" : fmt::format("; did you mean '{}'?", closest.front()), all)});
  }
}

RoadsRead read_osm(const NetworkBuild& build, const TravelProfile& profile, const Progress& progress) {
  OsmRoads roads = read_osm_roads(build.source, profile,
                                  {.crs = build.crs,
                                   .congestion = build.congestion,
                                   .memory_budget_bytes = build.memory_budget_bytes,
                                   .progress = progress});
  RoadsRead read;
  read.licence = roads.licence;
  read.attribution = "© les contributeurs d'OpenStreetMap";
  Reading<ImportedRoads>& reading = read.reading;
  reading.rows_in = roads.counts.road_ways;
  reading.rejections = std::move(roads.rejections);
  reading.repairs = std::move(roads.repairs);
  reading.value.vintage = roads.vintage;
  reading.value.parts = std::move(roads.parts);
  std::map<std::string, std::int64_t>& counts = reading.value.counts;
  counts = {{"nodes_read", roads.counts.nodes_read},
            {"ways_read", roads.counts.ways_read},
            {"relations_read", roads.counts.relations_read},
            {"road_ways", roads.counts.road_ways},
            {"ways_used", roads.counts.ways_used},
            {"ways_closed_to_mode", roads.counts.ways_closed_to_mode},
            {"ways_rejected", roads.counts.ways_rejected},
            {"restriction_relations", roads.counts.restriction_relations},
            {"restrictions_used", roads.counts.restrictions_used},
            {"urban_roads", roads.counts.urban_roads},
            {"blocking_barriers", roads.counts.blocking_barriers}};
  for (const auto& [reason, count] : roads.counts.restrictions_ignored) {
    counts["restrictions_ignored." + reason] = count;
  }
  for (const auto& [reason, count] : roads.counts.restrictions_damaged) {
    counts["restrictions_damaged." + reason] = count;
  }
  return read;
}

/// A layer of lines from any format, measured on the ground and laid into one plane.
Reading<ImportedRoads> read_line_layer(const NetworkBuild& build, const TravelProfile& profile) {
  const std::string extension = lower_extension(build.source);
  Reading<FeatureTable> layer =
      extension == ".geojson" || extension == ".json"
          ? read_geojson_line_layer(build.source)
          : read_vector(build.source, {.layer = build.layer, .crs = build.source_crs, .encoding = {}, .lines = true});
  if (!build.source_crs.empty()) {
    layer.value.crs = describe_crs(build.source_crs);
  }
  if (layer.value.rows() == 0) {
    throw InputError(
        Text{.french = fmt::format("{} : aucune ligne dans cette couche ; un réseau se tire d'une couche de routes.",
                                   build.source.string()),
             .english =
                 fmt::format("{}: no line in this layer; a network is made from a layer of roads.", build.source.string())});
  }
  if (layer.value.crs.definition.empty()) {
    throw InputError(
        Text{.french =
                 fmt::format("{} : le fichier ne dit pas son système de coordonnées ; indiquez-le, par exemple --source-crs "
                             "EPSG:2154",
                             build.source.string()),
             .english =
                 fmt::format("{}: the file does not tell its coordinate system; give it, for example --source-crs EPSG:2154",
                             build.source.string())});
  }
  require_columns(layer.value, build);
  const LinePlacement placement = place_lines(layer.value.lines, {}, layer.value.crs, build.crs);
  Reading<ImportedRoads> roads =
      roads_of_lines({.table = layer.value, .ground_m = placement.ground_m, .nodes = {}}, profile, build.lines);
  roads.value.parts.crs = placement.crs;
  roads.rows_in = layer.rows_in;
  roads.rejections.insert(roads.rejections.begin(), layer.rejections.begin(), layer.rejections.end());
  return roads;
}

/// The positions that go with a .gr file: the same name with .co.
std::filesystem::path positions_of(const std::filesystem::path& times) {
  return std::filesystem::path{times}.replace_extension(".co");
}

bool is_osm(const std::string& name) {
  return name.ends_with(".osm.pbf") || name.ends_with(".pbf") || name.ends_with(".osm") || name.ends_with(".osm.gz") ||
         name.ends_with(".osm.bz2");
}

}  // namespace

std::vector<std::filesystem::path> parts_of_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> parts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      parts.push_back(entry.path());
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

namespace {

RoadsRead read_any(const NetworkBuild& build, const TravelProfile& profile, const Progress& progress) {
  const std::string name = build.source.filename().string();
  if (std::filesystem::is_directory(build.source)) {
    return {.reading = read_routingkit(build.source, {.crs = build.crs, .mode = profile.name}),
            .licence = {},
            .attribution = {}};
  }
  if (is_osm(name)) {
    return read_osm(build, profile, progress);
  }
  if (name.ends_with(".gr")) {
    return {.reading = read_dimacs(build.source, positions_of(build.source),
                                   {.lengths = {}, .crs = build.crs, .mode = profile.name}),
            .licence = {},
            .attribution = {}};
  }
  const std::string extension = lower_extension(build.source);
  if (extension == ".graphml") {
    return {.reading = read_graphml_roads(build.source, profile,
                                          {.crs = build.source_crs, .plane = build.crs, .roads = build.lines}),
            .licence = {},
            .attribution = {}};
  }
  if (extension == ".geojson" || extension == ".json" || extension == ".gpkg" || extension == ".shp" ||
      extension == ".fgb") {
    return {.reading = read_line_layer(build, profile), .licence = {}, .attribution = {}};
  }
  throw InputError(Text{
      .french =
          fmt::format("{} : forme de réseau inconnue ; formes lues : .osm.pbf, .osm, .osm.gz, .osm.bz2, .gr (avec .co), "
                      ".graphml, une couche de lignes (.geojson, .gpkg, .shp, .fgb) ou un dossier de tableaux binaires.",
                      build.source.string()),
      .english = fmt::format("{}: unknown form of network; forms read: .osm.pbf, .osm, .osm.gz, .osm.bz2, .gr (with .co), "
                             ".graphml, a layer of lines (.geojson, .gpkg, .shp, .fgb) or a folder of binary arrays.",
                             build.source.string())});
}

}  // namespace

RoadsRead read_roads(const NetworkBuild& build, const TravelProfile& profile, const Progress& progress) {
  const std::string file = build.source.string();
  try {
    return read_any(build, profile, progress);
  } catch (const InputError& error) {
    if (error.message().english.find(build.source.filename().string()) != std::string::npos) {
      throw;
    }
    throw InputError(Text{.french = fmt::format("{} : {}", file, error.message().french),
                          .english = fmt::format("{}: {}", file, error.message().english)},
                     error.kind());
  }
}

}  // namespace maillage
