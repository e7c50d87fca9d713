#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "maps/build_layers.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer_views.hpp"

namespace maillage::detail {

namespace {

constexpr const char* kNotSignificantColour = "#eeeeee";
constexpr const char* kIslandColour = "#999999";

/// One category of a layer of clusters.
struct ClusterLook {
  std::string_view value;
  const char* colour;
  Text label;
};

LayerView categorised(const Layer& layer, const std::size_t field, const std::vector<ClusterLook>& looks, Text note) {
  const Field& of = layer.fields[field];
  LayerView view{.layer = layer.name, .name = layer.name + "_" + of.name, .title = of.label, .field = of.name};
  for (const ClusterLook& look : looks) {
    view.classes.push_back({.holds = ViewClass::Holds::category,
                            .value = std::string{look.value},
                            .label = look.label,
                            .symbol = area_symbol(look.colour)});
  }
  view.classes.push_back(no_value_class());
  view.legend = of.label;
  view.note = std::move(note);
  return view;
}

/// The colours that programs of spatial statistics use.
std::vector<ClusterLook> cluster_looks() {
  return {{"haut-haut", "#d7191c", {.french = "Haut, voisines hautes", .english = "High, neighbours high"}},
          {"bas-bas", "#2c7bb6", {.french = "Bas, voisines basses", .english = "Low, neighbours low"}},
          {"bas-haut", "#abd9e9", {.french = "Bas, voisines hautes", .english = "Low, neighbours high"}},
          {"haut-bas", "#fdae61", {.french = "Haut, voisines basses", .english = "High, neighbours low"}},
          {kNotSignificant, kNotSignificantColour, {.french = "Non significatif", .english = "Not significant"}},
          {kIsland, kIslandColour, {.french = "Sans voisine", .english = "Without neighbour"}}};
}

std::vector<ClusterLook> hot_spot_looks() {
  return {{"chaud", "#ca0020", {.french = "Foyer de valeurs hautes", .english = "Hot spot"}},
          {"froid", "#0571b0", {.french = "Foyer de valeurs basses", .english = "Cold spot"}},
          {kNotSignificant, kNotSignificantColour, {.french = "Non significatif", .english = "Not significant"}},
          {kIsland, kIslandColour, {.french = "Sans voisine", .english = "Without neighbour"}}};
}

Text significance() {
  return {.french = "p bilatéral au plus 0,05, corrigé de la multiplicité.",
          .english = "Two-sided p at most 0.05, corrected for multiplicity."};
}

/// Ranks stand beside their values: where the best-ranked has the lesser value, less is better.
bool less_is_better(const Layer& layer, const std::size_t field) {
  const std::vector<double> values = numbers_of(layer, field);
  const std::vector<double> ranks = numbers_of(layer, field + 1);
  double best_value = 0;
  double worst_value = 0;
  double best = std::numeric_limits<double>::infinity();
  double worst = -best;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (std::isnan(values[k]) || std::isnan(ranks[k])) {
      continue;
    }
    if (ranks[k] < best) {
      best = ranks[k];
      best_value = values[k];
    }
    if (ranks[k] > worst) {
      worst = ranks[k];
      worst_value = values[k];
    }
  }
  return best_value < worst_value;
}

/// What follows the question's number in a short name: "V03" of "A01_V03".
std::string_view suffix(const Field& field) {
  constexpr std::size_t kPrefix = 4;
  return field.short_name.size() > kPrefix && field.short_name.front() == 'A' && field.short_name[kPrefix - 1] == '_'
             ? std::string_view{field.short_name}.substr(kPrefix)
             : std::string_view{};
}

bool is_numbered(const std::string_view name, const std::string_view letters) {
  return name.size() == letters.size() + 2 && name.starts_with(letters) && name.back() >= '0' && name.back() <= '9';
}

LayerView measure_view(const Layer& layer, const std::size_t field, const ViewSettings& settings) {
  if (layer.fields[field].is_amount) {
    return amount_view(layer, field, area_symbol("#f0f0f0"), "#2c7fb8");
  }
  return graduated_view(
      layer, field, {.palette = less_is_better(layer, field) ? Palette::orange_red : Palette::yellow_blue}, settings);
}

}  // namespace

std::vector<LayerView> access_views(const Layer& layer, const ViewSettings& settings) {
  std::vector<LayerView> views;
  const bool access = layer.name == layer_name(LayerKind::access);
  const bool clusters = layer.name == layer_name(LayerKind::clusters);
  std::optional<std::size_t> first;
  for (std::size_t field = 0; field < layer.fields.size() && (access || clusters); ++field) {
    const std::string_view name = suffix(layer.fields[field]);
    if ((access && is_numbered(name, "V")) || (clusters && is_numbered(name, "CL"))) {
      first = first.value_or(views.size());
    }
    if (access && is_numbered(name, "V")) {
      views.push_back(measure_view(layer, field, settings));
    } else if (access && name == "ETEND") {
      views.push_back(graduated_view(layer, field, {.palette = Palette::purples}, settings));
    } else if (access && name == "PIRES") {
      views.push_back(graduated_view(layer, field, {.palette = Palette::orange_red}, settings));
    } else if (clusters && is_numbered(name, "CL")) {
      views.push_back(categorised(layer, field, cluster_looks(), significance()));
    } else if (clusters && is_numbered(name, "FO")) {
      views.push_back(categorised(layer, field, hot_spot_looks(), significance()));
    }
  }
  if (first) {
    views[*first].is_default = true;
  }
  return views;
}

}  // namespace maillage::detail
