#include "maps/network_style.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "maps/field_dictionary.hpp"
#include "maps/network_layers.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

// ColorBrewer YlGnBu, dark to light: the nearest is the darkest; limits beyond the sixth share the lightest.
constexpr std::array<std::string_view, 6> kLimitColours{"#0c2c84", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4"};
constexpr int kAreaOpacity = 170;
constexpr double kOutlineMm = 0.2;
constexpr double kRoadMm = 0.4;
constexpr double kPlaceMm = 2.6;

/// Labels of the limits by their rank.
std::map<std::int64_t, std::string> limits_of(const Layer& layer) {
  std::map<std::int64_t, std::string> limits;
  const auto column = [&](const std::string_view name) -> const std::vector<Value>& {
    return layer.columns.at(
        static_cast<std::size_t>(std::ranges::find(layer.fields, name, &Field::name) - layer.fields.begin()));
  };
  const std::vector<Value>& ranks = column("rang");
  const std::vector<Value>& labels = column("limite_libelle");
  for (std::size_t row = 0; row < ranks.size(); ++row) {
    const auto* label = std::get_if<std::string>(&labels[row]);
    limits.emplace(std::get<std::int64_t>(ranks[row]), label == nullptr ? std::string{} : *label);
  }
  return limits;
}

template <typename Symbol>
std::string by_limit(const Layer& layer, const Symbol& symbol) {
  std::vector<Category> categories;
  for (const auto& [rank, label] : limits_of(layer)) {
    const auto colour = kLimitColours.at(std::min(static_cast<std::size_t>(rank - 1), kLimitColours.size() - 1));
    categories.push_back({.value = std::to_string(rank), .label = label, .symbol = symbol(categories.size(), colour)});
  }
  if (categories.empty()) {
    categories.push_back({.value = "", .label = "", .symbol = symbol(0, kLimitColours.front())});
  }
  return categorised_qml("rang", categories);
}

struct FaultLook {
  RoadFault fault;
  std::string_view label;
  std::string_view colour;
  double width_mm;
};
// What stops trips is drawn stronger than what makes them doubtful.
constexpr std::array<FaultLook, kRoadFaults> kFaults{{
    {RoadFault::island, "Îlot, sans route vers le réseau principal", "#d55e00", 0.9},
    {RoadFault::no_exit, "Piège : on entre, on ne revient pas", "#cc79a7", 0.9},
    {RoadFault::no_entry, "On sort, on ne peut y venir", "#0072b2", 0.9},
    {RoadFault::cut_off, "Relié dans des sens qui ne servent à rien", "#000000", 0.9},
    {RoadFault::dead_ferry, "Bac sans suite", "#009e73", 0.9},
    {RoadFault::assumed_speed, "Vitesse supposée", "#bdbdbd", 0.2},
    {RoadFault::suspicious_speed, "Vitesse douteuse", "#e69f00", 0.6},
}};

std::string findings_qml() {
  std::vector<Category> categories;
  for (const FaultLook& look : kFaults) {
    categories.push_back({.value = std::string{fault_name(look.fault)},
                          .label = std::string{look.label},
                          .symbol = line_symbol(std::to_string(categories.size()), look.colour, look.width_mm)});
  }
  return categorised_qml("nature", categories);
}

std::string places_qml() {
  constexpr std::array kStates{std::pair{RoadStanding::closed, "#000000"}, std::pair{RoadStanding::island, "#d55e00"},
                               std::pair{RoadStanding::no_exit, "#cc79a7"}, std::pair{RoadStanding::no_entry, "#0072b2"},
                               std::pair{RoadStanding::cut_off, "#e69f00"}};
  constexpr std::array<std::string_view, 5> kShapes{"star", "circle", "square", "diamond", "triangle"};
  std::vector<Category> categories;
  for (const auto& [standing, colour] : kStates) {
    const std::size_t number = categories.size();
    const std::string name{standing_name(standing)};
    categories.push_back({.value = name,
                          .label = name,
                          .symbol = marker_symbol(std::to_string(number), colour, kShapes.at(number), kPlaceMm)});
  }
  return categorised_qml("etat", categories);
}

}  // namespace

std::optional<LayerStyle> network_style(const Layer& layer) {
  const auto style = [&](const char* name, std::string qml) {
    return LayerStyle{.layer = layer.name, .name = name, .qml = std::move(qml), .sld = "", .is_default = true};
  };
  if (layer.name == layer_name(LayerKind::isochrones)) {
    return style("Zones par limite", by_limit(layer, [](const std::size_t number, const std::string_view colour) {
                   return fill_symbol(std::to_string(number), colour, kAreaOpacity, "#ffffff", kOutlineMm);
                 }));
  }
  if (layer.name == layer_name(LayerKind::reached_roads)) {
    return style("Routes par limite", by_limit(layer, [](const std::size_t number, const std::string_view colour) {
                   return line_symbol(std::to_string(number), colour, kRoadMm);
                 }));
  }
  if (layer.name == layer_name(LayerKind::network_audit)) {
    return style("Signalements", findings_qml());
  }
  if (layer.name == layer_name(LayerKind::audited_places)) {
    return style("Lieux mal reliés", places_qml());
  }
  return std::nullopt;
}

}  // namespace maillage::detail
