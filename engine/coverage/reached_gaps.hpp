#pragma once

#include "engine/coverage/geometric_gaps.hpp"

namespace maillage {

/// The territory less a reached area that is drawn as polygons (a service area by road): the same figures and parts as
/// geometric_gaps, exact for the polygons given.
/// \param outline  contour of the whole territory, territory plane  \param reached  valid; its areas do not overlap
/// \param drawing_error_m  how far the border of `reached` may be from the true one: told on as max_error_m
/// \throws Error if the overlay of polygons fails.
/// Cost: an overlay per commune with the piece of `reached` about it, cut out by halves; O(vertices log communes) for these
[[nodiscard]] GeometricGaps reached_gaps(const Territory& territory, const AreaSet& outline, const AreaSet& reached,
                                         double drawing_error_m, const GeometricGapOptions& options = {});

}  // namespace maillage
