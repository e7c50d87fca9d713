#include "adapters/cli/build_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/cli/read_roads.hpp"
#include "adapters/config/travel_profiles.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/file/sha256.hpp"
#include "adapters/mlg/network_file.hpp"
#include "adapters/publish/quality_report.hpp"
#include "engine/core/error.hpp"
#include "engine/network/audit.hpp"
#include "engine/network/components.hpp"

namespace maillage {

namespace {

struct NamedProfile {
  TravelProfile profile;
  std::string text;
};

NamedProfile profile_of(const std::string& mode) {
  const std::filesystem::path path{mode};
  if (path.extension() == ".toml") {
    return {read_travel_profile(path), read_whole_file(path)};
  }
  return {builtin_travel_profile(mode), std::string{builtin_profile_text(mode)}};
}

NetworkOrigin origin_of(const NetworkBuild& build, const NamedProfile& profile) {
  NetworkOrigin origin;
  origin.source_name = build.source.filename().string();
  if (std::filesystem::is_directory(build.source)) {
    for (const std::filesystem::path& part : parts_of_folder(build.source)) {
      origin.source_bytes += std::filesystem::file_size(part);
      origin.source_sha256 += sha256_of_file(part);
    }
    origin.source_sha256 = sha256_of_bytes(origin.source_sha256);
  } else {
    origin.source_bytes = std::filesystem::file_size(build.source);
    origin.source_sha256 = sha256_of_file(build.source);
  }
  origin.profile_name = profile.profile.name;
  origin.profile_sha256 = sha256_of_bytes(profile.text);
  origin.settings =
      fmt::format("layer={} crs={} u_turns={} turn_cost_s={} congestion={} lengths={}", build.layer, build.crs,
                  build.no_u_turns ? "dead_ends_only" : "allowed", build.turn_cost_s, build.congestion, build.lengths);
  const RoadColumnOptions& columns = build.lines.columns;
  origin.settings += fmt::format(
      " source_crs={} node_crossings={} tolerance_m={} speed_column={} one_way_column={} class_column={} default_kmh={}",
      build.source_crs, build.lines.noding.crossings, build.lines.noding.tolerance_m, columns.speed, columns.one_way,
      columns.road_class, columns.default_kmh);
  return origin;
}

void prepare(NetworkBundle& bundle, const bool lengths, Console& console) {
  const auto add = [&](const RoadMetric metric, const Text& what) {
    console.step({.french = fmt::format("Préparation des chemins {}", what.french),
                  .english = fmt::format("Preparing the {} paths", what.english)});
    bundle.hierarchies.push_back(
        {metric_key(metric),
         build_contraction_hierarchy(bundle.graph, move_weights(bundle.network, bundle.graph, metric), console.progress())});
  };
  add(RoadMetric::travel_time_ms, {.french = "les plus rapides", .english = "quickest"});
  if (lengths) {
    add(RoadMetric::length_cm, {.french = "les plus courts", .english = "shortest"});
  }
}

/// What a planner should know of the network as a whole; `network audit` shows where.
std::map<std::string, std::int64_t> audit_counts(const RoadNetwork& network) {
  const RoadAudit audit = audit_roads(network, find_components(network));
  std::map<std::string, std::int64_t> counts{
      {"islands", 0}, {"traps_without_exit", 0}, {"parts_without_entry", 0}, {"parts_cut_off", 0}, {"dead_ferries", 0}};
  for (const RoadFinding& finding : audit.findings) {
    counts["islands"] += finding.fault == RoadFault::island ? 1 : 0;
    counts["traps_without_exit"] += finding.fault == RoadFault::no_exit ? 1 : 0;
    counts["parts_without_entry"] += finding.fault == RoadFault::no_entry ? 1 : 0;
    counts["parts_cut_off"] += finding.fault == RoadFault::cut_off ? 1 : 0;
    counts["dead_ferries"] += finding.fault == RoadFault::dead_ferry ? 1 : 0;
  }
  counts["nodes"] = static_cast<std::int64_t>(network.nodes.size());
  counts["roads"] = static_cast<std::int64_t>(network.roads.size());
  counts["nodes_off_biggest_component"] = counts["nodes"] - audit.core_nodes;
  for (const Road& road : network.roads) {
    counts["roads_of_assumed_speed"] += (road.flags & kAssumedSpeed) != 0 ? 1 : 0;
    counts["roads_of_suspicious_speed"] += (road.flags & kSuspiciousSpeed) != 0 ? 1 : 0;
    counts["roads_one_way"] += (road.forward_ms == kClosed) != (road.backward_ms == kClosed) ? 1 : 0;
    counts["ferries"] += road.road_class == RoadClass::ferry ? 1 : 0;
  }
  return counts;
}

/// Every row that was not used as it stands, by reason: on the console now, in the file for later.
void tell_notes(const std::vector<RowNote>& notes, const Text& what, NetworkMetadata& metadata, Console& console) {
  std::map<std::string, std::int64_t> reasons;
  for (const RowNote& note : notes) {
    ++reasons[note.reason];
  }
  for (const auto& [reason, count] : reasons) {
    metadata.counts[reason] += count;
    const Text label = reason_label(reason);
    console.warn({.french = fmt::format("{} {} : {}", count, what.french, label.french),
                  .english = fmt::format("{} {}: {}", count, what.english, label.english)});
  }
}

}  // namespace

bool build_network_file(const NetworkBuild& build, const std::filesystem::path& output, Console& console) {
  if (!std::filesystem::exists(build.source)) {
    throw InputError(Text{.french = fmt::format("{} : fichier introuvable.", build.source.string()),
                          .english = fmt::format("{}: no such file.", build.source.string())},
                     InputError::Kind::missing);
  }
  const NamedProfile profile = profile_of(build.mode);
  const NetworkOrigin origin = origin_of(build, profile);
  const std::optional<Text> why = why_rebuild(output, origin);
  if (!why) {
    return false;
  }
  console.step({.french = fmt::format("Lecture des routes : {}", build.source.string()),
                .english = fmt::format("Reading roads: {}", build.source.string())});
  RoadsRead read = read_roads(build, profile.profile, console.progress());
  NetworkBundle bundle;
  bundle.metadata.program_version = MAILLAGE_VERSION;
  bundle.metadata.origin = origin;
  bundle.metadata.vintage = read.reading.value.vintage;
  bundle.metadata.licence = read.licence;
  bundle.metadata.attribution = read.attribution;
  bundle.metadata.counts = read.reading.value.counts;
  tell_notes(read.reading.rejections, {.french = "élément(s) écarté(s)", .english = "element(s) left out"}, bundle.metadata,
             console);
  tell_notes(read.reading.repairs,
             {.french = "élément(s) retenu(s) avec réserve", .english = "element(s) kept with a doubt"}, bundle.metadata,
             console);
  bundle.network = make_road_network(std::move(read.reading.value.parts));
  if (bundle.network.roads.empty()) {
    throw InputError(
        Text{.french = fmt::format("{} : aucune route ouverte au mode « {} ».", build.source.string(), build.mode),
             .english = fmt::format("{}: no road open to mode '{}'.", build.source.string(), build.mode)});
  }
  complete_network(bundle,
                   {.u_turns = build.no_u_turns ? UTurns::dead_ends_only : UTurns::allowed,
                    .right_angle_turn_ms = static_cast<std::uint32_t>(build.turn_cost_s * 1000)},
                   build.lengths, console);
  write_network_file(output, bundle);
  return true;
}

void complete_network(NetworkBundle& bundle, const SearchGraphOptions& options, const bool lengths, Console& console) {
  bundle.graph = build_search_graph(bundle.network, options);
  bundle.metadata.audit = audit_counts(bundle.network);
  bundle.hierarchies.clear();
  prepare(bundle, lengths, console);
}

std::filesystem::path require_network_file(const std::filesystem::path& path, const std::string& mode, Console& console) {
  if (path.extension() == ".mlg") {
    return path;
  }
  std::string name = path.filename().string();
  name.erase(std::min(name.find('.'), name.size()));
  const std::filesystem::path output =
      path.parent_path() / fmt::format("{}.{}.mlg", name, std::filesystem::path{mode}.stem().string());
  NetworkBuild build;
  build.source = path;
  build.mode = mode;
  if (build_network_file(build, output, console)) {
    console.step({.french = fmt::format("Réseau écrit : {}", output.string()),
                  .english = fmt::format("Network written: {}", output.string())});
  }
  return output;
}

}  // namespace maillage
