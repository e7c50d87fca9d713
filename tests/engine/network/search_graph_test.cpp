#include "engine/network/search_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/network/dijkstra.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/road_oracle.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;
using testing::AsciiRoads;
using testing::RoadOracle;
using testing::tangled_road_parts;

/// The arc between two nodes named by letters.
std::uint32_t arc_between(const AsciiRoads& map, const char from, const char to) {
  for (std::uint32_t arc = 0; arc < 2 * map.network.roads.size(); ++arc) {
    const ArcIndex index{std::size_t{arc}};
    if (map.network.tail(index) == map.nodes.at(from) && map.network.head(index) == map.nodes.at(to)) {
      return arc;
    }
  }
  ADD_FAILURE() << "no road " << from << to;
  return 0;
}

/// The map with a turn restriction over the arcs between consecutive letters.
AsciiRoads restricted(AsciiRoads map, const std::vector<std::pair<std::string, bool>>& restrictions) {
  std::vector<std::uint64_t> first{0};
  std::vector<std::uint32_t> arcs;
  std::vector<std::uint8_t> mandatory;
  for (const auto& [letters, is_mandatory] : restrictions) {
    for (std::size_t k = 0; k + 1 < letters.size(); ++k) {
      arcs.push_back(arc_between(map, letters[k], letters[k + 1]));
    }
    first.push_back(arcs.size());
    mandatory.push_back(is_mandatory ? 1 : 0);
  }
  map.network.restriction_first = std::move(first);
  map.network.restriction_arcs = std::move(arcs);
  map.network.restriction_mandatory = std::move(mandatory);
  validate(map.network);
  return map;
}

/// Distances of nodes, the least of their states.
std::vector<std::uint32_t> of_nodes(const RoadNetwork& network, const SearchGraph& graph, const DijkstraQuery& query) {
  std::vector<std::uint32_t> least(network.nodes.size(), kNoPath);
  for (std::uint32_t state = 0; state < graph.states(); ++state) {
    least[graph.node[state]] = std::min(least[graph.node[state]], query.distance(state));
  }
  return least;
}

/// Seconds from one letter to the other, starting at the node itself.
std::uint32_t seconds(const AsciiRoads& map, const char from, const char to, const SearchGraphOptions& options = {}) {
  const SearchGraph graph = build_search_graph(map.network, options);
  const MoveLists lists =
      make_move_lists(graph, move_weights(map.network, graph, RoadMetric::travel_time_ms), Direction::forward);
  DijkstraQuery query(lists);
  query.run(std::vector<Terminal>{{map.nodes.at(from).value(), 0}});
  const std::uint32_t distance = of_nodes(map.network, graph, query)[map.nodes.at(to).value()];
  return distance == kNoPath ? kNoPath : distance / 1000;
}

const std::vector<std::string> kCrossing{
    "    B    ",  //
    "    |    ",  //
    "A---C---D",  //
    "    |    ",  //
    "    E----F",
};

TEST(SearchGraph, DrivesAroundAForbiddenTurn) {
  const AsciiRoads free = ascii_roads(kCrossing);
  EXPECT_EQ(seconds(free, 'A', 'B'), 6U);
  const AsciiRoads no_left = restricted(ascii_roads(kCrossing), {{"ACB", false}});
  EXPECT_EQ(seconds(no_left, 'A', 'B'), 4U + 4U + 2U) << "to E and back is the shortest way to come from elsewhere";
  EXPECT_EQ(seconds(no_left, 'A', 'D'), 8U);
  EXPECT_EQ(seconds(no_left, 'D', 'B'), 6U);
  EXPECT_EQ(seconds(no_left, 'C', 'B'), 2U) << "who starts at the crossing has come from nowhere";
  const SearchGraph graph = build_search_graph(no_left.network, {});
  EXPECT_EQ(graph.states(), no_left.network.nodes.size() + 1) << "one state for who comes from A";
}

TEST(SearchGraph, TakesTheOnlyWayThatIsAllowed) {
  const AsciiRoads only = restricted(ascii_roads(kCrossing), {{"ACD", true}});
  EXPECT_EQ(seconds(only, 'A', 'D'), 8U);
  EXPECT_EQ(seconds(only, 'A', 'B'), 4U + 4U + 4U + 2U) << "to D and back";
  EXPECT_EQ(seconds(only, 'E', 'B'), 4U);
  const AsciiRoads both = restricted(ascii_roads(kCrossing), {{"ACD", true}, {"ACD", false}});
  EXPECT_EQ(seconds(both, 'A', 'D'), kNoPath) << "contradictory signs leave nothing";
}

TEST(SearchGraph, HoldsRestrictionsOverAChainOfWays) {
  const std::vector<std::string> rows{
      "A---B---C---D",  //
      "    |   |    ",  //
      "    E---F    ",
  };
  EXPECT_EQ(seconds(ascii_roads(rows), 'A', 'D'), 12U);
  const AsciiRoads via = restricted(ascii_roads(rows), {{"ABCD", false}});
  EXPECT_EQ(seconds(via, 'A', 'D'), 4U + 2U + 4U + 2U + 4U) << "round by E and F";
  EXPECT_EQ(seconds(via, 'E', 'D'), 2U + 4U + 4U) << "who comes from E may";
  EXPECT_EQ(seconds(via, 'A', 'F'), 10U) << "the first two are free";
  const AsciiRoads longer = restricted(ascii_roads(rows), {{"ABCD", false}, {"ABEFCD", false}});
  EXPECT_EQ(seconds(longer, 'A', 'D'), 4U + 4U + 2U + 2U + 4U) << "turns back at F";
  const AsciiRoads overlapping = restricted(ascii_roads(rows), {{"ABCD", false}, {"BCF", false}});
  EXPECT_EQ(seconds(overlapping, 'A', 'F'), 4U + 2U + 4U);
  // Who is on the way of a long one must obey a short one that ends before.
  const std::vector<std::string> street{"A---B---C---D---E"};
  const AsciiRoads within = restricted(ascii_roads(street), {{"ABCDE", false}, {"BCD", false}});
  EXPECT_EQ(seconds(within, 'A', 'D'), kNoPath);
  EXPECT_EQ(seconds(within, 'C', 'E'), 8U);
}

TEST(SearchGraph, TurnsBackOnlyAtDeadEndsWhereAsked) {
  const std::vector<std::string> rows{
      "A---B---C",  //
      "    |    ",  //
      "    D    ",
  };
  const AsciiRoads map = restricted(ascii_roads(rows), {{"ABC", false}});
  EXPECT_EQ(seconds(map, 'A', 'C'), 4U + 2U + 2U + 4U) << "turning at the dead end D";
  const AsciiRoads loop = restricted(ascii_roads({
                                         "A---B---C",
                                         "    |   |",
                                         "    D---E",
                                     }),
                                     {{"ABC", false}});
  EXPECT_EQ(seconds(loop, 'A', 'C'), 4U + 2U + 2U + 4U) << "turning at D, where the road leads on";
  EXPECT_EQ(seconds(loop, 'A', 'C', {.u_turns = UTurns::dead_ends_only}), 4U + 2U + 4U + 2U) << "on by D and E";
  EXPECT_EQ(seconds(map, 'A', 'C', {.u_turns = UTurns::dead_ends_only}), 4U + 2U + 2U + 4U);
}

TEST(SearchGraph, CountsTurnsAtCrossingsByTheirAngle) {
  const AsciiRoads map = ascii_roads(kCrossing);
  const SearchGraphOptions options{.right_angle_turn_ms = 5'000};
  EXPECT_EQ(seconds(map, 'A', 'D', options), 8U) << "straight on";
  EXPECT_EQ(seconds(map, 'A', 'B', options), 6U + 5U);
  EXPECT_EQ(seconds(map, 'B', 'F', options), 2U + 2U + 5U) << "E is a bend, not a crossing";
  EXPECT_THROW((void)build_search_graph(map.network, {.right_angle_turn_ms = kLongestArc + 1}), ArgumentError);
}

TEST(SearchGraph, WeighsTimesOrLengths) {
  const AsciiRoads map = ascii_roads({"A---B>>>C"});
  const SearchGraph graph = build_search_graph(map.network, {});
  ASSERT_EQ(graph.moves(), 3U);
  for (std::size_t move = 0; move < 3; ++move) {
    EXPECT_EQ(move_weights(map.network, graph, RoadMetric::travel_time_ms)[move], 4'000U);
    EXPECT_EQ(move_weights(map.network, graph, RoadMetric::length_cm)[move], 4'000U);
  }
}

TEST(SearchGraph, MayBeEmpty) {
  const SearchGraph nothing = build_search_graph(make_road_network({}), {.u_turns = UTurns::dead_ends_only});
  EXPECT_EQ(nothing.states(), 0U);
  EXPECT_EQ(nothing.moves(), 0U);
}

/// From every node, and from who comes over every arc.
void expect_oracle_costs(const RoadNetwork& network, const UTurns u_turns, const RoadMetric metric) {
  const SearchGraph graph = build_search_graph(network, {.u_turns = u_turns});
  const std::vector<std::uint32_t> weights = move_weights(network, graph, metric);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  const RoadOracle oracle(network, u_turns, metric);
  for (std::uint32_t node = 0; node < network.nodes.size(); ++node) {
    query.run(std::vector<Terminal>{{node, 0}});
    ASSERT_EQ(of_nodes(network, graph, query), oracle.from_node(node)) << "from node " << node;
  }
  for (std::uint32_t arc = 0; arc < 2 * network.roads.size(); ++arc) {
    if (network.time_ms(ArcIndex{std::size_t{arc}}) != kClosed) {
      query.run(std::vector<Terminal>{{graph.arrival[arc], 0}});
      ASSERT_EQ(of_nodes(network, graph, query), oracle.from_arc(arc)) << "over arc " << arc;
    }
  }
}

TEST(SearchGraph, GivesTheCostsThatTheRulesAloneGive) {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const RoadNetwork network = make_road_network(tangled_road_parts(seed));
    for (const UTurns u_turns : {UTurns::allowed, UTurns::dead_ends_only}) {
      for (const RoadMetric metric : {RoadMetric::travel_time_ms, RoadMetric::length_cm}) {
        ASSERT_NO_FATAL_FAILURE(expect_oracle_costs(network, u_turns, metric)) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace maillage
