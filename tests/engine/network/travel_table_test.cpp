#include "engine/network/travel_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/catchment_sweep.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::SearchableRoads;
using testing::tangled_road_parts;

/// Up to three terminals a place: some with none, some twice the same.
template <typename I>
Csr<I, Terminal> random_terminals(std::mt19937_64& random, const std::size_t states, const std::size_t count) {
  Csr<I, Terminal> terminals;
  std::vector<Terminal> row;
  for (std::size_t k = 0; k < count; ++k) {
    if (k % 5 != 4) {
      row.clear();
      for (std::size_t n = states == 0 ? 0 : random() % 4; n > 0; --n) {
        row.push_back({static_cast<std::uint32_t>(random() % states), static_cast<std::uint32_t>(random() % 50'000)});
      }
    }
    terminals.push_row(row);
  }
  return terminals;
}

std::vector<std::uint32_t> table_of(const ContractionHierarchy& hierarchy, const Csr<OriginIndex, Terminal>& origins,
                                    const Csr<FacilityIndex, Terminal>& facilities, const TableOptions& options) {
  std::vector<std::uint32_t> table;
  stream_table(hierarchy, origins, facilities, options, [&](const OriginIndex first, const auto rows) {
    EXPECT_EQ(first.value() * facilities.rows(), table.size()) << "blocks in order, none missing";
    table.insert(table.end(), rows.begin(), rows.end());
  });
  return table;
}

/// The same with one search of Dijkstra per origin.
std::vector<std::uint32_t> oracle_table(const SearchableRoads& roads, const Csr<OriginIndex, Terminal>& origins,
                                        const Csr<FacilityIndex, Terminal>& facilities, const TableOptions& options) {
  const MoveLists lists = make_move_lists(roads.graph, roads.weights, options.direction);
  DijkstraQuery query(lists);
  std::vector<std::uint32_t> table;
  for (const OriginIndex origin : origins.indices()) {
    query.run(origins[origin]);
    for (const FacilityIndex facility : facilities.indices()) {
      std::uint32_t least = kNoPath;
      for (const Terminal& end : facilities[facility]) {
        least = std::min(least, query.distance(end.state) + end.weight);
      }
      table.push_back(least <= options.cutoff ? least : kNoPath);
    }
  }
  return table;
}

TEST(TravelTable, GivesTheDistancesOfDijkstra) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const SearchableRoads roads(tangled_road_parts(seed),
                                {.metric = seed % 2 == 0 ? RoadMetric::travel_time_ms : RoadMetric::length_cm});
    std::mt19937_64 random(seed);
    const auto origins = random_terminals<OriginIndex>(random, roads.graph.states(), random() % 80);
    const auto facilities = random_terminals<FacilityIndex>(random, roads.graph.states(), random() % 80);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      for (const std::uint32_t cutoff : {0U, 30'000U, 120'000U, kNoPath - 1}) {
        const TableOptions options{.direction = direction, .cutoff = cutoff, .block_bytes = 1};
        ASSERT_EQ(table_of(roads.hierarchy, origins, facilities, options), oracle_table(roads, origins, facilities, options))
            << "seed " << seed << ", cutoff " << cutoff;
      }
    }
  }
}

/// Arcs of eleven days each: a path of three is none, and no sum may run over.
TEST(TravelTable, KeepsTheHeaviestArcsWithoutOverflow) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RoadNetworkParts parts = testing::random_road_parts(seed, {.nodes = 30, .roads = 60});
    for (Road& road : parts.roads) {
      road.forward_ms = road.forward_ms == kClosed ? kClosed : kLongestArc - road.forward_ms % 3;
      road.backward_ms = road.backward_ms == kClosed ? kClosed : kLongestArc / (1 + road.backward_ms % 4);
    }
    const SearchableRoads roads(std::move(parts));
    Csr<OriginIndex, Terminal> origins;
    Csr<FacilityIndex, Terminal> facilities;
    for (std::uint32_t state = 0; state < roads.graph.states(); ++state) {
      const std::uint32_t weight = state % 3 == 0 ? 0 : state % 3 == 1 ? kLongestArc : 2 * kLongestArc;
      origins.push_row(std::vector<Terminal>{{state, weight}});
      facilities.push_row(std::vector<Terminal>{{state, 0}});
    }
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      const TableOptions options{.direction = direction};
      ASSERT_EQ(table_of(roads.hierarchy, origins, facilities, options), oracle_table(roads, origins, facilities, options))
          << "seed " << seed;
      const auto nearest = nearest_of_all_places(roads.hierarchy, facilities, direction, 2);
      const auto arcs = CatchmentSweep::make_downward_arcs(roads.hierarchy, direction);
      CatchmentSweep sweep(roads.hierarchy, arcs);
      const MoveLists lists = make_move_lists(roads.graph, roads.weights, direction);
      DijkstraQuery query(lists);
      for (const OriginIndex origin : origins.indices()) {
        query.run(origins[origin]);
        std::vector<std::uint32_t> found(roads.graph.states(), kNoPath);
        sweep.run(std::vector{origins[origin]}, kNoPath - 1,
                  [&](const std::span<const std::uint32_t> states, const std::span<const Lanes> rows) {
                    for (std::size_t k = 0; k < states.size(); ++k) {
                      found[states[k]] = rows[k].at[0];
                    }
                  });
        ASSERT_TRUE(std::equal(found.begin(), found.end(), query.distances().begin())) << "seed " << seed;
        query.run(std::vector<Terminal>{{origin.value(), 0}});
        std::vector<std::uint32_t> sorted(query.distances().begin(), query.distances().end());
        std::sort(sorted.begin(), sorted.end());
        const std::size_t place = roads.hierarchy.place_of_state[origin.value()];
        ASSERT_EQ(nearest.at(place, 0).distance, sorted[0]);
        ASSERT_EQ(nearest.at(place, 1).distance, sorted[1]) << "seed " << seed;
      }
    }
  }
}

SearchableRoads town() {
  RoadNetworkParts parts = testing::random_road_parts(21, {.nodes = 900, .roads = 1'800, .on_grid = true});
  std::mt19937_64 random(21);
  testing::add_random_restrictions(parts, random, 100);
  return SearchableRoads(std::move(parts), {.graph = {.u_turns = UTurns::dead_ends_only}});
}

TEST(TravelTable, IsExactOverSeveralTilesOfFacilities) {
  const SearchableRoads roads = town();
  std::mt19937_64 random(4);
  const auto origins = random_terminals<OriginIndex>(random, roads.graph.states(), 70);
  const auto facilities = random_terminals<FacilityIndex>(random, roads.graph.states(), 13'001);
  for (const TableOptions& options :
       {TableOptions{}, TableOptions{.direction = Direction::backward, .cutoff = 400'000, .block_bytes = 1}}) {
    EXPECT_EQ(table_of(roads.hierarchy, origins, facilities, options), oracle_table(roads, origins, facilities, options));
  }
}

TEST(TravelTable, IsTheSameOnOneThreadAndOnManyAndInAnyBlocks) {
  const SearchableRoads roads = town();
  std::mt19937_64 random(6);
  const auto origins = random_terminals<OriginIndex>(random, roads.graph.states(), 333);
  const auto facilities = random_terminals<FacilityIndex>(random, roads.graph.states(), 222);
  const auto on_threads = [&](const std::size_t threads, const std::size_t block_bytes) {
    const ThreadLimit limit(threads);
    return table_of(roads.hierarchy, origins, facilities, {.block_bytes = block_bytes});
  };
  const std::vector<std::uint32_t> one = on_threads(1, std::size_t{64} << 20U);
  EXPECT_EQ(one, on_threads(2, std::size_t{64} << 20U));
  EXPECT_EQ(one, on_threads(2, 1));
  EXPECT_EQ(one, on_threads(1, 100'000));
}

TEST(TravelTable, IsTheSameInWhateverOrderItSweeps) {
  const SearchableRoads roads = town();
  std::mt19937_64 random(3);
  const auto origins = random_terminals<OriginIndex>(random, roads.graph.states(), 170);
  const auto facilities = random_terminals<FacilityIndex>(random, roads.graph.states(), 90);
  const auto expected = table_of(roads.hierarchy, origins, facilities, {});
  std::vector<std::uint64_t> origin_keys(origins.rows());
  std::vector<std::uint64_t> facility_keys(facilities.rows());
  for (int round = 0; round < 5; ++round) {
    for (std::vector<std::uint64_t>* keys : {&origin_keys, &facility_keys}) {
      std::generate(keys->begin(), keys->end(), [&] { return random() % 40; });
    }
    EXPECT_EQ(table_of(roads.hierarchy, origins, facilities, {.origin_keys = origin_keys, .facility_keys = facility_keys}),
              expected);
  }
  origin_keys.pop_back();
  EXPECT_THROW((void)table_of(roads.hierarchy, origins, facilities, {.origin_keys = origin_keys}), ArgumentError);
}

TEST(TravelTable, MayHaveNoRowsOrColumns) {
  const SearchableRoads roads(tangled_road_parts(5));
  std::mt19937_64 random(1);
  const auto some = random_terminals<OriginIndex>(random, roads.graph.states(), 3);
  EXPECT_TRUE(table_of(roads.hierarchy, some, {}, {}).empty());
  EXPECT_TRUE(table_of(roads.hierarchy, {}, random_terminals<FacilityIndex>(random, roads.graph.states(), 3), {}).empty());
}

}  // namespace
}  // namespace maillage
