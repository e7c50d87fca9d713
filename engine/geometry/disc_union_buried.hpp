#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/disc_union.hpp"

namespace maillage {

/// Cells of a square grid that lie within one of many discs, one bit each: tells at once that a circle is hidden. It never
/// says so of a circle that shows, and where discs are too few to hide much it has no cells and knows of none.
/// Cost: O(discs) time, under 7 bytes a disc.
class CoveredCells {
 public:
  explicit CoveredCells(std::span<const Disc> discs);

  /// Whether every point of the disc's circle is well within some other disc.
  [[nodiscard]] bool hide_circle_of(const Disc& disc) const;

 private:
  struct Span {
    std::int64_t first;
    std::int64_t last;
  };
  void cover(const Disc& disc);
  void set(std::int64_t row, Span columns);
  [[nodiscard]] bool all_set(std::int64_t row, Span columns) const;

  double first_x_ = 0;
  double first_y_ = 0;
  double per_metre_ = 0;
  std::int64_t columns_ = 0;
  std::int64_t rows_ = 0;
  std::size_t words_a_row_ = 0;
  std::vector<std::uint64_t> bits_;
};

}  // namespace maillage
