#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "engine/geometry/line_set.hpp"

namespace maillage::detail {

/// A place inside a line where it meets another.
struct LineCut {
  std::uint32_t line = 0;
  std::uint32_t segment = 0;  ///< from the line's vertex of that number to the next
  double along = 0;           ///< distance from the segment's start, metres
  Point position;
  friend constexpr auto operator<=>(const LineCut&, const LineCut&) = default;
};

/// Where segments of lines cross or touch, and where an end of a line comes within `tolerance_m` of another line; in order,
/// each once. The position of a crossing does not depend on the order of lines. Cost: O(n log n + found)
[[nodiscard]] std::vector<LineCut> find_line_cuts(const LineSet& lines, double tolerance_m);

}  // namespace maillage::detail
