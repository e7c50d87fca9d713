#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// What became of a commune code.
enum class CodeEventKind {
  merged,         ///< the commune was merged into another (fusion simple, or commune nouvelle without delegated commune)
  delegated,      ///< it is a commune déléguée of the successor
  associated,     ///< it is a commune associée of the successor
  recoded,        ///< the same commune under another code (change of departement, of seat)
  reestablished,  ///< it was split off from `old_code` again; `old_code` may live on
  arrondissement  ///< municipal arrondissement of Paris, Lyon or Marseille
};

/// `old_code` is now (part of) `new_code`.
struct CodeEvent {
  std::string old_code;
  std::string new_code;
  CodeEventKind kind = CodeEventKind::merged;
  std::string date;  ///< ISO 8601, empty when unknown
  friend bool operator==(const CodeEvent&, const CodeEvent&) = default;
};

/// A commune as a source gives it, before code history is applied.
struct CommuneRecord {
  std::string code;
  std::string name;
  std::optional<std::int64_t> population;
  std::string departement;
  std::string region;
  std::string epci;
  std::optional<Point> point;  ///< town hall or chef-lieu, in the source plane
  std::string source;          ///< for messages
  std::int64_t row = 0;
};

/// Everything known of communes before they become a Territory: from files, from the built-in France, or both.
struct TerritorySource {
  bool built_in = false;  ///< the program's own France: used only where the user's files say nothing
  std::vector<CommuneRecord> records;
  AreaSet contours;      ///< area i belongs to records[i]; source plane, as given (not yet checked)
  CoordinateSystem crs;  ///< of contours and points
  std::vector<CodeEvent> history;
  std::vector<std::pair<std::string, std::string>> postcodes;          ///< (postcode, commune code), sorted
  std::vector<std::pair<std::string, std::string>> departement_names;  ///< (code, name), sorted
  std::vector<std::pair<std::string, std::string>> region_names;
  std::vector<std::pair<std::string, std::string>> epci_names;
};

}  // namespace maillage
