#include "engine/equity/autocorrelation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/equity/weight_sums.hpp"
#include "tests/support/lattice_weights.hpp"

namespace maillage {
namespace {

using testing::lattice;
using testing::matrix_of;
using testing::random_weights;

const std::vector<double> kOneToNine{1, 2, 3, 4, 5, 6, 7, 8, 9};

struct Straight {
  double moran = 0;
  double geary = 0;
};

/// The formulas, term by term.
Straight straight(const SpatialWeights& weights, const std::vector<double>& values) {
  const auto w = matrix_of(weights);
  const std::size_t n = values.size();
  double mean = 0;
  for (const double value : values) {
    mean += value / static_cast<double>(n);
  }
  double s0 = 0;
  double products = 0;
  double differences = 0;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    squares += (values[i] - mean) * (values[i] - mean);
    for (std::size_t j = 0; j < n; ++j) {
      s0 += w[i][j];
      products += w[i][j] * (values[i] - mean) * (values[j] - mean);
      differences += w[i][j] * (values[i] - values[j]) * (values[i] - values[j]);
    }
  }
  return {static_cast<double>(n) / s0 * products / squares, (static_cast<double>(n) - 1) * differences / (2 * s0 * squares)};
}

TEST(Autocorrelation, AgreesWithPublishedValues) {
  // 1 2 3
  // 4 5 6
  // 7 8 9
  const GlobalStatistic binary = *moran_i(lattice(3, 3, WeightStyle::binary), kOneToNine);
  EXPECT_NEAR(binary.value, 0.5, 1e-14);
  EXPECT_NEAR(binary.variance_normality, 0.053125, 1e-14);
  EXPECT_NEAR(binary.variance_randomisation, 0.0596875, 1e-14);
  EXPECT_EQ(binary.expected, -0.125);
  const GlobalStatistic standardised = *moran_i(lattice(3, 3, WeightStyle::row_standardised), kOneToNine);
  EXPECT_NEAR(standardised.value, 0.5555556, 5e-8);
  EXPECT_NEAR(standardised.variance_normality, 0.0572145, 5e-8);
  EXPECT_NEAR(standardised.variance_randomisation, 0.0646566, 5e-8);
  EXPECT_NEAR(geary_c(lattice(3, 3, WeightStyle::binary), kOneToNine)->value, 0.3333333, 5e-8);
  EXPECT_NEAR(geary_c(lattice(3, 3, WeightStyle::row_standardised), kOneToNine)->value, 0.3333333, 5e-8);
}

TEST(Autocorrelation, HasTheMomentsOfAllPlacementsOfTheValues) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20; ++round) {
    const SpatialWeights weights =
        random_weights(random, 6, round % 2 == 0 ? WeightStyle::binary : WeightStyle::row_standardised);
    std::vector<double> values;
    for (int i = 0; i < 6; ++i) {
      values.push_back(static_cast<double>(random() % 9) + (i == 0 ? 0.5 : 0));
    }
    const auto moran = moran_i(weights, values, {.permutations = 0});
    const auto geary = geary_c(weights, values, {.permutations = 0});
    ASSERT_EQ(moran.has_value(), geary.has_value());
    if (!moran) {
      continue;
    }
    EXPECT_NEAR(moran->value, straight(weights, values).moran, 1e-12);
    EXPECT_NEAR(geary->value, straight(weights, values).geary, 1e-12);
    std::vector<std::size_t> order(6);
    std::iota(order.begin(), order.end(), std::size_t{0});
    Straight sum;
    Straight squares;
    double count = 0;
    do {
      std::vector<double> placed;
      for (const std::size_t unit : order) {
        placed.push_back(values[unit]);
      }
      const Straight of = straight(weights, placed);
      sum.moran += of.moran;
      sum.geary += of.geary;
      squares.moran += of.moran * of.moran;
      squares.geary += of.geary * of.geary;
      ++count;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_NEAR(sum.moran / count, moran->expected, 1e-12);
    EXPECT_NEAR(squares.moran / count - moran->expected * moran->expected, moran->variance_randomisation, 1e-11);
    EXPECT_NEAR(sum.geary / count, geary->expected, 1e-12);
    EXPECT_NEAR(squares.geary / count - 1, geary->variance_randomisation, 1e-11);
  }
}

TEST(Autocorrelation, HasTheMomentsOfNormalValues) {
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal;
  const SpatialWeights weights = random_weights(random, 8, WeightStyle::row_standardised);
  constexpr int kMaps = 40'000;
  Straight squares;
  GlobalStatistic moran;
  GlobalStatistic geary;
  for (int map = 0; map < kMaps; ++map) {
    std::vector<double> values(8);
    std::ranges::generate(values, [&] { return normal(random); });
    moran = *moran_i(weights, values, {.permutations = 0});
    geary = *geary_c(weights, values, {.permutations = 0});
    squares.moran += (moran.value - moran.expected) * (moran.value - moran.expected) / kMaps;
    squares.geary += (geary.value - 1) * (geary.value - 1) / kMaps;
  }
  EXPECT_NEAR(squares.moran / moran.variance_normality, 1, 0.04);
  EXPECT_NEAR(squares.geary / geary.variance_normality, 1, 0.04);
}

TEST(Autocorrelation, PermutationsHaveTheMomentsOfRandomisation) {
  std::mt19937_64 random(3);
  const SpatialWeights weights = lattice(8, 8, WeightStyle::row_standardised);
  std::vector<double> values(64);
  std::ranges::generate(values, [&] { return static_cast<double>(random() % 100); });
  const GlobalStatistic moran = *moran_i(weights, values, {.permutations = 20'000});
  const PermutationTest& test = *moran.permutation;
  EXPECT_NEAR(test.mean, moran.expected, 4.5 * test.standard_deviation / std::sqrt(20'000));
  EXPECT_NEAR(test.standard_deviation * test.standard_deviation / moran.variance_randomisation, 1, 0.05);
  EXPECT_EQ(test.p_greater, (test.at_least + 1.0) / 20'001);
  EXPECT_GE(test.at_least + test.at_most, 20'000U);
}

TEST(Autocorrelation, FindsAPatternAndNoneWhereThereIsNone) {
  std::vector<double> slope;
  std::vector<double> board;
  for (int unit = 0; unit < 100; ++unit) {
    slope.push_back(unit % 10);
    board.push_back((unit + unit / 10) % 2);
  }
  const SpatialWeights weights = lattice(10, 10, WeightStyle::binary);
  EXPECT_EQ(moran_i(weights, slope)->permutation->p_greater, 0.001);
  EXPECT_EQ(moran_i(weights, slope)->permutation->p_two_sided, 0.002);
  EXPECT_EQ(geary_c(weights, slope)->permutation->p_less, 0.001);
  EXPECT_DOUBLE_EQ(moran_i(weights, board)->value, -1);
  EXPECT_EQ(moran_i(weights, board)->permutation->p_less, 0.001);
}

TEST(Autocorrelation, IslandsCountOrNotAsTold) {
  // 0-1-2-3-4, and 5 alone with a value far away
  SpatialWeights weights = lattice(5, 1, WeightStyle::binary);
  const std::vector<double> line{1, 2, 3, 4, 6};
  const GlobalStatistic without = *moran_i(weights, line);
  weights.neighbours.push_row({});
  const std::vector<double> values{1, 2, 3, 4, 6, 100};
  const GlobalStatistic left_out = *moran_i(weights, values, {.islands = IslandRule::left_out});
  EXPECT_EQ(left_out.value, without.value);
  EXPECT_EQ(left_out.variance_randomisation, without.variance_randomisation);
  EXPECT_EQ(left_out.permutation->at_least, without.permutation->at_least);
  EXPECT_EQ(left_out.units, 5U);
  const GlobalStatistic kept = *moran_i(weights, values);
  EXPECT_EQ(kept.units, 6U);
  EXPECT_NEAR(kept.value, straight(weights, values).moran, 1e-12);
}

TEST(Autocorrelation, IsNoneWhereItIsNotDefined) {
  const SpatialWeights weights = lattice(3, 3, WeightStyle::binary);
  EXPECT_FALSE(moran_i(weights, std::vector<double>(9, 0.1)));
  EXPECT_FALSE(geary_c(lattice(3, 1, WeightStyle::binary), std::vector<double>{1, 2, 3}));
  SpatialWeights alone;
  for (int i = 0; i < 5; ++i) {
    alone.neighbours.push_row({});
  }
  EXPECT_FALSE(moran_i(alone, std::vector<double>{1, 2, 3, 4, 5}));
  EXPECT_THROW((void)moran_i(weights, std::vector<double>{1}), ArgumentError);
  std::vector<double> bad(9, 1);
  bad[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)geary_c(weights, bad), ArgumentError);
}

TEST(Autocorrelation, IsTheSameOnAnyNumberOfThreads) {
  std::mt19937_64 random(4);
  const SpatialWeights weights = lattice(30, 30, WeightStyle::row_standardised);
  std::vector<double> values(900);
  std::ranges::generate(values, [&] { return static_cast<double>(random() % 1000) / 7; });
  const auto compute = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return *moran_i(weights, values);
  };
  const GlobalStatistic one = compute(1);
  for (const std::size_t threads : {2, 8}) {
    const GlobalStatistic other = compute(threads);
    EXPECT_EQ(one.value, other.value);
    EXPECT_EQ(one.permutation->at_least, other.permutation->at_least);
    EXPECT_EQ(one.permutation->mean, other.permutation->mean);
  }
}

TEST(WeightSums, AreThoseOfTheMatrix) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 50; ++round) {
    const SpatialWeights weights = random_weights(random, 9, WeightStyle::row_standardised);
    const auto w = matrix_of(weights);
    WeightSums wanted;
    for (std::size_t i = 0; i < 9; ++i) {
      double around = 0;
      for (std::size_t j = 0; j < 9; ++j) {
        wanted.s0 += w[i][j];
        wanted.s1 += (w[i][j] + w[j][i]) * (w[i][j] + w[j][i]) / 2;
        around += w[i][j] + w[j][i];
      }
      wanted.s2 += around * around;
    }
    const WeightSums sums = weight_sums(weights);
    EXPECT_NEAR(sums.s0, wanted.s0, 1e-12);
    EXPECT_NEAR(sums.s1, wanted.s1, 1e-12);
    EXPECT_NEAR(sums.s2, wanted.s2, 1e-11);
  }
}

}  // namespace
}  // namespace maillage
