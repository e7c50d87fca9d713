#pragma once

#include <string>

#include "engine/geometry/point.hpp"

namespace maillage {

/// The projected system, in metres, for roads that lie in a box of degrees (longitude as x): the legal one of the box's
/// middle in France (Lambert-93 in the metropolis; overseas as make_planes says), else the UTM zone of the middle.
/// \returns an authority code, "EPSG:2154". \throws InputError when the box is empty or lies outside the world
[[nodiscard]] std::string default_plane(const Box& degrees);

}  // namespace maillage
