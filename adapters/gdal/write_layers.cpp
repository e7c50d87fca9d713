#include "adapters/gdal/write_layers.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <type_traits>

#include "adapters/gdal/gdal_session.hpp"
#include "adapters/gdal/layer_features.hpp"

namespace maillage {
namespace {

using detail::CplErrors;
using detail::DatasetHandle;

constexpr int kDbfDigits = 18;

using detail::dbf_text;
using detail::kDbfText;
using detail::not_written;
using detail::real_text;
using detail::Target;

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
    detail::cannot_hold(
        file, {.french = fmt::format(
                   "le champ {} a une valeur de {} caractères, un Shapefile n'en garde que {} ; écrivez un GeoPackage",
                   field.name, width, kDbfDigits),
               .english = fmt::format("field {} has a value of {} characters, a Shapefile keeps only {}; write a GeoPackage",
                                      field.name, width, kDbfDigits)});
  }
  return static_cast<int>(width);
}

OGRwkbGeometryType type_of(const GeometryKind kind) {
  switch (kind) {
    case GeometryKind::point:
      return wkbPoint;
    case GeometryKind::multi_line:
      return wkbMultiLineString;
    case GeometryKind::multi_polygon:
      return wkbMultiPolygon;
    case GeometryKind::none:
      break;
  }
  return wkbNone;
}

void create_fields(OGRLayerH ogr, const Layer& layer, const Target& target) {
  std::set<std::string> labels;
  for (std::size_t number = 0; number < layer.fields.size(); ++number) {
    const Field& field = layer.fields[number];
    const OGRFieldType type = field.type == FieldType::text                           ? OFTString
                              : field.type == FieldType::real                         ? OFTReal
                              : field.type == FieldType::integer && !target.shapefile ? OFTInteger64
                              : field.type == FieldType::integer                      ? OFTInteger64
                                                                                      : OFTInteger;
    const std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, decltype(&OGR_Fld_Destroy)> owned{
        OGR_Fld_Create(target.shapefile ? field.short_name.c_str() : field.name.c_str(), type), &OGR_Fld_Destroy};
    OGRFieldDefnH definition = owned.get();
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
    if (OGR_L_CreateField(ogr, definition, 0) != OGRERR_NONE) {
      not_written(target.file, field.name);
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

/// Whether every feature has a geometry, of those that are written.
bool has_all_geometries(const Layer& layer, const bool metres) {
  if (layer.geometry == GeometryKind::point) {
    const auto& points = metres ? layer.points : layer.points_lonlat;
    return std::all_of(points.begin(), points.end(), [](const auto& point) { return point.has_value(); });
  }
  if (layer.geometry == GeometryKind::multi_line) {
    const auto& first = (metres ? layer.lines : layer.lines_lonlat).feature_first;
    return std::adjacent_find(first.begin(), first.end()) == first.end();
  }
  const auto& first = (metres ? layer.areas : layer.areas_lonlat).area_first;
  return layer.geometry == GeometryKind::multi_polygon && std::adjacent_find(first.begin(), first.end()) == first.end();
}

/// Formats differ in what they make of a number that is none: null, text, zero. None of them is written.
void check_numbers(const Layer& layer, const Target& target) {
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    for (std::size_t row = 0; row < layer.features(); ++row) {
      const auto* real = std::get_if<double>(&layer.columns[field][row]);
      if (real != nullptr && !std::isfinite(*real)) {
        detail::cannot_hold(target.file,
                            {.french = fmt::format("couche {}, champ {}, ligne {} : {} n'est pas un nombre fini", layer.name,
                                                   layer.fields[field].name, row + 1, *real),
                             .english = fmt::format("layer {}, field {}, row {}: {} is not a finite number", layer.name,
                                                    layer.fields[field].name, row + 1, *real)});
      }
    }
  }
}

void write_layer(void* dataset, const Layer& layer, const Target& target) {
  OGRSpatialReferenceH reference = OSRNewSpatialReference(nullptr);
  OSRImportFromEPSG(reference, target.epsg);
  OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
  char** options = nullptr;
  if (target.shapefile) {
    options = CSLSetNameValue(CSLSetNameValue(options, "ENCODING", "UTF-8"), "DBF_DATE_LAST_UPDATE", "2000-01-01");
  } else if (std::string_view{target.driver} == "FlatGeobuf") {
    options = CSLSetNameValue(options, "SPATIAL_INDEX",
                              layer.geometry != GeometryKind::none && layer.features() > 0 ? "YES" : "NO");
  } else {
    options = CSLSetNameValue(
        CSLSetNameValue(options, "IDENTIFIER", layer.title.french.empty() ? layer.name.c_str() : layer.title.french.c_str()),
        "GEOMETRY_NAME", "geom");
  }
  const bool spatial = layer.geometry != GeometryKind::none;
  OGRLayerH ogr =
      GDALDatasetCreateLayer(dataset, layer.name.c_str(), spatial ? reference : nullptr, type_of(layer.geometry), options);
  CSLDestroy(options);
  OSRRelease(reference);
  if (ogr == nullptr) {
    not_written(target.file, layer.name);
  }
  create_fields(ogr, layer, target);
  for (std::size_t row = 0; row < layer.features(); ++row) {
    const detail::FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(ogr))};
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      set_value(feature.get(), static_cast<int>(field), layer.columns[field][row], target.shapefile);
    }
    if (spatial) {
      OGR_F_SetGeometryDirectly(feature.get(), detail::geometry_of(layer, row, target.metres));
    }
    if (OGR_L_CreateFeature(ogr, feature.get()) != OGRERR_NONE) {
      not_written(target.file, fmt::format("{}: {}/{}", layer.name, row, layer.features()));
    }
  }
}

DatasetHandle create(const Target& target) {
  detail::register_drivers();
  DatasetHandle dataset{GDALCreate(GDALGetDriverByName(target.driver), target.file.c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
  if (!dataset) {
    throw OutputError(Text{.french = fmt::format("{} : ne peut être créé", target.file.string()),
                           .english = fmt::format("{}: cannot be created", target.file.string())},
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
    not_written(target.file, CPLGetLastErrorMsg());
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
          "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
          "f_table_schema TEXT(256), "
          "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
          "useAsDefault BOOLEAN, "
          "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)");
  execute(dataset, target,
          "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
          "('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z')");
  for (const LayerStyle& style : styles) {
    execute(dataset, target,
            fmt::format("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                        "styleName, styleQML, styleSLD, "
                        "useAsDefault, description, owner, ui, update_time) VALUES ('', '', {}, 'geom', {}, {}, {}, {}, '', "
                        "'', NULL, '2000-01-01T00:00:00.000Z')",
                        quoted(style.layer), quoted(style.name), quoted(style.qml), quoted(style.sld),
                        style.is_default ? 1 : 0));
  }
}

void close(DatasetHandle dataset, const Target& target, const CplErrors& errors) {
  GDALFlushCache(dataset.get());
  dataset.reset();
  if (errors.failed()) {
    not_written(target.file, errors.message());
  }
}

}  // namespace

void write_geopackage(const std::filesystem::path& file, const LayerSet& layers, const std::span<const LayerStyle> styles) {
  const Target target = detail::target_of(file, "GPKG", layers.plane);
  const CplErrors errors;
  for (const Layer& layer : layers.layers) {
    check_numbers(layer, target);
  }
  DatasetHandle dataset = create(target);
  for (const Layer& layer : layers.layers) {
    if (GDALDatasetStartTransaction(dataset.get(), 0) != OGRERR_NONE) {
      not_written(file, errors.message());
    }
    write_layer(dataset.get(), layer, target);
    if (GDALDatasetCommitTransaction(dataset.get()) != OGRERR_NONE) {
      not_written(file, errors.message());
    }
  }
  if (!styles.empty()) {
    write_styles(dataset.get(), target, styles);
  }
  close(std::move(dataset), target, errors);
  for (const Layer& layer : layers.layers) {
    verify_written(file, layer, layers.plane);
  }
}

std::vector<RowNote> write_flatgeobuf(const std::filesystem::path& file, const Layer& layer, const std::string& plane) {
  const Target target = detail::target_of(file, "FlatGeobuf", plane);
  const CplErrors errors;
  check_numbers(layer, target);
  // GDAL's writer leaves features without geometry out and reports success: they are left out here, and told.
  const bool whole = layer.geometry == GeometryKind::none || has_all_geometries(layer, target.metres);
  const detail::LocatedFeatures located = whole ? detail::LocatedFeatures{} : detail::located_features(layer, target.metres);
  const Layer& kept = whole ? layer : located.layer;
  DatasetHandle dataset = create(target);
  write_layer(dataset.get(), kept, target);
  close(std::move(dataset), target, errors);
  verify_written(file, kept, plane);
  return located.left_out;
}

std::vector<RowNote> write_shapefile(const std::filesystem::path& directory, const Layer& layer, const std::string& plane) {
  const Target target = detail::target_of(directory / (layer.name + ".shp"), "ESRI Shapefile", plane);
  std::vector<RowNote> losses;
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    for (std::size_t row = 0; row < layer.features(); ++row) {
      const auto* text = std::get_if<std::string>(&layer.columns[field][row]);
      if (text != nullptr && text->size() > kDbfText) {
        losses.push_back({.source = target.file.filename().string(),
                          .row = static_cast<std::int64_t>(row + 1),
                          .key = {},
                          .column = layer.fields[field].name,
                          .value = *text,
                          .reason = "text_cut",
                          .detail = fmt::format("{} -> {}", text->size(), dbf_text(*text).size())});
      }
    }
  }
  const CplErrors errors;
  check_numbers(layer, target);
  DatasetHandle dataset = create(target);
  write_layer(dataset.get(), layer, target);
  close(std::move(dataset), target, errors);
  verify_written(target.file, layer, plane);
  return losses;
}

}  // namespace maillage
