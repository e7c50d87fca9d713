#pragma once

#include <ogr_api.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "maps/layer.hpp"

namespace maillage::detail {

constexpr std::size_t kDbfText = 254;  ///< bytes of a text in a Shapefile

/// A file to write, and how.
struct Target {
  std::filesystem::path file;
  const char* driver;
  bool shapefile;
  bool metres;  ///< geometry in the plane, else in degrees
  int epsg;
};
[[nodiscard]] Target target_of(const std::filesystem::path& file, const char* driver, const std::string& plane);

/// The file is not whole. \throws OutputError, always
[[noreturn]] void not_written(const std::filesystem::path& file, const std::string& why);
/// The layer has what cannot be written. \throws OutputError, always
[[noreturn]] void cannot_hold(const std::filesystem::path& file, const Text& why);

/// A real as a DBF holds it.
[[nodiscard]] std::string real_text(double value, const Field& field);
/// Text as a DBF can hold it, cut on a character's border.
[[nodiscard]] std::string_view dbf_text(const std::string& text);

/// A feature's geometry, to be owned by the caller; null when it has none.
[[nodiscard]] OGRGeometryH geometry_of(const Layer& layer, std::size_t feature, bool metres);

/// The features of a layer that have a geometry, and a note (no_geometry) for each of the others, by its first field.
struct LocatedFeatures {
  Layer layer;
  std::vector<RowNote> left_out;
};
[[nodiscard]] LocatedFeatures located_features(const Layer& layer, bool metres);

}  // namespace maillage::detail
