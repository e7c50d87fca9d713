#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "adapters/gdal/declared_size.hpp"
#include "adapters/gdal/gdal_session.hpp"
#include "adapters/gdal/layer_features.hpp"
#include "adapters/gdal/write_layers.hpp"

namespace maillage {
namespace {

using detail::CplErrors;
using detail::DatasetHandle;

constexpr char kNull = '\x01';  // not an empty text
constexpr char kText = '\x02';
constexpr char kEnd = '\x1f';

std::string value_key(const Value& value, const Field& field, const bool shapefile) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const std::string kept = shapefile ? std::string{detail::dbf_text(*text)} : *text;
    return shapefile && kept.empty() ? std::string{kNull} : kText + kept;  // a DBF has no other null text than blanks
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return kText + std::to_string(*integer);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return kText + (shapefile ? detail::real_text(*real, field) : fmt::format("{}", *real));
  }
  const auto* truth = std::get_if<bool>(&value);
  return truth == nullptr ? std::string{kNull} : kText + std::string{*truth ? "1" : "0"};
}

std::string written_key(OGRFeatureH feature, const int number, const Field& field, const bool shapefile) {
  if (OGR_F_IsFieldSetAndNotNull(feature, number) == 0) {
    return std::string{kNull};
  }
  switch (field.type) {
    case FieldType::real: {
      const double value = OGR_F_GetFieldAsDouble(feature, number);
      return kText + (shapefile ? detail::real_text(value, field) : fmt::format("{}", value));
    }
    case FieldType::text:
      return kText + std::string{OGR_F_GetFieldAsString(feature, number)};
    default:
      return kText + std::to_string(OGR_F_GetFieldAsInteger64(feature, number));
  }
}

/// Spreads bits. Source: Steele et al. (2014), doi:10.1145/2660193.2660195.
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31U);
}

/// All coordinates of a geometry, bit for bit, in no order: a Shapefile turns rings around and shuffles parts.
struct Fingerprint {
  std::uint64_t vertices = 0;
  std::uint64_t sum = 0;
};

void add_fingerprint(OGRGeometryH geometry, Fingerprint& print) {
  const int points = OGR_G_GetPointCount(geometry);
  for (int point = 0; point < points; ++point) {
    // Adding zero makes the two zeros one.
    const auto x = std::bit_cast<std::uint64_t>(OGR_G_GetX(geometry, point) + 0.0);
    const auto y = std::bit_cast<std::uint64_t>(OGR_G_GetY(geometry, point) + 0.0);
    print.sum += mixed(mixed(x + 0x9e3779b97f4a7c15U) + y);
    ++print.vertices;
  }
  for (int part = 0; part < OGR_G_GetGeometryCount(geometry); ++part) {
    add_fingerprint(OGR_G_GetGeometryRef(geometry, part), print);
  }
}

std::string geometry_key(OGRGeometryH geometry) {
  if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
    return std::string{kNull};
  }
  Fingerprint print;
  add_fingerprint(geometry, print);
  return fmt::format("{}/{:x}", print.vertices, print.sum);
}

DatasetHandle open_written(const std::filesystem::path& file, const char* driver) {
  try {
    const std::filesystem::path path = detail::checked_input_path(file);
    detail::check_whole(path);
    if (path.extension() == ".shp") {
      detail::check_whole(std::filesystem::path{path}.replace_extension(".shx"));
      detail::check_whole(std::filesystem::path{path}.replace_extension(".dbf"));
    }
    const std::array<const char*, 2> drivers{driver, nullptr};
    return DatasetHandle{
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_INTERNAL, drivers.data(), nullptr, nullptr)};
  } catch (const InputError& error) {
    throw OutputError(error.message());
  }
}

std::vector<std::string> keys_of(const Layer& layer, const detail::Target& target) {
  std::vector<std::string> keys;
  for (std::size_t row = 0; row < layer.features(); ++row) {
    std::string key;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      key += value_key(layer.columns[field][row], layer.fields[field], target.shapefile) + kEnd;
    }
    OGRGeometryH geometry = layer.geometry == GeometryKind::none ? nullptr : detail::geometry_of(layer, row, target.metres);
    keys.push_back(key + geometry_key(geometry));
    OGR_G_DestroyGeometry(geometry);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::vector<std::string> written_keys(OGRLayerH ogr, const Layer& layer, const detail::Target& target) {
  std::vector<std::string> keys;
  OGR_L_ResetReading(ogr);
  while (const detail::FeatureHandle feature{OGR_L_GetNextFeature(ogr)}) {
    std::string key;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      key += written_key(feature.get(), static_cast<int>(field), layer.fields[field], target.shapefile) + kEnd;
    }
    keys.push_back(key + geometry_key(OGR_F_GetGeometryRef(feature.get())));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

void verify_written(const std::filesystem::path& file, const Layer& layer, const std::string& plane) {
  detail::register_drivers();
  const std::filesystem::path extension = file.extension();
  const detail::Target target = detail::target_of(file,
                                                  extension == ".shp"    ? "ESRI Shapefile"
                                                  : extension == ".gpkg" ? "GPKG"
                                                                         : "FlatGeobuf",
                                                  plane);
  const CplErrors errors;
  const DatasetHandle dataset = open_written(file, target.driver);
  OGRLayerH ogr = !dataset               ? nullptr
                  : extension == ".gpkg" ? GDALDatasetGetLayerByName(dataset.get(), layer.name.c_str())
                                         : GDALDatasetGetLayer(dataset.get(), 0);
  if (ogr == nullptr || OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr)) !=
                            std::max(static_cast<int>(layer.fields.size()), target.shapefile ? 1 : 0)) {
    detail::not_written(file, layer.name);
  }
  const std::vector<std::string> wanted = keys_of(layer, target);
  const std::vector<std::string> found = written_keys(ogr, layer, target);
  if (errors.failed() || wanted != found) {
    const auto differing = std::mismatch(wanted.begin(), wanted.end(), found.begin(), found.end());
    const auto same = static_cast<std::size_t>(differing.first - wanted.begin());
    detail::not_written(file,
                        fmt::format("{}: {} / {} ({}) {}", layer.name, found.size(), wanted.size(), same, errors.message()));
  }
}

}  // namespace maillage
