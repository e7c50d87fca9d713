#include "adapters/qgis/project_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "engine/core/error.hpp"
#include "maps/field_dictionary.hpp"

namespace maillage::detail {

namespace {

/// Where a view belongs: layers of one place are one layer of the project. \see PlanBuilder
struct Place {
  ProjectGroup group = ProjectGroup::background;
  std::size_t question = 0;  ///< position of the coverage, in that group
  std::size_t layer = 0;     ///< position in the LayerSet
  std::size_t copy = 0;      ///< a map may draw one layer in two ways at once
  friend auto operator<=>(const Place&, const Place&) = default;
};

ProjectGroup group_of(const std::string& layer) {
  const auto is = [&](const LayerKind kind) { return layer == layer_name(kind); };
  if (is(LayerKind::structures)) {
    return ProjectGroup::structures;
  }
  if (is(LayerKind::departements) || is(LayerKind::epcis)) {
    return ProjectGroup::boundaries;
  }
  if (is(LayerKind::commune_gaps) || is(LayerKind::geometric_gaps) || is(LayerKind::discontinuities)) {
    return ProjectGroup::gaps;
  }
  if (is(LayerKind::continuity) || is(LayerKind::space_time_gaps)) {
    return ProjectGroup::continuity;
  }
  return is(LayerKind::access) || is(LayerKind::clusters) ? ProjectGroup::access : ProjectGroup::background;
}

std::string unique_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string name = wanted;
  for (int number = 2; !taken.insert(name).second; ++number) {
    name = fmt::format("{} ({})", wanted, number);
  }
  return name;
}

class PlanBuilder {
 public:
  PlanBuilder(const LayerSet& layers, const MapDocument& document) : layers_(layers), document_(document) {
    for (const MapView& map : document.maps) {
      place_map(map);
    }
    for (std::size_t view = 0; view < document.views.size(); ++view) {
      place(view, 0);
    }
  }

  [[nodiscard]] ProjectPlan plan(const Language language) const {
    ProjectPlan plan;
    std::map<Place, std::size_t> position;
    for (const Place& one : places_in_order()) {
      position[one] = plan.layers.size();
      plan.layers.push_back(project_layer(one, plan.layers.size(), language));
    }
    std::set<std::string> names;
    for (const MapView& map : document_.maps) {
      plan.themes.push_back(theme(map, plan, position, unique_name(map.title.in(language), names)));
    }
    if (!plan.themes.empty()) {
      for (const ProjectTheme::Shown& shown : plan.themes.front().shown) {
        plan.layers[shown.layer].is_visible = true;
      }
    }
    return plan;
  }

 private:
  [[nodiscard]] std::size_t view_position(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(document_.views, name, &LayerView::name) - document_.views.begin());
  }
  [[nodiscard]] std::size_t layer_position(const std::string& name) const {
    const auto found = std::ranges::find(layers_.layers, name, &Layer::name);
    if (found == layers_.layers.end()) {
      throw ArgumentError(fmt::format("plan_project: a view draws the layer '{}', which is not there", name));
    }
    return static_cast<std::size_t>(found - layers_.layers.begin());
  }

  /// The question of coverage whose own map draws the communes so; none for views that serve as background.
  [[nodiscard]] std::optional<std::size_t> question_of(const std::string& view) const {
    for (const MapView& map : document_.maps) {
      if (map.subject.kind == MapSubject::Kind::coverage && std::ranges::count(map.views, view) > 0) {
        return map.subject.position;
      }
    }
    return std::nullopt;
  }

  void place(const std::size_t view, const std::size_t copy) {
    if (places_.contains(view)) {
      return;
    }
    const LayerView& of = document_.views[view];
    Place where{.group = group_of(of.layer), .question = 0, .layer = layer_position(of.layer), .copy = copy};
    if (where.group == ProjectGroup::background) {
      if (const std::optional<std::size_t> question = question_of(of.name)) {
        where.group = ProjectGroup::coverage;
        where.question = *question;
      }
    }
    places_[view] = where;
    views_of_[where].push_back(view);
  }

  void place_map(const MapView& map) {
    std::set<Place> used;
    for (const std::string& name : map.views) {
      const std::size_t view = view_position(name);
      std::size_t copy = 0;
      place(view, copy);
      while (!used.insert(places_[view]).second && copy < map.views.size()) {
        std::erase(views_of_[places_[view]], view);
        places_.erase(view);
        place(view, ++copy);
      }
    }
  }

  /// Groups from the top, coverages in the study's order, layers as maps stack them; layers that nothing draws are there too.
  [[nodiscard]] std::vector<Place> places_in_order() const {
    std::set<Place> all;
    std::set<std::size_t> drawn;
    for (const auto& [place, views] : views_of_) {
      if (!views.empty()) {
        all.insert(place);
        drawn.insert(place.layer);
      }
    }
    for (std::size_t layer = 0; layer < layers_.layers.size(); ++layer) {
      if (!drawn.contains(layer)) {
        all.insert({.group = group_of(layers_.layers[layer].name), .question = 0, .layer = layer, .copy = 0});
      }
    }
    std::vector<Place> places{all.begin(), all.end()};
    std::ranges::stable_sort(places, [](const Place& a, const Place& b) {
      return std::tuple{a.group, a.question, b.layer, b.copy} < std::tuple{b.group, b.question, a.layer, a.copy};
    });
    return places;
  }

  [[nodiscard]] ProjectLayer project_layer(const Place& place, const std::size_t number, const Language language) const {
    const Layer& layer = layers_.layers[place.layer];
    ProjectLayer one{.id = fmt::format("{}_{:0>20}", layer.name, number),
                     .name = layer.title,
                     .layer = &layer,
                     .group = place.group,
                     .views = {},
                     .style_names = {}};
    if (const auto views = views_of_.find(place); views != views_of_.end()) {
      one.views = views->second;
    }
    if (place.group == ProjectGroup::coverage) {
      one.name = document_.views[one.views.front()].legend;
    }
    std::set<std::string> names;
    for (const std::size_t view : one.views) {
      one.style_names.push_back(unique_name(document_.views[view].title.in(language), names));
    }
    return one;
  }

  [[nodiscard]] ProjectTheme theme(const MapView& map, const ProjectPlan& plan, const std::map<Place, std::size_t>& position,
                                   std::string name) const {
    ProjectTheme theme{.name = std::move(name), .shown = {}};
    for (const std::string& shown : map.views) {
      const std::size_t view = view_position(shown);
      const std::size_t layer = position.at(places_.at(view));
      const std::vector<std::size_t>& views = plan.layers[layer].views;
      theme.shown.push_back(
          {.layer = layer, .style = static_cast<std::size_t>(std::ranges::find(views, view) - views.begin())});
    }
    return theme;
  }

  const LayerSet& layers_;
  const MapDocument& document_;
  std::map<std::size_t, Place> places_;  ///< of each view
  std::map<Place, std::vector<std::size_t>> views_of_;
};

}  // namespace

Text group_title(const ProjectGroup group) {
  switch (group) {
    case ProjectGroup::structures:
      return {.french = "Structures", .english = "Structures"};
    case ProjectGroup::boundaries:
      return {.french = "Limites", .english = "Boundaries"};
    case ProjectGroup::gaps:
      return {.french = "Lacunes et discontinuités", .english = "Gaps and discontinuities"};
    case ProjectGroup::continuity:
      return {.french = "Continuité", .english = "Continuity"};
    case ProjectGroup::access:
      return {.french = "Accessibilité", .english = "Accessibility"};
    case ProjectGroup::coverage:
      return {.french = "Couverture", .english = "Coverage"};
    case ProjectGroup::background:
      break;
  }
  return {.french = "Fond", .english = "Background"};
}

ProjectPlan plan_project(const LayerSet& layers, const MapDocument& document, const Language language) {
  return PlanBuilder{layers, document}.plan(language);
}

}  // namespace maillage::detail
