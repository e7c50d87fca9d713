#pragma once

#include <string>
#include <vector>

#include "engine/geometry/point.hpp"
#include "maps/layer.hpp"
#include "maps/page_outlines.hpp"

namespace maillage::detail {

/// A part of the plane that maps show in one piece: the mainland, or an overseas departement, which the plane of several
/// systems lays thousands of kilometres beside it (Planes).
struct MapPart {
  Box box;            ///< metres
  std::string label;  ///< of an inset: the departement; empty for the main part
};

/// The parts of a set of layers, the main one first, the others from west to east of the plane.
[[nodiscard]] std::vector<MapPart> map_parts(const LayerSet& layers);

/// A rectangle of the page, in millimetres from its upper left corner.
struct PageBox {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

/// Where a part stands on the page, and at what scale.
struct MapFrame {
  Box plane;          ///< what is drawn: it fills the box in one direction, and is centred in the other
  PageBox page;
  double mm_per_m = 0;
  bool is_inset = false;
  std::string label;

  [[nodiscard]] Point on_page(const Point& position) const {
    return {page.left + (position.x - plane.min_x) * mm_per_m, page.top + (plane.max_y - position.y) * mm_per_m};
  }
  [[nodiscard]] GridPoint on_grid(const Point& position) const;
};

/// \param fills  what lies in the page's box beside the part is shown as well
[[nodiscard]] MapFrame frame_of(const MapPart& part, const PageBox& page, bool fills);

[[nodiscard]] inline bool overlap(const Box& a, const Box& b) {
  return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

/// The box of each feature; empty where it has no geometry.
[[nodiscard]] std::vector<Box> feature_boxes(const Layer& layer);

}  // namespace maillage::detail
