#include "adapters/cli/write_layers.hpp"

#include <fmt/format.h>

#include "adapters/csv/write_csv.hpp"
#include "adapters/gdal/write_layers.hpp"
#include "adapters/geojson/write_geojson.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

fs::path make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    throw OutputError(Text{.french = fmt::format("{} : dossier impossible à créer ({}).", path.string(), error.message()),
                           .english = fmt::format("{}: folder cannot be created ({}).", path.string(), error.message())},
                      OutputError::Kind::cannot_create);
  }
  return path;
}

void tell_losses(const std::string& file, const std::vector<RowNote>& losses, Console& console) {
  if (!losses.empty()) {
    console.warn({.french = fmt::format("{} : {} texte(s) de plus de 254 octets raccourci(s), limite du format Shapefile ; les autres formats les gardent entiers.", file, losses.size()),
                  .english = fmt::format("{}: {} text(s) over 254 bytes cut, a limit of the Shapefile format; the other formats keep them whole.", file, losses.size())});
  }
}

/// One layer in one of the formats that hold a single layer; returns the file.
fs::path write_layer(const OutputFormat format, const Layer& layer, const std::string& plane, const fs::path& folder, Console& console) {
  switch (format) {
    case OutputFormat::geojson: {
      fs::path file = folder / (layer.name + ".geojson");
      write_geojson(file, layer);
      verify_geojson(file, layer);
      return file;
    }
    case OutputFormat::shapefile: {
      tell_losses(layer.name + ".shp", write_shapefile(folder, layer, plane), console);
      write_fields_csv(folder / (layer.name + ".fields.csv"), layer);
      return folder / (layer.name + ".shp");
    }
    case OutputFormat::flatgeobuf: {
      fs::path file = folder / (layer.name + ".fgb");
      write_flatgeobuf(file, layer, plane);
      return file;
    }
    case OutputFormat::csv:
    case OutputFormat::csv_excel: {
      const CsvProfile profile = format == OutputFormat::csv ? CsvProfile::rfc4180 : CsvProfile::excel_france;
      fs::path file = folder / (layer.name + ".csv");
      write_csv(file, layer, profile);
      verify_csv(file, layer, profile);
      return file;
    }
    case OutputFormat::geopackage: break;
  }
  throw ArgumentError("write_layer: a GeoPackage holds all layers");
}

}  // namespace

void write_layers(const OutputFormat format, const LayerSet& layers, const std::span<const LayerStyle> styles, const fs::path& folder,
                  Console& console, std::vector<WrittenFile>& written) {
  if (format == OutputFormat::geopackage) {
    const fs::path file = folder / "maillage.gpkg";
    write_geopackage(file, layers, styles);
    std::int64_t rows = 0;
    for (const Layer& layer : layers.layers) {
      rows += static_cast<std::int64_t>(layer.features());
    }
    written.push_back({.path = file, .layer = "*", .rows = rows});
    return;
  }
  const fs::path own = make_folder(folder / output_format_name(format));
  for (const Layer& layer : layers.layers) {
    written.push_back({.path = write_layer(format, layer, layers.plane, own, console), .layer = layer.name, .rows = static_cast<std::int64_t>(layer.features())});
  }
}

void write_tables(const std::span<const Table> tables, const fs::path& folder, const Language language) {
  const fs::path own = make_folder(folder / "tableaux");
  for (const Table& table : tables) {
    write_table_csv(own / (table.name + ".csv"), table, language);
  }
}

}  // namespace maillage
