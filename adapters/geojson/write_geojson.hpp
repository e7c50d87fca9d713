#pragma once

#include <filesystem>

#include "maps/layer.hpp"

namespace maillage {

/// A layer as GeoJSON (RFC 7946): degrees, longitude first, 7 decimals, shells counter-clockwise, a feature per line,
/// members in a fixed order. Missing values and geometries are null. A polygon that rounding to 7 decimals would make
/// invalid is rebuilt on that grid. Same bytes for any number of threads. \throws OutputError
void write_geojson(const std::filesystem::path& file, const Layer& layer);

/// Reads a written file again and compares the number of features, every value, and every position of points and areas on
/// the grid; lines are parsed, not compared. \throws OutputError
void verify_geojson(const std::filesystem::path& file, const Layer& layer);

}  // namespace maillage
