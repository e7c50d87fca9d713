#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "adapters/cli/console.hpp"
#include "engine/geometry/point.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

/// Places of a file, in its order, for tables of times.
struct PlaceList {
  std::vector<std::string> keys;   ///< the row's own identifier, or its line number; each once
  std::vector<std::string> names;  ///< empty where the file has none
  std::vector<Point> positions;
};

/// Reads the located rows of a CSV or layer; columns are recognised as those of structures are. Rows without position, and
/// those whose identifier was seen before, are told on the console with their line. \param crs    of geometries and
/// coordinates whose file does not say; empty: degrees \param plane  system of the positions returned \throws InputError
/// also when no row has a position
[[nodiscard]] PlaceList read_places(const std::filesystem::path& file, const std::string& crs, const std::string& plane,
                                    Console& console);

/// Warns of the places that no road comes near; the first few by their key.
void tell_unsnapped(std::span<const Snap> snaps, const PlaceList& places, const std::string& file, Console& console);

}  // namespace maillage
