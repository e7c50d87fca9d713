#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/geometry/point.hpp"
#include "maps/map_frames.hpp"

namespace maillage::detail {

/// A town that may be labelled.
struct LabelCandidate {
  std::string name;
  std::int64_t population = 0;
  Point position;  ///< on the page, mm
};

/// A label with its place.
struct PlacedLabel {
  std::string name;
  Point dot;        ///< of the town
  Point baseline;   ///< where the text begins
  double size_mm = 0;
  Box box;          ///< of the text on the page
};

/// Labels of the most populous towns that find room: each tries right, left, above and below its dot, the largest first; none
/// lies over another, over another's dot, or leaves the box. Ties by name. Cost: O(tried x placed).
/// \param largest_mm  size of the letters of the first; later ones are smaller, to 75 % of it
[[nodiscard]] std::vector<PlacedLabel> place_labels(std::vector<LabelCandidate> candidates, const PageBox& room,
                                                    std::size_t most, double largest_mm);

/// Dots and texts with a white edge.
[[nodiscard]] std::string draw_labels(const std::vector<PlacedLabel>& labels);

}  // namespace maillage::detail
