#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "maps/topology.hpp"

namespace maillage {

namespace {

double outside(const Box& box, const Point& position) {
  const double dx = std::max({box.min_x - position.x, 0.0, position.x - box.max_x});
  const double dy = std::max({box.min_y - position.y, 0.0, position.y - box.max_y});
  return dx + dy;
}

/// The next of 1, 2, 5, 10, 20, 50... that is not less.
double round_step(const double least) {
  constexpr std::array kSteps{1.0, 2.0, 5.0};
  double decade = 1;
  for (;;) {
    for (const double step : kSteps) {
      if (step * decade >= least) {
        return step * decade;
      }
    }
    decade *= 10;
  }
}

}  // namespace

std::size_t PageGrid::part_of(const Point& position) const {
  std::size_t nearest = 0;
  for (std::size_t part = 1; part < parts.size(); ++part) {
    if (outside(parts[part].box, position) < outside(parts[nearest].box, position)) {
      nearest = part;
    }
  }
  return nearest;
}

GridPoint PageGrid::on_grid(const Point& position, const std::size_t part) const {
  const Point& origin = parts[part].origin;
  return {.x = static_cast<std::int32_t>(std::lround((position.x - origin.x) / step_m)),
          .y = static_cast<std::int32_t>(std::lround((position.y - origin.y) / step_m))};
}

PageGrid make_page_grid(const AreaSet& areas) {
  std::vector<Box> boxes;
  for (std::size_t area = 0; area < areas.areas(); ++area) {
    if (areas.area_first[area] != areas.area_first[area + 1]) {
      boxes.push_back(bounding_box(areas, AreaIndex{area}));
    }
  }
  std::ranges::sort(boxes, {}, [](const Box& box) { return std::pair{box.min_x, box.min_y}; });
  PageGrid grid;
  for (const Box& box : boxes) {
    if (grid.parts.empty() || box.min_x - grid.parts.back().box.max_x > kPartsApartM) {
      grid.parts.emplace_back();
    }
    grid.parts.back().box.extend({box.min_x, box.min_y});
    grid.parts.back().box.extend({box.max_x, box.max_y});
  }
  if (grid.parts.empty()) {
    grid.parts.push_back({.box = {0, 0, 0, 0}, .origin = {0, 0}});
  }
  double longest = 0;
  for (PageGrid::Part& part : grid.parts) {
    part.origin = {std::floor(part.box.min_x), std::floor(part.box.min_y)};
    longest = std::max({longest, part.box.max_x - part.box.min_x, part.box.max_y - part.box.min_y});
  }
  grid.step_m = round_step(longest / kMostSteps);
  return grid;
}

double squared_distance(const GridPoint& position, const GridPoint& from, const GridPoint& to) {
  const double dx = static_cast<double>(to.x) - from.x;
  const double dy = static_cast<double>(to.y) - from.y;
  const double qx = static_cast<double>(position.x) - from.x;
  const double qy = static_cast<double>(position.y) - from.y;
  const double length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp((qx * dx + qy * dy) / length, 0.0, 1.0) : 0.0;
  const double ox = qx - along * dx;
  const double oy = qy - along * dy;
  return ox * ox + oy * oy;
}

std::vector<GridPoint> simplified(const std::span<const GridPoint> line, const double tolerance_steps) {
  std::vector<bool> kept(line.size(), false);
  std::vector<std::pair<std::size_t, std::size_t>> open;
  if (!line.empty()) {
    kept.front() = kept.back() = true;
    open.emplace_back(0, line.size() - 1);
  }
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double farthest = tolerance_steps * tolerance_steps;
    std::size_t at = first;
    for (std::size_t k = first + 1; k < last; ++k) {
      const double distance = squared_distance(line[k], line[first], line[last]);
      if (distance > farthest) {
        farthest = distance;
        at = k;
      }
    }
    if (at != first) {
      kept[at] = true;
      open.emplace_back(first, at);
      open.emplace_back(at, last);
    }
  }
  std::vector<GridPoint> left;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (kept[k]) {
      left.push_back(line[k]);
    }
  }
  return left;
}

std::vector<GridRings> grid_polygons(const AreaSet& areas, const AreaIndex area, const PageGrid& grid,
                                     const double tolerance_steps) {
  std::vector<GridRings> polygons;
  const std::size_t part = grid.part_of([&] {
    const Box box = bounding_box(areas, area);
    return Point{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
  }());
  for (std::size_t polygon = areas.area_first[area.value()]; polygon < areas.area_first[area.value() + 1]; ++polygon) {
    GridRings rings;
    const auto [first, last] = areas.rings_of_polygon(polygon);
    for (std::size_t ring = first; ring < last; ++ring) {
      std::vector<GridPoint> line;
      for (const Point& vertex : areas.ring(ring)) {
        const GridPoint point = grid.on_grid(vertex, part);
        if (line.empty() || line.back() != point) {
          line.push_back(point);
        }
      }
      constexpr std::size_t kLeastVertices = 4;  // a triangle, closed
      std::vector<GridPoint> kept = simplified(line, tolerance_steps);
      if (kept.size() >= kLeastVertices) {
        rings.push_back(std::move(kept));
      } else if (ring == first) {
        break;  // a shell that vanishes takes its holes with it
      }
    }
    if (!rings.empty()) {
      polygons.push_back(std::move(rings));
    }
  }
  return polygons;
}

}  // namespace maillage
