#include <gtest/gtest.h>

#include "adapters/qgis/project_frame.hpp"
#include "adapters/qgis/project_plan.hpp"
#include "adapters/qgis/write_project.hpp"
#include "adapters/qgis/zip_archive.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

using detail::ProjectGroup;

Layer layer_named(const char* name) {
  Layer layer;
  layer.name = name;
  layer.title = {.french = name, .english = name};
  layer.geometry = GeometryKind::multi_polygon;
  return layer;
}

LayerView view_named(const char* layer, const char* name) {
  LayerView view;
  view.layer = layer;
  view.name = name;
  view.title = {.french = name, .english = name};
  view.legend = {.french = std::string{"légende "} + name, .english = name};
  return view;
}

MapView map_of(const char* title, const MapSubject::Kind kind, const std::size_t position, std::vector<std::string> views) {
  MapView map;
  map.name = title;
  map.title = {.french = title, .english = title};
  map.subject.kind = kind;
  map.subject.position = position;
  map.views = std::move(views);
  return map;
}

struct Sketch {
  LayerSet layers;
  MapDocument document;
  Sketch() {
    layers = {.territory = "T",
              .plane = "EPSG:2154",
              .layers = {layer_named("communes"), layer_named("lacunes_communes"), layer_named("epci"), layer_named("structures")}};
    document.title = "T";
    document.views = {view_named("communes", "strates"), view_named("communes", "couvert_a"), view_named("communes", "cout_a"),
                      view_named("communes", "couvert_b"), view_named("structures", "types"), view_named("lacunes_communes", "trous"),
                      view_named("lacunes_communes", "cercles")};
    document.maps = {map_of("Structures", MapSubject::Kind::structures, 0, {"strates", "types"}),
                     map_of("A", MapSubject::Kind::coverage, 0, {"couvert_a", "types"}),
                     map_of("A", MapSubject::Kind::coverage, 0, {"cout_a", "types"}),
                     map_of("B", MapSubject::Kind::coverage, 1, {"couvert_b"}),
                     map_of("Lacunes", MapSubject::Kind::gaps, 0, {"strates", "trous", "cercles"})};
  }
};

TEST(ProjectPlan, CommunesComeOnceForEachQuestionAndOnceAsBackground) {
  const Sketch sketch;
  const detail::ProjectPlan plan = detail::plan_project(sketch.layers, sketch.document, Language::french);
  std::vector<std::string> names;
  for (const detail::ProjectLayer& layer : plan.layers) {
    names.push_back(layer.name.french);
    EXPECT_GE(layer.id.size(), 22U);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"structures", "epci", "lacunes_communes", "lacunes_communes", "légende couvert_a",
                                             "légende couvert_b", "communes"}));
  EXPECT_EQ(plan.layers[4].style_names, (std::vector<std::string>{"couvert_a", "cout_a"}));
  EXPECT_TRUE(plan.layers[0].is_visible);
  EXPECT_TRUE(plan.layers[6].is_visible);
  EXPECT_FALSE(plan.layers[4].is_visible);
  EXPECT_TRUE(plan.layers[1].views.empty());  // nothing draws it; it is there
}

// One layer cannot look two ways at once.
TEST(ProjectPlan, AMapOfTwoViewsOfALayerHasTwoLayers) {
  const Sketch sketch;
  const detail::ProjectPlan plan = detail::plan_project(sketch.layers, sketch.document, Language::french);
  const detail::ProjectTheme& gaps = plan.themes.back();
  ASSERT_EQ(gaps.shown.size(), 3U);
  EXPECT_NE(gaps.shown[1].layer, gaps.shown[2].layer);
  EXPECT_LT(gaps.shown[2].layer, gaps.shown[1].layer);  // the later view lies above
}

TEST(ProjectPlan, ThemesOfTheSameTitleStayApart) {
  const Sketch sketch;
  const detail::ProjectPlan plan = detail::plan_project(sketch.layers, sketch.document, Language::french);
  ASSERT_EQ(plan.themes.size(), 5U);
  EXPECT_EQ(plan.themes[1].name, "A");
  EXPECT_EQ(plan.themes[2].name, "A (2)");
}

TEST(ProjectPlan, AViewOfAnAbsentLayerIsRefused) {
  Sketch sketch;
  sketch.document.views.push_back(view_named("absente", "x"));
  EXPECT_THROW((void)detail::plan_project(sketch.layers, sketch.document, Language::french), ArgumentError);
}

TEST(ProjectFrame, SeveralPlanesShowTheFirst) {
  LayerSet layers{.territory = "T", .plane = "EPSG:2154 + EPSG:2975 (+20000 km)", .layers = {layer_named("communes")}};
  layers.layers[0].areas.vertices = {{600'000, 6'500'000}, {700'000, 6'600'000}, {20'300'000, 7'600'000}};
  const detail::ProjectFrame frame = detail::project_frame(layers);
  EXPECT_EQ(frame.crs, "EPSG:2154");
  EXPECT_EQ(frame.layers_crs, "EPSG:4326");
  EXPECT_EQ(frame.extent, (Box{600'000, 6'500'000, 700'000, 6'600'000}));
  const Box shown = detail::framed(frame.extent, 2);
  EXPECT_NEAR((shown.max_x - shown.min_x) / (shown.max_y - shown.min_y), 2, 1e-9);
  EXPECT_LE(shown.min_y, frame.extent.min_y);
}

TEST(ProjectXml, TextsAreNoMarkup) {
  Sketch sketch;
  sketch.document.title = "</title><x a=\"&\">";
  sketch.document.sources = {{.french = "\"><script>", .english = ""}};
  sketch.layers.layers[0].areas.vertices = {{0, 0}, {1000, 1000}};
  std::vector<LayerStyle> styles(sketch.document.views.size());
  for (LayerStyle& style : styles) {
    style.qml = "<qgis version=\"3\"><renderer-v2/></qgis>";
  }
  const std::string project = qgis_project({.layers = sketch.layers, .document = sketch.document, .styles = styles});
  EXPECT_EQ(project.find("<x a="), std::string::npos);
  EXPECT_EQ(project.find("<script>"), std::string::npos);
  EXPECT_NE(project.find("&lt;/title&gt;&lt;x a=&quot;&amp;&quot;&gt;"), std::string::npos);
  styles.pop_back();
  EXPECT_THROW((void)qgis_project({.layers = sketch.layers, .document = sketch.document, .styles = styles}), ArgumentError);
}

TEST(ZipArchive, HoldsTheFileAndNoDateOfToday) {
  const std::string archive = zip_archive("maillage.qgs", std::string(100'000, 'a'));
  EXPECT_EQ(archive.substr(0, 4), std::string("PK\x03\x04"));
  EXPECT_LT(archive.size(), 1000U);
  EXPECT_EQ(archive.substr(10, 4), std::string("\x00\x00\x21\x28", 4));  // 00:00:00, 1 January 2000
  EXPECT_EQ(archive, zip_archive("maillage.qgs", std::string(100'000, 'a')));
}

}  // namespace
}  // namespace maillage
