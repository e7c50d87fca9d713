#include "adapters/cli/read_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "adapters/csv/read_csv.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/gdal/read_vector.hpp"
#include "adapters/geojson/read_geojson.hpp"
#include "adapters/proj/crs.hpp"

namespace maillage {
namespace {

std::string extension_of(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](const unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

Reading<FeatureTable> read_by_extension(const std::filesystem::path& file, const LayerHints& hints) {
  const std::string extension = extension_of(file);
  if (extension == ".csv" || extension == ".txt" || extension == ".tsv") {
    return read_csv(file, {.encoding = hints.encoding, .delimiter = hints.delimiter});
  }
  if (extension == ".geojson" || extension == ".json") {
    return read_geojson(file);
  }
  if (extension == ".shp" || extension == ".gpkg" || extension == ".fgb") {
    return read_vector(file, {.layer = hints.layer, .crs = hints.crs, .encoding = hints.encoding});
  }
  throw InputError(Text{
      .french = fmt::format(
          "{} : format inconnu. Formats lus : .csv, .geojson, .shp, .gpkg, .fgb. Une feuille de calcul s'enregistre en CSV.",
          file.string()),
      .english =
          fmt::format("{}: unknown format. Formats read: .csv, .geojson, .shp, .gpkg, .fgb. A spreadsheet is saved as CSV.",
                      file.string())});
}

}  // namespace

Reading<FeatureTable> read_layer(const std::filesystem::path& file, const LayerHints& hints) {
  require_readable_file(file);
  Reading<FeatureTable> reading = read_by_extension(file, hints);
  const bool has_geometry = reading.value.geometry != FeatureTable::Geometry::none;
  if (has_geometry && !hints.crs.empty()) {
    reading.value.crs = describe_crs(hints.crs, file.string());
  }
  return reading;
}

}  // namespace maillage
