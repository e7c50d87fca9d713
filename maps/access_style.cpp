#include "maps/access_style.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "maps/build_layers.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/graduated_style.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

constexpr std::string_view kBorder = "#ffffff";
constexpr double kBorderMm = 0.05;
constexpr std::string_view kNothing = "#d9d9d9";

// ColorBrewer Purples, for disagreement.
constexpr std::array<std::string_view, 5> kDoubt{"#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"};

LayerStyle style(const Layer& layer, std::string name, std::string qml, const bool is_default) {
  return {.layer = layer.name, .name = std::move(name), .qml = std::move(qml), .sld = "", .is_default = is_default};
}

LayerStyle categorised(const Layer& layer, const std::size_t field,
                       const std::vector<std::pair<std::string_view, std::string_view>>& colours, const bool is_default) {
  std::vector<Category> categories;
  for (const auto& [value, colour] : colours) {
    categories.push_back({.value = std::string{value},
                          .label = value.empty() ? "Sans valeur" : std::string{value},
                          .symbol = fill_symbol(std::to_string(categories.size()), colour, 255, kBorder, kBorderMm)});
  }
  return style(layer, layer.fields[field].label.french, categorised_qml(layer.fields[field].name, categories), is_default);
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

}  // namespace

std::vector<LayerStyle> access_styles(const Layer& layer) {
  std::vector<LayerStyle> styles;
  const bool access = layer.name == layer_name(LayerKind::access);
  const bool clusters = layer.name == layer_name(LayerKind::clusters);
  bool has_default = false;
  for (std::size_t field = 0; field < layer.fields.size() && (access || clusters); ++field) {
    const std::string_view name = suffix(layer.fields[field]);
    if (access && is_numbered(name, "V")) {
      styles.push_back(graduated_style(layer, field, less_is_better(layer, field) ? kBad : kGood, !has_default));
      has_default = true;
    } else if (access && name == "ETEND") {
      styles.push_back(graduated_style(layer, field, kDoubt, false));
    } else if (access && name == "PIRES") {
      styles.push_back(graduated_style(layer, field, kBad, false));
    } else if (clusters && is_numbered(name, "CL")) {
      styles.push_back(categorised(layer, field,
                                   {{"haut-haut", "#d7191c"},
                                    {"bas-bas", "#2c7bb6"},
                                    {"bas-haut", "#abd9e9"},
                                    {"haut-bas", "#fdae61"},
                                    {kNotSignificant, "#eeeeee"},
                                    {kIsland, "#999999"},
                                    {"", kNothing}},
                                   !has_default));
      has_default = true;
    } else if (clusters && is_numbered(name, "FO")) {
      styles.push_back(categorised(
          layer, field,
          {{"chaud", "#ca0020"}, {"froid", "#0571b0"}, {kNotSignificant, "#eeeeee"}, {kIsland, "#999999"}, {"", kNothing}},
          false));
    }
  }
  return styles;
}

}  // namespace maillage::detail
