#include "adapters/proj/make_planes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
/// Between the planes of a composite. More than half of the Earth's girth, so nothing of one is near anything of another.
constexpr double kApartM = 20'000'000;
constexpr double kGreatestScaleError = 0.01;
const CoordinateSystem kLonLat{.definition = "OGC:CRS84", .geographic = true};

/// A legal system of France and where it is used, in degrees: EPSG's area of use, but for two.
struct LegalCrs {
  int epsg;
  Box area;
};
constexpr std::array kLegal{LegalCrs{2154, {-9.86, 41.15, 10.38, 51.56}}, LegalCrs{5490, {-63.66, 14.08, -60.0, 18.31}},
                            // EPSG begins at -54 and 2.17; the communes along the Maroni reach -54.6023 and 2.1113
                            // (Maripasoula), and four have their middle west of -54.
                            LegalCrs{2972, {-54.61, 2.11, -49.45, 8.88}}, LegalCrs{2975, {54, -24.72, 58.24, -18.28}},
                            // EPSG begins at 43.68, which takes in Mohéli and Anjouan: from 44.7 on there is Mayotte only.
                            LegalCrs{4471, {44.7, -14.49, 46.7, -11.33}}, LegalCrs{4467, {-57.1, 43.41, -55.9, 47.37}}};

/// One system of the plane, and the part of the world it serves.
struct Part {
  int epsg = 0;
  Box area;
};

double degrees_outside(const Box& box, const Point& position) {
  const double dx = std::max({box.min_x - position.x, 0.0, position.x - box.max_x});
  const double dy = std::max({box.min_y - position.y, 0.0, position.y - box.max_y});
  return dx + dy;
}

Part utm_part(const Point& lonlat) {
  const int zone = std::clamp(static_cast<int>(std::floor((lonlat.x + 180) / 6)) + 1, 1, 60);
  const double west = (zone - 1) * 6.0 - 180;
  return {.epsg = (lonlat.y < 0 ? 32700 : 32600) + zone,
          .area = {west, lonlat.y < 0 ? -80.0 : 0.0, west + 6, lonlat.y < 0 ? 0.0 : 84.0}};
}

std::optional<Part> legal_part(const Point& lonlat) {
  const auto found =
      std::find_if(kLegal.begin(), kLegal.end(), [&](const LegalCrs& legal) { return legal.area.contains(lonlat); });
  return found == kLegal.end() ? std::nullopt : std::optional{Part{found->epsg, found->area}};
}

int rank_of(const int epsg) {
  const auto found = std::find_if(kLegal.begin(), kLegal.end(), [&](const LegalCrs& legal) { return legal.epsg == epsg; });
  return found == kLegal.end() ? epsg : static_cast<int>(found - kLegal.begin());
}

/// The systems needed, the legal ones first. A territory wholly outside France gets the one UTM zone of its middle.
std::vector<Part> choose_parts(const std::vector<Point>& centres) {
  std::map<int, Part> parts;
  std::vector<Point> foreign;
  for (const Point& centre : centres) {
    if (const std::optional<Part> part = legal_part(centre)) {
      parts[rank_of(part->epsg)] = *part;
    } else {
      foreign.push_back(centre);
    }
  }
  if (parts.empty()) {
    Box box;
    for (const Point& centre : foreign) {
      box.extend(centre);
    }
    return {utm_part({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2})};
  }
  for (const Point& centre : foreign) {
    const Part part = utm_part(centre);
    parts[part.epsg] = part;
  }
  std::vector<Part> chosen;
  for (const auto& [rank, part] : parts) {
    chosen.push_back(part);
  }
  return chosen;
}

CoordinateSystem crs_of(const Part& part) {
  return {.definition = fmt::format("EPSG:{}", part.epsg), .geographic = false};
}

std::size_t part_of(const std::vector<Part>& parts, const Point& lonlat) {
  if (const std::optional<Part> legal = legal_part(lonlat)) {
    for (std::size_t part = 0; part < parts.size(); ++part) {
      if (parts[part].epsg == legal->epsg) {
        return part;
      }
    }
  }
  std::size_t nearest = 0;
  for (std::size_t part = 1; part < parts.size(); ++part) {
    if (degrees_outside(parts[part].area, lonlat) < degrees_outside(parts[nearest].area, lonlat)) {
      nearest = part;
    }
  }
  return nearest;
}

/// Degrees to the composite plane: each position by the system of its part, laid `part * kApartM` to the east.
Conversion to_composite(const std::vector<Part>& parts) {
  std::vector<Conversion> conversions;
  for (const Part& part : parts) {
    conversions.push_back(make_conversion(kLonLat, crs_of(part)));
  }
  return [parts, conversions](const std::span<Point> points) {
    std::vector<std::vector<std::size_t>> members(parts.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (std::isfinite(points[i].x) && std::isfinite(points[i].y)) {
        members[part_of(parts, points[i])].push_back(i);
      } else {
        points[i] = {kNaN, kNaN};
      }
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
      std::vector<Point> batch;
      for (const std::size_t i : members[part]) {
        batch.push_back(points[i]);
      }
      conversions[part](batch);
      for (std::size_t k = 0; k < batch.size(); ++k) {
        const bool in_slab = std::abs(batch[k].x) < kApartM / 2;
        points[members[part][k]] =
            in_slab ? Point{batch[k].x + static_cast<double>(part) * kApartM, batch[k].y} : Point{kNaN, kNaN};
      }
    }
  };
}

Conversion from_composite(const std::vector<Part>& parts) {
  std::vector<Conversion> conversions;
  for (const Part& part : parts) {
    conversions.push_back(make_conversion(crs_of(part), kLonLat));
  }
  return [conversions](const std::span<Point> points) {
    std::vector<std::vector<std::size_t>> members(conversions.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double slab = std::floor((points[i].x + kApartM / 2) / kApartM);
      if (std::isfinite(points[i].y) && slab >= 0 && slab < static_cast<double>(conversions.size())) {
        members[static_cast<std::size_t>(slab)].push_back(i);
      } else {
        points[i] = {kNaN, kNaN};
      }
    }
    for (std::size_t part = 0; part < conversions.size(); ++part) {
      std::vector<Point> batch;
      for (const std::size_t i : members[part]) {
        batch.push_back({points[i].x - static_cast<double>(part) * kApartM, points[i].y});
      }
      conversions[part](batch);
      for (std::size_t k = 0; k < batch.size(); ++k) {
        points[members[part][k]] = batch[k];
      }
    }
  };
}

Conversion chain(Conversion first, Conversion second) {
  return [first = std::move(first), second = std::move(second)](const std::span<Point> points) {
    first(points);
    second(points);
  };
}

Box box_of(const std::vector<Point>& points) {
  Box box;
  for (const Point& point : points) {
    box.extend(point);
  }
  return box;
}

[[noreturn]] void refuse_plane(const std::string& plane, const Text& why) {
  throw InputError(Text{.french = fmt::format("plan de calcul « {} » : {} ; laissez-le choisir, ou donnez le système "
                                              "projeté légal du territoire (\"EPSG:2154\" en métropole)",
                                              plane, why.french),
                        .english = fmt::format("plane '{}': {}; leave the choice, or give the legal projected system of the "
                                               "territory (\"EPSG:2154\" in metropolitan France)",
                                               plane, why.english)});
}

/// Why lengths must not be measured in a plane, or nothing.
std::optional<Text> unfit(const CoordinateSystem& plane, const std::vector<Point>& centres) {
  if (plane.geographic) {
    return Text{.french = "des degrés ne mesurent pas de distances", .english = "degrees do not measure distances"};
  }
  if (!is_metric_plane(plane.definition)) {
    return Text{.french = "il ne compte pas en mètres", .english = "it does not count metres"};
  }
  const std::optional<Box> area = area_of_use(plane.definition);
  for (const Point& centre : centres) {
    if (area && !area->contains(centre)) {
      return Text{
          .french = fmt::format("le territoire ({:.2f} ; {:.2f}) est hors de son domaine d'emploi", centre.x, centre.y),
          .english = fmt::format("the territory ({:.2f}; {:.2f}) lies outside its area of use", centre.x, centre.y)};
    }
  }
  const ScaleRange scale = scale_factor_range(plane.definition, box_of(centres));
  const double worst = std::abs(scale.greatest - 1) > std::abs(scale.least - 1) ? scale.greatest : scale.least;
  if (std::abs(worst - 1) > kGreatestScaleError) {
    return Text{.french = fmt::format("10 km au sol y mesurent {:.0f} m", worst * 10'000),
                .english = fmt::format("10 km on the ground measure {:.0f} m in it", worst * 10'000)};
  }
  return std::nullopt;
}

std::vector<Point> centres_in_degrees(const CoordinateSystem& source, const std::span<const Box> extents) {
  std::vector<Point> centres;
  for (const Box& extent : extents) {
    if (!extent.empty()) {
      centres.push_back({(extent.min_x + extent.max_x) / 2, (extent.min_y + extent.max_y) / 2});
    }
  }
  make_conversion(source, kLonLat)(centres);
  std::erase_if(centres, [](const Point& p) { return !(std::abs(p.x) <= 180.000001 && std::abs(p.y) <= 90.000001); });
  if (centres.empty()) {
    throw InputError(Text{
        .french = fmt::format("aucun contour n'a de position possible dans le système {} : les coordonnées sont-elles dans "
                              "un autre ? Indiquez crs = \"...\"",
                              source.definition),
        .english = fmt::format(
            "no contour has a possible position in the system {}: are the coordinates in another one? Give crs = \"...\"",
            source.definition)});
  }
  return centres;
}

Planes single_plane(const CoordinateSystem& source, const CoordinateSystem& plane) {
  return {.source = source,
          .plane = plane.definition,
          .source_to_plane = make_conversion(source, plane),
          .plane_to_source = make_conversion(plane, source),
          .lonlat_to_source = make_conversion(kLonLat, source),
          .source_to_lonlat = make_conversion(source, kLonLat),
          .plane_to_lonlat = make_conversion(plane, kLonLat)};
}

}  // namespace

Planes make_planes(const CoordinateSystem& source, const std::span<const Box> extents, const std::string& wanted) {
  const std::vector<Point> centres = centres_in_degrees(source, extents);
  if (!wanted.empty()) {
    const CoordinateSystem plane = describe_crs(wanted);
    if (const std::optional<Text> why = unfit(plane, centres)) {
      refuse_plane(wanted, *why);
    }
    return single_plane(source, plane);
  }
  if (!source.geographic && !unfit(source, centres)) {
    return single_plane(source, source);
  }
  const std::vector<Part> parts = choose_parts(centres);
  if (parts.size() == 1) {
    return single_plane(source, crs_of(parts.front()));
  }
  Planes planes{.source = source,
                .plane = {},
                .source_to_plane = {},
                .plane_to_source = {},
                .lonlat_to_source = make_conversion(kLonLat, source),
                .source_to_lonlat = make_conversion(source, kLonLat),
                .plane_to_lonlat = from_composite(parts)};
  for (std::size_t part = 0; part < parts.size(); ++part) {
    planes.plane += part == 0 ? crs_of(parts[part]).definition
                              : fmt::format(" + {} (+{} km)", crs_of(parts[part]).definition,
                                            static_cast<std::size_t>(kApartM / 1000) * part);
  }
  planes.source_to_plane = chain(planes.source_to_lonlat, to_composite(parts));
  planes.plane_to_source = chain(planes.plane_to_lonlat, planes.lonlat_to_source);
  return planes;
}

Planes make_planes(const CoordinateSystem& source, const Box& extent, const std::string& wanted) {
  return make_planes(source, std::span{&extent, 1}, wanted);
}

}  // namespace maillage
