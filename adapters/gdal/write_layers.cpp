#include "adapters/gdal/write_layers.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <set>

#include "adapters/gdal/gdal_session.hpp"

namespace maillage {
namespace {

using detail::CplErrors;
using detail::DatasetHandle;

constexpr std::size_t kDbfText = 254;
constexpr int kDbfDigits = 18;

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw OutputError(Text{.french = fmt::format("{} : écriture incomplète ({}) ; vérifiez la place sur le disque", file.string(), why),
                         .english = fmt::format("{}: not written whole ({}); check the room on the disk", file.string(), why)});
}

struct Target {
  std::filesystem::path file;
  const char* driver;
  bool shapefile;
  bool metres;  ///< geometry in the plane, else in degrees
  int epsg;
};

Target target_of(const std::filesystem::path& file, const char* driver, const std::string& plane) {
  const bool single = plane.starts_with("EPSG:") && plane.find_first_not_of("0123456789", 5) == std::string::npos;
  return {.file = file, .driver = driver, .shapefile = std::string_view{driver} == "ESRI Shapefile", .metres = single,
          .epsg = single ? std::atoi(plane.c_str() + 5) : 4326};
}

std::string real_text(const double value, const Field& field) { return fmt::format("{:.{}f}", value, std::max(1, field.decimals)); }

/// Text as a DBF can hold it, cut on a character's border.
std::string_view dbf_text(const std::string& text) {
  std::size_t size = std::min(text.size(), kDbfText);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return std::string_view{text}.substr(0, size);
}

int dbf_width(const Field& field, const std::vector<Value>& column, const std::filesystem::path& file) {
  std::size_t width = 1;
  for (const Value& value : column) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      width = std::max(width, dbf_text(*text).size());
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      width = std::max(width, std::to_string(*integer).size());
    } else if (const auto* real = std::get_if<double>(&value)) {
      width = std::max(width, real_text(*real, field).size());
    }
  }
  if (field.type != FieldType::text && width > static_cast<std::size_t>(kDbfDigits)) {
    fail(file, fmt::format("{}: > {} chiffres / digits", field.name, kDbfDigits));
  }
  return static_cast<int>(width);
}

OGRGeometryH ring_of(const std::span<const Point> vertices, const OGRwkbGeometryType type) {
  OGRGeometryH line = OGR_G_CreateGeometry(type);
  if (!vertices.empty()) {
    OGR_G_SetPoints(line, static_cast<int>(vertices.size()), &vertices.front().x, sizeof(Point), &vertices.front().y, sizeof(Point), nullptr, 0);
  }
  return line;
}

OGRGeometryH geometry_of(const Layer& layer, const std::size_t feature, const bool metres) {
  if (layer.geometry == GeometryKind::point) {
    const std::optional<Point>& point = (metres ? layer.points : layer.points_lonlat).at(feature);
    if (!point) {
      return nullptr;
    }
    OGRGeometryH geometry = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(geometry, 0, point->x, point->y);
    return geometry;
  }
  if (layer.geometry == GeometryKind::multi_line) {
    const LineSet& lines = metres ? layer.lines : layer.lines_lonlat;
    OGRGeometryH geometry = OGR_G_CreateGeometry(wkbMultiLineString);
    for (std::size_t line = lines.feature_first.at(feature); line < lines.feature_first.at(feature + 1); ++line) {
      OGR_G_AddGeometryDirectly(geometry, ring_of(lines.line(line), wkbLineString));
    }
    return geometry;
  }
  const AreaSet& areas = metres ? layer.areas : layer.areas_lonlat;
  if (areas.area_first.at(feature) == areas.area_first.at(feature + 1)) {
    return nullptr;
  }
  OGRGeometryH geometry = OGR_G_CreateGeometry(wkbMultiPolygon);
  for (std::size_t polygon = areas.area_first[feature]; polygon < areas.area_first[feature + 1]; ++polygon) {
    OGRGeometryH part = OGR_G_CreateGeometry(wkbPolygon);
    const auto range = areas.rings_of_polygon(polygon);
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      OGR_G_AddGeometryDirectly(part, ring_of(areas.ring(ring), wkbLinearRing));
    }
    OGR_G_AddGeometryDirectly(geometry, part);
  }
  return geometry;
}

OGRwkbGeometryType type_of(const GeometryKind kind) {
  switch (kind) {
    case GeometryKind::point: return wkbPoint;
    case GeometryKind::multi_line: return wkbMultiLineString;
    case GeometryKind::multi_polygon: return wkbMultiPolygon;
    case GeometryKind::none: break;
  }
  return wkbNone;
}

void create_fields(OGRLayerH ogr, const Layer& layer, const Target& target) {
  std::set<std::string> labels;
  for (std::size_t number = 0; number < layer.fields.size(); ++number) {
    const Field& field = layer.fields[number];
    const OGRFieldType type = field.type == FieldType::text ? OFTString : field.type == FieldType::real ? OFTReal
                              : field.type == FieldType::integer && !target.shapefile ? OFTInteger64 : field.type == FieldType::integer ? OFTInteger64 : OFTInteger;
    OGRFieldDefnH definition = OGR_Fld_Create(target.shapefile ? field.short_name.c_str() : field.name.c_str(), type);
    if (target.shapefile) {
      OGR_Fld_SetWidth(definition, dbf_width(field, layer.columns[number], target.file));
      OGR_Fld_SetPrecision(definition, field.type == FieldType::real ? std::max(1, field.decimals) : 0);
    } else {
      if (field.type == FieldType::boolean) {
        OGR_Fld_SetSubType(definition, OFSTBoolean);
      }
      if (!field.label.french.empty() && labels.insert(field.label.french).second) {
        OGR_Fld_SetAlternativeName(definition, field.label.french.c_str());
      }
    }
    const OGRErr error = OGR_L_CreateField(ogr, definition, 0);
    OGR_Fld_Destroy(definition);
    if (error != OGRERR_NONE) {
      fail(target.file, field.name);
    }
  }
}

void set_value(OGRFeatureH feature, const int field, const Value& value, const bool shapefile) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    OGR_F_SetFieldString(feature, field, shapefile ? std::string{dbf_text(*text)}.c_str() : text->c_str());
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    OGR_F_SetFieldInteger64(feature, field, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    OGR_F_SetFieldDouble(feature, field, *real);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    OGR_F_SetFieldInteger(feature, field, *truth ? 1 : 0);
  } else {
    OGR_F_SetFieldNull(feature, field);
  }
}

bool has_all_geometries(const Layer& layer) {
  if (layer.geometry == GeometryKind::point) {
    return std::all_of(layer.points.begin(), layer.points.end(), [](const auto& point) { return point.has_value(); });
  }
  return layer.geometry == GeometryKind::multi_line ||
         (layer.geometry == GeometryKind::multi_polygon && std::adjacent_find(layer.areas.area_first.begin(), layer.areas.area_first.end()) == layer.areas.area_first.end());
}

void write_layer(void* dataset, const Layer& layer, const Target& target) {
  OGRSpatialReferenceH reference = OSRNewSpatialReference(nullptr);
  OSRImportFromEPSG(reference, target.epsg);
  OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
  char** options = nullptr;
  if (target.shapefile) {
    options = CSLSetNameValue(CSLSetNameValue(options, "ENCODING", "UTF-8"), "DBF_DATE_LAST_UPDATE", "2000-01-01");
  } else if (std::string_view{target.driver} == "FlatGeobuf") {
    options = CSLSetNameValue(options, "SPATIAL_INDEX", has_all_geometries(layer) && layer.features() > 0 ? "YES" : "NO");
  } else {
    options = CSLSetNameValue(CSLSetNameValue(options, "IDENTIFIER", layer.title.french.empty() ? layer.name.c_str() : layer.title.french.c_str()), "GEOMETRY_NAME", "geom");
  }
  const bool spatial = layer.geometry != GeometryKind::none;
  OGRLayerH ogr = GDALDatasetCreateLayer(dataset, layer.name.c_str(), spatial ? reference : nullptr, type_of(layer.geometry), options);
  CSLDestroy(options);
  OSRRelease(reference);
  if (ogr == nullptr) {
    fail(target.file, layer.name);
  }
  create_fields(ogr, layer, target);
  for (std::size_t row = 0; row < layer.features(); ++row) {
    const detail::FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(ogr))};
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      set_value(feature.get(), static_cast<int>(field), layer.columns[field][row], target.shapefile);
    }
    if (spatial) {
      OGR_F_SetGeometryDirectly(feature.get(), geometry_of(layer, row, target.metres));
    }
    if (OGR_L_CreateFeature(ogr, feature.get()) != OGRERR_NONE) {
      fail(target.file, fmt::format("{}: {}/{}", layer.name, row, layer.features()));
    }
  }
}

DatasetHandle create(const Target& target) {
  detail::register_drivers();
  DatasetHandle dataset{GDALCreate(GDALGetDriverByName(target.driver), target.file.c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
  if (!dataset) {
    throw OutputError(Text{.french = fmt::format("{} : ne peut être créé", target.file.string()), .english = fmt::format("{}: cannot be created", target.file.string())},
                      OutputError::Kind::cannot_create);
  }
  return dataset;
}

void execute(void* dataset, const Target& target, const std::string& sql) {
  OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql.c_str(), nullptr, nullptr);
  if (result != nullptr) {
    GDALDatasetReleaseResultSet(dataset, result);
  }
  if (CPLGetLastErrorType() >= CE_Failure) {
    fail(target.file, CPLGetLastErrorMsg());
  }
}

std::string quoted(const std::string& text) {
  std::string sql = "'";
  for (const char letter : text) {
    sql += letter;
    if (letter == '\'') {
      sql += letter;
    }
  }
  return sql + "'";
}

void write_styles(void* dataset, const Target& target, const std::span<const LayerStyle> styles) {
  execute(dataset, target,
          "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
          "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, "
          "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)");
  execute(dataset, target,
          "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
          "('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z')");
  for (const LayerStyle& style : styles) {
    execute(dataset, target,
            fmt::format("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
                        "useAsDefault, description, owner, ui, update_time) VALUES ('', '', {}, 'geom', {}, {}, {}, {}, '', '', NULL, '2000-01-01T00:00:00.000Z')",
                        quoted(style.layer), quoted(style.name), quoted(style.qml), quoted(style.sld), style.is_default ? 1 : 0));
  }
}

void close(DatasetHandle dataset, const Target& target, const CplErrors& errors) {
  GDALFlushCache(dataset.get());
  dataset.reset();
  if (errors.failed()) {
    fail(target.file, errors.message());
  }
}

std::string value_text(const Value& value, const Field& field, const bool shapefile) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return shapefile ? std::string{dbf_text(*text)} : *text;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*integer);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return shapefile ? real_text(*real, field) : fmt::format("{}", *real);
  }
  const auto* truth = std::get_if<bool>(&value);
  return truth == nullptr ? "" : *truth ? "1" : "0";
}

std::string read_text(OGRFeatureH feature, const int number, const Field& field, const bool shapefile) {
  if (OGR_F_IsFieldSetAndNotNull(feature, number) == 0) {
    return {};
  }
  switch (field.type) {
    case FieldType::real: {
      const double value = OGR_F_GetFieldAsDouble(feature, number);
      return shapefile ? real_text(value, field) : fmt::format("{}", value);
    }
    case FieldType::text: return OGR_F_GetFieldAsString(feature, number);
    default: return std::to_string(OGR_F_GetFieldAsInteger64(feature, number));
  }
}

std::string geometry_key(OGRGeometryH geometry) { return geometry == nullptr || OGR_G_IsEmpty(geometry) != 0 ? "-" : "+"; }

}  // namespace

void verify_written(const std::filesystem::path& file, const Layer& layer) {
  detail::register_drivers();
  const CplErrors errors;
  const bool shapefile = file.extension() == ".shp";
  const DatasetHandle dataset{GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_INTERNAL, nullptr, nullptr, nullptr)};
  OGRLayerH ogr = dataset ? GDALDatasetGetLayerByName(dataset.get(), layer.name.c_str()) : nullptr;
  if (ogr == nullptr) {
    ogr = dataset && file.extension() != ".gpkg" ? GDALDatasetGetLayer(dataset.get(), 0) : nullptr;
  }
  if (ogr == nullptr || OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr)) < static_cast<int>(layer.fields.size())) {
    fail(file, layer.name);
  }
  std::vector<std::string> wanted;
  for (std::size_t row = 0; row < layer.features(); ++row) {
    std::string key;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      key += value_text(layer.columns[field][row], layer.fields[field], shapefile) + '\x1f';
    }
    OGRGeometryH geometry = layer.geometry == GeometryKind::none ? nullptr : geometry_of(layer, row, !layer.points.empty() || layer.lines.features() > 0 || layer.areas.areas() > 0);
    wanted.push_back(key + geometry_key(geometry));
    OGR_G_DestroyGeometry(geometry);
  }
  std::vector<std::string> found;
  OGR_L_ResetReading(ogr);
  while (const detail::FeatureHandle feature{OGR_L_GetNextFeature(ogr)}) {
    std::string key;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      key += read_text(feature.get(), static_cast<int>(field), layer.fields[field], shapefile) + '\x1f';
    }
    found.push_back(key + geometry_key(OGR_F_GetGeometryRef(feature.get())));
  }
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  if (errors.failed() || wanted != found) {
    fail(file, fmt::format("{}: {} / {} {}", layer.name, found.size(), wanted.size(), errors.message()));
  }
}

void write_geopackage(const std::filesystem::path& file, const LayerSet& layers, const std::span<const LayerStyle> styles) {
  const Target target = target_of(file, "GPKG", layers.plane);
  const CplErrors errors;
  DatasetHandle dataset = create(target);
  for (const Layer& layer : layers.layers) {
    if (GDALDatasetStartTransaction(dataset.get(), 0) != OGRERR_NONE) {
      fail(file, errors.message());
    }
    write_layer(dataset.get(), layer, target);
    if (GDALDatasetCommitTransaction(dataset.get()) != OGRERR_NONE) {
      fail(file, errors.message());
    }
  }
  if (!styles.empty()) {
    write_styles(dataset.get(), target, styles);
  }
  close(std::move(dataset), target, errors);
  for (const Layer& layer : layers.layers) {
    verify_written(file, layer);
  }
}

void write_flatgeobuf(const std::filesystem::path& file, const Layer& layer, const std::string& plane) {
  const Target target = target_of(file, "FlatGeobuf", plane);
  const CplErrors errors;
  DatasetHandle dataset = create(target);
  write_layer(dataset.get(), layer, target);
  close(std::move(dataset), target, errors);
  verify_written(file, layer);
}

std::vector<RowNote> write_shapefile(const std::filesystem::path& directory, const Layer& layer, const std::string& plane) {
  const Target target = target_of(directory / (layer.name + ".shp"), "ESRI Shapefile", plane);
  std::vector<RowNote> losses;
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    for (std::size_t row = 0; row < layer.features(); ++row) {
      const auto* text = std::get_if<std::string>(&layer.columns[field][row]);
      if (text != nullptr && text->size() > kDbfText) {
        losses.push_back({.source = target.file.filename().string(), .row = static_cast<std::int64_t>(row + 1), .key = {}, .column = layer.fields[field].name,
                          .value = *text, .reason = "text_cut", .detail = fmt::format("{} -> {}", text->size(), dbf_text(*text).size())});
      }
    }
  }
  const CplErrors errors;
  DatasetHandle dataset = create(target);
  write_layer(dataset.get(), layer, target);
  close(std::move(dataset), target, errors);
  verify_written(target.file, layer);
  return losses;
}

}  // namespace maillage
