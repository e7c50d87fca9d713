#include "adapters/geojson/write_geojson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "adapters/file/checked_file.hpp"
#include "adapters/geojson/grid_polygon.hpp"
#include "adapters/geojson/read_geojson.hpp"
#include "adapters/geojson/read_lines.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

constexpr std::size_t kFeaturesPerBlock = 512;

/// A whole number of 1e-7 degree as decimal degrees, trailing zeros left out.
void append_degrees(std::string& out, std::int64_t grid) {
  std::array<char, 24> digits{};
  if (grid < 0) {
    out.push_back('-');
    grid = -grid;
  }
  const std::int64_t whole = grid / 10'000'000;
  std::int64_t part = grid % 10'000'000;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), whole);
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (part != 0) {
    std::array<char, 8> decimals{'.'};
    std::size_t length = 8;
    for (std::size_t i = 7; i > 0; --i) {
      decimals[i] = static_cast<char>('0' + part % 10);
      part /= 10;
    }
    while (decimals[length - 1] == '0') {
      --length;
    }
    out.append(decimals.data(), length);
  }
}

void append_position(std::string& out, const GridPoint& point) {
  out.push_back('[');
  append_degrees(out, point.x);
  out.push_back(',');
  append_degrees(out, point.y);
  out.push_back(']');
}

template <typename Points>
void append_positions(std::string& out, const Points& points) {
  out.push_back('[');
  bool first = true;
  for (const auto& point : points) {
    if (!first) {
      out.push_back(',');
    }
    first = false;
    append_position(out, point);
  }
  out.push_back(']');
}

void append_polygon(std::string& out, const GridPolygon& polygon) {
  out.push_back('[');
  for (std::size_t ring = 0; ring < polygon.size(); ++ring) {
    if (ring > 0) {
      out.push_back(',');
    }
    append_positions(out, polygon[ring]);
  }
  out.push_back(']');
}

void append_area(std::string& out, const AreaSet& areas, const std::size_t feature, PlainValidity& validity) {
  const std::vector<GridPolygon> polygons = grid_polygons(areas, AreaIndex{feature}, validity);
  if (polygons.empty()) {
    out += "null";
  } else if (polygons.size() == 1) {
    out += "{\"type\":\"Polygon\",\"coordinates\":";
    append_polygon(out, polygons.front());
    out.push_back('}');
  } else {
    out += "{\"type\":\"MultiPolygon\",\"coordinates\":[";
    for (std::size_t polygon = 0; polygon < polygons.size(); ++polygon) {
      if (polygon > 0) {
        out.push_back(',');
      }
      append_polygon(out, polygons[polygon]);
    }
    out += "]}";
  }
}

std::vector<GridPoint> grid_line(const LineSet& lines, const std::size_t line) {
  std::vector<GridPoint> points;
  for (std::size_t vertex = lines.line_first[line]; vertex < lines.line_first[line + 1]; ++vertex) {
    const GridPoint point = to_grid(lines.vertices[vertex]);
    if (points.empty() || !(points.back() == point)) {
      points.push_back(point);
    }
  }
  if (points.size() == 1) {
    points.push_back(points.front());  // a line of no length still needs two positions
  }
  return points;
}

void append_lines(std::string& out, const LineSet& lines, const std::size_t feature) {
  const std::size_t first = lines.feature_first[feature];
  const std::size_t last = lines.feature_first[feature + 1];
  if (first == last) {
    out += "null";
    return;
  }
  out += last - first == 1 ? "{\"type\":\"LineString\",\"coordinates\":" : "{\"type\":\"MultiLineString\",\"coordinates\":[";
  for (std::size_t line = first; line < last; ++line) {
    if (line > first) {
      out.push_back(',');
    }
    append_positions(out, grid_line(lines, line));
  }
  out += last - first == 1 ? "}" : "]}";
}

void append_geometry(std::string& out, const Layer& layer, const std::size_t feature, PlainValidity& validity) {
  switch (layer.geometry) {
    case GeometryKind::none:
      out += "null";
      break;
    case GeometryKind::point:
      if (const auto& point = layer.points_lonlat[feature]; point && std::isfinite(point->x) && std::isfinite(point->y)) {
        out += "{\"type\":\"Point\",\"coordinates\":";
        append_position(out, to_grid(*point));
        out.push_back('}');
      } else {
        out += "null";
      }
      break;
    case GeometryKind::multi_line:
      append_lines(out, layer.lines_lonlat, feature);
      break;
    case GeometryKind::multi_polygon:
      append_area(out, layer.areas_lonlat, feature, validity);
      break;
  }
}

void append_text(std::string& out, const std::string& text) {
  constexpr const char* kHexadecimal = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out.push_back(kHexadecimal[static_cast<unsigned char>(c) >> 4U]);
          out.push_back(kHexadecimal[static_cast<unsigned char>(c) & 0xFU]);
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

std::string real_text(const double value, const int decimals) {
  std::array<char, 400> digits;  // the largest double has 309 digits before the point
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed,
                                          std::clamp(decimals, 0, 20));
  std::string text{digits.data(), static_cast<std::size_t>(end - digits.data())};
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) {
    text.erase(0, 1);  // no negative zero
  }
  return text;
}

/// A value that is no text as JSON writes it; empty for a missing one.
std::string plain_value(const Value& value, const Field& field) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*integer);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return std::isfinite(*real) ? real_text(*real, field.decimals) : std::string{};
  }
  if (const auto* boolean = std::get_if<bool>(&value)) {
    return *boolean ? "true" : "false";
  }
  return {};
}

void append_value(std::string& out, const Value& value, const Field& field) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    append_text(out, *text);
    return;
  }
  const std::string plain = plain_value(value, field);
  out += plain.empty() ? "null" : plain;
}

/// The keys of the properties with their punctuation, made once: `{"code":`, `,"nom":`...
std::vector<std::string> property_keys(const Layer& layer) {
  std::vector<std::string> keys;
  for (const Field& field : layer.fields) {
    std::string key = keys.empty() ? "{" : ",";
    append_text(key, field.name);
    keys.push_back(key + ":");
  }
  return keys;
}

void append_feature(std::string& out, const Layer& layer, const std::vector<std::string>& keys, const std::size_t feature,
                    PlainValidity& validity) {
  out += "{\"type\":\"Feature\",\"properties\":";
  for (std::size_t field = 0; field < keys.size(); ++field) {
    out += keys[field];
    append_value(out, layer.columns[field][feature], layer.fields[field]);
  }
  out += keys.empty() ? "{}" : "}";
  out += ",\"geometry\":";
  append_geometry(out, layer, feature, validity);
  out += feature + 1 == layer.features() ? "}\n" : "},\n";
}

Box box_of(const Layer& layer) {
  Box box;
  const auto extend = [&](const Point& point) {
    if (std::isfinite(point.x) && std::isfinite(point.y)) {
      box.extend(point);
    }
  };
  for (const auto& point : layer.points_lonlat) {
    if (point) {
      extend(*point);
    }
  }
  for (const Point& point : layer.lines_lonlat.vertices) {
    extend(point);
  }
  for (const Point& point : layer.areas_lonlat.vertices) {
    extend(point);
  }
  return box;
}

std::string header_of(const Layer& layer) {
  std::string out = "{\"type\":\"FeatureCollection\",\"name\":";
  append_text(out, layer.name);
  if (const Box box = box_of(layer); !box.empty()) {
    out += ",\"bbox\":[";
    const GridPoint low = to_grid({box.min_x, box.min_y});
    const GridPoint high = to_grid({box.max_x, box.max_y});
    append_degrees(out, low.x);
    for (const std::int64_t side : {low.y, high.x, high.y}) {
      out.push_back(',');
      append_degrees(out, side);
    }
    out.push_back(']');
  }
  return out + ",\"features\":[\n";
}

}  // namespace

void write_geojson(const std::filesystem::path& file, const Layer& layer) {
  const std::vector<std::string> keys = property_keys(layer);
  std::vector<std::string> blocks((layer.features() + kFeaturesPerBlock - 1) / kFeaturesPerBlock);
  CheckedFile output{file};
  output.write(header_of(layer));
  parallel_for_blocks(layer.features(), kFeaturesPerBlock, [&](const std::size_t begin, const std::size_t end) {
    std::string& block = blocks[begin / kFeaturesPerBlock];
    PlainValidity validity;
    for (std::size_t feature = begin; feature < end; ++feature) {
      append_feature(block, layer, keys, feature, validity);
    }
  });
  for (const std::string& block : blocks) {
    output.write(block);
  }
  output.write("]}\n");
  output.close();
}

namespace {

/// The first feature whose lines in the file are not those to be written; nothing when all are.
std::optional<std::size_t> different_lines(const LineSet& read, const LineSet& wanted) {
  for (std::size_t feature = 0; feature < wanted.features(); ++feature) {
    if (feature >= read.features()) {
      return feature;
    }
    const std::size_t first = wanted.feature_first[feature];
    const std::size_t read_first = read.feature_first[feature];
    const std::size_t lines = wanted.feature_first[feature + 1] - first;
    bool same = read.feature_first[feature + 1] - read_first == lines;
    for (std::size_t line = 0; same && line < lines; ++line) {
      const auto points = read.line(read_first + line);
      const std::vector<GridPoint> grid = grid_line(wanted, first + line);
      same = std::equal(points.begin(), points.end(), grid.begin(), grid.end(),
                        [](const Point& point, const GridPoint& other) { return to_grid(point) == other; });
    }
    if (!same) {
      return feature;
    }
  }
  return std::nullopt;
}

/// Whether the geometry read from the file is the one to be written. Lines are compared by different_lines().
bool same_geometry(const FeatureTable& table, const Layer& layer, const std::size_t feature, PlainValidity& validity) {
  if (layer.geometry == GeometryKind::point) {
    const auto& wanted = layer.points_lonlat[feature];
    const bool some = wanted && std::isfinite(wanted->x) && std::isfinite(wanted->y);
    if (table.geometry != FeatureTable::Geometry::points || !table.points[feature]) {
      return !some;
    }
    return some && to_grid(*table.points[feature]) == to_grid(*wanted);
  }
  if (layer.geometry == GeometryKind::multi_polygon) {
    const std::vector<GridPolygon> wanted = grid_polygons(layer.areas_lonlat, AreaIndex{feature}, validity);
    if (table.geometry != FeatureTable::Geometry::areas) {
      return wanted.empty();
    }
    const std::size_t first = table.areas.area_first[feature];
    bool same = table.areas.area_first[feature + 1] - first == wanted.size();
    for (std::size_t polygon = 0; same && polygon < wanted.size(); ++polygon) {
      const auto rings = table.areas.rings_of_polygon(first + polygon);
      same = rings.last - rings.first == wanted[polygon].size();
      for (std::size_t ring = 0; same && ring < wanted[polygon].size(); ++ring) {
        const auto read = table.areas.ring(rings.first + ring);
        same = std::equal(read.begin(), read.end(), wanted[polygon][ring].begin(), wanted[polygon][ring].end(),
                          [](const Point& point, const GridPoint& grid) { return to_grid(point) == grid; });
      }
    }
    return same;
  }
  return table.geometry == FeatureTable::Geometry::none;
}

/// The first thing that differs, without words; empty when nothing does.
std::string difference(const FeatureTable& table, const Layer& layer, const std::size_t feature, PlainValidity& validity) {
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    const Value& value = layer.columns[field][feature];
    const auto* text = std::get_if<std::string>(&value);
    if (table.cells.at(feature, field) != (text != nullptr ? *text : plain_value(value, layer.fields[field]))) {
      return fmt::format("{}, {}", feature + 1, layer.fields[field].name);
    }
  }
  return same_geometry(table, layer, feature, validity) ? std::string{} : fmt::format("{}, geometry", feature + 1);
}

bool same_columns(const FeatureTable& table, const Layer& layer) {
  return std::equal(table.columns.begin(), table.columns.end(), layer.fields.begin(), layer.fields.end(),
                    [](const std::string& column, const Field& field) { return column == field.name; });
}

}  // namespace

void verify_geojson(const std::filesystem::path& file, const Layer& layer) {
  const auto fail = [&](const std::string& what) {
    throw OutputError(
        Text{.french = fmt::format("{} : relu, le fichier n'est pas celui qui devait être écrit ({}).", file.string(), what),
             .english = fmt::format("{}: read again, the file is not the one to be written ({}).", file.string(), what)});
  };
  const auto read_again = [&](const auto& read) {
    try {
      return read(file);
    } catch (const InputError& error) {
      fail(error.message().english);
      throw;
    }
  };
  const Reading<FeatureTable> reading = read_again([](const std::filesystem::path& path) {
    return read_geojson(path, {.keep_other_geometries = true, .keep_nul = true});
  });
  const FeatureTable& table = reading.value;
  if (table.rows() != layer.features() || !reading.rejections.empty() || (table.rows() > 0 && !same_columns(table, layer))) {
    fail(fmt::format("{} / {}", table.rows(), layer.features()));
  }
  if (layer.geometry == GeometryKind::multi_line) {
    const auto feature = different_lines(read_again(read_geojson_lines), layer.lines_lonlat);
    if (feature) {
      fail(fmt::format("{}, geometry", *feature + 1));
    }
  }
  std::vector<std::string> differences((table.rows() + kFeaturesPerBlock - 1) / kFeaturesPerBlock);
  parallel_for_blocks(table.rows(), kFeaturesPerBlock, [&](const std::size_t begin, const std::size_t end) {
    PlainValidity validity;
    std::string& found = differences[begin / kFeaturesPerBlock];
    for (std::size_t feature = begin; feature < end && found.empty(); ++feature) {
      found = difference(table, layer, feature, validity);
    }
  });
  for (const std::string& found : differences) {
    if (!found.empty()) {
      fail(found);
    }
  }
}

}  // namespace maillage
