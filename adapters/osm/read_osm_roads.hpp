#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/travel_profile.hpp"

namespace maillage {

struct OsmReadOptions {
  std::string crs;                        ///< projected system to compute in; empty: that of the place (default_plane)
  bool congestion = false;                ///< multiply times by the profile's rush-hour factors
  std::uint64_t memory_budget_bytes = 0;  ///< refuse what needs more; 0: no limit
  Progress progress;
};

/// What was found, in the words of the quality report. road_ways = used + closed + rejected, each way once;
/// restriction_relations = used + ignored + damaged.
struct OsmCounts {
  std::int64_t nodes_read = 0;
  std::int64_t ways_read = 0;
  std::int64_t relations_read = 0;
  std::int64_t road_ways = 0;  ///< highways of a known class and ferries
  std::int64_t ways_used = 0;
  std::int64_t ways_closed_to_mode = 0;
  std::int64_t ways_rejected = 0;  ///< one RowNote each
  std::int64_t restriction_relations = 0;
  std::int64_t restrictions_used = 0;  ///< relations; one may give several sequences (no_entry, no_exit)
  std::map<std::string, std::int64_t> restrictions_ignored;  ///< by reason: they do not concern the mode
  std::map<std::string, std::int64_t> restrictions_damaged;  ///< by reason; one RowNote each
  std::int64_t assumed_speed_roads = 0;
  std::int64_t suspicious_speed_roads = 0;
  std::int64_t urban_roads = 0;
  std::int64_t blocking_barriers = 0;  ///< nodes that the mode cannot pass
  std::int64_t ferry_roads = 0;
};

/// The roads of an OpenStreetMap file for one travel mode.
struct OsmRoads {
  RoadNetworkParts parts;              ///< roads in the order of (way id, position along the way)
  std::vector<std::int64_t> node_ids;  ///< OSM node per RoadNodeIndex; a node that cannot be passed stands once per road end
  OsmCounts counts;
  std::vector<RowNote> rejections;  ///< ways and restrictions that could not be used; key: "way/12", "relation/7"
  std::vector<RowNote> repairs;     ///< used, changed or doubtful
  std::string vintage;              ///< replication timestamp, ISO 8601; empty when the file does not say
  std::string licence;
};

/// Memory that reading a file will take at most, from its size and kind, before anything is read.
[[nodiscard]] std::uint64_t estimate_osm_memory_bytes(const std::filesystem::path& file);

/// Reads .osm.pbf, .osm, .osm.gz or .osm.bz2 in two passes, ways and relations first, then the nodes they need; objects may
/// stand in any order. Roads are cut at junctions, barriers and missing nodes; every rule of access, direction, speed and
/// turning is the profile's. The result depends on the objects alone, not on their order or the number of threads.
/// \throws InputError when the file is missing, damaged, cut short, a history or change file, without any road for the mode,
///         changed while read, or over the budget (naming the estimate)
/// Cost: two decodings of the file on all threads, memory per node used (about 60 bytes).
[[nodiscard]] OsmRoads read_osm_roads(const std::filesystem::path& file, const TravelProfile& profile,
                                      const OsmReadOptions& options = {});

}  // namespace maillage
