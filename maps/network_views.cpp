#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "maps/colour.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer_views.hpp"
#include "maps/network_layers.hpp"

namespace maillage::detail {

namespace {

// ColorBrewer YlGnBu, dark to light: the nearest is the darkest; limits beyond the sixth share the lightest.
constexpr std::array<const char*, 6> kLimitColours{"#0c2c84", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4"};
constexpr double kPlaceMm = 2.6;

/// Labels of the limits by their rank.
std::map<std::int64_t, std::string> limits_of(const Layer& layer) {
  std::map<std::int64_t, std::string> limits;
  const std::vector<Value>& ranks = layer.columns[field_position(layer, "rang")];
  const std::vector<Value>& labels = layer.columns[field_position(layer, "limite_libelle")];
  for (std::size_t row = 0; row < ranks.size(); ++row) {
    limits.emplace(std::get<std::int64_t>(ranks[row]), category_text(labels[row]));
  }
  return limits;
}

ViewClass category(std::string value, Text label, Symbol symbol) {
  return {.holds = ViewClass::Holds::category,
          .value = std::move(value),
          .label = std::move(label),
          .symbol = std::move(symbol)};
}

LayerView by_limit(const Layer& layer, Text title, Symbol look) {
  LayerView view{.layer = layer.name, .name = layer.name + "_limites", .title = title, .field = "rang"};
  for (const auto& [rank, label] : limits_of(layer)) {
    look.colour = kLimitColours.at(std::min(static_cast<std::size_t>(rank - 1), kLimitColours.size() - 1));
    view.classes.push_back(category(std::to_string(rank), {.french = label, .english = label}, look));
  }
  if (view.classes.empty()) {
    look.colour = kLimitColours.front();
    view.classes.push_back({.label = title, .symbol = look});
  }
  view.legend = std::move(title);
  view.is_default = true;
  return view;
}

struct FaultLook {
  RoadFault fault;
  Text label;
  const char* colour;
  double width_mm;
};

// What stops trips is drawn stronger than what makes them doubtful.
LayerView findings(const Layer& layer) {
  const std::array<FaultLook, kRoadFaults> looks{{
      {RoadFault::island,
       {.french = "Îlot, sans route vers le réseau principal", .english = "Island, without road to the main network"},
       "#d55e00",
       0.9},
      {RoadFault::no_exit,
       {.french = "Piège : on entre, on ne revient pas", .english = "Trap: one enters and cannot come back"},
       "#cc79a7",
       0.9},
      {RoadFault::no_entry, {.french = "On sort, on ne peut y venir", .english = "One leaves and cannot come"}, "#0072b2", 0.9},
      {RoadFault::cut_off,
       {.french = "Relié dans des sens qui ne servent à rien", .english = "Joined in directions of no use"},
       "#000000",
       0.9},
      {RoadFault::dead_ferry, {.french = "Bac sans suite", .english = "Ferry that leads nowhere"}, "#009e73", 0.9},
      {RoadFault::assumed_speed, {.french = "Vitesse supposée", .english = "Assumed speed"}, "#bdbdbd", 0.2},
      {RoadFault::suspicious_speed, {.french = "Vitesse douteuse", .english = "Suspicious speed"}, "#e69f00", 0.6},
  }};
  LayerView view{.layer = layer.name,
                 .name = layer.name + "_nature",
                 .title = {.french = "Signalements", .english = "Findings"},
                 .field = "nature"};
  for (const FaultLook& look : looks) {
    view.classes.push_back(
        category(std::string{fault_name(look.fault)}, look.label,
                 {.kind = Symbol::Kind::line, .colour = look.colour, .size_mm = look.width_mm}));
  }
  view.legend = view.title;
  view.is_default = true;
  return view;
}

LayerView doubtful_places(const Layer& layer) {
  struct StandingLook {
    RoadStanding standing;
    const char* colour;
    MarkerShape shape;
    const char* english;
  };
  constexpr std::array<StandingLook, 5> kLooks{{
      {RoadStanding::closed, "#000000", MarkerShape::star, "far from any road"},
      {RoadStanding::island, "#d55e00", MarkerShape::circle, "island"},
      {RoadStanding::no_exit, "#cc79a7", MarkerShape::square, "no exit"},
      {RoadStanding::no_entry, "#0072b2", MarkerShape::diamond, "no entry"},
      {RoadStanding::cut_off, "#e69f00", MarkerShape::triangle, "cut off"},
  }};
  LayerView view{.layer = layer.name,
                 .name = layer.name + "_etat",
                 .title = {.french = "Lieux mal reliés", .english = "Badly joined places"},
                 .field = "etat"};
  for (const StandingLook& look : kLooks) {
    const std::string name{standing_name(look.standing)};
    view.classes.push_back(category(name, {.french = name, .english = look.english},
                                    {.kind = Symbol::Kind::marker,
                                     .colour = look.colour,
                                     .border = marker_border(look.colour),
                                     .border_mm = kPlaceMm / 8,
                                     .size_mm = kPlaceMm,
                                     .shape = look.shape}));
  }
  view.legend = view.title;
  view.is_default = true;
  return view;
}

}  // namespace

std::vector<LayerView> network_views(const Layer& layer) {
  if (layer.name == layer_name(LayerKind::isochrones)) {
    return {by_limit(layer, {.french = "Zones par limite", .english = "Areas by limit"},
                     {.kind = Symbol::Kind::fill, .opacity = 170, .border_mm = 0.2})};
  }
  if (layer.name == layer_name(LayerKind::reached_roads)) {
    return {by_limit(layer, {.french = "Routes par limite", .english = "Roads by limit"},
                     {.kind = Symbol::Kind::line, .size_mm = 0.4})};
  }
  if (layer.name == layer_name(LayerKind::network_audit)) {
    return {findings(layer)};
  }
  if (layer.name == layer_name(LayerKind::audited_places)) {
    return {doubtful_places(layer)};
  }
  return {};
}

}  // namespace maillage::detail
