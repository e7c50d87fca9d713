#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/line_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// Converts the positions of a road network, in place, from their source's system to one plane in metres.
/// \param wanted  the plane; empty: the source's if it is one, else default_plane of all positions
/// \returns the plane's code: "EPSG:2154". \throws InputError as make_planes, or when a position is none in the plane.
/// Cost: O(positions), on all threads
[[nodiscard]] std::string to_road_plane(const CoordinateSystem& source, std::initializer_list<std::span<Point>> positions,
                                        const std::string& wanted = {});

/// Length of the shortest way on the ellipsoid (GRS 80) between two positions in degrees, in metres; a relative
/// error below 1e-7. Cost: tens of nanoseconds when they are a few kilometres apart, else a microsecond. Sources: Gauss's
/// mid-latitude formulae, Rapp (1991), Geometric Geodesy I; Karney (2013), doi:10.1007/s00190-012-0578-z.
[[nodiscard]] double ground_distance_m(const Point& from_degrees, const Point& to_degrees);
/// The same along a line.
[[nodiscard]] double ground_length_m(std::span<const Point> degrees);

struct LinePlacement {
  std::string crs;               ///< the plane's code
  std::vector<double> ground_m;  ///< per line: its length on the ellipsoid
};

/// Measures lines on the ground and moves them, and `nodes`, to one plane. \throws InputError as to_road_plane.
/// Cost: O(vertices), on all threads
[[nodiscard]] LinePlacement place_lines(LineSet& lines, std::span<Point> nodes, const CoordinateSystem& source,
                                        const std::string& wanted = {});

}  // namespace maillage
