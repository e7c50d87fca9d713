#include "maps/access_style.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "engine/survey/table.hpp"
#include "maps/build_layers.hpp"
#include "maps/classification.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

constexpr std::string_view kBorder = "#ffffff";
constexpr double kBorderMm = 0.05;
constexpr std::string_view kNothing = "#d9d9d9";

// ColorBrewer YlGnBu: the more the better; OrRd: the more the worse; Purples for disagreement.
constexpr std::array<std::string_view, 5> kGood{"#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"};
constexpr std::array<std::string_view, 5> kBad{"#fef0d9", "#fdcc8a", "#fc8d59", "#e34a33", "#b30000"};
constexpr std::array<std::string_view, 5> kDoubt{"#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"};

double number_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return *real;
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(*integer);
}

std::vector<double> numbers_of(const Layer& layer, const std::size_t field) {
  std::vector<double> numbers;
  for (const Value& value : layer.columns[field]) {
    numbers.push_back(number_of(value));
  }
  return numbers;
}

/// A bound as it is read, with as many decimals as it has.
std::string shown(const double value) {
  int decimals = 0;
  while (decimals < 6 && std::abs(value * std::pow(10, decimals) - std::round(value * std::pow(10, decimals))) > 1e-6) {
    ++decimals;
  }
  return to_text(rounded_number(value, decimals), Language::french);
}

LayerStyle style(const Layer& layer, std::string name, std::string qml, const bool is_default) {
  return {.layer = layer.name, .name = std::move(name), .qml = std::move(qml), .sld = "", .is_default = is_default};
}

LayerStyle graduated(const Layer& layer, const std::size_t field, const std::array<std::string_view, 5>& colours,
                     const bool is_default) {
  const Field& of = layer.fields[field];
  const ClassBounds classes = quantile_classes(numbers_of(layer, field), colours.size());
  const std::string unit = of.unit.empty() ? "" : "\u00A0" + of.unit;
  std::vector<Rule> rules;
  for (std::size_t k = 0; k < classes.classes(); ++k) {
    const bool last = k + 1 == classes.classes();
    const double low = classes.bounds[k];
    const double high = classes.bounds[k + 1];
    std::string filter = k == 0 ? fmt::format("\"{}\" IS NOT NULL", of.name) : fmt::format("\"{}\" >= {}", of.name, low);
    if (!last) {
      filter += fmt::format(" AND \"{}\" < {}", of.name, high);
    }
    const std::size_t colour =
        classes.classes() == 1 ? colours.size() / 2 : k * (colours.size() - 1) / (classes.classes() - 1);
    rules.push_back({.filter = filter,
                     .label = last
                                  ? fmt::format("{}{} et plus", shown(low), unit)
                                  : fmt::format("De {} à moins de {}{}",
                                                k == 0 ? shown(std::floor(low * 100) / 100) : shown(low), shown(high), unit),
                     .symbol = fill_symbol(std::to_string(k), colours.at(colour), 255, kBorder, kBorderMm)});
  }
  rules.push_back({.filter = fmt::format("\"{}\" IS NULL", of.name),
                   .label = "Sans valeur",
                   .symbol = fill_symbol(std::to_string(rules.size()), kNothing, 255, kBorder, kBorderMm)});
  return style(layer, of.label.french, rule_qml(rules), is_default);
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
      styles.push_back(graduated(layer, field, less_is_better(layer, field) ? kBad : kGood, !has_default));
      has_default = true;
    } else if (access && name == "ETEND") {
      styles.push_back(graduated(layer, field, kDoubt, false));
    } else if (access && name == "PIRES") {
      styles.push_back(graduated(layer, field, kBad, false));
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
