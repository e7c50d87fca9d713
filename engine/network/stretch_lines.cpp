#include "engine/network/stretch_lines.hpp"

#include <algorithm>

#include "engine/geometry/point.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

std::vector<RoadStretch> stretches_beyond(const std::span<const RoadStretch> outer,
                                          const std::span<const RoadStretch> inner) {
  std::vector<RoadStretch> beyond;
  const auto add = [&](const RoadIndex road, const double begin, const double end) {
    if (begin < end) {
      beyond.push_back({road, begin, end});
    }
  };
  std::size_t next = 0;
  for (const RoadStretch& stretch : outer) {
    while (next < inner.size() &&
           (inner[next].road < stretch.road || (inner[next].road == stretch.road && inner[next].end <= stretch.begin))) {
      ++next;
    }
    double begin = stretch.begin;
    for (std::size_t k = next; k < inner.size() && inner[k].road == stretch.road && inner[k].begin < stretch.end; ++k) {
      add(stretch.road, begin, inner[k].begin);
      begin = std::max(begin, inner[k].end);
    }
    add(stretch.road, begin, stretch.end);
  }
  return beyond;
}

bool append_stretch_line(const RoadNetwork& network, const RoadStretch& stretch, LineSet& lines) {
  const std::size_t segments = road_segments(network, stretch.road);
  double length_m = 0;
  for (std::size_t k = 0; k < segments; ++k) {
    length_m += distance_m(road_vertex(network, stretch.road, k), road_vertex(network, stretch.road, k + 1));
  }
  const std::size_t first = lines.vertices.size();
  const auto add = [&](const Point& point) {
    if (lines.vertices.size() == first || lines.vertices.back() != point) {
      lines.vertices.push_back(point);
    }
  };
  double passed_m = 0;
  for (std::size_t k = 0; k < segments; ++k) {
    const Point& a = road_vertex(network, stretch.road, k);
    const Point& b = road_vertex(network, stretch.road, k + 1);
    const double segment_m = distance_m(a, b);
    const auto at = [&](const double distance) -> Point {
      const double along = segment_m > 0 ? std::clamp((distance - passed_m) / segment_m, 0.0, 1.0) : 0.0;
      // At whole ends the very vertex, so that roads that meet still meet on the map.
      return along == 0 ? a : along == 1 ? b : Point{a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
    };
    const double begin_m = stretch.begin * length_m;
    const double end_m = stretch.end < 1 ? stretch.end * length_m : length_m;
    const bool last = k + 1 == segments;
    if (begin_m <= passed_m + segment_m || last) {
      add(at(begin_m));
      const bool ends_here = end_m <= passed_m + segment_m && stretch.end < 1;
      add(ends_here ? at(end_m) : b);
      if (ends_here) {
        break;
      }
    }
    passed_m += segment_m;
  }
  if (lines.vertices.size() < first + 2) {
    lines.vertices.resize(first);
    return false;
  }
  lines.end_line();
  return true;
}

}  // namespace maillage
