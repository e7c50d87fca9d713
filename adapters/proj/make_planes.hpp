#pragma once

#include <span>
#include <string>

#include "adapters/proj/crs.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/planes.hpp"

namespace maillage {

/// Batch conversion between two systems, x first (longitude, easting) on both sides. May be called from several threads;
/// long batches are spread over threads themselves. WGS 84 and the French and European geodetic systems that agree with it
/// to under a metre are one: between them nothing is changed. \throws InputError when a system is unknown or no way leads
/// from one to the other
[[nodiscard]] Conversion make_conversion(const CoordinateSystem& from, const CoordinateSystem& to);

/// The planes of a territory.
/// \param source   system of the contours
/// \param extents  boxes of the contours in it, one for each or one for all: their centres decide which systems are needed
/// \param wanted   projected CRS to compute in; empty: the source's if it is projected and metric, else the legal one of the
/// place
///                 (decree 2000-1276 as amended: Lambert-93, RGAF09, RGFG95, RGR92, RGM04, RGSPM06), else the UTM zone
/// \throws InputError when `wanted` is geographic, not in metres, used outside its area of use, or stretches lengths by over
/// 1 %
[[nodiscard]] Planes make_planes(const CoordinateSystem& source, std::span<const Box> extents,
                                 const std::string& wanted = {});
[[nodiscard]] Planes make_planes(const CoordinateSystem& source, const Box& extent, const std::string& wanted = {});

}  // namespace maillage
