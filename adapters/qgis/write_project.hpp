#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "engine/core/text.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"
#include "maps/style.hpp"

namespace maillage {

/// What a QGIS project is made of. Everything it points at outlives the call.
struct ProjectSources {
  const LayerSet& layers;
  const MapDocument& document;
  std::span<const LayerStyle> styles;    ///< one for each view of the document, in its order
  std::string database = "maillage.gpkg";  ///< the GeoPackage that holds the layers, beside the project
  Language language = Language::french;
};

/// The project as QGIS 3 reads it (.qgs). All layers in groups, with their styles and labels; a map theme for each map of
/// the document, the first of them shown; the hours of gaps in time for the temporal controller; an A4 layout ready to print.
/// Layers are found by relative path. The system is the territory's, or the first part's where it has several.
/// \throws ArgumentError when styles and views differ in number
[[nodiscard]] std::string qgis_project(const ProjectSources& sources);

/// The project, zipped, as `file` (.qgz). Same sources, same bytes. \throws OutputError
void write_qgis_project(const std::filesystem::path& file, const ProjectSources& sources);

}  // namespace maillage
