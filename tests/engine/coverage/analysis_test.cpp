#include "engine/coverage/analysis.hpp"

#include <gtest/gtest.h>

#include "engine/geometry/area_locator.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

TEST(CoverageAnalysis, AnswersOneDefinitionInEveryWay) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "A");
  const CoverageAnalysis analysis = analyse_coverage(territory, structures.set, structures.placed, structures.within(1'000));
  EXPECT_EQ(analysis.coverage.total.communes_covered, 2);
  EXPECT_EQ(analysis.without_structure.raw(), (std::vector<std::uint8_t>{0, 1, 1, 1}));
  ASSERT_EQ(analysis.gaps_without_structure.size(), 1U);
  EXPECT_EQ(analysis.gaps_without_structure[0].communes.size(), 3U);
  ASSERT_EQ(analysis.gaps_beyond_limit.size(), 1U);
  EXPECT_EQ(analysis.gaps_beyond_limit[0].communes.size(), 2U);
  EXPECT_EQ(analysis.remote, (RemoteCommunes{.communes = 2, .population = 200}));
  EXPECT_EQ(analysis.contiguous_pairs, (ContiguousPairs{.both = 0, .one = 1, .neither = 2}));
  EXPECT_EQ(analysis.discontinuities.size(), 3U);
  ASSERT_TRUE(analysis.geometric_gaps.has_value());
  EXPECT_DOUBLE_EQ(analysis.geometric_gaps->radius_m, 1'000);
  EXPECT_NEAR(analysis.geometric_gaps->covered_m2 + analysis.geometric_gaps->gap_m2, 4e6, 1e-3);
}

TEST(CoverageAnalysis, HasNoDiscsWithoutContours) {
  Territory territory = test::draw_territory({"AB"});
  territory.contours = AreaSet{};
  territory.contours.end_area();
  territory.contours.end_area();
  const auto structures = test::structures_at(territory, "A");
  EXPECT_FALSE(
      analyse_coverage(territory, structures.set, structures.placed, structures.within(1'000)).geometric_gaps.has_value());
}

/// A road of 4 km along the middle of a row of communes, at 36 km/h.
RoadNetworkParts road_along_the_row() {
  RoadNetworkParts parts;
  parts.nodes = {{0, 500}, {4000, 500}};
  parts.shape_first.push_back(0);
  parts.roads.push_back({.from = RoadNodeIndex{0},
                         .to = RoadNodeIndex{1},
                         .forward_ms = 400'000,
                         .backward_ms = 400'000,
                         .length_cm = 400'000});
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  return parts;
}

TEST(CoverageAnalysis, DrawsGapsByRoad) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "A");
  const testing::SearchableRoads roads(road_along_the_row());
  const RoadModel model = roads.model();
  CoverageDefinition definition = structures.within(1'000);
  definition.travel = RoadTravel{.model = &model, .direction = Direction::forward};
  definition.limit = 150;
  const CoverageAnalysis analysis = analyse_coverage(territory, structures.set, structures.placed, definition);
  EXPECT_EQ(analysis.coverage.total.communes_covered, 2);
  ASSERT_TRUE(analysis.geometric_gaps.has_value());
  const GeometricGaps& gaps = *analysis.geometric_gaps;
  EXPECT_NEAR(gaps.covered_m2 + gaps.gap_m2, 4e6, 1e-3);
  ASSERT_EQ(gaps.parts.size(), 1U);
  // Whoever is beyond the limit stands in a gap, whoever is within it does not.
  const AreaLocator locator(gaps.polygons);
  for (const CommuneIndex commune : territory.communes.indices()) {
    EXPECT_EQ(locator.locate(territory.demand[commune.value()].position).is_none(),
              analysis.coverage.communes[commune].covered);
  }
  EXPECT_GT(gaps.gap_m2_of_commune[test::at(territory, 'D')], 0.99e6);
  // In A one may drive up to 50 s and walk for the rest of 150 s, on either side of the road: 125 s on average at 5 km/h.
  EXPECT_NEAR(gaps.gap_m2_of_commune[test::at(territory, 'A')], 1e6 - 1000 * 2 * 125 * (5 / 3.6), 0.01e6);
}

}  // namespace
}  // namespace maillage
