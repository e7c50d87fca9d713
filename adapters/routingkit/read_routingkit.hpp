#pragma once

#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/network/imported_roads.hpp"

namespace maillage {

struct RoutingKitOptions {
  std::string crs{};         ///< plane; empty: default_plane of the nodes
  std::string mode = "car";  ///< name of the mode that the times are for
};

/// A folder of the RoutingKit layout. Node k of the folder is node k of the parts; arc k is `arc_of_input[k]`. Two opposite
/// arcs of one length become one road (pair_arcs). An arc of the time 2^31 - 1, which stands for "never" there, is closed.
/// Road::source_id is the number of the arc. rows_in counts arcs; none is rejected.
/// \throws InputError: an array is missing, of a wrong size, or holds what cannot be
[[nodiscard]] Reading<ImportedRoads> read_routingkit(const std::filesystem::path& folder,
                                                     const RoutingKitOptions& options = {});

}  // namespace maillage
