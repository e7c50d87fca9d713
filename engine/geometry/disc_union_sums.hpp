#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "engine/core/compensated_sum.hpp"
#include "engine/geometry/disc_union_boundary.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// What a border's pieces enclose, and whether they can close, added up piece by piece in any number of partial sums.
class BorderSums {
 public:
  /// \param box  holds the border
  explicit BorderSums(const Box& box)
      : origin_(box.empty() ? Point{} : Point{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}),
        extent_(std::max({box.max_x - box.min_x, box.max_y - box.min_y, 1e-300})) {}

  /// Nothing added yet, for the same border.
  [[nodiscard]] BorderSums empty_copy() const {
    BorderSums copy = *this;
    copy.area_m2_ = {};
    copy.closing_ = {};
    copy.largest_ = 0;
    copy.pieces_ = 0;
    return copy;
  }

  void add(const DiscUnion& discs, const GapBoundary& boundary, const GapPiece& piece) {
    area_m2_.add(area_of_piece(discs, boundary, piece, origin_));
    if (!piece.closed) {
      add_ends(piece.first, piece.last);
      largest_ = std::max({largest_, std::abs(piece.first.x), std::abs(piece.first.y)});
    }
    ++pieces_;
  }
  void add(const BorderSums& other) {
    area_m2_.add(other.area_m2_.value());
    for (std::size_t i = 0; i < closing_.size(); ++i) {
      closing_[i].add(other.closing_[i].value());
    }
    largest_ = std::max(largest_, other.largest_);
    pieces_ += other.pieces_;
  }

  [[nodiscard]] double area_m2() const { return area_m2_.value(); }
  /// Whether the pieces can close: over closed curves, the differences of any function between a piece's ends add up to 0.
  /// Five functions are tried, for one alone may cancel by symmetry. A forgotten or surplus piece of some length shows.
  [[nodiscard]] bool close(const double largest_radius_m) const {
    const double slack = 1e-6 * largest_radius_m + 1e-15 * largest_ * static_cast<double>(pieces_ + 100);
    return std::all_of(closing_.begin(), closing_.end(),
                       [&](const CompensatedSum& sum) { return std::abs(sum.value()) <= slack; });
  }

 private:
  void add_ends(const Point& first, const Point& last) {
    const Point a{first.x - origin_.x, first.y - origin_.y};
    const Point b{last.x - origin_.x, last.y - origin_.y};
    closing_[0].add(b.x - a.x);
    closing_[1].add(b.y - a.y);
    closing_[2].add((b.x * b.x - a.x * a.x) / extent_);
    closing_[3].add((b.x * b.y - a.x * a.y) / extent_);
    closing_[4].add((b.y * b.y - a.y * a.y) / extent_);
  }

  Point origin_;
  double extent_;
  CompensatedSum area_m2_;
  std::array<CompensatedSum, 5> closing_;
  double largest_ = 0;
  std::size_t pieces_ = 0;
};

}  // namespace maillage
