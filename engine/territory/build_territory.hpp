#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/territory/commune_register.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// Inhabitants finer than communes: points of a raster or of a grid of squares (their centres).
struct PopulationGrid {
  std::string source;                    ///< file, for messages
  std::vector<Point> points;             ///< plane of the contours
  std::vector<std::int64_t> population;  ///< per point, inhabitants
  std::vector<std::int64_t> rows;        ///< per point, its row in the source
};

struct TerritoryOptions {
  std::string name{};              ///< empty: that of the region or departement when there is only one, else none
  TerritorySelection selection{};  ///< empty: every commune with a contour
  PopulationTiers tiers = default_population_tiers();
  /// A declared point farther than this outside its commune is not believed: the interior point is taken instead. Contours
  /// are generalised by a few hundred metres at most, town halls do stand across a border, and some files place one in
  /// another hemisphere.
  double declared_point_tolerance_m = 500;
  std::optional<PopulationGrid> grid{};  ///< empty: each commune's whole population at its point
};

/// The territory that the sources describe: communes joined by code (see register_communes), contours checked and repaired,
/// dissolved to present communes and projected, points, neighbours, zonings, tiers and demand.
/// Besides the notes of register_communes: those of the geometry gate, all as repairs (a commune whose contour the gate
/// refuses stays, without contour); repairs declared_point_outside_commune (kept), declared_point_not_believed (replaced by
/// the interior point), population_missing, commune_without_demand_cell; rejections demand_outside_territory. \throws
/// InputError if no commune is left, or a contour cannot be projected
[[nodiscard]] Reading<Territory> build_territory(std::vector<TerritorySource> sources, const Planes& planes,
                                                 const TerritoryOptions& options = {});

/// Contours of the zones of one of the territory's zonings, territory plane, area i = zone i; communes in no zone are left
/// out. Shared borders of communes are cancelled, so what is left is exactly made of the communes' vertices.
[[nodiscard]] AreaSet zone_contours(const Territory& territory, const Zoning& zoning);

}  // namespace maillage
