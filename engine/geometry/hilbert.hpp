#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// Steps of some metres over a thousand kilometres; keys of 40 bits.
inline constexpr std::uint32_t kHilbertOrder = 20;

/// A square laid over a box, cut into 2^kHilbertOrder steps along each side.
class HilbertSquare {
 public:
  explicit HilbertSquare(const Box& box);
  /// Distance along the Hilbert curve that fills the square to the step of a point; points outside count as on its edge,
  /// those not finite as at its origin. Near keys lie near one another. Source: Hilbert (1891), doi:10.1007/BF01199431; by
  /// one rotation per bit.
  [[nodiscard]] std::uint64_t key(const Point& point) const;

 private:
  Point origin_;
  double steps_per_unit_;
};

/// Keys of points in the square about them.
[[nodiscard]] std::vector<std::uint64_t> hilbert_keys(std::span<const Point> points);

}  // namespace maillage
