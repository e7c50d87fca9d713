#include "engine/network/lanes.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

#define LANE_LEVEL_RUN run_chosen
#include "tests/support/run_lane_level.hpp"

namespace maillage {
namespace {

using lane_levels::Input;
using lane_levels::Output;
using lane_levels::Pairs;

Pairs pairs_of(const Column<HierarchyArc>& arcs) {
  Pairs pairs;
  for (const HierarchyArc& arc : arcs) {
    pairs.emplace_back(arc.place, arc.weight);
  }
  return pairs;
}

Input input_of(const RoadNetworkParts& parts, const std::uint64_t seed, const std::uint32_t cutoff) {
  const testing::SearchableRoads roads(parts);
  const ContractionHierarchy& hierarchy = roads.hierarchy;
  const auto copy = [](const Column<std::uint32_t>& column) {
    return std::vector<std::uint32_t>(column.begin(), column.end());
  };
  Input input{.place_of_state = copy(hierarchy.place_of_state),
              .state_of_place = copy(hierarchy.state_of_place),
              .up_first = copy(hierarchy.up_first),
              .up_arcs = pairs_of(hierarchy.up_arcs),
              .down_first = copy(hierarchy.down_first),
              .down_arcs = pairs_of(hierarchy.down_arcs),
              .origins = std::vector<Pairs>(75),
              .facilities = std::vector<Pairs>(101),
              .cutoff = cutoff};
  std::mt19937_64 random(seed);
  for (std::vector<Pairs>* places : {&input.origins, &input.facilities}) {
    for (Pairs& place : *places) {
      for (std::size_t k = random() % 3; k > 0; --k) {
        place.emplace_back(random() % roads.graph.states(), random() % 2 == 0 ? 0 : 2 * kLongestArc - random() % 9);
      }
    }
  }
  return input;
}

/// Of roads with times from none to the longest there may be, so that sums come to the last bit of a lane.
void expect_the_same_on_all(Output (*run)(const Input&)) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RoadNetworkParts parts =
        seed % 2 == 0 ? testing::tangled_road_parts(seed) : testing::random_road_parts(seed, {.nodes = 90, .roads = 150});
    if (seed % 4 == 1) {
      for (Road& road : parts.roads) {
        road.forward_ms = road.forward_ms == kClosed ? kClosed : kLongestArc - road.forward_ms % 100;
      }
    }
    for (const std::uint32_t cutoff : {40'000U, kNoPath - 1}) {
      const Input input = input_of(parts, seed, cutoff);
      ASSERT_EQ(run(input), lane_levels::run_chosen(input)) << "seed " << seed;
    }
  }
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
TEST(Lanes, AreTheSameWithAvx512) {
  if (__builtin_cpu_supports("avx512f") == 0) {
    GTEST_SKIP() << "this processor has no AVX-512";
  }
  expect_the_same_on_all(lane_levels::run_avx512);
}

TEST(Lanes, AreTheSameWithAvx2) {
  if (__builtin_cpu_supports("avx2") == 0) {
    GTEST_SKIP() << "this processor has no AVX2";
  }
  expect_the_same_on_all(lane_levels::run_avx2);
}
#endif

TEST(Lanes, AreTheSameOnAnyProcessor) {
  expect_the_same_on_all(lane_levels::run_baseline);
}

}  // namespace
}  // namespace maillage
