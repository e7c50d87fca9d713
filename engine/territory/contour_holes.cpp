#include "engine/territory/contour_holes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/geometry/dissolve.hpp"

namespace maillage {
namespace {

struct Hole {
  double surface_m2;
  Point vertex;
};

std::vector<Hole> holes_of(const AreaSet& outline, const double least_m2) {
  std::vector<Hole> holes;
  for (std::size_t polygon = 0; polygon < outline.polygons(); ++polygon) {
    const auto rings = outline.rings_of_polygon(polygon);
    for (std::size_t ring = rings.first + 1; ring < rings.last; ++ring) {
      const double surface_m2 = std::abs(twice_signed_area(outline.ring(ring))) / 2;
      if (surface_m2 >= least_m2) {
        holes.push_back({.surface_m2 = surface_m2, .vertex = outline.ring(ring).front()});
      }
    }
  }
  std::sort(holes.begin(), holes.end(), [](const Hole& a, const Hole& b) {
    return a.surface_m2 != b.surface_m2 ? a.surface_m2 > b.surface_m2 : a.vertex < b.vertex;
  });
  return holes;
}

/// The first commune that has each vertex on its border.
std::map<Point, CommuneIndex> communes_at(const Territory& territory, const std::vector<Hole>& holes) {
  std::map<Point, CommuneIndex> communes;
  for (const Hole& hole : holes) {
    communes.emplace(hole.vertex, CommuneIndex::none());
  }
  for (const CommuneIndex commune : territory.communes.indices()) {
    const auto rings = territory.contours.rings_of(AreaIndex{commune.value()});
    for (std::size_t vertex = territory.contours.ring_first[rings.first]; vertex < territory.contours.ring_first[rings.last];
         ++vertex) {
      const auto found = communes.find(territory.contours.vertices[vertex]);
      if (found != communes.end() && found->second.is_none()) {
        found->second = commune;
      }
    }
  }
  return communes;
}

}  // namespace

std::vector<RowNote> contour_holes(const Territory& territory, const double least_m2) {
  const std::vector<std::uint32_t> together(territory.contours.areas(), 0);
  const std::vector<Hole> holes = holes_of(dissolve(territory.contours, together, 1), least_m2);
  const std::map<Point, CommuneIndex> communes = communes_at(territory, holes);
  std::vector<RowNote> notes;
  for (const Hole& hole : holes) {
    const CommuneIndex beside = communes.at(hole.vertex);
    notes.push_back({.source = {},
                     .row = std::nullopt,
                     .key = beside.is_none() ? std::string{} : territory.communes[beside].code,
                     .column = {},
                     .value = beside.is_none() ? std::string{} : territory.communes[beside].name,
                     .reason = "hole_in_contours",
                     .detail = fmt::format("{:.1f} km2", hole.surface_m2 / 1e6)});
  }
  return notes;
}

}  // namespace maillage
