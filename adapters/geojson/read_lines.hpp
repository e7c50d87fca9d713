#pragma once

#include <filesystem>

#include "engine/geometry/line_set.hpp"

namespace maillage {

/// The lines of a FeatureCollection that write_geojson() made, feature by feature; a geometry that is null or no line is a
/// feature without lines. For comparing only: as structures or contours, lines are rejected by read_geojson().
/// \throws InputError for anything that is not a FeatureCollection. Cost: O(bytes)
[[nodiscard]] LineSet read_geojson_lines(const std::filesystem::path& file);

}  // namespace maillage
