#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/network/imported_roads.hpp"
#include "engine/network/line_noding.hpp"
#include "engine/network/road_attributes.hpp"

namespace maillage {

/// A node that edges call by name.
struct NamedNode {
  std::string key;
  Point position;
};

struct LineRoadOptions {
  RoadColumnOptions columns{};
  NodingOptions noding{};
};

/// A layer of lines in one plane.
struct PlacedLines {
  const FeatureTable& table;           ///< geometry == lines, in the plane
  std::span<const double> ground_m;    ///< per line of the table's LineSet: its length on the ground
  std::span<const NamedNode> nodes{};  ///< of edges; empty: the ends of their lines
};

/// Roads of a layer of lines, for one mode. Edges with u and v (OSMnx) keep their own topology: an edge is one direction,
/// two opposite ones are one road, and where no edge of two ways has its opposite the layer is undirected and each stands
/// for both. Other lines meet at their ends, and where `noding` says. The same roads for any order of rows. Rejected:
/// no_line, no_length, unknown_node. rows_in = used + rejected + counts["closed_to_mode"]. Repairs: values that
/// RoadAttributes notes. The parts lack the crs. \throws ArgumentError when sizes do not fit
[[nodiscard]] Reading<ImportedRoads> roads_of_lines(const PlacedLines& lines, const TravelProfile& profile,
                                                    const LineRoadOptions& options);

}  // namespace maillage
