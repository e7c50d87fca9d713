#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// What a column of a table of communes may say.
enum class CommuneField {
  code,              ///< INSEE code; "code" in a mapping
  commune_type,      ///< COM, COMA, COMD or ARM of INSEE's own lists; "type"
  parent_code,       ///< the present commune of a COMA, COMD or ARM; "parent"
  name,              ///< "name"
  population,        ///< inhabitants; "population"
  departement,       ///< code; "departement"
  departement_name,  ///< "departement_name"
  region,            ///< code; "region"
  region_name,       ///< "region_name"
  epci,              ///< SIREN, the first where several stand in one cell; "epci"
  epci_name,         ///< "epci_name"
  longitude,         ///< degrees, of the town hall or chef-lieu; "longitude"
  latitude           ///< degrees; "latitude"
};
inline constexpr std::size_t kCommuneFields = 13;

/// (our name of a field, name of the column) pairs given by hand; they win over what is recognised.
using CommuneMapping = std::vector<std::pair<std::string, std::string>>;

/// Which column says what.
struct CommuneColumns {
  std::array<std::optional<std::size_t>, kCommuneFields> column_of;
  /// The code column holds only the last three characters ("004"); the departement column completes it.
  bool code_needs_departement = false;

  [[nodiscard]] std::optional<std::size_t> operator[](const CommuneField field) const {
    return column_of[static_cast<std::size_t>(field)];
  }
};

/// Names of the fields as a mapping writes them, in the order of CommuneField.
[[nodiscard]] std::span<const std::string> commune_field_names();

/// Recognises the columns of IGN ADMIN EXPRESS (old and new), Etalab and geo.api.gouv.fr, france-geojson, INSEE's
/// populations légales and lists of communes, and the usual spellings of French tables; case, accents, blanks and
/// punctuation do not count. Names alone do not decide: a column of codes must hold codes. \throws InputError if no column,
/// or several that disagree, can be the commune code, or if a mapped column does not exist \throws StudyError if the mapping
/// names an unknown field
[[nodiscard]] CommuneColumns recognise_commune_columns(const FeatureTable& table, const CommuneMapping& mapping = {});

/// The communes of a table, one record per usable row, with its contours or points where it has some.
/// Rejections: missing_commune_code, invalid_commune_code. Repairs: leading_zero_restored, population_unreadable.
/// Rows of INSEE's lists that are no commune of their own (COMA, COMD, ARM) become code history.
/// \throws as recognise_commune_columns
[[nodiscard]] Reading<TerritorySource> read_communes(const FeatureTable& table, const CommuneMapping& mapping = {});

}  // namespace maillage
