#include "engine/geometry/disc_union_overlay.hpp"

#include <geos_c.h>

#include <algorithm>
#include <memory>
#include <numbers>
#include <string>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

using Context = std::unique_ptr<GEOSContextHandle_HS, void (*)(GEOSContextHandle_t)>;

struct GeometryDeleter {
  GEOSContextHandle_t context;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, GeometryDeleter>;

class Overlay {
 public:
  Overlay() : context_(GEOS_init_r(), GEOS_finish_r) {}

  [[nodiscard]] Geometry own(GEOSGeometry* geometry) const {
    if (geometry == nullptr) {
      throw Error(Text{.french = "découpage des lacunes : la superposition de polygones a échoué",
                       .english = "cutting the gaps: polygon overlay failed"});
    }
    return {geometry, GeometryDeleter{context_.get()}};
  }
  [[nodiscard]] GEOSGeometry* ring(const std::span<const Point> closed) const {
    static_assert(sizeof(Point) == 2 * sizeof(double));
    return GEOSGeom_createLinearRing_r(
        context_.get(),
        GEOSCoordSeq_copyFromBuffer_r(context_.get(), &closed.front().x, static_cast<unsigned>(closed.size()), 0, 0));
  }
  [[nodiscard]] Geometry collection(std::vector<GEOSGeometry*>& polygons) const {
    return own(GEOSGeom_createCollection_r(context_.get(), GEOS_MULTIPOLYGON, polygons.data(),
                                           static_cast<unsigned>(polygons.size())));
  }
  [[nodiscard]] Geometry area(const AreaSet& area) const {
    std::vector<GEOSGeometry*> polygons;
    for (std::size_t polygon = 0; polygon < area.polygons(); ++polygon) {
      const auto range = area.rings_of_polygon(polygon);
      std::vector<GEOSGeometry*> holes;
      for (std::size_t hole = range.first + 1; hole < range.last; ++hole) {
        holes.push_back(ring(area.ring(hole)));
      }
      polygons.push_back(GEOSGeom_createPolygon_r(context_.get(), ring(area.ring(range.first)), holes.data(),
                                                  static_cast<unsigned>(holes.size())));
    }
    return collection(polygons);
  }
  [[nodiscard]] Geometry discs(const DiscUnion& discs, const double max_error_m) const {
    std::vector<GEOSGeometry*> polygons;
    std::vector<Point> closed;
    for (const Disc& disc : discs.discs()) {
      const double half = std::acos(std::max(1 - max_error_m / disc.radius_m, std::numbers::sqrt2 / 2));
      const auto sides = static_cast<std::size_t>(std::ceil(std::numbers::pi / half));
      closed.clear();
      for (std::size_t i = 0; i < sides; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(sides);
        closed.push_back({disc.centre.x + disc.radius_m * std::cos(angle), disc.centre.y + disc.radius_m * std::sin(angle)});
      }
      closed.push_back(closed.front());
      polygons.push_back(GEOSGeom_createPolygon_r(context_.get(), ring(closed), nullptr, 0));
    }
    const Geometry all = collection(polygons);
    return own(GEOSUnaryUnion_r(context_.get(), all.get()));
  }
  [[nodiscard]] Geometry difference(const Geometry& a, const Geometry& b) const {
    return own(GEOSDifference_r(context_.get(), a.get(), b.get()));
  }
  void append_ring(const GEOSGeometry* from, AreaSet& to) const {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context_.get(), from);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context_.get(), sequence, &size);
    const std::size_t first = to.vertices.size();
    to.vertices.resize(first + size);
    GEOSCoordSeq_copyToBuffer_r(context_.get(), sequence, &to.vertices[first].x, 0, 0);
    to.end_ring();
  }
  [[nodiscard]] AreaSet parts(const Geometry& geometry) const {
    AreaSet parts;
    const int count = GEOSGetNumGeometries_r(context_.get(), geometry.get());
    for (int i = 0; i < count; ++i) {
      const GEOSGeometry* polygon = GEOSGetGeometryN_r(context_.get(), geometry.get(), i);
      if (GEOSGeomTypeId_r(context_.get(), polygon) != GEOS_POLYGON || GEOSisEmpty_r(context_.get(), polygon) != 0) {
        continue;
      }
      append_ring(GEOSGetExteriorRing_r(context_.get(), polygon), parts);
      const int holes = GEOSGetNumInteriorRings_r(context_.get(), polygon);
      for (int hole = 0; hole < holes; ++hole) {
        append_ring(GEOSGetInteriorRingN_r(context_.get(), polygon, hole), parts);
      }
      parts.end_polygon();
      parts.end_area();
    }
    orient_rings(parts);
    return parts;
  }

 private:
  Context context_;
};

}  // namespace

AreaSet overlay_gaps(const DiscUnion& discs, const AreaSet& area, const double max_error_m) {
  const Overlay overlay;
  return overlay.parts(overlay.difference(overlay.area(area), overlay.discs(discs, max_error_m)));
}

}  // namespace maillage
