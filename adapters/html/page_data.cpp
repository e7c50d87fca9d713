#include "adapters/html/page_data.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "adapters/html/page_columns.hpp"
#include "adapters/html/page_fields.hpp"
#include "adapters/html/page_geometry.hpp"
#include "adapters/html/page_views.hpp"
#include "adapters/html/text_json.hpp"
#include "engine/core/error.hpp"
#include "maps/field_dictionary.hpp"

namespace maillage {

namespace {

using nlohmann::json;
using namespace detail;

/// Fields of communes that searches, cards and sentences need from the start.
const std::set<std::string> kFirstFields{"code",        "nom",         "population",      "strate",
                                         "strate_rang", "departement", "departement_nom", "epci",
                                         "epci_nom"};

constexpr std::int32_t kMinutesPerHour = 60;
constexpr std::int32_t kHoursPerWeek = 7 * 24;

/// Communes up to which numbers are as exact as in the layers.
constexpr std::size_t kMostWhole = 10'000;

const Layer* find_layer(const LayerSet& layers, const std::string& name) {
  const auto found = std::ranges::find(layers.layers, name, &Layer::name);
  return found == layers.layers.end() ? nullptr : &*found;
}

const Layer& layer_named(const LayerSet& layers, const std::string& name) {
  const Layer* found = find_layer(layers, name);
  if (found == nullptr) {
    throw ArgumentError("make_page_data: no layer '" + name + "'");
  }
  return *found;
}

const char* geometry_name(const Layer& layer, const Layer& communes) {
  if (is_of_communes(layer, communes)) {
    return "communes";
  }
  if (layer.name == layer_name(LayerKind::commune_gaps)) {
    return "members";
  }
  if (layer.name == layer_name(LayerKind::discontinuities)) {
    return "borders";
  }
  if (layer.name == layer_name(LayerKind::epcis) || layer.name == layer_name(LayerKind::departements)) {
    return "zones";
  }
  return layer.geometry == GeometryKind::point ? "points" : "shapes";
}

class DataBuilder {
 public:
  explicit DataBuilder(const PageSources& sources)
      : sources_(sources),
        communes_(layer_named(sources.layers, layer_name(LayerKind::communes))),
        grid_(make_page_grid(communes_.areas)),
        whole_(communes_.features() <= kMostWhole),
        derived_(communes_, find_layer(sources.layers, layer_name(LayerKind::structures))) {}

  PageData build() {
    collect_first_fields();
    for (const Layer& layer : sources_.layers.layers) {
      const bool drawn =
          std::ranges::any_of(drawn_views(), [&](const LayerView* view) { return view->layer == layer.name; });
      if (drawn || is_of_communes(layer, communes_) || layer.geometry == GeometryKind::point) {
        add_layer(layer);
      }
    }
    json views = json::array();
    for (const LayerView* view : drawn_views()) {
      views.push_back(view_json(*view));
    }
    json maps = json::array();
    for (const MapView& map : sources_.document.maps) {
      maps.push_back(map_json(map));
    }
    first_["views"] = std::move(views);
    first_["maps"] = std::move(maps);
    add_document();
    add_hours();
    const auto text = [](const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); };
    return {.first = text(first_), .rest = text(rest_)};
  }

 private:
  /// Views of the maps, each once, in the maps' order.
  [[nodiscard]] std::vector<const LayerView*> drawn_views() const {
    std::vector<const LayerView*> views;
    for (const MapView& map : sources_.document.maps) {
      for (const std::string& name : map.views) {
        const LayerView* view = &sources_.document.view(name);
        if (std::ranges::find(views, view) == views.end()) {
          views.push_back(view);
        }
      }
    }
    return views;
  }

  void collect_first_fields() {
    if (sources_.document.maps.empty()) {
      throw ArgumentError("make_page_data: a page without maps");
    }
    for (const std::string& name : sources_.document.maps.front().views) {
      const LayerView& view = sources_.document.view(name);
      first_layers_.insert(view.layer);
      first_fields_.emplace(view.layer, view.field);
      for (const auto& [field, value] : view.only) {
        first_fields_.emplace(view.layer, field);
      }
      if (view.circles) {
        first_fields_.emplace(view.layer, view.circles->field);
      }
    }
  }

  /// Features that some view draws; all of communes and of structures, which tables and cards tell of.
  [[nodiscard]] std::vector<std::size_t> shown_features(const Layer& layer) const {
    std::vector<bool> shown(layer.features(), is_of_communes(layer, communes_) || layer.geometry == GeometryKind::point);
    for (const LayerView* view : drawn_views()) {
      if (view->layer == layer.name) {
        const auto classes = classes_of(*view, layer);
        for (std::size_t feature = 0; feature < classes.size(); ++feature) {
          shown[feature] = shown[feature] || classes[feature].has_value();
        }
      }
    }
    std::vector<std::size_t> features;
    for (std::size_t feature = 0; feature < shown.size(); ++feature) {
      if (shown[feature]) {
        features.push_back(feature);
      }
    }
    return features;
  }

  void add_layer(const Layer& layer) {
    const std::vector<std::size_t> features = shown_features(layer);
    const std::string geometry = geometry_name(layer, communes_);
    json description{{"name", layer.name},
                     {"title", text_json(layer.title)},
                     {"geometry", geometry},
                     {"count", features.size()},
                     {"fields", json::array()}};
    const bool first = first_layers_.contains(layer.name);
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      description["fields"].push_back(add_field(layer, field, features));
    }
    first_["layers"].push_back(std::move(description));
    json& document = first ? first_ : rest_;
    if (geometry == "points") {
      document["points"][layer.name] = points_json(layer, features, grid_);
    } else if (geometry == "shapes") {
      document["shapes"][layer.name] = shapes_json(layer, features, grid_);
    }
  }

  /// The field's description; its values go to one of the documents unless they follow from others.
  json add_field(const Layer& layer, const std::size_t field, const std::vector<std::size_t>& features) {
    const std::string& name = layer.fields[field].name;
    json description = field_json(layer.fields[field]);
    if (json derived = derived_.derived(layer, field, whole_); !derived.is_null()) {
      if (derived.contains("through")) {
        give_exceptions(layer, field, features, derived["through"]["except"]);
      }
      description.update(derived);
      return description;
    }
    // Zones and gaps of the first map are few, and found by their columns.
    const bool few = first_layers_.contains(layer.name) && layer.geometry != GeometryKind::point &&
                     !is_of_communes(layer, communes_);
    const bool first =
        few || first_fields_.contains({layer.name, name}) || (&layer == &communes_ && kFirstFields.contains(name));
    json& column = (first ? first_ : rest_)["columns"][layer.name][name];
    if (const DerivedFields::Keys keys = derived_.keys_of(layer, field); keys.rows != nullptr) {
      column = reference_json(layer.columns[field], features, *keys.rows);
      if (!column.is_null()) {
        column["of"] = {keys.layer, keys.field};
        return description;
      }
    }
    column = column_json(layer, field, features, {.whole = whole_, .bounds = bounds_of(layer.name, name)});
    return description;
  }

  /// Features of a layer, told as positions among those shown, with their values.
  static void give_exceptions(const Layer& layer, const std::size_t field, const std::vector<std::size_t>& features,
                              json& exceptions) {
    json told = json::array();
    for (const std::size_t feature : exceptions.get<std::vector<std::size_t>>()) {
      const auto shown = std::ranges::lower_bound(features, feature);
      if (shown != features.end() && *shown == feature) {
        const bool nothing = std::holds_alternative<std::monostate>(layer.columns[field][feature]);
        const json one = column_json(layer, field, {feature}, {});
        const json value = nothing ? json{} : one.contains("texts") ? one["texts"][0] : one["numbers"][0];
        told.push_back(json::array({json(shown - features.begin()), value}));
      }
    }
    exceptions = std::move(told);
  }

  /// Bounds of the classes that maps make of a field.
  [[nodiscard]] std::vector<double> bounds_of(const std::string& layer, const std::string& field) const {
    std::vector<double> bounds;
    for (const LayerView* view : drawn_views()) {
      if (view->layer == layer && view->field == field) {
        for (const ViewClass& one : view->classes) {
          bounds.push_back(one.from);
        }
      }
    }
    return bounds;
  }

  void add_document() {
    const MapDocument& document = sources_.document;
    first_["title"] = document.title;
    first_["territory"] = document.territory;
    first_["plane"] = sources_.layers.plane;
    first_["whole"] = whole_;
    first_["language"] = sources_.language == Language::french ? "fr" : "en";
    first_["date"] = text_json(document.data_date);
    first_["sources"] = json::array();
    for (const Text& source : document.sources) {
      first_["sources"].push_back(text_json(source));
    }
    first_["grid"] = grid_json(grid_);
    first_["topology"] = topology_json(make_topology(communes_.areas, grid_, kArcTolerance), grid_.parts.size());
    const auto questions = [](const std::vector<PageQuestion>& asked) {
      json list = json::array();
      for (const PageQuestion& one : asked) {
        list.push_back({{"name", one.name},
                        {"label", one.label},
                        {"limit", one.limit ? json(*one.limit) : json{}},
                        {"unit", one.unit}});
      }
      return list;
    };
    first_["coverages"] = questions(sources_.coverages);
    first_["accesses"] = questions(sources_.accesses);
    first_["continuities"] = questions(sources_.continuities);
  }

  /// At which hours of the week each commune is served when people leave on the hour: hours from one change to the next, not
  /// served before the first. Larger territories go without: with them France's page would leave its bound of 10 MB.
  void add_hours() {
    for (const PageQuestion& asked : sources_.continuities) {
      if (asked.served == nullptr || !whole_ || asked.served->communes() != communes_.features()) {
        continue;
      }
      std::vector<std::int32_t> sizes;
      std::vector<std::int32_t> steps;
      for (std::size_t commune = 0; commune < communes_.features(); ++commune) {
        const std::size_t before = steps.size();
        std::int32_t changed = 0;
        bool was_served = false;
        for (std::int32_t hour = 0; hour < kHoursPerWeek; ++hour) {
          const bool served = asked.served->served(CommuneIndex{commune}, hour * kMinutesPerHour / asked.moment_minutes);
          if (served != was_served) {
            steps.push_back(hour - changed);
            changed = hour;
            was_served = served;
          }
        }
        sizes.push_back(static_cast<std::int32_t>(steps.size() - before));
      }
      rest_["hours"][asked.name] = {{"sizes", std::move(sizes)}, {"steps", std::move(steps)}};
    }
  }

  const PageSources& sources_;
  const Layer& communes_;
  PageGrid grid_;
  bool whole_;
  DerivedFields derived_;
  std::set<std::string> first_layers_;
  std::set<std::pair<std::string, std::string>> first_fields_;
  json first_ = json::object();
  json rest_ = json::object();
};

}  // namespace

PageData make_page_data(const PageSources& sources) { return DataBuilder{sources}.build(); }

}  // namespace maillage
