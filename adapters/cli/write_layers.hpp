#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/config/study.hpp"
#include "engine/survey/table.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"
#include "maps/style.hpp"

namespace maillage {

/// A file of a layer, for the manifest.
struct WrittenFile {
  std::filesystem::path path;
  std::string layer;
  std::int64_t rows = 0;
};

/// Layers and how they are drawn.
struct DrawnLayers {
  const LayerSet& layers;
  const MapDocument& document;
  std::span<const LayerStyle> styles;  ///< one for each view of the document, in its order
};

/// Writes all layers in every format below `folder` and compares each file, opened again, with what was to be written.
/// Formats are written beside each other on the threads allowed. Shapefiles
/// and GeoJSON have the style of the layer's default view beside them, as QML and SLD. Losses that a format cannot avoid (a text longer than a
/// Shapefile holds) are said on the console. \returns the files, by format and layer. \throws OutputError
[[nodiscard]] std::vector<WrittenFile> write_all_formats(std::span<const OutputFormat> formats, const DrawnLayers& drawn,
                                                         const std::filesystem::path& folder, Console& console);

/// Writes tables as CSV for spreadsheets below `folder`/tableaux. \throws OutputError
void write_tables(std::span<const Table> tables, const std::filesystem::path& folder, Language language);

/// Names and versions of the libraries that results may depend on.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace maillage
