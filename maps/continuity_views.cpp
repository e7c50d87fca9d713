#include <algorithm>

#include "maps/field_dictionary.hpp"
#include "maps/layer_views.hpp"

namespace maillage::detail {

namespace {

LayerView gap_view(const Layer& layer) {
  // Light areas: gaps of other hours, and the borders below, show through.
  Symbol area{.kind = Symbol::Kind::fill, .colour = "#fc8d59", .opacity = 120, .border = "#7f0000", .border_mm = 0.15};
  LayerView view = amount_view(layer, field_position(layer, "habitants_heure"), area, "#b30000");
  view.name = "lacunes_temps_semaine";
  view.title = {.french = "Lacunes de la semaine type", .english = "Gaps of the typical week"};
  view.classes.front().label = {.french = "Communes sans offre à cette heure", .english = "Communes without offer at that hour"};
  view.legend = {.french = "Habitants sans offre", .english = "Inhabitants without offer"};
  view.circles->legend = view.legend;
  view.time = FeatureTime{.begin_field = "debut", .end_field = "fin"};
  view.is_default = true;
  return view;
}

}  // namespace

std::vector<LayerView> continuity_views(const Layer& layer, const ViewSettings& settings) {
  std::vector<LayerView> views;
  if (layer.name == layer_name(LayerKind::space_time_gaps)) {
    views.push_back(gap_view(layer));
  }
  if (layer.name != layer_name(LayerKind::continuity)) {
    return views;
  }
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    const std::string_view name = layer.fields[field].short_name;
    constexpr std::size_t kPrefix = 4;  // "H01_"
    if (name.size() <= kPrefix || name.front() != 'H' || name[kPrefix - 1] != '_') {
      continue;
    }
    const std::string_view what = name.substr(kPrefix);
    const bool least = std::ranges::any_of(layer.fields, [&](const Field& other) {
      return other.short_name == std::string{name.substr(0, kPrefix)} + "X" + std::string{what.substr(1)};
    });
    if (what == "HEURES" || what == "PARTAN" || (what.front() == 'W' && what.size() == 3)) {
      views.push_back(graduated_view(layer, field, {.palette = Palette::yellow_blue}, settings));
    } else if (what == "TROU" || what == "JSUITE") {
      views.push_back(graduated_view(layer, field, {.palette = Palette::orange_red}, settings));
    }
    if (least) {
      LayerView& view = views.back();
      view.note = {.french = "D’après les horaires connus : au moins autant. " + view.note.french,
                   .english = "By known hours: at least so much. " + view.note.english};
    }
  }
  if (!views.empty()) {
    views.front().is_default = true;
  }
  return views;
}

}  // namespace maillage::detail
