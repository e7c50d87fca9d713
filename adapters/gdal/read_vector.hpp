#pragma once

#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

struct VectorReadOptions {
  std::string layer;     ///< of a GeoPackage with several
  std::string crs;       ///< wins over what the file says
  std::string encoding;  ///< of a Shapefile; empty: its .cpg, else UTF-8 if valid, else Windows-1252
  bool lines = false;    ///< wanted are lines, and nothing else: a layer of roads
};

/// One layer of a Shapefile, GeoPackage or FlatGeobuf. Numbers become text in their shortest exact form, dates ISO 8601,
/// null an empty cell. A row without geometry stays; one with lines, several points, or another kind than the first row's is
/// rejected: line_geometry, several_points, geometry_kind; no_line where lines are wanted. \throws InputError: not one of
/// the three, no or ambiguous layer, no coordinate system, less in the file than it declares
[[nodiscard]] Reading<FeatureTable> read_vector(const std::filesystem::path& file, const VectorReadOptions& options = {});

}  // namespace maillage
