#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.hpp"
#include "engine/core/indexed.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// A number of each commune out of a table: income, people to serve.
struct CommuneNumbers {
  IndexedVector<CommuneIndex, double> of_commune;  ///< NaN where the table has none
  std::int64_t rows_elsewhere = 0;                 ///< of codes that are no commune of the territory
};

/// Reads the column of that name, by INSEE code; the column of codes is recognised as in tables of communes. An empty cell
/// is no number. Rejections: missing_commune_code, invalid_commune_code, not_a_number (a negative one too),
/// repeated_commune. \throws InputError when the column or the codes are missing
[[nodiscard]] Reading<CommuneNumbers> read_commune_numbers(const FeatureTable& table, const Territory& territory,
                                                           const std::string& column);

}  // namespace maillage
