#include "engine/network/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;
using testing::AsciiRoads;

RoadAudit audit_of(const RoadNetwork& network, const RoadAuditOptions& options = {}) {
  return audit_roads(network, find_components(network), options);
}

/// The road between two letters.
RoadIndex road_of(const AsciiRoads& map, const char a, const char b) {
  for (std::size_t k = 0; k < map.network.roads.size(); ++k) {
    const std::set<RoadNodeIndex> ends{map.network.roads[k].from, map.network.roads[k].to};
    if (ends == std::set{map.nodes.at(a), map.nodes.at(b)}) {
      return RoadIndex{k};
    }
  }
  ADD_FAILURE() << "no road " << a << b;
  return RoadIndex::none();
}

/// The findings of a fault as letters of their roads' ends: {"CD", "HI"}.
std::set<std::string> found(const AsciiRoads& map, const RoadAudit& audit, const RoadFault fault) {
  std::set<std::string> texts;
  for (const RoadFinding& finding : audit.findings) {
    std::set<char> letters;
    for (const RoadIndex road : finding.roads) {
      for (const auto& [letter, node] : map.nodes) {
        if (map.network.road(road).from == node || map.network.road(road).to == node) {
          letters.insert(letter);
        }
      }
    }
    if (finding.fault == fault) {
      texts.insert(std::string{letters.begin(), letters.end()});
    }
  }
  return texts;
}

TEST(RoadAudit, TellsTrapsIslandsAndTheCore) {
  const auto map = ascii_roads({
      "A--B>>C--D",
      "|  |     x",
      "E--F<<K  G",
      "   ^  v",
      "H--IxxL--M",
  });
  const RoadAudit audit = audit_of(map.network);
  const auto standing = [&](const char a, const char b) { return audit.standing[road_of(map, a, b)]; };
  EXPECT_EQ(standing('A', 'B'), RoadStanding::joined);
  EXPECT_EQ(standing('B', 'C'), RoadStanding::no_exit) << "the way in is part of the trap";
  EXPECT_EQ(standing('C', 'D'), RoadStanding::no_exit);
  EXPECT_EQ(standing('D', 'G'), RoadStanding::closed);
  EXPECT_EQ(standing('F', 'K'), RoadStanding::no_entry);
  EXPECT_EQ(standing('H', 'I'), RoadStanding::no_entry);
  EXPECT_EQ(standing('K', 'L'), RoadStanding::cut_off) << "K can be left for the core, L cannot be left at all";
  EXPECT_EQ(standing('L', 'M'), RoadStanding::cut_off);
  EXPECT_EQ(found(map, audit, RoadFault::no_exit), std::set<std::string>{"BCD"});
  EXPECT_EQ(found(map, audit, RoadFault::no_entry), (std::set<std::string>{"FHI", "FK"}))
      << "they meet in the core only, so they are two";
  EXPECT_EQ(found(map, audit, RoadFault::cut_off), std::set<std::string>{"KLM"});
  EXPECT_TRUE(found(map, audit, RoadFault::island).empty());
  EXPECT_EQ(audit.core_nodes, 4U);
  EXPECT_EQ(audit.core_length_cm, 10'000U);
  EXPECT_EQ(audit.lone_nodes, 1U) << "G";
  EXPECT_EQ(audit.roads, 11U);
}

TEST(RoadAudit, CountsIslandsByTheirNodesAndLength) {
  const auto map = ascii_roads({
      "A--B--C",
      "",
      "D--E>>F   G---H   I",
  });
  const RoadAudit audit = audit_of(map.network);
  ASSERT_EQ(audit.findings.size(), 2U);
  EXPECT_EQ(found(map, audit, RoadFault::island), (std::set<std::string>{"DEF", "GH"}));
  EXPECT_EQ(audit.findings[0].nodes, 3U) << "the longest first";
  EXPECT_EQ(audit.findings[0].length_cm, 6'000U);
  EXPECT_EQ(audit.findings[1].nodes, 2U);
  EXPECT_EQ(audit.findings[1].length_cm, 4'000U);
  EXPECT_EQ(audit.length_cm, 16'000U);
  EXPECT_EQ(audit.core_length_cm, 6'000U);
}

TEST(RoadAudit, TakesTheCoresIslandForTheMainlandThoughAnotherHasMoreNodes) {
  // The one-way chain has six nodes that cannot go back, the ring four that can.
  const auto map = ascii_roads({
      "A>B>C>D>E>F",
      "",
      "G-H",
      "| |",
      "I-J",
  });
  const RoadAudit audit = audit_of(map.network);
  EXPECT_EQ(found(map, audit, RoadFault::island), std::set<std::string>{"ABCDEF"});
  EXPECT_EQ(audit.core_nodes, 4U);
}

TEST(RoadAudit, FindsFerriesThatLandNowhere) {
  const auto map = ascii_roads({
      "A--B~~C~~D",
      "|  |",
      "E--F~~G--H",
      "   ~",
      "K  I~~J",
  });
  RoadAudit audit = audit_of(map.network);
  EXPECT_EQ(found(map, audit, RoadFault::dead_ferry), (std::set<std::string>{"BCD", "IJ"}))
      << "the crossing of two legs is one; F-G lands; a vertical ~ is no road here";
  EXPECT_EQ(found(map, audit, RoadFault::island), std::set<std::string>{"IJ"}) << "dead at both ends, and told once";
}

TEST(RoadAudit, FollowsADeadFerryToAForkOnly) {
  AsciiRoads map = ascii_roads({
      "A--B--C--D",
      "      |",
      "      E--F",
  });
  std::vector<Road> roads(map.network.roads.begin(), map.network.roads.end());
  for (Road& road : roads) {
    road.road_class = RoadClass::ferry;
  }
  roads[road_of(map, 'A', 'B').value()].road_class = RoadClass::residential;
  map.network.roads = std::move(roads);
  EXPECT_EQ(found(map, audit_of(map.network), RoadFault::dead_ferry), (std::set<std::string>{"CD", "CEF"}))
      << "B-C is of use to one of the others' passengers, were they to land";
}

AsciiRoads with_flags() {
  AsciiRoads map = ascii_roads({"A--B--C--D--E"});
  std::vector<Road> roads(map.network.roads.begin(), map.network.roads.end());
  for (std::size_t k = 0; k < roads.size(); ++k) {
    roads[k].source_id = k < 2 ? 7 : 8;
  }
  roads[0].flags = kAssumedSpeed;
  roads[1].flags = kAssumedSpeed | kSuspiciousSpeed;
  roads[2].flags = kAssumedSpeed;
  roads[3].length_cm = 20'000;
  roads[3].forward_ms = 720'000;  // 1 km/h
  roads[3].backward_ms = 4'500;   // 160 km/h
  map.network.roads = std::move(roads);
  return map;
}

TEST(RoadAudit, GathersSpeedsByTheFeatureOfTheSource) {
  const AsciiRoads map = with_flags();
  const RoadAudit audit = audit_of(map.network);
  EXPECT_EQ(found(map, audit, RoadFault::assumed_speed), (std::set<std::string>{"ABC", "CD"}));
  EXPECT_EQ(found(map, audit, RoadFault::suspicious_speed), std::set<std::string>{"BC"})
      << "1 and 160 km/h are the last that are believed";
  for (const RoadFinding& finding : audit.findings) {
    EXPECT_EQ(finding.slowest_m_h, 36'000U) << "10 m in a second";
    EXPECT_EQ(finding.fastest_m_h, 36'000U);
  }
}

TEST(RoadAudit, DoubtsTimesThatNobodyTakes) {
  const AsciiRoads map = with_flags();
  const auto suspicious = [&](const std::uint32_t forward_ms, const std::uint32_t backward_ms, const RoadClass road_class) {
    std::vector<Road> roads(map.network.roads.begin(), map.network.roads.end());
    roads[3].forward_ms = forward_ms;
    roads[3].backward_ms = backward_ms;
    roads[3].road_class = road_class;
    RoadNetwork network = ascii_roads({"A--B--C--D--E"}).network;
    network.roads = std::move(roads);
    return found(map, audit_of(network), RoadFault::suspicious_speed).contains("DE");
  };
  EXPECT_FALSE(suspicious(10'000, 10'000, RoadClass::residential));
  EXPECT_TRUE(suspicious(720'001, 10'000, RoadClass::residential));
  EXPECT_FALSE(suspicious(720'001, 10'000, RoadClass::ferry)) << "a ferry waits";
  EXPECT_TRUE(suspicious(10'000, 4'499, RoadClass::residential));
  EXPECT_TRUE(suspicious(0, 10'000, RoadClass::ferry));
  EXPECT_FALSE(suspicious(kClosed, 10'000, RoadClass::residential));
}

TEST(RoadAudit, NamesTheClassOfTheGreatestLength) {
  AsciiRoads map = ascii_roads({"A--B----C-D"});
  std::vector<Road> roads(map.network.roads.begin(), map.network.roads.end());
  roads[0].road_class = RoadClass::primary;
  roads[1].road_class = RoadClass::service;
  roads[2].road_class = RoadClass::primary;
  map.network.roads = std::move(roads);
  const auto all = std::vector{RoadIndex{0}, RoadIndex{1}, RoadIndex{2}};
  EXPECT_EQ(main_class(map.network, {.roads = all}), RoadClass::primary) << "30 m and 20 m against 50 m: the higher class";
  EXPECT_EQ(main_class(map.network, {.roads = {RoadIndex{0}, RoadIndex{1}}}), RoadClass::service);
}

TEST(RoadAudit, TellsHowPlacesStandByTheirRoads) {
  const auto map = ascii_roads({
      "A--B>>C  1",
      "|  |",
      "D--E",
  });
  const RoadAudit audit = audit_of(map.network);
  std::vector<Snap> snaps(3);
  snaps[0].road = road_of(map, 'A', 'B');
  snaps[1].road = road_of(map, 'B', 'C');
  EXPECT_EQ(standing_of(audit, snaps), (std::vector{RoadStanding::joined, RoadStanding::no_exit, RoadStanding::closed}));
}

TEST(RoadAudit, EveryOpenRoadIsJoinedOrInOnePart) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const RoadNetwork network = make_road_network(testing::random_road_parts(seed, {.nodes = 60, .roads = 70}));
    const RoadComponents components = find_components(network);
    const RoadAudit audit = audit_roads(network, components);
    std::vector<int> parts(network.roads.size(), 0);
    std::uint64_t length_cm = audit.core_length_cm;
    for (const RoadFinding& finding : audit.findings) {
      ASSERT_TRUE(std::ranges::is_sorted(finding.roads));
      if (finding.fault <= RoadFault::cut_off) {
        length_cm += finding.length_cm;
        for (const RoadIndex road : finding.roads) {
          ++parts[road.value()];
        }
      }
    }
    for (const RoadIndex road : audit.standing.indices()) {
      const bool joined = lies_in(network, road, components, components.biggest_strong);
      EXPECT_EQ(audit.standing[road] == RoadStanding::joined, joined) << seed;
      const bool fault = !joined && audit.standing[road] != RoadStanding::closed;
      EXPECT_EQ(parts[road.value()], fault ? 1 : 0) << seed;
    }
    EXPECT_EQ(length_cm, audit.length_cm) << seed;
  }
}

TEST(RoadAudit, RefusesComponentsOfAnotherNetwork) {
  const auto one = ascii_roads({"A--B"});
  const auto other = ascii_roads({"A--B--C"});
  EXPECT_THROW((void)audit_roads(one.network, find_components(other.network)), ArgumentError);
  EXPECT_THROW((void)audit_of(one.network, {.least_checked_m = -1}), ArgumentError);
}

TEST(RoadAudit, FindsNothingWhereThereIsNothing) {
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  const RoadNetwork network = make_road_network(std::move(parts));
  const RoadAudit audit = audit_of(network);
  EXPECT_TRUE(audit.findings.empty());
  EXPECT_EQ(audit.roads, 0U);
}

}  // namespace
}  // namespace maillage
