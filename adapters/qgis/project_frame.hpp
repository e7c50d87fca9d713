#pragma once

#include <optional>
#include <string>

#include "engine/core/text.hpp"
#include "engine/geometry/point.hpp"
#include "maps/layer.hpp"

namespace maillage::detail {

/// Systems of a project and the part of the plane that it shows.
struct ProjectFrame {
  std::string crs;         ///< of the project: "EPSG:2154"
  std::string layers_crs;  ///< of the GeoPackage: the same, or degrees where the territory has several planes
  Box extent;              ///< of the areas in the project's system; empty where there are none
};
[[nodiscard]] ProjectFrame project_frame(const LayerSet& layers);

/// The box, larger, with that ratio of width to height and a margin around.
[[nodiscard]] Box framed(const Box& extent, double width_by_height);

/// <spatialrefsys> of an EPSG system.
[[nodiscard]] std::string crs_xml(const std::string& crs);

/// First and last time of the layer's features: ISO 8601 texts of two of its fields. None where there are no features.
struct TimeSpan {
  std::string begin;
  std::string end;
};
[[nodiscard]] std::optional<TimeSpan> time_span(const Layer& layer, const std::string& begin_field,
                                                const std::string& end_field);

}  // namespace maillage::detail
