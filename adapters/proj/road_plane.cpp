#include "adapters/proj/road_plane.hpp"

#include <fmt/format.h>
#include <geodesic.h>

#include <cmath>
#include <numbers>

#include "adapters/proj/make_planes.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

std::string to_road_plane(const CoordinateSystem& source, const std::initializer_list<std::span<Point>> positions,
                          const std::string& wanted) {
  Box box;
  for (const std::span<Point> points : positions) {
    for (const Point& point : points) {
      box.extend(point);
    }
  }
  const Planes planes = make_planes(source, box, wanted);
  for (const std::span<Point> points : positions) {
    planes.source_to_plane(points);
    for (const Point& point : points) {
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
        throw InputError(Text{
            .french = fmt::format("une route a une position impossible dans le plan {} : les coordonnées sont-elles dans un "
                                  "autre système que {} ? Indiquez crs = \"EPSG:2154\", par exemple",
                                  planes.plane, source.definition),
            .english =
                fmt::format("a road has an impossible position in the plane {}: are the coordinates in another system "
                            "than {}? Give crs = \"EPSG:2154\", for example",
                            planes.plane, source.definition)});
      }
    }
  }
  return planes.plane;
}

namespace {

constexpr double kSemiMajor_m = 6'378'137;                    // GRS 80
constexpr double kEccentricitySquared = 0.00669438002290079;  // GRS 80

/// Gauss's mid-latitude formulae: the radii of curvature at the middle latitude. A relative error below 1e-7 up to 10 km.
double mid_latitude_distance_m(const Point& from_degrees, const double degrees_east, const Point& to_degrees) {
  constexpr double kRadian = std::numbers::pi / 180;
  const double sine = std::sin((from_degrees.y + to_degrees.y) / 2 * kRadian);
  const double cosine = std::sqrt(1 - sine * sine);
  const double curvature = 1 - kEccentricitySquared * sine * sine;
  const double prime_vertical_m = kSemiMajor_m / std::sqrt(curvature);
  const double meridian_m = prime_vertical_m * (1 - kEccentricitySquared) / curvature;
  return std::hypot(prime_vertical_m * cosine * degrees_east * kRadian,
                    meridian_m * (to_degrees.y - from_degrees.y) * kRadian);
}

}  // namespace

double ground_distance_m(const Point& from_degrees, const Point& to_degrees) {
  constexpr double kShort_degrees = 0.05;
  const double degrees_east =
      std::remainder(to_degrees.x - from_degrees.x, 360.0);  // the short way across the 180th meridian
  if (std::fabs(degrees_east) < kShort_degrees && std::fabs(to_degrees.y - from_degrees.y) < kShort_degrees) {
    return mid_latitude_distance_m(from_degrees, degrees_east, to_degrees);
  }
  static const geod_geodesic kEllipsoid = [] {
    geod_geodesic ellipsoid;
    geod_init(&ellipsoid, kSemiMajor_m, 1 / 298.257222101);
    return ellipsoid;
  }();
  double metres = 0;
  geod_inverse(&kEllipsoid, from_degrees.y, from_degrees.x, to_degrees.y, to_degrees.x, &metres, nullptr, nullptr);
  return metres;
}

double ground_length_m(const std::span<const Point> degrees) {
  double metres = 0;
  for (std::size_t k = 1; k < degrees.size(); ++k) {
    metres += ground_distance_m(degrees[k - 1], degrees[k]);
  }
  return metres;
}

LinePlacement place_lines(LineSet& lines, const std::span<Point> nodes, const CoordinateSystem& source,
                          const std::string& wanted) {
  constexpr std::size_t kGrain = 4096;
  LinePlacement placement{.crs = {}, .ground_m = std::vector<double>(lines.lines())};
  std::vector<Point> degrees = lines.vertices;
  make_conversion(source, {.definition = "OGC:CRS84", .geographic = true})(degrees);
  parallel_for_blocks(lines.lines(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t line = begin; line < end; ++line) {
      const std::size_t first = lines.line_first[line];
      placement.ground_m[line] = ground_length_m(std::span{degrees}.subspan(first, lines.line_first[line + 1] - first));
    }
  });
  placement.crs = to_road_plane(source, {lines.vertices, nodes}, wanted);
  return placement;
}

}  // namespace maillage
