#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/geojson/json_cursor.hpp"
#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// What a feature was found to be; the polygons of areas and the cells stand in its block.
struct FeatureShape {
  enum class Kind : std::uint8_t { none, point, area, unsupported };
  Kind kind = Kind::none;
  bool closed_a_ring = false;
  bool outside_degrees = false;
  const char* fault = nullptr;  ///< reason to reject the row
  Point point;
  std::uint32_t polygons_end = 0;  ///< within the block
  std::uint32_t cells_end = 0;     ///< within the block
};

/// Consecutive features of a file.
struct FeatureBlock {
  struct Cell {
    std::uint32_t column;
    std::uint32_t end;  ///< in `text`; it begins where the cell before ends
  };
  std::vector<std::string> columns;  ///< in the order they first appear in the block
  std::vector<FeatureShape> shapes;
  AreaSet areas;  ///< polygons of the areas without fault; "areas" of the set are not used
  std::vector<Cell> cells;
  std::string text;

  [[nodiscard]] std::string_view cell(const std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : cells[index - 1].end;
    return std::string_view{text}.substr(begin, cells[index].end - begin);
  }
};

/// More columns than any table of ours or of SQLite has.
inline constexpr std::size_t kMostGeoJsonColumns = 2000;

/// Reads features from a cursor into a block.
class FeatureParser {
 public:
  FeatureParser(JsonCursor& cursor, FeatureBlock& block) : cursor_(cursor), block_(block) {}

  /// Room for what that many bytes of text hold.
  void reserve(std::size_t bytes);
  /// Members of a GeoJSON feature, in any order; others are passed over. Of a member given twice the last one counts.
  void read_feature();
  /// The members of a feature that is not in an array.
  void read_geometry();
  void read_properties();
  void finish_feature();

 private:
  void drop_open_polygons();
  void drop_open_cells();
  void read_coordinates(const std::string& type);
  void read_points();
  void read_polygon();
  void read_ring();
  [[nodiscard]] Point read_position();
  [[nodiscard]] bool open_array();
  std::uint32_t read_column(std::size_t expected);
  void append_value();

  JsonCursor& cursor_;
  FeatureBlock& block_;
  FeatureShape shape_;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> column_of_;  ///< looked up only, never walked
  std::vector<bool> plain_;                                                          ///< by column: its name needs no escape
};

}  // namespace maillage
