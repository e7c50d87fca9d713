#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/cli/build_network.hpp"
#include "engine/core/error.hpp"
#include "engine/network/imported_roads.hpp"
#include "engine/network/travel_profile.hpp"

namespace maillage {

struct RoadsRead {
  Reading<ImportedRoads> reading;
  std::string licence;
  std::string attribution;
};

/// Reads roads of any known form, told by the name. \throws InputError, which lists the forms when the name tells none
[[nodiscard]] RoadsRead read_roads(const NetworkBuild& build, const TravelProfile& profile, const Progress& progress);

/// The files of a folder that holds a network as arrays, sorted.
[[nodiscard]] std::vector<std::filesystem::path> parts_of_folder(const std::filesystem::path& folder);

}  // namespace maillage
