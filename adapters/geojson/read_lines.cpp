#include "adapters/geojson/read_lines.hpp"

#include <string>
#include <utility>

#include "adapters/file/read_file.hpp"
#include "adapters/geojson/json_cursor.hpp"
#include "adapters/geojson/read_geojson.hpp"

namespace maillage {
namespace {

class LineReader {
 public:
  LineReader(const std::string& text, const std::string& source) : cursor_(text, source) {}

  LineSet read() {
    for_each_member([&](const std::string& key) {
      if (key != "features") {
        cursor_.skip();
        return;
      }
      for_each_element([&] {
        for_each_member([&](const std::string& member) {
          if (member == "geometry" && cursor_.peek() == '{') {
            read_geometry();
          } else {
            cursor_.skip();
          }
        });
        lines_.end_feature();
      });
    });
    return std::move(lines_);
  }

 private:
  template <typename Visit>
  void for_each_member(const Visit& visit) {
    if (!cursor_.open('{', '}')) {
      return;
    }
    do {
      const std::string key{cursor_.string()};
      cursor_.expect(':');
      visit(key);
    } while (cursor_.more('}'));
  }

  template <typename Visit>
  void for_each_element(const Visit& visit) {
    if (!cursor_.open('[', ']')) {
      return;
    }
    do {
      visit();
    } while (cursor_.more(']'));
  }

  /// The type may stand after the coordinates.
  void read_geometry() {
    std::string type;
    std::size_t coordinates = 0;
    for_each_member([&](const std::string& key) {
      if (key == "type" && cursor_.peek() == '"') {
        type = std::string{cursor_.string()};
        return;
      }
      if (key == "coordinates" && cursor_.peek() == '[') {
        coordinates = cursor_.position();
      }
      cursor_.skip();
    });
    const std::size_t end = cursor_.position();
    if (coordinates != 0 && (type == "LineString" || type == "MultiLineString")) {
      cursor_.seek(coordinates);
      if (type == "LineString") {
        read_line();
      } else {
        for_each_element([&] { read_line(); });
      }
      cursor_.seek(end);
    }
  }

  void read_line() {
    for_each_element([&] {
      Point point;
      std::size_t axis = 0;
      for_each_element([&] {
        const double value = cursor_.number();
        if (axis < 2) {
          (axis == 0 ? point.x : point.y) = value;
        }
        ++axis;
      });
      if (axis < 2) {
        cursor_.fail("une position a deux coordonnées", "a position has two coordinates");
      }
      lines_.vertices.push_back(point);
    });
    lines_.end_line();
  }

  JsonCursor cursor_;
  LineSet lines_;
};

}  // namespace

LineSet read_geojson_lines(const std::filesystem::path& file) {
  const std::string text = read_whole_file(file);
  const std::string source = file.string();
  return LineReader{text, source}.read();
}

Reading<FeatureTable> read_geojson_line_layer(const std::filesystem::path& file) {
  Reading<FeatureTable> reading = read_geojson(file, {.keep_other_geometries = true});
  const LineSet lines = read_geojson_lines(file);
  const FeatureTable all = std::move(reading.value);
  FeatureTable table;
  table.source = all.source;
  table.format = all.format;
  table.encoding = all.encoding;
  table.crs = all.crs;
  table.columns = all.columns;
  table.cells = TextCells{all.columns.size()};
  table.geometry = FeatureTable::Geometry::lines;
  for (std::size_t row = 0; row < all.rows(); ++row) {
    const auto feature = static_cast<std::size_t>(all.row_numbers[row] - 1);
    if (feature >= lines.features() || lines.feature_first[feature] == lines.feature_first[feature + 1]) {
      reading.rejections.push_back({.source = all.source,
                                    .row = all.row_numbers[row],
                                    .key = {},
                                    .column = "geometry",
                                    .value = {},
                                    .reason = "no_line",
                                    .detail = {}});
      continue;
    }
    for (std::size_t line = lines.feature_first[feature]; line < lines.feature_first[feature + 1]; ++line) {
      const auto vertices = lines.line(line);
      table.lines.vertices.insert(table.lines.vertices.end(), vertices.begin(), vertices.end());
      table.lines.end_line();
    }
    table.lines.end_feature();
    for (std::size_t column = 0; column < all.columns.size(); ++column) {
      table.cells.add(all.cells.at(row, column));
    }
    table.row_numbers.push_back(all.row_numbers[row]);
  }
  reading.value = std::move(table);
  return reading;
}

}  // namespace maillage
