#pragma once

#include <span>
#include <vector>

#include "maps/page_outlines.hpp"

namespace maillage::detail {

/// A straight line on the page, in grid steps.
struct GridLine {
  GridPoint from;
  GridPoint to;
};

/// Hatching of an area: lines that rise by 45 degrees, `spacing` steps apart, cut at its rings (even-odd). They stand at the
/// same places of the page whatever the area, so that hatchings of neighbours join. Lines, not a pattern: patterns are
/// turned into images by what makes PDF.
[[nodiscard]] std::vector<GridLine> hatch_lines(std::span<const GridRing> rings, std::int32_t spacing);

}  // namespace maillage::detail
