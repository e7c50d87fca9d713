#include "engine/geometry/geos_overlay.hpp"

#include <geos_c.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/ring_assembly.hpp"

namespace maillage {

namespace {

/// One GEOS context, with the last error it told.
class Geos {
 public:
  struct Destroy {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

  Geos() : context_(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        context_, [](const char* message, void* error) { *static_cast<std::string*>(error) = message; }, &error_);
  }
  ~Geos() { GEOS_finish_r(context_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  [[nodiscard]] GEOSContextHandle_t context() const { return context_; }
  [[nodiscard]] Geometry own(GEOSGeometry* geometry) const {
    if (geometry == nullptr) {
      throw Error({.french = "la superposition de contours a échoué : " + error_,
                   .english = "the overlay of contours failed: " + error_});
    }
    return {geometry, Destroy{context_}};
  }

 private:
  GEOSContextHandle_t context_;
  std::string error_;
};

GEOSGeometry* linear_ring(const Geos& geos, const std::span<const Point> ring) {
  GEOSCoordSequence* sequence =
      GEOSCoordSeq_copyFromBuffer_r(geos.context(), &ring.front().x, static_cast<unsigned>(ring.size()), 0, 0);
  return GEOSGeom_createLinearRing_r(geos.context(), sequence);
}

Geos::Geometry polygon(const Geos& geos, const AreaSet& areas, const AreaSet::RingRange range) {
  const Geos::Geometry shell = geos.own(linear_ring(geos, areas.ring(range.first)));
  std::vector<GEOSGeometry*> holes;
  for (std::size_t ring = range.first + 1; ring < range.last; ++ring) {
    if (areas.ring(ring).size() >= 4) {
      holes.push_back(linear_ring(geos, areas.ring(ring)));
    }
  }
  Geos::Geometry result = geos.own(GEOSGeom_createPolygon_r(geos.context(), GEOSGeom_clone_r(geos.context(), shell.get()),
                                                            holes.data(), static_cast<unsigned>(holes.size())));
  if (GEOSisValid_r(geos.context(), result.get()) != 1) {
    result = geos.own(GEOSMakeValid_r(geos.context(), result.get()));
  }
  return result;
}

std::vector<Point> ring_points(const Geos& geos, const GEOSGeometry* ring) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos.context(), ring);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(geos.context(), sequence, &size);
  std::vector<Point> points(size);
  if (size > 0) {
    GEOSCoordSeq_copyToBuffer_r(geos.context(), sequence, &points.front().x, 0, 0);
  }
  start_at_least_vertex(points);
  return points;
}

using Polygon = std::vector<std::vector<Point>>;  // shell, then holes

void collect_polygons(const Geos& geos, const GEOSGeometry* geometry, std::vector<Polygon>& polygons) {
  const int type = GEOSGeomTypeId_r(geos.context(), geometry);
  if (type == GEOS_POLYGON) {
    if (GEOSisEmpty_r(geos.context(), geometry) != 0) {
      return;
    }
    Polygon& rings = polygons.emplace_back();
    rings.push_back(ring_points(geos, GEOSGetExteriorRing_r(geos.context(), geometry)));
    for (int hole = 0; hole < GEOSGetNumInteriorRings_r(geos.context(), geometry); ++hole) {
      rings.push_back(ring_points(geos, GEOSGetInteriorRingN_r(geos.context(), geometry, hole)));
    }
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int part = 0; part < GEOSGetNumGeometries_r(geos.context(), geometry); ++part) {
      collect_polygons(geos, GEOSGetGeometryN_r(geos.context(), geometry, part), polygons);
    }
  }
}

Geos::Geometry collection(const Geos& geos, std::vector<Geos::Geometry>& parts) {
  std::vector<GEOSGeometry*> released;
  for (Geos::Geometry& part : parts) {
    released.push_back(part.release());
  }
  return geos.own(GEOSGeom_createCollection_r(geos.context(), GEOS_GEOMETRYCOLLECTION, released.data(),
                                              static_cast<unsigned>(released.size())));
}

void append_polygons(const Geos& geos, const AreaSet& areas, const std::size_t area, std::vector<Geos::Geometry>& parts) {
  for (std::size_t number = areas.area_first[area]; number < areas.area_first[area + 1]; ++number) {
    const auto range = areas.rings_of_polygon(number);
    if (range.first < range.last && areas.ring(range.first).size() >= 4) {
      parts.push_back(polygon(geos, areas, range));
    }
  }
}

/// All areas as one geometry that an overlay takes. \param merged  parts that lie on one another become one
Geos::Geometry whole_of(const Geos& geos, const AreaSet& areas, const bool merged) {
  std::vector<Geos::Geometry> parts;
  for (std::size_t area = 0; area < areas.areas(); ++area) {
    append_polygons(geos, areas, area, parts);
  }
  const bool plain = std::ranges::all_of(
      parts, [&](const Geos::Geometry& part) { return GEOSGeomTypeId_r(geos.context(), part.get()) == GEOS_POLYGON; });
  if (merged || !plain) {
    return geos.own(GEOSUnaryUnion_r(geos.context(), collection(geos, parts).get()));
  }
  std::vector<GEOSGeometry*> released;
  for (Geos::Geometry& part : parts) {
    released.push_back(part.release());
  }
  return geos.own(GEOSGeom_createCollection_r(geos.context(), GEOS_MULTIPOLYGON, released.data(),
                                              static_cast<unsigned>(released.size())));
}

/// Overlays two sets as they are; where their parts turn out to touch along edges or to overlap, merged.
template <typename Operation>
Geos::Geometry overlay(const Geos& geos, const AreaSet& areas, const AreaSet& others, const Operation& operation) {
  GEOSGeometry* const result =
      operation(geos.context(), whole_of(geos, areas, false).get(), whole_of(geos, others, false).get());
  return geos.own(result != nullptr
                      ? result
                      : operation(geos.context(), whole_of(geos, areas, true).get(), whole_of(geos, others, true).get()));
}

AreaSet area_of(const Geos& geos, const Geos::Geometry& whole) {
  std::vector<Polygon> polygons;
  collect_polygons(geos, whole.get(), polygons);
  for (Polygon& rings : polygons) {
    std::sort(rings.begin() + 1, rings.end());
  }
  std::ranges::sort(polygons);
  AreaSet result;
  for (const Polygon& rings : polygons) {
    for (const std::vector<Point>& ring : rings) {
      result.add_ring(ring);
    }
    result.end_polygon();
  }
  result.end_area();
  orient_rings(result);
  return result;
}

}  // namespace

AreaSet geos_union(const AreaSet& areas, const std::span<const std::uint32_t> members) {
  const Geos geos;
  std::vector<Geos::Geometry> parts;
  for (const std::uint32_t area : members) {
    append_polygons(geos, areas, area, parts);
  }
  return area_of(geos, geos.own(GEOSUnaryUnion_r(geos.context(), collection(geos, parts).get())));
}

AreaSet geos_difference(const AreaSet& areas, const AreaSet& removed) {
  const Geos geos;
  return area_of(geos, overlay(geos, areas, removed, GEOSDifference_r));
}

AreaSet geos_clip(const AreaSet& areas, const Box& box) {
  AreaSet window;
  window.add_ring(std::vector<Point>{{box.min_x, box.min_y},
                                     {box.max_x, box.min_y},
                                     {box.max_x, box.max_y},
                                     {box.min_x, box.max_y},
                                     {box.min_x, box.min_y}});
  window.end_polygon();
  window.end_area();
  const Geos geos;
  return area_of(geos, overlay(geos, areas, window, GEOSIntersection_r));
}

AreaSet polygons_apart(const AreaSet& areas) {
  AreaSet apart;
  for (std::size_t polygon = 0; polygon < areas.polygons(); ++polygon) {
    const auto range = areas.rings_of_polygon(polygon);
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      apart.add_ring(areas.ring(ring));
    }
    apart.end_polygon();
    apart.end_area();
  }
  return apart;
}

}  // namespace maillage
