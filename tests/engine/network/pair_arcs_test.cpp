#include "engine/network/pair_arcs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace maillage {
namespace {

DirectedArc arc(const std::size_t tail, const std::size_t head, const std::uint32_t time_ms, const std::uint32_t length_cm) {
  return {.tail = RoadNodeIndex{tail}, .head = RoadNodeIndex{head}, .time_ms = time_ms, .length_cm = length_cm};
}

TEST(PairArcs, MakesOneRoadOfTwoOppositeArcsOfOneLength) {
  const PairedRoads paired =
      pair_arcs({.arcs = {arc(4, 2, 70, 500), arc(2, 4, 60, 500)}, .shape_first = {}, .shape_points = {}});
  ASSERT_EQ(paired.roads.size(), 1U);
  EXPECT_EQ(paired.roads[0].from, RoadNodeIndex{std::size_t{2}});
  EXPECT_EQ(paired.roads[0].forward_ms, 60U);
  EXPECT_EQ(paired.roads[0].backward_ms, 70U);
  EXPECT_EQ(paired.two_way, 1U);
  EXPECT_EQ(paired.arc_of_input, (std::vector<std::uint32_t>{1, 0}));
}

TEST(PairArcs, KeepsApartWhatIsOfAnotherLengthOrALoop) {
  const PairedRoads paired = pair_arcs({.arcs = {arc(0, 1, 60, 500), arc(1, 0, 60, 501), arc(2, 2, 5, 9), arc(2, 2, 5, 9)},
                                        .shape_first = {},
                                        .shape_points = {}});
  EXPECT_EQ(paired.roads.size(), 4U);
  EXPECT_EQ(paired.two_way, 0U);
  EXPECT_EQ(paired.roads[1].from, RoadNodeIndex{std::size_t{1}});
  EXPECT_EQ(paired.roads[1].backward_ms, kClosed);
}

TEST(PairArcs, MatchesSeveralBetweenTheSameNodesByTime) {
  const PairedRoads paired =
      pair_arcs({.arcs = {arc(0, 1, 90, 5), arc(0, 1, 10, 5), arc(1, 0, 12, 5), arc(1, 0, 80, 5), arc(1, 0, 99, 5)},
                 .shape_first = {},
                 .shape_points = {}});
  ASSERT_EQ(paired.roads.size(), 3U);
  EXPECT_EQ(paired.roads[0].forward_ms, 10U);
  EXPECT_EQ(paired.roads[0].backward_ms, 12U);
  EXPECT_EQ(paired.roads[1].backward_ms, 80U);
  EXPECT_EQ(paired.roads[2].forward_ms, 99U);
}

TEST(PairArcs, TakesOnlyMirroredShapesForOneRoad) {
  const Point a{1, 1};
  const Point b{2, 1};
  const PairedRoads mirrored =
      pair_arcs({.arcs = {arc(0, 1, 9, 5), arc(1, 0, 9, 5)}, .shape_first = {0, 2, 4}, .shape_points = {a, b, b, a}});
  EXPECT_EQ(mirrored.roads.size(), 1U);
  EXPECT_EQ(mirrored.shape_points, (std::vector<Point>{a, b}));
  const PairedRoads other =
      pair_arcs({.arcs = {arc(0, 1, 9, 5), arc(1, 0, 9, 5)}, .shape_first = {0, 2, 4}, .shape_points = {a, b, a, b}});
  EXPECT_EQ(other.roads.size(), 2U);
  EXPECT_EQ(other.shape_first, (std::vector<std::uint64_t>{0, 2, 4}));
}

TEST(PairArcs, GivesTheSameRoadsForAnyOrderOfArcs) {
  std::mt19937_64 random{3};
  DirectedArcs arcs;
  for (std::size_t k = 0; k < 500; ++k) {
    arcs.arcs.push_back(arc(random() % 20, random() % 20, static_cast<std::uint32_t>(random() % 3),
                            static_cast<std::uint32_t>(random() % 2)));
  }
  const PairedRoads first = pair_arcs(arcs);
  for (std::size_t k = 0; k < arcs.arcs.size(); ++k) {
    const Road& road = first.roads[first.arc_of_input[k] / 2];
    const bool backward = first.arc_of_input[k] % 2 == 1;
    EXPECT_EQ(backward ? road.to : road.from, arcs.arcs[k].tail);
    EXPECT_EQ(backward ? road.backward_ms : road.forward_ms, arcs.arcs[k].time_ms);
    EXPECT_EQ(road.length_cm, arcs.arcs[k].length_cm);
  }
  std::shuffle(arcs.arcs.begin(), arcs.arcs.end(), random);
  EXPECT_EQ(pair_arcs(arcs).roads, first.roads);
}

}  // namespace
}  // namespace maillage
