#include "adapters/geojson/grid_polygon.hpp"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <stdexcept>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// Source coordinates with 7 decimals or fewer are whole on the grid up to the rounding of a double.
constexpr double kWholeTolerance = 1e-6;

class Geos {
 public:
  Geos() : handle_(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(handle_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  [[nodiscard]] GEOSContextHandle_t get() const { return handle_; }

 private:
  GEOSContextHandle_t handle_;
};

struct DestroyGeometry {
  GEOSContextHandle_t handle;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

__extension__ using Integer128 = __int128;

/// Twice the area of a closed ring; exact: coordinates fit 32 bits, their products 64, summed in 128.
Integer128 twice_area(const std::vector<GridPoint>& ring) {
  Integer128 sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += static_cast<Integer128>(ring[i].x) * ring[i + 1].y - static_cast<Integer128>(ring[i + 1].x) * ring[i].y;
  }
  return sum;
}

struct RoundedRing {
  std::vector<GridPoint> points;
  bool moved = false;  ///< some vertex was not on the grid
};

RoundedRing rounded(const std::span<const Point> ring) {
  RoundedRing result;
  result.points.reserve(ring.size());
  for (const Point& point : ring) {
    const GridPoint grid = to_grid(point);
    result.moved = result.moved || std::abs(point.x * kGridPerDegree - static_cast<double>(grid.x)) > kWholeTolerance ||
                   std::abs(point.y * kGridPerDegree - static_cast<double>(grid.y)) > kWholeTolerance;
    if (result.points.empty() || !(result.points.back() == grid)) {
      result.points.push_back(grid);
    }
  }
  return result;
}

void orient(GridPolygon& polygon) {
  for (std::size_t ring = 0; ring < polygon.size(); ++ring) {
    if ((twice_area(polygon[ring]) > 0) != (ring == 0)) {
      std::reverse(polygon[ring].begin(), polygon[ring].end());
    }
  }
}

GEOSGeometry* make_ring(const GEOSContextHandle_t handle, const std::vector<GridPoint>& ring) {
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(handle, static_cast<unsigned>(ring.size()), 2);
  for (unsigned i = 0; i < ring.size(); ++i) {
    GEOSCoordSeq_setXY_r(handle, sequence, i, static_cast<double>(ring[i].x), static_cast<double>(ring[i].y));
  }
  return GEOSGeom_createLinearRing_r(handle, sequence);
}

Geometry make_geometry(const Geos& geos, const std::vector<GridPolygon>& polygons) {
  std::vector<GEOSGeometry*> parts;
  for (const GridPolygon& polygon : polygons) {
    std::vector<GEOSGeometry*> holes;
    for (std::size_t ring = 1; ring < polygon.size(); ++ring) {
      holes.push_back(make_ring(geos.get(), polygon[ring]));
    }
    parts.push_back(GEOSGeom_createPolygon_r(geos.get(), make_ring(geos.get(), polygon.front()), holes.data(),
                                             static_cast<unsigned>(holes.size())));
  }
  return Geometry{
      GEOSGeom_createCollection_r(geos.get(), GEOS_MULTIPOLYGON, parts.data(), static_cast<unsigned>(parts.size())),
      {geos.get()}};
}

std::vector<GridPoint> read_ring(const Geos& geos, const GEOSGeometry* ring) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos.get(), ring);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(geos.get(), sequence, &size);
  std::vector<GridPoint> points;
  for (unsigned i = 0; i < size; ++i) {
    double x = 0;
    double y = 0;
    GEOSCoordSeq_getXY_r(geos.get(), sequence, i, &x, &y);
    points.push_back({std::llround(x), std::llround(y)});
  }
  return points;
}

void collect_polygons(const Geos& geos, const GEOSGeometry* geometry, std::vector<GridPolygon>& polygons) {
  const int type = GEOSGeomTypeId_r(geos.get(), geometry);
  if (type == GEOS_POLYGON) {
    if (GEOSisEmpty_r(geos.get(), geometry) != 0) {
      return;
    }
    GridPolygon polygon{read_ring(geos, GEOSGetExteriorRing_r(geos.get(), geometry))};
    for (int hole = 0; hole < GEOSGetNumInteriorRings_r(geos.get(), geometry); ++hole) {
      polygon.push_back(read_ring(geos, GEOSGetInteriorRingN_r(geos.get(), geometry, hole)));
    }
    orient(polygon);
    polygons.push_back(std::move(polygon));
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int part = 0; part < GEOSGetNumGeometries_r(geos.get(), geometry); ++part) {
      collect_polygons(geos, GEOSGetGeometryN_r(geos.get(), geometry, part), polygons);
    }
  }
}

/// Whether exact predicates find nothing to object; most areas need no closer look.
bool plainly_valid(const std::vector<GridPolygon>& polygons, PlainValidity& validity) {
  AreaSet area;
  for (const GridPolygon& polygon : polygons) {
    for (const std::vector<GridPoint>& ring : polygon) {
      for (const GridPoint& point : ring) {
        area.vertices.push_back({static_cast<double>(point.x), static_cast<double>(point.y)});
      }
      area.end_ring();
    }
    area.end_polygon();
  }
  area.end_area();
  return validity.holds(area, AreaIndex{0});
}

/// Valid polygons on the grid, as near as can be to polygons that rounding spoiled.
std::vector<GridPolygon> mended(const std::vector<GridPolygon>& polygons) {
  const Geos geos;
  const Geometry geometry = make_geometry(geos, polygons);
  if (GEOSisValid_r(geos.get(), geometry.get()) == 1) {
    return polygons;
  }
  const Geometry whole{GEOSMakeValid_r(geos.get(), geometry.get()), {geos.get()}};
  const Geometry snapped{whole ? GEOSGeom_setPrecision_r(geos.get(), whole.get(), 1.0, 0) : nullptr, {geos.get()}};
  if (!snapped) {
    throw std::runtime_error("GEOS could not rebuild a polygon on the output grid");
  }
  std::vector<GridPolygon> result;
  collect_polygons(geos, snapped.get(), result);
  return result;
}

}  // namespace

GridPoint to_grid(const Point& degrees) {
  if (!(std::abs(degrees.x) <= 360 && std::abs(degrees.y) <= 90)) {
    throw OutputError(
        Text{.french = fmt::format(
                 "GeoJSON : la position ({}, {}) n'est pas en degrés ; vérifiez le système de coordonnées des contours.",
                 degrees.x, degrees.y),
             .english = fmt::format("GeoJSON: the position ({}, {}) is not in degrees; check the contours' CRS.", degrees.x,
                                    degrees.y)});
  }
  return {std::llround(degrees.x * kGridPerDegree), std::llround(degrees.y * kGridPerDegree)};
}

std::vector<GridPolygon> grid_polygons(const AreaSet& degrees, const AreaIndex area, PlainValidity& validity) {
  std::vector<GridPolygon> polygons;
  bool moved = false;
  for (std::size_t polygon = degrees.area_first[area.value()]; polygon < degrees.area_first[area.value() + 1]; ++polygon) {
    const auto rings = degrees.rings_of_polygon(polygon);
    GridPolygon grid;
    for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
      RoundedRing result = rounded(degrees.ring(ring));
      moved = moved || result.moved;
      const bool has_surface = result.points.size() >= 4 && twice_area(result.points) != 0;
      if (has_surface) {
        grid.push_back(std::move(result.points));
      } else if (ring == rings.first) {
        break;  // without shell there is no polygon
      }
    }
    if (!grid.empty()) {
      orient(grid);
      polygons.push_back(std::move(grid));
    }
  }
  const bool doubtful = moved && !polygons.empty() && !plainly_valid(polygons, validity);
  return doubtful ? mended(polygons) : polygons;
}

}  // namespace maillage
