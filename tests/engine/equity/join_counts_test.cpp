#include "engine/equity/join_counts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/lattice_weights.hpp"

namespace maillage {
namespace {

using Colours = std::vector<std::uint8_t>;

std::array<double, 3> straight(const SpatialWeights& weights, const Colours& black) {
  std::array<double, 3> counts{};
  for (const UnitIndex unit : weights.neighbours.indices()) {
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      counts.at(static_cast<std::size_t>(2 - black[unit.value()] - black[neighbour.value()])) += 0.5;
    }
  }
  return counts;
}

TEST(JoinCounts, CountsJoinsByTheirEnds) {
  // B B W
  // B W W
  // W W W
  const Colours black{1, 1, 0, 1, 0, 0, 0, 0, 0};
  const JoinCounts counts = *join_counts(testing::lattice(3, 3, WeightStyle::row_standardised), black);
  EXPECT_EQ(counts.black_black.count, 2);
  EXPECT_EQ(counts.black_white.count, 4);
  EXPECT_EQ(counts.white_white.count, 6);
  EXPECT_EQ(counts.black, 3U);
  EXPECT_EQ(counts.white, 6U);
  EXPECT_DOUBLE_EQ(counts.black_black.expected, 12 * 3.0 * 2 / (9 * 8));
  EXPECT_DOUBLE_EQ(counts.black_white.expected, 12 * 2 * 3.0 * 6 / (9 * 8));
}

TEST(JoinCounts, HaveTheMomentsOfAllPlacementsOfTheBlack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 30; ++round) {
    const SpatialWeights weights = testing::random_weights(random, 7, WeightStyle::binary);
    Colours black(7, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(round) % 8; ++i) {
      black[i] = 1;
    }
    std::ranges::sort(black);
    const JoinCounts counts = *join_counts(weights, black, {.permutations = 0});
    std::array<double, 3> sum{};
    std::array<double, 3> squares{};
    double placements = 0;
    do {
      const std::array<double, 3> of = straight(weights, black);
      for (std::size_t kind = 0; kind < 3; ++kind) {
        sum[kind] += of[kind];
        squares[kind] += of[kind] * of[kind];
      }
      ++placements;
    } while (std::next_permutation(black.begin(), black.end()));
    const std::array<JoinCount, 3> found{counts.black_black, counts.black_white, counts.white_white};
    for (std::size_t kind = 0; kind < 3; ++kind) {
      const double mean = sum[kind] / placements;
      EXPECT_NEAR(found[kind].expected, mean, 1e-12);
      EXPECT_NEAR(found[kind].variance, squares[kind] / placements - mean * mean, 1e-10);
      EXPECT_FALSE(found[kind].permutation.has_value());
    }
  }
}

TEST(JoinCounts, SumToAllJoins) {
  std::mt19937_64 random(2);
  const SpatialWeights weights = testing::random_weights(random, 20, WeightStyle::binary);
  Colours black(20);
  std::ranges::generate(black, [&] { return static_cast<std::uint8_t>(random() % 2); });
  const JoinCounts counts = *join_counts(weights, black);
  EXPECT_EQ(counts.black_black.count + counts.black_white.count + counts.white_white.count,
            static_cast<double>(weights.neighbours.values().size()) / 2);
  EXPECT_EQ(counts.black_white.count, straight(weights, black)[1]);
  EXPECT_NEAR(counts.black_black.permutation->mean, counts.black_black.expected,
              5 * counts.black_black.permutation->standard_deviation / std::sqrt(999));
}

TEST(JoinCounts, FindWhatIsTogether) {
  Colours half(100, 0);
  std::fill(half.begin(), half.begin() + 50, std::uint8_t{1});
  const SpatialWeights weights = testing::lattice(10, 10, WeightStyle::binary);
  const JoinCounts counts = *join_counts(weights, half);
  EXPECT_EQ(counts.black_black.permutation->p_two_sided, 0.002);
  EXPECT_EQ(counts.black_white.permutation->p_less, 0.001);
  const ThreadLimit limit(1);
  EXPECT_EQ(join_counts(weights, half)->black_white.permutation->mean, counts.black_white.permutation->mean);
}

TEST(JoinCounts, AreNoneWithoutJoinsAndRefuseOtherColours) {
  SpatialWeights alone;
  for (int i = 0; i < 5; ++i) {
    alone.neighbours.push_row({});
  }
  EXPECT_FALSE(join_counts(alone, Colours{0, 1, 0, 1, 0}));
  EXPECT_THROW((void)join_counts(alone, Colours{0, 1, 0, 2, 0}), ArgumentError);
  EXPECT_THROW((void)join_counts(alone, Colours{0}), ArgumentError);
}

}  // namespace
}  // namespace maillage
