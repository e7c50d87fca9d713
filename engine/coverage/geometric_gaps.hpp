#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/indexed.hpp"
#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

struct GeometricGapOptions {
  double max_error_m = 1;            ///< largest distance between a drawn border and the true arc
  double min_part_area_m2 = 10'000;  ///< smaller parts are counted and summed, not listed
};

/// Part of a gap in communes of one population tier.
struct GapShare {
  double area_m2 = 0;
  std::int64_t population = 0;  ///< estimated inhabitants
};

/// A maximal connected part of the territory that no disc reaches.
struct GeometricGap {
  double area_m2 = 0;  ///< exact, with true arcs
  std::int64_t population =
      0;  ///< estimated: each commune's inhabitants spread evenly over its surface; the sum over by_tier
  IndexedVector<TierIndex, GapShare> by_tier;  ///< communes of unknown population have area only, and in no tier
  std::vector<CommuneIndex> communes;          ///< that the part touches by more than 1 m2, ascending
};

/// The territory minus the union of discs around structures.
struct GeometricGaps {
  double radius_m = 0;
  double territory_m2 = 0;
  double covered_m2 = 0;
  double gap_m2 = 0;                ///< covered_m2 + gap_m2 = territory_m2 up to rounding
  std::int64_t population = 0;      ///< estimated inhabitants of all parts, small ones included
  std::vector<GeometricGap> parts;  ///< largest area first, then westernmost
  AreaSet polygons;                 ///< area k draws parts[k], metres; see max_error_m
  std::int64_t small_parts = 0;     ///< parts under the least area
  double small_parts_m2 = 0;
  std::int64_t small_parts_population = 0;
  std::int64_t unmatched_pieces =
      0;                    ///< pieces of a commune's gap found in no part: 0 where the outline is the communes' own
  double unmatched_m2 = 0;  ///< their area: in gap_m2_of_commune, in no part
  std::int64_t unmatched_population = 0;  ///< and estimated inhabitants: in no part and not in `population`
  double max_error_m = 0;                 ///< polygons leave the true border by at most this, towards covered ground
  bool from_overlay = false;              ///< see DiscGaps
  IndexedVector<CommuneIndex, double> gap_m2_of_commune;  ///< exact
};

/// Where in the territory no structure stands within `radius_m` (closed), as the crow flies.
/// \param outline     contour of the whole territory (its communes dissolved), territory plane; rings oriented
/// \param structures  territory plane, any order; the same bytes for every order and number of threads
/// \throws ArgumentError if radius_m is negative or not finite, or an option is not positive
/// Estimated population of a part = sum over communes of population x area(part in commune) / area(commune), rounded by
/// largest remainder per commune over its parts and its covered rest, so that a commune's inhabitants are never exceeded.
/// Source of the estimate: areal weighting, Goodchild & Lam (1980), Geo-Processing 1.
[[nodiscard]] GeometricGaps geometric_gaps(const Territory& territory, const AreaSet& outline,
                                           std::span<const Point> structures, double radius_m,
                                           const GeometricGapOptions& options = {});

}  // namespace maillage
