#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/geometry/point.hpp"
#include "engine/structures/structure_schema.hpp"
#include "engine/territory/planes.hpp"

namespace maillage {

/// Ways from the coordinates of a file into the plane of the territory's source geometry; made by the projection adapter.
struct StructureConversions {
  Conversion lonlat_to_source;     ///< degrees, longitude as x
  Conversion file_to_source;       ///< the file's geometries, and x and y columns whose crs the study gives; empty: degrees
  Conversion lambert93_to_source;  ///< EPSG:2154, for metres found in columns of degrees; empty: those are not used
  Box territory_deg;               ///< box of the territory in degrees, to know swapped axes outside France; may be empty
};

/// Position of every row in the plane of the territory's source geometry, where it has a usable one, and what was found of
/// the others. Nothing is moved silently; a row that has no coordinates at all has no note. Reasons: incomplete_coordinates,
/// unreadable_coordinates, zero_coordinates, coordinates_out_of_range, metres_in_degree_columns (no position);
/// lambert93_in_degree_columns, swapped_coordinates (converted or exchanged); coordinates_not_convertible (no position).
struct ReadPositions {
  std::vector<std::optional<Point>> of;  ///< per row of the table
  std::vector<RowNote> notes;            ///< in row order
};

/// \param rows  rows of the table to read; the others have no position and no note
[[nodiscard]] ReadPositions read_positions(const FeatureTable& table, std::span<const std::size_t> rows,
                                           const StructureColumns& columns, const StructureConversions& conversions);

/// True where France has land or waters: the areas of use of its legal CRS (EPSG:2154, 5490, 2972, 2975, 4471, 4467), New
/// Caledonia (3163) and French Polynesia (3296, 3297).
[[nodiscard]] bool is_in_france(const LonLat& position);

}  // namespace maillage
