#include "engine/network/road_path.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::random_snaps;
using testing::road_table;
using testing::RoadOracle;
using testing::SearchableRoads;
using testing::tangled_road_parts;

struct Driven {
  std::uint64_t weight = 0;
  double length_cm = 0;
};

/// What driving the arcs of a path takes, from place to place, counted afresh; `weight_of` what an arc weighs.
Driven drive(const RoadModel& model, const RoadOracle& oracle, const Snap& from, const Snap& to,
             const std::vector<ArcIndex>& arcs) {
  Driven driven{.weight = std::uint64_t{access_weight(model, from)} + access_weight(model, to),
                .length_cm = (from.access_m + to.access_m) * 100};
  for (const ArcIndex arc : arcs) {
    driven.weight += oracle.weight(arc.value());
    driven.length_cm += model.network.road(road_of(arc)).length_cm;
  }
  const auto share = [&](const ArcIndex arc, const Snap& snap) {
    return (is_backward(arc) ? 1 - snap.fraction : snap.fraction) * model.network.road(road_of(arc)).length_cm;
  };
  driven.weight -= oracle.position(arcs.front().value(), from);
  driven.weight -= oracle.weight(arcs.back().value()) - oracle.position(arcs.back().value(), to);
  driven.length_cm -= share(arcs.front(), from);
  driven.length_cm -= model.network.road(road_of(arcs.back())).length_cm - share(arcs.back(), to);
  return driven;
}

double plane_length_m(const RoadNetwork& network, const RoadIndex road) {
  double length_m = 0;
  for (std::size_t k = 0; k < road_segments(network, road); ++k) {
    length_m += distance_m(road_vertex(network, road, k), road_vertex(network, road, k + 1));
  }
  return length_m;
}

/// With the position that its fraction means, which random snaps leave out.
Snap placed(const RoadNetwork& network, Snap snap) {
  double left_m = snap.fraction * plane_length_m(network, snap.road);
  snap.position = road_vertex(network, snap.road, 0);
  for (std::size_t k = 0; k < road_segments(network, snap.road) && left_m > 0; ++k) {
    const Point& a = road_vertex(network, snap.road, k);
    const Point& b = road_vertex(network, snap.road, k + 1);
    const double segment_m = distance_m(a, b);
    const double along = segment_m > 0 ? std::min(left_m / segment_m, 1.0) : 0;
    snap.position = {a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
    left_m -= segment_m;
  }
  return snap;
}

/// From place to place, and as long as the driven parts of the roads' shapes.
void expect_line_of_path(const RoadModel& model, const RoadPath& path, const Snap& from, const Snap& to) {
  const std::vector<Point> line = road_path_line(model.network, path, from, to);
  ASSERT_GE(line.size(), 2U);
  ASSERT_EQ(line.front(), from.position);
  ASSERT_EQ(line.back(), to.position);
  double drawn_m = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    drawn_m += distance_m(line[k], line[k + 1]);
  }
  double expected_m = 0;
  for (const ArcIndex arc : path.arcs) {
    expected_m += plane_length_m(model.network, road_of(arc));
  }
  const auto share = [&](const ArcIndex arc, const Snap& snap) {
    return (is_backward(arc) ? 1 - snap.fraction : snap.fraction) * plane_length_m(model.network, road_of(arc));
  };
  expected_m -= share(path.arcs.front(), from);
  expected_m -= plane_length_m(model.network, road_of(path.arcs.back())) - share(path.arcs.back(), to);
  ASSERT_NEAR(drawn_m, std::abs(expected_m), 1e-3);
}

void expect_paths_of_the_table(const SearchableRoads& roads, const UTurns u_turns, const std::vector<Snap>& origins,
                               const std::vector<Snap>& facilities) {
  const RoadModel model = roads.model();
  const RoadOracle oracle(roads.network, u_turns, roads.metric);
  const auto table = road_table(model, origins, facilities);
  for (std::size_t row = 0; row < origins.size(); ++row) {
    for (std::size_t k = 0; k < facilities.size(); ++k) {
      const auto path = find_road_path(model, origins[row], facilities[k]);
      const std::uint32_t weight = table[row * facilities.size() + k];
      ASSERT_EQ(path.has_value(), weight != kNoPath);
      if (!path) {
        continue;
      }
      ASSERT_EQ(path->weight, weight);
      ASSERT_FALSE(path->arcs.empty());
      ASSERT_EQ(road_of(path->arcs.front()), origins[row].road);
      ASSERT_EQ(road_of(path->arcs.back()), facilities[k].road);
      ASSERT_TRUE(oracle.may_drive(path->arcs)) << "connected, open and no forbidden turn";
      const Driven driven = drive(model, oracle, origins[row], facilities[k], path->arcs);
      ASSERT_EQ(driven.weight, weight);
      ASSERT_NEAR(path->length_cm, std::max(0.0, driven.length_cm), 0.5);
      expect_line_of_path(model, *path, placed(model.network, origins[row]), placed(model.network, facilities[k]));
    }
  }
}

TEST(RoadPath, CostsWhatTheTableSaysAndObeysTheRules) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const UTurns u_turns = seed % 3 == 0 ? UTurns::dead_ends_only : UTurns::allowed;
    const SearchableRoads roads(
        tangled_road_parts(seed),
        {.graph = {.u_turns = u_turns}, .metric = seed % 2 == 0 ? RoadMetric::travel_time_ms : RoadMetric::length_cm});
    ASSERT_NO_FATAL_FAILURE(expect_paths_of_the_table(roads, u_turns, random_snaps(roads.network, seed, 8),
                                                      random_snaps(roads.network, seed + 1'000, 8)))
        << "seed " << seed;
  }
}

TEST(RoadPath, CrossesATown) {
  RoadNetworkParts parts = testing::random_road_parts(9, {.nodes = 300, .roads = 600});
  std::mt19937_64 random(9);
  for (Road& road : parts.roads) {
    road.length_cm = static_cast<std::uint32_t>(random() % 100'000);
  }
  testing::add_random_restrictions(parts, random, 80);
  const SearchableRoads roads(std::move(parts), {.graph = {.u_turns = UTurns::dead_ends_only}});
  expect_paths_of_the_table(roads, UTurns::dead_ends_only, random_snaps(roads.network, 1, 30),
                            random_snaps(roads.network, 2, 30));
}

/// Backward takes no time at all, so that all of the road is one place for who drives that way.
TEST(RoadPath, DrivesTheDirectionThatItsCostIsOf) {
  RoadNetworkParts parts;
  parts.nodes = {{0, 0}, {100, 0}};
  parts.roads = {{.from = RoadNodeIndex{std::size_t{0}},
                  .to = RoadNodeIndex{std::size_t{1}},
                  .forward_ms = 10'000,
                  .backward_ms = 0,
                  .length_cm = 10'000}};
  parts.shape_first = {0, 0};
  const SearchableRoads roads(std::move(parts));
  const RoadModel model = roads.model();
  const Snap west{.road = RoadIndex{std::size_t{0}}, .fraction = 0.25};
  const Snap east{.road = RoadIndex{std::size_t{0}}, .fraction = 0.75};
  for (const auto& [from, to] : {std::pair{west, east}, std::pair{east, west}}) {
    const auto path = find_road_path(model, from, to);
    ASSERT_TRUE(path.has_value());
    EXPECT_EQ(path->weight, road_table(model, {from}, {to}).front());
    EXPECT_EQ(path->weight, 0U);
    EXPECT_EQ(path->arcs, std::vector<ArcIndex>{backward_arc(west.road)});
  }
}

TEST(RoadPath, IsNoneWithoutARoad) {
  const SearchableRoads roads(tangled_road_parts(7));
  EXPECT_FALSE(find_road_path(roads.model(), Snap{}, Snap{}).has_value());
}

}  // namespace
}  // namespace maillage
