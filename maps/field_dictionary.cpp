#include "maps/field_dictionary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"
#include "maps/field_entries.hpp"

namespace maillage {

namespace {

constexpr std::size_t kMaxNumbered = 99;  // two digits in a short name
constexpr std::size_t kCarriedLetters = 6;

bool has(const detail::FieldEntry& entry, const LayerKind kind) {
  return (entry.layers & (1U << static_cast<std::uint32_t>(kind))) != 0;
}

Field field_of(const detail::FieldEntry& entry) {
  return {.name = std::string{entry.name},
          .short_name = std::string{entry.short_name},
          .type = entry.type,
          .unit = std::string{entry.unit},
          .decimals = entry.decimals,
          .label = {.french = std::string{entry.label_french}, .english = std::string{entry.label_english}},
          .meaning = {.french = std::string{entry.meaning_french}, .english = std::string{entry.meaning_english}}};
}

std::string two_digits(const std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string layer_name(const LayerKind kind) {
  constexpr auto kNames = std::to_array<std::string_view>({"communes", "structures", "lacunes_communes",
                                                           "lacunes_geometriques", "discontinuites", "departements", "epci",
                                                           "isochrones", "routes_atteintes", "audit_reseau", "audit_lieux"});
  return std::string{kNames.at(static_cast<std::size_t>(kind))};
}

Text layer_title(const LayerKind kind) {
  switch (kind) {
    case LayerKind::communes:
      return {.french = "Communes", .english = "Communes"};
    case LayerKind::structures:
      return {.french = "Structures", .english = "Structures"};
    case LayerKind::commune_gaps:
      return {.french = "Lacunes (communes contiguës)", .english = "Gaps (contiguous communes)"};
    case LayerKind::geometric_gaps:
      return {.french = "Lacunes (au-delà des disques)", .english = "Gaps (beyond the discs)"};
    case LayerKind::discontinuities:
      return {.french = "Discontinuités", .english = "Discontinuities"};
    case LayerKind::departements:
      return {.french = "Départements", .english = "Departements"};
    case LayerKind::epcis:
      return {.french = "Intercommunalités (EPCI)", .english = "Intercommunalities (EPCI)"};
    case LayerKind::isochrones:
      return {.french = "Zones d’accès (isochrones)", .english = "Service areas (isochrones)"};
    case LayerKind::reached_roads:
      return {.french = "Routes atteintes", .english = "Roads in reach"};
    case LayerKind::network_audit:
      return {.french = "Audit du réseau de routes", .english = "Audit of the road network"};
    case LayerKind::audited_places:
      return {.french = "Lieux mal reliés au réseau", .english = "Places badly joined to the network"};
  }
  throw ArgumentError("layer_title: not a layer kind");
}

std::span<const LayerKind> all_layer_kinds() {
  static constexpr std::array kKinds{LayerKind::communes,       LayerKind::structures,      LayerKind::commune_gaps,
                                     LayerKind::geometric_gaps, LayerKind::discontinuities, LayerKind::departements,
                                     LayerKind::epcis,          LayerKind::isochrones,      LayerKind::reached_roads,
                                     LayerKind::network_audit,  LayerKind::audited_places};
  return kKinds;
}

std::vector<Field> common_fields(const LayerKind kind) {
  std::vector<Field> fields;
  for (const detail::FieldEntry& entry : detail::common_field_entries()) {
    if (has(entry, kind)) {
      fields.push_back(field_of(entry));
    }
  }
  return fields;
}

std::vector<Field> coverage_fields(const LayerKind kind, const CoverageDefinition& definition, const std::size_t position) {
  if (position >= kMaxNumbered) {
    throw StudyError({.french = "étude : plus de 99 définitions de couverture ; répartissez-les en plusieurs études",
                      .english = "study: more than 99 coverage definitions; split them into several studies"});
  }
  std::vector<Field> fields;
  for (const detail::FieldEntry& entry : detail::coverage_field_entries()) {
    if (!has(entry, kind)) {
      continue;
    }
    Field field = field_of(entry);
    field.name = definition.name + "_" + field.name;
    field.short_name = "C" + two_digits(position + 1) + "_" + field.short_name;
    field.unit = field.unit == "cost" ? unit_name(cost_unit(definition.travel)) : field.unit;
    field.label.french += " (" + definition.label + ")";
    field.label.english += " (" + definition.label + ")";
    fields.push_back(std::move(field));
  }
  return fields;
}

Field carried_field(const std::string_view column, const std::size_t position) {
  if (position >= kMaxNumbered) {
    throw StudyError({.french = "étude : plus de 99 colonnes à conserver ; retirez celles qui ne servent pas",
                      .english = "study: more than 99 carried columns; leave out those of no use"});
  }
  std::string name;
  for (const char letter : fold_text(column)) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0 && static_cast<unsigned char>(letter) < 0x80) {
      name += letter;
    } else if (letter == ' ' && !name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0) {
    name.insert(0, "colonne_");
  }
  std::string letters;
  for (const char letter : name) {
    if (letter != '_' && letters.size() < kCarriedLetters) {
      letters += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
  }
  const std::string label{column};
  return {.name = name,
          .short_name = "X" + two_digits(position + 1) + "_" + letters,
          .type = FieldType::text,
          .unit = "",
          .decimals = 0,
          .label = {.french = label, .english = label},
          .meaning = {.french = "Colonne « " + label + " » de la source, telle quelle.",
                      .english = "Column '" + label + "' of the source, as it is."}};
}

void make_names_unique(const std::string_view layer, std::vector<Field>& fields) {
  std::set<std::string> names;
  std::set<std::string> short_names;
  for (Field& field : fields) {
    const std::string wanted = field.name;
    for (int number = 2; !names.insert(field.name).second; ++number) {
      field.name = wanted + "_" + std::to_string(number);
    }
    if (!short_names.insert(field.short_name).second) {
      throw StudyError(
          {.french = "couche « " + std::string{layer} + " » : deux champs s’appelleraient « " + field.short_name + " »",
           .english = "layer '" + std::string{layer} + "': two fields would be called '" + field.short_name + "'"});
    }
  }
}

std::string unit_name(const CostUnit unit) {
  return unit == CostUnit::metres ? "m" : "s";
}

std::vector<DictionaryEntry> field_dictionary() {
  std::vector<DictionaryEntry> entries;
  for (const LayerKind kind : all_layer_kinds()) {
    for (Field& field : common_fields(kind)) {
      entries.push_back({kind, std::move(field), false});
    }
    for (const detail::FieldEntry& entry : detail::coverage_field_entries()) {
      if (has(entry, kind)) {
        Field field = field_of(entry);
        field.name = "<definition>_" + field.name;
        field.short_name = "Cnn_" + field.short_name;
        field.unit = field.unit == "cost" ? "m ou s" : field.unit;
        entries.push_back({kind, std::move(field), true});
      }
    }
  }
  return entries;
}

}  // namespace maillage
