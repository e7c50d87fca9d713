#include "engine/equity/local_autocorrelation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/lattice_weights.hpp"

namespace maillage {
namespace {

using testing::lattice;
using testing::random_weights;

const std::vector<double> kOneToNine{1, 2, 3, 4, 5, 6, 7, 8, 9};
constexpr double kPrinted = 5e-7;  // of 7 printed digits

std::vector<double> values_of(const LocalStatistics& statistics) {
  std::vector<double> values;
  for (const LocalStatistic& statistic : statistics) {
    values.push_back(statistic.value);
  }
  return values;
}

std::vector<double> random_values(std::mt19937_64& random, const std::size_t count) {
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return static_cast<double>(random() % 1000) / 8; });
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

double squares_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
  }
  return squares;
}

TEST(LocalMoran, AgreesWithPublishedValues) {
  const LocalStatistics local = local_moran(lattice(3, 3, WeightStyle::row_standardised), kOneToNine);
  EXPECT_NEAR(local[UnitIndex{0}].value, 1.066667, kPrinted);
  EXPECT_NEAR(local[UnitIndex{8}].value, 1.066667, kPrinted);
  EXPECT_EQ(local[UnitIndex{4}].value, 0);
  EXPECT_EQ(local[UnitIndex{4}].p_two_sided, 1);
  EXPECT_NEAR(local[UnitIndex{0}].value * 9 / 8, 1.2, kPrinted);
}

TEST(LocalMoran, AddsUpToMoransI) {
  std::mt19937_64 random(1);
  for (const WeightStyle style : {WeightStyle::binary, WeightStyle::row_standardised}) {
    const SpatialWeights weights = random_weights(random, 40, style);
    const std::vector<double> values = random_values(random, 40);
    double sum = 0;
    double s0 = 0;
    const LocalStatistics local = local_moran(weights, values, {.permutations = {.permutations = 9}});
    for (const UnitIndex unit : weights.neighbours.indices()) {
      sum += local[unit].value;
      s0 += weights.weight(unit) * static_cast<double>(weights.neighbours[unit].size());
    }
    EXPECT_NEAR(sum * 40 / 39 / s0, moran_i(weights, values, {.permutations = 0})->value, 1e-12);
  }
}

/// Calls `body(sum of y - mean over a choice)` for every choice of `degree` others of `unit`.
template <typename Body>
void for_each_choice(const std::vector<double>& y, const std::uint32_t unit, const std::size_t degree, const Body& body) {
  const double mean = mean_of(y);
  for (std::uint32_t set = 0; set < 1U << y.size(); ++set) {
    if ((set >> unit & 1U) == 0 && static_cast<std::size_t>(std::popcount(set)) == degree) {
      double sum = 0;
      for (std::size_t other = 0; other < y.size(); ++other) {
        sum += (set >> other & 1U) != 0 ? y[other] - mean : 0;
      }
      body(sum);
    }
  }
}

TEST(LocalStatistics, HaveTheMomentsAndPOfAllConditionalPermutations) {
  std::mt19937_64 random(2);
  constexpr std::size_t kUnits = 9;
  constexpr std::size_t kPermutations = 50'000;
  for (int round = 0; round < 8; ++round) {
    const SpatialWeights weights =
        random_weights(random, kUnits, round % 2 == 0 ? WeightStyle::binary : WeightStyle::row_standardised);
    const std::vector<double> x = random_values(random, kUnits);
    const std::vector<double> y = random_values(random, kUnits);
    const LocalOptions options{.permutations = {.permutations = kPermutations, .seed = random()}};
    const LocalStatistics moran = bivariate_local_moran(weights, {x, y}, options);
    const LocalStatistics star = getis_ord_gi_star(weights, y, options);
    for (const UnitIndex unit : weights.neighbours.indices()) {
      const std::size_t degree = weights.neighbours[unit].size();
      if (degree == 0) {
        continue;
      }
      const double factor =
          (x[unit.value()] - mean_of(x)) * weights.weight(unit) * (kUnits - 1) / std::sqrt(squares_of(x) * squares_of(y));
      const double members = static_cast<double>(degree) + 1;
      const double deviation = std::sqrt(squares_of(y) / kUnits * members * (kUnits - members) / (kUnits - 1));
      double choices = 0;
      double sum = 0;
      double squares = 0;
      double star_sum = 0;
      double greater = 0;
      for_each_choice(y, unit.value(), degree, [&](const double lag) {
        ++choices;
        sum += factor * lag;
        squares += factor * lag * factor * lag;
        star_sum += deviation > 0 ? (lag + y[unit.value()] - mean_of(y)) / deviation : 0;
        greater += factor * lag >= moran[unit].value - 1e-12 ? 1 : 0;
      });
      EXPECT_NEAR(moran[unit].expected, sum / choices, 1e-12);
      EXPECT_NEAR(moran[unit].variance, squares / choices - (sum / choices) * (sum / choices), 1e-11);
      EXPECT_NEAR(star[unit].expected, star_sum / choices, 1e-11);
      EXPECT_NEAR(moran[unit].p_greater, greater / choices, 5 * 0.5 / std::sqrt(kPermutations) + 1e-4);
    }
  }
}

TEST(BivariateLocalMoran, OfAQuantityWithItselfIsLocalMoran) {
  std::mt19937_64 random(3);
  const SpatialWeights weights = random_weights(random, 30, WeightStyle::row_standardised);
  const std::vector<double> x = random_values(random, 30);
  EXPECT_EQ(values_of(local_moran(weights, x)), values_of(bivariate_local_moran(weights, {x, x})));
}

TEST(GetisOrd, AgreesWithPublishedValues) {
  const std::vector<double> wanted{-2.065591, -2.204541, -1.032796, -0.734847, 0, 0.734847, 1.032796, 2.204541, 2.065591};
  const LocalStatistics star = getis_ord_gi_star(lattice(3, 3, WeightStyle::binary), kOneToNine);
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(star[UnitIndex{i}].value, wanted[i], kPrinted);
  }
  EXPECT_EQ(values_of(getis_ord_gi_star(lattice(3, 3, WeightStyle::row_standardised), kOneToNine)), values_of(star));
}

TEST(GetisOrd, IsTheFormulaOfItsAuthors) {
  std::mt19937_64 random(4);
  const SpatialWeights weights = random_weights(random, 25, WeightStyle::binary);
  const std::vector<double> x = random_values(random, 25);
  const LocalStatistics gi = getis_ord_gi(weights, x);
  for (const UnitIndex unit : weights.neighbours.indices()) {
    double sum = 0;
    std::vector<double> others;
    for (std::size_t other = 0; other < 25; ++other) {
      if (other != unit.value()) {
        others.push_back(x[other]);
      }
    }
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      sum += x[neighbour.value()];
    }
    const double w = static_cast<double>(weights.neighbours[unit].size());
    const double s = std::sqrt(squares_of(others) / 24);
    const double wanted = (sum - w * mean_of(others)) / (s * std::sqrt((24 * w - w * w) / 23));
    EXPECT_NEAR(gi[unit].value, wanted, 1e-11);
    EXPECT_EQ(gi[unit].variance, 1);
  }
}

TEST(GetisOrd, StarHasTheRanksOfGi) {
  std::mt19937_64 random(5);
  const SpatialWeights weights = random_weights(random, 60, WeightStyle::binary);
  const std::vector<double> x = random_values(random, 60);
  const LocalStatistics gi = getis_ord_gi(weights, x);
  const LocalStatistics star = getis_ord_gi_star(weights, x);
  for (const UnitIndex unit : gi.indices()) {
    EXPECT_EQ(gi[unit].p_two_sided, star[unit].p_two_sided);
    EXPECT_GT(gi[unit].p_two_sided, 0);
    EXPECT_LE(gi[unit].p_two_sided, 1);
  }
}

/// A lattice of 20 x 20 with a high block in one corner and a low one in the other, noise in between.
std::vector<double> two_blocks() {
  std::mt19937_64 random(6);
  std::vector<double> values;
  for (int unit = 0; unit < 400; ++unit) {
    const int column = unit % 20;
    const int row = unit / 20;
    const double noise = static_cast<double>(random() % 100) / 100;
    values.push_back(noise + (column < 6 && row < 6 ? 3 : 0) - (column > 13 && row > 13 ? 3 : 0));
  }
  values[2 * 20 + 2] = -3;  // a low one among the high
  return values;
}

TEST(Clusters, AreWhereTheyWerePut) {
  const SpatialWeights weights = lattice(20, 20, WeightStyle::row_standardised);
  const Clusters clusters = moran_clusters(local_moran(weights, two_blocks()));
  EXPECT_EQ(clusters.kinds[UnitIndex{21}], ClusterKind::high_high);
  EXPECT_EQ(clusters.kinds[UnitIndex{378}], ClusterKind::low_low);
  EXPECT_EQ(clusters.kinds[UnitIndex{42}], ClusterKind::low_high);
  EXPECT_EQ(clusters.kinds[UnitIndex{190}], ClusterKind::not_significant);
  const Clusters spots = hot_and_cold_spots(getis_ord_gi_star(weights, two_blocks()));
  EXPECT_EQ(spots.kinds[UnitIndex{21}], ClusterKind::high_high);
  EXPECT_EQ(spots.kinds[UnitIndex{378}], ClusterKind::low_low);
  EXPECT_LE(spots.p[UnitIndex{378}], 0.05);
}

TEST(Clusters, AreFewerWithAStricterCorrection) {
  const LocalStatistics local = local_moran(lattice(20, 20, WeightStyle::row_standardised), two_blocks());
  const auto found = [&](const std::optional<FalseDiscovery> correction) {
    const Clusters clusters = moran_clusters(local, {.correction = correction});
    return 400 - std::ranges::count(clusters.kinds, ClusterKind::not_significant);
  };
  EXPECT_GT(found(std::nullopt), found(FalseDiscovery::benjamini_hochberg));
  EXPECT_GT(found(FalseDiscovery::benjamini_hochberg), found(FalseDiscovery::benjamini_yekutieli));
  EXPECT_GT(found(FalseDiscovery::benjamini_yekutieli), 20);
}

TEST(Clusters, OfAMapOfNoiseAreNone) {
  std::mt19937_64 random(7);
  const Clusters clusters = moran_clusters(local_moran(lattice(30, 30, WeightStyle::binary), random_values(random, 900)));
  EXPECT_LE(900 - std::ranges::count(clusters.kinds, ClusterKind::not_significant), 2);
}

TEST(LocalStatistics, OfIslandsAreNoTests) {
  SpatialWeights weights = lattice(20, 20, WeightStyle::row_standardised);
  std::vector<double> values = two_blocks();
  const LocalStatistics without = local_moran(weights, values);
  weights.neighbours.push_row({});
  values.push_back(1'000);
  const LocalStatistics left_out = local_moran(weights, values, {.islands = IslandRule::left_out});
  const LocalStatistics kept = local_moran(weights, values);
  for (const UnitIndex unit : without.indices()) {
    EXPECT_EQ(left_out[unit].value, without[unit].value);
    EXPECT_EQ(left_out[unit].p_two_sided, without[unit].p_two_sided);
  }
  EXPECT_NE(kept[UnitIndex{0}].value, without[UnitIndex{0}].value);
  for (const LocalStatistics* const statistics : {&left_out, &kept}) {
    EXPECT_TRUE((*statistics)[UnitIndex{400}].island);
    EXPECT_EQ((*statistics)[UnitIndex{400}].p_two_sided, 1);
    EXPECT_EQ(moran_clusters(*statistics).kinds[UnitIndex{400}], ClusterKind::island);
  }
  EXPECT_EQ(moran_clusters(left_out).p[UnitIndex{0}], moran_clusters(without).p[UnitIndex{0}]);
}

TEST(LocalStatistics, OfEqualValuesAreNothing) {
  const SpatialWeights weights = lattice(5, 5, WeightStyle::row_standardised);
  const std::vector<double> alike(25, 0.1);
  for (const LocalStatistics& statistics :
       {local_moran(weights, alike), getis_ord_gi(weights, alike), getis_ord_gi_star(weights, alike)}) {
    for (const LocalStatistic& statistic : statistics) {
      EXPECT_EQ(statistic.value, 0);
      EXPECT_EQ(statistic.p_two_sided, 1);
    }
  }
  EXPECT_EQ(local_moran({}, {}).size(), 0U);
  EXPECT_THROW((void)local_moran(weights, std::vector<double>{1}), ArgumentError);
}

TEST(LocalStatistics, WithOneValueApartStayFinite) {
  std::vector<double> values(25, 0.1);
  values[12] = 7;
  for (const LocalStatistics& statistics :
       {getis_ord_gi(lattice(5, 5, WeightStyle::binary), values), local_moran(lattice(5, 5, WeightStyle::binary), values)}) {
    EXPECT_EQ(statistics[UnitIndex{12}].p_two_sided, 1);
    for (const LocalStatistic& statistic : statistics) {
      EXPECT_TRUE(std::isfinite(statistic.value) && std::isfinite(statistic.variance));
    }
  }
  EXPECT_EQ(getis_ord_gi(lattice(5, 5, WeightStyle::binary), values)[UnitIndex{12}].value, 0);
}

TEST(LocalStatistics, AreTheSameOnAnyNumberOfThreads) {
  std::mt19937_64 random(8);
  const SpatialWeights weights = random_weights(random, 300, WeightStyle::row_standardised);
  const std::vector<double> values = random_values(random, 300);
  for (const PermutationScheme scheme : {PermutationScheme::shared, PermutationScheme::independent}) {
    const auto compute = [&](const std::size_t threads) {
      const ThreadLimit limit(threads);
      std::vector<double> p;
      for (const LocalStatistic& statistic :
           local_moran(weights, values, {.permutations = {.permutations = 199, .scheme = scheme}})) {
        p.push_back(statistic.p_two_sided);
      }
      return p;
    };
    EXPECT_EQ(compute(1), compute(2));
  }
}

}  // namespace
}  // namespace maillage
