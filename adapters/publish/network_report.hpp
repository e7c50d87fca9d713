#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/network/audit.hpp"
#include "engine/network/road_network.hpp"
#include "engine/survey/table.hpp"
#include "maps/network_layers.hpp"

namespace maillage {

/// What was audited.
struct NetworkQuality {
  std::string file;     ///< "roads.mlg"
  std::string source;   ///< "picardie-latest.osm.pbf"
  std::string vintage;  ///< as the source tells it; may be empty
  std::string attribution;
  const RoadNetwork& network;
  const RoadAudit& audit;
  double max_access_m = 0;           ///< of places from their road
  std::vector<AuditedPlace> places;  ///< all that were looked at; empty when none were given
};

/// What a fault is called in tables, and what it means for trips.
[[nodiscard]] Text fault_label(RoadFault fault);
[[nodiscard]] Text fault_meaning(RoadFault fault);
[[nodiscard]] Text standing_label(RoadStanding standing);

/// Findings, pieces of road, kilometres and share of the length, per fault, those without findings too. A road may have
/// several faults.
[[nodiscard]] Table fault_table(const RoadAudit& audit);

/// Communes with their inhabitants, structures and other places per standing; only kinds of places that there are.
[[nodiscard]] Table place_table(const std::vector<AuditedPlace>& places);

/// A table with its columns in line, for the console.
[[nodiscard]] std::string table_text(const Table& table, Language language);

/// The audit as a person reads it (Markdown): the network, counts per fault, the largest islands and traps, and how many
/// communes and structures are concerned, and which.
[[nodiscard]] std::string network_quality_markdown(const NetworkQuality& quality, Language language);

}  // namespace maillage
