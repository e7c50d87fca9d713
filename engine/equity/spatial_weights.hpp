#pragma once

#include <span>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/core/index.hpp"
#include "engine/geometry/point.hpp"
#include "engine/territory/commune.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// Position of a unit of analysis: a commune, a departement. Commune i is unit i where weights come from communes.
using UnitIndex = Index<struct UnitTag>;

/// binary: every neighbour weighs 1, so units with many neighbours weigh more. row_standardised: the neighbours of a unit
/// weigh 1 together.
enum class WeightStyle { binary, row_standardised };

/// Who is whose neighbour. All neighbours of a unit weigh the same. A unit without neighbours is an island; what is done
/// with islands is said where weights are used (IslandRule), or they are joined first (join_islands).
struct SpatialWeights {
  Csr<UnitIndex, UnitIndex> neighbours;  ///< each row ascending, never the unit itself
  WeightStyle style = WeightStyle::row_standardised;

  [[nodiscard]] std::size_t units() const { return neighbours.rows(); }
  /// Weight of each neighbour of `unit`; 0 for an island.
  [[nodiscard]] double weight(UnitIndex unit) const;
};

/// Communes that share a border of positive length ("rook").
[[nodiscard]] SpatialWeights contiguity_weights(const Csr<CommuneIndex, Neighbour>& neighbours,
                                                WeightStyle style = WeightStyle::row_standardised);

/// Communes that share a border or a vertex ("queen"), from `common_point_neighbours`.
[[nodiscard]] SpatialWeights contiguity_weights(const Csr<CommuneIndex, CommuneIndex>& neighbours,
                                                WeightStyle style = WeightStyle::row_standardised);

struct NearestOptions {
  std::size_t neighbours = 8;  ///< of each unit; all others where there are fewer
  WeightStyle style = WeightStyle::row_standardised;
};

/// The nearest others of every unit, as the crow flies; of equally near ones the first by index. Not symmetric. A unit
/// without a finite point is an island.
/// \param points  metres, one per unit.  \throws ArgumentError for no neighbour.  Cost: O(n (k + log n)) expected.
[[nodiscard]] SpatialWeights nearest_weights(std::span<const Point> points, const NearestOptions& options = {});

struct DistanceBandOptions {
  double band_m = 0;  ///< others at this distance or nearer are neighbours
  WeightStyle style = WeightStyle::row_standardised;
};

/// All others within a distance; symmetric. A unit without a finite point is an island.
/// \throws ArgumentError for a band that is negative or not finite.  Cost: O(pairs + n log n).
[[nodiscard]] SpatialWeights distance_band_weights(std::span<const Point> points, const DistanceBandOptions& options);

/// The least band that leaves no unit with a finite point alone: the greatest distance to a nearest other; 0 for fewer than
/// two points.
[[nodiscard]] double least_band_without_islands_m(std::span<const Point> points);

/// Units without neighbours, ascending.
[[nodiscard]] std::vector<UnitIndex> islands(const SpatialWeights& weights);

/// The same weights, and every island with a finite point joined both ways to its nearest other unit.
/// \throws ArgumentError unless there is one point per unit.
[[nodiscard]] SpatialWeights join_islands(const SpatialWeights& weights, std::span<const Point> points);

/// The weights among the kept units, numbered anew in the order given; for quantities that some units do not have.
/// \param kept  ascending, each once.  \throws ArgumentError otherwise.
[[nodiscard]] SpatialWeights weights_among(const SpatialWeights& weights, std::span<const UnitIndex> kept);

/// Whether every neighbour of a unit has that unit as a neighbour.
[[nodiscard]] bool are_mutual(const SpatialWeights& weights);

}  // namespace maillage
