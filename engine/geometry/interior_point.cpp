#include "engine/geometry/interior_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/parallel.hpp"
#include "engine/geometry/predicates.hpp"

namespace maillage {

namespace {

double polygon_surface(const AreaSet& areas, const AreaSet::RingRange range) {
  double sum = 0;
  for (std::size_t ring = range.first; ring < range.last; ++ring) {
    const double magnitude = std::abs(twice_signed_area(areas.ring(ring)));
    sum += ring == range.first ? magnitude : -magnitude;
  }
  return sum;
}

/// Calls visit(a, b) for every edge of the rings.
template <typename Visit>
void for_each_edge(const AreaSet& areas, const AreaSet::RingRange range, const Visit& visit) {
  for (std::size_t ring = range.first; ring < range.last; ++ring) {
    const std::span<const Point> vertices = areas.ring(ring);
    for (std::size_t k = 0; k + 1 < vertices.size(); ++k) {
      visit(vertices[k], vertices[k + 1]);
    }
  }
}

/// Inside by even-odd and off all edges; exact.
bool strictly_inside(const AreaSet& areas, const AreaSet::RingRange range, const Point& p) {
  bool inside = false;
  bool on_border = false;
  for_each_edge(areas, range, [&](const Point& a, const Point& b) {
    on_border |= on_segment(a, b, p);
    inside ^= (a.y > p.y) != (b.y > p.y) && orientation(a, b, p) == (b.y > a.y ? -1 : 1);
  });
  return inside && !on_border;
}

/// Middle of the widest stretch inside the polygon on the horizontal line half-way between the vertices next to `height`.
std::optional<Point> widest_middle(const AreaSet& areas, const AreaSet::RingRange range, const Box& box,
                                   const double height) {
  double below = box.min_y;
  double above = box.max_y;
  for_each_edge(areas, range, [&](const Point& vertex, const Point&) {
    if (vertex.y <= height) {
      below = std::max(below, vertex.y);
    } else {
      above = std::min(above, vertex.y);
    }
  });
  const double y = below + (above - below) / 2;
  std::vector<double> crossings;
  for_each_edge(areas, range, [&](const Point& p, const Point& q) {
    if ((p.y > y) != (q.y > y)) {
      // Always computed from the lower end, so that the same edge gives the same bits in either direction.
      const Point& a = p.y < q.y ? p : q;
      const Point& b = p.y < q.y ? q : p;
      crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
  });
  std::ranges::sort(crossings);
  double widest = 0;
  std::optional<Point> middle;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    if (const double width = crossings[i + 1] - crossings[i]; width > widest) {
      widest = width;
      middle = Point{crossings[i] + width / 2, y};
    }
  }
  return middle && strictly_inside(areas, range, *middle) ? middle : std::nullopt;
}

}  // namespace

std::optional<Point> interior_point(const AreaSet& areas, const AreaIndex area) {
  AreaSet::RingRange largest{0, 0};
  double largest_surface = 0;
  Point least_vertex;  // of the largest polygon, to tell equal ones apart
  for (std::size_t polygon = areas.area_first[area.value()]; polygon < areas.area_first[area.value() + 1]; ++polygon) {
    const auto range = areas.rings_of_polygon(polygon);
    const double size = polygon_surface(areas, range);
    if (!(size > 0) || size < largest_surface) {
      continue;
    }
    const Point least = *std::ranges::min_element(areas.ring(range.first));
    if (size > largest_surface || least < least_vertex) {
      largest = range;
      largest_surface = size;
      least_vertex = least;
    }
  }
  if (!(largest_surface > 0)) {
    return std::nullopt;
  }
  Box box;
  for_each_edge(areas, largest, [&](const Point& vertex, const Point&) { box.extend(vertex); });
  // The middle first, then heights spread evenly: halves, quarters, eighths.
  for (int parts = 2; parts <= 64; parts *= 2) {
    for (int part = 1; part < parts; part += 2) {
      const double height = box.min_y + (box.max_y - box.min_y) * part / parts;
      if (const auto point = widest_middle(areas, largest, box, height)) {
        return point;
      }
    }
  }
  return std::nullopt;
}

std::vector<std::optional<Point>> interior_points(const AreaSet& areas) {
  constexpr std::size_t kAreasPerBlock = 256;
  std::vector<std::optional<Point>> points(areas.areas());
  parallel_for_blocks(areas.areas(), kAreasPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t area = begin; area < end; ++area) {
      points[area] = interior_point(areas, AreaIndex{area});
    }
  });
  return points;
}

}  // namespace maillage
