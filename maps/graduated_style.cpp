#include "maps/graduated_style.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "engine/survey/table.hpp"
#include "maps/classification.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

constexpr std::string_view kBorder = "#ffffff";
constexpr double kBorderMm = 0.05;
constexpr std::string_view kNothing = "#d9d9d9";

double number_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return *real;
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(*integer);
}

/// A bound as it is read, with as many decimals as it has.
std::string shown(const double value) {
  int decimals = 0;
  while (decimals < 6 && std::abs(value * std::pow(10, decimals) - std::round(value * std::pow(10, decimals))) > 1e-6) {
    ++decimals;
  }
  return to_text(rounded_number(value, decimals), Language::french);
}

}  // namespace

std::vector<double> numbers_of(const Layer& layer, const std::size_t field) {
  std::vector<double> numbers;
  for (const Value& value : layer.columns[field]) {
    numbers.push_back(number_of(value));
  }
  return numbers;
}

LayerStyle graduated_style(const Layer& layer, const std::size_t field, const std::array<std::string_view, 5>& colours,
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
  return {.layer = layer.name, .name = of.label.french, .qml = rule_qml(rules), .sld = "", .is_default = is_default};
}

}  // namespace maillage::detail
