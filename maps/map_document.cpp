#include "maps/map_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/core/error.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/french_grammar.hpp"
#include "maps/layer_views.hpp"

namespace maillage {

namespace {

using Kind = MapSubject::Kind;

const Layer* layer_of(const LayerSet& layers, const LayerKind kind) {
  const auto found = std::ranges::find(layers.layers, layer_name(kind), &Layer::name);
  return found == layers.layers.end() ? nullptr : &*found;
}

/// A misspelt field would leave its map as it was.
void require_known(const LayerSet& layers, const ViewSettings& settings) {
  for (const ViewSettings::OfField& of : settings.fields) {
    const Field* known = nullptr;
    for (const Layer& layer : layers.layers) {
      const auto found = std::ranges::find(layer.fields, of.field, &Field::name);
      known = found == layer.fields.end() ? known : &*found;
    }
    if (known == nullptr) {
      throw StudyError(
          {.french = fmt::format("[[maps.field]] field : aucune couche n’a de champ « {} » (voir docs/champs.md).", of.field),
           .english = fmt::format("[[maps.field]] field: no layer has a field '{}' (see docs/champs.md).", of.field)});
    }
    if (known->is_amount) {
      throw StudyError(
          {.french = fmt::format("[[maps.field]] field : « {} » est une quantité ; des cercles la montrent, sans classes.",
                                 of.field),
           .english = fmt::format("[[maps.field]] field: '{}' is an amount; circles show it, without classes.", of.field)});
    }
  }
}

/// Puts maps together from the views there are.
class MapList {
 public:
  MapList(const LayerSet& layers, MapDocument& document) : layers_(layers), document_(document) {}

  [[nodiscard]] bool has(const std::string& view) const {
    return std::ranges::find(document_.views, view, &LayerView::name) != document_.views.end();
  }
  /// A map of those of the views that there are; outlines of zones come after the areas. None where the first is missing.
  void add(std::string name, const Text& title, const Text& question, const std::vector<std::string>& areas,
           const std::vector<std::string>& above, MapSubject subject) {
    if (areas.empty() || !has(areas.front())) {
      return;
    }
    MapView map{.name = std::move(name), .title = title, .question = question, .subject = std::move(subject)};
    const auto take = [&](const std::string& view) {
      if (has(view)) {
        map.views.push_back(view);
      }
    };
    std::ranges::for_each(areas, take);
    if (const Layer* departements = layer_of(layers_, LayerKind::departements)) {
      take(detail::outline_view(*departements));
    }
    std::ranges::for_each(above, take);
    document_.maps.push_back(std::move(map));
  }

 private:
  const LayerSet& layers_;
  MapDocument& document_;
};

void add_coverage_maps(MapList& maps, const std::span<const CoverageDefinition> definitions) {
  for (std::size_t k = 0; k < definitions.size(); ++k) {
    const CoverageDefinition& of = definitions[k];
    const std::string counted = detail::counted_view(of);
    const std::string cost = of.name + "_cout";
    maps.add("couverture_" + of.name, {.french = "Couverture : " + of.label, .english = "Coverage: " + of.label},
             {.french = "Quelles communes sont couvertes ?", .english = "Which communes are covered?"},
             {detail::covered_view(of)}, {counted},
             {.kind = Kind::coverage, .position = k, .field = of.name + "_est_couverte"});
    maps.add("cout_" + of.name,
             {.french = "Jusqu’à la structure la plus proche : " + of.label, .english = "To the nearest structure: " + of.label},
             {.french = "Combien faut-il jusqu’à l’offre la plus proche ?", .english = "How far is the nearest offer?"},
             {"communes_" + cost}, {counted}, {.kind = Kind::coverage, .position = k, .field = cost});
    maps.add("lacunes_" + of.name, {.french = "Lacunes : " + of.label, .english = "Gaps: " + of.label},
             {.french = "Où sont les manques, et combien de gens y habitent ?",
              .english = "Where are the gaps, and how many people live there?"},
             {detail::kGroundView, detail::gap_view(of, true), detail::geometric_gap_view(of)}, {counted},
             {.kind = Kind::gaps, .position = k, .field = cost});
    maps.add("sans_structure_" + of.name,
             {.french = "Communes sans structure : " + of.label, .english = "Communes without structure: " + of.label},
             {.french = "Quelles communes contiguës n’ont aucune structure chez elles ?",
              .english = "Which contiguous communes have no structure of their own?"},
             {detail::kGroundView, detail::gap_view(of, false)}, {counted},
             {.kind = Kind::gaps, .position = k, .field = of.name + "_structures"});
    maps.add("discontinuites_" + of.name, {.french = "Discontinuités : " + of.label, .english = "Discontinuities: " + of.label},
             {.french = "Où l’offre change-t-elle d’une commune à sa voisine ?",
              .english = "Where does the offer change between neighbours?"},
             {detail::kGroundView}, {detail::jump_view(of)},  // on a plain ground: lines would drown in shades of cost
             {.kind = Kind::discontinuities, .position = k, .field = cost});
  }
}

/// Position in the study of the question that a field answers: 0 for "A01_V03".
std::size_t question_of(const Layer& layer, const std::string& field) {
  const std::string& name = layer.fields[field_position(layer, field)].short_name;
  return static_cast<std::size_t>((name.at(1) - '0') * 10 + (name.at(2) - '0') - 1);
}

/// A map for each view of a layer whose areas are the communes.
void add_commune_maps(MapList& maps, const Layer& layer, const MapDocument& document, const Text& question, const Kind kind) {
  const std::vector<LayerView> views = document.views;
  for (const LayerView& view : views) {
    if (view.layer != layer.name) {
      continue;
    }
    const std::string field = view.circles ? view.circles->field : view.field;
    const bool disagreement = field.ends_with("_etendue_rangs") || field.ends_with("_pires_dixiemes");
    maps.add(view.name, view.title, question, {view.name}, {},
             {.kind = kind == Kind::access && disagreement ? Kind::disagreement : kind,
              .position = question_of(layer, field),
              .field = field});
  }
}

void add_maps(const LayerSet& layers, const std::span<const CoverageDefinition> definitions, MapDocument& document) {
  MapList maps{layers, document};
  maps.add("structures",
           {.french = "Structures par type et population des communes", .english = "Structures by type, communes by population"},
           {.french = "Où sont les structures, et dans quelles communes ?",
            .english = "Where are the structures, and in which communes?"},
           {detail::kTierView}, {detail::kTypeView}, {.kind = Kind::structures});
  add_coverage_maps(maps, definitions);
  if (const Layer* access = layer_of(layers, LayerKind::access)) {
    add_commune_maps(maps, *access, document,
                     {.french = "Quel accès chaque commune a-t-elle ?", .english = "What access does each commune have?"},
                     Kind::access);
  }
  if (const Layer* clusters = layer_of(layers, LayerKind::clusters)) {
    add_commune_maps(maps, *clusters, document,
                     {.french = "Où les valeurs hautes ou basses se groupent-elles ?",
                      .english = "Where do high or low values cluster?"},
                     Kind::clusters);
  }
  if (const Layer* continuity = layer_of(layers, LayerKind::continuity)) {
    add_commune_maps(maps, *continuity, document,
                     {.french = "Quand une porte est-elle ouverte à portée ?", .english = "When is a door open within reach?"},
                     Kind::continuity);
  }
  for (const Layer& layer : layers.layers) {
    for (const LayerView& view : detail::network_views(layer)) {
      document.maps.push_back({.name = view.name, .title = view.title, .question = {}, .views = {view.name}, .subject = {}});
    }
  }
}

/// Titles and legends as they are printed: a capital letter at the beginning, and no line that begins with ":" or "?".
void typeset_all(MapDocument& document) {
  for (MapView& map : document.maps) {
    map.title = {.french = french::capitalised(french::typeset(map.title.french)),
                 .english = french::capitalised(map.title.english)};
    map.question.french = french::typeset(map.question.french);
  }
  for (LayerView& view : document.views) {
    view.legend = {.french = french::capitalised(french::typeset(view.legend.french)),
                   .english = french::capitalised(view.legend.english)};
    view.note.french = french::typeset(view.note.french);
    if (view.circles) {
      view.circles->legend.french = french::capitalised(french::typeset(view.circles->legend.french));
    }
  }
}

}  // namespace

MapDocument make_map_document(const LayerSet& layers, const MapSources& sources) {
  require_known(layers, sources.settings);
  MapDocument document{.title = sources.title,
                       .territory = layers.territory,
                       .sources = sources.sources,
                       .data_date = sources.data_date};
  const detail::ViewSources of{.tiers = sources.tiers, .definitions = sources.definitions, .settings = sources.settings};
  const auto add = [&](std::vector<LayerView> views) { std::ranges::move(views, std::back_inserter(document.views)); };
  for (const Layer& layer : layers.layers) {
    add(detail::coverage_views(layer, of));
    add(detail::access_views(layer, sources.settings));
    add(detail::continuity_views(layer, sources.settings));
    add(detail::network_views(layer));
  }
  add_maps(layers, sources.definitions, document);
  typeset_all(document);
  return document;
}

}  // namespace maillage
