#pragma once

#include <cstdint>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/disc_union_arcs.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// A stretch of the border of "area minus discs", run with the gap on its left: a chain of straight edges along the area's
/// border, or an arc of a disc run clockwise.
struct GapPiece {
  static constexpr std::uint32_t kNoDisc = 0xffffffff;
  std::uint32_t disc = kNoDisc;
  bool closed = false;            ///< a whole ring or a whole circle, without ends
  Direction from;                 ///< arcs: direction of the first point run through
  Direction to;                   ///< arcs: direction of the last; `from` lies counter-clockwise of it
  double angle = 0;               ///< arcs: radians run through
  std::uint32_t chain_first = 0;  ///< chains: [chain_first, chain_last) of GapBoundary::chains, ends included
  std::uint32_t chain_last = 0;
  Point first;  ///< ends, metres
  Point last;
};

/// The whole border of an area minus a union of discs, in pieces.
struct GapBoundary {
  std::vector<GapPiece> pieces;
  std::vector<Point> chains;
  double area_m2 = 0;  ///< that the border encloses
  bool consistent =
      true;  ///< false: crossings of the area's border and a disc's did not alternate, or the pieces do not close
};

/// Working memory of gap_boundary, kept from one area to the next.
struct GapBoundaryQuery {
  std::vector<std::uint32_t> found;
  std::vector<std::uint32_t> last_seen;  ///< per disc, number of the call in which the border came near
  std::uint32_t call = 0;
};

/// Rings of `area` as a list: those of one of its areas, or of all.
struct RingList {
  const AreaSet* areas = nullptr;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The border of the rings' interior minus the discs. Cost: O(edges + discs near them) and one test of sidedness per disc.
/// \param rings   shells counter-clockwise, holes clockwise
/// \param keep_arcs  false: only area_m2 and consistent are wanted, and arcs may be left out of the pieces
/// \param break_at  sorted vertices where chains must end: those at which rings touch
[[nodiscard]] GapBoundary gap_boundary(const DiscUnion& discs, const RingList& rings, const std::vector<Point>& break_at,
                                       GapBoundaryQuery& query, bool keep_arcs = true);

/// Contribution of a piece to the area on its left, about `origin`: half the integral of x dy - y dx.
[[nodiscard]] double area_of_piece(const DiscUnion& discs, const GapBoundary& boundary, const GapPiece& piece,
                                   const Point& origin);

/// Vertices that the rings run through more than once, sorted.
[[nodiscard]] std::vector<Point> repeated_vertices(const RingList& rings);

}  // namespace maillage
