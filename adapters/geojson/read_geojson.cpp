#include "adapters/geojson/read_geojson.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "adapters/file/read_file.hpp"
#include "adapters/geojson/feature_block.hpp"
#include "adapters/geojson/json_cursor.hpp"
#include "adapters/geojson/read_features.hpp"
#include "adapters/proj/crs.hpp"

namespace maillage {
namespace {

using Kind = FeatureShape::Kind;

/// A document: its members, then the table they make.
class Document {
 public:
  Document(const std::string& text, const std::string& source, const GeoJsonReadOptions& options)
      : text_(text), cursor_(text, source), options_(options) {
    reading_.value.source = source;
    reading_.value.format = "GeoJSON";
    reading_.value.encoding = "UTF-8";
  }

  Reading<FeatureTable> read() {
    read_root();
    if (!cursor_.at_end()) {
      cursor_.fail("texte inattendu après la fin", "unexpected text after the end");
    }
    if (options_.keep_other_geometries) {
      for_each_shape([](FeatureShape& shape) { shape = shape.kind == Kind::unsupported ? without_geometry(shape) : shape; });
    }
    settle_crs();
    settle_geometry();
    settle_columns();
    fill_table();
    return std::move(reading_);
  }

 private:
  static FeatureShape without_geometry(const FeatureShape& shape) {
    FeatureShape result;
    result.polygons_end = shape.polygons_end;
    result.cells_end = shape.cells_end;
    return result;
  }

  template <typename Visit>
  void for_each_shape(const Visit& visit) {
    for (FeatureBlock& block : blocks_) {
      std::for_each(block.shapes.begin(), block.shapes.end(), visit);
    }
  }

  /// A FeatureCollection, a Feature, or a geometry: which one is known when all members were seen.
  void read_root() {
    std::string type;
    std::optional<std::size_t> geometry;
    std::optional<std::size_t> properties;
    bool features = false;
    if (cursor_.peek() != '{') {
      cursor_.fail("ce n'est pas du GeoJSON : un objet est attendu", "not GeoJSON: an object is expected");
    }
    const std::size_t begin = cursor_.position();
    if (cursor_.open('{', '}')) {
      do {
        const std::string key{cursor_.string()};
        cursor_.expect(':');
        (void)cursor_.peek();
        const std::size_t value = cursor_.position();
        if (key == "type" && cursor_.peek() == '"') {
          type = std::string{cursor_.string()};
        } else if (key == "features" && cursor_.peek() == '[') {
          blocks_ = read_features(cursor_, text_, reading_.value.source);
          features = true;
        } else if (key == "crs") {
          read_crs();
        } else {
          geometry = key == "geometry" ? std::optional{value} : geometry;
          properties = key == "properties" ? std::optional{value} : properties;
          cursor_.skip();
        }
      } while (cursor_.more('}'));
    }
    if (features && type != "Feature") {
      return;
    }
    if (type.empty() || type == "FeatureCollection") {
      cursor_.fail("ce n'est pas du GeoJSON : « features » manque", "not GeoJSON: \"features\" is missing");
    }
    read_single(type == "Feature" ? geometry : std::optional{begin}, type == "Feature" ? properties : std::nullopt);
  }

  void read_single(const std::optional<std::size_t> geometry, const std::optional<std::size_t> properties) {
    const std::size_t end = cursor_.position();
    blocks_.assign(1, {});
    FeatureParser parser{cursor_, blocks_.front()};
    if (geometry) {
      cursor_.seek(*geometry);
      parser.read_geometry();
    }
    if (properties) {
      cursor_.seek(*properties);
      parser.read_properties();
    }
    parser.finish_feature();
    cursor_.seek(end);
  }

  /// The member of the 2008 dialect: {"type": "name", "properties": {"name": ...}}, or a link, which is never followed.
  void read_crs() {
    crs_name_.clear();
    const std::size_t begin = cursor_.position();
    const std::string value{cursor_.skip().substr(0, 200)};
    const std::size_t end = cursor_.position();
    cursor_.seek(begin);
    std::string type;
    if (cursor_.peek() == '{' && cursor_.open('{', '}')) {
      do {
        const std::string key{cursor_.string()};
        cursor_.expect(':');
        if (key == "type" && cursor_.peek() == '"') {
          type = std::string{cursor_.string()};
        } else if (key == "properties" && cursor_.peek() == '{') {
          read_crs_name();
        } else {
          cursor_.skip();
        }
      } while (cursor_.more('}'));
    }
    cursor_.seek(end);
    if (type == "link") {
      crs_name_.clear();
      reading_.repairs.push_back({.source = reading_.value.source,
                                  .row = std::nullopt,
                                  .key = {},
                                  .column = "crs",
                                  .value = value,
                                  .reason = "linked_crs_ignored",
                                  .detail = {}});
    }
  }

  void read_crs_name() {
    if (!cursor_.open('{', '}')) {
      return;
    }
    do {
      const bool name = cursor_.string() == "name";
      cursor_.expect(':');
      if (name && cursor_.peek() == '"') {
        crs_name_ = std::string{cursor_.string()};
      } else {
        cursor_.skip();
      }
    } while (cursor_.more('}'));
  }

  void settle_crs() {
    CoordinateSystem& crs = reading_.value.crs;
    const bool degrees = crs_name_.empty() || crs_name_.find("CRS84") != std::string::npos || crs_name_.ends_with(":4326");
    if (degrees) {
      crs = {.definition = "OGC:CRS84", .geographic = true};
    } else {
      const std::size_t digits = crs_name_.find_last_not_of("0123456789");
      const bool epsg = crs_name_.find("EPSG") != std::string::npos && digits + 1 < crs_name_.size();
      crs = describe_crs(epsg ? "EPSG:" + crs_name_.substr(digits + 1) : crs_name_, reading_.value.source);
    }
    std::size_t outside = 0;
    std::size_t all = 0;
    for_each_shape([&](const FeatureShape& shape) {
      outside += shape.outside_degrees ? 1 : 0;
      ++all;
    });
    if (crs_name_.empty() && outside * 2 > all) {
      crs = {};  // metres without a "crs": the study must say which
    } else if (crs.geographic) {
      for_each_shape(
          [](FeatureShape& shape) { shape.fault = shape.outside_degrees ? "position_out_of_range" : shape.fault; });
    }
  }

  void settle_geometry() {
    std::size_t points = 0;
    std::size_t areas = 0;
    for_each_shape([&](const FeatureShape& shape) {
      points += shape.kind == Kind::point ? 1 : 0;
      areas += shape.kind == Kind::area ? 1 : 0;
    });
    reading_.value.geometry = points == 0 && areas == 0 ? FeatureTable::Geometry::none
                              : points > areas          ? FeatureTable::Geometry::points
                                                        : FeatureTable::Geometry::areas;
    const Kind other = points > areas ? Kind::area : Kind::point;
    for_each_shape([&](FeatureShape& shape) {
      shape.fault = shape.kind == other && shape.fault == nullptr ? "mixed_geometry" : shape.fault;
    });
  }

  /// The union of the blocks' columns, and what each block's columns are in it.
  void settle_columns() {
    auto& columns = reading_.value.columns;
    for (FeatureBlock& block : blocks_) {
      std::vector<std::uint32_t> whole;
      for (std::size_t column = 0; column < block.columns.size(); ++column) {
        const bool same = column < columns.size() && columns[column] == block.columns[column];
        const auto found = same ? columns.begin() + static_cast<std::ptrdiff_t>(column)
                                : std::find(columns.begin(), columns.end(), block.columns[column]);
        whole.push_back(static_cast<std::uint32_t>(found - columns.begin()));
        if (found == columns.end()) {
          columns.push_back(block.columns[column]);
        }
      }
      if (columns.size() > kMostGeoJsonColumns) {
        cursor_.fail("plus de 2000 propriétés différentes", "more than 2000 different properties");
      }
      column_of_.push_back(std::move(whole));
    }
  }

  void note(std::vector<RowNote>& notes, const FeatureBlock& block, const std::size_t feature, const std::string& reason) {
    const std::size_t first = feature == 0 ? 0 : block.shapes[feature - 1].cells_end;
    const std::string key{first < block.shapes[feature].cells_end ? block.cell(first) : std::string_view{}};
    notes.push_back({.source = reading_.value.source,
                     .row = reading_.rows_in,
                     .key = key,
                     .column = "geometry",
                     .value = {},
                     .reason = reason,
                     .detail = {}});
  }

  void fill_table() {
    FeatureTable& table = reading_.value;
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (const FeatureBlock& block : blocks_) {
      rows += block.shapes.size();
      bytes += block.text.size();
    }
    table.cells = TextCells{table.columns.size()};
    table.cells.reserve(rows * table.columns.size(), bytes);
    table.row_numbers.reserve(rows);
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      fill_rows(blocks_[block], column_of_[block]);
      if (table.geometry == FeatureTable::Geometry::areas) {
        append_areas(table.areas, std::move(blocks_[block]));
      }
      blocks_[block] = {};
    }
  }

  /// "\u0000" is JSON, but no text that a table, a shapefile or a database holds.
  void add_row(const FeatureBlock& block, const std::size_t feature, const std::vector<std::string_view>& row) {
    bool mended = false;
    for (const std::string_view cell : row) {
      if (options_.keep_nul || cell.find('\0') == std::string_view::npos) {
        reading_.value.cells.add(cell);
        continue;
      }
      std::string text{cell};
      std::erase(text, '\0');
      reading_.value.cells.add(text);
      mended = true;
    }
    if (mended) {
      note(reading_.repairs, block, feature, "nul_removed");
      std::erase(reading_.repairs.back().key, '\0');
    }
  }

  void fill_rows(const FeatureBlock& block, const std::vector<std::uint32_t>& column_of) {
    FeatureTable& table = reading_.value;
    std::vector<std::string_view> row;
    for (std::size_t feature = 0; feature < block.shapes.size(); ++feature) {
      const FeatureShape& shape = block.shapes[feature];
      ++reading_.rows_in;
      if (shape.fault != nullptr) {
        note(reading_.rejections, block, feature, shape.fault);
        continue;
      }
      if (shape.closed_a_ring) {
        note(reading_.repairs, block, feature, "ring_not_closed");
      }
      row.assign(table.columns.size(), {});
      for (std::size_t cell = feature == 0 ? 0 : block.shapes[feature - 1].cells_end; cell < shape.cells_end; ++cell) {
        row[column_of[block.cells[cell].column]] = block.cell(cell);
      }
      add_row(block, feature, row);
      table.row_numbers.push_back(reading_.rows_in);
      if (table.geometry == FeatureTable::Geometry::points) {
        table.points.push_back(shape.kind == Kind::point ? std::optional{shape.point} : std::nullopt);
      }
    }
  }

  const std::string& text_;
  JsonCursor cursor_;
  GeoJsonReadOptions options_;
  Reading<FeatureTable> reading_;
  std::string crs_name_;
  std::vector<FeatureBlock> blocks_;
  std::vector<std::vector<std::uint32_t>> column_of_;  ///< by block and its column: the table's
};

}  // namespace

Reading<FeatureTable> parse_geojson(std::string bytes, const std::string& source, const GeoJsonReadOptions& options) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.replace(0, 3, "   ");
  }
  if (bytes.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw InputError(Text{.french = fmt::format("{} : plus de 4 Gio ; coupez le fichier ou passez par GeoPackage.", source),
                          .english = fmt::format("{}: more than 4 GiB; split the file or use GeoPackage.", source)});
  }
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) {
    throw InputError(Text{.french = fmt::format("{} : ce n'est pas de l'UTF-8 ; GeoJSON l'exige.", source),
                          .english = fmt::format("{}: not UTF-8; GeoJSON demands it.", source)});
  }
  return Document{bytes, source, options}.read();
}

Reading<FeatureTable> read_geojson(const std::filesystem::path& file, const GeoJsonReadOptions& options) {
  return parse_geojson(read_whole_file(file), file.string(), options);
}

}  // namespace maillage
