#include "maps/qgis_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "engine/survey/table.hpp"
#include "maps/access_style.hpp"
#include "maps/build_layers.hpp"
#include "maps/continuity_style.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/network_style.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage {

namespace {

constexpr std::string_view kLightGrey = "#d9d9d9";
constexpr std::string_view kDarkGrey = "#4d4d4d";
constexpr std::string_view kCommuneBorder = "#ffffff";
constexpr double kCommuneBorderMm = 0.05;

// ColorBrewer PuBu, light to dark; tiers beyond the fourth share the darkest.
constexpr std::array<std::string_view, 4> kTierColours{"#f1eef6", "#bdc9e1", "#74a9cf", "#0570b0"};
// ColorBrewer OrRd, for wants.
constexpr std::array<std::string_view, 4> kGapColours{"#fdcc8a", "#fc8d59", "#e34a33", "#b30000"};
// ColorBrewer PuBuGn, for shares covered.
constexpr std::array<std::string_view, 5> kShareColours{"#f6eff7", "#bdc9e1", "#67a9cf", "#1c9099", "#016c59"};
// Okabe & Ito (2008), without the black and with the yellow last: it is weak on a light map.
constexpr std::array<std::string_view, 7> kTypeColours{"#d55e00", "#0072b2", "#009e73", "#cc79a7",
                                                       "#56b4e9", "#e69f00", "#f0e442"};
constexpr std::array<std::string_view, 6> kTypeShapes{"circle", "square", "diamond", "triangle", "pentagon", "star"};

using detail::Category;
using detail::Rule;

std::string quoted(const std::string_view text) {
  std::string literal = "'";
  for (const char letter : text) {
    literal += letter == '\'' ? std::string{"''"} : std::string{letter};
  }
  return literal + "'";
}

std::string french_number(const std::int64_t number) {
  return to_text(TableCell{number}, Language::french);
}

LayerStyle style_of(const LayerKind kind, std::string name, std::string qml, const bool is_default) {
  return {.layer = layer_name(kind), .name = std::move(name), .qml = std::move(qml), .sld = "", .is_default = is_default};
}

LayerStyle communes_by_tier(const PopulationTiers& tiers) {
  std::vector<Category> categories;
  for (const TierIndex tier : tiers.lower_bounds.indices()) {
    const std::string_view colour = kTierColours.at(std::min<std::size_t>(tier.value(), kTierColours.size() - 1));
    categories.push_back(
        {.value = std::to_string(tier.value() + 1),
         .label = tiers.labels_french[tier],
         .symbol = detail::fill_symbol(std::to_string(tier.value()), colour, 255, "#969696", kCommuneBorderMm)});
  }
  categories.push_back(
      {.value = "",
       .label = "Population inconnue",
       .symbol = detail::fill_symbol(std::to_string(categories.size()), "#ffffff", 255, "#969696", kCommuneBorderMm)});
  return style_of(LayerKind::communes, "Strates de population", detail::categorised_qml("strate_rang", categories), true);
}

LayerStyle communes_by_coverage(const CoverageDefinition& definition) {
  const std::vector<Category> categories{
      {.value = "true",
       .label = "Commune couverte",
       .symbol = detail::fill_symbol("0", "#74a9cf", 255, kCommuneBorder, kCommuneBorderMm)},
      {.value = "false",
       .label = "Commune au-delà de la limite",
       .symbol = detail::fill_symbol("1", "#fdae61", 255, kCommuneBorder, kCommuneBorderMm)}};
  return style_of(LayerKind::communes, "Couverture : " + definition.label,
                  detail::categorised_qml(definition.name + "_est_couverte", categories), false);
}

// The types by decreasing count, then by name.
std::vector<std::pair<std::string, std::int64_t>> types_of(const Layer& structures) {
  std::map<std::string, std::int64_t> counts;
  for (std::size_t field = 0; field < structures.fields.size(); ++field) {
    if (structures.fields[field].name == "typologie") {
      for (const Value& value : structures.columns[field]) {
        if (const auto* type = std::get_if<std::string>(&value)) {
          counts[*type] += 1;
        }
      }
    }
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked{counts.begin(), counts.end()};
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

/// Thousands of markers of one type must not hide the map nor the rarer types.
double marker_mm(const std::int64_t count) {
  return count > 2'000 ? 1.1 : count > 500 ? 1.7 : 2.6;
}

LayerStyle structures_by_type(const Layer& structures) {
  std::vector<Category> categories;
  for (const auto& [type, count] : types_of(structures)) {
    const std::size_t number = categories.size();
    categories.push_back(
        {.value = type,
         .label = type,
         .symbol = detail::marker_symbol(std::to_string(number), kTypeColours.at(number % kTypeColours.size()),
                                         kTypeShapes.at(number % kTypeShapes.size()), marker_mm(count))});
  }
  categories.push_back(
      {.value = "",
       .label = "Type non renseigné",
       .symbol = detail::marker_symbol(std::to_string(categories.size()), kDarkGrey, "circle", marker_mm(0))});
  return style_of(LayerKind::structures, "Types de structures", detail::categorised_qml("typologie", categories), true);
}

LayerStyle gaps_by_population(const CoverageDefinition& definition, const std::string_view nature, const bool is_default) {
  // Decades: one gap usually holds most of the people, and equal steps would leave the rest in one class.
  constexpr std::array<std::int64_t, 4> kLowest{0, 1'000, 10'000, 100'000};
  const std::string of_kind =
      fmt::format("\"definition\" = {} AND \"nature\" = {}", quoted(definition.name), quoted(nature));
  std::vector<Rule> rules;
  for (std::size_t number = 0; number < kLowest.size(); ++number) {
    const bool last = number + 1 == kLowest.size();
    std::string filter = of_kind + fmt::format(" AND \"population\" >= {}", kLowest.at(number));
    std::string label = "100\u202F000 habitants et plus";
    if (!last) {
      filter += fmt::format(" AND \"population\" < {}", kLowest.at(number + 1));
      label = number == 0 ? "Moins de 1\u202F000 habitants"
                          : "De " + french_number(kLowest.at(number)) + " à moins de " +
                                french_number(kLowest.at(number + 1)) + " habitants";
    }
    rules.push_back({.filter = filter,
                     .label = label,
                     .symbol = detail::fill_symbol(std::to_string(number), kGapColours.at(number), 150, "#7f0000", 0.3)});
  }
  const std::string kind = nature == kGapWithoutStructure ? "Lacunes sans structure" : "Lacunes au-delà de la limite";
  return style_of(LayerKind::commune_gaps, kind + " : " + definition.label, detail::rule_qml(rules), is_default);
}

LayerStyle geometric_gaps(const CoverageDefinition& definition, const bool is_default) {
  const std::vector<Rule> rules{{.filter = fmt::format("\"definition\" = {}", quoted(definition.name)),
                                 .label = "Au-delà de la limite",
                                 .symbol = detail::hatch_symbol("0", "#d7301f", 200)}};
  return style_of(LayerKind::geometric_gaps, "Territoire au-delà de la limite : " + definition.label,
                  detail::rule_qml(rules), is_default);
}

// Steps are halves, once and twice the limit: what a border changes, against what the study calls near.
LayerStyle discontinuities_by_jump(const CoverageDefinition& definition, const bool is_default) {
  struct Step {
    double of_limit;
    double width_mm;
    std::string_view colour;
  };
  constexpr std::array<Step, 3> kSteps{{{0.5, 0.4, "#fdbb84"}, {1, 0.9, "#e34a33"}, {2, 1.6, "#7f0000"}}};
  const std::string unit = unit_name(cost_unit(definition.travel));
  std::vector<Rule> rules;
  for (std::size_t number = 0; number < kSteps.size(); ++number) {
    const auto low = static_cast<std::int64_t>(kSteps.at(number).of_limit * definition.limit);
    std::string filter = fmt::format("\"definition\" = {} AND \"saut\" >= {}", quoted(definition.name), low);
    std::string label = french_number(low) + "\u00A0" + unit + " et plus";
    if (number + 1 < kSteps.size()) {
      const auto high = static_cast<std::int64_t>(kSteps.at(number + 1).of_limit * definition.limit);
      filter += fmt::format(" AND \"saut\" < {}", high);
      label = "De " + french_number(low) + " à moins de " + french_number(high) + "\u00A0" + unit;
    }
    rules.push_back(
        {.filter = filter,
         .label = label,
         .symbol = detail::line_symbol(std::to_string(number), kSteps.at(number).colour, kSteps.at(number).width_mm)});
  }
  return style_of(LayerKind::discontinuities, "Sauts de part et d’autre des limites : " + definition.label,
                  detail::rule_qml(rules), is_default);
}

LayerStyle zones_by_share(const LayerKind kind, const CoverageDefinition& definition) {
  const std::string field = "\"" + definition.name + "_part_couverte\"";
  std::vector<Rule> rules;
  for (std::size_t number = 0; number < kShareColours.size(); ++number) {
    const int low = static_cast<int>(number) * 20;
    const bool last = number + 1 == kShareColours.size();
    rules.push_back({.filter = last ? fmt::format("{} >= {}", field, low)
                                    : fmt::format("{} >= {} AND {} < {}", field, low, field, low + 20),
                     .label = last ? "80 % de la population et plus" : fmt::format("De {} à moins de {} %", low, low + 20),
                     .symbol = detail::fill_symbol(std::to_string(number), kShareColours.at(number), 255, kDarkGrey, 0.3)});
  }
  rules.push_back({.filter = field + " IS NULL",
                   .label = "Sans habitant",
                   .symbol = detail::fill_symbol(std::to_string(rules.size()), kLightGrey, 255, kDarkGrey, 0.3)});
  return style_of(kind, "Part de la population couverte : " + definition.label, detail::rule_qml(rules), false);
}

LayerStyle zone_outlines(const LayerKind kind) {
  const bool departements = kind == LayerKind::departements;
  return style_of(
      kind, "Contours",
      detail::single_qml(detail::outline_symbol("0", departements ? "#252525" : "#636363", departements ? 0.6 : 0.3)), true);
}

void add_styles(std::vector<LayerStyle>& styles, const Layer& layer, const PopulationTiers& tiers,
                const std::span<const CoverageDefinition> definitions) {
  if (layer.name == layer_name(LayerKind::communes)) {
    styles.push_back(communes_by_tier(tiers));
  } else if (layer.name == layer_name(LayerKind::structures)) {
    styles.push_back(structures_by_type(layer));
  } else if (auto style = detail::network_style(layer)) {
    styles.push_back(std::move(*style));
  }
  for (LayerStyle& style : detail::continuity_styles(layer)) {
    styles.push_back(std::move(style));
  }
  for (LayerStyle& style : detail::access_styles(layer)) {
    styles.push_back(std::move(style));
  }
  for (const LayerKind kind : {LayerKind::departements, LayerKind::epcis}) {
    if (layer.name == layer_name(kind)) {
      styles.push_back(zone_outlines(kind));
      for (const CoverageDefinition& definition : definitions) {
        styles.push_back(zones_by_share(kind, definition));
      }
    }
  }
  for (std::size_t position = 0; position < definitions.size(); ++position) {
    const CoverageDefinition& definition = definitions[position];
    const bool first = position == 0;
    if (layer.name == layer_name(LayerKind::communes)) {
      styles.push_back(communes_by_coverage(definition));
    } else if (layer.name == layer_name(LayerKind::commune_gaps)) {
      styles.push_back(gaps_by_population(definition, kGapBeyondLimit, first));
      styles.push_back(gaps_by_population(definition, kGapWithoutStructure, false));
    } else if (layer.name == layer_name(LayerKind::geometric_gaps)) {
      styles.push_back(geometric_gaps(definition, first));
    } else if (layer.name == layer_name(LayerKind::discontinuities)) {
      styles.push_back(discontinuities_by_jump(definition, first));
    }
  }
}

}  // namespace

std::vector<LayerStyle> qgis_styles(const LayerSet& layers, const PopulationTiers& tiers,
                                    const std::span<const CoverageDefinition> definitions) {
  std::vector<LayerStyle> styles;
  for (const Layer& layer : layers.layers) {
    add_styles(styles, layer, tiers, definitions);
  }
  return styles;
}

}  // namespace maillage
