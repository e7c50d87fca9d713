#include "adapters/osm/way_rules.hpp"

#include <gtest/gtest.h>

#include "tests/support/osm_sketch.hpp"

namespace maillage {
namespace {

using testing::open_arcs;
using testing::OsmSketch;

/// Which directions of a way with these tags a mode may take, beside a street that is always open.
std::string directions(const std::string& mode, const std::string& tags) {
  OsmSketch map{"A--B--Y--Z"};
  map.way("AB", tags).way("YZ", "highway=residential");
  const OsmRoads roads = map.read(mode);
  std::string arcs = open_arcs(roads);
  arcs.erase(arcs.find("YZ ZY"));
  return arcs;
}

constexpr const char* kBoth = "AB BA ";
constexpr const char* kForward = "AB ";
constexpr const char* kBackward = "BA ";
constexpr const char* kClosedWay = "";

TEST(WayAccess, OpensEachClassToItsModes) {
  struct Case {
    const char* highway;
    bool car;
    bool bicycle;
    bool foot;
  };
  for (const Case& c :
       {Case{"motorway_link", true, false, false}, Case{"trunk", true, true, true}, Case{"primary", true, true, true},
        Case{"secondary_link", true, true, true}, Case{"tertiary", true, true, true}, Case{"unclassified", true, true, true},
        Case{"residential", true, true, true}, Case{"living_street", true, true, true}, Case{"service", true, true, true},
        Case{"road", true, true, true}, Case{"track", false, true, true}, Case{"pedestrian", false, true, true},
        Case{"cycleway", false, true, true}, Case{"footway", false, false, true}, Case{"path", false, true, true},
        Case{"steps", false, false, true}, Case{"bridleway", false, true, true}}) {
    const std::string tags = std::string{"highway="} + c.highway;
    EXPECT_EQ(directions("car", tags), c.car ? kBoth : kClosedWay) << c.highway;
    EXPECT_EQ(directions("bicycle", tags), c.bicycle ? kBoth : kClosedWay) << c.highway;
    EXPECT_EQ(directions("foot", tags), c.foot ? kBoth : kClosedWay) << c.highway;
  }
}

TEST(WayAccess, LeavesOutWhatIsNoRoadOrNotYetOne) {
  for (const char* tags : {"highway=construction, construction=primary", "highway=proposed", "highway=raceway",
                           "railway=rail", "waterway=river", "highway=bus_guideway", "highway=abandoned", "barrier=fence"}) {
    EXPECT_EQ(directions("car", tags), kClosedWay) << tags;
    EXPECT_EQ(directions("foot", tags), kClosedWay) << tags;
  }
}

TEST(WayAccess, LetsTheMostSpecificTagDecide) {
  EXPECT_EQ(directions("car", "highway=primary, access=no"), kClosedWay);
  EXPECT_EQ(directions("car", "highway=primary, access=private"), kClosedWay);
  EXPECT_EQ(directions("car", "highway=primary, access=no, vehicle=yes"), kBoth);
  EXPECT_EQ(directions("car", "highway=primary, access=no, motor_vehicle=yes"), kBoth);
  EXPECT_EQ(directions("car", "highway=primary, motor_vehicle=no, motorcar=yes"), kBoth);
  EXPECT_EQ(directions("car", "highway=primary, motor_vehicle=yes, motorcar=no"), kClosedWay);
  EXPECT_EQ(directions("car", "highway=primary, vehicle=no"), kClosedWay);
  EXPECT_EQ(directions("bicycle", "highway=primary, vehicle=no"), kClosedWay);
  EXPECT_EQ(directions("bicycle", "highway=primary, vehicle=no, bicycle=yes"), kBoth);
  EXPECT_EQ(directions("foot", "highway=primary, vehicle=no"), kBoth);
  EXPECT_EQ(directions("foot", "highway=primary, access=no, foot=permissive"), kBoth);
  EXPECT_EQ(directions("foot", "highway=primary, foot=use_sidepath"), kClosedWay);
  EXPECT_EQ(directions("bicycle", "highway=primary, motor_vehicle=no"), kBoth);
}

TEST(WayAccess, OpensClosedClassesOnlyByATagMadeForTheMode) {
  EXPECT_EQ(directions("car", "highway=track, access=yes"), kClosedWay);
  EXPECT_EQ(directions("car", "highway=track, motor_vehicle=yes"), kBoth);
  EXPECT_EQ(directions("car", "highway=pedestrian, motor_vehicle=destination"), kBoth);
  EXPECT_EQ(directions("car", "highway=track, motor_vehicle=agricultural"), kClosedWay);
  EXPECT_EQ(directions("car", "highway=steps, motor_vehicle=yes"), kClosedWay);
  EXPECT_EQ(directions("bicycle", "highway=footway, bicycle=yes"), kBoth);
  EXPECT_EQ(directions("bicycle", "highway=motorway, bicycle=yes"), kClosedWay);
}

TEST(WayAccess, TakesTheWidestOfSeveralValuesAndPassesOverUnknownOnes) {
  EXPECT_EQ(directions("car", "highway=track, motor_vehicle=agricultural;destination"), kBoth);
  EXPECT_EQ(directions("car", "highway=service, motor_vehicle=martian, access=no"), kClosedWay);
  OsmSketch map{"A--B"};
  map.way("AB", "highway=service, motor_vehicle=martian");
  EXPECT_EQ(testing::reasons(map.read("car").repairs), "unknown_access_value way/1");
}

TEST(WayAccess, ClosesOneDirectionByItsTag) {
  EXPECT_EQ(directions("car", "highway=primary, motor_vehicle:backward=no"), kForward);
  EXPECT_EQ(directions("car", "highway=primary, vehicle:forward=no"), kBackward);
  EXPECT_EQ(directions("car", "highway=primary, vehicle:forward=no, motorcar=yes"), kBoth);
}

TEST(WayAccess, FlagsAndSlowsWhatIsOpenToDestinationsOnly) {
  OsmSketch map{"A----B----C"};
  map.way("AB", "highway=unclassified").way("BC", "highway=unclassified, motor_vehicle=destination");
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(roads.parts.roads[0].flags & kDestinationOnly, 0);
  EXPECT_NE(roads.parts.roads[1].flags & kDestinationOnly, 0);
  EXPECT_NEAR(*testing::seconds(roads, "BC"), 1.5 * *testing::seconds(roads, "AB"), 0.01);
  for (const char* value : {"destination", "delivery", "customers"}) {
    EXPECT_EQ(directions("car", std::string{"highway=service, access="} + value), kBoth) << value;
  }
}

TEST(WayAccess, ClosesMotorroadsToWhoeverHasNoMotor) {
  EXPECT_EQ(directions("car", "highway=trunk, motorroad=yes"), kBoth);
  EXPECT_EQ(directions("bicycle", "highway=trunk, motorroad=yes, bicycle=yes"), kClosedWay);
  EXPECT_EQ(directions("foot", "highway=trunk, motorroad=yes"), kClosedWay);
}

TEST(WayAccess, TakesOutlinesOfAreasOnFootOnly) {
  OsmSketch map{"A--B", "D--C"};
  map.way("ABCDA", "highway=pedestrian, area=yes, motor_vehicle=yes").way("AB", "highway=residential");
  EXPECT_EQ(open_arcs(map.read("car")), "AB BA");
  EXPECT_TRUE(testing::seconds(map.read("foot"), "BA").has_value());
  EXPECT_EQ(map.read("car").counts.road_ways, 1);
  EXPECT_EQ(map.read("foot").counts.road_ways, 2);
}

TEST(WayAccess, PushesBicyclesWhereTheyMustBePushed) {
  OsmSketch map{"A----B"};
  map.way("AB", "highway=footway, bicycle=dismount");
  EXPECT_NEAR(testing::speed_kmh(map.read("bicycle"), "AB"), 4, 0.01);
}

TEST(WayDirection, FollowsOneWaySigns) {
  for (const char* value : {"yes", "true", "1"}) {
    EXPECT_EQ(directions("car", std::string{"highway=primary, oneway="} + value), kForward) << value;
  }
  for (const char* value : {"-1", "reverse"}) {
    EXPECT_EQ(directions("car", std::string{"highway=primary, oneway="} + value), kBackward) << value;
  }
  for (const char* value : {"no", "false", "0", "alternating"}) {
    EXPECT_EQ(directions("car", std::string{"highway=primary, oneway="} + value), kBoth) << value;
  }
  EXPECT_EQ(directions("car", "highway=primary, oneway=reversible"), kClosedWay);
}

TEST(WayDirection, ImpliesOneWayOnMotorwaysAndRoundabouts) {
  EXPECT_EQ(directions("car", "highway=motorway"), kForward);
  EXPECT_EQ(directions("car", "highway=motorway, oneway=no"), kBoth);
  EXPECT_EQ(directions("car", "highway=motorway_link"), kBoth);
  EXPECT_EQ(directions("car", "highway=primary, junction=roundabout"), kForward);
  EXPECT_EQ(directions("car", "highway=primary, junction=circular"), kForward);
  EXPECT_EQ(directions("car", "highway=primary, junction=roundabout, oneway=-1"), kBackward);
  EXPECT_EQ(directions("bicycle", "highway=primary, junction=roundabout"), kForward);
  EXPECT_EQ(directions("foot", "highway=primary, junction=roundabout"), kBoth);
}

TEST(WayDirection, LetsBicyclesAgainstTheStreamWhereSignsDo) {
  EXPECT_EQ(directions("bicycle", "highway=residential, oneway=yes"), kForward);
  EXPECT_EQ(directions("bicycle", "highway=residential, oneway=yes, oneway:bicycle=no"), kBoth);
  EXPECT_EQ(directions("car", "highway=residential, oneway=yes, oneway:bicycle=no"), kForward);
  for (const char* tag : {"cycleway=opposite", "cycleway=opposite_lane", "cycleway:left=opposite_track",
                          "cycleway:left:oneway=-1", "cycleway:right:oneway=no"}) {
    EXPECT_EQ(directions("bicycle", std::string{"highway=residential, oneway=yes, "} + tag), kBoth) << tag;
    EXPECT_EQ(directions("car", std::string{"highway=residential, oneway=yes, "} + tag), kForward) << tag;
  }
  EXPECT_EQ(directions("bicycle", "highway=residential, oneway=-1, cycleway=opposite"), kBoth);
  EXPECT_EQ(directions("bicycle", "highway=residential, oneway:bicycle=yes"), kForward);
}

TEST(WayDirection, LetsWalkersBothWaysUnlessASignIsForThem) {
  EXPECT_EQ(directions("foot", "highway=residential, oneway=yes"), kBoth);
  EXPECT_EQ(directions("foot", "highway=footway, oneway:foot=yes"), kForward);
}

TEST(WayFerry, IsOpenToWhomItSays) {
  EXPECT_EQ(directions("car", "route=ferry"), kBoth);
  EXPECT_EQ(directions("foot", "route=ferry"), kBoth);
  EXPECT_EQ(directions("car", "route=ferry, foot=yes"), kClosedWay);
  EXPECT_EQ(directions("foot", "route=ferry, foot=yes"), kBoth);
  EXPECT_EQ(directions("car", "route=ferry, motor_vehicle=yes"), kBoth);
  EXPECT_EQ(directions("car", "route=ferry, motor_vehicle=no"), kClosedWay);
  EXPECT_EQ(directions("car", "route=ferry, oneway=yes, motorcar=yes"), kForward);
  EXPECT_EQ(directions("car", "route=shuttle_train, motorcar=yes"), kBoth);
}

}  // namespace
}  // namespace maillage
