#include "adapters/cli/write_map.hpp"

#include <fmt/format.h>

#include <string>

#include "adapters/file/checked_file.hpp"
#include "adapters/file/replace_file.hpp"
#include "adapters/gdal/write_layers.hpp"
#include "adapters/geojson/write_geojson.hpp"
#include "adapters/proj/make_planes.hpp"
#include "engine/core/error.hpp"
#include "maps/map_document.hpp"
#include "maps/qgis_style.hpp"

namespace maillage {

namespace {

namespace fs = std::filesystem;

/// A folder beside a file, gone with what is left in it: GDAL tells formats by the ending of the very name.
class FolderBeside {
 public:
  explicit FolderBeside(const fs::path& file) : folder_(name_beside(file)) {
    std::error_code error;
    fs::remove_all(folder_, error);
    if (!fs::create_directory(folder_, error)) {
      throw OutputError(
          Text{.french = fmt::format("{} : dossier impossible à créer ({}).", folder_.string(), error.message()),
               .english = fmt::format("{}: folder cannot be created ({}).", folder_.string(), error.message())},
          OutputError::Kind::cannot_create);
    }
  }
  ~FolderBeside() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  [[nodiscard]] fs::path operator/(const fs::path& name) const { return folder_ / name; }

 private:
  fs::path folder_;
};

}  // namespace

MapFormat map_format_of(const fs::path& file, const std::string& option) {
  const std::string extension = file.extension().string();
  if (extension == ".gpkg") {
    return MapFormat::geopackage;
  }
  if (extension == ".geojson" || extension == ".json") {
    return MapFormat::geojson;
  }
  throw StudyError(
      Text{.french = fmt::format("{} : « {} » ; le nom du fichier finit par .gpkg ou .geojson.", option, file.string()),
           .english = fmt::format("{}: '{}'; the file's name ends in .gpkg or .geojson.", option, file.string())});
}

std::vector<fs::path> map_files(const fs::path& file, const MapFormat format, const std::vector<std::string>& layers) {
  std::vector<fs::path> files{file};
  for (std::size_t k = 1; k < layers.size() && format == MapFormat::geojson; ++k) {
    files.push_back(file.parent_path() / fmt::format("{}_{}.geojson", file.stem().string(), layers[k]));
  }
  return files;
}

std::vector<fs::path> write_map(const fs::path& file, const MapFormat format, const LayerSet& layers,
                                const Language language) {
  const FolderBeside folder{file};
  std::vector<std::string> names;
  for (const Layer& layer : layers.layers) {
    names.push_back(layer.name);
  }
  std::vector<fs::path> files = map_files(file, format, names);
  if (format == MapFormat::geopackage) {
    const MapDocument document = make_map_document(layers, {.tiers = default_population_tiers(), .definitions = {}});
    write_geopackage(folder / file.filename(), layers, qgis_styles(document, language));
  } else {
    for (std::size_t k = 0; k < files.size(); ++k) {
      write_geojson(folder / files[k].filename(), layers.layers[k]);
      verify_geojson(folder / files[k].filename(), layers.layers[k]);
    }
  }
  for (const fs::path& each : files) {
    replace_file(folder / each.filename(), each);
  }
  return files;
}

void write_text_file(const fs::path& file, const std::string& text) {
  const fs::path beside = name_beside(file);
  CheckedFile checked{beside};
  checked.write(text);
  checked.close();
  replace_file(beside, file);
}

Conversion plane_to_degrees(const std::string& plane) {
  return make_conversion(describe_crs(plane), {.definition = "OGC:CRS84", .geographic = true});
}

}  // namespace maillage
