#include "engine/coverage/analysis.hpp"

#include <gtest/gtest.h>

#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

TEST(CoverageAnalysis, AnswersOneDefinitionInEveryWay) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "A");
  const CoverageAnalysis analysis = analyse_coverage(territory, structures.set, structures.placed, structures.within(1'000));
  EXPECT_EQ(analysis.coverage.total.communes_covered, 2);
  EXPECT_EQ(analysis.without_structure.raw(), (std::vector<std::uint8_t>{0, 1, 1, 1}));
  ASSERT_EQ(analysis.gaps_without_structure.size(), 1U);
  EXPECT_EQ(analysis.gaps_without_structure[0].communes.size(), 3U);
  ASSERT_EQ(analysis.gaps_beyond_limit.size(), 1U);
  EXPECT_EQ(analysis.gaps_beyond_limit[0].communes.size(), 2U);
  EXPECT_EQ(analysis.remote, (RemoteCommunes{.communes = 2, .population = 200}));
  EXPECT_EQ(analysis.join_counts, (JoinCounts{.both = 0, .one = 1, .neither = 2}));
  EXPECT_EQ(analysis.discontinuities.size(), 3U);
  ASSERT_TRUE(analysis.geometric_gaps.has_value());
  EXPECT_DOUBLE_EQ(analysis.geometric_gaps->radius_m, 1'000);
  EXPECT_NEAR(analysis.geometric_gaps->covered_m2 + analysis.geometric_gaps->gap_m2, 4e6, 1e-3);
}

TEST(CoverageAnalysis, HasNoDiscsWithoutContours) {
  Territory territory = test::draw_territory({"AB"});
  territory.contours = AreaSet{};
  territory.contours.end_area();
  territory.contours.end_area();
  const auto structures = test::structures_at(territory, "A");
  EXPECT_FALSE(
      analyse_coverage(territory, structures.set, structures.placed, structures.within(1'000)).geometric_gaps.has_value());
}

}  // namespace
}  // namespace maillage
