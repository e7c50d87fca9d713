#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "engine/survey/table.hpp"
#include "maps/build_layers.hpp"
#include "maps/colour.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer_views.hpp"

namespace maillage::detail {

namespace {

constexpr const char* kDarkGrey = "#4d4d4d";
constexpr const char* kTierBorder = "#969696";
// Okabe & Ito (2008), without the black and with the yellow last: it is weak on a light map.
constexpr std::array<const char*, 7> kTypeColours{"#d55e00", "#0072b2", "#009e73", "#cc79a7",
                                                  "#56b4e9", "#e69f00", "#f0e442"};
constexpr std::array kTypeShapes{MarkerShape::circle,   MarkerShape::square,   MarkerShape::diamond,
                                 MarkerShape::triangle, MarkerShape::pentagon, MarkerShape::star};

LayerView view_of(const LayerKind kind, std::string name, Text title, std::string field = "") {
  return {.layer = layer_name(kind), .name = std::move(name), .title = std::move(title), .field = std::move(field)};
}

ViewClass category(std::string value, Text label, Symbol symbol) {
  return {.holds = ViewClass::Holds::category,
          .value = std::move(value),
          .label = std::move(label),
          .symbol = std::move(symbol)};
}

ViewClass rest(Text label, Symbol symbol) {
  return {.holds = ViewClass::Holds::rest, .label = std::move(label), .symbol = std::move(symbol)};
}

/// Numbers in a label stay on one line: "15 000" with a narrow no-break space.
std::string unbroken(const std::string& label) {
  const auto digit = [](const char letter) { return letter >= '0' && letter <= '9'; };
  std::string text;
  for (std::size_t k = 0; k < label.size(); ++k) {
    const bool within = label[k] == ' ' && k > 0 && k + 1 < label.size() && digit(label[k - 1]) && digit(label[k + 1]);
    text += within ? std::string{"\u202F"} : std::string{label[k]};
  }
  return text;
}

LayerView communes_by_tier(const PopulationTiers& tiers) {
  LayerView view = view_of(LayerKind::communes, kTierView,
                           {.french = "Strates de population", .english = "Population classes"}, "strate_rang");
  const auto symbol = [](const std::string& colour) {
    Symbol area = area_symbol(colour);
    area.border = kTierBorder;
    return area;
  };
  // Of four classes, the lightest would be white beside the sea: the palette of five without its darkest, on which markers
  // would not stand out.
  const std::size_t classes = std::min(tiers.lower_bounds.size(), kMostColours - 1);
  const std::vector<std::string> colours = palette_colours(Palette::blues, classes + 1);
  for (const TierIndex tier : tiers.lower_bounds.indices()) {
    view.classes.push_back(category(std::to_string(tier.value() + 1),
                                    {.french = unbroken(tiers.labels_french[tier]), .english = tiers.labels_english[tier]},
                                    symbol(colours[std::min<std::size_t>(tier.value(), classes - 1)])));
  }
  view.classes.push_back(rest({.french = "Population inconnue", .english = "Unknown population"}, symbol("#ffffff")));
  view.legend = {.french = "Communes par population (hab)", .english = "Communes by population (inhabitants)"};
  view.is_default = true;
  return view;
}

LayerView plain_communes() {
  LayerView view =
      view_of(LayerKind::communes, kGroundView, {.french = "Communes (fond)", .english = "Communes (background)"});
  Symbol area = area_symbol("#f0f0f0");
  area.border = "#bdbdbd";
  view.classes.push_back(rest({.french = "Communes", .english = "Communes"}, std::move(area)));
  view.legend = {.french = "Communes", .english = "Communes"};
  return view;
}

LayerView communes_by_coverage(const CoverageDefinition& definition) {
  LayerView view = view_of(LayerKind::communes, covered_view(definition),
                           {.french = "Couverture : " + definition.label, .english = "Coverage: " + definition.label},
                           definition.name + "_est_couverte");
  view.classes.push_back(
      category("true", {.french = "Commune couverte", .english = "Commune covered"}, area_symbol("#74a9cf")));
  view.classes.push_back(category(
      "false", {.french = "Commune au-delà de la limite", .english = "Commune beyond the limit"}, area_symbol("#fdae61")));
  view.legend = {.french = definition.label, .english = definition.label};
  view.note = {.french = "Couverte : la moitié au moins des habitants est dans la limite.",
               .english = "Covered: at least half of the inhabitants are within the limit."};
  return view;
}

/// Cost of the nearest offer, from teal to brown: the colour changes at the limit.
LayerView communes_by_cost(const Layer& layer, const CoverageDefinition& definition, const ViewSettings& settings) {
  LayerView view =
      graduated_view(layer, field_position(layer, definition.name + "_cout"),
                     {.palette = Palette::brown_teal, .centre = static_cast<double>(definition.limit), .reversed = true},
                     settings);
  view.classes.back().label = {.french = "Aucune structure accessible", .english = "No structure can be reached"};
  view.note.french += " La couleur change à la limite.";
  view.note.english += " The colour changes at the limit.";
  return view;
}

LayerView communes_by_population(const Layer& layer) {
  Symbol ground = area_symbol("#f0f0f0");
  ground.border = "#bdbdbd";
  LayerView view = amount_view(layer, field_position(layer, "population"), ground, "#0570b0");
  view.name = "communes_population";
  view.legend = {.french = "Population des communes (hab)", .english = "Population of communes (inhabitants)"};
  return view;
}

// The types by decreasing count, then by name.
std::vector<std::pair<std::string, std::int64_t>> types_of(const Layer& structures) {
  std::map<std::string, std::int64_t> counts;
  for (const Value& value : structures.columns[field_position(structures, "typologie")]) {
    if (const auto* type = std::get_if<std::string>(&value)) {
      counts[*type] += 1;
    }
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked{counts.begin(), counts.end()};
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

/// Thousands of markers of one type must not hide the map nor the rarer types.
double marker_mm(const std::int64_t count) {
  return count > 8'000 ? 0.6 : count > 2'000 ? 1.1 : count > 500 ? 1.7 : 2.6;
}

Symbol marker(const std::string& colour, const MarkerShape shape, const std::int64_t count) {
  const double size_mm = marker_mm(count);
  return {.kind = Symbol::Kind::marker, .colour = colour, .border = marker_border(colour), .border_mm = size_mm / 8,
          .size_mm = size_mm, .shape = shape};
}

/// Markers by type: the same type looks the same in every view. A type that is nearly everywhere, as town halls are, is a grey
/// ground on which the others stand out.
std::vector<ViewClass> type_classes(const Layer& structures) {
  constexpr double kGroundShare = 0.8;
  const auto types = types_of(structures);
  std::int64_t all = 0;
  for (const auto& [type, count] : types) {
    all += count;
  }
  std::vector<ViewClass> classes;
  std::size_t number = 0;
  for (const auto& [type, count] : types) {
    const bool ground = types.size() > 1 && static_cast<double>(count) > kGroundShare * static_cast<double>(all);
    classes.push_back(category(type, {.french = type, .english = type},
                               ground ? marker("#737373", MarkerShape::circle, count)
                                      : marker(kTypeColours.at(number % kTypeColours.size()),
                                               kTypeShapes.at(number % kTypeShapes.size()), count)));
    number += ground ? 0 : 1;
  }
  classes.push_back(rest({.french = "Type non renseigné", .english = "Type not given"},
                         marker(kDarkGrey, MarkerShape::circle, 0)));
  return classes;
}

LayerView structures_by_type(const Layer& structures) {
  LayerView view = view_of(LayerKind::structures, kTypeView,
                           {.french = "Types de structures", .english = "Types of structures"}, "typologie");
  view.classes = type_classes(structures);
  view.legend = {.french = "Structures par type", .english = "Structures by type"};
  view.is_default = true;
  return view;
}

/// Only the structures that the definition counts.
LayerView structures_counted(const Layer& structures, const CoverageDefinition& definition) {
  LayerView view = structures_by_type(structures);
  view.name = counted_view(definition);
  view.title = {.french = "Structures comptées : " + definition.label,
                .english = "Structures counted: " + definition.label};
  view.only = {{definition.name + "_est_comptee", "true"}};
  view.is_default = false;
  const std::size_t counted = field_position(structures, definition.name + "_est_comptee");
  const std::size_t type = field_position(structures, "typologie");
  std::map<std::string, std::int64_t> present;
  for (std::size_t feature = 0; feature < structures.features(); ++feature) {
    if (category_text(structures.columns[counted][feature]) == "true") {
      present[category_text(structures.columns[type][feature])] += 1;
    }
  }
  // Types that none of them has would be lines of a legend without a mark; the last line stays where there is no structure.
  const ViewClass last = view.classes.back();
  std::erase_if(view.classes, [&](const ViewClass& one) { return !present.contains(one.value); });
  if (view.classes.empty()) {
    view.classes.push_back(last);
  }
  return view;
}

LayerView gaps_by_population(const Layer& layer, const CoverageDefinition& definition, const bool beyond_limit) {
  const std::string kind = beyond_limit ? "Lacunes au-delà de la limite" : "Lacunes sans structure";
  const std::string kind_english = beyond_limit ? "Gaps beyond the limit" : "Gaps without structure";
  Symbol area{.kind = Symbol::Kind::fill, .colour = "#fc8d59", .opacity = 130, .border = "#7f0000", .border_mm = 0.3};
  LayerView view = amount_view(layer, field_position(layer, "population"), area, "#b30000");
  view.name = gap_view(definition, beyond_limit);
  view.title = {.french = kind + " : " + definition.label, .english = kind_english + ": " + definition.label};
  view.only = {{"definition", definition.name},
               {"nature", std::string{beyond_limit ? kGapBeyondLimit : kGapWithoutStructure}}};
  view.classes.front().label =
      beyond_limit ? Text{.french = "Communes contiguës au-delà de la limite", .english = "Contiguous communes beyond the limit"}
                   : Text{.french = "Communes contiguës sans structure", .english = "Contiguous communes without structure"};
  // The largest of these very gaps: those of another question would make all circles dots.
  view.circles->largest_value = 0;
  const std::vector<double> inhabitants = numbers_of(layer, field_position(layer, "population"));
  for (std::size_t gap = 0; gap < inhabitants.size(); ++gap) {
    if (is_drawn(view, layer, gap) && inhabitants[gap] > view.circles->largest_value) {
      view.circles->largest_value = inhabitants[gap];
    }
  }
  view.legend = {.french = "Habitants de la lacune", .english = "Inhabitants of the gap"};
  view.circles->legend = view.legend;
  return view;
}

LayerView geometric_gaps(const CoverageDefinition& definition) {
  LayerView view = view_of(LayerKind::geometric_gaps, geometric_gap_view(definition),
                           {.french = "Territoire au-delà de la limite : " + definition.label,
                            .english = "Ground beyond the limit: " + definition.label});
  view.only = {{"definition", definition.name}};
  view.classes.push_back(rest({.french = "Au-delà de la limite", .english = "Beyond the limit"},
                              {.kind = Symbol::Kind::hatch, .colour = "#d7301f", .opacity = 200, .border = "#d7301f",
                               .border_mm = 0.3}));
  view.legend = {.french = definition.label, .english = definition.label};
  return view;
}

// Steps are halves, once and twice the limit: what a border changes, against what the study calls near.
LayerView discontinuities_by_jump(const CoverageDefinition& definition) {
  struct Step {
    double of_limit;
    double width_mm;
    const char* colour;
  };
  constexpr std::array<Step, 3> kSteps{{{0.5, 0.4, "#fdbb84"}, {1, 0.9, "#e34a33"}, {2, 1.6, "#7f0000"}}};
  LayerView view = view_of(LayerKind::discontinuities, jump_view(definition),
                           {.french = "Sauts de part et d’autre des limites : " + definition.label,
                            .english = "Jumps across borders: " + definition.label},
                           "saut");
  view.only = {{"definition", definition.name}};
  const ShownUnit unit = shown_unit(unit_name(cost_unit(definition.travel)), 2.0 * definition.limit);
  for (std::size_t number = 0; number < kSteps.size(); ++number) {
    ViewClass one{.holds = ViewClass::Holds::interval};
    one.from = kSteps.at(number).of_limit * definition.limit;
    if (number + 1 < kSteps.size()) {
      one.below = kSteps.at(number + 1).of_limit * definition.limit;
    }
    one.label = interval_label(one.from, one.below, unit);
    one.symbol = {.kind = Symbol::Kind::line, .colour = kSteps.at(number).colour, .size_mm = kSteps.at(number).width_mm};
    view.classes.push_back(std::move(one));
  }
  view.legend = {.french = "Écart entre communes voisines (" + unit.unit + ")",
                 .english = "Difference between neighbours (" + unit.unit + ")"};
  view.note = {.french = "Écarts d’au moins la moitié de la limite.", .english = "Differences of at least half the limit."};
  return view;
}

LayerView zones_by_share(const Layer& layer, const CoverageDefinition& definition) {
  const std::size_t field = field_position(layer, definition.name + "_part_couverte");
  LayerView view{.layer = layer.name,
                 .name = layer.name + "_part_" + definition.name,
                 .title = {.french = "Part de la population couverte : " + definition.label,
                           .english = "Share of inhabitants covered: " + definition.label},
                 .field = layer.fields[field].name};
  constexpr std::array kFifths{20.0, 40.0, 60.0, 80.0};
  Symbol look = area_symbol("");
  look.border = kDarkGrey;
  look.border_mm = 0.3;
  const std::vector<std::string> colours = palette_colours(Palette::blue_green, kFifths.size() + 1);
  view.classes = interval_classes(kFifths, colours, {.divisor = 1, .unit = "%"}, look);
  ViewClass nobody = no_value_class();
  nobody.label = {.french = "Sans habitant", .english = "No inhabitant"};
  view.classes.push_back(std::move(nobody));
  view.legend = {.french = "Part des habitants couverts (%)", .english = "Share of inhabitants covered (%)"};
  return view;
}

LayerView zone_outlines(const Layer& layer) {
  const bool departements = layer.name == layer_name(LayerKind::departements);
  LayerView view{.layer = layer.name,
                 .name = outline_view(layer),
                 .title = {.french = "Contours", .english = "Outlines"}};
  view.classes.push_back(rest(layer.title, {.kind = Symbol::Kind::outline,
                                            .colour = departements ? "#252525" : "#636363",
                                            .size_mm = departements ? 0.35 : 0.2}));
  view.legend = layer.title;
  view.is_default = true;
  return view;
}

std::vector<LayerView> commune_views(const Layer& layer, const ViewSources& sources) {
  std::vector<LayerView> views{communes_by_tier(sources.tiers), plain_communes(), communes_by_population(layer)};
  for (const CoverageDefinition& definition : sources.definitions) {
    views.push_back(communes_by_coverage(definition));
    views.push_back(communes_by_cost(layer, definition, sources.settings));
  }
  return views;
}

}  // namespace

std::string covered_view(const CoverageDefinition& definition) {
  return "communes_couverture_" + definition.name;
}
std::string cost_view(const CoverageDefinition& definition) {
  return "communes_" + definition.name + "_cout";
}
std::string counted_view(const CoverageDefinition& definition) {
  return "structures_" + definition.name;
}
std::string gap_view(const CoverageDefinition& definition, const bool beyond_limit) {
  return (beyond_limit ? "lacunes_limite_" : "lacunes_sans_") + definition.name;
}
std::string geometric_gap_view(const CoverageDefinition& definition) {
  return "lacunes_geometriques_" + definition.name;
}
std::string jump_view(const CoverageDefinition& definition) {
  return "discontinuites_" + definition.name;
}
std::string outline_view(const Layer& zones) {
  return zones.name + "_contours";
}

std::vector<LayerView> coverage_views(const Layer& layer, const ViewSources& sources) {
  std::vector<LayerView> views;
  if (layer.name == layer_name(LayerKind::communes)) {
    return commune_views(layer, sources);
  }
  if (layer.name == layer_name(LayerKind::structures)) {
    views.push_back(structures_by_type(layer));
  }
  const bool zones = layer.name == layer_name(LayerKind::departements) || layer.name == layer_name(LayerKind::epcis);
  if (zones) {
    views.push_back(zone_outlines(layer));
  }
  for (const CoverageDefinition& definition : sources.definitions) {
    if (layer.name == layer_name(LayerKind::structures)) {
      views.push_back(structures_counted(layer, definition));
    } else if (zones) {
      views.push_back(zones_by_share(layer, definition));
    } else if (layer.name == layer_name(LayerKind::commune_gaps)) {
      views.push_back(gaps_by_population(layer, definition, true));
      views.push_back(gaps_by_population(layer, definition, false));
    } else if (layer.name == layer_name(LayerKind::geometric_gaps)) {
      views.push_back(geometric_gaps(definition));
    } else if (layer.name == layer_name(LayerKind::discontinuities)) {
      views.push_back(discontinuities_by_jump(definition));
    }
  }
  if (!views.empty()) {
    views.front().is_default = true;
  }
  return views;
}

}  // namespace maillage::detail
