#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/geometry/area_set.hpp"
#include "engine/geometry/line_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

enum class FieldType { text, integer, real, boolean };

/// One entry of the field dictionary: what a column is called, says and counts. The same in every format, in the
/// documentation and in the styles. Fields made per coverage definition take their entry from a template and the
/// definition's name.
struct Field {
  std::string name{};        ///< [a-z][a-z0-9_]*, GeoPackage, GeoJSON, FlatGeobuf, CSV
  std::string short_name{};  ///< the Shapefile's: at most 10 ASCII characters, unique within its layer
  FieldType type = FieldType::text;
  std::string unit{};  ///< "m", "s", "m2", "hab", "%", "" when it has none
  int decimals = 0;  ///< of a real, fixed in text formats
  Text label{};        ///< for legends and column headings
  Text meaning{};      ///< one sentence
  /// Amounts of features add up: inhabitants, structures. Maps draw them by the size of a symbol, never by a shade, which
  /// would make what is large look dense.
  bool is_amount = false;
};

/// A value of a layer: nothing (no data), text, integer, real or boolean. "Nothing" is written as null, never 0 or -1.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

enum class GeometryKind { none, point, multi_line, multi_polygon };

/// A layer ready to be written or drawn: geometry in the territory's plane (metres) and in degrees, and one value per field
/// and feature. Features stand in a stated, deterministic order.
struct Layer {
  std::string name{};  ///< [a-z][a-z0-9_]*: "communes", "structures", "lacunes"
  Text title{};
  GeometryKind geometry = GeometryKind::none;
  std::vector<Field> fields{};
  std::vector<std::vector<Value>> columns{};   ///< columns[f][feature]
  std::vector<std::optional<Point>> points{};  ///< when geometry == point
  LineSet lines{};                             ///< when geometry == multi_line
  AreaSet areas{};                             ///< when geometry == multi_polygon; area i = feature i
  /// The same vertices in degrees, longitude as x; filled where the source was in degrees, or by reprojection.
  std::vector<std::optional<Point>> points_lonlat{};
  LineSet lines_lonlat{};
  AreaSet areas_lonlat{};

  [[nodiscard]] std::size_t features() const { return columns.empty() ? 0 : columns.front().size(); }
};

/// All layers of a run, in the order they are to be shown.
struct LayerSet {
  std::string territory;  ///< its name
  std::string plane;      ///< CRS of the metres: "EPSG:2154"
  std::vector<Layer> layers;
};

}  // namespace maillage
