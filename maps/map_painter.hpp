#pragma once

#include <span>
#include <string>

#include "maps/map_frames.hpp"
#include "maps/svg_map.hpp"

namespace maillage::detail {

/// How a frame is painted.
struct FramePaint {
  std::string identifier{};   ///< of its clip path, unique in the document
  bool clips = false;         ///< features may leave the frame
  std::string highlighted{};  ///< code of a commune to outline; empty: none
  double circle_scale = 1;    ///< insets have smaller circles and markers
};

/// The views of a map in one frame, lowest first.
[[nodiscard]] std::string paint_frame(std::span<const MapDrawing::DrawnView> views, const MapFrame& frame,
                                      const FramePaint& how);

}  // namespace maillage::detail
