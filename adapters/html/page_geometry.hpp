#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "maps/layer.hpp"
#include "maps/topology.hpp"

namespace maillage::detail {

/// Detail that a page keeps, in steps of its grid.
inline constexpr double kArcTolerance = 1;
inline constexpr double kShapeTolerance = 2;

/// Steps of the grid, and the size of each part in steps.
[[nodiscard]] nlohmann::json grid_json(const PageGrid& grid);
/// "sizes": vertices of each arc; "parts": of each arc, where there are several; "steps": dx, dy, dx, dy... all arcs one
/// after the other, from position to position; "areas": references to arcs by area, polygon and ring.
[[nodiscard]] nlohmann::json topology_json(const Topology& topology, std::size_t parts);
/// "x", "y" and, where there are several, "part" of each point; null where a feature has none.
[[nodiscard]] nlohmann::json points_json(const Layer& layer, const std::vector<std::size_t>& features, const PageGrid& grid);
/// Polygons that are no sum of communes: by feature, polygon and ring, the first position and the steps from it.
[[nodiscard]] nlohmann::json shapes_json(const Layer& layer, const std::vector<std::size_t>& features, const PageGrid& grid);

}  // namespace maillage::detail
