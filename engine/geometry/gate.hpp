#pragma once

#include <string>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage {

/// What the gate found in an area.
struct GateNote {
  AreaIndex area;
  std::string reason;  ///< stable snake_case reason
  std::string detail;  ///< place or count, without words
};

/// Areas that every later step may trust. Area i is area i of the input; a refused one has no polygon.
struct GatedAreas {
  AreaSet areas;
  /// empty_part, ring_not_closed, repeated_vertices, degenerate_ring, invalid_geometry; by area
  std::vector<GateNote> repairs;
  /// non_finite_coordinate, coordinate_out_of_range, no_area_left; by area. An area without polygon in the input is not one.
  std::vector<GateNote> rejections;
};

/// The gate before any geometric computation. Empty parts and rings without surface are left out, rings are closed, vertices
/// repeated in a row dropped, shells turned counter-clockwise and holes clockwise; self-crossing, overlapping or misnested
/// rings are rebuilt (OGC 06-103r4 validity, GEOS's "structure" method, which keeps the rings' vertices). A valid area
/// keeps its vertices bit for bit, so borders that were shared stay shared.
/// Cost: about O(vertices log vertices) per area, spread over threads; the same result on any number of them.
[[nodiscard]] GatedAreas pass_gate(const AreaSet& areas);

}  // namespace maillage
