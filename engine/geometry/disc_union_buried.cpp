#include "engine/geometry/disc_union_buried.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>

#include "engine/core/parallel.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

namespace {

constexpr double kCellsARadius = 3;
/// Discs over a point, on average, under which hardly a circle is hidden.
constexpr double kLeastDepth = 4;
constexpr std::size_t kLeastDiscs = 64;
constexpr std::size_t kDiscsPerBlock = 4096;
/// Rounding of coordinates counted in cells, which are under 1e9 even on stretched grids.
constexpr double kSlack = 1e-6;

std::uint64_t ones(const std::int64_t first, const std::int64_t last) {
  const std::uint64_t from = ~std::uint64_t{0} << (first & 63);
  const std::uint64_t to = ~std::uint64_t{0} >> (63 - ((last - 1) & 63));
  return from & to;
}

}  // namespace

CoveredCells::CoveredCells(const std::span<const Disc> discs) {
  if (discs.size() < kLeastDiscs) {
    return;
  }
  Box box;
  double radii = 0;
  for (const Disc& disc : discs) {
    box.extend(disc.centre);
    radii += disc.radius_m;
  }
  const double radius = radii / static_cast<double>(discs.size());
  const double width = box.max_x - box.min_x + 2 * radius;
  const double height = box.max_y - box.min_y + 2 * radius;
  const double discs_m2 = static_cast<double>(discs.size()) * std::numbers::pi * radius * radius;
  if (!(discs_m2 >= kLeastDepth * width * height)) {
    return;
  }
  first_x_ = box.min_x - radius;
  first_y_ = box.min_y - radius;
  per_metre_ = kCellsARadius / radius;
  columns_ = static_cast<std::int64_t>(width * per_metre_) + 1;
  rows_ = static_cast<std::int64_t>(height * per_metre_) + 1;
  words_a_row_ = static_cast<std::size_t>(columns_ + 63) / 64;
  bits_.assign(words_a_row_ * static_cast<std::size_t>(rows_), 0);
  parallel_for_blocks(discs.size(), kDiscsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      cover(discs[i]);
    }
  });
}

void CoveredCells::cover(const Disc& disc) {
  // In cells from the grid's corner. A row's cells lie within the disc where both its sides' chords reach.
  const double x = (disc.centre.x - first_x_) * per_metre_;
  const double y = (disc.centre.y - first_y_) * per_metre_;
  const double radius = disc.radius_m * per_metre_ - kSlack;
  const double columns = static_cast<double>(columns_);
  const auto first = static_cast<std::int64_t>(std::max(y - radius, -1.0) + 1);
  const auto last = static_cast<std::int64_t>(std::min(y + radius, static_cast<double>(rows_)));
  for (std::int64_t row = first; row < last; ++row) {
    const double below = static_cast<double>(row) - y;
    const double farther = std::max(-below, below + 1);
    const double squared = radius * radius - farther * farther;
    if (squared <= 0) {
      continue;
    }
    const double half = std::sqrt(squared);
    set(row,
        {static_cast<std::int64_t>(std::max(x - half, -1.0) + 1), static_cast<std::int64_t>(std::min(x + half, columns))});
  }
}

void CoveredCells::set(const std::int64_t row, const Span columns) {
  if (columns.first >= columns.last) {
    return;
  }
  const std::size_t base = static_cast<std::size_t>(row) * words_a_row_;
  for (std::int64_t from = columns.first; from < columns.last;) {
    const std::int64_t to = std::min(columns.last, (from | 63) + 1);
    const std::uint64_t mask = ones(from, to);
    // Threads share the words; most cells are covered many times over, and then a look is enough.
    const std::atomic_ref<std::uint64_t> word{bits_[base + static_cast<std::size_t>(from >> 6)]};
    if ((word.load(std::memory_order_relaxed) & mask) != mask) {
      word.fetch_or(mask, std::memory_order_relaxed);
    }
    from = to;
  }
}

bool CoveredCells::all_set(const std::int64_t row, const Span columns) const {
  const std::size_t base = static_cast<std::size_t>(row) * words_a_row_;
  for (std::int64_t from = columns.first; from < columns.last;) {
    const std::int64_t to = std::min(columns.last, (from | 63) + 1);
    const std::uint64_t mask = ones(from, to);
    if ((bits_[base + static_cast<std::size_t>(from >> 6)] & mask) != mask) {
      return false;
    }
    from = to;
  }
  return true;
}

bool CoveredCells::hide_circle_of(const Disc& disc) const {
  if (bits_.empty()) {
    return false;
  }
  // A cell that a circle passes through lies not within its own disc, so that a bit there speaks of another.
  const double x = (disc.centre.x - first_x_) * per_metre_;
  const double y = (disc.centre.y - first_y_) * per_metre_;
  const double radius = disc.radius_m * per_metre_;
  const double outer = radius + kSlack;
  const double inner = radius - kSlack;
  if (x - outer < 0 || y - outer < 0 || x + outer >= static_cast<double>(columns_) ||
      y + outer >= static_cast<double>(rows_)) {
    return false;
  }
  const auto first = static_cast<std::int64_t>(y - outer);
  const auto last = static_cast<std::int64_t>(y + outer);
  for (std::int64_t row = first; row <= last; ++row) {
    const double below = static_cast<double>(row) - y;
    const double nearer = std::max({below, -below - 1, 0.0});
    const double farther = std::max(-below, below + 1);
    const double wide = std::sqrt(std::max(outer * outer - nearer * nearer, 0.0)) + kSlack;
    const double squared = inner * inner - farther * farther;
    const auto west = static_cast<std::int64_t>(std::max(x - wide, 0.0));
    const auto east = static_cast<std::int64_t>(std::min(x + wide, static_cast<double>(columns_ - 1))) + 1;
    if (squared <= 0) {
      if (!all_set(row, {west, east})) {
        return false;
      }
      continue;
    }
    const double narrow = std::sqrt(squared) - kSlack;
    if (!all_set(row, {west, static_cast<std::int64_t>(x - narrow) + 1}) ||
        !all_set(row, {static_cast<std::int64_t>(x + narrow), east})) {
      return false;
    }
  }
  return true;
}

}  // namespace maillage
