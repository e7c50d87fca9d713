#pragma once

#include <functional>
#include <span>
#include <string>

#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// Converts positions in place. A position that cannot be converted becomes non-finite in both coordinates.
using Conversion = std::function<void(std::span<Point>)>;

/// The three planes of a territory and the ways between them, made once by the projection adapter:
/// the source plane (coordinates as the contours' file has them, where the join is done), the territory plane (metres, where
/// everything is measured) and degrees (longitude as x), where files for the world are written.
/// A territory that spans several legal CRS (metropolitan France and overseas) has one plane all the same: each CRS is laid
/// beside the others, shifted by whole thousands of kilometres, so that distances and areas inside each are its own and
/// nothing is near across them.
struct Planes {
  CoordinateSystem source;
  std::string plane;  ///< "EPSG:2154", or "EPSG:2154 + EPSG:2975 (+20000 km)" for several
  Conversion source_to_plane;
  Conversion plane_to_source;
  Conversion lonlat_to_source;
  Conversion source_to_lonlat;
  Conversion plane_to_lonlat;
};

}  // namespace maillage
