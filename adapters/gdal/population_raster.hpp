#pragma once

#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/build_territory.hpp"

namespace maillage {

/// Inhabitants at points, in the file's own coordinates.
struct PopulationPoints {
  PopulationGrid grid;
  CoordinateSystem crs;
};

/// Band 1 of a GeoTIFF: the centre of every pixel with population. Fractions are carried from pixel to pixel, row after row,
/// so that whole inhabitants sum to the raster's rounded total. At most 400 million pixels. Rows count pixels from 1;
/// rows_in are the pixels with population, all used: those whose inhabitants were carried on to a neighbour have no point of
/// their own, and one repair (fractions_carried) tells "pixels -> points". \throws InputError: not a GeoTIFF, no position or
/// system, a negative or non-finite population
[[nodiscard]] Reading<PopulationPoints> read_population_raster(const std::filesystem::path& file,
                                                               const std::string& crs = {});

}  // namespace maillage
