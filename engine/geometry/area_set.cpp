#include "engine/geometry/area_set.hpp"

#include <algorithm>

namespace maillage {

void AreaSet::add_area(const AreaSet& other, const AreaIndex area) {
  for (std::size_t polygon = other.area_first[area.value()]; polygon < other.area_first[area.value() + 1]; ++polygon) {
    const auto range = other.rings_of_polygon(polygon);
    for (std::size_t ring_number = range.first; ring_number < range.last; ++ring_number) {
      add_ring(other.ring(ring_number));
    }
    end_polygon();
  }
  end_area();
}

double twice_signed_area(const std::span<const Point> closed_ring) {
  if (closed_ring.size() < 4) {
    return 0;
  }
  const Point origin = closed_ring.front();
  double sum = 0;
  for (std::size_t i = 1; i + 2 < closed_ring.size(); ++i) {
    const Point& a = closed_ring[i];
    const Point& b = closed_ring[i + 1];
    sum += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
  }
  return sum;
}

double surface(const AreaSet& areas, const AreaIndex area) {
  double sum = 0;
  for (std::size_t polygon = areas.area_first[area.value()]; polygon < areas.area_first[area.value() + 1]; ++polygon) {
    const auto range = areas.rings_of_polygon(polygon);
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      const double magnitude = std::abs(twice_signed_area(areas.ring(ring))) / 2;
      sum += ring == range.first ? magnitude : -magnitude;
    }
  }
  return sum;
}

Box bounding_box(const AreaSet& areas, const AreaIndex area) {
  Box box;
  const auto range = areas.rings_of(area);
  for (std::size_t vertex = areas.ring_first[range.first]; vertex < areas.ring_first[range.last]; ++vertex) {
    box.extend(areas.vertices[vertex]);
  }
  return box;
}

Box bounding_box(const AreaSet& areas) {
  Box box;
  for (const Point& vertex : areas.vertices) {
    box.extend(vertex);
  }
  return box;
}

void orient_rings(AreaSet& areas) {
  for (std::size_t polygon = 0; polygon < areas.polygons(); ++polygon) {
    const auto range = areas.rings_of_polygon(polygon);
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      const bool counter_clockwise = twice_signed_area(areas.ring(ring)) > 0;
      if (counter_clockwise != (ring == range.first)) {
        std::reverse(areas.vertices.begin() + areas.ring_first[ring], areas.vertices.begin() + areas.ring_first[ring + 1]);
      }
    }
  }
}

}  // namespace maillage
