#include "adapters/gdal/layer_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <span>

#include "engine/core/error.hpp"

namespace maillage::detail {

void not_written(const std::filesystem::path& file, const std::string& why) {
  throw OutputError(
      Text{.french = fmt::format("{} : écriture incomplète ({}) ; vérifiez la place sur le disque", file.string(), why),
           .english = fmt::format("{}: not written whole ({}); check the room on the disk", file.string(), why)});
}

void cannot_hold(const std::filesystem::path& file, const Text& why) {
  throw OutputError(Text{.french = fmt::format("{} : {}", file.string(), why.french),
                         .english = fmt::format("{}: {}", file.string(), why.english)});
}

Target target_of(const std::filesystem::path& file, const char* driver, const std::string& plane) {
  const bool single = plane.starts_with("EPSG:") && plane.find_first_not_of("0123456789", 5) == std::string::npos;
  return {.file = file,
          .driver = driver,
          .shapefile = std::string_view{driver} == "ESRI Shapefile",
          .metres = single,
          .epsg = single ? std::atoi(plane.c_str() + 5) : 4326};
}

std::string real_text(const double value, const Field& field) {
  return fmt::format("{:.{}f}", value, std::max(1, field.decimals));
}

std::string_view dbf_text(const std::string& text) {
  std::size_t size = std::min(text.size(), kDbfText);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return std::string_view{text}.substr(0, size);
}

namespace {

OGRGeometryH ring_of(const std::span<const Point> vertices, const OGRwkbGeometryType type) {
  OGRGeometryH line = OGR_G_CreateGeometry(type);
  if (!vertices.empty()) {
    OGR_G_SetPoints(line, static_cast<int>(vertices.size()), &vertices.front().x, sizeof(Point), &vertices.front().y,
                    sizeof(Point), nullptr, 0);
  }
  return line;
}

}  // namespace

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

namespace {

bool has_geometry(const Layer& layer, const std::size_t feature, const bool metres) {
  switch (layer.geometry) {
    case GeometryKind::point:
      return (metres ? layer.points : layer.points_lonlat)[feature].has_value();
    case GeometryKind::multi_line: {
      const auto& first = (metres ? layer.lines : layer.lines_lonlat).feature_first;
      return first[feature] != first[feature + 1];
    }
    case GeometryKind::multi_polygon: {
      const auto& first = (metres ? layer.areas : layer.areas_lonlat).area_first;
      return first[feature] != first[feature + 1];
    }
    case GeometryKind::none:
      break;
  }
  return true;
}

void add_feature(LineSet& lines, const LineSet& from, const std::size_t feature) {
  for (std::size_t line = from.feature_first[feature]; line < from.feature_first[feature + 1]; ++line) {
    lines.vertices.insert(lines.vertices.end(), from.vertices.begin() + from.line_first[line],
                          from.vertices.begin() + from.line_first[line + 1]);
    lines.end_line();
  }
  lines.end_feature();
}

}  // namespace

LocatedFeatures located_features(const Layer& layer, const bool metres) {
  LocatedFeatures located;
  located.layer = {.name = layer.name,
                   .title = layer.title,
                   .geometry = layer.geometry,
                   .fields = layer.fields,
                   .columns = std::vector<std::vector<Value>>(layer.columns.size()),
                   .points = {},
                   .lines = {},
                   .areas = {},
                   .points_lonlat = {},
                   .lines_lonlat = {},
                   .areas_lonlat = {}};
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    if (!has_geometry(layer, feature, metres)) {
      const auto* key = layer.columns.empty() ? nullptr : std::get_if<std::string>(&layer.columns.front()[feature]);
      located.left_out.push_back({.source = layer.name,
                                  .row = static_cast<std::int64_t>(feature + 1),
                                  .key = key == nullptr ? std::string{} : *key,
                                  .column = {},
                                  .value = {},
                                  .reason = "no_geometry",
                                  .detail = {}});
      continue;
    }
    for (std::size_t field = 0; field < layer.columns.size(); ++field) {
      located.layer.columns[field].push_back(layer.columns[field][feature]);
    }
    if (layer.geometry == GeometryKind::point) {
      located.layer.points.push_back(layer.points[feature]);
      located.layer.points_lonlat.push_back(layer.points_lonlat[feature]);
    } else if (layer.geometry == GeometryKind::multi_line) {
      add_feature(located.layer.lines, layer.lines, feature);
      add_feature(located.layer.lines_lonlat, layer.lines_lonlat, feature);
    } else if (layer.geometry == GeometryKind::multi_polygon) {
      located.layer.areas.add_area(layer.areas, AreaIndex{feature});
      located.layer.areas_lonlat.add_area(layer.areas_lonlat, AreaIndex{feature});
    }
  }
  return located;
}

}  // namespace maillage::detail
