#include "engine/coverage/geometric_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/disc_union_gaps.hpp"
#include "engine/geometry/disc_union_sides.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoPart = 0xffffffff;
constexpr std::uint64_t kTries = 4;
constexpr double kLeastShareM2 = 1;

/// What one commune has in one part.
struct CommuneShare {
  std::uint32_t part = kNoPart;
  double area_m2 = 0;
  std::int64_t population = 0;
  std::int64_t pieces = 0;
};

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
      return kNoPart;
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
    return kNoPart;
  }

  /// The part that holds a point, or whose drawn border the point lies just beyond: two drawings of one arc may differ by
  /// what both leave it.
  [[nodiscard]] std::uint32_t part_at(const Point& point) const {
    double nearest = -std::numeric_limits<double>::infinity();
    std::uint32_t part = kNoPart;
    bool within = false;
    bands_->for_crossed(point, [&](const OwnedEdge& edge, const double x) {
      if (x > nearest) {
        nearest = x;
        part = edge.owner;
        within = edge.b.y < edge.a.y;  // downward edges have the gap on their east
      }
    });
    return within || point.x - nearest <= 2 * gaps_.max_error_m ? part : kNoPart;
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

/// A point well inside an area: the middle of its widest chord at a height that no vertex is likely to have.
Point point_inside(const AreaSet& areas, const AreaIndex area) {
  const Box box = bounding_box(areas, area);
  constexpr double kOddPart = 0.4877;
  const double y = box.min_y + kOddPart * (box.max_y - box.min_y);
  std::vector<double> crossings;
  const auto range = areas.rings_of(area);
  for (std::size_t number = range.first; number < range.last; ++number) {
    const auto ring = areas.ring(number);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point& a = ring[i];
      const Point& b = ring[i + 1];
      if ((a.y > y) != (b.y > y)) {
        crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
      }
    }
  }
  std::sort(crossings.begin(), crossings.end());
  Point inside{box.min_x, y};
  double widest = -1;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    if (crossings[i + 1] - crossings[i] > widest) {
      widest = crossings[i + 1] - crossings[i];
      inside.x = (crossings[i] + crossings[i + 1]) / 2;
    }
  }
  return inside;
}

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
    std::uint32_t found = longest[part] == nullptr ? kNoPart : whole.part_of_arc(*longest[part]);
    if (found == kNoPart) {
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

/// Spreads a commune's inhabitants evenly over its surface, in whole persons, by largest remainder over its parts and its
/// covered rest: Hamilton's method, ties to the lower part, the covered rest last.
void spread_population(std::vector<CommuneShare>& shares, const std::int64_t population, const double area_m2) {
  if (!(area_m2 > 0) || population <= 0) {
    return;
  }
  double gap_m2 = 0;
  for (const CommuneShare& share : shares) {
    gap_m2 += share.area_m2;
  }
  const double whole_m2 = std::max(area_m2, gap_m2);
  std::vector<std::pair<double, std::size_t>> remainders;
  std::int64_t given = 0;
  const auto give = [&](const double part_m2, const std::size_t position) {
    const double quota = static_cast<double>(population) * (part_m2 / whole_m2);
    const auto whole = std::min(static_cast<std::int64_t>(std::floor(quota + 1e-6)), population - given);
    // Areas are good to 1e-9: remainders nearer than that are equal.
    remainders.push_back({-std::round((quota - static_cast<double>(whole)) * 1e6), position});
    given += whole;
    return whole;
  };
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i].population = give(shares[i].area_m2, i);
  }
  (void)give(whole_m2 - gap_m2, shares.size());
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; i < remainders.size() && given < population; ++i, ++given) {
    if (remainders[i].second < shares.size()) {
      ++shares[remainders[i].second].population;
    }
  }
}

void check(const double radius_m, const GeometricGapOptions& options) {
  if (!(radius_m >= 0) || !std::isfinite(radius_m) || !(options.max_error_m > 0) || !(options.min_part_area_m2 >= 0)) {
    throw ArgumentError(
        "geometric_gaps: radius_m must be finite and not negative, max_error_m positive, min_part_area_m2 >= 0");
  }
}

void keep_large_parts(GeometricGaps& gaps, std::vector<GeometricGap>& parts, const AreaSet& polygons,
                      const double least_m2) {
  CompensatedSum small_m2;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    gaps.population += parts[part].population;
    if (parts[part].area_m2 >= least_m2) {
      gaps.polygons.add_area(polygons, AreaIndex{part});
      gaps.parts.push_back(std::move(parts[part]));
    } else {
      ++gaps.small_parts;
      small_m2.add(parts[part].area_m2);
      gaps.small_parts_population += parts[part].population;
    }
  }
  gaps.small_parts_m2 = small_m2.value();
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
  gaps.gap_m2_of_commune = IndexedVector<CommuneIndex, double>(communes, 0.0);
  std::vector<GeometricGap> parts(whole.gaps().parts.areas());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    parts[part].area_m2 = whole.gaps().area_m2[part];
    parts[part].by_tier = IndexedVector<TierIndex, GapShare>(territory.tiers.lower_bounds.size());
  }
  for (const CommuneIndex commune : territory.communes.indices()) {
    for (const CommuneShare& share : shares[commune.value()]) {
      gaps.gap_m2_of_commune[commune] += share.area_m2;
      if (share.part == kNoPart) {
        gaps.unmatched_pieces += share.pieces;
        gaps.unmatched_m2 += share.area_m2;
        gaps.unmatched_population += share.population;
        continue;
      }
      GeometricGap& part = parts[share.part];
      part.population += share.population;
      if (const TierIndex tier = territory.tier[commune]; !tier.is_none()) {
        part.by_tier[tier].area_m2 += share.area_m2;
        part.by_tier[tier].population += share.population;
      }
      if (share.area_m2 > kLeastShareM2) {
        part.communes.push_back(commune);
      }
    }
  }
  keep_large_parts(gaps, parts, whole.gaps().parts, options.min_part_area_m2);
  return gaps;
}

}  // namespace maillage
