#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/structures/commune_keys.hpp"
#include "engine/structures/read_positions.hpp"
#include "engine/territory/code_history.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"
#include "tests/support/etalab_folder.hpp"
#include "tests/support/geojson_areas.hpp"

namespace maillage::testing {

/// A territory put together for tests of the join alone, from contours of 2018 and Etalab's present communes: no dissolving,
/// no neighbours, the plane is equirectangular about the middle of the territory.
struct JoinableTerritory {
  Territory territory;
  Planes planes;
  CodeHistory history{{}};
  std::vector<std::pair<std::string, std::string>> postcodes;
  [[nodiscard]] CommuneKeys keys() const { return {history, postcodes}; }
};

inline StructureConversions degrees_only() {
  return {.lonlat_to_source = [](std::span<Point>) {}, .file_to_source = {}, .lambert93_to_source = {}, .territory_deg = {}};
}

inline Planes equirectangular(const Box& box) {
  constexpr double kMetresPerDegree = 111'194.926;
  const double middle = (box.min_y + box.max_y) / 2;
  const double shrink = std::cos(middle * 3.14159265358979 / 180);
  Planes planes;
  planes.source = {"OGC:CRS84", true};
  planes.plane = "equirectangular";
  planes.source_to_plane = [=](std::span<Point> points) {
    for (Point& point : points) {
      point = {point.x * kMetresPerDegree * shrink, point.y * kMetresPerDegree};
    }
  };
  planes.lonlat_to_source = planes.source_to_lonlat = [](std::span<Point>) {};
  return planes;
}

/// Etalab's communes.json: present communes by code, and what became of the others.
struct EtalabCommunes {
  std::map<std::string, Commune> present;
  std::vector<CodeEvent> events;
  std::vector<std::pair<std::string, std::string>> postcodes;
};

inline EtalabCommunes read_etalab(const std::filesystem::path& folder) {
  std::ifstream stream(folder / "communes.json");
  EtalabCommunes result;
  for (const auto& one : nlohmann::json::parse(stream)) {
    const std::string code = one.at("code");
    if (one.at("type") == "commune-actuelle") {
      Commune commune{code, one.at("nom"), std::nullopt, one.value("departement", ""), one.value("region", ""), ""};
      if (one.contains("population")) {
        commune.population = one.at("population").get<std::int64_t>();
      }
      result.present[code] = commune;
      for (const auto& old_code : one.value("anciensCodes", std::vector<std::string>{})) {
        result.events.push_back({old_code, code, CodeEventKind::merged, ""});
      }
      for (const auto& postcode : one.value("codesPostaux", std::vector<std::string>{})) {
        result.postcodes.emplace_back(postcode, code);
      }
    } else if (one.contains("chefLieu") && one.at("chefLieu") != code) {
      result.events.push_back({code, one.at("chefLieu"), CodeEventKind::delegated, ""});
    }
  }
  std::ranges::sort(result.postcodes);
  return result;
}

inline void append_area(const AreaSet& drawn, const std::size_t area, AreaSet& into) {
  for (std::size_t polygon = drawn.area_first[area]; polygon < drawn.area_first[area + 1]; ++polygon) {
    const auto rings = drawn.rings_of_polygon(polygon);
    for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
      into.add_ring(drawn.ring(ring));
    }
    into.end_polygon();
  }
}

inline JoinableTerritory joinable_territory(const std::vector<std::filesystem::path>& contours,
                                            const std::filesystem::path& etalab) {
  GeoJsonAreas drawn;
  for (const std::filesystem::path& file : contours) {
    append_geojson(file, drawn);
  }
  EtalabCommunes communes = read_etalab(etalab);
  JoinableTerritory result;
  result.postcodes = std::move(communes.postcodes);
  result.history = CodeHistory(std::move(communes.events));
  std::vector<std::string> present;
  for (const auto& [code, commune] : communes.present) {
    present.push_back(code);
  }
  std::map<std::string, std::vector<std::size_t>> areas_of;
  for (std::size_t area = 0; area < drawn.codes.size(); ++area) {
    const Successor successor = result.history.resolve(drawn.codes[area], present);
    if (!successor.code.empty()) {
      areas_of[successor.code].push_back(area);
    }
  }
  Territory& territory = result.territory;
  for (const auto& [code, areas] : areas_of) {
    territory.communes.push_back(communes.present.at(code));
    for (const std::size_t area : areas) {
      append_area(drawn.areas, area, territory.source_contours);
    }
    territory.source_contours.end_area();
  }
  result.planes = equirectangular(bounding_box(territory.source_contours));
  territory.contours = territory.source_contours;
  result.planes.source_to_plane(territory.contours.vertices);
  territory.tiers = default_population_tiers();
  for (const CommuneIndex commune : territory.communes.indices()) {
    const Box box = bounding_box(territory.contours, AreaIndex{commune.value()});
    territory.points.push_back({{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}, CommunePoint::Origin::interior});
    territory.tier.push_back(tier_of(territory.tiers, territory.communes[commune].population));
  }
  return result;
}

}  // namespace maillage::testing
