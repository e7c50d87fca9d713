// Whoever looks, in colours or in greys, sees the classes of a map: rules that no view may break.
#include <gtest/gtest.h>

#include "maps/build_layers.hpp"
#include "maps/graduated_view.hpp"
#include "maps/layer_builder.hpp"
#include "maps/layer_views.hpp"
#include "maps/map_document.hpp"
#include "maps/network_layers.hpp"
#include "maps/palette.hpp"
#include "tests/support/coverage_layers.hpp"
#include "tests/support/semiology.hpp"

namespace maillage {
namespace {

using test::Semiology;

std::string lines(const std::vector<std::string>& breaches) {
  std::string text;
  for (const std::string& breach : breaches) {
    text += breach + '\n';
  }
  return text;
}

LayerView intervals(const std::string& name, const std::vector<std::string>& colours) {
  LayerView view;
  view.name = name;
  view.field = "x";
  for (const std::string& colour : colours) {
    ViewClass one;
    one.holds = ViewClass::Holds::interval;
    one.symbol = area_symbol(colour);
    view.classes.push_back(one);
  }
  return view;
}

TEST(Semiology, NeighbouringClassesOfEveryPaletteLookDifferentToEveryone) {
  for (const std::string& name : palette_names()) {
    const Palette palette = *parse_palette(name);
    if (is_diverging(palette)) {
      for (std::size_t below = 1; below <= kMostColoursOfSide; ++below) {
        for (std::size_t above = 1; above <= kMostColoursOfSide; ++above) {
          const LayerView view = intervals(name, diverging_colours(palette, below, above));
          EXPECT_EQ(lines(Semiology{view}.breaches()), "");
        }
      }
      continue;
    }
    for (std::size_t classes = 2; classes <= kMostColours; ++classes) {
      const LayerView view = intervals(name + " " + std::to_string(classes), palette_colours(palette, classes));
      EXPECT_EQ(lines(Semiology{view}.breaches()), "");
    }
  }
}

/// Every kind of layer that coverages make: communes of all sizes and costs, eight types of structures.
LayerSet layers_of_all_looks() {
  constexpr std::size_t kCommunes = 60;
  const auto definitions = test::one_coverage();
  LayerSet set{.territory = "Ici", .plane = "EPSG:2154", .layers = {}};
  set.layers.push_back(test::communes_by_cost(kCommunes));
  LayerBuilder structures{LayerKind::structures, 8, definitions};
  structures.fill("typologie", [](const std::size_t k) -> Value { return std::string{"type "} + static_cast<char>('A' + k); });
  structures.fill(0, "est_comptee", [](const std::size_t) -> Value { return true; });
  set.layers.push_back(structures.take());
  LayerBuilder departements{LayerKind::departements, 5, definitions};
  departements.fill(0, "part_couverte", [](const std::size_t k) -> Value { return 10.0 + 20.0 * static_cast<double>(k); });
  set.layers.push_back(departements.take());
  LayerBuilder jumps{LayerKind::discontinuities, 3, definitions};
  jumps.fill("definition", [](const std::size_t) -> Value { return std::string{"biblio"}; });
  jumps.fill("saut", [](const std::size_t k) -> Value { return std::int64_t{3'000} * static_cast<std::int64_t>(k + 1); });
  set.layers.push_back(jumps.take());
  return set;
}

/// Layers of access, clusters and continuity as short names tell them apart.
Layer layer_with(const LayerKind kind, const std::vector<std::pair<std::string, std::string>>& names) {
  Layer layer;
  layer.name = layer_name(kind);
  for (const auto& [name, short_name] : names) {
    layer.fields.push_back({.name = name,
                            .short_name = short_name,
                            .type = FieldType::real,
                            .unit = "h",
                            .decimals = 1,
                            .label = {.french = name, .english = name},
                            .meaning = {}});
    std::vector<Value> values;
    for (int k = 0; k < 200; ++k) {
      values.emplace_back(1.0 + k * k % 97);
    }
    layer.columns.push_back(std::move(values));
  }
  return layer;
}

TEST(Semiology, EveryViewOfARunCanBeReadByEveryone) {
  const LayerSet layers = layers_of_all_looks();
  const PopulationTiers tiers = default_population_tiers();
  const auto definitions = test::one_coverage();
  MapDocument document = make_map_document(layers, {.tiers = tiers, .definitions = definitions});
  const Layer access = layer_with(LayerKind::access, {{"a_etendue_rangs", "A01_ETEND"}, {"a_pires_dixiemes", "A01_PIRES"},
                                                      {"a_sfca", "A01_V01"}, {"a_sfca_rang", "A01_R01"}});
  const Layer clusters = layer_with(LayerKind::clusters, {{"a_grappe", "A01_CL01"}, {"a_foyer", "A01_FO01"}});
  const Layer hours = layer_with(LayerKind::continuity, {{"h_heures", "H01_HEURES"}, {"h_trou", "H01_TROU"}, {"h_soir", "H01_W01"}});
  std::ranges::move(detail::access_views(access, {}), std::back_inserter(document.views));
  std::ranges::move(detail::access_views(clusters, {}), std::back_inserter(document.views));
  std::ranges::move(detail::continuity_views(hours, {}), std::back_inserter(document.views));
  EXPECT_GE(document.views.size(), 18U);
  for (const LayerView& view : document.views) {
    EXPECT_EQ(lines(Semiology{view}.breaches()), "") << view.name;
  }
}

/// Every kind of layer that road networks make: six limits, all faults, all places.
std::vector<Layer> network_layers_of_all_looks() {
  std::vector<Layer> layers;
  for (const LayerKind kind : {LayerKind::isochrones, LayerKind::reached_roads}) {
    LayerBuilder areas{kind, 6, {}};
    areas.fill("rang", [](const std::size_t k) -> Value { return static_cast<std::int64_t>(k + 1); });
    areas.fill("limite_libelle", [](const std::size_t k) -> Value { return std::to_string(5 * (k + 1)) + " min"; });
    layers.push_back(areas.take());
  }
  for (const LayerKind kind : {LayerKind::network_audit, LayerKind::audited_places}) {
    layers.push_back(LayerBuilder{kind, 0, {}}.take());
  }
  return layers;
}

TEST(Semiology, EveryViewOfARoadNetworkCanBeReadByEveryone) {
  std::size_t views = 0;
  std::size_t classes = 0;
  for (const Layer& layer : network_layers_of_all_looks()) {
    for (const LayerView& view : detail::network_views(layer)) {
      EXPECT_EQ(lines(Semiology{view}.breaches()), "") << view.name;
      ++views;
      classes += view.classes.size();
    }
  }
  EXPECT_EQ(views, 4U);
  EXPECT_GE(classes, 16U);
}

TEST(Semiology, TheCheckItselfFindsWhatCannotBeSeen) {
  EXPECT_FALSE(Semiology{intervals("same", {"#a0a0a0", "#a1a1a1"})}.breaches().empty());
  // Red and green: one colour to whoever has no green cones.
  EXPECT_FALSE(Semiology{intervals("red and green", {"#c1403f", "#448430"})}.breaches().empty());
  LayerView pale = intervals("pale", {"#000000"});
  pale.classes.front().symbol = {.kind = Symbol::Kind::marker, .colour = "#f0e442", .border = "#ffffff", .size_mm = 2};
  EXPECT_FALSE(Semiology{pale}.breaches().empty());
  pale.classes.front().symbol.border = marker_border("#f0e442");
  EXPECT_TRUE(Semiology{pale}.breaches().empty());
}

}  // namespace
}  // namespace maillage
