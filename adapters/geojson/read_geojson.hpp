#pragma once

#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

struct GeoJsonReadOptions {
  bool keep_other_geometries = false;  ///< rows with lines and the like stay, without geometry, in place of being rejected
  bool keep_nul = false;               ///< texts keep their NUL characters, for comparing with what was written
};

/// A FeatureCollection, a Feature or a bare geometry (RFC 7946, and the older dialect with a named "crs"). Columns are the
/// union of all properties in the order they first appear; numbers keep the text they are written with, null is an empty
/// cell, nested values are JSON text. Points and areas are read; of a file that mixes them, the kind of most features stays.
/// Rejections: unsupported_geometry, mixed_geometry, several_points, position_out_of_range, ring_too_short. Repairs:
/// ring_not_closed, linked_crs_ignored, nul_removed (from a text). A "crs" given by a link is never followed. \throws
/// InputError naming file and place for anything that is not GeoJSON
[[nodiscard]] Reading<FeatureTable> read_geojson(const std::filesystem::path& file, const GeoJsonReadOptions& options = {});
[[nodiscard]] Reading<FeatureTable> parse_geojson(std::string bytes, const std::string& source,
                                                  const GeoJsonReadOptions& options = {});

}  // namespace maillage
