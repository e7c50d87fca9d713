#include "maps/map_document.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "engine/core/error.hpp"
#include "maps/build_layers.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/graduated_view.hpp"
#include "maps/layer_builder.hpp"
#include "tests/support/coverage_layers.hpp"

namespace maillage {
namespace {

constexpr std::size_t kCommunes = 40;

/// Communes with costs of 0, 500, 1,000... metres, the last without any; two structures, one of them counted.
LayerSet small_layers() {
  const auto definitions = test::one_coverage();
  LayerSet set{.territory = "Ici", .plane = "EPSG:2154", .layers = {}};
  set.layers.push_back(test::communes_by_cost(kCommunes));
  LayerBuilder gaps{LayerKind::commune_gaps, 2, definitions};
  gaps.fill("definition", [](const std::size_t) -> Value { return std::string{"biblio"}; });
  gaps.fill("nature", [](const std::size_t k) -> Value {
    return std::string{k == 0 ? kGapBeyondLimit : kGapWithoutStructure};
  });
  gaps.fill("population", [](const std::size_t k) -> Value { return static_cast<std::int64_t>(1'000 + k); });
  set.layers.push_back(gaps.take());
  LayerBuilder structures{LayerKind::structures, 2, definitions};
  structures.fill("typologie", [](const std::size_t k) -> Value { return std::string{k == 0 ? "A" : "B"}; });
  structures.fill(0, "est_comptee", [](const std::size_t k) -> Value { return k == 0; });
  set.layers.push_back(structures.take());
  return set;
}

MapDocument document_of(const LayerSet& layers, const ViewSettings& settings = {}) {
  static const PopulationTiers tiers = default_population_tiers();
  static const auto definitions = test::one_coverage();
  return make_map_document(layers, {.tiers = tiers, .definitions = definitions, .settings = settings});
}

const Layer& layer_of(const LayerSet& layers, const std::string& name) {
  return *std::ranges::find(layers.layers, name, &Layer::name);
}

TEST(MapDocuments, MapsStackViewsThatThereAreAndNamesAreUnique) {
  const MapDocument document = document_of(small_layers());
  std::set<std::string> names;
  ASSERT_FALSE(document.maps.empty());
  EXPECT_EQ(document.maps.front().name, "structures");
  for (const MapView& map : document.maps) {
    EXPECT_TRUE(names.insert(map.name).second) << map.name;
    EXPECT_FALSE(map.title.french.empty() || map.title.english.empty() || map.views.empty());
    for (const std::string& view : map.views) {
      EXPECT_EQ(document.view(view).name, view);
    }
  }
  EXPECT_THROW((void)document.view("none"), ArgumentError);
}

TEST(MapDocuments, EveryDrawnFeatureIsInTheOneClassThatHoldsItsValue) {
  const LayerSet layers = small_layers();
  const MapDocument document = document_of(layers);
  for (const LayerView& view : document.views) {
    const Layer& layer = layer_of(layers, view.layer);
    const auto classes = classes_of(view, layer);
    for (std::size_t feature = 0; feature < layer.features(); ++feature) {
      ASSERT_EQ(classes[feature].has_value(), is_drawn(view, layer, feature)) << view.name;
      if (!classes[feature] || view.field.empty()) {
        continue;
      }
      const ViewClass& one = view.classes[*classes[feature]];
      const Value& value = layer.columns[field_position(layer, view.field)][feature];
      if (one.holds == ViewClass::Holds::category) {
        EXPECT_EQ(category_text(value), one.value);
      } else if (one.holds == ViewClass::Holds::interval) {
        const auto number = static_cast<double>(std::get<std::int64_t>(value));
        EXPECT_TRUE(one.from <= number && number < one.below) << view.name << ' ' << number;
      }
    }
  }
}

TEST(MapDocuments, CostsChangeColourAtTheLimit) {
  const LayerSet layers = small_layers();
  const LayerView view = document_of(layers).view("communes_biblio_cout");
  std::size_t below = 0;
  std::size_t above = 0;
  for (const ViewClass& one : view.classes) {
    if (one.holds == ViewClass::Holds::interval) {
      EXPECT_TRUE(one.below <= 5'000 || one.from >= 5'000) << one.label.french;
      (one.below <= 5'000 ? below : above) += 1;
    }
  }
  EXPECT_GT(below, 0U);
  EXPECT_GT(above, 0U);
  EXPECT_EQ(view.classes.front().label.french.substr(0, 9), "Moins de ");
  EXPECT_NE(view.legend.french.find(", en km"), std::string::npos);
  EXPECT_EQ(view.classes.back().label.french, "Aucune structure accessible");
}

TEST(MapDocuments, AmountsAreCirclesNeverShades) {
  const LayerSet layers = small_layers();
  const Layer& communes = layer_of(layers, "communes");
  EXPECT_THROW((void)graduated_view(communes, field_position(communes, "population"), {}, {}), ArgumentError);
  EXPECT_THROW((void)circles_of(communes, field_position(communes, "biblio_cout"), "#000000"), ArgumentError);
  const MapDocument document = document_of(layers);
  for (const LayerView& view : document.views) {
    if (view.field.empty()) {
      continue;
    }
    const Layer& layer = layer_of(layers, view.layer);
    const bool shaded = std::ranges::any_of(
        view.classes, [](const ViewClass& one) { return one.holds == ViewClass::Holds::interval; });
    EXPECT_FALSE(shaded && layer.fields[field_position(layer, view.field)].is_amount) << view.name;
  }
  const LayerView population = document_of(layers).view("communes_population");
  ASSERT_TRUE(population.circles.has_value());
  EXPECT_EQ(population.circles->largest_value, 39.0 * 39.0);
}

TEST(MapDocuments, GapsShowOnlyTheirOwnDefinitionAndKind) {
  const LayerSet layers = small_layers();
  const Layer& gaps = layer_of(layers, "lacunes_communes");
  const auto beyond = classes_of(document_of(layers).view("lacunes_limite_biblio"), gaps);
  EXPECT_TRUE(beyond[0].has_value());
  EXPECT_FALSE(beyond[1].has_value());
  const Layer& structures = layer_of(layers, "structures");
  const LayerView counted = document_of(layers).view("structures_biblio");
  EXPECT_TRUE(is_drawn(counted, structures, 0));
  EXPECT_FALSE(is_drawn(counted, structures, 1));
  EXPECT_EQ(counted.classes.size(), 1U);  // the type that is not there has no line in the legend
}

TEST(MapDocuments, FollowTheStudysClasses) {
  ViewSettings settings;
  settings.fields.push_back({.field = "biblio_cout",
                             .classes = {.method = ClassMethod::fixed, .classes = 3, .breaks = {2'000, 10'000}},
                             .palette = Palette::purples});
  const LayerSet layers = small_layers();
  const LayerView view = document_of(layers, settings).view("communes_biblio_cout");
  ASSERT_EQ(view.classes.size(), 4U);
  EXPECT_EQ(view.classes[1].from, 2'000);
  EXPECT_EQ(view.classes[1].below, 10'000);
  EXPECT_EQ(view.classes[1].label.french, "De 2 à moins de 10\u00A0km");
  EXPECT_EQ(view.classes[1].label.english, "2 to under 10\u00A0km");
  settings.fields.front().field = "bibliothèque";
  EXPECT_THROW((void)document_of(layers, settings), StudyError);
  settings.fields.front().field = "population";
  EXPECT_THROW((void)document_of(layers, settings), StudyError);
}

TEST(MapDocuments, AValueThatIsAloneInItsClassIsNamed) {
  const auto definitions = test::one_coverage();
  const auto labels_of = [&](const auto& cost_m) {
    LayerBuilder communes{LayerKind::communes, kCommunes, definitions};
    communes.fill(0, "cout", [&](const std::size_t k) -> Value { return static_cast<std::int64_t>(cost_m(k)); });
    const Layer layer = communes.take();
    ViewSettings settings;
    settings.classes.classes = 2;
    const LayerView view = graduated_view(layer, field_position(layer, "biblio_cout"), {}, settings);
    std::vector<std::string> labels;
    for (const ViewClass& one : view.classes) {
      labels.push_back(one.label.french);
    }
    return labels;
  };
  EXPECT_EQ(labels_of([](std::size_t) { return 0; }).front(), "0\u00A0m partout");
  const auto labels = labels_of([](const std::size_t k) { return k < kCommunes / 2 ? 0 : 1'000 * k; });
  EXPECT_EQ(labels.front(), "0\u00A0km");
  EXPECT_EQ(labels[1], "Plus de 0\u00A0km");
  EXPECT_EQ(labels_of([](const std::size_t k) { return k < 39 ? 0 : 2'000; }).front(), "De 0 à 2\u00A0km");
}

TEST(MapDocuments, TitlesNeverBreakBeforeASign) {
  for (const MapView& map : document_of(small_layers()).maps) {
    for (const std::string& text : {map.title.french, map.question.french}) {
      EXPECT_EQ(text.find(" :"), std::string::npos) << text;
      EXPECT_EQ(text.find(" ?"), std::string::npos) << text;
    }
  }
}

TEST(IntervalLabels, SayBoundsInUnitsThatPeopleRead) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  const detail::ShownUnit minutes = detail::shown_unit("s", 1'200);
  EXPECT_EQ(detail::interval_label(300, 600, minutes).french, "De 5 à moins de 10\u00A0min");
  EXPECT_EQ(detail::interval_label(-kNone, 90, minutes).english, "Under 1.5\u00A0min");
  EXPECT_EQ(detail::interval_label(1'234.5, kNone, detail::shown_unit("", 2'000)).french, "1\u202F234,5 et plus");
  EXPECT_EQ(detail::shown_unit("m", 800).unit, "m");
  EXPECT_EQ(detail::interval_label(-kNone, kNone, minutes).french, "Toutes les valeurs");
}

}  // namespace
}  // namespace maillage
