#include "engine/geometry/gate.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <span>
#include <string>

#include "engine/core/parallel.hpp"
#include "engine/geometry/plain_validity.hpp"

namespace maillage {
namespace {

/// Far beyond any plane (a composite one ends near 1.4e8 m), near enough for products of coordinates to stay exact to a
/// micrometre.
constexpr double kGreatestCoordinate = 1e10;
constexpr std::size_t kBlock = 256;

struct GeosContext {
  GEOSContextHandle_t handle = GEOS_init_r();
  GeosContext() = default;
  ~GeosContext() { GEOS_finish_r(handle); }
  GeosContext(const GeosContext&) = delete;
  GeosContext& operator=(const GeosContext&) = delete;
};

struct GeometryDeleter {
  GEOSContextHandle_t handle;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using GeometryHandle = std::unique_ptr<GEOSGeometry, GeometryDeleter>;

GeometryHandle own(const GEOSContextHandle_t handle, GEOSGeometry* geometry) {
  return {geometry, GeometryDeleter{handle}};
}

/// The counts of what was put right in one area without changing its shape.
struct Cleaning {
  std::size_t empty_parts = 0;
  std::size_t open_rings = 0;
  std::size_t repeated_vertices = 0;
  std::size_t degenerate_rings = 0;
};

/// One ring, closed and without repeated vertices, appended to `clean`. False when it encloses nothing.
bool add_clean_ring(const std::span<const Point> ring, AreaSet& clean, Cleaning& cleaning) {
  const std::size_t begin = clean.vertices.size();
  std::size_t repeated = 0;
  for (const Point& vertex : ring) {
    if (clean.vertices.size() > begin && clean.vertices.back() == vertex) {
      ++repeated;
    } else {
      clean.vertices.push_back(vertex);
    }
  }
  const bool open = clean.vertices.size() > begin + 1 && clean.vertices[begin] != clean.vertices.back();
  if (open) {
    const Point first = clean.vertices[begin];
    clean.vertices.push_back(first);
  }
  const auto cleaned = std::span<const Point>{clean.vertices}.subspan(begin);
  if (cleaned.size() < 4) {
    clean.vertices.resize(begin);
    cleaning.degenerate_rings += 1;
    return false;
  }
  cleaning.open_rings += open ? 1 : 0;
  cleaning.repeated_vertices += repeated;
  clean.end_ring();
  return true;
}

void add_clean_polygon(const AreaSet& areas, const std::size_t polygon, AreaSet& clean, Cleaning& cleaning) {
  const auto range = areas.rings_of_polygon(polygon);
  if (range.first == range.last || areas.ring(range.first).empty()) {
    cleaning.empty_parts += 1;
    return;
  }
  if (!add_clean_ring(areas.ring(range.first), clean, cleaning)) {
    return;
  }
  for (std::size_t ring = range.first + 1; ring < range.last; ++ring) {
    if (areas.ring(ring).empty()) {
      cleaning.empty_parts += 1;
    } else {
      add_clean_ring(areas.ring(ring), clean, cleaning);
    }
  }
  clean.end_polygon();
}

GeometryHandle to_geos_ring(const GEOSContextHandle_t handle, const std::span<const Point> ring) {
  static_assert(sizeof(Point) == 2 * sizeof(double));
  GEOSCoordSequence* sequence =
      GEOSCoordSeq_copyFromBuffer_r(handle, &ring.front().x, static_cast<unsigned>(ring.size()), 0, 0);
  return own(handle, sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(handle, sequence));
}

/// The only area of `area`, as a GEOS multipolygon; null when GEOS refuses.
GeometryHandle to_geos(const GEOSContextHandle_t handle, const AreaSet& area) {
  std::vector<GEOSGeometry*> polygons;
  for (std::size_t polygon = 0; polygon < area.polygons(); ++polygon) {
    const auto range = area.rings_of_polygon(polygon);
    std::vector<GEOSGeometry*> holes;
    GeometryHandle shell = to_geos_ring(handle, area.ring(range.first));
    for (std::size_t ring = range.first + 1; ring < range.last; ++ring) {
      holes.push_back(to_geos_ring(handle, area.ring(ring)).release());
    }
    polygons.push_back(GEOSGeom_createPolygon_r(handle, shell.release(), holes.data(), static_cast<unsigned>(holes.size())));
  }
  return own(handle, GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, polygons.data(),
                                                 static_cast<unsigned>(polygons.size())));
}

void add_geos_ring(const GEOSContextHandle_t handle, const GEOSGeometry* ring, AreaSet& into) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(handle, ring);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(handle, sequence, &size);
  for (unsigned i = 0; i < size; ++i) {
    Point vertex;
    GEOSCoordSeq_getXY_r(handle, sequence, i, &vertex.x, &vertex.y);
    into.vertices.push_back(vertex);
  }
  into.end_ring();
}

/// The polygons of any result; lines and points that a repair leaves have no surface and do not count.
void add_geos_polygons(const GEOSContextHandle_t handle, const GEOSGeometry* geometry, AreaSet& into) {
  const int type = GEOSGeomTypeId_r(handle, geometry);
  if (type == GEOS_POLYGON && GEOSisEmpty_r(handle, geometry) == 0) {
    add_geos_ring(handle, GEOSGetExteriorRing_r(handle, geometry), into);
    for (int hole = 0; hole < GEOSGetNumInteriorRings_r(handle, geometry); ++hole) {
      add_geos_ring(handle, GEOSGetInteriorRingN_r(handle, geometry, hole), into);
    }
    into.end_polygon();
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int part = 0; part < GEOSGetNumGeometries_r(handle, geometry); ++part) {
      add_geos_polygons(handle, GEOSGetGeometryN_r(handle, geometry, part), into);
    }
  }
}

/// What makes an area invalid, as GEOS says it ("Self-intersection[0.5 0.5]"); empty when it is valid.
std::string invalid_reason(const GEOSContextHandle_t handle, const GEOSGeometry* geometry) {
  if (geometry != nullptr && GEOSisValid_r(handle, geometry) == 1) {
    return {};
  }
  char* reason = geometry == nullptr ? nullptr : GEOSisValidReason_r(handle, geometry);
  std::string text = reason == nullptr ? "unknown" : reason;
  GEOSFree_r(handle, reason);
  return text;
}

AreaSet rebuild(const GEOSContextHandle_t handle, const GEOSGeometry* geometry) {
  AreaSet rebuilt;
  if (geometry != nullptr) {
    GEOSMakeValidParams* parameters = GEOSMakeValidParams_create_r(handle);
    GEOSMakeValidParams_setMethod_r(handle, parameters, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle, parameters, 0);
    const GeometryHandle valid = own(handle, GEOSMakeValidWithParams_r(handle, geometry, parameters));
    GEOSMakeValidParams_destroy_r(handle, parameters);
    if (valid) {
      add_geos_polygons(handle, valid.get(), rebuilt);
    }
  }
  rebuilt.end_area();
  return rebuilt;
}

/// Areas [begin, end), one worker's share.
class Gatekeeper {
 public:
  explicit Gatekeeper(const AreaSet& areas) : areas_(areas) {}

  void pass(const AreaIndex area) {
    const std::size_t first = areas_.area_first[area.value()];
    const std::size_t last = areas_.area_first[area.value() + 1];
    if (first == last) {
      result_.areas.end_area();
      return;
    }
    if (!coordinates_are_usable(area)) {
      result_.areas.end_area();
      return;
    }
    AreaSet clean;
    Cleaning cleaning;
    for (std::size_t polygon = first; polygon < last; ++polygon) {
      add_clean_polygon(areas_, polygon, clean, cleaning);
    }
    clean.end_area();
    note(area, "empty_part", cleaning.empty_parts);
    note(area, "ring_not_closed", cleaning.open_rings);
    note(area, "repeated_vertices", cleaning.repeated_vertices);
    note(area, "degenerate_ring", cleaning.degenerate_rings);
    // GEOS is asked only where a cheaper exact test does not already say "valid".
    if (clean.polygons() > 0 && !plain_.holds(clean, AreaIndex{std::size_t{0}})) {
      const GeometryHandle geometry = to_geos(context_.handle, clean);
      const std::string reason = invalid_reason(context_.handle, geometry.get());
      if (!reason.empty()) {
        clean = rebuild(context_.handle, geometry.get());
        result_.repairs.push_back({area, "invalid_geometry", reason});
      }
    }
    if (clean.polygons() == 0) {
      std::erase_if(result_.repairs, [&](const GateNote& repair) { return repair.area == area; });
      result_.rejections.push_back({area, "no_area_left", {}});
    }
    orient_rings(clean);
    result_.areas.add_area(clean, AreaIndex{std::size_t{0}});
  }
  [[nodiscard]] GatedAreas take() { return std::move(result_); }

 private:
  bool coordinates_are_usable(const AreaIndex area) {
    const auto range = areas_.rings_of(area);
    for (std::size_t i = areas_.ring_first[range.first]; i < areas_.ring_first[range.last]; ++i) {
      const Point& vertex = areas_.vertices[i];
      if (!std::isfinite(vertex.x) || !std::isfinite(vertex.y)) {
        result_.rejections.push_back({area, "non_finite_coordinate", {}});
        return false;
      }
      if (std::abs(vertex.x) > kGreatestCoordinate || std::abs(vertex.y) > kGreatestCoordinate) {
        result_.rejections.push_back({area, "coordinate_out_of_range", {}});
        return false;
      }
    }
    return true;
  }
  void note(const AreaIndex area, const char* reason, const std::size_t count) {
    if (count > 0) {
      result_.repairs.push_back({area, reason, std::to_string(count)});
    }
  }

  const AreaSet& areas_;
  GeosContext context_;
  PlainValidity plain_;
  GatedAreas result_;
};

void append(const AreaSet& from, AreaSet& into) {
  const auto vertices = static_cast<std::uint32_t>(into.vertices.size());
  const auto rings = static_cast<std::uint32_t>(into.rings());
  const auto polygons = static_cast<std::uint32_t>(into.polygons());
  into.vertices.insert(into.vertices.end(), from.vertices.begin(), from.vertices.end());
  std::transform(from.ring_first.begin() + 1, from.ring_first.end(), std::back_inserter(into.ring_first),
                 [&](const auto first) { return first + vertices; });
  std::transform(from.polygon_first.begin() + 1, from.polygon_first.end(), std::back_inserter(into.polygon_first),
                 [&](const auto first) { return first + rings; });
  std::transform(from.area_first.begin() + 1, from.area_first.end(), std::back_inserter(into.area_first),
                 [&](const auto first) { return first + polygons; });
}

}  // namespace

GatedAreas pass_gate(const AreaSet& areas) {
  std::vector<GatedAreas> blocks((areas.areas() + kBlock - 1) / kBlock);
  parallel_for_blocks(areas.areas(), kBlock, [&](const std::size_t begin, const std::size_t end) {
    Gatekeeper gatekeeper{areas};
    for (std::size_t area = begin; area < end; ++area) {
      gatekeeper.pass(AreaIndex{area});
    }
    blocks[begin / kBlock] = gatekeeper.take();
  });
  GatedAreas result;
  result.areas.vertices.reserve(areas.vertices.size());
  for (GatedAreas& block : blocks) {
    append(block.areas, result.areas);
    result.repairs.insert(result.repairs.end(), block.repairs.begin(), block.repairs.end());
    result.rejections.insert(result.rejections.end(), block.rejections.begin(), block.rejections.end());
  }
  return result;
}

}  // namespace maillage
