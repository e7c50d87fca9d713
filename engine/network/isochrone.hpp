#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/network/road_travel.hpp"
#include "engine/network/sample_mesh.hpp"
#include "engine/network/service_area.hpp"

namespace maillage {

struct IsochroneOptions {
  double cell_m = 250;  ///< the cost is sampled at the corners of square cells of this side
  /// Parts, then holes, of fewer cells than this are left out unless they hold one of the places.
  double least_part_cells = 4;
};

struct Isochrones {
  AreaSet areas;  ///< area k: what lies within cutoff k; it may have no polygon
  /// Places on the wrong side of an area, per cutoff, ascending: only places so near to one another, or to a sample's edge,
  /// that doubles cannot draw a line between them. Checked, not assumed.
  std::vector<std::vector<std::uint32_t>> misplaced;
};

/// Cost of each of some places: the very function that statistics use. kNoPath where there is none.
using PlaceCosts = std::function<std::vector<std::uint32_t>(std::span<const Point>)>;

/// Polygons of the places within each cutoff (closed).
///
/// Construction: the level sets of one function, which is linear in the triangles of a fixed mesh and equals the cost at
/// the mesh's vertices: the corners of a grid, and all `places`. Hence, whatever the road network:
/// - a place lies in the area if and only if its cost is at most the cutoff, as places are vertices (level_set);
/// - areas are nested over cutoffs, and grow or stay when costs fall or stay: when a road is added or sped up that does not
///   draw the snap of a place or of a corner to itself. (Where it does, the cost itself may rise, in tables too.) This holds
///   between calls of one cell size and the same places, as the mesh lies on multiples of the cell and a cell's triangles
///   depend on the places in it alone;
/// - borders are rings without contact; an area that rounding has spoilt passes through the gate.
/// Between the samples the border is an interpolation, exact to about a cell. Towards ground that cannot be reached it keeps
/// near the last corner that can: areas err towards less. There are about three vertices a cell along a border; they are
/// not thinned, which would break the order.
///
/// \param cells   sorted: no place or corner outside them costs at most the largest cutoff
/// \param places  those that are not finite lie nowhere
/// \throws ArgumentError if the cell is not positive; Error if there are over 50 million cells.
/// Cost: one cost per corner of the cells; then O(cells) per cutoff, about 100 bytes a cell.
[[nodiscard]] Isochrones isochrones(const PlaceCosts& cost_of, std::span<const GridCell> cells,
                                    std::span<const Point> places, std::span<const std::uint32_t> cutoffs,
                                    const IsochroneOptions& options);

/// The cells that lie, wholly or in part, within `reach_m` of some stretches of road: all that do and a few more. Sorted.
/// \throws Error if there are over 50 million.
[[nodiscard]] std::vector<GridCell> cells_near(const RoadNetwork& network, std::span<const RoadStretch> stretches,
                                               double reach_m, double side_m);

/// Cost of places by road: that of the snap's position and the access leg.
[[nodiscard]] PlaceCosts road_place_costs(const RoadModel& model, const PositionCosts& costs);

/// `isochrones` of costs by road.
[[nodiscard]] Isochrones road_isochrones(const RoadModel& model, const PositionCosts& costs, std::span<const Point> places,
                                         std::span<const std::uint32_t> cutoffs, const IsochroneOptions& options);

}  // namespace maillage
