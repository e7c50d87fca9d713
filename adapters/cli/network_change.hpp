#pragma once

#include <string>

#include "adapters/cli/console.hpp"

namespace maillage {

/// What `network change` takes.
struct ChangeOptions {
  std::string network;  ///< .mlg
  std::string changes;  ///< CSV: a change a row
  std::string output;   ///< .mlg
  double max_distance_m = 50;
  bool no_u_turns = false;
  double turn_cost_s = 0;
  bool overwrite = false;
};

/// Writes the network that roads closed, slowed and added make of another. A row that means no road stops everything: a
/// scenario applied by halves would be another one. \throws InputError, OutputError
void change_network(const ChangeOptions& options, Console& console);

}  // namespace maillage
