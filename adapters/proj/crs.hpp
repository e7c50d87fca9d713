#pragma once

#include <optional>
#include <string>

#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// The coordinate system that a text defines ("EPSG:2154", "OGC:CRS84", WKT of any dialect, PROJ string), horizontal part
/// only. Where a known EPSG system has the same parameters, its code replaces the text. \throws InputError when it is not a
/// geographic or projected system
[[nodiscard]] CoordinateSystem describe_crs(const std::string& definition);

/// The same for a system that a file names, so that the message names the file.
[[nodiscard]] CoordinateSystem describe_crs(const std::string& definition, const std::string& source);

/// Where a system may be used, in degrees, as its authority says; nothing when it does not say.
[[nodiscard]] std::optional<Box> area_of_use(const std::string& definition);

/// Whether the system is projected and counts metres on both axes. \throws InputError as describe_crs
[[nodiscard]] bool is_metric_plane(const std::string& definition);

/// Length in the plane over length on the ellipsoid: 1.0022 where 10 km measure 10,022 m.
struct ScaleRange {
  double least = 1;
  double greatest = 1;
};

/// Scale of a projected system over a box in degrees, from 9 x 9 points and in all directions. Cost: 81 evaluations.
/// Source: Tissot's indicatrix; Snyder (1987), USGS Professional Paper 1395, doi:10.3133/pp1395.
/// \throws InputError as describe_crs, or when the system cannot represent the box
[[nodiscard]] ScaleRange scale_factor_range(const std::string& projected, const Box& degrees);

}  // namespace maillage
