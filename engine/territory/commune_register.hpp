#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/point.hpp"
#include "engine/territory/commune.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// Which communes a study wants: those of any of the zones, and those named. Empty means all that have a contour.
struct TerritorySelection {
  std::vector<std::string> regions{};       ///< INSEE codes: "32"
  std::vector<std::string> departements{};  ///< "59", "2A", "974"
  std::vector<std::string> epcis{};         ///< SIREN: "200093201"
  std::vector<std::string> communes{};      ///< INSEE codes; an old code stands for the present commune
  [[nodiscard]] bool empty() const { return regions.empty() && departements.empty() && epcis.empty() && communes.empty(); }
};

/// The contour of a row of a source, and the present commune it belongs to.
struct SourceContour {
  std::size_t source;
  std::size_t record;  ///< row in that source, and area in its contours
  CommuneIndex commune;
  friend auto operator<=>(const SourceContour&, const SourceContour&) = default;
};

/// The present communes of a territory with all that the sources say of them; geometry not yet touched.
struct CommuneRegister {
  IndexedVector<CommuneIndex, Commune> communes;                       ///< sorted by code
  IndexedVector<CommuneIndex, std::optional<Point>> declared;          ///< town hall or chef-lieu, plane of the contours
  std::vector<SourceContour> contours;                                 ///< sorted by commune, then original code
  std::vector<std::pair<std::string, std::string>> departement_names;  ///< (code, name), sorted
  std::vector<std::pair<std::string, std::string>> region_names;
  std::vector<std::pair<std::string, std::string>> epci_names;
};

/// Joins contours and tables by commune code, code history applied.
///
/// Present communes are those of the first source that has both records and code history (an official list: Etalab's
/// communes.json), the user's before the built-in one; without such a source those of the user's tables; without tables
/// those of the contours. A contour whose code leads to no present commune is rejected when the official list is the user's
/// own, and otherwise kept under its code with a note. Of each attribute the first source that knows it decides: the user's
/// tables, then the user's contours, then the built-in France. A population is the sum over the old communes that one source
/// knows under the present one, and is missing in that source when one of them is. The built-in contours are used only when
/// no other source has any. Without a selection, a commune is in the territory when it has a contour; a present commune
/// without one is listed where at least half the communes of its departement have theirs. A selected commune is in the
/// territory, contour or not. Repairs: commune_merged, commune_delegated, commune_associated, commune_recoded,
/// commune_reestablished, arrondissement, arrondissement_beside_commune, commune_not_in_tables, duplicate_population.
/// Rejections: unknown_commune_code, commune_divided, duplicate_commune_code, commune_without_contour.
/// \throws InputError if two sources with coordinates are in planes that cannot be reconciled
[[nodiscard]] Reading<CommuneRegister> register_communes(const std::vector<TerritorySource>& sources, const Planes& planes,
                                                         const TerritorySelection& selection);

}  // namespace maillage
