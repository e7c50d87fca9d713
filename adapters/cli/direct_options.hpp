#pragma once

#include <string>
#include <vector>

#include "adapters/cli/common_options.hpp"
#include "adapters/config/study.hpp"

namespace CLI {
class App;
}

namespace maillage {

/// What `cover`, `join` and `init` take in place of a study file.
struct DirectOptions {
  std::vector<std::string> files;
  std::vector<std::string> typologies;  ///< --typology: only structures of these types
  std::vector<std::string> within;      ///< --within: one coverage per limit
  std::vector<std::string> formats;
  std::vector<std::string> carry;
  std::vector<std::string> presences;  ///< --presences: columns of begin and end
  std::string crs;
  double speed_kmh = 0;
  double detour_factor = 1;
  std::string network;  ///< --network: costs by road
  std::string mode = "car";
  std::string wins = "code";
  std::vector<std::string> regions;
  std::vector<std::string> departements;
  std::vector<std::string> epcis;
  std::vector<std::string> communes;
  bool france = false;
  std::vector<std::string> contours;
  std::vector<std::string> tables;
};

/// Declares the options that name a territory: --region, --departement, --epci, --communes, --france, --contours, --tables.
void add_territory_options(CLI::App& verb, DirectOptions& options, Language language);
/// Declares the files and the options of territory and sources.
void add_direct_options(CLI::App& verb, DirectOptions& options, Language language);
/// Declares --within, --speed, --detour, --network, --mode, --typology.
void add_coverage_options(CLI::App& verb, DirectOptions& options, Language language);
/// Declares --formats.
void add_format_options(CLI::App& verb, DirectOptions& options, Language language);

/// The study that the options describe. \throws StudyError on a limit or format that is not one
[[nodiscard]] Study study_of(const DirectOptions& options);

}  // namespace maillage
