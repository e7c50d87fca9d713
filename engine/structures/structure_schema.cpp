#include "engine/structures/structure_schema.hpp"

#include <algorithm>

#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"
#include "engine/structures/schema_names.hpp"

namespace maillage {

namespace {

constexpr std::array<std::string_view, kStructureFields> kFieldNames = {"key",
                                                                        "name",
                                                                        "typology",
                                                                        "legal_status",
                                                                        "competences",
                                                                        "resources",
                                                                        "actions",
                                                                        "capacity",
                                                                        "opening_hours",
                                                                        "vintage",
                                                                        "commune_code",
                                                                        "postcode",
                                                                        "commune_name",
                                                                        "longitude",
                                                                        "latitude",
                                                                        "x",
                                                                        "y",
                                                                        "latitude_longitude"};

constexpr std::array<StructureField, 4> kJoined = {StructureField::competences, StructureField::resources,
                                                   StructureField::actions, StructureField::opening_hours};

bool joins_columns(const StructureField field) {
  return std::ranges::find(kJoined, field) != kJoined.end();
}

std::vector<std::string> folded_names(const std::span<const std::string> columns) {
  std::vector<std::string> folded;
  folded.reserve(columns.size());
  for (const std::string& column : columns) {
    folded.push_back(fold_column_name(column));
  }
  return folded;
}

std::optional<std::size_t> position_of(const std::span<const std::string> folded, const std::string_view name) {
  const auto found = std::ranges::find(folded, name);
  return found == folded.end() ? std::nullopt : std::optional{static_cast<std::size_t>(found - folded.begin())};
}

std::string day_label(const std::string_view folded_name) {
  constexpr std::array<std::string_view, 7> kDays = {"lundi",    "mardi",  "mercredi", "jeudi",
                                                     "vendredi", "samedi", "dimanche"};
  for (const std::string_view day : kDays) {
    if (folded_name.ends_with(day)) {
      return std::string{day};
    }
  }
  return {};
}

/// Fills the fields that have no column yet. `first_only`: of many usual names for one thing, only the best is it.
void add_fields(StructureColumns& result, const std::span<const std::string> folded,
                const std::span<const FieldNames> fields, const bool first_only) {
  for (const FieldNames& wanted : fields) {
    StructureColumns::Source& source = result[wanted.field];
    if (!source.columns.empty()) {
      continue;
    }
    for (const std::string_view name : wanted.names) {
      const std::optional<std::size_t> column = position_of(folded, name);
      if (!column || (first_only && !source.columns.empty())) {
        continue;
      }
      source.columns.push_back(*column);
      if (wanted.field == StructureField::opening_hours && wanted.names.size() > 1) {
        source.labels.push_back(day_label(name));
      }
    }
    if (std::ranges::all_of(source.labels, [](const std::string& label) { return label.empty(); })) {
      source.labels.clear();
    }
  }
}

std::string quoted_list(const std::span<const std::string> names) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "\"" : ", \"") + name + "\"";
  }
  return list;
}

StructureField field_named(const std::string& source, const std::string& name) {
  if (const std::optional<StructureField> field = structure_field(name)) {
    return *field;
  }
  const std::vector<std::string> known = structure_field_names();
  const std::vector<std::string> near = closest_names(name, known);
  const std::string hint = near.empty() ? "" : near.front();
  throw StudyError({.french = source + " : « " + name + " » n'est pas un champ de structure" +
                              (hint.empty() ? "" : " ; vouliez-vous dire « " + hint + " » ?") +
                              " Champs possibles : " + quoted_list(known),
                    .english = source + ": \"" + name + "\" is not a field of a structure" +
                               (hint.empty() ? "." : "; did you mean \"" + hint + "\"?") +
                               " Fields: " + quoted_list(known)});
}

bool has(const StructureColumns& columns, const StructureField field) {
  return !columns[field].columns.empty() || !columns[field].otherwise.empty();
}

bool has_position(const FeatureTable& table, const StructureColumns& columns) {
  using enum StructureField;
  return table.geometry != FeatureTable::Geometry::none || has(columns, latitude_longitude) ||
         (has(columns, longitude) && has(columns, latitude)) || (has(columns, x) && has(columns, y));
}

/// Tells what the table lacks, or refuses it when nothing in it says where anything is.
void remark_on_missing_fields(const FeatureTable& table, StructureColumns& columns) {
  using enum StructureField;
  const bool has_codes = has(columns, commune_code);
  const bool has_postcodes = has(columns, postcode);
  if (!has_position(table, columns)) {
    if (!has_codes && !has_postcodes) {
      throw StudyError(
          {.french = table.source +
                     " : ni coordonnées, ni code INSEE, ni code postal reconnus ; indiquez les colonnes dans l'étude " +
                     "(longitude et latitude, x et y avec crs, commune_code ou postcode). Colonnes du fichier : " +
                     quoted_list(table.columns),
           .english = table.source +
                      ": no coordinates, INSEE code or postcode recognised; name the columns in the study (longitude " +
                      "and latitude, x and y with crs, commune_code or postcode). Columns of the file: " +
                      quoted_list(table.columns)});
    }
    columns.remarks.push_back(
        has_codes ? Text{"pas de coordonnées : les structures sont placées par leur code INSEE, au point de leur commune",
                         "no coordinates: structures are placed by their INSEE code, at the point of their commune"}
                  : Text{"ni coordonnées ni code INSEE : les structures sont placées par leur code postal",
                         "no coordinates and no INSEE code: structures are placed by their postcode"});
  } else if (!has_codes) {
    columns.remarks.push_back({"pas de code INSEE : les coordonnées ne peuvent être confrontées à la commune déclarée",
                               "no INSEE code: coordinates cannot be compared with a declared commune"});
  }
  if (!has(columns, name)) {
    columns.remarks.push_back({"pas de colonne de nom reconnue", "no column of names recognised"});
  }
  if (!has(columns, typology)) {
    columns.remarks.push_back({"pas de typologie : indiquez-la dans l'étude (constants = { typology = \"…\" })",
                               "no typology: give it in the study (constants = { typology = \"…\" })"});
  }
}

void carry_columns(const FeatureTable& table, const StructureMapping& mapping, StructureColumns& result) {
  for (const std::string& wanted : mapping.carried) {
    if (wanted != "*") {
      result.carried.push_back(column_named(table, wanted));
      continue;
    }
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (!is_personal_column(table.columns[column])) {
        result.carried.push_back(column);
      }
    }
  }
  std::vector<std::size_t> unique;
  for (const std::size_t column : result.carried) {
    if (std::ranges::find(unique, column) == unique.end()) {
      unique.push_back(column);
    }
  }
  result.carried = std::move(unique);
}

}  // namespace

std::string_view name_of(const StructureField field) {
  return kFieldNames[static_cast<std::size_t>(field)];
}

std::vector<std::string> structure_field_names() {
  return {kFieldNames.begin(), kFieldNames.end()};
}

std::optional<StructureField> structure_field(const std::string_view name) {
  const auto found = std::ranges::find(kFieldNames, name);
  return found == kFieldNames.end() ? std::nullopt : std::optional{static_cast<StructureField>(found - kFieldNames.begin())};
}

bool is_multi_response(const StructureField field) {
  return joins_columns(field) && field != StructureField::opening_hours;
}

bool is_personal_column(const std::string_view name) {
  constexpr std::array<std::string_view, 10> kPersonal = {"telephone", "mail",    "courriel", "phone",    "portable",
                                                          "fax",       "contact", "prenom",   "referent", "responsable"};
  const std::string folded = fold_column_name(name);
  return folded == "tel" ||
         std::ranges::any_of(kPersonal, [&](const std::string_view part) { return folded.find(part) != std::string::npos; });
}

StructureColumns recognise_structure_columns(const std::span<const std::string> columns) {
  const std::vector<std::string> folded = folded_names(columns);
  StructureColumns result;
  result.schema = "generic";
  result.schema_label = {"tableau sans schéma connu", "table without a known schema"};
  for (const PublishedSchema& schema : published_schemas()) {
    const bool recognised = std::ranges::all_of(
        schema.required, [&](const std::string_view name) { return position_of(folded, name).has_value(); });
    if (recognised) {
      result.schema = schema.name;
      result.schema_label = {std::string{schema.label_french}, std::string{schema.label_english}};
      add_fields(result, folded, schema.fields, false);
      result[StructureField::typology].otherwise = schema.typology;
      return result;
    }
  }
  add_fields(result, folded, usual_field_names(), true);
  return result;
}

std::size_t column_named(const FeatureTable& table, const std::string_view name) {
  if (const std::optional<std::size_t> exact = table.find_column(name)) {
    return *exact;
  }
  const std::vector<std::string> folded = folded_names(table.columns);
  const std::string wanted = fold_column_name(name);
  if (!wanted.empty() && std::ranges::count(folded, wanted) == 1) {
    return *position_of(folded, wanted);
  }
  const std::vector<std::string> near = closest_names(name, table.columns);
  const std::string hint_french = near.empty() ? "" : " ; vouliez-vous dire « " + near.front() + " » ?";
  const std::string hint_english = near.empty() ? "" : "; did you mean \"" + near.front() + "\"?";
  throw StudyError({.french = table.source + " : il n'y a pas de colonne « " + std::string{name} + " »" + hint_french +
                              " Colonnes du fichier : " + quoted_list(table.columns),
                    .english = table.source + ": there is no column \"" + std::string{name} + "\"" + hint_english +
                               " Columns of the file: " + quoted_list(table.columns)});
}

StructureColumns structure_columns(const FeatureTable& table, const StructureMapping& mapping) {
  using enum StructureField;
  StructureColumns result = recognise_structure_columns(table.columns);
  for (const auto& [field_name, column] : mapping.columns) {
    StructureColumns::Source& source = result[field_named(table.source, field_name)];
    source = {.columns = {}, .labels = {}, .otherwise = source.otherwise};
    if (!column.empty()) {
      source.columns.push_back(column_named(table, column));
    }
  }
  const auto mapped = [&](const StructureField field) {
    return std::ranges::any_of(mapping.columns, [&](const auto& pair) { return pair.first == name_of(field); });
  };
  // What the study says of positions replaces all that was recognised of them.
  if (mapped(x) || mapped(y)) {
    result[longitude] = result[latitude] = result[latitude_longitude] = {};
  } else if (mapped(latitude_longitude)) {
    result[longitude] = result[latitude] = {};
  } else if (mapped(longitude) || mapped(latitude)) {
    result[latitude_longitude] = {};
  }
  for (const auto& [field_name, value] : mapping.constants) {
    result[field_named(table.source, field_name)] = {.columns = {}, .labels = {}, .otherwise = value};
  }
  carry_columns(table, mapping, result);
  remark_on_missing_fields(table, result);
  return result;
}

}  // namespace maillage
