#include "adapters/gdal/read_vector.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>

#include "adapters/gdal/declared_size.hpp"
#include "adapters/gdal/gdal_session.hpp"
#include "adapters/proj/crs.hpp"

namespace maillage {
namespace {

using detail::CplErrors;
using detail::DatasetHandle;

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& french, const std::string& english) {
  throw InputError(Text{.french = fmt::format("{} : {}", file.string(), french),
                        .english = fmt::format("{}: {}", file.string(), english)});
}

bool is_utf8(const std::string_view text) {
  return CPLIsUTF8(text.data(), static_cast<int>(text.size())) != 0;
}

std::string cell_text(OGRFeatureH feature, const int field, const OGRFieldType type) {
  if (OGR_F_IsFieldSetAndNotNull(feature, field) == 0) {
    return {};
  }
  std::array<char, 64> buffer{};
  switch (type) {
    case OFTInteger:
    case OFTInteger64:
      return std::to_string(OGR_F_GetFieldAsInteger64(feature, field));
    case OFTReal: {
      const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), OGR_F_GetFieldAsDouble(feature, field));
      return {buffer.data(), end.ptr};
    }
    case OFTDate:
    case OFTDateTime: {
      int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
      float second = 0;
      OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
      std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
      if (type == OFTDateTime) {
        text += fmt::format("T{:02}:{:02}:{:02}{}", hour, minute, static_cast<int>(second), zone == 100 ? "Z" : "");
      }
      return text;
    }
    default:
      return OGR_F_GetFieldAsString(feature, field);
  }
}

void add_polygon(OGRGeometryH polygon, AreaSet& areas) {
  const int rings = OGR_G_GetGeometryCount(polygon);
  for (int ring = 0; ring < rings; ++ring) {
    OGRGeometryH line = OGR_G_GetGeometryRef(polygon, ring);
    const auto size = static_cast<std::size_t>(OGR_G_GetPointCount(line));
    const std::size_t begin = areas.vertices.size();
    areas.vertices.resize(begin + size);
    if (size > 0) {
      OGR_G_GetPoints(line, &areas.vertices[begin].x, sizeof(Point), &areas.vertices[begin].y, sizeof(Point), nullptr, 0);
    }
    areas.end_ring();
  }
  areas.end_polygon();
}

/// Adds the polygons of any geometry; false when there is something else in it, or too deep a nesting.
bool add_polygons(OGRGeometryH geometry, AreaSet& areas, const int depth) {
  const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
  if (type == wkbPolygon) {
    add_polygon(geometry, areas);
    return true;
  }
  if ((type != wkbMultiPolygon && type != wkbGeometryCollection) || depth > 8) {
    return false;
  }
  for (int part = 0; part < OGR_G_GetGeometryCount(geometry); ++part) {
    if (!add_polygons(OGR_G_GetGeometryRef(geometry, part), areas, depth + 1)) {
      return false;
    }
  }
  return true;
}

/// Adds the lines of any geometry; false when there is something else in it, or too deep a nesting.
bool add_lines(OGRGeometryH geometry, LineSet& lines, const int depth) {
  const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
  if (type == wkbLineString) {
    const auto size = static_cast<std::size_t>(OGR_G_GetPointCount(geometry));
    const std::size_t begin = lines.vertices.size();
    lines.vertices.resize(begin + size);
    if (size > 0) {
      OGR_G_GetPoints(geometry, &lines.vertices[begin].x, sizeof(Point), &lines.vertices[begin].y, sizeof(Point), nullptr,
                      0);
    }
    lines.end_line();
    return true;
  }
  if ((type != wkbMultiLineString && type != wkbGeometryCollection) || depth > 8) {
    return false;
  }
  for (int part = 0; part < OGR_G_GetGeometryCount(geometry); ++part) {
    if (!add_lines(OGR_G_GetGeometryRef(geometry, part), lines, depth + 1)) {
      return false;
    }
  }
  return true;
}

/// Reads the features of an open layer into a table.
class LayerReader {
 public:
  LayerReader(OGRLayerH layer, const bool lines, Reading<FeatureTable>& reading)
      : layer_(layer), lines_(lines), reading_(reading), table_(reading.value) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int field = 0; field < OGR_FD_GetFieldCount(definition); ++field) {
      OGRFieldDefnH column = OGR_FD_GetFieldDefn(definition, field);
      table_.columns.emplace_back(OGR_Fld_GetNameRef(column));
      types_.push_back(OGR_Fld_GetType(column));
      utf8_ = utf8_ && is_utf8(table_.columns.back());
    }
    // A table without any column still has rows.
    table_.cells = TextCells{types_.size()};
  }
  std::int64_t read() {
    OGR_L_ResetReading(layer_);
    while (const detail::FeatureHandle feature{OGR_L_GetNextFeature(layer_)}) {
      ++reading_.rows_in;
      read_feature(feature.get());
    }
    return reading_.rows_in;
  }
  [[nodiscard]] bool utf8() const { return utf8_; }

 private:
  void reject(const std::string& reason, const std::string& value) {
    reading_.rejections.push_back({.source = table_.source,
                                   .row = reading_.rows_in,
                                   .key = {},
                                   .column = "geometry",
                                   .value = value,
                                   .reason = reason,
                                   .detail = {}});
  }
  void read_feature(OGRFeatureH feature) {
    std::optional<Point> point;
    AreaSet area;
    if (lines_ ? !read_lines(OGR_F_GetGeometryRef(feature)) : !read_geometry(OGR_F_GetGeometryRef(feature), point, area)) {
      return;
    }
    for (std::size_t field = 0; field < types_.size(); ++field) {
      const std::string cell = cell_text(feature, static_cast<int>(field), types_[field]);
      utf8_ = utf8_ && is_utf8(cell);
      table_.cells.add(cell);
    }
    table_.row_numbers.push_back(reading_.rows_in);
    if (lines_) {
      return;
    }
    table_.points.push_back(point);
    area.end_area();
    table_.areas.add_area(area, AreaIndex{std::size_t{0}});
  }
  bool read_lines(OGRGeometryH geometry) {
    LineSet lines;
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0 || !add_lines(geometry, lines, 0)) {
      reject("no_line", geometry == nullptr ? "" : OGR_G_GetGeometryName(geometry));
      return false;
    }
    table_.geometry = FeatureTable::Geometry::lines;
    for (std::size_t line = 0; line < lines.lines(); ++line) {
      const auto vertices = lines.line(line);
      table_.lines.vertices.insert(table_.lines.vertices.end(), vertices.begin(), vertices.end());
      table_.lines.end_line();
    }
    table_.lines.end_feature();
    return true;
  }
  bool read_geometry(OGRGeometryH geometry, std::optional<Point>& point, AreaSet& area) {
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
      return true;
    }
    const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    const std::string name = OGR_G_GetGeometryName(geometry);
    const bool single = type == wkbPoint || type == wkbMultiPoint;
    if (type == wkbMultiPoint && OGR_G_GetGeometryCount(geometry) != 1) {
      reject("several_points", name);
      return false;
    }
    if (single) {
      OGRGeometryH position = type == wkbPoint ? geometry : OGR_G_GetGeometryRef(geometry, 0);
      point = Point{OGR_G_GetX(position, 0), OGR_G_GetY(position, 0)};
    } else if (!add_polygons(geometry, area, 0)) {
      const bool line = type == wkbLineString || type == wkbMultiLineString;
      reject(line ? "line_geometry" : "geometry_kind", name);
      return false;
    }
    const auto kind = single ? FeatureTable::Geometry::points : FeatureTable::Geometry::areas;
    if (table_.geometry == FeatureTable::Geometry::none) {
      table_.geometry = kind;
    } else if (table_.geometry != kind) {
      reject("geometry_kind", name);
      return false;
    }
    return true;
  }

  OGRLayerH layer_;
  bool lines_;
  Reading<FeatureTable>& reading_;
  FeatureTable& table_;
  std::vector<OGRFieldType> types_;
  bool utf8_ = true;
};

OGRLayerH choose_layer(void* dataset, const std::filesystem::path& file, const std::string& wanted) {
  std::string names;
  OGRLayerH found = nullptr;
  int candidates = 0;
  for (int number = 0; number < GDALDatasetGetLayerCount(dataset); ++number) {
    OGRLayerH layer = GDALDatasetGetLayer(dataset, number);
    const std::string name = OGR_L_GetName(layer);
    if (wanted.empty() ? name != "layer_styles" : name == wanted) {
      found = layer;
      ++candidates;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  if (candidates != 1) {
    fail(file, fmt::format("indiquez une couche (layer = \"...\") parmi : {}", names),
         fmt::format("give one layer (layer = \"...\") of: {}", names));
  }
  return found;
}

std::string crs_text(OGRLayerH layer) {
  OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
  if (reference == nullptr) {
    return {};
  }
  const char* authority = OSRGetAuthorityName(reference, nullptr);
  const char* code = OSRGetAuthorityCode(reference, nullptr);
  if (authority != nullptr && code != nullptr) {
    return std::string{authority} + ":" + code;
  }
  char* wkt = nullptr;
  std::string text;
  if (OSRExportToWkt(reference, &wkt) == OGRERR_NONE && wkt != nullptr) {
    text = std::string_view{wkt}.starts_with("ENGCRS") || std::string_view{wkt}.starts_with("LOCAL_CS") ? "" : wkt;
  }
  CPLFree(wkt);
  return text;
}

struct Attempt {
  Reading<FeatureTable> reading;
  bool utf8 = true;
};

Attempt read_once(const std::filesystem::path& file, const std::string& driver, const VectorReadOptions& options,
                  const char* encoding) {
  const std::array<const char*, 2> drivers{driver.c_str(), nullptr};
  const std::string encoding_option = fmt::format("ENCODING={}", encoding == nullptr ? "" : encoding);
  const std::array<const char*, 2> open_options{encoding == nullptr ? nullptr : encoding_option.c_str(), nullptr};
  const CplErrors errors;
  // Views and triggers of a database from outside run no function with effects.
  CPLSetThreadLocalConfigOption("OGR_SQLITE_PRAGMA", "trusted_schema=OFF,cell_size_check=ON,mmap_size=0");
  const DatasetHandle dataset{GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_INTERNAL, drivers.data(),
                                         open_options.data(), nullptr)};
  CPLSetThreadLocalConfigOption("OGR_SQLITE_PRAGMA", nullptr);
  if (!dataset) {
    fail(file, fmt::format("illisible comme {} ({})", driver, errors.message()),
         fmt::format("not readable as {} ({})", driver, errors.message()));
  }
  OGRLayerH layer = choose_layer(dataset.get(), file, options.layer);
  Attempt attempt;
  FeatureTable& table = attempt.reading.value;
  table.source = file.filename().string() + (driver == "GPKG" ? ":" + std::string{OGR_L_GetName(layer)} : "");
  table.format = driver;
  const std::int64_t declared = OGR_L_GetFeatureCount(layer, 1);
  LayerReader reader{layer, options.lines, attempt.reading};
  const std::int64_t read = reader.read();
  if (errors.failed() || read != declared) {
    fail(file,
         fmt::format("fichier incomplet ou abîmé : {} entités lues sur {} annoncées {}", read, declared, errors.message()),
         fmt::format("incomplete or damaged file: {} features read of {} declared {}", read, declared, errors.message()));
  }
  attempt.utf8 = reader.utf8();
  const std::string crs = options.crs.empty() ? crs_text(layer) : options.crs;
  if (table.geometry == FeatureTable::Geometry::points) {
    table.areas = {};
  } else {
    table.points.clear();
  }
  if (table.geometry == FeatureTable::Geometry::none || table.geometry == FeatureTable::Geometry::lines) {
    table.areas = {};
  }
  if (table.geometry == FeatureTable::Geometry::none) {
    return attempt;
  }
  if (crs.empty()) {
    fail(file, "pas de système de coordonnées (.prj absent ou vide) ; indiquez par exemple crs = \"EPSG:2154\"",
         "no coordinate system (.prj missing or empty); give for example crs = \"EPSG:2154\"");
  }
  table.crs = describe_crs(crs, file.string());
  return attempt;
}

}  // namespace

Reading<FeatureTable> read_vector(const std::filesystem::path& file, const VectorReadOptions& options) {
  detail::register_drivers();
  const std::filesystem::path path = detail::checked_input_path(file);
  std::string extension = path.extension().string();
  for (char& letter : extension) {
    letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
  }
  const std::string driver = extension == ".shp"    ? "ESRI Shapefile"
                             : extension == ".gpkg" ? "GPKG"
                             : extension == ".fgb"  ? "FlatGeobuf"
                                                    : "";
  if (driver.empty()) {
    fail(file, "format inconnu ; sont lus ici .shp, .gpkg et .fgb", "unknown format; .shp, .gpkg and .fgb are read here");
  }
  detail::check_whole(path);
  if (extension != ".shp") {
    Attempt attempt = read_once(path, driver, options, nullptr);
    attempt.reading.value.encoding = "UTF-8";
    if (!attempt.utf8) {
      fail(file, "du texte n'est pas en UTF-8", "some text is not UTF-8");
    }
    return std::move(attempt.reading);
  }
  for (const char* part : {".shx", ".dbf"}) {
    for (const std::filesystem::path& beside : {std::filesystem::path{path}.replace_extension(part)}) {
      if (std::filesystem::exists(beside)) {
        (void)detail::checked_input_path(beside);
        detail::check_whole(beside);
      }
    }
  }
  detail::check_same_records(path);
  std::string encoding = options.encoding;
  std::ifstream cpg{std::filesystem::path{path}.replace_extension(".cpg")};
  if (encoding.empty() && cpg) {
    std::getline(cpg, encoding);
    encoding.erase(encoding.find_last_not_of(" \r\n\t") + 1);
  }
  const bool known = !encoding.empty();
  const bool raw = !known || encoding == "UTF-8" || encoding == "utf-8" || encoding == "65001";
  Attempt attempt = read_once(path, driver, options, raw ? "" : encoding.c_str());
  if (!attempt.utf8) {
    if (known) {
      fail(file, fmt::format("du texte n'est pas en {} ; indiquez encoding = \"windows-1252\"", encoding),
           fmt::format("some text is not {}; give encoding = \"windows-1252\"", encoding));
    }
    attempt = read_once(path, driver, options, "CP1252");
    encoding = "windows-1252";
  }
  attempt.reading.value.encoding = encoding.empty() ? "UTF-8" : encoding;
  return std::move(attempt.reading);
}

}  // namespace maillage
