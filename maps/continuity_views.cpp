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

/// Whether the layer also says how much a window's share may be at most: "H01_X03" beside "H01_W03".
bool has_upper_bound(const Layer& layer, const std::string_view window) {
  std::string bound{window};
  bound.replace(bound.size() - 3, 1, "X");
  return std::ranges::any_of(layer.fields, [&](const Field& field) { return field.short_name == bound; });
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
    const bool is_window = what.front() == 'W' && what.size() == 3;
    if (what == "HEURES" || what == "PARTAN" || is_window) {
      views.push_back(graduated_view(layer, field, {.palette = Palette::yellow_blue}, settings));
    } else if (what == "TROU" || what == "JSUITE") {
      views.push_back(graduated_view(layer, field, {.palette = Palette::orange_red}, settings));
    }
    if (is_window && has_upper_bound(layer, name)) {
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
