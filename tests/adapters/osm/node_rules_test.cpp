#include "adapters/osm/node_rules.hpp"

#include <gtest/gtest.h>

#include "tests/support/osm_sketch.hpp"

namespace maillage {
namespace {

using testing::OsmSketch;

/// Whether a mode passes a node with these tags, in the middle of a street.
bool passes(const std::string& mode, const std::string& tags) {
  OsmSketch map{"A--B--C"};
  map.way("ABC", "highway=residential").node('B', tags);
  return testing::open_arcs(map.read(mode)) == "AC CA";
}

TEST(Barrier, StopsTheModesThatItIsFor) {
  struct Case {
    const char* tags;
    bool car;
    bool bicycle;
    bool foot;
  };
  for (const Case& c : {Case{"barrier=bollard", false, true, true}, Case{"barrier=block", false, true, true},
                        Case{"barrier=gate", true, true, true}, Case{"barrier=lift_gate", true, true, true},
                        Case{"barrier=toll_booth", true, true, true}, Case{"barrier=cattle_grid", true, true, true},
                        Case{"barrier=cycle_barrier", false, true, true}, Case{"barrier=stile", false, false, true},
                        Case{"barrier=kissing_gate", false, false, true}, Case{"barrier=turnstile", false, false, true},
                        Case{"barrier=wall", false, false, false}, Case{"barrier=never_heard_of", true, true, true},
                        Case{"highway=crossing", true, true, true}}) {
    EXPECT_EQ(passes("car", c.tags), c.car) << c.tags;
    EXPECT_EQ(passes("bicycle", c.tags), c.bicycle) << c.tags;
    EXPECT_EQ(passes("foot", c.tags), c.foot) << c.tags;
  }
}

TEST(Barrier, ObeysItsAccessTags) {
  EXPECT_FALSE(passes("car", "barrier=gate, access=private"));
  EXPECT_FALSE(passes("car", "barrier=gate, motor_vehicle=no"));
  EXPECT_TRUE(passes("bicycle", "barrier=gate, motor_vehicle=no"));
  EXPECT_TRUE(passes("car", "barrier=gate, access=no, motor_vehicle=yes"));
  EXPECT_TRUE(passes("car", "barrier=bollard, motor_vehicle=yes"));
  EXPECT_TRUE(passes("foot", "barrier=gate, access=private, foot=yes"));
  EXPECT_FALSE(passes("bicycle", "barrier=bollard, bicycle=no"));
}

TEST(Barrier, CutsEveryRoadThatMeetsIt) {
  OsmSketch map{"A--B--C", "   |", "   D"};
  map.way("AB", "highway=residential").way("BC", "highway=residential").way("BD", "highway=residential");
  EXPECT_EQ(map.read("car").parts.nodes.size(), 4U);
  map.node('B', "barrier=bollard");
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(testing::open_arcs(roads), "AB BA BC BD CB DB");
  EXPECT_EQ(roads.parts.nodes.size(), 6U);  // B three times, once per street
  EXPECT_EQ(roads.counts.blocking_barriers, 1);
}

TEST(NodeDelay, IsLostByWhoeverPasses) {
  OsmSketch map{"A----B----C"};
  map.way("ABC", "highway=residential");
  const double free_s = *testing::seconds(map.read("car"), "AC");
  map.node('B', "highway=traffic_signals");
  EXPECT_NEAR(*testing::seconds(map.read("car"), "AC"), free_s + 6, 0.002);
  EXPECT_NEAR(*testing::seconds(map.read("car"), "CA"), free_s + 6, 0.002);
  map.node('B', "barrier=gate");
  EXPECT_NEAR(*testing::seconds(map.read("car"), "AC"), free_s + 20, 0.002);
}

TEST(NodeDelay, IsLostOnceAtAJunctionByWhoArrives) {
  OsmSketch map{"A----B----C"};
  map.way("AB", "highway=residential").way("BC", "highway=residential");
  const double free_s = *testing::seconds(map.read("car"), "AB");
  map.node('B', "highway=traffic_signals");
  const OsmRoads roads = map.read("car");
  EXPECT_NEAR(*testing::seconds(roads, "AB"), free_s + 6, 0.002);
  EXPECT_NEAR(*testing::seconds(roads, "BC"), free_s, 0.002);
  EXPECT_NEAR(*testing::seconds(roads, "CB"), free_s + 6, 0.002);
  EXPECT_NEAR(*testing::seconds(roads, "BA"), free_s, 0.002);
}

TEST(NodeDelay, MayBeForOneDirection) {
  OsmSketch map{"A----B----C"};
  map.way("ABC", "highway=residential");
  const double free_s = *testing::seconds(map.read("car"), "AC");
  map.node('B', "highway=stop, direction=forward");
  EXPECT_NEAR(*testing::seconds(map.read("car"), "AC"), free_s + 4, 0.002);
  EXPECT_NEAR(*testing::seconds(map.read("car"), "CA"), free_s, 0.002);
  map.node('B', "highway=traffic_signals, traffic_signals:direction=backward");
  EXPECT_NEAR(*testing::seconds(map.read("car"), "AC"), free_s, 0.002);
  EXPECT_NEAR(*testing::seconds(map.read("car"), "CA"), free_s + 6, 0.002);
}

}  // namespace
}  // namespace maillage
