#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/network/imported_roads.hpp"
#include "engine/network/line_roads.hpp"
#include "engine/network/travel_profile.hpp"

namespace maillage {

/// A graph as GraphML holds it, in its own coordinates.
struct GraphMlGraph {
  FeatureTable edges;            ///< lines; columns u, v, key, then those of the file's keys for edges, in its order
  std::vector<NamedNode> nodes;  ///< with x as longitude or easting, in the file's order
};

struct GraphMlOptions {
  std::string crs{};    ///< of the coordinates; wins over what the file says
  std::string plane{};  ///< to compute in; empty: the coordinates' own if it is one, else default_plane
  LineRoadOptions roads{};
};

/// Nodes and edges of a graph with positions (data "x" and "y" of nodes; "geometry" of edges as WKT). rows_in counts edges;
/// rejected: unknown_node, bad_geometry; a node without a position is no node.
/// \throws InputError, with file and line: not well-formed or cut short, a document type, no graph, no coordinate system
[[nodiscard]] Reading<GraphMlGraph> read_graphml(const std::filesystem::path& file, const GraphMlOptions& options = {});

/// The roads of such a graph for one mode; see roads_of_lines. \throws InputError as above
[[nodiscard]] Reading<ImportedRoads> read_graphml_roads(const std::filesystem::path& file, const TravelProfile& profile,
                                                        const GraphMlOptions& options = {});

}  // namespace maillage
