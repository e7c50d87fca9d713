#include "engine/coverage/reached_gaps.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/parallel.hpp"
#include "engine/coverage/gap_shares.hpp"
#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/geos_overlay.hpp"

namespace maillage {

namespace {

/// The gaps of the whole territory, largest first.
struct Parts {
  AreaSet polygons;
  std::vector<double> area_m2;
};

Parts parts_of(const AreaSet& gap) {
  const AreaSet apart = polygons_apart(gap);
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t part = 0; part < apart.areas(); ++part) {
    order.emplace_back(-surface(apart, AreaIndex{part}), part);
  }
  std::sort(order.begin(), order.end());
  Parts parts;
  for (const auto& [negative_m2, part] : order) {
    parts.polygons.add_area(apart, AreaIndex{part});
    parts.area_m2.push_back(-negative_m2);
  }
  return parts;
}

/// The gap of every commune by parts.
class CommuneGaps {
 public:
  CommuneGaps(const Territory& territory, const Parts& parts)
      : territory_(territory), locator_(parts.polygons), shares_(territory.communes.size()) {
    for (std::size_t commune = 0; commune < shares_.size(); ++commune) {
      boxes_.push_back(bounding_box(territory.contours, AreaIndex{commune}));
    }
  }

  [[nodiscard]] std::vector<std::vector<CommuneShare>> run(const AreaSet& reached) {
    std::vector<std::uint32_t> communes;
    for (std::uint32_t commune = 0; commune < boxes_.size(); ++commune) {
      if (!boxes_[commune].empty()) {
        communes.push_back(commune);
      }
    }
    split(communes, reached);
    return std::move(shares_);
  }

 private:
  /// Halves the communes across the longer side of their box, with what is reached in each half, until few are left.
  void split(const std::span<std::uint32_t> communes, const AreaSet& reached) {
    constexpr std::size_t kFew = 4;
    if (communes.size() <= kFew) {
      for (const std::uint32_t commune : communes) {
        fill(commune, reached);
      }
      return;
    }
    const Box box = box_of(communes);
    const bool across = box.max_x - box.min_x > box.max_y - box.min_y;
    const auto middle = [&](const std::uint32_t commune) {
      const Box& own = boxes_[commune];
      return std::pair{across ? own.min_x + own.max_x : own.min_y + own.max_y, commune};
    };
    const std::size_t half = communes.size() / 2;
    std::nth_element(communes.begin(), communes.begin() + static_cast<std::ptrdiff_t>(half), communes.end(),
                     [&](const std::uint32_t a, const std::uint32_t b) { return middle(a) < middle(b); });
    const std::span<std::uint32_t> halves[] = {communes.first(half), communes.subspan(half)};
    parallel_for_blocks(2, 1, [&](const std::size_t k, std::size_t) {
      split(halves[k], reached.polygons() == 0 ? reached : geos_clip(reached, box_of(halves[k])));
    });
  }

  [[nodiscard]] Box box_of(const std::span<const std::uint32_t> communes) const {
    Box box;
    for (const std::uint32_t commune : communes) {
      box.extend({boxes_[commune].min_x, boxes_[commune].min_y});
      box.extend({boxes_[commune].max_x, boxes_[commune].max_y});
    }
    return box;
  }

  /// Both are connected: a part of the commune's gap lies wholly in one of the territory's, and one point tells which.
  void fill(const std::uint32_t commune, const AreaSet& reached) {
    constexpr double kBeside_m = 0.01;  // overlays round the points where borders cross
    AreaSet contour;
    contour.add_area(territory_.contours, AreaIndex{commune});
    const double area_m2 = surface(contour, AreaIndex{0});
    const AreaSet gap = polygons_apart(reached.polygons() == 0 ? contour : geos_difference(contour, reached));
    std::map<std::uint32_t, CommuneShare> of_part;
    for (std::size_t part = 0; part < gap.areas(); ++part) {
      const auto found = locator_.nearest(point_inside(gap, AreaIndex{part}), kBeside_m);
      const std::uint32_t number = found ? found->area.value() : kNoGapPart;
      CommuneShare& share = of_part[number];
      share.part = number;
      share.area_m2 += surface(gap, AreaIndex{part});
      ++share.pieces;
    }
    for (const auto& [part, share] : of_part) {
      if (share.area_m2 > 0) {
        shares_[commune].push_back(share);
      }
    }
    spread_population(shares_[commune], territory_.communes[CommuneIndex{commune}].population.value_or(0), area_m2);
  }

  const Territory& territory_;
  AreaLocator locator_;
  std::vector<Box> boxes_;
  std::vector<std::vector<CommuneShare>> shares_;
};

}  // namespace

GeometricGaps reached_gaps(const Territory& territory, const AreaSet& outline, const AreaSet& reached,
                           const double drawing_error_m, const GeometricGapOptions& options) {
  const Parts parts = parts_of(reached.polygons() == 0 ? outline : geos_difference(outline, reached));
  GeometricGaps gaps;
  gaps.max_error_m = drawing_error_m;
  gaps.from_overlay = true;
  CompensatedSum territory_m2;
  for (std::size_t area = 0; area < outline.areas(); ++area) {
    territory_m2.add(surface(outline, AreaIndex{area}));
  }
  CompensatedSum gap_m2;
  for (const double area_m2 : parts.area_m2) {
    gap_m2.add(area_m2);
  }
  gaps.territory_m2 = territory_m2.value();
  gaps.gap_m2 = gap_m2.value();
  gaps.covered_m2 = gaps.territory_m2 - gaps.gap_m2;
  const auto shares = CommuneGaps(territory, parts).run(reached);
  give_shares(territory, shares, {&parts.polygons, parts.area_m2}, options.min_part_area_m2, gaps);
  return gaps;
}

}  // namespace maillage
