#include "engine/equity/inequality_groups.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/core/error.hpp"
#include "engine/equity/inequality.hpp"

namespace maillage {
namespace {

TEST(InequalityGroups, PartsAddUpOnRandomZonings) {
  std::mt19937_64 random(3);
  int with_zeros = 0;
  for (int round = 0; round < 10'000; ++round) {
    const std::size_t units = 1 + random() % 30;
    const std::size_t group_count = 1 + random() % 6;
    std::vector<double> values;
    std::vector<double> population;
    std::vector<GroupIndex> groups;
    for (std::size_t i = 0; i < units; ++i) {
      values.push_back(static_cast<double>(random() % 50 + (round % 2)) / 7);
      population.push_back(static_cast<double>(random() % 9'000));
      groups.emplace_back(random() % group_count);
    }
    const InequalityDecomposition parts = decompose_inequality({values, population, groups, group_count});
    const WeightedValues all = weighted_values(values, population);
    if (!(all.mean > 0)) {
      EXPECT_FALSE(parts.gini.has_value());
      continue;
    }
    const double scale = 1 + parts.theil_t->total;
    EXPECT_EQ(parts.theil_t->total, theil_t(all).value());
    EXPECT_NEAR(parts.theil_t->between + parts.theil_t->within, parts.theil_t->total, 1e-14 * scale);
    EXPECT_EQ(parts.theil_l.has_value(), mean_log_deviation(all).value.has_value());
    if (parts.theil_l) {
      EXPECT_NEAR(parts.theil_l->between + parts.theil_l->within, parts.theil_l->total, 1e-14 * scale);
    } else {
      ++with_zeros;
    }
    EXPECT_EQ(parts.gini->total, gini(all).value());
    EXPECT_NEAR(parts.gini->between + parts.gini->within + parts.gini->overlap, parts.gini->total, 1e-14);
    double people = 0;
    double held = 0;
    for (const GroupInequality& group : parts.groups) {
      people += group.population_share;
      held += group.value_share;
    }
    EXPECT_NEAR(people, 1, 1e-12);
    EXPECT_NEAR(held, 1, 1e-12);
  }
  EXPECT_GT(with_zeros, 100);
}

TEST(InequalityGroups, GiniOverlapsOnlyWhereGroupsDo) {
  const std::vector<double> people{1, 1, 1, 1};
  const std::vector<GroupIndex> groups{GroupIndex{0}, GroupIndex{0}, GroupIndex{1}, GroupIndex{1}};
  const std::vector<double> apart{1, 2, 3, 4};
  const GiniParts none = *decompose_inequality({apart, people, groups, 2}).gini;
  EXPECT_NEAR(none.overlap, 0, 1e-15);
  EXPECT_DOUBLE_EQ(none.between, 0.2);  // means 1.5 and 3.5
  EXPECT_DOUBLE_EQ(none.within, 0.05);  // 0.5 * 0.3 * 1/6 + 0.5 * 0.7 * 1/14
  const std::vector<double> crossed{1, 3, 2, 4};
  EXPECT_GT(decompose_inequality({crossed, people, groups, 2}).gini->overlap, 0.01);
}

TEST(InequalityGroups, OneGroupIsAllWithinAndOneUnitEachAllBetween) {
  const std::vector<double> values{1, 2, 6};
  const std::vector<double> people{3, 2, 1};
  const std::vector<GroupIndex> one(3, GroupIndex{0});
  const std::vector<GroupIndex> each{GroupIndex{0}, GroupIndex{1}, GroupIndex{2}};
  const InequalityDecomposition whole = decompose_inequality({values, people, one, 1});
  EXPECT_EQ(whole.theil_t->between, 0);
  EXPECT_EQ(whole.gini->within, whole.gini->total);
  const InequalityDecomposition split = decompose_inequality({values, people, each, 3});
  EXPECT_EQ(split.theil_t->within, 0);
  EXPECT_EQ(split.gini->between, split.gini->total);
}

TEST(InequalityGroups, TellsWhoIsInNoGroup) {
  const std::vector<double> values{1, 2, 100};
  const std::vector<double> people{10, 20, 7};
  const std::vector<Index<struct EpciTag>> zone_of{Index<EpciTag>{0}, Index<EpciTag>{2}, Index<EpciTag>::none()};
  const std::vector<GroupIndex> groups = groups_of(zone_of);
  const InequalityDecomposition parts = decompose_inequality({values, people, groups, 3});
  EXPECT_EQ(parts.population_without_group, 7);
  EXPECT_EQ(parts.groups[1].population_share, 0);
  EXPECT_FALSE(parts.groups[1].gini.has_value());
  EXPECT_DOUBLE_EQ(parts.groups[2].population_share, 2.0 / 3);
  EXPECT_THROW((void)decompose_inequality({values, people, groups, 2}), ArgumentError);
}

}  // namespace
}  // namespace maillage
