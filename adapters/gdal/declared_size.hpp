#pragma once

#include <filesystem>

namespace maillage::detail {

/// Whether a .shp, .shx, .dbf or .gpkg is as long as its own header says; other files only need a header's length. A file
/// that does not exist passes. \throws InputError
void check_whole(const std::filesystem::path& file);

/// Whether the .shx and the .dbf of a Shapefile count the same records, where both exist: GDAL takes the lesser and says
/// nothing. \throws InputError
void check_same_records(const std::filesystem::path& shapefile);

}  // namespace maillage::detail
