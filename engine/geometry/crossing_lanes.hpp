#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "engine/geometry/area_locator_grid.hpp"
#include "engine/geometry/point.hpp"

/// Crossings of a run of edges with the ways of points to their cell's corner, eight points at a time.
namespace maillage::locator {

inline constexpr std::size_t kPointLanes = 8;

namespace detail {

using Doubles = double __attribute__((vector_size(64)));
using Masks = std::int64_t __attribute__((vector_size(64)));
using Bytes = std::uint8_t __attribute__((vector_size(8)));

[[gnu::always_inline]] inline void make_absolute(Doubles& values) {
  Masks bits;
  std::memcpy(&bits, &values, sizeof bits);
  bits &= std::int64_t{0x7fffffffffffffff};
  std::memcpy(&values, &bits, sizeof bits);
}

/// Crossings of one edge added to `odd`; where rounding may have decided, `doubtful` is set.
[[gnu::always_inline]] inline void cross_edge(const Point& a, const Point& b, const Point& corner, const Doubles& x,
                                              const Doubles& y, Masks& odd, Masks& doubtful) {
  constexpr double kErrorBound = 3.3306690738754716e-16;  // that of `orientation`
  const bool a_east = a.x > corner.x;
  const bool b_east = b.x > corner.x;
  if (!a_east && !b_east) {
    return;
  }
  const Masks crosses_row = (a.y > y) ^ (b.y > y);
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  Doubles left = dx * (y - a.y);
  if (a_east && b_east) {
    Doubles right = dy * (x - a.x);
    Doubles determinant = left - right;
    odd ^= crosses_row & ((determinant > 0) ^ (dy > 0 ? std::int64_t{-1} : std::int64_t{0}));
    make_absolute(left);
    make_absolute(right);
    make_absolute(determinant);
    doubtful |= crosses_row & ~(determinant > kErrorBound * (left + right));
    return;
  }
  const std::int64_t corner_side = shifted_side(a, b, corner) > 0 ? -1 : 0;
  const Doubles end_x = crosses_row ? x : Doubles{} + corner.x;
  Doubles right = dy * (end_x - a.x);
  Doubles determinant = left - right;
  odd ^= (determinant > 0) ^ corner_side;
  make_absolute(left);
  make_absolute(right);
  make_absolute(determinant);
  doubtful |= ~(determinant > kErrorBound * (left + right));
}

}  // namespace detail

/// Adds to `odd` (0 or 1 per point) the parity of the crossings that odd_crossings counts.
/// \param vertices  one more than there are edges
/// \param x,y,odd   `count` points of one cell; kPointLanes - 1 more may be read after the last, and `odd` written unchanged
[[gnu::always_inline]] inline void cross_run(const std::span<const Point> vertices, const Point& corner, const double* x,
                                             const double* y, std::uint8_t* odd, const std::size_t count) {
  using namespace detail;
  constexpr Masks kNumbers{0, 1, 2, 3, 4, 5, 6, 7};
  for (std::size_t first = 0; first < count; first += kPointLanes) {
    Doubles lane_x;
    Doubles lane_y;
    std::memcpy(&lane_x, x + first, sizeof lane_x);
    std::memcpy(&lane_y, y + first, sizeof lane_y);
    Masks crossed{};
    Masks doubtful{};
    for (std::size_t k = 0; k + 1 < vertices.size(); ++k) {
      cross_edge(vertices[k], vertices[k + 1], corner, lane_x, lane_y, crossed, doubtful);
    }
    const Masks within = kNumbers < static_cast<std::int64_t>(count - first);
    Bytes bytes;
    std::memcpy(&bytes, odd + first, sizeof bytes);
    bytes ^= __builtin_convertvector(crossed & within & 1, Bytes);
    const Bytes doubts = __builtin_convertvector(doubtful & within & 1, Bytes);
    std::uint64_t any = 0;
    std::memcpy(&any, &doubts, sizeof any);
    if (any != 0) {
      for (std::size_t k = 0; k < kPointLanes; ++k) {
        if (doubts[k] != 0) {
          const bool exact = odd_crossings(vertices, corner, {lane_x[k], lane_y[k]});
          bytes[k] = static_cast<std::uint8_t>(odd[first + k] ^ static_cast<std::uint8_t>(exact));
        }
      }
    }
    std::memcpy(odd + first, &bytes, sizeof bytes);
  }
}

/// Gives `area` to the points whose corner lies inside it and that are an even number of crossings away, or the other way
/// round, unless a lower one has them; sets `odd` back to 0. Arrays as in cross_run, `found` padded too.
[[gnu::always_inline]] inline void settle_points(std::uint8_t* odd, std::uint32_t* found, const std::size_t count,
                                                 const bool corner_inside, const std::uint32_t area) {
  using Numbers = std::uint32_t __attribute__((vector_size(32)));
  using Flags = std::int32_t __attribute__((vector_size(32)));
  constexpr Flags kPositions{0, 1, 2, 3, 4, 5, 6, 7};
  for (std::size_t first = 0; first < count; first += kPointLanes) {
    detail::Bytes bytes;
    Numbers owners;
    std::memcpy(&bytes, odd + first, sizeof bytes);
    std::memcpy(&owners, found + first, sizeof owners);
    const Flags parity = __builtin_convertvector(bytes, Flags);
    const Flags within = kPositions < static_cast<std::int32_t>(count - first);
    const Flags inside = within & (parity != (corner_inside ? 1 : 0));
    owners = (inside != 0) & (owners > area) ? Numbers{} + area : owners;
    bytes &= ~__builtin_convertvector(within, detail::Bytes);
    std::memcpy(odd + first, &bytes, sizeof bytes);
    std::memcpy(found + first, &owners, sizeof owners);
  }
}

}  // namespace maillage::locator
