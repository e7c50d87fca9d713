#pragma once

#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/build_territory.hpp"

namespace maillage {

/// Inhabitants of a grid of polygons (INSEE's squares) or of points, each at a point inside its polygon, in the file's
/// coordinates. Fractions are carried from row to row, so that whole inhabitants sum to the rounded total. Rejections:
/// missing_population, invalid_population, no_geometry. \param column  of inhabitants; empty: "population", "pop", "ind" or
/// "ind_c" is looked for, without regard to case \throws InputError when the table has no geometry; StudyError when the
/// column is not there, naming those that are
[[nodiscard]] Reading<PopulationGrid> population_of_polygons(const Reading<FeatureTable>& table, const std::string& column);

}  // namespace maillage
