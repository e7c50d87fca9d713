#include "engine/survey/published_figure.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

Decimal percent(const std::int64_t units, const int decimals = 0) {
  return {.units = units, .decimals = decimals};
}

TEST(CountsPrintedAs, AgreesWithRoundingEveryCount) {
  for (const int decimals : {0, 1}) {
    const std::int64_t scale = decimals == 0 ? 100 : 1000;
    for (std::int64_t base = 1; base <= 130; ++base) {
      for (std::int64_t units = 0; units <= scale; ++units) {
        const CountRange range = counts_printed_as(percent(units, decimals), base);
        for (std::int64_t count = 0; count <= base; ++count) {
          const bool prints = std::get<Decimal>(percentage(count, base, decimals)).units == units;
          ASSERT_EQ(prints, range.holds(count)) << count << " of " << base << " as " << units;
        }
      }
    }
  }
}

TEST(CountsPrintedAs, T08TiersOf258) {
  EXPECT_EQ(counts_printed_as(percent(34), 258), (CountRange{87, 89}));
  EXPECT_EQ(counts_printed_as(percent(42), 258), (CountRange{108, 109}));
  EXPECT_EQ(counts_printed_as(percent(20), 258), (CountRange{51, 52}));
  EXPECT_EQ(counts_printed_as(percent(4), 258), (CountRange{10, 11}));
}

TEST(CountsPrintedAs, RefusesWhatIsNoPercentageOrNoBase) {
  EXPECT_TRUE(counts_printed_as(percent(101), 258).empty());
  EXPECT_THROW((void)counts_printed_as(percent(-1), 258), ArgumentError);
  EXPECT_THROW((void)counts_printed_as(percent(5), 0), ArgumentError);
  EXPECT_THROW((void)counts_printed_as(percent(5, 5), 258), ArgumentError);
  EXPECT_EQ(counts_printed_as(percent(50'0000, 4), kLargestAuditBase), (CountRange{499'999'500, 500'000'499}));
}

TEST(BasesPrintedAs, T02AndT03FramesFromRates) {
  EXPECT_EQ(bases_printed_as(258, percent(17)), (CountRange{1475, 1563}));
  EXPECT_EQ(bases_printed_as(10, percent(27)), (CountRange{37, 37}));
  EXPECT_EQ(bases_printed_as(13, percent(25)), (CountRange{51, 53}));
  EXPECT_EQ(bases_printed_as(19, percent(25)), (CountRange{75, 77}));
  EXPECT_EQ(bases_printed_as(49, percent(25)), (CountRange{193, 200}));
  EXPECT_EQ(bases_printed_as(140, percent(15)), (CountRange{904, 965}));
  EXPECT_EQ(bases_printed_as(12, percent(9)), (CountRange{127, 141}));
  EXPECT_EQ(bases_printed_as(10, percent(8)), (CountRange{118, 133}));
}

TEST(BasesPrintedAs, AgreesWithRoundingEveryBase) {
  for (const std::int64_t count : {0, 1, 7, 40}) {
    for (std::int64_t units = 0; units <= 100; ++units) {
      const CountRange range = bases_printed_as(count, percent(units));
      for (std::int64_t base = std::max(std::int64_t{1}, count); base <= 9000; ++base) {
        ASSERT_EQ(range.holds(base), std::get<Decimal>(percentage(count, base, 0)).units == units) << count << "/" << base;
      }
    }
  }
}

TEST(FeasibleBases, T14AndT23HiddenBases) {
  const auto bases = [](const std::int64_t units, const std::int64_t group) {
    const Decimal figure = percent(units);
    return feasible_bases({&figure, 1}, {1, group});
  };
  EXPECT_EQ(bases(64, 19), (std::vector<std::int64_t>{14, 11}));
  EXPECT_EQ(bases(75, 10), (std::vector<std::int64_t>{8, 4}));
  const auto social = bases(58, 49);
  EXPECT_EQ(social.at(0), 48);
  EXPECT_EQ(social.at(1), 45);
  EXPECT_EQ(bases(50, 10).front(), 10);
  EXPECT_EQ(bases(50, 12).front(), 12);
}

TEST(CountsSummingToBase, NarrowsEachToWhatTheOthersLeave) {
  const std::vector<Decimal> tiers{percent(34), percent(42), percent(20), percent(4)};
  const auto ranges = counts_summing_to_base(tiers, 258);
  ASSERT_TRUE(ranges);
  std::vector<std::vector<bool>> seen(4, std::vector<bool>(259, false));
  for (int a = 87; a <= 89; ++a) {
    for (int b = 108; b <= 109; ++b) {
      for (int c = 51; c <= 52; ++c) {
        const int d = 258 - a - b - c;
        if (d == 10 || d == 11) {
          seen[0][a] = seen[1][b] = seen[2][c] = seen[3][d] = true;
        }
      }
    }
  }
  for (std::size_t k = 0; k < 4; ++k) {
    for (int count = 0; count <= 258; ++count) {
      EXPECT_EQ(seen[k][count], (*ranges)[k].holds(count)) << k << " " << count;
    }
  }
  EXPECT_FALSE(counts_summing_to_base(std::vector<Decimal>{percent(34), percent(42), percent(20)}, 258));
}

TEST(UnionBounds, T18AndT22GroupsOfStakesAndBrakes) {
  const std::vector<Decimal> knowledge{percent(58), percent(49), percent(21), percent(19)};
  EXPECT_EQ(union_bounds(knowledge).least, percent(58));
  EXPECT_EQ(union_bounds(knowledge).most, percent(100));
  EXPECT_TRUE(union_is_possible(knowledge, percent(93), 258));
  const std::vector<Decimal> skills{percent(55), percent(20)};
  EXPECT_EQ(union_bounds(skills).most, percent(75));
  EXPECT_TRUE(union_is_possible(skills, percent(61), 258));
  EXPECT_FALSE(union_is_possible(skills, percent(54), 258));
  EXPECT_FALSE(union_is_possible(skills, percent(77), 258));
  EXPECT_THROW((void)union_bounds({}), ArgumentError);
}

TEST(Moved, StaysAPercentage) {
  EXPECT_EQ(moved(percent(44), -1), percent(43));
  EXPECT_EQ(moved(percent(0), -1), std::nullopt);
  EXPECT_EQ(moved(percent(1000, 1), 1), std::nullopt);
}

}  // namespace
}  // namespace maillage
