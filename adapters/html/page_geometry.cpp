#include "adapters/html/page_geometry.hpp"

#include <cmath>
#include <utility>

namespace maillage::detail {

using nlohmann::json;

json grid_json(const PageGrid& grid) {
  json parts = json::array();
  for (const PageGrid::Part& part : grid.parts) {
    parts.push_back({{"width", std::ceil((part.box.max_x - part.origin.x) / grid.step_m)},
                     {"height", std::ceil((part.box.max_y - part.origin.y) / grid.step_m)}});
  }
  return {{"step_m", grid.step_m}, {"parts", std::move(parts)}};
}

json topology_json(const Topology& topology, const std::size_t parts) {
  json sizes = json::array();
  json steps = json::array();
  GridPoint last;
  for (std::size_t arc = 0; arc < topology.arcs(); ++arc) {
    sizes.push_back(topology.arc(arc).size());
    for (const GridPoint& at : topology.arc(arc)) {
      steps.push_back(at.x - last.x);
      steps.push_back(at.y - last.y);
      last = at;
    }
  }
  json areas = json::array();
  for (std::size_t area = 0; area + 1 < topology.area_first.size(); ++area) {
    json polygons = json::array();
    for (std::size_t polygon = topology.area_first[area]; polygon < topology.area_first[area + 1]; ++polygon) {
      json rings = json::array();
      for (std::size_t ring = topology.polygon_first[polygon]; ring < topology.polygon_first[polygon + 1]; ++ring) {
        json references = json::array();
        for (std::size_t k = topology.ring_first[ring]; k < topology.ring_first[ring + 1]; ++k) {
          references.push_back(topology.references[k]);
        }
        rings.push_back(std::move(references));
      }
      polygons.push_back(std::move(rings));
    }
    areas.push_back(std::move(polygons));
  }
  json result{{"sizes", std::move(sizes)}, {"steps", std::move(steps)}, {"areas", std::move(areas)}};
  if (parts > 1) {
    result["parts"] = topology.arc_part;
  }
  return result;
}

json points_json(const Layer& layer, const std::vector<std::size_t>& features, const PageGrid& grid) {
  json x = json::array();
  json y = json::array();
  json part = json::array();
  for (const std::size_t feature : features) {
    const std::optional<Point>& point = layer.points[feature];
    if (!point) {
      x.push_back(nullptr);
      y.push_back(nullptr);
      part.push_back(nullptr);
      continue;
    }
    const std::size_t in = grid.part_of(*point);
    const GridPoint at = grid.on_grid(*point, in);
    x.push_back(at.x);
    y.push_back(at.y);
    part.push_back(in);
  }
  json result{{"x", std::move(x)}, {"y", std::move(y)}};
  if (grid.parts.size() > 1) {
    result["part"] = std::move(part);
  }
  return result;
}

json shapes_json(const Layer& layer, const std::vector<std::size_t>& features, const PageGrid& grid) {
  json shapes = json::array();
  json parts = json::array();
  for (const std::size_t feature : features) {
    const AreaIndex area{feature};
    json polygons = json::array();
    for (const GridRings& rings : grid_polygons(layer.areas, area, grid, kShapeTolerance)) {
      json lines = json::array();
      for (const std::vector<GridPoint>& ring : rings) {
        json line = json::array();
        GridPoint last;
        for (const GridPoint& at : ring) {
          line.push_back(at.x - last.x);
          line.push_back(at.y - last.y);
          last = at;
        }
        lines.push_back(std::move(line));
      }
      polygons.push_back(std::move(lines));
    }
    const Box box = bounding_box(layer.areas, area);
    parts.push_back(box.empty() ? 0 : grid.part_of({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}));
    shapes.push_back(std::move(polygons));
  }
  return {{"polygons", std::move(shapes)}, {"part", std::move(parts)}};
}

}  // namespace maillage::detail
