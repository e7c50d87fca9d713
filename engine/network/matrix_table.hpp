#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

/// How the keys of a matrix file name rows and columns of the matrix.
struct MatrixKeys {
  std::map<std::string, std::uint32_t, std::less<>> origins;  ///< commune codes
  /// Columns by key. A commune's code names all structures that stand there, where costs are known between communes.
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> structures;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> communes;
};

struct MatrixReading {
  CostMatrix matrix;
  bool between_communes = false;    ///< the destinations are communes, no structures
  std::int64_t rows_elsewhere = 0;  ///< whose origin or destination is not of the study
};

/// A cost matrix from a long table: origin, destination, cost. Known by their names are the columns of r5r (from_id, to_id,
/// travel_time_p50 in minutes), INSEE's Metric-OSRM distancier (idsrc, iddst, duree in minutes, distance in km), OSRM
/// (source, destination, duration in seconds), and origin, destination, cost. A cell without cost, or "NA", is no trip. A
/// repeated pair is rejected unless it says the same. Costs are rounded up to whole seconds or metres. \param unit    wanted
/// for the matrix: chooses between a column of time and one of length \param stated  "s", "min", "h", "m", "km" of the cost
/// column; empty: by the column's name \throws InputError when a column is missing, or its unit is not known
[[nodiscard]] Reading<MatrixReading> matrix_of_table(const FeatureTable& table, const MatrixKeys& keys, CostUnit unit,
                                                     const std::string& stated);

}  // namespace maillage
