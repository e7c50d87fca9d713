#include "engine/geometry/predicates.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace maillage {

namespace {

/// Sum of doubles held exactly as non-overlapping components of increasing magnitude.
class Expansion {
 public:
  /// Adds x * y; exact because the product's rounding error is itself a double.
  void add_product(const double x, const double y) {
    const double product = x * y;
    add(std::fma(x, y, -product));
    add(product);
  }
  [[nodiscard]] int sign() const {
    for (std::size_t i = size_; i > 0; --i) {
      if (components_[i - 1] != 0) {
        return components_[i - 1] > 0 ? 1 : -1;
      }
    }
    return 0;
  }

 private:
  // Shewchuk's Grow-Expansion with Knuth's two-sum.
  void add(double value) {
    for (std::size_t i = 0; i < size_; ++i) {
      const double sum = value + components_[i];
      const double virtual_part = sum - value;
      components_[i] = (value - (sum - virtual_part)) + (components_[i] - virtual_part);
      value = sum;
    }
    components_[size_++] = value;
  }

  std::array<double, 12> components_{};
  std::size_t size_ = 0;
};

}  // namespace

int exact_orientation(const Point& a, const Point& b, const Point& c) {
  // (b - a) x (c - a) multiplied out: no difference is taken, so nothing is rounded before the exact sum.
  Expansion sum;
  sum.add_product(a.x, b.y);
  sum.add_product(-a.y, b.x);
  sum.add_product(b.x, c.y);
  sum.add_product(-b.y, c.x);
  sum.add_product(c.x, a.y);
  sum.add_product(-c.y, a.x);
  return sum.sign();
}

double distance_to_segment(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double squared_length = dx * dx + dy * dy;
  const double along =
      squared_length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared_length, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - (a.x + along * dx), p.y - (a.y + along * dy));
}

}  // namespace maillage
