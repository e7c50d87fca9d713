#include "engine/equity/inequality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

// Enhanced 2SFCA of four zones, weights 1 / 0.68 / 0.22 up to 10 / 20 / 30 minutes: supply per head.
const std::vector<double> kAccess{0.006922659, 0.007640343, 0.011183679, 0.006299372};
const std::vector<double> kIncome{12, 30, 18, 9};
const std::vector<double> kPeople{1000, 500, 2000, 300};
constexpr double kPrintedDigits = 5e-8;  // of 9 printed digits of each value

struct Sample {
  std::vector<double> values;
  std::vector<double> population;
  [[nodiscard]] WeightedValues weighted() const { return weighted_values(values, population); }
};

/// Zeros, ties, nobody; populations from a hamlet to a city.
Sample random_sample(std::mt19937_64& random) {
  Sample sample;
  const std::size_t units = 1 + random() % 12;
  const bool coarse = random() % 2 == 0;
  for (std::size_t i = 0; i < units; ++i) {
    const auto raw = static_cast<double>(random() % (coarse ? 4 : 1'000'000));
    sample.values.push_back(coarse ? raw : raw / 997);
    sample.population.push_back(static_cast<double>(random() % 5 == 0 ? 0 : random() % 100'000));
  }
  return sample;
}

double gini_of_pairs(const Sample& sample, const WeightedValues& weighted) {
  long double sum = 0;
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    for (std::size_t k = 0; k < sample.values.size(); ++k) {
      sum += static_cast<long double>(sample.population[i]) * sample.population[k] *
             std::abs(sample.values[i] - sample.values[k]);
    }
  }
  const long double people = weighted.population;
  return static_cast<double>(sum / (2 * people * people * weighted.mean));
}

double gini_of_trapezoids(const WeightedValues& weighted) {
  const std::vector<LorenzPoint> curve = lorenz_curve(weighted);
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    area += (curve[i].population_share - curve[i - 1].population_share) * (curve[i - 1].value_share + curve[i].value_share);
  }
  return 1 - area;
}

TEST(Inequality, AgreesWithPublishedValues) {
  const WeightedValues access = weighted_values(kAccess, kPeople);
  EXPECT_NEAR(gini(access).value(), 0.118367924, kPrintedDigits);
  EXPECT_NEAR(theil_t(access).value(), 0.026657371, kPrintedDigits);
  const RankedValues by_income{kAccess, kIncome, kPeople};
  EXPECT_NEAR(concentration_index(by_income).value(), 0.065084681, kPrintedDigits);
  EXPECT_NEAR(erreygers_index(by_income).value(), 0.490930760, 1e-6);
}

TEST(Inequality, CountsThePopulationOfZeros) {
  const std::vector<double> values{10, 10, 0, 0};
  const std::vector<double> people{1, 1, 1, 1};
  const WeightedValues half = weighted_values(values, people);
  EXPECT_DOUBLE_EQ(theil_t(half).value(), std::log(2.0));
  EXPECT_DOUBLE_EQ(gini(half).value(), 0.5);
  const MeanLogDeviation deviation = mean_log_deviation(half);
  EXPECT_FALSE(deviation.value.has_value());
  EXPECT_EQ(deviation.zero_share, 0.5);
  EXPECT_EQ(deviation.among_positive, 0.0);
  EXPECT_EQ(atkinson(half, 1), 1.0);
  EXPECT_EQ(atkinson(half, 2), 1.0);
  EXPECT_DOUBLE_EQ(atkinson(half, 0.5).value(), 0.5);
}

TEST(Inequality, OfNothingIsNone) {
  const std::vector<double> zeros{0, 0};
  const std::vector<double> people{3, 4};
  for (const WeightedValues& nothing : {weighted_values(zeros, people), weighted_values({}, {})}) {
    EXPECT_FALSE(gini(nothing) || theil_t(nothing) || atkinson(nothing, 0.5) || mean_log_deviation(nothing).value);
    EXPECT_TRUE(lorenz_curve(nothing).empty());
    EXPECT_TRUE(quantile_shares(nothing, 5).empty());
  }
  const RankedValues ranked{zeros, people, people};
  EXPECT_FALSE(concentration_index(ranked) || erreygers_index(ranked));
  EXPECT_FALSE(palma_ratio(ranked).split_units || palma_ratio(ranked).whole_units);
  EXPECT_EQ(foster_greer_thorbecke(weighted_values({}, {}), 1).head_count, 0);
}

TEST(Inequality, OfEqualsIsZeroToTheLastBit) {
  const std::vector<double> values(7, 0.1);
  const std::vector<double> people{1, 2.5, 3, 1e6, 7, 0.3, 12};
  const WeightedValues alike = weighted_values(values, people);
  EXPECT_EQ(gini(alike), 0.0);
  EXPECT_EQ(theil_t(alike), 0.0);
  EXPECT_EQ(mean_log_deviation(alike).value, 0.0);
  EXPECT_EQ(atkinson(alike, 0.7), 0.0);
  EXPECT_EQ(atkinson(alike, 3), 0.0);
}

TEST(Inequality, HoldsItsLawsOnRandomSamples) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 10'000; ++round) {
    const Sample sample = random_sample(random);
    const WeightedValues weighted = sample.weighted();
    if (!(weighted.mean > 0)) {
      continue;
    }
    const double g = gini(weighted).value();
    EXPECT_NEAR(g, gini_of_pairs(sample, weighted), 1e-12);
    EXPECT_NEAR(g, gini_of_trapezoids(weighted), 1e-12);
    // In other units, and in twice as many equal heads, nothing changes.
    Sample scaled = sample;
    for (std::size_t i = 0; i < scaled.values.size(); ++i) {
      scaled.values[i] *= 0.37;
      scaled.population[i] *= 2;
    }
    const WeightedValues other = scaled.weighted();
    EXPECT_NEAR(theil_t(other).value(), theil_t(weighted).value(), 1e-12);
    EXPECT_NEAR(atkinson(other, 0.5).value(), atkinson(weighted, 0.5).value(), 1e-12);
    EXPECT_NEAR(gini(other).value(), g, 1e-12);
    // More aversion never finds less inequality.
    EXPECT_LE(atkinson(weighted, 0.5).value(), atkinson(weighted, 1).value() + 1e-12);
    EXPECT_LE(atkinson(weighted, 1).value(), atkinson(weighted, 2).value() + 1e-12);
    const std::vector<double> shares = quantile_shares(weighted, 10);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
    for (std::size_t i = 1; i < shares.size(); ++i) {
      EXPECT_GE(shares[i], shares[i - 1] - 1e-12);
    }
  }
}

TEST(Inequality, AtkinsonOfOneIsTheLimitOfItsNeighbours) {
  const WeightedValues access = weighted_values(kAccess, kPeople);
  EXPECT_NEAR(atkinson(access, 1).value(), atkinson(access, 1 + 1e-7).value(), 1e-8);
  EXPECT_NEAR(atkinson(access, 1).value(), 1 - std::exp(-mean_log_deviation(access).value.value()), 1e-15);
  EXPECT_EQ(atkinson(access, 0), 0.0);
  EXPECT_THROW((void)atkinson(access, -1), ArgumentError);
}

TEST(Inequality, PovertyIsBelowTheLineNotAtIt) {
  const std::vector<double> values{0, 5, 10, 20};
  const std::vector<double> people{1, 2, 3, 4};
  const Poverty poverty = foster_greer_thorbecke(weighted_values(values, people), 10);
  EXPECT_DOUBLE_EQ(poverty.head_count, 0.3);
  EXPECT_DOUBLE_EQ(poverty.gap, (1 * 1 + 2 * 0.5) / 10);
  EXPECT_DOUBLE_EQ(poverty.severity, (1 * 1 + 2 * 0.25) / 10);
  EXPECT_EQ(poverty.population_below, 3);
  EXPECT_THROW((void)foster_greer_thorbecke(weighted_values(values, people), 0), ArgumentError);
}

TEST(Inequality, LorenzCurveHasAPointPerDistinctValue) {
  const std::vector<double> values{0, 1, 1, 3};
  const std::vector<double> people{2, 1, 1, 1};
  const std::vector<LorenzPoint> curve = lorenz_curve(weighted_values(values, people));
  EXPECT_EQ(curve, (std::vector<LorenzPoint>{{0, 0}, {0.4, 0}, {0.8, 0.4}, {1, 1}}));
  const std::vector<double> shares = quantile_shares(weighted_values(values, people), 5);
  const std::vector<double> wanted{0, 0, 0.2, 0.2, 0.6};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(shares[i], wanted[i], 1e-15);
  }
  EXPECT_THROW((void)quantile_shares(weighted_values(values, people), 0), ArgumentError);
}

TEST(Inequality, QuantilesMaySplitAClass) {
  const std::vector<double> values{1, 4};
  const std::vector<double> people{3, 1};
  const std::vector<double> halves = quantile_shares(weighted_values(values, people), 2);
  EXPECT_NEAR(halves[0], 2.0 / 7, 1e-15);
  EXPECT_NEAR(halves[1], 5.0 / 7, 1e-15);
}

TEST(Inequality, PalmaTellsBothWaysOfCuttingGroups) {
  // Ten persons; the zone of persons 4 and 5 lies across the 40 % bound.
  const std::vector<double> access{1, 3, 5, 20};
  const std::vector<double> income{10, 20, 30, 40};
  const std::vector<double> people{3, 2, 4, 1};
  const PalmaRatio palma = palma_ratio({access, income, people});
  EXPECT_DOUBLE_EQ(palma.split_units.value(), 20 / ((3 * 1 + 1 * 3) / 4.0));
  // wtd.quantile(income, people, c(.4, .9)): 1 + 9 * 0.4 = 4.6 is between persons 4 and 5, both at 20; 9.1: 0.9 * 30 + 0.1
  // * 40.
  EXPECT_DOUBLE_EQ(palma.whole_units.value(), 20 / ((3 * 1 + 2 * 3) / 5.0));
}

TEST(Inequality, PalmaOfPoorWithoutAccessIsNone) {
  const std::vector<double> access{0, 0, 5};
  const std::vector<double> income{1, 2, 3};
  const std::vector<double> people{5, 4, 1};
  EXPECT_FALSE(palma_ratio({access, income, people}).split_units.has_value());
}

TEST(Inequality, ConcentrationIsGiniWhenRankedByItself) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 2'000; ++round) {
    const Sample sample = random_sample(random);
    const auto index = concentration_index({sample.values, sample.values, sample.population});
    const auto g = gini(sample.weighted());
    ASSERT_EQ(index.has_value(), g.has_value());
    if (g) {
      EXPECT_NEAR(*index, *g, 1e-12);
      std::vector<double> backwards;
      for (const double value : sample.values) {
        backwards.push_back(-value);
      }
      EXPECT_NEAR(concentration_index({sample.values, backwards, sample.population}).value(), -*g, 1e-12);
    }
  }
}

TEST(Inequality, EqualRanksShareTheirMeanRank) {
  const std::vector<double> access{4, 0, 2, 2};
  const std::vector<double> income{1, 1, 2, 2};
  const std::vector<double> people{1, 1, 1, 1};
  EXPECT_NEAR(concentration_index({access, income, people}).value(), 0, 1e-15);
}

TEST(Inequality, ErreygersTakesDeclaredBounds) {
  const RankedValues by_income{kAccess, kIncome, kPeople};
  const double mean = weighted_values(kAccess, kPeople).mean;
  EXPECT_NEAR(erreygers_index(by_income, ValueBounds{0, 1}).value(), 4 * mean * concentration_index(by_income).value(),
              1e-15);
  EXPECT_THROW((void)erreygers_index(by_income, ValueBounds{0, 0.01}), ArgumentError);
}

}  // namespace
}  // namespace maillage
