#pragma once

#include <geos_c.h>

#include <cstdarg>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/disc_union.hpp"

namespace maillage::test {

/// GEOS as an independent judge of polygons.
class GeosOracle {
 public:
  struct Deleter {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Deleter>;

  GeosOracle() : context_(GEOS_init_r(), GEOS_finish_r) {}

  Geometry own(GEOSGeometry* geometry) const {
    if (geometry == nullptr) {
      throw std::runtime_error("GEOS failed");
    }
    return {geometry, Deleter{context_.get()}};
  }
  GEOSGeometry* ring(const std::span<const Point> closed) const {
    return GEOSGeom_createLinearRing_r(
        context_.get(),
        GEOSCoordSeq_copyFromBuffer_r(context_.get(), &closed.front().x, static_cast<unsigned>(closed.size()), 0, 0));
  }
  Geometry multipolygon(const AreaSet& areas, const std::size_t first_polygon, const std::size_t last_polygon) const {
    std::vector<GEOSGeometry*> polygons;
    for (std::size_t polygon = first_polygon; polygon < last_polygon; ++polygon) {
      const auto range = areas.rings_of_polygon(polygon);
      std::vector<GEOSGeometry*> holes;
      for (std::size_t hole = range.first + 1; hole < range.last; ++hole) {
        holes.push_back(ring(areas.ring(hole)));
      }
      polygons.push_back(GEOSGeom_createPolygon_r(context_.get(), ring(areas.ring(range.first)), holes.data(),
                                                  static_cast<unsigned>(holes.size())));
    }
    return own(GEOSGeom_createCollection_r(context_.get(), GEOS_MULTIPOLYGON, polygons.data(),
                                           static_cast<unsigned>(polygons.size())));
  }
  Geometry multipolygon(const AreaSet& areas) const { return multipolygon(areas, 0, areas.polygons()); }

  /// Empty when valid, else GEOS's reason.
  std::string invalidity(const Geometry& geometry) const {
    char* reason = GEOSisValidReason_r(context_.get(), geometry.get());
    std::string text = reason == nullptr ? "exception" : reason;
    GEOSFree_r(context_.get(), reason);
    return text == "Valid Geometry" ? "" : text;
  }
  double area(const Geometry& geometry) const {
    double value = 0;
    GEOSArea_r(context_.get(), geometry.get(), &value);
    return value;
  }
  /// Union of the discs as polygons of 4 * quarter_segments vertices on the circle.
  Geometry discs(const std::span<const Disc> discs, const int quarter_segments) const {
    std::vector<GEOSGeometry*> polygons;
    for (const Disc& disc : discs) {
      const Geometry centre = own(GEOSGeom_createPointFromXY_r(context_.get(), disc.centre.x, disc.centre.y));
      polygons.push_back(GEOSBuffer_r(context_.get(), centre.get(), disc.radius_m, quarter_segments));
    }
    const Geometry all = own(GEOSGeom_createCollection_r(context_.get(), GEOS_GEOMETRYCOLLECTION, polygons.data(),
                                                         static_cast<unsigned>(polygons.size())));
    return own(GEOSUnaryUnion_r(context_.get(), all.get()));
  }
  Geometry difference(const Geometry& a, const Geometry& b) const {
    return own(GEOSDifference_r(context_.get(), a.get(), b.get()));
  }
  int parts(const Geometry& geometry) const { return GEOSGetNumGeometries_r(context_.get(), geometry.get()); }

 private:
  std::unique_ptr<GEOSContextHandle_HS, void (*)(GEOSContextHandle_t)> context_;
};

}  // namespace maillage::test
