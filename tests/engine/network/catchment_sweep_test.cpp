#include "engine/network/catchment_sweep.hpp"

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

using Starts = std::vector<std::vector<Terminal>>;

Starts random_starts(std::mt19937_64& random, const std::size_t states, const std::size_t count) {
  Starts starts(count);
  for (std::vector<Terminal>& row : starts) {
    row.resize(states == 0 ? 0 : random() % 4);
    for (Terminal& terminal : row) {
      terminal = {static_cast<std::uint32_t>(random() % states), static_cast<std::uint32_t>(random() % 2'000)};
    }
  }
  return starts;
}

/// Per start and state; every state is visited once at most, and only if some start reaches it.
std::vector<std::vector<std::uint32_t>> catchments(CatchmentSweep& sweep, const std::size_t states, const Starts& starts,
                                                   const std::uint32_t cutoff) {
  std::vector<std::vector<std::uint32_t>> distances(starts.size(), std::vector<std::uint32_t>(states, kNoPath));
  std::vector<std::uint8_t> seen(states);
  sweep.run(std::vector<std::span<const Terminal>>(starts.begin(), starts.end()), cutoff,
            [&](const std::span<const std::uint32_t> reached_states, const std::span<const Lanes> rows) {
              ASSERT_EQ(reached_states.size(), rows.size());
              for (std::size_t k = 0; k < rows.size(); ++k) {
                EXPECT_EQ(seen[reached_states[k]]++, 0);
                bool reached = false;
                for (std::size_t lane = 0; lane < kLanes; ++lane) {
                  reached = reached || rows[k].at[lane] != kNoPath;
                  if (lane < starts.size()) {
                    distances[lane][reached_states[k]] = rows[k].at[lane];
                  } else {
                    EXPECT_EQ(rows[k].at[lane], kNoPath);
                  }
                }
                EXPECT_TRUE(reached);
              }
            });
  return distances;
}

void expect_exact(const SearchableRoads& roads, std::mt19937_64& random, const std::vector<std::uint32_t>& cutoffs) {
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    const auto arcs = CatchmentSweep::make_downward_arcs(roads.hierarchy, direction);
    CatchmentSweep sweep(roads.hierarchy, arcs);  // used again and again
    const MoveLists lists = make_move_lists(roads.graph, roads.weights, direction);
    DijkstraQuery query(lists);
    for (const std::uint32_t cutoff : cutoffs) {
      const Starts starts = random_starts(random, roads.graph.states(), random() % (kLanes + 1));
      const auto found = catchments(sweep, roads.graph.states(), starts, cutoff);
      for (std::size_t k = 0; k < starts.size(); ++k) {
        query.run(starts[k], cutoff);
        ASSERT_TRUE(std::equal(found[k].begin(), found[k].end(), query.distances().begin())) << "cutoff " << cutoff;
      }
    }
  }
}

TEST(CatchmentSweep, GivesTheDistancesOfBoundedDijkstra) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const SearchableRoads roads(tangled_road_parts(seed));
    std::mt19937_64 random(seed);
    ASSERT_NO_FATAL_FAILURE(expect_exact(roads, random, {0, 500, 3'000, 90'000, kNoPath - 1, kNoPath})) << "seed " << seed;
  }
}

TEST(CatchmentSweep, GivesThemInATown) {
  RoadNetworkParts parts = testing::random_road_parts(31, {.nodes = 5'000, .roads = 9'000, .on_grid = true});
  std::mt19937_64 random(31);
  testing::add_random_restrictions(parts, random, 300);
  const SearchableRoads roads(std::move(parts));
  expect_exact(roads, random, {0, 100'000, 300'000, 800'000, kNoPath - 1});
}

TEST(CatchmentSweep, RefusesMoreStartsThanLanes) {
  const SearchableRoads roads(tangled_road_parts(4));
  const auto arcs = CatchmentSweep::make_downward_arcs(roads.hierarchy, Direction::forward);
  CatchmentSweep sweep(roads.hierarchy, arcs);
  EXPECT_THROW(sweep.run(std::vector<std::span<const Terminal>>(kLanes + 1), 1,
                         [](std::span<const std::uint32_t>, std::span<const Lanes>) {}),
               ArgumentError);
}

}  // namespace
}  // namespace maillage
