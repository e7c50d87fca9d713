#include "engine/territory/build_territory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/support/rough_planes.hpp"
#include "tests/support/small_communes.hpp"

namespace maillage {
namespace {

using enum CodeEventKind;
using testing::rough_planes;
using testing::SmallSource;

/// "code:population ..." of all communes.
std::string communes_of(const Territory& territory) {
  std::string text;
  for (const Commune& commune : territory.communes) {
    text +=
        (text.empty() ? "" : " ") + commune.code + ":" + (commune.population ? std::to_string(*commune.population) : "?");
  }
  return text;
}

/// "reason key detail" of notes, one a line.
std::string notes_of(const std::vector<RowNote>& notes) {
  std::string text;
  for (const RowNote& note : notes) {
    text += note.reason + " " + note.key + (note.detail.empty() ? "" : " " + note.detail) + "\n";
  }
  return text;
}

double area_deg2(const Territory& territory, const std::string& code) {
  return surface(territory.source_contours, AreaIndex{territory.find(code).value().value()});
}

/// +----+----+----+
/// | A  | B  | C  |   59001 59002 59003, unit squares at 3..6 E, 50 N
/// +----+----+----+
SmallSource three_communes() {
  SmallSource contours{"contours.geojson"};
  contours.box("59001", 3, 50, 4, 51).box("59002", 4, 50, 5, 51).box("59003", 5, 50, 6, 51);
  return contours;
}

TEST(BuildTerritory, JoinsATableByCode) {
  SmallSource table{"pop.csv"};
  table.row("59003", 0).row("59001", 100);
  const auto reading = build_territory({three_communes().source(), table.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59001:100 59002:? 59003:0");
  EXPECT_EQ(notes_of(reading.repairs), "commune_not_in_tables 59002\npopulation_missing 59002\n");
  EXPECT_TRUE(reading.rejections.empty());
  EXPECT_EQ(reading.rows_in, 5);
  const Territory& territory = reading.value;
  EXPECT_TRUE(territory.tier[CommuneIndex{1}].is_none());
  EXPECT_EQ(territory.tier[CommuneIndex{2}], TierIndex{0});
  EXPECT_EQ(territory.name, "Nord");
  EXPECT_EQ(territory.departements.names[ZoneIndex{0}], "Nord");
  EXPECT_EQ(territory.regions.names[ZoneIndex{0}], "Hauts-de-France");
  EXPECT_TRUE(territory.epcis.zone_of[CommuneIndex{0}].is_none());
  EXPECT_EQ(territory.neighbours[CommuneIndex{1}].size(), 2U);
  EXPECT_EQ(territory.demand.size(), 3U);
}

TEST(BuildTerritory, DissolvesOldCommunesIntoThePresentOne) {
  SmallSource official{"communes.json"};
  official.row("59002", 300).row("59003", 50).event("59001", "59002", delegated);
  const auto reading = build_territory({three_communes().source(), official.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59002:300 59003:50");
  EXPECT_EQ(notes_of(reading.repairs), "commune_delegated 59001 59001 -> 59002\n");
  EXPECT_DOUBLE_EQ(area_deg2(reading.value, "59002"), 2);
  EXPECT_EQ(reading.value.source_contours.rings(), 2U);
  EXPECT_EQ(reading.value.neighbours[CommuneIndex{0}].size(), 1U);
}

TEST(BuildTerritory, SumsAnOldTableOverAMerger) {
  SmallSource official{"communes.json"};
  official.row("59002").row("59003").event("59001", "59002", merged);
  SmallSource old_table{"pop2018.csv"};
  old_table.row("59001", 100).row("59002", 200).row("59003", 50);
  EXPECT_EQ(
      communes_of(build_territory({three_communes().source(), old_table.source(), official.source()}, rough_planes()).value),
      "59002:300 59003:50");
  SmallSource with_a_hole{"pop2018.csv"};
  with_a_hole.row("59001").row("59002", 200).row("59003", 50);
  EXPECT_EQ(communes_of(
                build_territory({three_communes().source(), with_a_hole.source(), official.source()}, rough_planes()).value),
            "59002:? 59003:50");
}

TEST(BuildTerritory, RejectsWhatNoOfficialListKnows) {
  SmallSource official{"communes.json"};
  official.row("59001", 1).row("59002", 2).event("59009", "59002", merged);
  const auto reading = build_territory({three_communes().source(), official.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59001:1 59002:2");
  EXPECT_EQ(notes_of(reading.rejections), "unknown_commune_code 59003\n");
}

TEST(BuildTerritory, RejectsADividedCommune) {
  SmallSource official{"communes.json"};
  official.row("59001", 1).row("59002", 2).event("59003", "59001", merged).event("59003", "59002", merged);
  const auto reading = build_territory({three_communes().source(), official.source()}, rough_planes());
  EXPECT_EQ(notes_of(reading.rejections), "commune_divided 59003 59001, 59002\n");
}

TEST(BuildTerritory, ListsAReestablishedCommuneWhoseContourIsOlder) {
  SmallSource official{"communes.json"};
  official.row("59001", 1)
      .row("59002", 2)
      .row("59003", 3)
      .row("59004", 44)
      .event("59003", "59004", reestablished, "2024-01-01");
  const auto reading = build_territory({three_communes().source(), official.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59001:1 59002:2 59003:3");
  EXPECT_EQ(notes_of(reading.rejections), "commune_reestablished_without_contour 59004 59003 -> 59004, population 44\n");
}

TEST(BuildTerritory, ListsCommunesWithoutContourOnlyWhereTheDepartementIsThere) {
  SmallSource table{"pop.csv"};
  table.row("59001", 1).row("59002", 2).row("59003", 3).row("59004", 4).row("62001", 5).row("62002", 6);
  const auto reading = build_territory({three_communes().source(), table.source()}, rough_planes());
  EXPECT_EQ(notes_of(reading.rejections), "commune_without_contour 59004 population 4\n");
}

TEST(BuildTerritory, KeepsSelectedCommunesWithoutContour) {
  SmallSource table{"pop.csv"};
  table.row("59001", 1).row("59002", 2).row("59003", 3).row("59004", 4).row("62001", 5);
  const auto reading = build_territory({three_communes().source(), table.source()}, rough_planes(),
                                       {.name = "Essai", .selection = {.communes = {"59001", "62001", "59999"}}});
  EXPECT_EQ(communes_of(reading.value), "59001:1 62001:5");
  EXPECT_EQ(notes_of(reading.repairs), "commune_without_contour 62001 population 5\n");
  EXPECT_EQ(notes_of(reading.rejections), "unknown_commune_code 59999\n");
  EXPECT_EQ(reading.value.demand.size(), 1U);
  EXPECT_EQ(reading.value.name, "Essai");
  const auto departement =
      build_territory({three_communes().source(), table.source()}, rough_planes(), {.selection = {.departements = {"59"}}});
  EXPECT_EQ(communes_of(departement.value), "59001:1 59002:2 59003:3 59004:4");
}

TEST(BuildTerritory, CountsACityOnce) {
  SmallSource both{"both.geojson"};
  both.box("75056", 2, 48, 4, 49, 500)
      .box("75101", 2, 48, 3, 49, 200)
      .box("75102", 3, 48, 4, 49, 300)
      .box("93001", 4, 48, 5, 49, 7);
  const auto reading = build_territory({both.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "75056:500 93001:7");
  EXPECT_DOUBLE_EQ(area_deg2(reading.value, "75056"), 2);
  EXPECT_EQ(std::count_if(reading.repairs.begin(), reading.repairs.end(),
                          [](const RowNote& note) { return note.reason == "arrondissement_beside_commune"; }),
            2);
  SmallSource parts{"parts.geojson"};
  parts.box("75101", 2, 48, 3, 49, 200).box("75102", 3, 48, 4, 49, 300);
  const auto rolled_up = build_territory({parts.source()}, rough_planes());
  EXPECT_EQ(communes_of(rolled_up.value), "75056:500");
  EXPECT_EQ(rolled_up.value.communes[CommuneIndex{0}].name, "Paris");
  EXPECT_DOUBLE_EQ(area_deg2(rolled_up.value, "75056"), 2);
}

TEST(BuildTerritory, SeesRepeatedAndScatteredRows) {
  SmallSource contours = three_communes();
  contours.box("59001", 3, 50, 4, 51, 10).box("59002", 8, 50, 9, 51, 5);
  const auto reading = build_territory({contours.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59001:10 59002:5 59003:?");
  EXPECT_EQ(notes_of(reading.rejections), "duplicate_commune_code 59001 contours.geojson:1\n");
  EXPECT_DOUBLE_EQ(area_deg2(reading.value, "59001"), 1);
  EXPECT_DOUBLE_EQ(area_deg2(reading.value, "59002"), 2);
}

TEST(BuildTerritory, PrefersTheUsersFilesToTheBuiltInFrance) {
  SmallSource built_in{"built-in"};
  built_in.built_in().box("59001", 30, 50, 31, 51, 1).box("59002", 31, 50, 32, 51, 2).event("59003", "59002", merged);
  SmallSource table{"pop.csv"};
  table.row("59001", 111);
  const auto reading = build_territory({three_communes().source(), table.source(), built_in.source()}, rough_planes());
  EXPECT_EQ(communes_of(reading.value), "59001:111 59002:2");
  EXPECT_DOUBLE_EQ(area_deg2(reading.value, "59002"), 2);
  EXPECT_LT(bounding_box(reading.value.source_contours).max_x, 7);
  SmallSource newer = three_communes();
  newer.box("59004", 6, 50, 7, 51, 9);  // younger than the built-in list: kept, and said
  const auto kept = build_territory({newer.source(), built_in.source()}, rough_planes());
  EXPECT_EQ(communes_of(kept.value), "59001:1 59002:2 59004:9");
  EXPECT_NE(notes_of(kept.repairs).find("commune_not_in_tables 59004"), std::string::npos);
}

TEST(BuildTerritory, BelievesDeclaredPointsWithinTolerance) {
  SmallSource contours{"contours.geojson"};
  contours.box("59001", 3, 50, 4, 51, 1).point(3.25, 50.25);
  contours.box("59002", 4, 50, 5, 51, 1).point(5.003, 50.5);  // 230 m outside
  contours.box("59003", 5, 50, 6, 51, 1).point(3.5, 50.5);    // 115 km outside
  contours.box("59004", 6, 50, 7, 51, 1);
  const auto reading = build_territory({contours.source()}, rough_planes());
  const auto& points = reading.value.points;
  EXPECT_EQ(points[CommuneIndex{0}].origin, CommunePoint::Origin::declared);
  EXPECT_EQ(points[CommuneIndex{1}].origin, CommunePoint::Origin::declared);
  EXPECT_EQ(points[CommuneIndex{2}].origin, CommunePoint::Origin::interior);
  EXPECT_EQ(points[CommuneIndex{3}].origin, CommunePoint::Origin::interior);
  EXPECT_EQ(notes_of(reading.repairs),
            "declared_point_not_believed 59003 115 km\ndeclared_point_outside_commune 59002 230 m\n");
  const auto strict = build_territory({contours.source()}, rough_planes(), {.declared_point_tolerance_m = 0});
  EXPECT_EQ(strict.value.points[CommuneIndex{1}].origin, CommunePoint::Origin::interior);
}

TEST(BuildTerritory, GivesGridCellsToTheirCommunes) {
  PopulationGrid grid{.source = "grid.csv",
                      .points = {{5.5, 50.5}, {3.5, 50.5}, {3.2, 50.2}, {9, 9}},
                      .population = {7, 3, 2, 11},
                      .rows = {2, 3, 4, 5}};
  const auto reading = build_territory({three_communes().source()}, rough_planes(), {.grid = grid});
  ASSERT_EQ(reading.value.demand.size(), 3U);
  EXPECT_EQ(reading.value.demand[0].population, 2);
  EXPECT_EQ(reading.value.demand[2].commune, CommuneIndex{2});
  ASSERT_EQ(reading.rejections.size(), 1U);
  EXPECT_EQ(reading.rejections[0].reason, "demand_outside_territory");
  EXPECT_EQ(reading.rejections[0].value, "11");
  EXPECT_NE(notes_of(reading.repairs).find("commune_without_demand_cell 59002"), std::string::npos);
}

TEST(BuildTerritory, DissolvesToZones) {
  SmallSource table{"pop.csv"};
  table.row("59001", 1).row("59002", 2).row("59003", 3);
  TerritorySource source = table.source();
  source.records[0].epci = source.records[1].epci = "200000001";
  source.epci_names = {{"200000001", "CC des Deux"}};
  const Territory territory = build_territory({three_communes().source(), source}, rough_planes()).value;
  ASSERT_EQ(territory.epcis.codes.size(), 1U);
  EXPECT_EQ(territory.epcis.names[ZoneIndex{0}], "CC des Deux");
  const AreaSet epci = zone_contours(territory, territory.epcis);
  ASSERT_EQ(epci.areas(), 1U);
  EXPECT_EQ(epci.rings(), 1U);
  EXPECT_NEAR(surface(epci, AreaIndex{0}), 2.0 * 76'600 * 111'200, 1);
}

TEST(BuildTerritory, RefusesNothingAndMixedPlanes) {
  EXPECT_THROW((void)build_territory({}, rough_planes()), InputError);
  EXPECT_THROW((void)build_territory({three_communes().source()}, rough_planes(), {.selection = {.regions = {"84"}}}),
               InputError);
  TerritorySource lambert = three_communes().source();
  lambert.crs = {.definition = "EPSG:2154", .geographic = false};
  EXPECT_THROW((void)build_territory({lambert}, rough_planes()), InputError);
  Planes broken = rough_planes();
  broken.source_to_plane = [](std::span<Point> points) { points[0] = {std::nan(""), std::nan("")}; };
  EXPECT_THROW((void)build_territory({three_communes().source()}, broken), InputError);
}

/// Shuffles the rows of a source, contours with them.
TerritorySource shuffled(const TerritorySource& source, std::mt19937& random) {
  std::vector<std::size_t> order(source.records.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    order[at] = at;
  }
  std::shuffle(order.begin(), order.end(), random);
  TerritorySource result = source;
  result.records.clear();
  result.contours = {};
  for (const std::size_t at : order) {
    result.records.push_back(source.records[at]);
    if (source.contours.areas() > 0) {
      result.contours.add_area(source.contours, AreaIndex{at});
    }
  }
  std::shuffle(result.history.begin(), result.history.end(), random);
  return result;
}

TEST(BuildTerritory, DoesNotDependOnTheOrderOfRows) {
  SmallSource contours = three_communes();
  contours.box("59004", 6, 50, 7, 51, 4).box("59004", 6, 51, 7, 52, 5).box("59001", 3, 50, 4, 51, 8);
  SmallSource official{"communes.json"};
  official.row("59003", 30)
      .row("59004", 4)
      .event("59001", "59002", merged)
      .event("59002", "59003", delegated)
      .row("59003", 31);
  const auto expected = build_territory({contours.source(), official.source()}, rough_planes());
  std::mt19937 random{3};
  for (int round = 0; round < 20; ++round) {
    const auto reading =
        build_territory({shuffled(contours.source(), random), shuffled(official.source(), random)}, rough_planes());
    EXPECT_EQ(reading.value.communes, expected.value.communes);
    EXPECT_EQ(reading.value.source_contours, expected.value.source_contours);
    EXPECT_EQ(reading.value.contours, expected.value.contours);
    EXPECT_EQ(reading.value.neighbours, expected.value.neighbours);
    EXPECT_EQ(reading.rejections.size(), expected.rejections.size());
    EXPECT_EQ(reading.repairs.size(), expected.repairs.size());
  }
}

}  // namespace
}  // namespace maillage
