#include "adapters/osm/way_speed.hpp"

#include <gtest/gtest.h>

#include "tests/support/osm_sketch.hpp"

namespace maillage {
namespace {

using testing::OsmSketch;

/// Limits driven as they are posted, classes without ceilings: what is read shows in the speed.
TravelProfile plain_car() {
  TravelProfile car = builtin_travel_profile("car");
  car.limits.rural_share = 1;
  car.limits.urban_share = 1;
  car.ceiling_kmh = {};
  return car;
}

OsmRoads one_way(const std::string& tags, const TravelProfile& profile = plain_car()) {
  OsmSketch map{"A--------------------B"};
  map.way("AB", tags);
  return map.read(profile);
}

double forward_kmh(const std::string& tags) {
  return testing::speed_kmh(one_way(tags), "AB");
}
double backward_kmh(const std::string& tags) {
  return testing::speed_kmh(one_way(tags), "BA");
}

TEST(WaySpeed, FollowsPostedLimits) {
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=70"), 70, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=70 km/h"), 70, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=30 mph"), 48.28, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=40mph"), 64.37, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=70;50"), 50, 0.01);
  EXPECT_NEAR(forward_kmh("highway=motorway, maxspeed=none"), 130, 0.02);
  EXPECT_NEAR(forward_kmh("highway=living_street, maxspeed=walk"), 6, 0.01);
}

TEST(WaySpeed, FollowsEachDirectionsLimit) {
  const std::string tags = "highway=secondary, maxspeed=80, maxspeed:forward=50, maxspeed:backward=70";
  EXPECT_NEAR(forward_kmh(tags), 50, 0.01);
  EXPECT_NEAR(backward_kmh(tags), 70, 0.01);
  EXPECT_NEAR(backward_kmh("highway=secondary, maxspeed=80, maxspeed:forward=50"), 80, 0.01);
}

TEST(WaySpeed, KnowsFrenchImplicitLimits) {
  for (const char* key : {"maxspeed", "zone:maxspeed", "source:maxspeed", "maxspeed:type"}) {
    const std::string tag = std::string{"highway=tertiary, "} + key + "=";
    EXPECT_NEAR(forward_kmh(tag + "FR:urban"), 50, 0.01) << key;
    EXPECT_NEAR(forward_kmh(tag + "FR:rural"), 80, 0.01) << key;
    EXPECT_NEAR(forward_kmh(tag + "FR:zone30"), 30, 0.01) << key;
    EXPECT_NEAR(forward_kmh(tag + "FR:30"), 30, 0.01) << key;
    EXPECT_NEAR(forward_kmh(tag + "FR:living_street"), 20, 0.01) << key;
    EXPECT_NEAR(forward_kmh(tag + "FR:motorway"), 130, 0.02) << key;
  }
  EXPECT_NEAR(forward_kmh("highway=tertiary, source:maxspeed=FR:urban, maxspeed=30"), 30, 0.01);
  EXPECT_NEAR(forward_kmh("highway=tertiary, maxspeed=DE:rural"), 100, 0.01);
  EXPECT_NEAR(forward_kmh("highway=tertiary, maxspeed=XX:rural"), 80, 0.01);
}

TEST(WaySpeed, TellsTownFromCountryByTags) {
  const auto urban = [](const std::string& tags) { return (one_way(tags).parts.roads[0].flags & kUrban) != 0; };
  EXPECT_TRUE(urban("highway=secondary, source:maxspeed=FR:urban"));
  EXPECT_TRUE(urban("highway=secondary, maxspeed=50"));
  EXPECT_TRUE(urban("highway=living_street"));
  EXPECT_TRUE(urban("highway=residential, zone:maxspeed=FR:30"));
  EXPECT_FALSE(urban("highway=secondary, maxspeed=80"));
  EXPECT_FALSE(urban("highway=secondary"));
  EXPECT_FALSE(urban("highway=secondary, source:maxspeed=FR:rural, maxspeed=50"));
}

TEST(WaySpeed, DrivesTheDeclaredShareOfTheLimitWithinCeilings) {
  const TravelProfile car = builtin_travel_profile("car");
  const auto kmh = [&car](const std::string& tags) { return testing::speed_kmh(one_way(tags, car), "AB"); };
  EXPECT_NEAR(kmh("highway=secondary, maxspeed=80"), 72, 0.01);  // 0.9 outside towns
  EXPECT_NEAR(kmh("highway=secondary, maxspeed=50"), 40, 0.01);  // 0.8 in towns
  EXPECT_NEAR(kmh("highway=unclassified, maxspeed=80"), 60, 0.01);
  EXPECT_NEAR(kmh("highway=motorway, maxspeed=130"), 117, 0.02);
}

TEST(WaySpeed, TakesTheClassesSpeedAndSaysSoWithoutALimit) {
  const OsmRoads roads = one_way("highway=secondary");
  EXPECT_NEAR(testing::speed_kmh(roads, "AB"), 68, 0.01);
  EXPECT_NE(roads.parts.roads[0].flags & kAssumedSpeed, 0);
  EXPECT_EQ(roads.counts.assumed_speed_roads, 1);
  EXPECT_EQ(one_way("highway=secondary, maxspeed=80").counts.assumed_speed_roads, 0);
  EXPECT_NEAR(forward_kmh("highway=motorway_link"), 70, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=signals"), 68, 0.01);
}

TEST(WaySpeed, ListsLimitsThatItDoesNotBelieve) {
  for (const char* value : {"fast", "50 furlongs", "300", "1", "-50", "1e9", "99999999999999999999"}) {
    const OsmRoads roads = one_way(std::string{"highway=secondary, maxspeed="} + value);
    EXPECT_NEAR(testing::speed_kmh(roads, "AB"), 68, 0.01) << value;
    EXPECT_NE(roads.parts.roads[0].flags & kSuspiciousSpeed, 0) << value;
    ASSERT_EQ(roads.repairs.size(), 1U) << value;
    EXPECT_EQ(roads.repairs[0].value, value);
    EXPECT_EQ(roads.repairs[0].column, "maxspeed");
  }
  EXPECT_EQ(testing::reasons(one_way("highway=motorway, maxspeed=20").repairs), "maxspeed_far_from_class way/1");
  EXPECT_EQ(testing::reasons(one_way("highway=residential, maxspeed=130").repairs), "maxspeed_far_from_class way/1");
  EXPECT_EQ(one_way("highway=residential, maxspeed=130").counts.suspicious_speed_roads, 1);
}

TEST(WaySpeed, IsCappedBySurfaceTrackTypeAndSmoothness) {
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=80, surface=gravel"), 35, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=80, surface=asphalt"), 80, 0.01);
  EXPECT_NEAR(forward_kmh("highway=secondary, maxspeed=80, smoothness=very_bad"), 20, 0.01);
  EXPECT_NEAR(forward_kmh("highway=unclassified, maxspeed=80, tracktype=grade3"), 20, 0.01);
  EXPECT_NEAR(forward_kmh("highway=unclassified, tracktype=grade3, surface=mud"), 8, 0.01);
  EXPECT_NE(one_way("highway=unclassified, surface=gravel").parts.roads[0].flags & kUnpaved, 0);
  EXPECT_EQ(one_way("highway=unclassified, surface=asphalt").parts.roads[0].flags & kUnpaved, 0);
  EXPECT_NE(one_way("highway=unclassified, tracktype=grade2").parts.roads[0].flags & kUnpaved, 0);
}

TEST(WaySpeed, DoesNotMatterToWalkersAndCyclists) {
  const OsmRoads foot = one_way("highway=secondary, maxspeed=fast", builtin_travel_profile("foot"));
  EXPECT_NEAR(testing::speed_kmh(foot, "AB"), 4.5, 0.01);
  EXPECT_TRUE(foot.repairs.empty());
  EXPECT_EQ(foot.counts.assumed_speed_roads + foot.counts.suspicious_speed_roads, 0);
  EXPECT_NEAR(testing::speed_kmh(one_way("highway=steps", builtin_travel_profile("foot")), "AB"), 2, 0.01);
  EXPECT_NEAR(testing::speed_kmh(one_way("highway=cycleway, surface=gravel", builtin_travel_profile("bicycle")), "AB"), 10,
              0.01);
}

TEST(WaySpeed, FlagsTollAndRoundabouts) {
  EXPECT_NE(one_way("highway=motorway, toll=yes").parts.roads[0].flags & kToll, 0);
  EXPECT_NE(one_way("highway=primary, junction=roundabout").parts.roads[0].flags & kRoundabout, 0);
  EXPECT_NE(one_way("highway=primary_link").parts.roads[0].flags & kLinkRoad, 0);
}

}  // namespace
}  // namespace maillage
