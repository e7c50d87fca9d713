#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/territory/planes.hpp"
#include "maps/layer.hpp"

namespace maillage {

/// Formats of a map that a verb writes as a file of its own.
enum class MapFormat { geopackage, geojson };

/// By the name's ending, .gpkg, .geojson or .json. \throws StudyError on any other, naming `option`
[[nodiscard]] MapFormat map_format_of(const std::filesystem::path& file, const std::string& option);

/// The files that `write_map` writes for layers of these names.
[[nodiscard]] std::vector<std::filesystem::path> map_files(const std::filesystem::path& file, MapFormat format,
                                                           const std::vector<std::string>& layers);

/// Writes layers with their styles beside `file`, reads them again, and puts them in the place of `file` in one step. A
/// GeoPackage holds all layers; of GeoJSON, `file` holds the first, and `<file>_<layer>.geojson` each of the others.
/// Legends are in `language`. \returns map_files of the layers. \throws OutputError; then what stood there before is whole
std::vector<std::filesystem::path> write_map(const std::filesystem::path& file, MapFormat format, const LayerSet& layers,
                                             Language language);

/// Writes a text the same way.
void write_text_file(const std::filesystem::path& file, const std::string& text);

/// From a network's plane to degrees.
[[nodiscard]] Conversion plane_to_degrees(const std::string& plane);

}  // namespace maillage
