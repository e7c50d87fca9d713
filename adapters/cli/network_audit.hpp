#pragma once

#include <string>

#include "adapters/cli/console.hpp"
#include "adapters/cli/direct_options.hpp"

namespace maillage {

/// What `network audit` takes.
struct AuditOptions {
  std::string network;
  std::string mode = "car";
  std::string output;    ///< map to write
  DirectOptions places;  ///< files of places, and the territory whose communes are looked at
  double max_access_m = 1'000;
  bool no_assumed_speeds = false;  ///< leave them out of the map
  bool overwrite = false;
};

/// Audits a network: a table on the console, a map of the findings and of the places they concern, and quality.md beside it.
/// \throws InputError, StudyError, OutputError
void audit_network(const AuditOptions& options, Console& console);

}  // namespace maillage
