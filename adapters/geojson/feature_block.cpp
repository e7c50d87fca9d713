#include "adapters/geojson/feature_block.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace maillage {
namespace {

using Kind = FeatureShape::Kind;

constexpr double kFarthest = 1e9;  // metres and degrees of every known system are below

bool needs_no_escape(const std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](const char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

void FeatureParser::reserve(const std::size_t bytes) {
  block_.areas.vertices.reserve(bytes / 24);
  block_.cells.reserve(bytes / 64);
  block_.text.reserve(bytes / 8);
}

void FeatureParser::read_feature() {
  if (cursor_.open('{', '}')) {
    do {
      const std::string_view key = cursor_.string();
      const bool geometry = key == "geometry";
      const bool properties = key == "properties";
      cursor_.expect(':');
      if (geometry) {
        read_geometry();
      } else if (properties) {
        read_properties();
      } else {
        cursor_.skip();
      }
    } while (cursor_.more('}'));
  }
  finish_feature();
}

void FeatureParser::finish_feature() {
  if (shape_.kind != Kind::area || shape_.fault != nullptr) {
    drop_open_polygons();
  }
  shape_.polygons_end = static_cast<std::uint32_t>(block_.areas.polygons());
  shape_.cells_end = static_cast<std::uint32_t>(block_.cells.size());
  block_.shapes.push_back(shape_);
  shape_ = {};
}

void FeatureParser::drop_open_polygons() {
  AreaSet& areas = block_.areas;
  const std::size_t kept = block_.shapes.empty() ? 0 : block_.shapes.back().polygons_end;
  areas.polygon_first.resize(kept + 1);
  areas.ring_first.resize(areas.polygon_first.back() + 1);
  areas.vertices.resize(areas.ring_first.back());
}

void FeatureParser::drop_open_cells() {
  block_.cells.resize(block_.shapes.empty() ? 0 : block_.shapes.back().cells_end);
  block_.text.resize(block_.cells.empty() ? 0 : block_.cells.back().end);
}

/// "coordinates" may stand before "type": they are passed over, then read when the type is known.
void FeatureParser::read_geometry() {
  shape_ = {};
  drop_open_polygons();
  if (cursor_.peek() == 'n') {
    (void)cursor_.literal();
    return;
  }
  if (cursor_.peek() != '{') {
    cursor_.fail("« geometry » doit être un objet ou null", "\"geometry\" must be an object or null");
  }
  std::string type;
  std::string read_as;
  std::optional<std::size_t> coordinates;
  std::optional<std::size_t> read_from;
  const auto read = [&] {
    shape_ = {};
    drop_open_polygons();
    read_coordinates(type);
    read_as = type;
    read_from = coordinates;
  };
  if (cursor_.open('{', '}')) {
    do {
      const std::string key{cursor_.string()};
      cursor_.expect(':');
      if (key == "type" && cursor_.peek() == '"') {
        type = std::string{cursor_.string()};
      } else if (key == "coordinates") {
        (void)cursor_.peek();
        coordinates = cursor_.position();
        if (type.empty()) {
          cursor_.skip();
        } else {
          read();
        }
      } else {
        cursor_.skip();
      }
    } while (cursor_.more('}'));
  }
  if (type.empty() || !coordinates) {
    shape_ = {};
    shape_.kind = Kind::unsupported;
    shape_.fault = "unsupported_geometry";
  } else if (read_from != coordinates || read_as != type) {
    const std::size_t end = cursor_.position();
    cursor_.seek(*coordinates);
    read();
    cursor_.seek(end);
  }
}

void FeatureParser::read_coordinates(const std::string& type) {
  if (type == "Point") {
    shape_.kind = Kind::point;
    shape_.point = read_position();
    if (std::isnan(shape_.point.x) && shape_.fault == nullptr) {
      shape_ = {};  // "[]": an empty point
    }
  } else if (type == "MultiPoint") {
    read_points();
  } else if (type == "Polygon") {
    shape_.kind = Kind::area;
    read_polygon();
  } else if (type == "MultiPolygon") {
    shape_.kind = Kind::area;
    if (open_array()) {
      do {
        read_polygon();
      } while (cursor_.more(']'));
    }
  } else {
    shape_.kind = Kind::unsupported;
    shape_.fault = "unsupported_geometry";
    cursor_.skip();
  }
}

/// Opens an array of coordinates. Anything else in its place is passed over and makes the row faulty.
bool FeatureParser::open_array() {
  if (cursor_.peek() != '[') {
    shape_.fault = "position_out_of_range";
    cursor_.skip();
    return false;
  }
  return cursor_.open('[', ']');
}

void FeatureParser::read_points() {
  shape_.kind = Kind::point;
  std::size_t count = 0;
  if (open_array()) {
    do {
      shape_.point = read_position();
      ++count;
    } while (cursor_.more(']'));
  }
  if (shape_.fault == nullptr && count > 1) {
    shape_.fault = "several_points";
  } else if (shape_.fault == nullptr && (count == 0 || std::isnan(shape_.point.x))) {
    shape_ = {};
  }
}

void FeatureParser::read_polygon() {
  if (!open_array()) {
    return;
  }
  do {
    read_ring();
  } while (cursor_.more(']'));
  block_.areas.end_polygon();
}

void FeatureParser::read_ring() {
  std::vector<Point>& vertices = block_.areas.vertices;
  const std::size_t begin = vertices.size();
  if (open_array()) {
    do {
      const Point position = read_position();
      if (std::isnan(position.x)) {
        shape_.fault = "position_out_of_range";
      }
      vertices.push_back(position);
    } while (cursor_.more(']'));
  }
  if (vertices.size() > begin && vertices.back() != vertices[begin]) {
    vertices.push_back(Point{vertices[begin]});
    shape_.closed_a_ring = true;
  }
  if (vertices.size() - begin < 4 && shape_.fault == nullptr) {
    shape_.fault = "ring_too_short";
  }
  block_.areas.end_ring();
}

/// NaN for an empty position.
Point FeatureParser::read_position() {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  constexpr double kMissing = std::numeric_limits<double>::infinity();
  if (!open_array()) {
    return {kNone, kNone};
  }
  Point point{kMissing, kMissing};
  std::size_t axis = 0;
  do {
    const char next = cursor_.peek();
    double value = kMissing;
    if (next == '-' || (next >= '0' && next <= '9')) {
      value = cursor_.number();
    } else {
      cursor_.skip();
    }
    if (axis < 2) {
      (axis == 0 ? point.x : point.y) = value;
    }
    ++axis;
  } while (cursor_.more(']'));
  if (!(std::abs(point.x) <= 180 && std::abs(point.y) <= 90)) {
    shape_.outside_degrees = true;
    if (!(std::abs(point.x) <= kFarthest && std::abs(point.y) <= kFarthest)) {
      shape_.fault = "position_out_of_range";
    }
  }
  return point;
}

void FeatureParser::read_properties() {
  drop_open_cells();
  if (cursor_.peek() == 'n') {
    (void)cursor_.literal();
    return;
  }
  if (cursor_.peek() != '{') {
    cursor_.fail("« properties » doit être un objet ou null", "\"properties\" must be an object or null");
  }
  if (!cursor_.open('{', '}')) {
    return;
  }
  std::size_t expected = 0;
  do {
    const std::uint32_t column = read_column(expected);
    expected = column + 1;
    cursor_.expect(':');
    append_value();
    block_.cells.push_back({.column = column, .end = static_cast<std::uint32_t>(block_.text.size())});
  } while (cursor_.more('}'));
}

/// Features mostly have the same properties in the same order: the expected column is tried first.
std::uint32_t FeatureParser::read_column(const std::size_t expected) {
  (void)cursor_.peek();
  if (expected < block_.columns.size() && plain_[expected] && cursor_.string_is(block_.columns[expected])) {
    return static_cast<std::uint32_t>(expected);
  }
  const std::string_view key = cursor_.string();
  if (const auto known = column_of_.find(key); known != column_of_.end()) {
    return known->second;
  }
  if (block_.columns.size() == kMostGeoJsonColumns) {
    cursor_.fail("plus de 2000 propriétés différentes", "more than 2000 different properties");
  }
  const auto column = static_cast<std::uint32_t>(block_.columns.size());
  block_.columns.emplace_back(key);
  plain_.push_back(needs_no_escape(key));
  column_of_.emplace(key, column);
  return column;
}

void FeatureParser::append_value() {
  const char next = cursor_.peek();
  std::string& text = block_.text;
  if (next == '"') {
    text += cursor_.string();
  } else if (next == '-' || (next >= '0' && next <= '9')) {
    text += cursor_.number_text();
  } else if (next == '{' || next == '[') {
    const std::string_view nested = cursor_.skip();
    const std::size_t begin = text.size();
    std::size_t length = 0;
    text.resize(begin + nested.size() + simdjson::SIMDJSON_PADDING);
    if (simdjson::minify(nested.data(), nested.size(), text.data() + begin, length) != simdjson::SUCCESS) {
      cursor_.fail("valeur JSON incorrecte", "wrong JSON value");
    }
    text.resize(begin + length);
  } else {
    const std::string_view word = cursor_.literal();
    text += word == "null" ? std::string_view{} : word;
  }
}

}  // namespace maillage
