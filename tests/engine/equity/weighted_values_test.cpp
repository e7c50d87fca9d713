#include "engine/equity/weighted_values.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(WeightedValues, GathersTiesAndLeavesOutWhoIsNobody) {
  const std::vector<double> values{3, 1, 3, 7, -0.0};
  const std::vector<double> population{10, 5, 30, 0, 5};
  const WeightedValues gathered = weighted_values(values, population);
  ASSERT_EQ(gathered.classes.size(), 3U);
  EXPECT_EQ(gathered.classes[0].value, 0);
  EXPECT_EQ(gathered.classes[1].population, 5);
  EXPECT_EQ(gathered.classes[2].population, 40);
  EXPECT_EQ(gathered.population, 50);
  EXPECT_DOUBLE_EQ(gathered.mean, 2.5);
}

TEST(WeightedValues, GivesTheSameBitsForShuffledRows) {
  std::vector<double> values;
  std::vector<double> population;
  for (int i = 0; i < 1000; ++i) {
    values.push_back(0.1 * ((i * 37) % 101));
    population.push_back(0.3 * ((i * 53) % 997));
  }
  const WeightedValues first = weighted_values(values, population);
  const std::vector<double> values_back(values.rbegin(), values.rend());
  const std::vector<double> population_back(population.rbegin(), population.rend());
  const WeightedValues second = weighted_values(values_back, population_back);
  EXPECT_EQ(first.mean, second.mean);
  EXPECT_EQ(first.population, second.population);
  ASSERT_EQ(first.classes.size(), second.classes.size());
  for (std::size_t i = 0; i < first.classes.size(); ++i) {
    EXPECT_EQ(first.classes[i].population, second.classes[i].population);
  }
}

TEST(WeightedValues, RefusesWhatIsNoQuantity) {
  const std::vector<double> one{1};
  for (const double wrong : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const std::vector<double> bad{wrong};
    EXPECT_THROW((void)weighted_values(bad, one), ArgumentError);
    EXPECT_THROW((void)weighted_values(one, bad), ArgumentError);
  }
  EXPECT_THROW((void)weighted_values(one, {}), ArgumentError);
  const std::vector<double> huge(2, std::numeric_limits<double>::max());
  EXPECT_THROW((void)weighted_values(huge, huge), ArgumentError);
}

TEST(WeightedValues, OfNobodyIsEmpty) {
  EXPECT_TRUE(weighted_values({}, {}).classes.empty());
  EXPECT_EQ(weighted_values({}, {}).mean, 0);
}

}  // namespace
}  // namespace maillage
