#include "engine/geometry/disc_union.hpp"

#include <algorithm>
#include <numeric>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/geometry/disc_union_arcs.hpp"
#include "engine/geometry/disc_union_boundary.hpp"
#include "engine/geometry/disc_union_gaps.hpp"
#include "engine/geometry/disc_union_overlay.hpp"
#include "engine/geometry/disc_union_polygons.hpp"

namespace maillage {

namespace {

void check(const AreaSet& area) {
  for (const Point& vertex : area.vertices) {
    if (!std::isfinite(vertex.x) || !std::isfinite(vertex.y)) {
      throw ArgumentError("disc_gaps: the area's vertices must be finite");
    }
  }
}

double area_of_rings(const RingList& rings) {
  CompensatedSum twice;
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    twice.add(twice_signed_area(rings.areas->ring(ring)));
  }
  return twice.value() / 2;
}

DiscCover cover_of(const double area_m2, const double gap_m2) {
  const double gap = std::clamp(gap_m2, 0.0, std::max(area_m2, 0.0));
  return {area_m2, area_m2 - gap, gap};
}

// Parts must add up to what the border encloses, and the border must enclose no more than the area.
bool adds_up(const GapAssembly& assembly, const double gap_m2, const double area_m2) {
  CompensatedSum sum;
  double least = 0;
  for (const double part : assembly.area_m2) {
    sum.add(part);
    least = std::min(least, part);
  }
  const double slack = 1e-10 * area_m2 + 1e-6;
  return std::abs(sum.value() - gap_m2) <= slack && least >= -slack && gap_m2 >= -slack && gap_m2 <= area_m2 + slack;
}

}  // namespace

std::vector<Disc> with_shifted_radii(const std::span<const Disc> discs, const std::uint64_t round) {
  std::vector<Disc> shifted{discs.begin(), discs.end()};
  for (Disc& disc : shifted) {
    // splitmix64 of the centre: the same shift for the same disc in any order of input.
    std::uint64_t bits = round * 0x9e3779b97f4a7c15ULL;
    for (const double value : {disc.centre.x, disc.centre.y}) {
      bits += static_cast<std::uint64_t>(static_cast<std::int64_t>(std::llround(value * 1024))) + 0x9e3779b97f4a7c15ULL;
      bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
      bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
      bits ^= bits >> 31;
    }
    disc.radius_m *= 1 + 1e-10 * (static_cast<double>(bits >> 11) * 0x1p-52 - 1);
  }
  return shifted;
}

std::optional<AssembledGaps> assembled_gaps(const DiscUnion& discs, const RingList& rings, const double max_error_m,
                                            GapBoundaryQuery& query) {
  const double area_m2 = area_of_rings(rings);
  AssembledGaps gaps;
  gaps.boundary = gap_boundary(discs, rings, repeated_vertices(rings), query);
  const double gap_m2 = gaps.boundary.area_m2;
  gaps.assembly = assemble_gaps(discs, gaps.boundary, max_error_m);
  if (!gaps.assembly.consistent || !adds_up(gaps.assembly, gap_m2, area_m2)) {
    return std::nullopt;
  }
  gaps.total = cover_of(area_m2, gap_m2);
  return gaps;
}

DiscCover disc_cover(const std::span<const Disc> discs, const AreaSet& area) {
  check(area);
  const RingList rings{&area, 0, area.rings()};
  const double area_m2 = area_of_rings(rings);
  constexpr std::uint64_t kTries = 4;
  for (std::uint64_t round = 0;; ++round) {
    const DiscUnion discs_union = round == 0 ? DiscUnion{discs} : DiscUnion{with_shifted_radii(discs, round)};
    GapBoundaryQuery query;
    const GapBoundary boundary = gap_boundary(discs_union, rings, {}, query, false);
    if (boundary.consistent || round == kTries) {
      return cover_of(area_m2, boundary.area_m2);
    }
  }
}

DiscGaps disc_gaps(const std::span<const Disc> discs, const AreaSet& area, const double max_error_m) {
  check(area);
  if (!(max_error_m > 0)) {
    throw ArgumentError("disc_gaps: max_error_m must be positive");
  }
  const RingList rings{&area, 0, area.rings()};
  DiscGaps gaps;
  gaps.max_error_m = max_error_m;
  constexpr std::uint64_t kTries = 4;
  for (std::uint64_t round = 0; round < kTries; ++round) {
    const DiscUnion discs_union = round == 0 ? DiscUnion{discs} : DiscUnion{with_shifted_radii(discs, round)};
    GapBoundaryQuery query;
    if (auto assembled = assembled_gaps(discs_union, rings, max_error_m, query)) {
      gaps.total = assembled->total;
      gaps.parts = std::move(assembled->assembly.parts);
      gaps.area_m2 = std::move(assembled->assembly.area_m2);
      return gaps;
    }
  }
  gaps.from_overlay = true;
  gaps.total = disc_cover(discs, area);
  overlay_into(DiscUnion{discs}, area, gaps);
  return gaps;
}

void overlay_into(const DiscUnion& discs, const AreaSet& area, DiscGaps& gaps) {
  const AreaSet drawn = overlay_gaps(discs, area, gaps.max_error_m);
  std::vector<double> drawn_m2;
  CompensatedSum sum;
  for (std::size_t part = 0; part < drawn.areas(); ++part) {
    drawn_m2.push_back(surface(drawn, AreaIndex{part}));
    sum.add(drawn_m2.back());
  }
  std::vector<std::size_t> order(drawn.areas());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](const std::size_t a, const std::size_t b) { return drawn_m2[a] > drawn_m2[b]; });
  for (const std::size_t part : order) {
    gaps.parts.add_area(drawn, AreaIndex{part});
    gaps.area_m2.push_back(drawn_m2[part] * (sum.value() > 0 ? gaps.total.gap_m2 / sum.value() : 0));
  }
}

}  // namespace maillage
