#include "engine/geometry/hilbert.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace maillage {

namespace {

std::uint64_t key_of_step(std::uint32_t x, std::uint32_t y) {
  std::uint64_t key = 0;
  for (std::uint32_t side = 1U << (kHilbertOrder - 1); side > 0; side /= 2) {
    const bool right = (x & side) != 0;
    const bool upper = (y & side) != 0;
    key = key * 4 + (right ? (upper ? 2 : 3) : (upper ? 1 : 0));
    if (!upper) {
      if (right) {
        x = ~x;
        y = ~y;
      }
      std::swap(x, y);
    }
  }
  return key;
}

}  // namespace

HilbertSquare::HilbertSquare(const Box& box)
    : origin_{box.min_x, box.min_y},
      steps_per_unit_(static_cast<double>((1U << kHilbertOrder) - 1) /
                      std::max({box.max_x - box.min_x, box.max_y - box.min_y, 1e-300})) {}

std::uint64_t HilbertSquare::key(const Point& point) const {
  const auto step = [&](const double at, const double origin) {
    const double steps = (at - origin) * steps_per_unit_;
    return std::isfinite(steps)
               ? static_cast<std::uint32_t>(std::clamp(steps, 0.0, static_cast<double>((1U << kHilbertOrder) - 1)))
               : 0U;
  };
  return key_of_step(step(point.x, origin_.x), step(point.y, origin_.y));
}

std::vector<std::uint64_t> hilbert_keys(const std::span<const Point> points) {
  Box box;
  for (const Point& point : points) {
    if (std::isfinite(point.x) && std::isfinite(point.y)) {
      box.extend(point);
    }
  }
  const HilbertSquare square(box);
  std::vector<std::uint64_t> keys(points.size());
  std::transform(points.begin(), points.end(), keys.begin(), [&](const Point& point) { return square.key(point); });
  return keys;
}

}  // namespace maillage
