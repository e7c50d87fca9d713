#include "engine/accessibility/flow_forest.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace maillage::access {
namespace {

struct Instance {
  std::vector<FlowArc> arcs;
  std::vector<double> width;
  std::size_t origins = 0;
};

double sum_of(const Instance& instance) {
  std::vector<double> demand(instance.width.size());
  double sum = 0;
  for (const FlowArc& arc : instance.arcs) {
    demand[arc.facility] += arc.flow;
    sum += arc.cost * arc.flow;
  }
  for (std::size_t j = 0; j < demand.size(); ++j) {
    sum += demand[j] * demand[j] / (2 * instance.width[j]);
  }
  return sum;
}

std::vector<double> people_of(const Instance& instance) {
  std::vector<double> people(instance.origins);
  for (const FlowArc& arc : instance.arcs) {
    people[arc.origin] += arc.flow;
  }
  return people;
}

Instance random_instance(const unsigned seed, const bool whole_costs) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> real(0.1, 10);
  Instance instance;
  instance.origins = 2 + random() % 8;
  instance.width.resize(1 + random() % 6);
  for (double& width : instance.width) {
    width = real(random);
  }
  for (std::uint32_t i = 0; i < instance.origins; ++i) {
    for (std::uint32_t j = 0; j < instance.width.size(); ++j) {
      if (random() % 3 != 0) {
        const double cost = whole_costs ? static_cast<double>(random() % 4) : real(random);
        instance.arcs.push_back(
            {.origin = i, .facility = j, .cost = cost, .flow = real(random)});
      }
    }
  }
  return instance;
}

TEST(FlowForest, EvensTwoFacilitiesOut) {
  // 100 people, w = 100 each, costs 0 and 0.5: D / 100 equal up to 0.5.
  std::vector<FlowArc> arcs{{.origin = 0, .facility = 0, .cost = 0, .flow = 1},
                            {.origin = 0, .facility = 1, .cost = 0.5, .flow = 99}};
  settle_flows(arcs, std::vector<double>{100, 100}, 1);
  EXPECT_NEAR(arcs[0].flow, 75, 1e-12);
  EXPECT_NEAR(arcs[1].flow, 25, 1e-12);
}

TEST(FlowForest, CutsAnArcThatIsNotWorthIt) {
  std::vector<FlowArc> arcs{{.origin = 0, .facility = 0, .cost = 0, .flow = 50},
                            {.origin = 0, .facility = 1, .cost = 9, .flow = 50}};
  settle_flows(arcs, std::vector<double>{100, 100}, 1);
  EXPECT_NEAR(arcs[0].flow, 100, 1e-12);
  EXPECT_EQ(arcs[1].flow, 0);
}

TEST(FlowForest, KeepsPeopleNeverRisesAndStaysPut) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    Instance instance = random_instance(seed, seed % 2 == 0);
    const double before = sum_of(instance);
    const auto people = people_of(instance);
    settle_flows(instance.arcs, instance.width, instance.origins);
    const double once = sum_of(instance);
    EXPECT_LE(once, before * (1 + 1e-12)) << seed;
    const auto kept = people_of(instance);
    for (std::size_t i = 0; i < people.size(); ++i) {
      EXPECT_NEAR(kept[i], people[i], 1e-9) << seed;
    }
    for (const FlowArc& arc : instance.arcs) {
      EXPECT_GE(arc.flow, 0) << seed;
    }
    // Arcs in use cost the same to an origin: no way to be better with these arcs but by bringing an empty one back.
    std::vector<double> demand(instance.width.size());
    for (const FlowArc& arc : instance.arcs) {
      demand[arc.facility] += arc.flow;
    }
    std::map<std::uint32_t, double> level;
    for (const FlowArc& arc : instance.arcs) {
      if (arc.flow > 1e-9) {
        const double cost = demand[arc.facility] / instance.width[arc.facility] + arc.cost;
        const auto [known, is_new] = level.emplace(arc.origin, cost);
        EXPECT_TRUE(is_new || std::abs(known->second - cost) < 1e-7 * (1 + cost)) << seed;
      }
    }
  }
}

TEST(FlowForest, OfNothingIsNothing) {
  std::vector<FlowArc> arcs;
  settle_flows(arcs, std::vector<double>{1, 2}, 3);
  EXPECT_TRUE(arcs.empty());
}

}  // namespace
}  // namespace maillage::access
