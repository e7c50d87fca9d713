#include "maps/build_layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.hpp"
#include "maps/field_dictionary.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::at;
using test::draw_territory;
using test::PlacedStructures;

// The source plane is the territory's; degrees are 1e-5 of a metre from 3 E 50 N, and what is not a contour's vertex is told
// by half a degree more.
Planes drawn_planes() {
  const auto move = [](const double longitude) {
    return [longitude](const std::span<Point> positions) {
      for (Point& position : positions) {
        position = {longitude + position.x * 1e-5, 50 + position.y * 1e-5};
      }
    };
  };
  Planes planes;
  planes.plane = "EPSG:2154";
  planes.source_to_lonlat = move(3);
  planes.plane_to_lonlat = move(3.5);
  return planes;
}

struct Drawn {
  Territory territory;
  PlacedStructures structures;
  std::vector<CoverageAnalysis> analyses;

  // A and E hold a structure; 1 km reaches B, C and F, not D, G, H.
  Drawn()
      : territory(draw_territory({"ABGG", "CDHH", "EFHH"}, {.population = {{'A', 3'000}, {'B', std::nullopt}, {'H', 700}},
                                                            .departement = {{'G', "62"}, {'H', "62"}},
                                                            .epci = {{'A', "200"}, {'B', "200"}}})) {
    Structure library;
    library.name = "Bibliothèque A";
    library.typology = "Bibliothèque";
    library.competences = {"lecture", "numérique"};
    library.carried = {"oui"};
    structures.set.carried_columns = {"Label"};
    structures.add(at(territory, 'A'), territory.points[at(territory, 'A')].position, library);
    structures.set.structures.raw().back().declared_position = structures.placed.of.raw().back().position;
    structures.add(at(territory, 'E'), territory.points[at(territory, 'E')].position);
    structures.add_unplaced();
    structures.placed.of.raw()[1].agreement = KeyAgreement::conflict;
    structures.placed.of.raw()[1].conflict_distance_m = 812.5;
    CoverageDefinition definition = structures.within(1'000);
    definition.name = "tout_1km";
    definition.label = "Tout à 1 km";
    analyses.push_back(analyse_coverage(territory, structures.set, structures.placed, definition));
  }
  [[nodiscard]] LayerSet layers() const {
    const Planes planes = drawn_planes();
    return build_layers({territory, structures.set, structures.placed, planes, analyses});
  }
};

const Layer& layer_of(const LayerSet& set, const LayerKind kind) {
  return *std::ranges::find(set.layers, layer_name(kind), &Layer::name);
}

Value value(const Layer& layer, const std::string& field, const std::size_t feature) {
  const auto found = std::ranges::find(layer.fields, field, &Field::name);
  EXPECT_NE(found, layer.fields.end()) << field;
  return layer.columns.at(static_cast<std::size_t>(found - layer.fields.begin())).at(feature);
}

Value text(const std::string& words) {
  return words;
}
Value number(const std::int64_t count) {
  return count;
}

TEST(BuildLayers, GivesEveryLayerInMapOrderWithOneValuePerFieldAndFeature) {
  const LayerSet set = Drawn{}.layers();
  std::vector<std::string> names;
  for (const Layer& layer : set.layers) {
    names.push_back(layer.name);
    ASSERT_EQ(layer.columns.size(), layer.fields.size()) << layer.name;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      ASSERT_EQ(layer.columns[field].size(), layer.features()) << layer.name;
      for (const Value& cell : layer.columns[field]) {
        const std::size_t wanted = std::size_t{1} + static_cast<std::size_t>(layer.fields[field].type);
        EXPECT_TRUE(cell.index() == 0 || cell.index() == wanted) << layer.name << ' ' << layer.fields[field].name;
      }
    }
    switch (layer.geometry) {
      case GeometryKind::point:
        EXPECT_EQ(layer.points.size(), layer.features());
        EXPECT_EQ(layer.points_lonlat.size(), layer.features());
        break;
      case GeometryKind::multi_line:
        EXPECT_EQ(layer.lines.features(), layer.features());
        EXPECT_EQ(layer.lines_lonlat.line_first, layer.lines.line_first);
        break;
      default:
        EXPECT_EQ(layer.areas.areas(), layer.features()) << layer.name;
        EXPECT_EQ(layer.areas_lonlat.ring_first, layer.areas.ring_first);
    }
  }
  EXPECT_EQ(names, (std::vector<std::string>{"communes", "lacunes_communes", "lacunes_geometriques", "epci", "departements",
                                             "discontinuites", "structures"}));
}

TEST(CommunesLayer, TellsEveryResult) {
  const Drawn drawn;
  const LayerSet set = drawn.layers();
  const Layer& communes = layer_of(set, LayerKind::communes);
  const std::size_t a = at(drawn.territory, 'A').value();
  const std::size_t b = at(drawn.territory, 'B').value();
  const std::size_t h = at(drawn.territory, 'H').value();
  EXPECT_EQ(value(communes, "code", a), text("5900A"));
  EXPECT_EQ(value(communes, "population", a), number(3'000));
  EXPECT_EQ(value(communes, "population", b), Value{});
  EXPECT_EQ(value(communes, "strate_rang", a), number(2));
  EXPECT_EQ(value(communes, "strate", b), Value{});
  EXPECT_EQ(value(communes, "epci", h), Value{});
  EXPECT_EQ(value(communes, "superficie_km2", h), Value(4.0));
  EXPECT_EQ(value(communes, "structures", a), number(1));
  EXPECT_EQ(value(communes, "tout_1km_proche_nom", b), text("Bibliothèque A"));
  EXPECT_EQ(value(communes, "tout_1km_cout", b), number(1'000));
  EXPECT_EQ(value(communes, "tout_1km_exces", b), number(0));
  EXPECT_EQ(value(communes, "tout_1km_exces", h), number(1'237));
  EXPECT_EQ(value(communes, "tout_1km_a_portee", b), number(1));
  EXPECT_EQ(value(communes, "tout_1km_est_couverte", b), Value(true));
  EXPECT_EQ(value(communes, "tout_1km_est_couverte", h), Value(false));
  EXPECT_EQ(value(communes, "tout_1km_population_couverte", h), number(0));
  EXPECT_EQ(value(communes, "tout_1km_lacune_limite", a), Value{});
  EXPECT_EQ(value(communes, "tout_1km_lacune_limite", h), number(1));
}

TEST(StructuresLayer, KeepsEveryStructureWithItsDiagnostics) {
  const LayerSet set = Drawn{}.layers();
  const Layer& structures = layer_of(set, LayerKind::structures);
  ASSERT_EQ(structures.features(), 3U);
  EXPECT_EQ(value(structures, "competences", 0), text("lecture; numérique"));
  EXPECT_EQ(value(structures, "label", 0), text("oui"));
  EXPECT_EQ(value(structures, "accord", 1), text("conflit"));
  EXPECT_EQ(value(structures, "ecart_m", 1), Value(812.5));
  EXPECT_EQ(value(structures, "commune", 2), Value{});
  EXPECT_EQ(value(structures, "precision", 2), Value{});
  EXPECT_EQ(value(structures, "tout_1km_est_comptee", 2), Value(false));
  EXPECT_EQ(value(structures, "tout_1km_population_a_portee", 2), Value{});
  EXPECT_EQ(value(structures, "tout_1km_population_seule", 0), number(3'000));
  EXPECT_EQ(value(structures, "tout_1km_communes_a_portee", 1), number(3));
  EXPECT_FALSE(structures.points[2].has_value());
  EXPECT_FALSE(structures.points_lonlat[2].has_value());
}

TEST(StructuresLayer, GivesDeclaredPositionsBackInDegrees) {
  const LayerSet set = Drawn{}.layers();
  const Layer& structures = layer_of(set, LayerKind::structures);
  EXPECT_NEAR(structures.points_lonlat[0]->x, 3 + 500 * 1e-5, 1e-12);    // from the source plane
  EXPECT_NEAR(structures.points_lonlat[1]->x, 3.5 + 500 * 1e-5, 1e-12);  // reprojected: it declared none
}

TEST(GapsLayer, DissolvesEachComponent) {
  const Drawn drawn;
  const LayerSet set = drawn.layers();
  const Layer& gaps = layer_of(set, LayerKind::commune_gaps);
  // Without structure: all but A and E are one component. Beyond the limit: D, G and H.
  ASSERT_EQ(gaps.features(), 2U);
  EXPECT_EQ(value(gaps, "nature", 0), text(std::string{kGapWithoutStructure}));
  EXPECT_EQ(value(gaps, "communes", 0), number(6));
  EXPECT_EQ(value(gaps, "nature", 1), text(std::string{kGapBeyondLimit}));
  EXPECT_EQ(value(gaps, "communes", 1), number(3));
  EXPECT_EQ(value(gaps, "population", 1), number(900));
  EXPECT_EQ(value(gaps, "superficie_km2", 1), Value(7.0));
  EXPECT_EQ(value(gaps, "commune_principale_nom", 1), text("H"));
  EXPECT_EQ(value(gaps, "proche_cout", 1), number(1'415));
  EXPECT_EQ(value(gaps, "proche_depuis", 1), text("5900D"));
  EXPECT_EQ(value(gaps, "unite", 1), text("m"));
  EXPECT_DOUBLE_EQ(surface(gaps.areas, AreaIndex{1}), 7e6);
  EXPECT_EQ(gaps.areas.area_first, (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(LonLat, OfDissolvedBordersIsThatOfTheContours) {
  const LayerSet set = Drawn{}.layers();
  for (const LayerKind kind : {LayerKind::communes, LayerKind::commune_gaps, LayerKind::departements, LayerKind::epcis}) {
    for (const Point& vertex : layer_of(set, kind).areas_lonlat.vertices) {
      EXPECT_LT(vertex.x, 3.4);
    }
  }
  for (const Point& vertex : layer_of(set, LayerKind::discontinuities).lines_lonlat.vertices) {
    EXPECT_LT(vertex.x, 3.4);
  }
}

TEST(ZonesLayer, SharesAddUpToTheTerritory) {
  const Drawn drawn;
  const LayerSet set = drawn.layers();
  const Layer& zones = layer_of(set, LayerKind::departements);
  ASSERT_EQ(zones.features(), 2U);
  EXPECT_EQ(value(zones, "code", 1), text("62"));
  EXPECT_EQ(value(zones, "communes", 0), number(6));
  EXPECT_EQ(value(zones, "population", 1), number(800));
  EXPECT_EQ(value(zones, "tout_1km_part_couverte", 0), Value(3'300 * 100.0 / 3'400));
  EXPECT_EQ(value(zones, "tout_1km_part_couverte", 1), Value(0.0));
  EXPECT_EQ(value(zones, "superficie_km2", 0), Value(6.0));
  EXPECT_DOUBLE_EQ(surface(zones.areas, AreaIndex{0}), 6e6);
}

TEST(DiscontinuitiesLayer, DrawsEachBorderWithItsJump) {
  const Drawn drawn;
  const LayerSet set = drawn.layers();
  const Layer& jumps = layer_of(set, LayerKind::discontinuities);
  EXPECT_EQ(jumps.features(), drawn.analyses.front().discontinuities.size());
  for (std::size_t row = 0; row < jumps.features(); ++row) {
    double length_m = 0;
    for (std::uint32_t line = jumps.lines.feature_first[row]; line < jumps.lines.feature_first[row + 1]; ++line) {
      const auto vertices = jumps.lines.line(line);
      for (std::size_t vertex = 1; vertex < vertices.size(); ++vertex) {
        length_m += distance_m(vertices[vertex - 1], vertices[vertex]);
      }
    }
    EXPECT_EQ(value(jumps, "frontiere_m", row), Value(length_m));
  }
  EXPECT_EQ(value(jumps, "commune_1", 0), text("5900A"));
  EXPECT_EQ(value(jumps, "commune_2", 0), text("5900B"));
  EXPECT_EQ(value(jumps, "saut", 0), number(1'000));
  EXPECT_EQ(value(jumps, "saut_relatif", 0), Value{});
}

TEST(GeometricGapsLayer, NumbersThePartsOfEachDefinition) {
  const Drawn drawn;
  const LayerSet set = drawn.layers();
  const Layer& gaps = layer_of(set, LayerKind::geometric_gaps);
  ASSERT_TRUE(drawn.analyses.front().geometric_gaps.has_value());
  const GeometricGaps& found = *drawn.analyses.front().geometric_gaps;
  ASSERT_EQ(gaps.features(), found.parts.size());
  ASSERT_GT(gaps.features(), 0U);
  EXPECT_EQ(value(gaps, "numero", 0), number(1));
  EXPECT_EQ(value(gaps, "definition", 0), text("tout_1km"));
  EXPECT_EQ(value(gaps, "superficie_km2", 0), Value(found.parts[0].area_m2 / 1e6));
}

TEST(BuildLayers, AreTheSameOnOneThreadAndOnMany) {
  const LayerSet many = Drawn{}.layers();
  const ThreadLimit one{1};
  const LayerSet alone = Drawn{}.layers();
  ASSERT_EQ(many.layers.size(), alone.layers.size());
  for (std::size_t layer = 0; layer < many.layers.size(); ++layer) {
    EXPECT_EQ(many.layers[layer].columns, alone.layers[layer].columns);
    EXPECT_EQ(many.layers[layer].areas_lonlat, alone.layers[layer].areas_lonlat);
    EXPECT_EQ(many.layers[layer].lines_lonlat, alone.layers[layer].lines_lonlat);
    EXPECT_EQ(many.layers[layer].points, alone.layers[layer].points);
  }
}

TEST(BuildLayers, NeedsNoDefinitionAndNoStructure) {
  const Territory territory = draw_territory({"AB"});
  const Planes planes = drawn_planes();
  const StructureSet structures;
  const Placements placed;
  const LayerSet set = build_layers({territory, structures, placed, planes, {}});
  ASSERT_EQ(set.layers.size(), 3U);
  EXPECT_EQ(set.layers[0].features(), 2U);
  EXPECT_EQ(set.layers[1].name, "departements");
  EXPECT_EQ(set.layers[2].features(), 0U);
}

}  // namespace
}  // namespace maillage
