#include "engine/accessibility/disagreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(Disagreement, RanksBestFirstWhicheverWayTheMeasurePoints) {
  const std::vector<double> supply{5, 9, 1, 9};
  const std::vector<double> cost{10, 20, kMissing, 5};
  const std::vector<RankedMeasure> measures{{.values = supply, .more_is_better = true},
                                            {.values = cost, .more_is_better = false}};
  const Disagreement found = compare_measures(measures, 4);
  EXPECT_EQ(found.ranks[0], (std::vector<double>{3, 1.5, 4, 1.5}));
  EXPECT_EQ(found.ranks[1], (std::vector<double>{2, 3, 4, 1}));
  EXPECT_EQ(found.spread, (std::vector<double>{1, 1.5, 0, 0.5}));
  EXPECT_EQ(found.median_rank, (std::vector<double>{2.5, 2.25, 4, 1.25}));
  EXPECT_EQ(found.measures, (std::vector<std::uint32_t>{2, 2, 2, 2}));
  EXPECT_EQ(found.in_worst_tenth, (std::vector<std::uint32_t>{0, 0, 2, 0}));
}

TEST(Disagreement, LeavesOutWhatAMeasureDoesNotRank) {
  const std::vector<double> supply{5, kMissing, 1};
  const std::vector<RankedMeasure> measures{{.values = supply, .more_is_better = true}};
  const Disagreement found = compare_measures(measures, 3);
  EXPECT_EQ(found.ranks[0][0], 1);
  EXPECT_TRUE(std::isnan(found.ranks[0][1]));
  EXPECT_EQ(found.ranks[0][2], 2);
  EXPECT_TRUE(std::isnan(found.spread[0]));
  EXPECT_EQ(found.measures[1], 0U);
  EXPECT_TRUE(std::isnan(found.median_rank[1]));
}

TEST(Disagreement, PutsATenthInTheWorstTenth) {
  std::vector<double> values(100);
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] = static_cast<double>(k);
  }
  const std::vector<RankedMeasure> measures{{.values = values, .more_is_better = true}};
  const Disagreement found = compare_measures(measures, 100);
  std::size_t worst = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    worst += found.in_worst_tenth[k];
    EXPECT_EQ(found.in_worst_tenth[k] == 1, k < 10);
  }
  EXPECT_EQ(worst, 10U);
}

TEST(Disagreement, RefusesSizesThatDiffer) {
  const std::vector<double> values{1};
  const std::vector<RankedMeasure> measures{{.values = values, .more_is_better = true}};
  EXPECT_THROW((void)compare_measures(measures, 2), ArgumentError);
}

}  // namespace
}  // namespace maillage
