#include "maps/network_layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "maps/field_dictionary.hpp"
#include "maps/map_document.hpp"
#include "maps/qgis_style.hpp"
#include "tests/support/ascii_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;

const Conversion kThousandth = [](const std::span<Point> points) {
  for (Point& point : points) {
    point = {point.x / 1'000, point.y / 1'000};
  }
};

Value value(const Layer& layer, const std::string& field, const std::size_t row) {
  const auto found = std::ranges::find(layer.fields, field, &Field::name);
  return found == layer.fields.end() ? Value{std::string{"no such field"}}
                                     : layer.columns[static_cast<std::size_t>(found - layer.fields.begin())][row];
}

AreaSet square(const double side_m) {
  AreaSet area;
  area.add_ring(std::vector<Point>{{0, 0}, {side_m, 0}, {side_m, side_m}, {0, side_m}, {0, 0}});
  area.end_polygon();
  area.end_area();
  return area;
}

AreaSet nothing() {
  AreaSet area;
  area.end_area();
  return area;
}

class NetworkLayers : public ::testing::Test {
 protected:
  testing::AsciiRoads map_ = ascii_roads({"A--B--C>>D", "", "E~~F"});
  std::vector<std::string> places_{"un", "deux"};
  std::vector<Cost> limits_{60, 300};
  std::vector<std::string> labels_{"1 min", "5 min"};
  IsochroneSources sources_{
      .network = map_.network, .plane_to_lonlat = kThousandth, .places = places_, .limits = limits_, .labels = labels_};
};

TEST_F(NetworkLayers, StackTheWidestAreasFirst) {
  const Layer layer =
      isochrones_layer(sources_, {{.place = 0, .limit = 0, .places_drawn = 1, .area = square(1'000), .roads_m = 1'500},
                                  {.place = 0, .limit = 1, .places_drawn = 1, .area = square(2'000), .roads_m = 4'000},
                                  {.place = 1, .limit = 0, .places_drawn = 0, .area = nothing()},
                                  {.place = 1, .limit = 1, .places_drawn = 0, .area = nothing()}});
  ASSERT_EQ(layer.features(), 4U);
  EXPECT_EQ(layer.name, "isochrones");
  EXPECT_EQ(value(layer, "limite_libelle", 0), Value{"5 min"});
  EXPECT_EQ(value(layer, "cle", 0), Value{"un"});
  EXPECT_EQ(value(layer, "superficie_km2", 0), Value{4.0});
  EXPECT_EQ(value(layer, "routes_km", 0), Value{4.0});
  EXPECT_EQ(value(layer, "cle", 1), Value{"deux"});
  EXPECT_EQ(value(layer, "lieux", 1), Value{std::int64_t{0}});
  EXPECT_EQ(value(layer, "superficie_km2", 1), Value{}) << "no area is not an area of nothing";
  EXPECT_EQ(value(layer, "limite", 2), Value{std::int64_t{60}});
  EXPECT_EQ(value(layer, "rang", 2), Value{std::int64_t{1}});
  EXPECT_EQ(value(layer, "unite", 2), Value{"s"});
  EXPECT_EQ(value(layer, "sens", 2), Value{"depuis le lieu"});
  EXPECT_EQ(layer.areas.areas(), 4U);
  EXPECT_EQ(layer.areas_lonlat.vertices.front().x * 1'000, layer.areas.vertices.front().x);
}

TEST_F(NetworkLayers, LeaveTheKeyOfAllPlacesTogetherEmpty) {
  const Layer layer =
      isochrones_layer(sources_, {{.place = std::nullopt, .limit = 1, .places_drawn = 2, .area = square(10)}});
  EXPECT_EQ(value(layer, "cle", 0), Value{});
  EXPECT_EQ(value(layer, "lieux", 0), Value{std::int64_t{2}});
}

TEST_F(NetworkLayers, DrawThePartsOfRoads) {
  const std::vector<ReachedRoad> roads{{.place = 1, .limit = 0, .stretch = {RoadIndex{0}, 0.5, 1}},
                                       {.place = 1, .limit = 1, .stretch = {RoadIndex{1}, 0.5, 0.5}},
                                       {.place = 1, .limit = 1, .stretch = {RoadIndex{3}, 0, 1}}};
  const Layer layer = reached_roads_layer(sources_, roads);
  ASSERT_EQ(layer.features(), 2U) << "a single position is no road";
  EXPECT_EQ(layer.lines.features(), 2U);
  EXPECT_EQ(layer.lines.line(0).front(), (Point{15, 0}));
  EXPECT_EQ(value(layer, "debut", 0), Value{0.5});
  EXPECT_EQ(value(layer, "longueur_m", 0), Value{15.0});
  EXPECT_EQ(value(layer, "classe", 1), Value{"ferry"});
  EXPECT_EQ(value(layer, "limite", 1), Value{std::int64_t{300}});
}

TEST_F(NetworkLayers, TellEveryFindingOfTheAudit) {
  const RoadAudit audit = audit_roads(map_.network, find_components(map_.network));
  const Layer layer = network_audit_layer(map_.network, audit, kThousandth);
  ASSERT_EQ(layer.features(), 3U);
  EXPECT_EQ(value(layer, "nature", 0), Value{"îlot"});
  EXPECT_EQ(value(layer, "noeuds", 0), Value{std::int64_t{2}});
  EXPECT_EQ(value(layer, "nature", 1), Value{"sans sortie"});
  EXPECT_EQ(value(layer, "longueur_km", 1), Value{0.03});
  EXPECT_EQ(value(layer, "vitesse_min_kmh", 1), Value{36.0});
  EXPECT_EQ(value(layer, "nature", 2), Value{"bac sans suite"});
  EXPECT_EQ(value(layer, "noeuds", 2), Value{});
  EXPECT_EQ(value(layer, "numero", 2), Value{std::int64_t{1}});
  EXPECT_EQ(value(layer, "classe", 2), Value{"ferry"});
  EXPECT_EQ(layer.lines.features(), 3U);
}

TEST_F(NetworkLayers, ListThePlacesThatAreNotJoinedOnly) {
  const std::vector<AuditedPlace> places{
      {.key = "a", .name = "Un", .kind = "lieu", .population = {}, .position = {1, 2}, .access_m = 3},
      {.key = "b",
       .name = "",
       .kind = "commune",
       .population = 12,
       .position = {4, 5},
       .access_m = 6,
       .standing = RoadStanding::island},
      {.key = "c",
       .name = "",
       .kind = "lieu",
       .population = {},
       .position = {7, 8},
       .access_m = 0,
       .standing = RoadStanding::closed}};
  const Layer layer = audited_places_layer(places, kThousandth);
  ASSERT_EQ(layer.features(), 2U);
  EXPECT_EQ(value(layer, "etat", 0), Value{"îlot"});
  EXPECT_EQ(value(layer, "population", 0), Value{std::int64_t{12}});
  EXPECT_EQ(value(layer, "acces_m", 0), Value{6.0});
  EXPECT_EQ(value(layer, "etat", 1), Value{"loin de toute route"});
  EXPECT_EQ(value(layer, "acces_m", 1), Value{});
  EXPECT_EQ(layer.points[1], (Point{7, 8}));
}

TEST_F(NetworkLayers, HaveAStyleWithAClassPerLimit) {
  LayerSet set;
  set.layers.push_back(isochrones_layer(sources_, {{.place = 0, .limit = 0, .places_drawn = 1, .area = square(1)},
                                                   {.place = 0, .limit = 1, .places_drawn = 1, .area = square(2)}}));
  const PopulationTiers tiers = default_population_tiers();
  const MapDocument document = make_map_document(set, {.tiers = tiers, .definitions = {}});
  const auto styles = qgis_styles(document, Language::french);
  ASSERT_EQ(document.maps.size(), 1U);
  ASSERT_EQ(styles.size(), 1U);
  EXPECT_LT(styles.front().qml.find("1 min"), styles.front().qml.find("5 min"));
  EXPECT_NE(styles.front().qml.find("attr=\"rang\""), std::string::npos);
}

TEST(NetworkNames, OfFaultsAndStandingsAgree) {
  EXPECT_EQ(standing_name(RoadStanding::no_exit), fault_name(RoadFault::no_exit));
  EXPECT_EQ(standing_name(RoadStanding::island), fault_name(RoadFault::island));
  EXPECT_EQ(standing_name(RoadStanding::closed), "loin de toute route");
}

}  // namespace
}  // namespace maillage
