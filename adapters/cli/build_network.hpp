#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "adapters/cli/console.hpp"
#include "adapters/mlg/network_bundle.hpp"
#include "engine/network/line_roads.hpp"

namespace maillage {

/// What a network is made from and how.
struct NetworkBuild {
  std::filesystem::path source;  ///< .osm.pbf, .osm.gz, .osm, .osm.bz2, .gr, .graphml, a folder of arrays, or any line layer
  std::string mode = "car";      ///< built-in profile, or the path of one
  std::string layer;             ///< of a line layer's file with several
  std::string crs;               ///< plane to compute in; empty: chosen by where the roads are
  bool no_u_turns = false;       ///< U-turns in dead ends only
  double turn_cost_s = 0;        ///< of a turn by 90 degrees
  bool congestion = false;       ///< times of the rush hour, by the profile's factors
  std::string source_crs;        ///< of a line layer or graph whose file does not tell it
  LineRoadOptions lines;         ///< of a line layer or graph
  std::uint64_t memory_budget_bytes = 0;  ///< refuse an OpenStreetMap file that needs more; 0: no limit
  bool lengths = true;                    ///< prepare shortest ways too, for limits in kilometres
};

/// Reads roads, prepares shortest paths and writes the network file, or finds that it is up to date.
/// \returns whether it was written.  \throws InputError, StudyError, OutputError
bool build_network_file(const NetworkBuild& build, const std::filesystem::path& output, Console& console);

/// From the network of a bundle its states, what is wrong with it, and shortest paths: quickest ones, and shortest on
/// demand.
void complete_network(NetworkBundle& bundle, const SearchGraphOptions& options, bool lengths, Console& console);

/// The network file of a path that names one already, or roads: then `roads.osm.pbf` has its network in `roads.car.mlg`
/// beside it, made now unless it is up to date.
[[nodiscard]] std::filesystem::path require_network_file(const std::filesystem::path& path, const std::string& mode,
                                                         Console& console);

}  // namespace maillage
