#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"

namespace maillage {

/// What a network was made from. Two equal origins give the same network.
struct NetworkOrigin {
  std::string source_name;         ///< file name without its folder: "picardie-latest.osm.pbf"
  std::uint64_t source_bytes = 0;  ///< its size
  std::string source_sha256;       ///< lower-case hexadecimal
  std::string profile_name;        ///< "car"
  std::string profile_sha256;      ///< of the profile's text
  std::string settings;            ///< options of the import that change the network, as the user would write them
  friend bool operator==(const NetworkOrigin&, const NetworkOrigin&) = default;
};

struct NetworkMetadata {
  std::string program_version;
  NetworkOrigin origin;
  std::string vintage;                         ///< date of the data as the source tells it: "2026-11-01T20:21:33Z"
  std::string licence;                         ///< "ODbL 1.0"
  std::string attribution;                     ///< the text to print on maps: "© les contributeurs d'OpenStreetMap"
  std::map<std::string, std::int64_t> counts;  ///< of the import: "ways_read", "rows_rejected"...
  std::map<std::string, std::int64_t> audit;   ///< of the network: "islands", "arcs_without_speed"...
  std::map<std::string, std::string> notes;    ///< whatever else is worth keeping
  friend bool operator==(const NetworkMetadata&, const NetworkMetadata&) = default;
};

/// A hierarchy and the metric it was built for.
struct MetricHierarchy {
  std::string metric;  ///< metric_key, or another of a planner's own; each once
  ContractionHierarchy hierarchy;
};

/// "travel_time" or "length".
[[nodiscard]] std::string metric_key(RoadMetric metric);

/// Everything that a network file holds.
struct NetworkBundle {
  NetworkMetadata metadata;
  RoadNetwork network;
  SearchGraph graph;
  std::vector<MetricHierarchy> hierarchies;

  /// The hierarchy of a metric, or null.
  [[nodiscard]] const ContractionHierarchy* find_hierarchy(const std::string& metric) const;
};

}  // namespace maillage
