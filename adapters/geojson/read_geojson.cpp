#include "adapters/geojson/read_geojson.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "adapters/file/read_file.hpp"
#include "adapters/geojson/json_cursor.hpp"
#include "adapters/proj/crs.hpp"

namespace maillage {
namespace {

constexpr std::size_t kMostColumns = 2000;

enum class Kind : std::uint8_t { none, point, area, unsupported };

/// A geometry as read; the polygons of areas stand in the reader's shared set.
struct Shape {
  Kind kind = Kind::none;
  Point point;
  std::size_t polygons_end = 0;
  const char* fault = nullptr;  ///< reason to reject the row
  bool closed_a_ring = false;
  bool outside_degrees = false;
};

/// A property of a feature: its column, and its text in the shared buffer.
struct Cell {
  std::size_t column;
  std::size_t begin;
  std::size_t end;
};

class Reader {
 public:
  Reader(const std::string_view text, const std::string& source, const GeoJsonReadOptions& options) : cursor_(text, source), options_(options) {
    reading_.value.source = source;
    reading_.value.format = "GeoJSON";
    reading_.value.encoding = "UTF-8";
  }

  Reading<FeatureTable> read() {
    read_root();
    if (!cursor_.at_end()) {
      cursor_.fail("texte inattendu après la fin", "unexpected text after the end");
    }
    settle_crs();
    settle_geometry();
    fill_table();
    return std::move(reading_);
  }

 private:
  /// A FeatureCollection, a Feature, or a geometry: which one is known when all members were seen.
  void read_root() {
    std::string type;
    bool features = false;
    Shape shape;
    std::optional<std::size_t> root_properties;
    const std::size_t begin = cursor_.position();
    if (cursor_.open('{', '}')) {
      do {
        const std::string key{cursor_.string()};
        cursor_.expect(':');
        if (key == "type") {
          type = std::string{cursor_.string()};
        } else if (key == "features") {
          read_features();
          features = true;
        } else if (key == "crs") {
          read_crs();
        } else if (key == "geometry") {
          read_geometry(shape);
        } else if (key == "properties") {
          (void)cursor_.peek();
          root_properties = cursor_.position();
          cursor_.skip();
        } else {
          cursor_.skip();
        }
      } while (cursor_.more('}'));
    }
    const std::size_t end = cursor_.position();
    if (type == "Feature") {
      if (root_properties) {
        cursor_.seek(*root_properties);
        read_properties();
        cursor_.seek(end);
      }
      finish_feature(shape);
    } else if (type != "FeatureCollection" && !features && !type.empty()) {
      cursor_.seek(begin);
      read_geometry(shape);
      cursor_.seek(end);
      finish_feature(shape);
    } else if (!features) {
      cursor_.fail("ce n'est pas du GeoJSON : « features » manque", "not GeoJSON: \"features\" is missing");
    }
  }

  void read_features() {
    if (!cursor_.open('[', ']')) {
      return;
    }
    do {
      Shape shape;
      if (cursor_.open('{', '}')) {
        do {
          const std::string_view key = cursor_.string();
          const bool geometry = key == "geometry";
          const bool properties = key == "properties";
          cursor_.expect(':');
          if (geometry) {
            read_geometry(shape);
          } else if (properties) {
            read_properties();
          } else {
            cursor_.skip();
          }
        } while (cursor_.more('}'));
      }
      finish_feature(shape);
    } while (cursor_.more(']'));
  }

  void finish_feature(Shape shape) {
    if (options_.keep_other_geometries && shape.kind == Kind::unsupported) {
      shape = Shape{};
    }
    if (shape.kind != Kind::area || shape.fault != nullptr) {
      drop_open_polygons();
    }
    shape.polygons_end = areas_.polygons();
    shapes_.push_back(shape);
    cell_end_.push_back(cells_.size());
  }

  void drop_open_polygons() {
    const std::size_t kept = shapes_.empty() ? 0 : shapes_.back().polygons_end;
    areas_.polygon_first.resize(kept + 1);
    areas_.ring_first.resize(areas_.polygon_first.back() + 1);
    areas_.vertices.resize(areas_.ring_first.back());
  }

  /// "coordinates" may stand before "type": they are passed over, then read when the type is known.
  void read_geometry(Shape& shape) {
    shape = Shape{};  // of a member given twice the last one counts
    drop_open_polygons();
    if (cursor_.peek() == 'n') {
      (void)cursor_.literal();
      return;
    }
    std::string type;
    std::optional<std::size_t> coordinates;
    if (cursor_.open('{', '}')) {
      do {
        const std::string key{cursor_.string()};
        cursor_.expect(':');
        if (key == "type") {
          type = std::string{cursor_.string()};
        } else if (key == "coordinates") {
          (void)cursor_.peek();
          coordinates = cursor_.position();
          if (!type.empty()) {
            read_coordinates(type, shape);
            coordinates.reset();
            type.clear();
          } else {
            cursor_.skip();
          }
        } else {
          cursor_.skip();
        }
      } while (cursor_.more('}'));
    }
    if (!type.empty()) {
      const std::size_t end = cursor_.position();
      if (coordinates) {
        cursor_.seek(*coordinates);
        read_coordinates(type, shape);
        cursor_.seek(end);
      } else {
        shape.kind = Kind::unsupported;
        shape.fault = "unsupported_geometry";
      }
    }
  }

  void read_coordinates(const std::string& type, Shape& shape) {
    if (type == "Point") {
      shape.kind = Kind::point;
      shape.point = read_position(shape);
    } else if (type == "MultiPoint") {
      shape.kind = Kind::point;
      std::size_t count = 0;
      if (cursor_.open('[', ']')) {
        do {
          shape.point = read_position(shape);
          ++count;
        } while (cursor_.more(']'));
      }
      shape.fault = count == 1 ? shape.fault : "several_points";
    } else if (type == "Polygon") {
      shape.kind = Kind::area;
      read_polygon(shape);
    } else if (type == "MultiPolygon") {
      shape.kind = Kind::area;
      if (cursor_.open('[', ']')) {
        do {
          read_polygon(shape);
        } while (cursor_.more(']'));
      }
    } else {
      shape.kind = Kind::unsupported;
      shape.fault = "unsupported_geometry";
      cursor_.skip();
    }
  }

  void read_polygon(Shape& shape) {
    if (!cursor_.open('[', ']')) {
      return;
    }
    do {
      const std::size_t begin = areas_.vertices.size();
      if (cursor_.open('[', ']')) {
        do {
          areas_.vertices.push_back(read_position(shape));
        } while (cursor_.more(']'));
      }
      if (areas_.vertices.size() > begin && areas_.vertices.back() != areas_.vertices[begin]) {
        areas_.vertices.push_back(Point{areas_.vertices[begin]});
        shape.closed_a_ring = true;
      }
      if (areas_.vertices.size() - begin < 4) {
        shape.fault = "ring_too_short";
      }
      areas_.end_ring();
    } while (cursor_.more(']'));
    areas_.end_polygon();
  }

  Point read_position(Shape& shape) {
    constexpr double kFarthest = 1e9;  // metres and degrees of every known system are below
    const double missing = std::numeric_limits<double>::infinity();
    Point point{missing, missing};
    std::size_t axis = 0;
    if (cursor_.open('[', ']')) {
      do {
        const double value = cursor_.number();
        if (axis < 2) {
          (axis == 0 ? point.x : point.y) = value;
        }
        ++axis;
      } while (cursor_.more(']'));
    }
    if (!(std::abs(point.x) <= 180 && std::abs(point.y) <= 90)) {
      shape.outside_degrees = true;
      if (!(std::abs(point.x) <= kFarthest && std::abs(point.y) <= kFarthest)) {
        shape.fault = "position_out_of_range";
      }
    }
    return point;
  }

  void read_properties() {
    if (cursor_.peek() == 'n') {
      (void)cursor_.literal();
      return;
    }
    if (!cursor_.open('{', '}')) {
      return;
    }
    std::size_t expected = 0;
    do {
      const std::size_t column = column_of(cursor_.string(), expected);
      expected = column + 1;
      cursor_.expect(':');
      const std::size_t begin = cell_text_.size();
      append_value();
      cells_.push_back({.column = column, .begin = begin, .end = cell_text_.size()});
    } while (cursor_.more('}'));
  }

  /// Features mostly have the same properties in the same order: the expected column is tried first.
  std::size_t column_of(const std::string_view key, const std::size_t expected) {
    auto& columns = reading_.value.columns;
    if (expected < columns.size() && columns[expected] == key) {
      return expected;
    }
    const auto found = std::find(columns.begin(), columns.end(), key);
    if (found == columns.end()) {
      if (columns.size() == kMostColumns) {
        cursor_.fail("plus de 2000 propriétés différentes", "more than 2000 different properties");
      }
      columns.emplace_back(key);
      return columns.size() - 1;
    }
    return static_cast<std::size_t>(found - columns.begin());
  }

  void append_value() {
    const char next = cursor_.peek();
    if (next == '"') {
      cell_text_ += cursor_.string();
    } else if (next == '-' || (next >= '0' && next <= '9')) {
      std::string_view token;
      (void)cursor_.number(&token);
      cell_text_ += token;
    } else if (next == '{' || next == '[') {
      append_minified(cursor_.skip());
    } else {
      const std::string_view word = cursor_.literal();
      cell_text_ += word == "null" ? std::string_view{} : word;
    }
  }

  void append_minified(const std::string_view nested) {
    const std::size_t begin = cell_text_.size();
    cell_text_.resize(begin + nested.size() + 16);
    std::size_t length = 0;
    if (simdjson::minify(nested.data(), nested.size(), cell_text_.data() + begin, length) != simdjson::SUCCESS) {
      cursor_.fail("valeur JSON incorrecte", "wrong JSON value");
    }
    cell_text_.resize(begin + length);
  }

  void read_crs() {
    if (cursor_.peek() != '{') {
      cursor_.skip();
      return;
    }
    const std::string_view text = cursor_.skip();
    JsonCursor inner{text, reading_.value.source};
    std::string type;
    std::string name;
    if (!inner.open('{', '}')) {
      return;
    }
    do {
      const std::string key{inner.string()};
      inner.expect(':');
      if (key == "type" && inner.peek() == '"') {
        type = std::string{inner.string()};
      } else if (key == "properties" && inner.peek() == '{' && inner.open('{', '}')) {
        do {
          const std::string property{inner.string()};
          inner.expect(':');
          if (property == "name" && inner.peek() == '"') {
            name = std::string{inner.string()};
          } else {
            inner.skip();
          }
        } while (inner.more('}'));
      } else {
        inner.skip();
      }
    } while (inner.more('}'));
    if (type == "link") {
      reading_.repairs.push_back({.source = reading_.value.source, .row = std::nullopt, .key = {}, .column = "crs", .value = std::string{text.substr(0, 200)}, .reason = "linked_crs_ignored", .detail = {}});
    }
    crs_name_ = name;
  }

  void settle_crs() {
    CoordinateSystem& crs = reading_.value.crs;
    const bool degrees = crs_name_.empty() || crs_name_.find("CRS84") != std::string::npos || crs_name_.ends_with(":4326");
    if (degrees) {
      crs = {.definition = "OGC:CRS84", .geographic = true};
    } else {
      const std::size_t digits = crs_name_.find_last_not_of("0123456789");
      const bool epsg = crs_name_.find("EPSG") != std::string::npos && digits + 1 < crs_name_.size();
      crs = describe_crs(epsg ? "EPSG:" + crs_name_.substr(digits + 1) : crs_name_);
    }
    const auto outside = std::count_if(shapes_.begin(), shapes_.end(), [](const Shape& shape) { return shape.outside_degrees; });
    if (crs_name_.empty() && outside * 2 > static_cast<std::ptrdiff_t>(shapes_.size())) {
      crs = {};  // metres without a "crs": the study must say which
    } else if (crs.geographic) {
      for (Shape& shape : shapes_) {
        shape.fault = shape.outside_degrees ? "position_out_of_range" : shape.fault;
      }
    }
  }

  void settle_geometry() {
    const auto count = [&](const Kind kind) { return std::count_if(shapes_.begin(), shapes_.end(), [&](const Shape& shape) { return shape.kind == kind; }); };
    const auto points = count(Kind::point);
    const auto areas = count(Kind::area);
    reading_.value.geometry = points == 0 && areas == 0 ? FeatureTable::Geometry::none
                              : points > areas          ? FeatureTable::Geometry::points
                                                        : FeatureTable::Geometry::areas;
    const Kind other = points > areas ? Kind::area : Kind::point;
    for (Shape& shape : shapes_) {
      if (shape.kind == other && shape.fault == nullptr) {
        shape.fault = "mixed_geometry";
      }
    }
  }

  void add_area(const std::size_t feature) {
    AreaSet& target = reading_.value.areas;
    const std::size_t first = feature == 0 ? 0 : shapes_[feature - 1].polygons_end;
    for (std::size_t polygon = first; polygon < shapes_[feature].polygons_end; ++polygon) {
      const auto rings = areas_.rings_of_polygon(polygon);
      for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
        target.add_ring(areas_.ring(ring));
      }
      target.end_polygon();
    }
    target.end_area();
  }

  void note(std::vector<RowNote>& notes, const std::size_t feature, const std::string& reason) {
    const std::size_t first = feature == 0 ? 0 : cell_end_[feature - 1];
    const std::string key = first < cell_end_[feature] ? cell_text_.substr(cells_[first].begin, cells_[first].end - cells_[first].begin) : std::string{};
    notes.push_back({.source = reading_.value.source, .row = static_cast<std::int64_t>(feature + 1), .key = key, .column = "geometry", .value = {}, .reason = reason, .detail = {}});
  }

  void fill_table() {
    FeatureTable& table = reading_.value;
    table.cells = TextCells{table.columns.size()};
    table.areas.vertices.reserve(areas_.vertices.size());
    reading_.rows_in = static_cast<std::int64_t>(shapes_.size());
    std::vector<std::string_view> row;
    for (std::size_t feature = 0; feature < shapes_.size(); ++feature) {
      const Shape& shape = shapes_[feature];
      if (shape.fault != nullptr) {
        note(reading_.rejections, feature, shape.fault);
        continue;
      }
      if (shape.closed_a_ring) {
        note(reading_.repairs, feature, "ring_not_closed");
      }
      row.assign(table.columns.size(), {});
      for (std::size_t cell = feature == 0 ? 0 : cell_end_[feature - 1]; cell < cell_end_[feature]; ++cell) {
        row[cells_[cell].column] = std::string_view{cell_text_}.substr(cells_[cell].begin, cells_[cell].end - cells_[cell].begin);
      }
      for (const std::string_view cell : row) {
        table.cells.add(cell);
      }
      table.row_numbers.push_back(static_cast<std::int64_t>(feature + 1));
      if (table.geometry == FeatureTable::Geometry::points) {
        table.points.push_back(shape.kind == Kind::point ? std::optional{shape.point} : std::nullopt);
      } else if (table.geometry == FeatureTable::Geometry::areas) {
        add_area(feature);
      }
    }
  }

  JsonCursor cursor_;
  GeoJsonReadOptions options_;
  Reading<FeatureTable> reading_;
  std::string crs_name_;
  AreaSet areas_;
  std::vector<Shape> shapes_;
  std::vector<Cell> cells_;
  std::vector<std::size_t> cell_end_;
  std::string cell_text_;
};

}  // namespace

Reading<FeatureTable> parse_geojson(std::string_view bytes, const std::string& source, const GeoJsonReadOptions& options) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) {
    throw InputError(Text{.french = fmt::format("{} : ce n'est pas de l'UTF-8 ; GeoJSON l'exige.", source), .english = fmt::format("{}: not UTF-8; GeoJSON demands it.", source)});
  }
  return Reader{bytes, source, options}.read();
}

Reading<FeatureTable> read_geojson(const std::filesystem::path& file, const GeoJsonReadOptions& options) {
  return parse_geojson(read_whole_file(file), file.string(), options);
}

}  // namespace maillage
