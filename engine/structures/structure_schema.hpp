#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/structures/structure_mapping.hpp"

namespace maillage {

/// What a column can tell of a structure. The names a study uses for them are those of `name_of`.
enum class StructureField {
  key,
  name,
  typology,
  legal_status,
  competences,
  resources,
  actions,
  capacity,
  opening_hours,
  vintage,
  commune_code,
  postcode,
  commune_name,
  longitude,
  latitude,
  x,
  y,
  latitude_longitude  ///< both in one cell: "46.178735, 5.322996"
};
inline constexpr std::size_t kStructureFields = 18;

/// The field's name in a study file: "commune_code".
[[nodiscard]] std::string_view name_of(StructureField field);
[[nodiscard]] std::optional<StructureField> structure_field(std::string_view name);
/// All of them, in the order of StructureField.
[[nodiscard]] std::vector<std::string> structure_field_names();
/// Competences, resources and actions: several values in one cell.
[[nodiscard]] bool is_multi_response(StructureField field);

/// Which columns of a table feed which field.
struct StructureColumns {
  /// One field: the columns to read, in order. For most fields the first that is not empty counts (the national cinema file
  /// changed its column names between years); for multi-response fields and opening hours all are joined.
  struct Source {
    std::vector<std::size_t> columns;
    std::vector<std::string> labels;  ///< of the days, for opening hours in one column per day; else empty
    std::string otherwise;  ///< value where every column is empty: the constant of the study, or the schema's typology
  };

  std::string schema;  ///< stable name of the schema recognised: "mediation_numerique", "generic"
  Text schema_label;   ///< "lieux de médiation numérique (schéma national)"
  std::array<Source, kStructureFields> fields;
  std::vector<std::size_t> carried;  ///< columns to carry through
  std::vector<Text> remarks;  ///< what is missing and what follows: "pas de coordonnées : jointure par le code INSEE"

  [[nodiscard]] const Source& operator[](const StructureField field) const {
    return fields[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] Source& operator[](const StructureField field) { return fields[static_cast<std::size_t>(field)]; }
};

/// Recognises the columns of a table from their names alone (accents, case, spaces and underscores do not count): the
/// national schema of "lieux de médiation numérique" (1.0 and before), the Ministry of Culture's public libraries and
/// cultural places (Basilic), the CNC's cinemas, France Services, fablabs; else the column names that French tables use.
/// Personal data (mails, telephone numbers) belong to no field.
[[nodiscard]] StructureColumns recognise_structure_columns(std::span<const std::string> columns);

/// The recognised columns, with what the study says in their place.
/// \throws StudyError when the mapping names a field that does not exist, or a column that the table has not (naming those
///         it has, the nearest first), or when nothing in the table can place a structure.
[[nodiscard]] StructureColumns structure_columns(const FeatureTable& table, const StructureMapping& mapping);

/// Column of a table as a user names it: its exact name, else the only one that differs by accents, case, spaces or
/// underscores.
/// \throws StudyError when there is none.
[[nodiscard]] std::size_t column_named(const FeatureTable& table, std::string_view name);

/// True for columns that by their name hold a mail address, a telephone number or a person's name.
[[nodiscard]] bool is_personal_column(std::string_view name);

}  // namespace maillage
