#include "adapters/cli/read_roads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "adapters/dimacs/read_dimacs.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/routingkit/read_routingkit.hpp"

namespace maillage {

namespace {

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

RoadsRead read_roads(const NetworkBuild& build, const TravelProfile& profile, const Progress& progress) {
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
  throw InputError(Text{
      .french =
          fmt::format("{} : forme de réseau inconnue ; formes lues : .osm.pbf, .osm, .osm.gz, .osm.bz2, .gr (avec .co), "
                      "ou un dossier de tableaux binaires.",
                      build.source.string()),
      .english =
          fmt::format("{}: unknown form of network; forms read: .osm.pbf, .osm, .osm.gz, .osm.bz2, .gr (with .co), or "
                      "a folder of binary arrays.",
                      build.source.string())});
}

}  // namespace maillage
