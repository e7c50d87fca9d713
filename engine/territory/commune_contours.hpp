#pragma once

#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/commune_register.hpp"
#include "engine/territory/present_communes.hpp"

namespace maillage {

/// The contours that make up each present commune; `commune` counts the present communes.
struct CommuneContours {
  std::vector<SourceContour> chosen;  ///< sorted by commune, then original code, then content
  std::vector<PresentCommunes::Repair> repairs;
  std::vector<RowNote> rejections;
};

/// Chooses among the contours of all sources: of a code that several sources draw, the first source's; of rows that repeat
/// one contour, one; of a city and its arrondissements, the city. Several different contours of one code in one source are
/// its parts.
/// Repairs: arrondissement_beside_commune, commune_in_several_rows. Rejections: duplicate_commune_code.
/// \throws InputError if a source's contours are not in the plane `plane`
[[nodiscard]] CommuneContours choose_contours(const std::vector<TerritorySource>& sources, const PresentCommunes& present,
                                              const CoordinateSystem& plane);

}  // namespace maillage
