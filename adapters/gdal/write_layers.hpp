#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage {

/// All layers in one GeoPackage with their styles (QGIS's layer_styles). The territory's plane is the CRS where it is one
/// EPSG system, else degrees. Same layers, same bytes. The file is opened again and compared. \throws OutputError: not
/// written whole; a real that is not finite, with its layer, field and row (so do the two others)
void write_geopackage(const std::filesystem::path& file, const LayerSet& layers, std::span<const LayerStyle> styles);

/// A layer as FlatGeobuf with its spatial index. The format holds no feature without geometry.
/// \returns the features left out for that (reason no_geometry). \param plane  LayerSet::plane.
/// \throws OutputError
std::vector<RowNote> write_flatgeobuf(const std::filesystem::path& file, const Layer& layer, const std::string& plane);

/// A layer as Shapefile `directory/<layer>.shp` (.shx, .dbf, .prj, .cpg; UTF-8; Field::short_name).
/// \returns texts over 254 bytes, cut before the character that does not fit (reason text_cut). \throws OutputError, also
/// for a number over 18 characters
[[nodiscard]] std::vector<RowNote> write_shapefile(const std::filesystem::path& directory, const Layer& layer,
                                                   const std::string& plane);

/// Opens a written layer again and compares the count, every value (null is no empty text, but in a Shapefile) and every
/// coordinate bit for bit, whatever the order of features, rings and vertices. \throws OutputError
void verify_written(const std::filesystem::path& file, const Layer& layer, const std::string& plane);

}  // namespace maillage
