#include "engine/accessibility/accessibility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

/// Origins, facilities and a full matrix of costs; a cost of kUnreachable is no trip.
struct Instance {
  std::vector<double> population;
  std::vector<double> supply;
  std::vector<std::vector<Cost>> cost;

  [[nodiscard]] TripSource trips() const {
    Csr<OriginIndex, Reach> rows;
    for (const std::vector<Cost>& costs : cost) {
      std::vector<Reach> row;
      for (std::size_t facility = 0; facility < costs.size(); ++facility) {
        if (costs[facility] != kUnreachable) {
          row.push_back({FacilityIndex{facility}, costs[facility]});
        }
      }
      std::sort(row.begin(), row.end(), [](const Reach& a, const Reach& b) {
        return std::pair{a.cost, a.facility} < std::pair{b.cost, b.facility};
      });
      rows.push_row(row);
    }
    return make_trip_source(std::move(rows), supply.size());
  }
  [[nodiscard]] AccessResult measure(const AccessMeasure& wanted) const {
    return measure_access(trips(), {population, supply}, std::span{&wanted, 1}).front();
  }
};

/// Four origins, three facilities, minutes.
Instance golden() {
  return {{1000, 500, 2000, 300}, {10, 5, 20}, {{5, 20, 35}, {12, 8, 25}, {30, 15, 6}, {50, 28, 18}}};
}

Decay steps(const std::vector<SteppedDecay::Step>& steps) {
  return {SteppedDecay{steps}, steps.back().up_to};
}
const Decay kSlow = steps({{10, 1}, {20, 0.68}, {30, 0.22}});

void expect_values(const AccessResult& result, const std::vector<double>& expected, const double tolerance = 5e-10) {
  ASSERT_EQ(result.of_origin.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(result.of_origin[k], expected[k], tolerance) << k;
  }
}

TEST(Accessibility, GivesThePublishedValues) {
  const Instance instance = golden();
  expect_values(instance.measure(CumulativeAccess{30}), {15, 35, 35, 25});
  expect_values(instance.measure(GravityAccess{{ExponentialDecay{0.1}, 100}}),
                {7.345930682, 6.900286912, 12.589754206, 3.677407548});
  expect_values(instance.measure(GravityAccess{{InversePowerDecay{2}, 100}}),
                {0.428826531, 0.179569444, 0.588888889, 0.072105946});
  expect_values(instance.measure(FloatingCatchment{{BinaryDecay{}, 30}}),
                {0.004172932, 0.011315789, 0.011315789, 0.008458647});
  expect_values(instance.measure(FloatingCatchment{kSlow}), {0.006922659, 0.007640343, 0.011183679, 0.006299372});
  expect_values(instance.measure(FloatingCatchment{kSlow, true}), {0.006505161, 0.004934725, 0.009802136, 0.004089405});
  expect_values(instance.measure(ThreeStepCatchment{steps({{10, 0.962}, {20, 0.704}, {30, 0.377}, {60, 0.042}})}),
                {0.008164334, 0.006495547, 0.010467163, 0.008845224});
  expect_values(instance.measure(BalancedCatchment{kSlow}), {0.006137448, 0.006620345, 0.009927663, 0.005645544});
  expect_values(instance.measure(FloatingCatchment{steps({{5, 1}, {10, 0.3}, {15, 0.1}})}),
                {0.009523810, 0.005238095, 0.011428571, 0});
  expect_values(instance.measure(FloatingCatchment{steps({{10, 1}, {15, 0.3}, {20, 0.1}})}),
                {0.009112319, 0.006775362, 0.011102217, 0.000985222});
  expect_values(instance.measure(RationalAgentAccess{30, 100}), {1.087719298, 1.187719298, 1.259210526, 1.659210526});
}

TEST(Accessibility, KnowsOpenFromClosedCutoffs) {
  // The third origin has a facility at exactly 30.
  expect_values(golden().measure(FloatingCatchment{{BinaryDecay{}, 29}}),
                {10.0 / 1500 + 5.0 / 3800, 10.0 / 1500 + 5.0 / 3800 + 20.0 / 2800, 0.008458647, 0.008458647});
}

TEST(Accessibility, FindsTheEquilibriumOfRationalAgents) {
  // One origin of 100, two facilities of 1, 0 and 30 away: 62.5 and 37.5 go, and all pay 1.25.
  const Instance instance{{100}, {1, 1}, {{0, 30}}};
  const AccessResult result = instance.measure(RationalAgentAccess{60, 100});
  EXPECT_TRUE(result.converged);
  EXPECT_NEAR(result.of_origin[0], 1.25, 1e-12);
  EXPECT_NEAR(result.of_facility[0], 62.5, 1e-9);
  EXPECT_NEAR(result.of_facility[1], 37.5, 1e-9);
}

TEST(Accessibility, CountsByCost) {
  const Instance instance = golden();
  expect_values(instance.measure(CostToKth{1}), {5, 8, 6, 18});
  expect_values(instance.measure(CostToKth{3}), {35, 25, 30, 50});
  EXPECT_TRUE(std::isnan(instance.measure(CostToKth{4}).of_origin[0]));
  // 10 people want 10 of supply: at 5; 12 want 15: at 20.
  const Instance few{{10, 12, 36}, {10, 5, 20}, {{5, 20, 35}, {5, 20, 35}, {5, 20, 35}}};
  const AccessResult balance = few.measure(BalancingCost{});
  EXPECT_EQ(balance.of_origin[0], 5);
  EXPECT_EQ(balance.of_origin[1], 20);
  EXPECT_TRUE(std::isnan(balance.of_origin[2]));
  // At 10, 20, 30: 10, 15, 15.
  EXPECT_NEAR(instance.measure(IntervalCumulativeAccess{10, 30, 10, false}).of_origin[0], 40.0 / 3, 1e-12);
  EXPECT_EQ(instance.measure(IntervalCumulativeAccess{10, 30, 10, true}).of_origin[0], 15);
}

TEST(Accessibility, GrowsCatchmentsUntilEnoughAreIn) {
  // The facility's catchment is 10 at least: 100 people are within it, and 50 more at 20 make the 120 that are wanted.
  const Instance instance{{100, 50, 70}, {3}, {{5}, {20}, {40}}};
  const AccessResult result =
      instance.measure(VariableCatchment{.least = 10, .most = 60, .base_population = 120, .enough_ratio = 1});
  EXPECT_DOUBLE_EQ(result.of_facility[0], 3.0 / 150);
  expect_values(result, {0.02, 0.02, 0});
  EXPECT_EQ(result.without_facility, std::vector{OriginIndex{2U}});
  // An origin stops at the first cost that brings enough.
  const Instance two{{1, 1}, {1, 1, 1}, {{1, 20, 30}, {30, 30, 30}}};
  const AccessResult enough =
      two.measure(VariableCatchment{.least = 5, .most = 60, .base_population = 1, .enough_ratio = 1.5});
  EXPECT_DOUBLE_EQ(enough.of_origin[0], 2);
}

TEST(Accessibility, ListsWhatReachesNothing) {
  const Instance instance{{10, 20, 0}, {1, 2, 0}, {{5, kUnreachable, 1}, {kUnreachable, kUnreachable, 1}, {5, 5, 5}}};
  const AccessResult result = instance.measure(FloatingCatchment{{BinaryDecay{}, 30}});
  expect_values(result, {0.1, 0, 0.1});
  EXPECT_EQ(result.without_facility, std::vector{OriginIndex{1U}});
  EXPECT_EQ(result.without_demand, std::vector{FacilityIndex{1U}});
  EXPECT_TRUE(std::isnan(instance.measure(CostToKth{1}).of_origin[1])) << "what has no supply is no facility";
  EXPECT_TRUE(std::isnan(instance.measure(RationalAgentAccess{30, 60}).of_origin[1]));
}

TEST(Accessibility, CrowdsAndSharesSupply) {
  const Instance instance = golden();
  const AccessResult crowd = instance.measure(Crowding{{BinaryDecay{}, 30}});
  // Origin 1 has 15 of supply within 30, 2 and 3 have 35, 4 has 25.
  EXPECT_NEAR(crowd.of_facility[0], 1000.0 / 15 + 500.0 / 35 + 2000.0 / 35, 1e-12);
  EXPECT_NEAR(crowd.of_facility[2], 500.0 / 35 + 2000.0 / 35 + 300.0 / 25, 1e-12);
  const AccessResult shared = instance.measure(SpatialAvailability{{BinaryDecay{}, 30}});
  EXPECT_NEAR(shared.of_origin[0], 10 * 1000.0 / 3500 + 5 * 1000.0 / 3800, 1e-12);
  const AccessResult each = instance.measure(SpatialAvailability{{BinaryDecay{}, 30}, 1, true});
  const AccessResult catchment = instance.measure(FloatingCatchment{{BinaryDecay{}, 30}});
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(each.of_origin[k], catchment.of_origin[k], 1e-15) << "a known identity";
  }
}

Instance random_instance(const std::uint64_t seed, const std::size_t most_origins = 12, const std::size_t most_facilities = 8) {
  std::mt19937_64 random(seed);
  const std::size_t origins = 1 + random() % most_origins;
  const std::size_t facilities = 1 + random() % most_facilities;
  Instance instance;
  for (std::size_t k = 0; k < origins; ++k) {
    instance.population.push_back(random() % 5 == 0 ? 0 : static_cast<double>(1 + random() % 1000));
    instance.cost.emplace_back();
    for (std::size_t j = 0; j < facilities; ++j) {
      instance.cost.back().push_back(random() % 3 == 0 ? kUnreachable : static_cast<Cost>(random() % 60));
    }
  }
  for (std::size_t j = 0; j < facilities; ++j) {
    instance.supply.push_back(random() % 6 == 0 ? 0 : static_cast<double>(1 + random() % 50) / 4);
  }
  return instance;
}

const std::vector<Decay> kDecays{{BinaryDecay{}, 30},          kSlow,
                                 {InversePowerDecay{1.5}, 40}, {ExponentialDecay{0.08}, 45},
                                 {GaussianDecay{20}, 50},      {TruncatedGaussianDecay{}, 35},
                                 {EpanechnikovDecay{}, 35},    {LinearDecay{}, 35},
                                 {LogisticDecay{20, 5}, 50}};

/// What the facilities have that somebody who lives somewhere comes to.
double used_supply(const Instance& instance, const Decay& decay) {
  double sum = 0;
  for (std::size_t j = 0; j < instance.supply.size(); ++j) {
    double demand = 0;
    for (std::size_t i = 0; i < instance.population.size(); ++i) {
      if (instance.cost[i][j] != kUnreachable) {
        demand += instance.population[i] * decay_weight(decay, instance.cost[i][j]);
      }
    }
    sum += demand > 0 ? instance.supply[j] : 0;
  }
  return sum;
}

TEST(AccessibilityProperties, KeepWhatThereIs) {
  for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
    const Instance instance = random_instance(seed);
    const Decay& decay = kDecays[seed % kDecays.size()];
    const double used = used_supply(instance, decay);
    const std::vector<AccessMeasure> measures{FloatingCatchment{decay},
                                              ThreeStepCatchment{decay},
                                              ThreeStepCatchment{decay, ThreeStepCatchment::Huff{0.7, 1.2, 1}},
                                              BalancedCatchment{decay},
                                              SpatialAvailability{decay, 1.3},
                                              TotalConstrainedAccess{decay},
                                              Crowding{decay}};
    const auto results = measure_access(instance.trips(), {instance.population, instance.supply}, measures);
    const auto per_inhabitant = [&](const AccessResult& result) {
      double sum = 0;
      for (std::size_t i = 0; i < instance.population.size(); ++i) {
        sum += instance.population[i] * result.of_origin[i];
      }
      return sum;
    };
    const auto plain = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
    const double tolerance = 1e-12 * std::max(used, 1.0);
    EXPECT_NEAR(per_inhabitant(results[0]), used, tolerance) << seed;
    EXPECT_NEAR(per_inhabitant(results[1]), used, tolerance) << seed;
    EXPECT_NEAR(per_inhabitant(results[2]), used, tolerance) << seed;
    EXPECT_NEAR(plain(results[3].of_origin), plain(results[3].of_facility),
                1e-12 * std::max(1.0, plain(results[3].of_facility)))
        << seed;
    EXPECT_NEAR(plain(results[4].of_origin), used, tolerance) << seed;
    const double constrained = plain(results[5].of_origin);
    const double all = plain(instance.supply);
    EXPECT_TRUE(constrained == 0 || std::abs(constrained - all) <= 1e-12 * all) << seed;
    // Crowding: supply times who is there is everybody who reaches something.
    double there = 0;
    for (std::size_t j = 0; j < instance.supply.size(); ++j) {
      there += instance.supply[j] * results[6].of_facility[j];
    }
    double reaching = plain(instance.population);
    for (const OriginIndex origin : results[6].without_facility) {
      reaching -= instance.population[origin.value()];
    }
    EXPECT_NEAR(there, reaching, 1e-12 * std::max(1.0, reaching)) << seed;
  }
}

TEST(AccessibilityProperties, AgreeWithFormulasWrittenOut) {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    const Instance instance = random_instance(seed);
    const Decay& decay = kDecays[seed % kDecays.size()];
    const auto f = [&](const std::size_t i, const std::size_t j) {
      return instance.cost[i][j] == kUnreachable || instance.supply[j] == 0 ? 0 : decay_weight(decay, instance.cost[i][j]);
    };
    const std::size_t n = instance.population.size();
    const std::size_t m = instance.supply.size();
    const AccessResult catchment = instance.measure(FloatingCatchment{decay, seed % 2 == 1});
    const AccessResult balanced = instance.measure(BalancedCatchment{decay});
    const AccessResult competitive = instance.measure(CompetitiveAccess{decay});
    for (std::size_t i = 0; i < n; ++i) {
      double expected = 0;
      double expected_balanced = 0;
      for (std::size_t j = 0; j < m; ++j) {
        double demand = 0;
        double balanced_demand = 0;
        double column = 0;
        for (std::size_t k = 0; k < n; ++k) {
          demand += instance.population[k] * f(k, j);
          column += f(k, j);
          double row = 0;
          for (std::size_t l = 0; l < m; ++l) {
            row += f(k, l);
          }
          balanced_demand += f(k, j) > 0 ? instance.population[k] * f(k, j) / row : 0;
        }
        expected += demand > 0 ? instance.supply[j] / demand * f(i, j) * (seed % 2 == 1 ? f(i, j) : 1) : 0;
        expected_balanced += balanced_demand > 0 ? instance.supply[j] / balanced_demand * f(i, j) / column : 0;
      }
      EXPECT_NEAR(catchment.of_origin[i], expected, 1e-12 * std::max(1.0, expected)) << seed;
      EXPECT_NEAR(balanced.of_origin[i], expected_balanced, 1e-12 * std::max(1.0, expected_balanced)) << seed;
    }
    // The fixed point: once more around gives the same, up to the common factor.
    if (competitive.converged) {
      std::vector<double> load(m);
      for (std::size_t j = 0; j < m; ++j) {
        for (std::size_t i = 0; i < n; ++i) {
          load[j] += competitive.of_origin[i] > 0 ? instance.population[i] * f(i, j) / competitive.of_origin[i] : 0;
        }
      }
      double factor = 0;  // the same for all: access is relative
      for (std::size_t i = 0; i < n; ++i) {
        double again = 0;
        for (std::size_t j = 0; j < m; ++j) {
          again += load[j] > 0 ? instance.supply[j] * f(i, j) / load[j] : 0;
        }
        if (competitive.of_origin[i] > 0) {
          factor = factor == 0 ? again / competitive.of_origin[i] : factor;
          EXPECT_NEAR(again, factor * competitive.of_origin[i], 1e-9 * again) << seed;
        }
      }
    }
  }
}

TEST(AccessibilityProperties, LeaveRationalAgentsNothingToGain) {
  for (std::uint64_t seed = 0; seed < 1'040; ++seed) {
    const bool large = seed >= 1'000;
    const Instance instance = large ? random_instance(seed, 400, 60) : random_instance(seed);
    const AccessResult result = instance.measure(RationalAgentAccess{25, 50});
    ASSERT_TRUE(result.converged) << seed;
    double going = 0;
    for (std::size_t i = 0; i < instance.population.size(); ++i) {
      going += std::isnan(result.of_origin[i]) ? 0 : instance.population[i];
    }
    EXPECT_NEAR(std::accumulate(result.of_facility.begin(), result.of_facility.end(), 0.0), going,
                1e-9 * std::max(1.0, going))
        << seed;
    // Nobody pays more than the cheapest facility costs: by definition; and what a facility gets, somebody chose it for.
    const double rho = std::accumulate(instance.population.begin(), instance.population.end(), 0.0) /
                       std::max(1e-300, std::accumulate(instance.supply.begin(), instance.supply.end(), 0.0));
    for (std::size_t j = 0; j < instance.supply.size(); ++j) {
      if (result.of_facility[j] <= 1e-9) {
        continue;
      }
      bool chosen = false;
      for (std::size_t i = 0; i < instance.population.size(); ++i) {
        if (instance.cost[i][j] <= 50 && instance.population[i] > 0) {
          const double cost = result.of_facility[j] / (rho * instance.supply[j]) + instance.cost[i][j] / 25.0;
          EXPECT_GE(cost, result.of_origin[i] - 1e-9) << seed;
          chosen = chosen || cost <= result.of_origin[i] + 1e-9;
        }
      }
      EXPECT_TRUE(chosen) << seed;
    }
  }
}

TEST(AccessibilityProperties, AreTheSameTogetherAndAlone) {
  const Instance instance = golden();
  const std::vector<AccessMeasure> measures{CumulativeAccess{30}, FloatingCatchment{kSlow}, CompetitiveAccess{kSlow},
                                            RationalAgentAccess{30, 60}};
  const auto together = measure_access(instance.trips(), {instance.population, instance.supply}, measures);
  for (std::size_t k = 0; k < measures.size(); ++k) {
    EXPECT_EQ(together[k].of_origin, instance.measure(measures[k]).of_origin) << k;
  }
  EXPECT_EQ(together[0].walks, 1U);
  EXPECT_EQ(together[1].walks, 2U);
}

TEST(Accessibility, FindsTripsAnewWhereTheyDoNotFit) {
  std::mt19937_64 random(2);
  std::vector<Point> origins;
  std::vector<Point> facilities;
  for (int k = 0; k < 300; ++k) {
    origins.push_back({static_cast<double>(random() % 20'000), static_cast<double>(random() % 20'000)});
    facilities.push_back({static_cast<double>(random() % 20'000), static_cast<double>(random() % 20'000)});
  }
  const std::vector<double> population(origins.size(), 7);
  const std::vector<double> supply(facilities.size(), 2);
  const std::vector<AccessMeasure> measures{FloatingCatchment{{LinearDecay{}, 5'000}}, CostToKth{2}};
  const auto of = [&](const std::size_t budget, const std::size_t threads) {
    const ThreadLimit limit(threads);
    return measure_access(make_trip_source(StraightLine{}, origins, facilities, 5'000, budget), {population, supply},
                          measures);
  };
  const auto kept = of(1U << 30U, 2);
  const auto anew = of(100, 1);
  for (std::size_t k = 0; k < measures.size(); ++k) {
    for (std::size_t i = 0; i < origins.size(); ++i) {
      EXPECT_TRUE(kept[k].of_origin[i] == anew[k].of_origin[i] ||
                  (std::isnan(kept[k].of_origin[i]) && std::isnan(anew[k].of_origin[i])));
    }
  }
}

TEST(Accessibility, RefusesWhatMakesNoSense) {
  const Instance instance = golden();
  EXPECT_THROW((void)instance.measure(FloatingCatchment{{SteppedDecay{}, 10}}), ArgumentError);
  EXPECT_THROW((void)instance.measure(GravityAccess{{GaussianDecay{0}, 10}}), ArgumentError);
  EXPECT_THROW((void)instance.measure(CostToKth{0}), ArgumentError);
  EXPECT_THROW((void)instance.measure(IntervalCumulativeAccess{10, 5, 1}), ArgumentError);
  EXPECT_THROW((void)instance.measure(RationalAgentAccess{0, 5}), ArgumentError);
  Instance negative = golden();
  negative.population[1] = -1;
  EXPECT_THROW((void)negative.measure(CumulativeAccess{10}), ArgumentError);
  negative = golden();
  negative.population.pop_back();
  EXPECT_THROW((void)negative.measure(CumulativeAccess{10}), ArgumentError);
}

}  // namespace
}  // namespace maillage
