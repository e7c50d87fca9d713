#include "engine/network/nearest_sweep.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/error.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::SearchableRoads;
using testing::tangled_road_parts;

Csr<FacilityIndex, Terminal> random_facilities(std::mt19937_64& random, const std::size_t states, const std::size_t count) {
  Csr<FacilityIndex, Terminal> facilities;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<Terminal> row(states == 0 ? 0 : random() % 3);
    for (Terminal& terminal : row) {
      terminal = {static_cast<std::uint32_t>(random() % states), static_cast<std::uint32_t>(random() % 4) * 100};
    }
    facilities.push_row(row);
  }
  return facilities;
}

/// By one search of Dijkstra per facility against the trips, then by sorting.
std::vector<FacilityDistance> nearest_by_sorting(const SearchableRoads& roads,
                                                 const Csr<FacilityIndex, Terminal>& facilities, const Direction direction,
                                                 const std::size_t k) {
  const MoveLists lists = make_move_lists(roads.graph, roads.weights, opposite(direction));
  DijkstraQuery query(lists);
  std::vector<std::vector<FacilityDistance>> all(roads.graph.states());
  for (const FacilityIndex facility : facilities.indices()) {
    query.run(facilities[facility]);
    for (const std::uint32_t state : query.reached()) {
      all[state].push_back({query.distance(state), facility});
    }
  }
  std::vector<FacilityDistance> nearest;
  for (std::uint32_t place = 0; place < roads.hierarchy.places(); ++place) {
    std::vector<FacilityDistance>& here = all[roads.hierarchy.state_of_place[place]];
    std::sort(here.begin(), here.end());
    here.resize(k);
    nearest.insert(nearest.end(), here.begin(), here.end());
  }
  return nearest;
}

std::vector<FacilityDistance> nearest_by_sweep(const SearchableRoads& roads, const Csr<FacilityIndex, Terminal>& facilities,
                                               const Direction direction, const std::size_t k) {
  const NearestFacilities nearest = nearest_of_all_places(roads.hierarchy, facilities, direction, k);
  EXPECT_EQ(nearest.places(), roads.hierarchy.places());
  EXPECT_EQ(nearest.ranks(), k);
  std::vector<FacilityDistance> all;
  for (std::size_t place = 0; place < nearest.places(); ++place) {
    for (std::size_t rank = 0; rank < k; ++rank) {
      all.push_back(nearest.at(place, rank));
    }
  }
  return all;
}

TEST(NearestSweep, GivesTheFirstOfASortedTable) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const SearchableRoads roads(tangled_road_parts(seed));
    std::mt19937_64 random(seed);
    const auto facilities = random_facilities(random, roads.graph.states(), random() % 12);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      for (const std::size_t k : {1U, 2U, 3U, 15U}) {
        ASSERT_EQ(nearest_by_sweep(roads, facilities, direction, k), nearest_by_sorting(roads, facilities, direction, k))
            << "seed " << seed << ", k " << k;
      }
    }
  }
}

TEST(NearestSweep, BreaksTiesByTheLowerFacilityInATown) {
  RoadNetworkParts parts = testing::random_road_parts(8, {.nodes = 600, .roads = 1'300});
  for (Road& road : parts.roads) {  // few different times: many ties
    road.forward_ms = road.forward_ms == kClosed ? kClosed : road.forward_ms % 3;
    road.backward_ms = road.backward_ms == kClosed ? kClosed : road.backward_ms % 3;
  }
  const SearchableRoads roads(std::move(parts));
  std::mt19937_64 random(8);
  const auto facilities = random_facilities(random, roads.graph.states(), 50);
  for (const std::size_t k : {1U, 3U}) {
    EXPECT_EQ(nearest_by_sweep(roads, facilities, Direction::forward, k),
              nearest_by_sorting(roads, facilities, Direction::forward, k));
  }
}

TEST(NearestSweep, SurvivesNothing) {
  const SearchableRoads nothing(RoadNetworkParts{});
  EXPECT_TRUE(nearest_by_sweep(nothing, {}, Direction::forward, 1).empty());
  const SearchableRoads roads(tangled_road_parts(4));
  for (const FacilityDistance& nearest : nearest_by_sweep(roads, {}, Direction::forward, 2)) {
    EXPECT_EQ(nearest, FacilityDistance{});
  }
  EXPECT_THROW((void)nearest_of_all_places(roads.hierarchy, {}, Direction::forward, 0), ArgumentError);
}

}  // namespace
}  // namespace maillage
