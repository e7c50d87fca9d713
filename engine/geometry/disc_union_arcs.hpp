#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

class CoveredCells;

/// A unit vector with its pseudo-angle.
struct Direction {
  double x = 1;
  double y = 0;
  double turn = 0;  ///< grows with the angle; half a turn is 4, a whole one 8; in [-1, 7)
};

/// Pseudo-angle of a unit vector: monotone in the angle, without trigonometry, as precise as its coordinates everywhere.
[[nodiscard]] inline double turn_of(const double x, const double y) {
  // From tables: directions come in any order, and branches on them would be guessed wrong half the time.
  constexpr double kQuarter[2][2] = {{6, 2}, {4, 0}};
  constexpr double kSign[2][2] = {{1, -1}, {-1, 1}};
  const bool level = std::abs(x) >= std::abs(y);
  const double along[2] = {y, x};
  const double across[2] = {x, y};
  const bool ahead = along[level] > 0;
  return kQuarter[level][ahead] + kSign[level][ahead] * across[level];
}
[[nodiscard]] inline Direction direction(const double x, const double y) {
  return {x, y, turn_of(x, y)};
}
/// Pseudo-angle from `from` counter-clockwise to `to`, in [0, 8).
[[nodiscard]] inline double turn_between(const double from, const double to) {
  return to >= from ? to - from : to - from + 8;
}
/// Angle counter-clockwise from `from` to `to`, radians in [0, 2 pi).
[[nodiscard]] double angle_between(const Direction& from, const Direction& to);

/// A part of a disc's circle outside every other disc, counter-clockwise from `start` to `end`.
struct VisibleArc {
  std::uint32_t disc = 0;
  bool whole = false;  ///< the whole circle; start and end mean nothing
  Direction start;
  Direction end;
};

/// Discs in a fixed order, with what shows of their circles. Built once, then read-only.
/// Cost: near O(n) for even spreads: neighbours are looked at from near to far until a disc is buried.
class DiscUnion {
 public:
  /// \throws ArgumentError if a radius is negative or not finite, or a centre is not finite
  explicit DiscUnion(std::span<const Disc> discs);

  [[nodiscard]] std::span<const Disc> discs() const { return discs_; }
  [[nodiscard]] std::span<const VisibleArc> arcs_of(const std::uint32_t disc) const {
    return std::span<const VisibleArc>{arcs_}.subspan(arc_first_[disc], arc_first_[disc + 1] - arc_first_[disc]);
  }
  [[nodiscard]] std::size_t arcs() const { return arcs_.size(); }
  [[nodiscard]] double largest_radius_m() const { return largest_radius_m_; }
  /// Numbers of the discs whose bounding box meets `box`, ascending, in place of what `found` held.
  void find(const Box& box, std::vector<std::uint32_t>& found) const;
  /// The same of the discs whose circle shows somewhere.
  void find_visible(const Box& box, std::vector<std::uint32_t>& found) const;

 private:
  void sort_into_strips();
  [[nodiscard]] std::size_t strip_of(double y) const;
  struct Row;
  [[nodiscard]] std::vector<Row> rows_near(std::size_t strip) const;
  /// Whether discs have so many neighbours in the rows that most are buried by the nearest.
  [[nodiscard]] bool crowded(const std::vector<Row>& rows) const;
  void find_arcs_of_strip(std::size_t strip, const CoveredCells& covered, std::vector<VisibleArc>& arcs) const;

  std::vector<Disc> discs_;  // by strip, then x, y, radius
  std::vector<std::uint32_t> strip_first_{0};
  double first_y_ = 0;
  double strip_height_ = 1;
  double largest_radius_m_ = 0;
  std::vector<VisibleArc> arcs_;
  std::vector<std::uint32_t> arc_first_{0};
  std::vector<std::uint32_t> visible_;  // discs with arcs, ascending
};

}  // namespace maillage
