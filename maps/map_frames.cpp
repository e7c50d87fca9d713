#include "maps/map_frames.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "maps/field_dictionary.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

namespace {

/// Half of what lies between the systems of a composite plane (adapters/proj).
constexpr double kHalfApartM = 10'000'000;

std::int64_t slab_of(const Box& box) {
  return static_cast<std::int64_t>(std::floor(((box.min_x + box.max_x) / 2 + kHalfApartM) / (2 * kHalfApartM)));
}

Box extended(Box box, const Box& more) {
  box.extend({more.min_x, more.min_y});
  box.extend({more.max_x, more.max_y});
  return box;
}

Box box_of(const std::span<const Point> points) {
  Box box;
  for (const Point& point : points) {
    box.extend(point);
  }
  return box;
}

}  // namespace

std::vector<Box> feature_boxes(const Layer& layer) {
  std::vector<Box> boxes(layer.features());
  for (std::size_t feature = 0; feature < boxes.size(); ++feature) {
    switch (layer.geometry) {
      case GeometryKind::multi_polygon:
        boxes[feature] = bounding_box(layer.areas, AreaIndex{feature});
        break;
      case GeometryKind::multi_line:
        for (auto line = layer.lines.feature_first[feature]; line < layer.lines.feature_first[feature + 1]; ++line) {
          const Box one = box_of(layer.lines.line(line));
          boxes[feature] = one.empty() ? boxes[feature] : extended(boxes[feature], one);
        }
        break;
      case GeometryKind::point:
        if (layer.points[feature]) {
          boxes[feature].extend(*layer.points[feature]);
        }
        break;
      case GeometryKind::none:
        break;
    }
  }
  return boxes;
}

std::vector<MapPart> map_parts(const LayerSet& layers) {
  const auto communes = std::ranges::find(layers.layers, layer_name(LayerKind::communes), &Layer::name);
  std::map<std::pair<std::int64_t, std::string>, Box> parts;
  const auto add = [&](const Layer& layer, const bool by_departement) {
    const std::vector<Box> boxes = feature_boxes(layer);
    for (std::size_t feature = 0; feature < boxes.size(); ++feature) {
      if (!boxes[feature].empty()) {
        const std::string departement =
            by_departement ? category_text(layer.columns[field_position(layer, "departement_nom")][feature]) : "";
        Box& box = parts[{slab_of(boxes[feature]), departement}];
        box = extended(box, boxes[feature]);
      }
    }
  };
  if (communes != layers.layers.end()) {
    add(*communes, true);
  } else {
    std::ranges::for_each(layers.layers, [&](const Layer& layer) { add(layer, false); });
  }
  std::vector<MapPart> list;
  for (const auto& [place, box] : parts) {
    if (!list.empty() && place.first == parts.begin()->first.first) {
      list.front().box = extended(list.front().box, box);
    } else {
      list.push_back({.box = box, .label = list.empty() ? "" : place.second});
    }
  }
  return list;
}

GridPoint MapFrame::on_grid(const Point& position) const {
  const Point place = on_page(position);
  return {static_cast<std::int32_t>(std::lround(place.x / kGridMm)),
          static_cast<std::int32_t>(std::lround(place.y / kGridMm))};
}

MapFrame frame_of(const MapPart& part, const PageBox& page, const bool fills) {
  MapFrame frame{.plane = part.box, .page = page, .label = part.label};
  const double width_m = std::max(part.box.max_x - part.box.min_x, 1.0);
  const double height_m = std::max(part.box.max_y - part.box.min_y, 1.0);
  frame.mm_per_m = std::min(page.width / width_m, page.height / height_m);
  const double spare_x = (page.width / frame.mm_per_m - width_m) / 2;
  const double spare_y = (page.height / frame.mm_per_m - height_m) / 2;
  if (fills) {
    frame.plane = {part.box.min_x - spare_x, part.box.min_y - spare_y, part.box.max_x + spare_x, part.box.max_y + spare_y};
  } else {
    frame.page.left += spare_x * frame.mm_per_m;
    frame.page.top += spare_y * frame.mm_per_m;
    frame.page.width -= 2 * spare_x * frame.mm_per_m;
    frame.page.height -= 2 * spare_y * frame.mm_per_m;
  }
  return frame;
}

}  // namespace maillage::detail
