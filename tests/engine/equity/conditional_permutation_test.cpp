#include "engine/equity/conditional_permutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/equity/exact_values.hpp"

namespace maillage {
namespace {

using Graph = Csr<UnitIndex, UnitIndex>;

/// Row i: `degrees[i]` others drawn at random.
Graph random_graph(std::mt19937_64& random, const std::vector<std::size_t>& degrees) {
  Graph graph;
  for (std::size_t unit = 0; unit < degrees.size(); ++unit) {
    std::vector<UnitIndex> others;
    for (std::size_t other = 0; other < degrees.size(); ++other) {
      if (other != unit) {
        others.emplace_back(other);
      }
    }
    std::shuffle(others.begin(), others.end(), random);
    others.resize(degrees[unit]);
    std::ranges::sort(others);
    graph.push_row(others);
  }
  return graph;
}

struct ExactShares {
  double at_least = 0;
  double at_most = 0;
};

/// Over all choices of as many others, each as likely.
ExactShares enumerate_choices(const Graph& graph, const std::vector<std::int64_t>& values, const std::uint32_t unit) {
  std::int64_t observed = 0;
  for (const UnitIndex neighbour : graph[UnitIndex{unit}]) {
    observed += values[neighbour.value()];
  }
  double choices = 0;
  ExactShares shares;
  for (std::uint32_t set = 0; set < 1U << values.size(); ++set) {
    if ((set >> unit & 1U) != 0 || static_cast<std::size_t>(std::popcount(set)) != graph[UnitIndex{unit}].size()) {
      continue;
    }
    std::int64_t sum = 0;
    for (std::size_t other = 0; other < values.size(); ++other) {
      sum += (set >> other & 1U) != 0 ? values[other] : 0;
    }
    ++choices;
    shares.at_least += sum >= observed ? 1 : 0;
    shares.at_most += sum <= observed ? 1 : 0;
  }
  return {shares.at_least / choices, shares.at_most / choices};
}

class ConditionalPermutation : public ::testing::TestWithParam<PermutationScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, ConditionalPermutation,
                         ::testing::Values(PermutationScheme::shared, PermutationScheme::independent));

TEST_P(ConditionalPermutation, IsUnbiased) {
  // Nine units, so that an order meets the unit itself every other time; all degrees from 1 to 8.
  std::mt19937_64 random(1);
  constexpr std::size_t kPermutations = 60'000;
  double squares = 0;
  int compared = 0;
  for (int round = 0; round < 12; ++round) {
    const Graph graph = random_graph(random, {1, 2, 3, 4, 5, 6, 7, 8, 2});
    std::vector<std::int64_t> values;
    for (int i = 0; i < 9; ++i) {
      values.push_back(static_cast<std::int64_t>(random() % (round % 2 == 0 ? 5 : 1000)) - 2);
    }
    const auto ranks =
        rank_neighbour_sums(graph, {values}, {.permutations = kPermutations, .seed = random(), .scheme = GetParam()});
    for (std::uint32_t unit = 0; unit < 9; ++unit) {
      const ExactShares exact = enumerate_choices(graph, values, unit);
      const auto check = [&](const double share, const std::uint32_t count) {
        const double deviation = std::sqrt(share * (1 - share) / kPermutations);
        const double z = deviation > 0 ? (count / double{kPermutations} - share) / deviation : 0;
        EXPECT_LT(std::abs(z), 4.5) << "unit " << unit << " exact " << share;
        if (deviation == 0) {
          EXPECT_EQ(count, share * kPermutations);
        } else {
          squares += z * z;
          ++compared;
        }
      };
      check(exact.at_least, ranks[UnitIndex{unit}].at_least);
      check(exact.at_most, ranks[UnitIndex{unit}].at_most);
    }
  }
  // The deviations are those of chance: neither too great nor too small.
  EXPECT_GT(compared, 100);
  EXPECT_NEAR(squares / compared, 1, 0.45);
}

TEST_P(ConditionalPermutation, IsTheSameOnAnyNumberOfThreads) {
  std::mt19937_64 random(2);
  std::vector<std::size_t> degrees;
  std::vector<std::int64_t> values;
  for (int i = 0; i < 1500; ++i) {
    degrees.push_back(i % 97 == 0 ? 60 : random() % 9);
    values.push_back(static_cast<std::int64_t>(random() % 100));
  }
  const Graph graph = random_graph(random, degrees);
  const auto compute = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return rank_neighbour_sums(graph, {values}, {.permutations = 999, .seed = 3, .scheme = GetParam()});
  };
  const auto one = compute(1);
  EXPECT_EQ(one, compute(2));
  EXPECT_EQ(one, compute(3));
}

TEST_P(ConditionalPermutation, CountsTiesOnBothSidesAndIslandsAsTies) {
  Graph graph;
  graph.push_row(std::vector<UnitIndex>{UnitIndex{1}});
  graph.push_row(std::vector<UnitIndex>{UnitIndex{0}});
  graph.push_row({});
  const std::vector<std::int64_t> alike(3, 4);
  for (const NeighbourRank& rank : rank_neighbour_sums(graph, {alike}, {.permutations = 99, .scheme = GetParam()})) {
    EXPECT_EQ(rank, (NeighbourRank{99, 99}));
    EXPECT_EQ(two_sided_p(rank, 99), 1);
  }
}

TEST_P(ConditionalPermutation, TakesAllOthersAsNeighbours) {
  std::mt19937_64 random(4);
  const Graph graph = random_graph(random, {4, 4, 4, 4, 4});
  const std::vector<std::int64_t> values{5, 1, 9, -3, 2};
  for (const NeighbourRank& rank : rank_neighbour_sums(graph, {values}, {.permutations = 50, .scheme = GetParam()})) {
    EXPECT_EQ(rank, (NeighbourRank{50, 50}));
  }
}

TEST_P(ConditionalPermutation, OfRandomMapsGivesUniformP) {
  // Values without any pattern: a share of about alpha of the units has p <= alpha.
  std::mt19937_64 random(6);
  const Graph graph = random_graph(random, std::vector<std::size_t>(2'000, 5));
  std::vector<std::int64_t> values;
  for (int i = 0; i < 2'000; ++i) {
    values.push_back(static_cast<std::int64_t>(random() % 1'000'000));
  }
  constexpr std::size_t kPermutations = 9'999;
  const auto ranks = rank_neighbour_sums(graph, {values}, {.permutations = kPermutations, .scheme = GetParam()});
  for (const double alpha : {0.05, 0.2, 0.5}) {
    const auto found =
        std::ranges::count_if(ranks, [&](const NeighbourRank& rank) { return two_sided_p(rank, kPermutations) <= alpha; });
    EXPECT_NEAR(static_cast<double>(found), 2'000 * alpha, 4.5 * std::sqrt(2'000 * alpha * (1 - alpha)));
  }
}

/// One random order of all units; a unit's neighbours are the first others in it.
std::int64_t sum_of_shared_order(const std::vector<std::int64_t>& values, const std::uint32_t unit, const std::size_t degree,
                                 const std::uint64_t seed, const std::uint32_t permutation) {
  CounterRandom random(seed, DrawPurpose::shared_order, permutation, 0);
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    std::swap(order[place], order[place + random.below(static_cast<std::uint32_t>(order.size()) - place)]);
  }
  std::erase(order, unit);
  std::int64_t sum = 0;
  for (std::size_t place = 0; place < degree; ++place) {
    sum += values[order[place]];
  }
  return sum;
}

/// Others drawn one by one, those drawn already passed over.
std::int64_t sum_of_own_draws(const std::vector<std::int64_t>& values, const std::uint32_t unit, const std::size_t degree,
                              const std::uint64_t seed, const std::uint32_t permutation) {
  CounterRandom random(seed, DrawPurpose::own_neighbours, unit, permutation);
  std::set<std::uint32_t> drawn;
  std::int64_t sum = 0;
  while (drawn.size() < degree) {
    std::uint32_t other = random.below(static_cast<std::uint32_t>(values.size()) - 1);
    other += other >= unit ? 1 : 0;
    sum += drawn.insert(other).second ? values[other] : 0;
  }
  return sum;
}

TEST_P(ConditionalPermutation, IsItsDefinitionPermutationByPermutation) {
  std::mt19937_64 random(12);
  const auto definition = GetParam() == PermutationScheme::shared ? sum_of_shared_order : sum_of_own_draws;
  for (const std::size_t units : {3, 12, 70, 300}) {
    std::vector<std::size_t> degrees;
    std::vector<std::int64_t> values;
    for (std::size_t unit = 0; unit < units; ++unit) {
      degrees.push_back(std::min<std::size_t>(random() % 40, units - 1));  // few and many, and more than lanes draw
      values.push_back(static_cast<std::int64_t>(random() % 50) - 25);
    }
    const Graph graph = random_graph(random, degrees);
    constexpr std::uint32_t kPermutations = 150;
    const std::uint64_t seed = random();
    const auto ranks =
        rank_neighbour_sums(graph, {values}, {.permutations = kPermutations, .seed = seed, .scheme = GetParam()});
    for (const UnitIndex unit : graph.indices()) {
      std::int64_t observed = 0;
      for (const UnitIndex neighbour : graph[unit]) {
        observed += values[neighbour.value()];
      }
      NeighbourRank wanted;
      for (std::uint32_t permutation = 0; permutation < kPermutations; ++permutation) {
        const std::int64_t sum = definition(values, unit.value(), graph[unit].size(), seed, permutation);
        wanted.at_least += sum >= observed ? 1 : 0;
        wanted.at_most += sum <= observed ? 1 : 0;
      }
      EXPECT_EQ(ranks[unit], wanted) << units << " units, unit " << unit.value();
    }
  }
}

TEST(ConditionalPermutationSchemes, AgreeWithinTheErrorOfSampling) {
  std::mt19937_64 random(7);
  std::vector<std::size_t> degrees;
  std::vector<double> numbers;
  for (int i = 0; i < 400; ++i) {
    degrees.push_back(1 + random() % 30);  // beyond what lanes draw, too
    numbers.push_back(std::exp(static_cast<double>(random() % 1000) / 150));
  }
  const Graph graph = random_graph(random, degrees);
  const ExactValues values = exact_values(numbers, 31);
  constexpr std::size_t kPermutations = 20'000;
  const auto shared = rank_neighbour_sums(graph, values, {.permutations = kPermutations});
  const auto apart =
      rank_neighbour_sums(graph, values, {.permutations = kPermutations, .scheme = PermutationScheme::independent});
  for (const UnitIndex unit : graph.indices()) {
    const double a = shared[unit].at_least / double{kPermutations};
    const double b = apart[unit].at_least / double{kPermutations};
    const double middle = (a + b) / 2;
    EXPECT_NEAR(a, b, 5 * std::sqrt(2 * middle * (1 - middle) / kPermutations) + 1e-3);
  }
}

TEST(ConditionalPermutationSchemes, ThirdsThatAddUpAreTies) {
  // Two neighbours of 1/3 each against one of 2/3 and one of 0: equal, though rounded doubles need not be.
  Graph graph;
  graph.push_row(std::vector<UnitIndex>{UnitIndex{1}, UnitIndex{2}});
  for (int i = 0; i < 4; ++i) {
    graph.push_row({});
  }
  const std::vector<double> numbers{1, 1.0 / 3, 1.0 / 3, 2.0 / 3, 0};
  const auto ranks = rank_neighbour_sums(graph, exact_values(numbers, 3), {.permutations = 60'000});
  // Pairs of (1/3, 1/3, 2/3, 0): sums 2/3, 1, 1/3, 1, 1/3, 2/3.
  EXPECT_NEAR(ranks[UnitIndex{0}].at_least, 40'000, 600);
  EXPECT_NEAR(ranks[UnitIndex{0}].at_most, 40'000, 600);
}

TEST(ConditionalPermutationSchemes, DependOnTheSeedAlone) {
  std::mt19937_64 random(8);
  const Graph graph = random_graph(random, std::vector<std::size_t>(50, 4));
  std::vector<std::int64_t> values(50);
  std::ranges::generate(values, [&] { return static_cast<std::int64_t>(random() % 999); });
  const auto first = rank_neighbour_sums(graph, {values}, {.permutations = 999, .seed = 1});
  EXPECT_EQ(first, rank_neighbour_sums(graph, {values}, {.permutations = 999, .seed = 1}));
  EXPECT_NE(first, rank_neighbour_sums(graph, {values}, {.permutations = 999, .seed = 2}));
}

TEST(ConditionalPermutationSchemes, RefuseWhatIsNoGraphOfOthers) {
  Graph self;
  self.push_row(std::vector<UnitIndex>{UnitIndex{0}});
  EXPECT_THROW((void)rank_neighbour_sums(self, {{1}}), ArgumentError);
  EXPECT_THROW((void)rank_neighbour_sums(self, {}), ArgumentError);
}

TEST(TwoSidedP, IsNeverZeroNorMoreThanOne) {
  EXPECT_DOUBLE_EQ(two_sided_p({0, 999}, 999), 0.002);
  EXPECT_DOUBLE_EQ(two_sided_p({999, 0}, 999), 0.002);
  EXPECT_EQ(two_sided_p({600, 500}, 999), 1);
  EXPECT_EQ(two_sided_p({0, 0}, 0), 1);
}

}  // namespace
}  // namespace maillage
