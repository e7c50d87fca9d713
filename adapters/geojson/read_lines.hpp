#pragma once

#include <filesystem>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/line_set.hpp"

namespace maillage {

/// The lines of a FeatureCollection, feature by feature; a geometry that is null or no line is a
/// feature without lines. As structures or contours, lines are rejected by read_geojson().
/// \throws InputError for anything that is not a FeatureCollection. Cost: O(bytes)
[[nodiscard]] LineSet read_geojson_lines(const std::filesystem::path& file);

/// A layer of lines: all features of a FeatureCollection that have lines and nothing else, with their properties.
/// Rejections: no_line, and those of read_geojson. \throws InputError as read_geojson
[[nodiscard]] Reading<FeatureTable> read_geojson_line_layer(const std::filesystem::path& file);

}  // namespace maillage
