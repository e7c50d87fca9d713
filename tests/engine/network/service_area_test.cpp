#include "engine/network/service_area.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;

struct Edge {
  std::size_t from;
  std::size_t to;
  std::uint64_t weight;
};

constexpr std::uint64_t kFar = 1ULL << 60U;

std::vector<std::uint64_t> bellman_ford(const std::size_t nodes, const std::vector<Edge>& edges,
                                        std::vector<std::uint64_t> distance) {
  distance.resize(nodes, kFar);
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& edge : edges) {
      if (distance[edge.from] + edge.weight < distance[edge.to]) {
        distance[edge.to] = distance[edge.from] + edge.weight;
        changed = true;
      }
    }
  }
  return distance;
}

/// Edges of the network where positions on roads have become nodes (numbered after the network's), turned round for
/// backward.
std::vector<Edge> split_edges(const RoadNetwork& network, const std::vector<Snap>& positions, const Direction direction) {
  std::vector<Edge> edges;
  for (std::size_t r = 0; r < network.roads.size(); ++r) {
    const Road& road = network.roads[r];
    for (const bool backward : {false, true}) {
      const std::uint32_t weight = backward ? road.backward_ms : road.forward_ms;
      if (weight == kClosed) {
        continue;
      }
      std::vector<std::pair<std::uint64_t, std::size_t>> stops;
      for (std::size_t k = 0; k < positions.size(); ++k) {
        if (positions[k].road == RoadIndex{r}) {
          const double fraction = backward ? 1 - positions[k].fraction : positions[k].fraction;
          stops.emplace_back(std::lround(fraction * weight), network.nodes.size() + k);
        }
      }
      std::sort(stops.begin(), stops.end());
      const std::size_t tail = backward ? road.to.value() : road.from.value();
      const std::size_t head = backward ? road.from.value() : road.to.value();
      stops.insert(stops.begin(), {0, tail});
      stops.emplace_back(weight, head);
      for (std::size_t k = 0; k + 1 < stops.size(); ++k) {
        edges.push_back({stops[k].second, stops[k + 1].second, stops[k + 1].first - stops[k].first});
        if (stops[k].first == stops[k + 1].first && k > 0 && k + 2 < stops.size()) {  // at one position: both ways
          edges.push_back({stops[k + 1].second, stops[k].second, 0});
        }
      }
    }
  }
  if (direction == Direction::backward) {
    for (Edge& edge : edges) {
      std::swap(edge.from, edge.to);
    }
  }
  return edges;
}

/// Where neither turn restrictions nor turn costs matter: what a road node costs, its open arcs do.
ArcCosts arc_costs_of_nodes(const RoadNetwork& network, const std::span<const std::uint32_t> distance,
                            const Direction direction) {
  ArcCosts arcs{direction, RoadMetric::travel_time_ms, {}};
  for (std::size_t k = 0; k < network.roads.size() * 2; ++k) {
    const ArcIndex arc{k};
    const RoadNodeIndex node = direction == Direction::forward ? network.tail(arc) : network.head(arc);
    if (network.time_ms(arc) != kClosed && distance[node.value()] != kNoPath) {
      arcs.costs.push_back({arc, distance[node.value()]});
    }
  }
  return arcs;
}

ArcCosts arc_costs_of(const RoadNetwork& network, const SearchGraph& graph, const DijkstraQuery& query,
                      const Direction direction) {
  std::vector<Terminal> reached;
  for (const std::uint32_t state : query.reached()) {
    reached.push_back({state, query.distance(state)});
  }
  return StateArcs(network, graph, direction).costs(reached);
}

/// Costs of nodes by the oracle, then PositionCosts from them.
PositionCosts costs_from(const RoadNetwork& network, const std::vector<ServiceOrigin>& origins, const Direction direction) {
  std::vector<Snap> positions;
  for (const ServiceOrigin& origin : origins) {
    positions.push_back(origin.snap);
  }
  const std::size_t n = network.nodes.size();
  std::vector<std::uint64_t> start(n, kFar);
  for (const ServiceOrigin& origin : origins) {
    start.push_back(origin.access);
  }
  const auto distance = bellman_ford(n + origins.size(), split_edges(network, positions, direction), start);
  std::vector<std::uint32_t> of_nodes(n);
  for (std::size_t k = 0; k < n; ++k) {
    of_nodes[k] = distance[k] == kFar ? kNoPath : static_cast<std::uint32_t>(distance[k]);
  }
  return {network, arc_costs_of_nodes(network, of_nodes, direction), origins};
}

bool covers(const std::vector<RoadStretch>& stretches, const RoadIndex road, const double fraction) {
  return std::any_of(stretches.begin(), stretches.end(), [&](const RoadStretch& each) {
    return each.road == road && each.begin <= fraction && fraction <= each.end;
  });
}

TEST(ServiceArea, EndsInsideARoadFromBothItsEnds) {
  const auto map = ascii_roads({
      "A---------B",
      "|         |",
      "C---------D",
  });
  const std::vector<ServiceOrigin> origins{{{.road = RoadIndex{0}, .fraction = 0.5}, 0}};  // AB takes 10 s, AC 2 s
  const PositionCosts costs = costs_from(map.network, origins, Direction::forward);
  EXPECT_EQ(costs.at(RoadIndex{0}, 0.25), 2'500U);
  EXPECT_EQ(costs.at(RoadIndex{0}, 0), 5'000U);
  const RoadIndex south = map.network.roads[1].to == map.nodes.at('C') ? RoadIndex{3} : RoadIndex{2};
  EXPECT_EQ(costs.at(south, 0.25), 5'000U + 2'000U + 2'500U);
  const auto at_start = costs.within(0);
  ASSERT_EQ(at_start.size(), 1U) << "the origin itself, to the half millisecond";
  EXPECT_NEAR(length_m(map.network, at_start), 0.01, 1e-6);
  const auto reached = costs.within(9'000);
  EXPECT_EQ(reached.size(), 5U) << "AB, AC, BD whole, and both ends of CD";
  EXPECT_NEAR(length_m(map.network, reached), 100 + 20 + 20 + 40, 0.02);
  EXPECT_NEAR(length_m(map.network, costs.within(12'000)), 240, 1e-9) << "the two ends of CD meet";
  EXPECT_EQ(costs.within(12'000).size(), 4U);
}

TEST(ServiceArea, HeedsTheDirectionOfOneWayStreets) {
  const auto map = ascii_roads({
      "A>>>>>>>>>B",
  });
  const std::vector<ServiceOrigin> origins{{{.road = RoadIndex{0}, .fraction = 0.5}, 1'000}};
  const auto from = costs_from(map.network, origins, Direction::forward);
  const auto to = costs_from(map.network, origins, Direction::backward);
  EXPECT_EQ(from.at(RoadIndex{0}, 0.75), 3'500U);
  EXPECT_EQ(from.at(RoadIndex{0}, 0.25), kNoPath);
  EXPECT_EQ(to.at(RoadIndex{0}, 0.25), 3'500U);
  EXPECT_EQ(to.at(RoadIndex{0}, 0.75), kNoPath);
  EXPECT_EQ(from.within(999).size(), 0U);
  EXPECT_NEAR(from.within(3'000).front().end, 0.7, 1e-4);
  EXPECT_NEAR(to.within(3'000).front().begin, 0.3, 1e-4);
}

TEST(ServiceArea, HasNothingWithoutOrigins) {
  const auto map = ascii_roads({"A---B"});
  const PositionCosts costs = costs_from(map.network, {}, Direction::forward);
  EXPECT_TRUE(costs.within(kNoPath).empty());
  EXPECT_EQ(costs.at(Snap{}), kNoPath);
  const PositionCosts unsnapped = costs_from(map.network, {{Snap{}, 0}}, Direction::forward);
  EXPECT_TRUE(unsnapped.within(kNoPath).empty());
}

TEST(ServiceArea, CostsWhatAJourneyOnTheSplitNetworkCosts) {
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const RoadNetwork network = make_road_network(testing::random_road_parts(seed, {.nodes = 12, .roads = 25}));
    std::mt19937_64 random(seed);
    const auto position = [&] {
      return Snap{.road = RoadIndex{random() % network.roads.size()},
                  .fraction = static_cast<double>(random() % 1'001) / 1'000};
    };
    const Direction direction = seed % 2 == 0 ? Direction::forward : Direction::backward;
    std::vector<ServiceOrigin> origins;
    for (std::uint64_t k = 0; k <= seed % 4; ++k) {
      origins.push_back({position(), static_cast<std::uint32_t>(random() % 20'000)});
    }
    const PositionCosts costs = costs_from(network, origins, direction);
    std::vector<Snap> positions;
    std::vector<std::uint64_t> start(network.nodes.size(), kFar);
    for (const ServiceOrigin& origin : origins) {
      positions.push_back(origin.snap);
      start.push_back(origin.access);
    }
    for (int k = 0; k < 10; ++k) {
      positions.push_back(position());
      start.push_back(kFar);
      const auto expected = bellman_ford(start.size(), split_edges(network, positions, direction), start).back();
      ASSERT_EQ(costs.at(positions.back()), expected == kFar ? kNoPath : expected) << "seed " << seed;
      positions.pop_back();
      start.pop_back();
    }
  }
}

TEST(ServiceArea, CoversExactlyThePositionsWithinTheCutoff) {
  std::size_t ends = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RoadNetwork network = make_road_network(testing::random_road_parts(seed, {.nodes = 10, .roads = 16}));
    std::mt19937_64 random(seed);
    std::vector<ServiceOrigin> origins;
    for (int k = 0; k < 2; ++k) {
      origins.push_back(
          {{.road = RoadIndex{random() % network.roads.size()}, .fraction = static_cast<double>(random() % 101) / 100},
           static_cast<std::uint32_t>(random() % 20'000)});
    }
    const PositionCosts costs = costs_from(network, origins, seed % 2 == 0 ? Direction::forward : Direction::backward);
    std::vector<RoadStretch> narrower;
    for (const std::uint32_t cutoff : {0U, 10'000U, 60'000U, 150'000U, kNoPath - 1, kNoPath}) {
      const auto stretches = costs.within(cutoff);
      EXPECT_TRUE(std::is_sorted(stretches.begin(), stretches.end(), [](const RoadStretch& a, const RoadStretch& b) {
        return a.road != b.road ? a.road < b.road : a.end < b.begin;
      }));
      const auto check = [&](const RoadIndex road, const double fraction) {
        const std::uint32_t cost = costs.at(road, fraction);
        ASSERT_EQ(covers(stretches, road, fraction), cost != kNoPath && cost <= cutoff)
            << "seed " << seed << " road " << road.value() << " at " << fraction;
      };
      for (const RoadStretch& each : stretches) {
        ++ends;
        check(each.road, each.begin);
        check(each.road, each.end);
        check(each.road, std::max(0.0, std::nextafter(each.begin, -1.0)));
        check(each.road, std::min(1.0, std::nextafter(each.end, 2.0)));
      }
      for (std::size_t road = 0; road < network.roads.size(); ++road) {
        for (int k = 0; k <= 20; ++k) {
          check(RoadIndex{road}, k / 20.0);
        }
      }
      for (const RoadStretch& each : narrower) {
        EXPECT_TRUE(covers(stretches, each.road, each.begin) && covers(stretches, each.road, each.end)) << "nested";
      }
      EXPECT_GE(length_m(network, stretches) + 1e-9, length_m(network, narrower));
      narrower = stretches;
    }
  }
  EXPECT_GT(ends, 1'000U);
}

TEST(ServiceArea, HoldsTurnRestrictionsThroughTheStates) {
  auto map = ascii_roads({
      "A---B---C",
      "    |",
      "    D",
  });
  RoadNetworkParts parts;
  parts.nodes.assign(map.network.nodes.begin(), map.network.nodes.end());
  parts.roads.assign(map.network.roads.begin(), map.network.roads.end());
  parts.shape_first.assign(map.network.shape_first.begin(), map.network.shape_first.end());
  const RoadIndex ab{0};
  const RoadIndex bc{1};
  const RoadIndex bd{2};
  parts.restriction_arcs = {forward_arc(ab).value(), forward_arc(bd).value()};  // no right turn
  parts.restriction_first = {0, 2};
  parts.restriction_mandatory = {0};
  const RoadNetwork network = make_road_network(std::move(parts));
  const SearchGraph graph = build_search_graph(network, {});
  const auto weights = move_weights(network, graph, RoadMetric::travel_time_ms);
  const ServiceOrigin origin{{.road = ab, .fraction = 0.5}, 0};
  const auto costs = [&](const Direction direction) {
    const MoveLists lists = make_move_lists(graph, weights, direction);
    DijkstraQuery query(lists);
    std::vector<Terminal> terminals;
    if (direction == Direction::forward) {
      terminals = {{graph.arrival[forward_arc(ab).value()], 2'000}, {graph.arrival[backward_arc(ab).value()], 2'000}};
    } else {
      for (const ArcIndex arc : {forward_arc(ab), backward_arc(ab)}) {
        for (std::uint32_t state = 0; state < graph.states(); ++state) {
          for (auto move = graph.first_out[state]; move < graph.first_out[state + 1]; ++move) {
            if (graph.arc[move] == arc.value()) {
              terminals.push_back({state, 2'000});
            }
          }
        }
      }
    }
    query.run(terminals);
    return PositionCosts{network, arc_costs_of(network, graph, query, direction),
                         std::span<const ServiceOrigin>{&origin, 1}};
  };
  const PositionCosts from = costs(Direction::forward);
  EXPECT_EQ(from.at(bc, 0.5), 4'000U);
  EXPECT_EQ(from.at(bd, 0.5), 2'000U + 4'000U + 4'000U + 1'000U) << "by C, where one may turn round";
  const PositionCosts to = costs(Direction::backward);
  EXPECT_EQ(to.at(bd, 0.5), 1'000U + 2'000U) << "the way back is free";
}

TEST(ServiceArea, CountsTheTurnIntoAnArc) {
  const auto map = ascii_roads({
      "A---B---C",
      "    |",
      "    D",
  });
  const SearchGraph graph = build_search_graph(map.network, {.right_angle_turn_ms = 700});
  const auto weights = move_weights(map.network, graph, RoadMetric::travel_time_ms);
  const MoveLists lists = make_move_lists(graph, weights, Direction::forward);
  DijkstraQuery query(lists);
  query.run(std::vector<Terminal>{{graph.arrival[forward_arc(RoadIndex{0}).value()], 1'000}});
  const PositionCosts costs(map.network, arc_costs_of(map.network, graph, query, Direction::forward), {});
  EXPECT_EQ(costs.at(RoadIndex{1}, 0.5), 1'000U + 2'000U) << "straight on";
  EXPECT_EQ(costs.at(RoadIndex{2}, 0.5), 1'000U + 700U + 1'000U);
}

TEST(ServiceArea, IsTheSameOnOneThreadAndOnMany) {
  const RoadNetwork network = make_road_network(testing::random_road_parts(3, {.nodes = 300, .roads = 40'000}));
  const std::vector<ServiceOrigin> origins{{{.road = RoadIndex{17}, .fraction = 0.3}, 5}};
  const PositionCosts costs(network, arc_costs_of_nodes(network, std::vector<std::uint32_t>(300, 1'000), Direction::forward),
                            origins);
  const auto stretches = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return costs.within(50'000);
  };
  EXPECT_EQ(stretches(1), stretches(4));
  const auto costs_with = [](const std::vector<std::size_t>& arcs) {
    ArcCosts made;
    for (const std::size_t arc : arcs) {
      made.costs.push_back({ArcIndex{arc}, 1});
    }
    return made;
  };
  EXPECT_NO_THROW(PositionCosts(network, costs_with({0, 79'999}), origins));
  for (const std::vector<std::size_t>& arcs : std::vector<std::vector<std::size_t>>{{3, 3}, {4, 2}, {80'000}}) {
    EXPECT_THROW(PositionCosts(network, costs_with(arcs), origins), ArgumentError);
  }
}

}  // namespace
}  // namespace maillage
