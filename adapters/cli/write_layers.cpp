#include "adapters/cli/write_layers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/csv/write_csv.hpp"
#include "adapters/gdal/write_layers.hpp"
#include "adapters/file/checked_file.hpp"
#include "adapters/geojson/write_geojson.hpp"
#include "adapters/pmtiles/write_pmtiles.hpp"
#include "adapters/qgis/write_project.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "maps/qgis_style.hpp"
#include "maps/shapefile_view.hpp"
#include "maps/sld_style.hpp"

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

/// What a file leaves out, to be said when all is written.
void tell_losses(const std::string& file, const std::vector<RowNote>& losses, std::vector<Text>& warnings) {
  if (!losses.empty()) {
    warnings.push_back(
        {.french = fmt::format("{} : {} texte(s) de plus de 254 octets raccourci(s), limite du format Shapefile ; les "
                               "autres formats les gardent entiers.",
                               file, losses.size()),
         .english = fmt::format(
             "{}: {} text(s) over 254 bytes cut, a limit of the Shapefile format; the other formats keep them whole.", file,
             losses.size())});
  }
}

/// One layer in one of the formats that hold a single layer; returns the file.
fs::path write_layer(const OutputFormat format, const Layer& layer, const std::string& plane, const fs::path& folder,
                     std::vector<Text>& warnings) {
  switch (format) {
    case OutputFormat::geojson: {
      fs::path file = folder / (layer.name + ".geojson");
      write_geojson(file, layer);
      verify_geojson(file, layer);
      return file;
    }
    case OutputFormat::shapefile: {
      tell_losses(layer.name + ".shp", write_shapefile(folder, layer, plane), warnings);
      write_fields_csv(folder / (layer.name + ".fields.csv"), layer);
      return folder / (layer.name + ".shp");
    }
    case OutputFormat::flatgeobuf: {
      fs::path file = folder / (layer.name + ".fgb");
      if (const std::vector<RowNote> left_out = write_flatgeobuf(file, layer, plane); !left_out.empty()) {
        warnings.push_back({.french = fmt::format("{}.fgb : {} entité(s) sans géométrie (la première : {}) absente(s), le "
                                                  "format FlatGeobuf n'en garde pas ; les autres formats les ont.",
                                                  layer.name, left_out.size(), left_out.front().key),
                            .english = fmt::format("{}.fgb: {} feature(s) without geometry (the first: {}) left out, "
                                                   "FlatGeobuf keeps none; the other formats have them.",
                                                   layer.name, left_out.size(), left_out.front().key)});
      }
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
    case OutputFormat::geopackage:
    case OutputFormat::qgis:
    case OutputFormat::pmtiles:
    case OutputFormat::page:
    case OutputFormat::report:
      break;
  }
  throw ArgumentError("write_layer: the format holds all layers in one file");
}

void write_text(const fs::path& path, const std::string& text) {
  CheckedFile file{path};
  file.write(text);
  file.close();
}

/// Styles that GIS programs take up by the name of the layer's file.
void write_styles_beside(const fs::path& file, const DrawnLayers& drawn, const Layer& layer, const OutputFormat format,
                         const Language language) {
  for (const LayerView& of : drawn.document.views) {
    if (of.layer == layer.name && of.is_default) {
      const LayerView view = format == OutputFormat::shapefile ? shapefile_view(of, layer) : of;
      write_text(fs::path{file}.replace_extension(".qml"), qgis_qml(view, language));
      write_text(fs::path{file}.replace_extension(".sld"), sld_style(view, language));
    }
  }
}

/// Whether a file of the format holds all layers.
bool holds_all(const OutputFormat format) {
  return format == OutputFormat::geopackage || format == OutputFormat::qgis || format == OutputFormat::pmtiles;
}

/// A file to write: one layer, or all of them.
struct WriteTask {
  OutputFormat format;
  const Layer* layer = nullptr;
  WrittenFile written;
  std::vector<Text> warnings;
};

std::int64_t features_of(const LayerSet& layers) {
  std::int64_t features = 0;
  for (const Layer& layer : layers.layers) {
    features += static_cast<std::int64_t>(layer.features());
  }
  return features;
}

void carry_out(WriteTask& task, const DrawnLayers& drawn, const fs::path& folder, const Language language) {
  if (task.format == OutputFormat::geopackage) {
    const fs::path file = folder / "maillage.gpkg";
    write_geopackage(file, drawn.layers, drawn.styles);
    task.written = {.path = file, .layer = "*", .rows = features_of(drawn.layers)};
    return;
  }
  if (task.format == OutputFormat::qgis) {
    const fs::path file = folder / "maillage.qgz";
    write_qgis_project(
        file, {.layers = drawn.layers, .document = drawn.document, .styles = drawn.styles, .language = language});
    task.written = {.path = file, .layer = "*", .rows = 0};
    return;
  }
  if (task.format == OutputFormat::pmtiles) {
    const fs::path file = folder / "communes.pmtiles";
    const std::vector<RowNote> left_out = write_pmtiles(file, {.layers = drawn.layers, .document = drawn.document});
    if (!left_out.empty()) {
      task.warnings.push_back({.french = fmt::format("communes.pmtiles : {} commune(s) sans contour (la première : {}) "
                                                     "absente(s) ; les autres formats les ont.",
                                                     left_out.size(), left_out.front().key),
                               .english = fmt::format("communes.pmtiles: {} commune(s) without contour (the first: {}) left "
                                                      "out; the other formats have them.",
                                                      left_out.size(), left_out.front().key)});
    }
    task.written = {.path = file, .layer = "communes", .rows = 0};
    return;
  }
  const fs::path file = write_layer(task.format, *task.layer, drawn.layers.plane,
                                    folder / output_format_name(task.format), task.warnings);
  if (task.format == OutputFormat::shapefile || task.format == OutputFormat::geojson) {
    write_styles_beside(file, drawn, *task.layer, task.format, language);
  }
  task.written = {.path = file, .layer = task.layer->name, .rows = static_cast<std::int64_t>(task.layer->features())};
}

}  // namespace

std::vector<WrittenFile> write_all_formats(const std::span<const OutputFormat> formats, const DrawnLayers& drawn,
                                           const fs::path& folder, Console& console) {
  std::vector<WriteTask> tasks;
  for (const OutputFormat format : formats) {
    if (format == OutputFormat::report || format == OutputFormat::page) {
      continue;  // made of results and views as well: the caller's
    }
    if (holds_all(format)) {
      tasks.push_back({.format = format, .layer = nullptr, .written = {}, .warnings = {}});
      continue;
    }
    make_folder(folder / output_format_name(format));
    for (const Layer& layer : drawn.layers.layers) {
      tasks.push_back({.format = format, .layer = &layer, .written = {}, .warnings = {}});
    }
  }
  const Language language = console.language();
  parallel_for_blocks(tasks.size(), 1, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t task = begin; task < end; ++task) {
      carry_out(tasks[task], drawn, folder, language);
    }
  });
  std::vector<WrittenFile> written;
  for (const WriteTask& task : tasks) {
    written.push_back(task.written);
    for (const Text& warning : task.warnings) {
      console.warn(warning);
    }
  }
  return written;
}

void write_tables(const std::span<const Table> tables, const fs::path& folder, const Language language) {
  const fs::path own = make_folder(folder / "tableaux");
  for (const Table& table : tables) {
    write_table_csv(own / (table.name + ".csv"), table, language);
  }
}

}  // namespace maillage
