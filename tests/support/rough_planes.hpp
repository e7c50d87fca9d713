#pragma once

#include <cmath>

#include "engine/territory/planes.hpp"

namespace maillage::testing {

/// Degrees to metres near 46.5 degrees north, without a projection library: near enough for counts and neighbourhoods.
inline Planes rough_planes() {
  const auto forward = [](std::span<Point> points) {
    for (Point& point : points) {
      point = {(point.x - 3) * 76'600, (point.y - 46.5) * 111'200};
    }
  };
  const auto back = [](std::span<Point> points) {
    for (Point& point : points) {
      point = {point.x / 76'600 + 3, point.y / 111'200 + 46.5};
    }
  };
  const auto same = [](std::span<Point>) {};
  return {.source = {.definition = "OGC:CRS84", .geographic = true},
          .plane = "rough metres",
          .source_to_plane = forward,
          .plane_to_source = back,
          .lonlat_to_source = same,
          .source_to_lonlat = same,
          .plane_to_lonlat = back};
}

}  // namespace maillage::testing
