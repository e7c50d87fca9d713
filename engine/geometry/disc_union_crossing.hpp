#pragma once

#include <cstdint>

#include "engine/geometry/disc_union_arcs.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// Where the area's border enters or leaves the union, on the circle of the disc that it enters or leaves.
struct Crossing {
  std::uint32_t disc = 0;
  bool leaves = false;  ///< the border comes out of the disc: a clockwise arc of the gap's border ends here
  Direction at;
  Point point;
};

}  // namespace maillage
