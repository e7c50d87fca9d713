#include "engine/coverage/geometric_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/coverage/gap_shares.hpp"
#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/disc_union_gaps.hpp"
#include "engine/geometry/disc_union_sides.hpp"

namespace maillage {

namespace {

constexpr std::uint64_t kTries = 4;

/// The gaps of the whole outline, and the means to tell in which part a piece of one commune's gap lies.
class OutlineGaps {
 public:
  OutlineGaps(const std::vector<Disc>& discs, const AreaSet& outline, const double max_error_m) {
    const RingList rings{&outline, 0, outline.rings()};
    for (std::uint64_t round = 0; round < kTries && !assembled_; ++round) {
      union_.emplace(round == 0 ? DiscUnion{discs} : DiscUnion{with_shifted_radii(discs, round)});
      GapBoundaryQuery query;
      assembled_ = assembled_gaps(*union_, rings, max_error_m, query);
    }
    gaps_.max_error_m = max_error_m;
    if (assembled_) {
      gaps_.total = assembled_->total;
      gaps_.parts = assembled_->assembly.parts;
      gaps_.area_m2 = assembled_->assembly.area_m2;
    } else {
      gaps_ = disc_gaps(discs, outline, max_error_m);
    }
    std::vector<OwnedEdge> edges;
    for (std::uint32_t part = 0; part < gaps_.parts.areas(); ++part) {
      const auto range = gaps_.parts.rings_of(AreaIndex{part});
      for (std::size_t number = range.first; number < range.last; ++number) {
        const auto ring = gaps_.parts.ring(number);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
          edges.push_back({ring[i], ring[i + 1], part});
        }
      }
    }
    bands_.emplace(std::move(edges));
  }

  [[nodiscard]] const DiscUnion& discs() const { return *union_; }
  [[nodiscard]] const DiscGaps& gaps() const { return gaps_; }

  /// The part whose border holds the middle of an arc of the same union.
  [[nodiscard]] std::uint32_t part_of_arc(const GapPiece& arc) const {
    if (!assembled_) {
      return kNoGapPart;
    }
    const auto& pieces = assembled_->boundary.pieces;
    const Direction middle = middle_of(arc);
    const auto arcs = std::partition_point(pieces.begin(), pieces.end(),
                                           [](const GapPiece& piece) { return piece.disc == GapPiece::kNoDisc; });
    auto at = std::lower_bound(arcs, pieces.end(), arc.disc,
                               [](const GapPiece& piece, const std::uint32_t disc) { return piece.disc < disc; });
    for (; at != pieces.end() && at->disc == arc.disc; ++at) {
      if (at->closed || turn_between(at->to.turn, middle.turn) <= turn_between(at->to.turn, at->from.turn)) {
        return assembled_->assembly.part_of_piece[static_cast<std::size_t>(at - pieces.begin())];
      }
    }
    return kNoGapPart;
  }

  /// The part that holds a point, or whose drawn border the point lies just beyond: two drawings of one arc may differ by
  /// what both leave it.
  [[nodiscard]] std::uint32_t part_at(const Point& point) const {
    double nearest = -std::numeric_limits<double>::infinity();
    std::uint32_t part = kNoGapPart;
    bool within = false;
    bands_->for_crossed(point, [&](const OwnedEdge& edge, const double x) {
      if (x > nearest) {
        nearest = x;
        part = edge.owner;
        within = edge.b.y < edge.a.y;  // downward edges have the gap on their east
      }
    });
    return within || point.x - nearest <= 2 * gaps_.max_error_m ? part : kNoGapPart;
  }

 private:
  static Direction middle_of(const GapPiece& arc) {
    if (arc.closed) {
      return {};
    }
    const double c = std::cos(arc.angle / 2);
    const double s = std::sin(arc.angle / 2);
    return direction(arc.to.x * c - arc.to.y * s, arc.to.x * s + arc.to.y * c);
  }

  std::optional<DiscUnion> union_;
  std::optional<AssembledGaps> assembled_;
  DiscGaps gaps_;
  std::optional<EdgeBands> bands_;
};

/// Which part of the territory's gaps each part of a commune's gap belongs to: both are connected, so the two share all or
/// nothing, and one arc or one point tells.
std::vector<CommuneShare> shares_of(const OutlineGaps& whole, const AssembledGaps& own, const bool same_discs) {
  std::vector<const GapPiece*> longest(own.assembly.parts.areas(), nullptr);
  for (std::size_t i = 0; same_discs && i < own.boundary.pieces.size(); ++i) {
    const GapPiece& piece = own.boundary.pieces[i];
    const std::uint32_t part = own.assembly.part_of_piece[i];
    if (part != GapAssembly::kNoPart && piece.disc != GapPiece::kNoDisc &&
        (longest[part] == nullptr || piece.angle > longest[part]->angle)) {
      longest[part] = &piece;
    }
  }
  std::map<std::uint32_t, CommuneShare> of_part;
  for (std::size_t part = 0; part < longest.size(); ++part) {
    std::uint32_t found = longest[part] == nullptr ? kNoGapPart : whole.part_of_arc(*longest[part]);
    if (found == kNoGapPart) {
      found = whole.part_at(point_inside(own.assembly.parts, AreaIndex{part}));
    }
    CommuneShare& share = of_part[found];
    share.part = found;
    share.area_m2 += own.assembly.area_m2[part];
    ++share.pieces;
  }
  std::vector<CommuneShare> shares;
  for (const auto& [part, share] : of_part) {
    if (share.area_m2 > 0) {
      shares.push_back(share);
    }
  }
  return shares;
}

/// Gap of one commune by parts. Where its own border and the circles coincide beyond rounding, the radii are shifted by
/// 1e-10.
std::vector<CommuneShare> commune_shares(const OutlineGaps& whole, const RingList& rings, const double max_error_m,
                                         GapBoundaryQuery& query) {
  if (const auto own = assembled_gaps(whole.discs(), rings, max_error_m, query)) {
    return shares_of(whole, *own, true);
  }
  Box box;
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    for (const Point& vertex : rings.areas->ring(ring)) {
      box.extend(vertex);
    }
  }
  std::vector<std::uint32_t> found;
  whole.discs().find(box, found);
  std::vector<Disc> near;
  for (const std::uint32_t disc : found) {
    near.push_back(whole.discs().discs()[disc]);
  }
  for (std::uint64_t round = 1; round <= kTries; ++round) {
    GapBoundaryQuery own_query;
    if (const auto own = assembled_gaps(DiscUnion{with_shifted_radii(near, round)}, rings, max_error_m, own_query)) {
      return shares_of(whole, *own, false);
    }
  }
  AssembledGaps drawn;
  AreaSet contour;
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    contour.add_ring(rings.areas->ring(ring));
    if (ring + 1 == rings.last || twice_signed_area(rings.areas->ring(ring + 1)) > 0) {
      contour.end_polygon();
    }
  }
  contour.end_area();
  DiscGaps gaps = disc_gaps(near, contour, max_error_m);
  drawn.assembly.parts = std::move(gaps.parts);
  drawn.assembly.area_m2 = std::move(gaps.area_m2);
  return shares_of(whole, drawn, false);
}

void check(const double radius_m, const GeometricGapOptions& options) {
  if (!(radius_m >= 0) || !std::isfinite(radius_m) || !(options.max_error_m > 0) || !(options.min_part_area_m2 >= 0)) {
    throw ArgumentError(
        "geometric_gaps: radius_m must be finite and not negative, max_error_m positive, min_part_area_m2 >= 0");
  }
}

}  // namespace

GeometricGaps geometric_gaps(const Territory& territory, const AreaSet& outline, const std::span<const Point> structures,
                             const double radius_m, const GeometricGapOptions& options) {
  check(radius_m, options);
  std::vector<Disc> discs;
  discs.reserve(structures.size());
  for (const Point& structure : structures) {
    discs.push_back({structure, radius_m});
  }
  const OutlineGaps whole{discs, outline, options.max_error_m};
  const std::size_t communes = territory.communes.size();
  std::vector<std::vector<CommuneShare>> shares(communes);
  constexpr std::size_t kCommunesPerBlock = 256;
  parallel_for_blocks(communes, kCommunesPerBlock, [&](const std::size_t begin, const std::size_t end) {
    GapBoundaryQuery query;
    for (std::size_t i = begin; i < end; ++i) {
      const auto range = territory.contours.rings_of(AreaIndex{i});
      if (range.first == range.last) {
        continue;
      }
      shares[i] = commune_shares(whole, {&territory.contours, range.first, range.last}, options.max_error_m, query);
      spread_population(shares[i], territory.communes[CommuneIndex{i}].population.value_or(0),
                        surface(territory.contours, AreaIndex{i}));
    }
  });
  GeometricGaps gaps;
  gaps.radius_m = radius_m;
  gaps.max_error_m = options.max_error_m;
  gaps.from_overlay = whole.gaps().from_overlay;
  gaps.territory_m2 = whole.gaps().total.area_m2;
  gaps.covered_m2 = whole.gaps().total.covered_m2;
  gaps.gap_m2 = whole.gaps().total.gap_m2;
  give_shares(territory, shares, {&whole.gaps().parts, whole.gaps().area_m2}, options.min_part_area_m2, gaps);
  return gaps;
}

}  // namespace maillage
