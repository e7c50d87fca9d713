#include "adapters/osm/noding.hpp"

#include <gtest/gtest.h>

#include "tests/support/osm_sketch.hpp"

namespace maillage {
namespace {

using testing::open_arcs;
using testing::OsmSketch;

TEST(Noding, CutsWaysAtJunctionsAndNowhereElse) {
  OsmSketch map{"A--B--C--D", "   |", "   E"};
  map.way("ABCD", "highway=residential").way("BE", "highway=residential");
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(open_arcs(roads), "AB BA BD BE DB EB");
  EXPECT_EQ(roads.parts.shape_points.size(), 1U);  // C
  EXPECT_EQ(roads.parts.shape_first, (std::vector<std::uint64_t>{0, 0, 1, 1}));
}

TEST(Noding, DoesNotJoinRoadsWithoutACommonNode) {
  OsmSketch map{"  C  ", "A-|-B", "  D  "};  // a bridge
  map.way("AB", "highway=residential").way("CD", "highway=residential");
  EXPECT_EQ(open_arcs(map.read("car")), "AB BA CD DC");
}

TEST(Noding, DoesNotCutWhereTheModeMayNotTurn) {
  OsmSketch map{"A--B--C", "   |", "   E"};
  map.way("ABC", "highway=residential").way("BE", "highway=footway");
  EXPECT_EQ(open_arcs(map.read("car")), "AC CA");
  EXPECT_EQ(open_arcs(map.read("foot")), "AB BA BC BE CB EB");
}

TEST(Noding, KeepsLoopsAndWaysThatMeetThemselves) {
  OsmSketch map{"A--B--C", "   |  |", "   E--D"};
  map.way("ABCDEB", "highway=residential");
  EXPECT_EQ(open_arcs(map.read("car")), "AB BA BB BB");
  OsmSketch ring{"B--C", "E--D"};
  ring.way("BCDEB", "highway=residential");
  const OsmRoads roads = ring.read("car");
  EXPECT_EQ(open_arcs(roads), "BB BB");
  EXPECT_NEAR(roads.parts.roads[0].length_cm, 80'000, 80);
  EXPECT_NO_THROW(static_cast<void>(make_road_network(roads.parts)));
}

TEST(Noding, KeepsWhatIsInsideTheBorder) {
  OsmSketch map{"A--B--C--D--E--F"};
  map.way("ABCDEF", "highway=residential").without('C');
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(open_arcs(roads), "AB BA DF FD");
  EXPECT_EQ(testing::reasons(roads.repairs), "way_cut_at_border way/1");
  EXPECT_EQ(roads.repairs[0].detail, "1 / 6");
  EXPECT_EQ(roads.counts.ways_used, 1);
}

TEST(Noding, ListsWaysThatLeaveNothing) {
  OsmSketch map{"A--B", "C--D", "E--F"};
  map.way("AB", "highway=residential").way("CD", "highway=residential").way("EE", "highway=residential").without('D');
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(open_arcs(roads), "AB BA");
  EXPECT_EQ(testing::reasons(roads.rejections), "way_of_one_node way/3, way_without_nodes way/2");
  EXPECT_EQ(roads.counts.road_ways, roads.counts.ways_used + roads.counts.ways_closed_to_mode + roads.counts.ways_rejected);
}

TEST(Noding, TakesARepeatedNodeOnce) {
  OsmSketch map{"A--B--C"};
  map.way("ABBC", "highway=residential");
  EXPECT_EQ(open_arcs(map.read("car")), "AC CA");
}

TEST(Noding, MeasuresOnTheGround) {
  OsmSketch map{"A----------B", "|", "|", "C"};
  map.way("AB", "highway=residential").way("AC", "highway=residential");
  const OsmRoads roads = map.read("car");
  EXPECT_NEAR(roads.parts.roads[0].length_cm, 110'000, 60);
  EXPECT_NEAR(roads.parts.roads[1].length_cm, 30'000, 20);
  EXPECT_EQ(roads.parts.crs, "EPSG:2154");
}

}  // namespace
}  // namespace maillage
