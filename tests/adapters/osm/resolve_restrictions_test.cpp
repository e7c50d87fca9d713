#include "adapters/osm/resolve_restrictions.hpp"

#include <gtest/gtest.h>

#include "engine/network/road_network.hpp"
#include "tests/support/osm_sketch.hpp"

namespace maillage {
namespace {

using testing::OsmSketch;
using testing::turns;

constexpr const char* kStreet = "highway=residential";

/// A crossing of four streets, each a way of its own that ends at X.
OsmSketch crossing() {
  OsmSketch map{"   N   ",  //
                "   |   ",  //
                "W--X--E",  //
                "   |   ",  //
                "   S   "};
  map.way("WX", kStreet).way("XE", kStreet).way("NX", kStreet).way("XS", kStreet);
  return map;
}

TEST(TurnRestriction, ForbidsOrCommandsATurnAtANode) {
  for (const char* kind : {"no_left_turn", "no_right_turn", "no_straight_on"}) {
    const OsmRoads roads = crossing().restriction(kind, "WX", {"X"}, "NX").read("car");
    EXPECT_EQ(turns(roads), "no WXN") << kind;
    EXPECT_EQ(roads.counts.restrictions_used, 1);
  }
  for (const char* kind : {"only_left_turn", "only_right_turn", "only_straight_on"}) {
    EXPECT_EQ(turns(crossing().restriction(kind, "WX", {"X"}, "XE").read("car")), "only WXE") << kind;
  }
}

TEST(TurnRestriction, IsTakenByTheNetwork) {
  OsmRoads roads = crossing().restriction("no_left_turn", "WX", {"X"}, "NX").read("car");
  EXPECT_EQ(make_road_network(roads.parts).restrictions(), 1U);
}

TEST(TurnRestriction, ForbidsTurningBack) {
  EXPECT_EQ(turns(crossing().restriction("no_u_turn", "WX", {"X"}, "WX").read("car")), "no WXW");
  OsmSketch through{"A--B--C", "   |", "   D"};
  through.way("ABC", kStreet).way("BD", kStreet).restriction("no_u_turn", "ABC", {"B"}, "ABC");
  EXPECT_EQ(turns(through.read("car")), "no ABA, no CBC");
}

TEST(TurnRestriction, LeadsOverWaysInEitherOrderOfMembers) {
  OsmSketch map{"A--B--C--D",  //
                "|  |  |  |",  //
                "E--F--G--H"};
  map.way("AB", kStreet).way("BC", kStreet).way("CD", kStreet).way("BF", kStreet).way("CG", kStreet).way("DH", kStreet);
  EXPECT_EQ(turns(OsmSketch{map}.restriction("no_u_turn", "AB", {"BC"}, "CG").read("car")), "no ABCG");
  EXPECT_EQ(turns(OsmSketch{map}.restriction("no_u_turn", "AB", {"BC", "CD"}, "DH").read("car")), "no ABCDH");
  EXPECT_EQ(turns(OsmSketch{map}.restriction("no_u_turn", "AB", {"CD", "BC"}, "DH").read("car")), "no ABCDH");
  EXPECT_EQ(turns(OsmSketch{map}.restriction("only_straight_on", "AB", {"BC"}, "CD").read("car")), "only ABCD");
}

TEST(TurnRestriction, FollowsAViaWayThroughItsJunctions) {
  OsmSketch map{"A--B--C--D--E",  //
                "      |      ",  //
                "      F      "};
  map.way("AB", kStreet).way("BCD", kStreet).way("DE", kStreet).way("CF", kStreet);
  map.restriction("no_straight_on", "AB", {"BCD"}, "DE");
  EXPECT_EQ(turns(map.read("car")), "no ABCDE");
}

TEST(TurnRestriction, TakesEachEntryAndEachExit) {
  OsmSketch map = crossing();
  map.relation("type=restriction, restriction=no_entry",
               map.member("from", "WX") + map.member("from", "NX") + map.member("via", "X") + map.member("to", "XE"));
  map.relation("type=restriction, restriction=no_exit",
               map.member("from", "XS") + map.member("via", "X") + map.member("to", "WX") + map.member("to", "NX"));
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(turns(roads), "no NXE, no SXN, no SXW, no WXE");
  EXPECT_EQ(roads.counts.restrictions_used, 2);
}

TEST(TurnRestriction, ConcernsOnlyTheModesItNames) {
  OsmSketch general = crossing().restriction("no_left_turn", "WX", {"X"}, "NX");
  EXPECT_EQ(turns(general.read("bicycle")), "no WXN");
  EXPECT_EQ(turns(general.read("foot")), "");
  OsmSketch except = crossing().restriction("no_left_turn", "WX", {"X"}, "NX", "except=psv;bicycle");
  EXPECT_EQ(turns(except.read("car")), "no WXN");
  EXPECT_EQ(turns(except.read("bicycle")), "");
  EXPECT_EQ(except.read("bicycle").counts.restrictions_ignored.at("mode_excepted"), 1);
  OsmSketch cars = crossing();
  cars.relation("type=restriction, restriction:motorcar=no_left_turn",
                cars.member("from", "WX") + cars.member("via", "X") + cars.member("to", "NX"));
  EXPECT_EQ(turns(cars.read("car")), "no WXN");
  EXPECT_EQ(turns(cars.read("bicycle")), "");
  OsmSketch lorries = crossing();
  lorries.relation("type=restriction, restriction:hgv=no_left_turn",
                   lorries.member("from", "WX") + lorries.member("via", "X") + lorries.member("to", "NX"));
  EXPECT_EQ(lorries.read("car").counts.restrictions_ignored.at("other_modes"), 1);
}

TEST(TurnRestriction, IgnoresAndCountsConditions) {
  OsmSketch map = crossing();
  map.relation("type=restriction, restriction:conditional=no_left_turn @ (07:00-09:00)",
               map.member("from", "WX") + map.member("via", "X") + map.member("to", "NX"));
  map.restriction("no_left_turn", "WX", {"X"}, "XS", "hour_on=07:00");
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(turns(roads), "");
  EXPECT_EQ(roads.counts.restrictions_ignored.at("conditional"), 2);
  EXPECT_TRUE(roads.rejections.empty());
}

TEST(TurnRestriction, IgnoresWhatClosedRoadsAlreadyForbid) {
  OsmSketch map{"   N   ", "   |   ", "W--X--E"};
  map.way("WX", kStreet).way("NX", "highway=residential, oneway=yes").way("XE", "highway=footway");
  map.restriction("no_left_turn", "WX", {"X"}, "NX").restriction("no_straight_on", "WX", {"X"}, "XE");
  const OsmRoads roads = map.read("car");
  EXPECT_EQ(turns(roads), "");
  EXPECT_EQ(roads.counts.restrictions_ignored.at("direction_closed_to_mode"), 1);
  EXPECT_EQ(roads.counts.restrictions_ignored.at("road_closed_to_mode"), 1);
}

TEST(TurnRestriction, ListsWhatIsDamaged) {
  const auto damage = [](OsmSketch map) {
    const OsmRoads roads = map.read("car");
    EXPECT_EQ(turns(roads), "");
    return testing::reasons(roads.rejections);
  };
  const OsmSketch map = crossing();
  const auto with = [&map](const std::string& members) {
    return OsmSketch{map}.relation("type=restriction, restriction=no_left_turn", members);
  };
  const std::string from = map.member("from", "WX");
  const std::string via = map.member("via", "X");
  const std::string to = map.member("to", "NX");
  EXPECT_EQ(damage(with(via + to)), "restriction_without_from relation/101");
  EXPECT_EQ(damage(with(from + via)), "restriction_without_to relation/101");
  EXPECT_EQ(damage(with(from + to)), "restriction_without_via relation/101");
  EXPECT_EQ(damage(with(from + map.member("from", "XS") + via + to)), "restriction_with_several_members relation/101");
  EXPECT_EQ(damage(with(from + via + map.member("via", "E") + to)), "restriction_with_several_vias relation/101");
  EXPECT_EQ(damage(with(map.member("from", "W") + via + to)), "restriction_member_of_wrong_type relation/101");
  EXPECT_EQ(damage(with(from + map.member("via", "S") + to)), "restriction_members_apart relation/101");
  EXPECT_EQ(damage(with(map.member("from", "QQ") + via + to)), "restriction_way_missing relation/101");
  EXPECT_EQ(damage(OsmSketch{map}.restriction("no_fun", "WX", {"X"}, "NX")), "restriction_of_unknown_kind relation/101");
  OsmSketch through{"A--B--C", "   |", "   D"};
  through.way("ABC", kStreet).way("BD", kStreet).restriction("no_left_turn", "ABC", {"B"}, "BD");
  EXPECT_EQ(damage(through), "restriction_ambiguous relation/101");
}

TEST(TurnRestriction, UnderstandsAOneWayThatGoesOnAtTheNode) {
  OsmSketch map{"A--B--C", "   |", "   D"};
  map.way("ABC", "highway=residential, oneway=yes").way("BD", kStreet).restriction("no_right_turn", "ABC", {"B"}, "BD");
  EXPECT_EQ(turns(map.read("car")), "no ABD");
}

TEST(TurnRestriction, MeansNothingWhereNobodyPasses) {
  const OsmRoads roads = crossing().node('X', "barrier=bollard").restriction("no_left_turn", "WX", {"X"}, "NX").read("car");
  EXPECT_EQ(turns(roads), "");
  EXPECT_EQ(roads.counts.restrictions_ignored.at("via_cannot_be_passed"), 1);
}

TEST(TurnRestriction, IsCountedOnceWhateverBecomesOfIt) {
  OsmSketch map = crossing();
  map.restriction("no_left_turn", "WX", {"X"}, "NX").restriction("no_fun", "WX", {"X"}, "NX");
  map.restriction("no_left_turn", "WX", {"X"}, "NX", "except=motorcar");
  const OsmCounts counts = map.read("car").counts;
  EXPECT_EQ(counts.restriction_relations, 3);
  EXPECT_EQ(counts.restrictions_used, 1);
  EXPECT_EQ(counts.restrictions_ignored.at("mode_excepted"), 1);
  EXPECT_EQ(counts.restrictions_damaged.at("restriction_of_unknown_kind"), 1);
}

}  // namespace
}  // namespace maillage
