#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage::testing {

/// Contours read for engine tests, which must not depend on the adapters. Only what the data files hold: polygons and
/// multipolygons.
struct GeoJsonAreas {
  AreaSet areas;
  std::vector<std::string> codes;
};

inline void append_geojson(const std::filesystem::path& file, GeoJsonAreas& into) {
  std::ifstream stream(file);
  const auto document = nlohmann::json::parse(stream);
  for (const auto& feature : document.at("features")) {
    const auto& geometry = feature.at("geometry");
    const bool multi = geometry.at("type") == "MultiPolygon";
    const auto polygons = multi ? geometry.at("coordinates") : nlohmann::json::array({geometry.at("coordinates")});
    for (const auto& polygon : polygons) {
      for (const auto& ring : polygon) {
        for (const auto& vertex : ring) {
          into.areas.vertices.push_back({vertex.at(0).get<double>(), vertex.at(1).get<double>()});
        }
        into.areas.end_ring();
      }
      into.areas.end_polygon();
    }
    into.areas.end_area();
    into.codes.push_back(feature.at("properties").value("code", std::string{}));
  }
}

/// The communes of the departements up to `last` (2A and 2B after 19), file after file in name order.
inline GeoJsonAreas read_communes_up_to(const std::filesystem::path& shared_data, const std::string& last) {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(shared_data / "communes-2018")) {
    const std::string name = entry.path().filename().string();
    const std::string departement = name.substr(std::min(name.size(), std::size_t{9}), name.find('-', 9) - 9);
    if (name.starts_with("communes-") && departement <= last && departement.size() <= 3 && departement[0] <= '9' &&
        entry.path().extension() == ".geojson") {
      files.insert(entry.path());
    }
  }
  GeoJsonAreas france;
  for (const auto& file : files) {
    append_geojson(file, france);
  }
  return france;
}

inline GeoJsonAreas read_metropolitan_communes(const std::filesystem::path& shared_data) {
  return read_communes_up_to(shared_data, "95");
}

/// Lambert-93's shape, near enough for lengths in tests: equirectangular about 46.5 degrees north, metres.
inline AreaSet to_rough_metres(const AreaSet& degrees) {
  AreaSet metres = degrees;
  for (Point& vertex : metres.vertices) {
    vertex = {(vertex.x - 3) * 76'600, (vertex.y - 46.5) * 111'200};
  }
  return metres;
}

}  // namespace maillage::testing
