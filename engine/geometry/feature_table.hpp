#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/line_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// Text cells of a table, row after row in one buffer. An empty cell is a missing value.
class TextCells {
 public:
  explicit TextCells(std::size_t columns = 0) : columns_(columns) {}

  /// Room for that many cells with that many bytes of text in all.
  void reserve(const std::size_t cells, const std::size_t bytes) {
    end_.reserve(cells);
    text_.reserve(bytes);
  }
  /// Appends the next cell; rows are complete when a multiple of `columns` cells was added.
  void add(const std::string_view cell) {
    text_.append(cell);
    end_.push_back(text_.size());
  }
  [[nodiscard]] std::string_view at(const std::size_t row, const std::size_t column) const {
    const std::size_t cell = row * columns_ + column;
    const std::size_t begin = cell == 0 ? 0 : end_[cell - 1];
    return std::string_view{text_}.substr(begin, end_[cell] - begin);
  }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return columns_ == 0 ? 0 : end_.size() / columns_; }

 private:
  std::size_t columns_;
  std::string text_;
  std::vector<std::uint64_t> end_;
};

/// What a file told about the coordinates of its geometries.
struct CoordinateSystem {
  std::string definition;   ///< anything PROJ understands: "EPSG:2154", "OGC:CRS84", WKT; empty when the file says nothing
  bool geographic = false;  ///< degrees, longitude first
  friend bool operator==(const CoordinateSystem&, const CoordinateSystem&) = default;
};

/// One layer as a file gave it, whatever the format: text cells, and points or areas in the file's own coordinates.
/// Readers of every format produce this one type; what the columns mean is decided after, in the engine.
struct FeatureTable {
  enum class Geometry { none, points, areas, lines };

  std::string source;     ///< file name, with the layer where a file has several: "communes.gpkg:communes"
  std::string format;     ///< "CSV", "GeoJSON", "ESRI Shapefile", "GPKG", "FlatGeobuf"
  std::string encoding;   ///< encoding found in the file ("UTF-8", "windows-1252"); cells are always UTF-8
  std::string delimiter;  ///< of a text file, else empty
  CoordinateSystem crs;
  std::vector<std::string> columns;
  TextCells cells;
  std::vector<std::int64_t> row_numbers;  ///< per row: 1-based line of a text file, 1-based feature number elsewhere
  Geometry geometry = Geometry::none;
  std::vector<std::optional<Point>> points;  ///< per row where geometry == points
  AreaSet areas;                             ///< area i = row i where geometry == areas
  LineSet lines;                             ///< feature i = row i where geometry == lines: only readers asked for lines

  [[nodiscard]] std::size_t rows() const { return row_numbers.size(); }
  /// Column of that exact name.
  [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (columns[column] == name) {
        return column;
      }
    }
    return std::nullopt;
  }
};

}  // namespace maillage
