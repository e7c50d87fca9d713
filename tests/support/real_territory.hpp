#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/territory/commune_columns.hpp"
#include "engine/territory/territory_source.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/inline_table.hpp"

namespace maillage::testing {

/// Contours of 2018 as a source without any attribute but the code.
inline TerritorySource source_of(const GeoJsonAreas& contours, const std::string& name) {
  TerritorySource source;
  source.crs = {.definition = "OGC:CRS84", .geographic = true};
  source.contours = contours.areas;
  for (const std::string& code : contours.codes) {
    source.records.push_back({.code = code,
                              .name = {},
                              .population = {},
                              .departement = {},
                              .region = {},
                              .epci = {},
                              .point = {},
                              .source = name,
                              .row = static_cast<std::int64_t>(source.records.size()) + 1});
  }
  return source;
}

inline TerritorySource contours_of(const std::filesystem::path& file) {
  GeoJsonAreas areas;
  append_geojson(file, areas);
  return source_of(areas, file.filename().string());
}

/// INSEE's populations of 2021.
inline TerritorySource insee_populations(const std::filesystem::path& shared_data) {
  std::ifstream stream{shared_data / "population/insee-populations-legales-2021.csv"};
  std::ostringstream text;
  text << stream.rdbuf();
  return read_communes(inline_table(text.str(), "insee-populations-legales-2021.csv")).value;
}

}  // namespace maillage::testing
