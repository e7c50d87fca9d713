#include "maps/continuity_style.hpp"

#include <fmt/format.h>

#include "engine/survey/table.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/graduated_style.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

constexpr std::array<std::int64_t, 4> kLowest{0, 1'000, 10'000, 100'000};
constexpr std::array<std::string_view, 4> kGapColours{"#fdcc8a", "#fc8d59", "#e34a33", "#b30000"};
constexpr int kGapOpacity = 170;  // gaps of other hours show through
constexpr double kGapBorderMm = 0.15;

std::string count_text(const std::int64_t people) {
  return to_text(TableCell{people}, Language::french);
}

LayerStyle gap_style(const Layer& layer) {
  std::vector<Rule> rules;
  for (std::size_t k = 0; k < kLowest.size(); ++k) {
    const bool last = k + 1 == kLowest.size();
    std::string filter = fmt::format("\"habitants_heure\" >= {}", kLowest.at(k));
    std::string label = count_text(kLowest.at(k)) + " habitants sans offre et plus";
    if (!last) {
      filter += fmt::format(" AND \"habitants_heure\" < {}", kLowest.at(k + 1));
      label = k == 0 ? "Moins de " + count_text(kLowest.at(1)) + " habitants sans offre"
                     : "De " + count_text(kLowest.at(k)) + " à moins de " + count_text(kLowest.at(k + 1));
    }
    rules.push_back({.filter = std::move(filter),
                     .label = std::move(label),
                     .symbol = fill_symbol(std::to_string(k), kGapColours.at(k), kGapOpacity, "#7f0000", kGapBorderMm)});
  }
  const std::string qml = with_time_span(rule_qml(rules), "to_datetime(\"debut\")", "to_datetime(\"fin\")");
  return {.layer = layer.name, .name = "Lacunes de la semaine type", .qml = qml, .sld = "", .is_default = true};
}

}  // namespace

std::vector<LayerStyle> continuity_styles(const Layer& layer) {
  std::vector<LayerStyle> styles;
  if (layer.name == layer_name(LayerKind::space_time_gaps)) {
    styles.push_back(gap_style(layer));
  }
  if (layer.name != layer_name(LayerKind::continuity)) {
    return styles;
  }
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    const std::string_view name = layer.fields[field].short_name;
    constexpr std::size_t kPrefix = 4;  // "H01_"
    if (name.size() <= kPrefix || name.front() != 'H' || name[kPrefix - 1] != '_') {
      continue;
    }
    const std::string_view what = name.substr(kPrefix);
    if (what == "HEURES" || what == "PARTAN" || (what.front() == 'W' && what.size() == 3)) {
      styles.push_back(graduated_style(layer, field, kGood, styles.empty()));
    } else if (what == "TROU" || what == "JSUITE") {
      styles.push_back(graduated_style(layer, field, kBad, false));
    }
  }
  return styles;
}

}  // namespace maillage::detail
