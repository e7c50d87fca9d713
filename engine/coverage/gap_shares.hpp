#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/coverage/geometric_gaps.hpp"

namespace maillage {

inline constexpr std::uint32_t kNoGapPart = 0xffffffff;

/// What one commune has in one part.
struct CommuneShare {
  std::uint32_t part = kNoGapPart;
  double area_m2 = 0;
  std::int64_t population = 0;
  std::int64_t pieces = 0;
};

/// The maximal connected parts of the gaps of a territory.
struct GapParts {
  const AreaSet* polygons;  ///< one area per part
  std::span<const double> area_m2;
};

/// A point well inside an area: the middle of its widest chord at a height that no vertex is likely to have.
[[nodiscard]] Point point_inside(const AreaSet& areas, AreaIndex area);

/// Spreads a commune's inhabitants evenly over its surface, in whole persons, by largest remainder over its parts and its
/// covered rest: Hamilton's method, ties to the lower part, the covered rest last.
void spread_population(std::vector<CommuneShare>& shares, std::int64_t population, double area_m2);

/// Fills in what communes tell of the parts, and leaves the small ones out. \param shares  per commune
void give_shares(const Territory& territory, const std::vector<std::vector<CommuneShare>>& shares, const GapParts& parts,
                 double min_part_area_m2, GeometricGaps& gaps);

}  // namespace maillage
