#include "engine/coverage/gap_shares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/compensated_sum.hpp"

namespace maillage {

namespace {

constexpr double kLeastShareM2 = 1;

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

void give_shares(const Territory& territory, const std::vector<std::vector<CommuneShare>>& shares, const GapParts& given,
                 const double min_part_area_m2, GeometricGaps& gaps) {
  gaps.gap_m2_of_commune = IndexedVector<CommuneIndex, double>(territory.communes.size(), 0.0);
  std::vector<GeometricGap> parts(given.polygons->areas());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    parts[part].area_m2 = given.area_m2[part];
    parts[part].by_tier = IndexedVector<TierIndex, GapShare>(territory.tiers.lower_bounds.size());
  }
  for (const CommuneIndex commune : territory.communes.indices()) {
    for (const CommuneShare& share : shares[commune.value()]) {
      gaps.gap_m2_of_commune[commune] += share.area_m2;
      if (share.part == kNoGapPart) {
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
  keep_large_parts(gaps, parts, *given.polygons, min_part_area_m2);
}

}  // namespace maillage
