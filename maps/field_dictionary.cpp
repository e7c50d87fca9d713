#include "maps/field_dictionary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"
#include "maps/field_entries.hpp"
#include "maps/measure_display.hpp"

namespace maillage {

namespace {

constexpr std::size_t kMaxNumbered = 99;  // two digits in a short name
constexpr std::size_t kCarriedLetters = 6;

bool has(const detail::FieldEntry& entry, const LayerKind kind) {
  return (entry.layers & (1U << static_cast<std::uint32_t>(kind))) != 0;
}

/// Counts without a unit of their own; what counts inhabitants says so by its unit.
constexpr std::array<std::string_view, 6> kCounts{"structures",        "communes",          "communes_avec",
                                                  "communes_touchees", "communes_couvertes", "communes_heure"};

Field field_of(const detail::FieldEntry& entry) {
  return {.name = std::string{entry.name},
          .short_name = std::string{entry.short_name},
          .type = entry.type,
          .unit = std::string{entry.unit},
          .decimals = entry.decimals,
          .label = {.french = std::string{entry.label_french}, .english = std::string{entry.label_english}},
          .meaning = {.french = std::string{entry.meaning_french}, .english = std::string{entry.meaning_english}},
          .is_amount = entry.unit == "hab" || std::ranges::find(kCounts, entry.name) != kCounts.end()};
}

std::string two_digits(const std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

void require_numbered(const std::size_t position, const Text& what) {
  if (position >= kMaxNumbered) {
    throw StudyError({.french = "étude : plus de 99 " + what.french + " ; répartissez-les en plusieurs études",
                      .english = "study: more than 99 " + what.english + "; split them into several studies"});
  }
}

/// As the documentation shows a field that comes once per question of access, or per measure of one.
DictionaryEntry repeated_entry(const LayerKind kind, const detail::FieldEntry& entry, const bool per_measure) {
  Field field = field_of(entry);
  const std::string prefix = per_measure ? "<acces>_<mesure>" : "<acces>";
  field.name = prefix + (field.name.empty() ? "" : "_" + field.name);
  field.short_name = "Ann_" + field.short_name + (per_measure ? "mm" : "");
  if (field.unit == "unit") {
    field.unit = "selon la mesure";
    field.meaning = {.french = "Valeur de la mesure.", .english = "Value of the measure."};
  }
  return {kind, std::move(field), true};
}

}  // namespace

std::string layer_name(const LayerKind kind) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"communes", "structures", "lacunes_communes", "lacunes_geometriques",
                                       "discontinuites", "departements", "epci", "accessibilite", "grappes", "continuite",
                                       "lacunes_temps", "isochrones", "routes_atteintes", "audit_reseau", "audit_lieux"});
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
    case LayerKind::access:
      return {.french = "Accessibilité", .english = "Accessibility"};
    case LayerKind::clusters:
      return {.french = "Grappes et points chauds", .english = "Clusters and hot spots"};
    case LayerKind::continuity:
      return {.french = "Continuité (semaine)", .english = "Continuity (week)"};
    case LayerKind::space_time_gaps:
      return {.french = "Lacunes dans l’espace et le temps", .english = "Gaps in space and time"};
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
                                     LayerKind::epcis,          LayerKind::access,          LayerKind::clusters,
                                     LayerKind::continuity,     LayerKind::space_time_gaps, LayerKind::isochrones,
                                     LayerKind::reached_roads,  LayerKind::network_audit,   LayerKind::audited_places};
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
  require_numbered(position, {.french = "définitions de couverture", .english = "coverage definitions"});
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

std::vector<Field> access_fields(const LayerKind kind, const AccessAnalysis& access, const std::size_t position) {
  require_numbered(position, {.french = "questions d’accessibilité", .english = "questions of access"});
  std::vector<Field> fields;
  for (const detail::FieldEntry& entry : detail::access_field_entries()) {
    if (has(entry, kind)) {
      Field field = field_of(entry);
      field.name = access.name + "_" + field.name;
      field.short_name = "A" + two_digits(position + 1) + "_" + field.short_name;
      field.label.french += " (" + access.label + ")";
      field.label.english += " (" + access.label + ")";
      fields.push_back(std::move(field));
    }
  }
  return fields;
}

std::vector<Field> measure_fields(const LayerKind kind, const AccessAnalysis& access, const std::size_t position,
                                  const std::size_t measure) {
  require_numbered(position, {.french = "questions d’accessibilité", .english = "questions of access"});
  require_numbered(measure, {.french = "mesures", .english = "measures"});
  const NamedMeasure& named = access.measures[measure];
  const MeasureDisplay display = measure_display(named.measure, access);
  std::vector<Field> fields;
  for (const detail::FieldEntry& entry : detail::measure_field_entries()) {
    if (!has(entry, kind)) {
      continue;
    }
    Field field = field_of(entry);
    const bool is_value = field.name.empty();
    field.name = access.name + "_" + named.name + (is_value ? "" : "_" + field.name);
    field.short_name = "A" + two_digits(position + 1) + "_" + field.short_name + two_digits(measure + 1);
    if (is_value) {
      field.unit = display.unit;
      field.decimals = display.decimals;
      field.meaning = display.meaning;
      const auto* availability = std::get_if<SpatialAvailability>(&named.measure);
      field.is_amount = availability != nullptr && !availability->per_inhabitant;
    }
    const auto label = [&](const std::string& what, const std::string& of) {
      return (is_value ? of : of + ", " + what) + " (" + access.label + ")";
    };
    field.label = {.french = label(field.label.french, named.label.french),
                   .english = label(field.label.english, named.label.english)};
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<Field> continuity_fields(const LayerKind kind, const ContinuityAnalysis& continuity,
                                     const std::size_t position) {
  require_numbered(position, {.french = "questions de continuité", .english = "questions of continuity"});
  const ContinuityDefinition& definition = continuity.week.definition;
  std::vector<Field> fields;
  const auto add = [&](const detail::FieldEntry& entry, const TimeWindow* window = nullptr, const std::size_t number = 0) {
    Field field = field_of(entry);
    const std::string of_window =
        window == nullptr ? "" : window->name + (field.name.empty() ? "" : "_");  // "samedi", "samedi_possible"
    field.name = definition.name + "_" + of_window + field.name;
    field.short_name = "H" + two_digits(position + 1) + "_" + field.short_name;
    if (window != nullptr) {
      require_numbered(number, {.french = "fenêtres", .english = "windows"});
      field.short_name += two_digits(number + 1);
      const bool at_most = !of_window.ends_with(window->name);
      field.label = {.french = window->label.french + (at_most ? ", au plus" : ""),
                     .english = window->label.english + (at_most ? ", at most" : "")};
    }
    field.label.french += " (" + definition.label + ")";
    field.label.english += " (" + definition.label + ")";
    fields.push_back(std::move(field));
  };
  for (const detail::FieldEntry& entry : detail::continuity_field_entries()) {
    const bool asked = entry.needs == detail::FieldNeeds::always ||
                       (entry.needs == detail::FieldNeeds::year && continuity.year) ||
                       (entry.needs == detail::FieldNeeds::together && !continuity.minutes_together.empty()) ||
                       (entry.needs == detail::FieldNeeds::next && !continuity.next.empty());
    if (has(entry, kind) && asked) {
      add(entry);
    }
  }
  std::vector<TimeWindow> windows = definition.windows;
  if (continuity.year) {
    windows.insert(windows.end(), continuity.year->definition.windows.begin(), continuity.year->definition.windows.end());
  }
  const auto add_windows = [&](const detail::FieldEntry& entry) {
    for (std::size_t k = 0; has(entry, kind) && k < windows.size(); ++k) {
      add(entry, &windows[k], k);
    }
  };
  add_windows(detail::window_field_entry());
  if (is_uncertain(continuity)) {
    add_windows(detail::most_of_window_field_entry());
  }
  return fields;
}

std::string name_from_text(const std::string_view text) {
  std::string name;
  for (const char letter : fold_text(text)) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0 && static_cast<unsigned char>(letter) < 0x80) {
      name += letter;
    } else if (letter == ' ' && !name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  return name;
}

Field carried_field(const std::string_view column, const std::size_t position) {
  require_numbered(position, {.french = "colonnes à conserver", .english = "carried columns"});
  std::string name = name_from_text(column);
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
                      .english = "Column '" + label + "' of the source, as it is."},
          .is_amount = false};
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
    for (const detail::FieldEntry& entry : detail::access_field_entries()) {
      if (has(entry, kind)) {
        entries.push_back(repeated_entry(kind, entry, false));
      }
    }
    for (const detail::FieldEntry& entry : detail::measure_field_entries()) {
      if (has(entry, kind)) {
        entries.push_back(repeated_entry(kind, entry, true));
      }
    }
    for (const detail::FieldEntry& entry : detail::continuity_field_entries()) {
      if (has(entry, kind)) {
        Field field = field_of(entry);
        field.name = "<continuite>_" + field.name;
        field.short_name = "Hnn_" + field.short_name;
        entries.push_back({kind, std::move(field), true});
      }
    }
    for (const detail::FieldEntry* entry : {&detail::window_field_entry(), &detail::most_of_window_field_entry()}) {
      if (has(*entry, kind)) {
        Field field = field_of(*entry);
        field.name = field.name.empty() ? "<continuite>_<fenetre>" : "<continuite>_<fenetre>_" + field.name;
        field.short_name = "Hnn_" + field.short_name + "mm";
        entries.push_back({kind, std::move(field), true});
      }
    }
  }
  return entries;
}

}  // namespace maillage
