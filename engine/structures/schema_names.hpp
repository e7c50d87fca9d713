#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/structures/structure_schema.hpp"

namespace maillage {

/// Column names of one field in one schema, folded (see fold_column_name), in order of preference.
struct FieldNames {
  StructureField field;
  std::vector<std::string_view> names;
};

/// A published schema of structures: recognised when a table has all its required columns.
struct PublishedSchema {
  std::string_view name;
  std::string_view label_french;
  std::string_view label_english;
  std::vector<std::string_view> required;
  std::string_view typology;  ///< of rows that do not tell theirs
  std::vector<FieldNames> fields;
};

/// The published schemas, the most specific first.
[[nodiscard]] std::span<const PublishedSchema> published_schemas();
/// Column names of any French table of places, for the fields a schema does not settle.
[[nodiscard]] std::span<const FieldNames> usual_field_names();

}  // namespace maillage
