#include "engine/survey/table.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(RoundedRatio, RoundsHalfUpExactly) {
  EXPECT_EQ(percentage(1, 8, 0), TableCell(Decimal{13, 0}));  // 12.5
  EXPECT_EQ(percentage(1, 8, 1), TableCell(Decimal{125, 1}));
  EXPECT_EQ(percentage(1, 200, 0), TableCell(Decimal{1, 0}));  // 0.5
  EXPECT_EQ(percentage(1, 201, 0), TableCell(Decimal{0, 0}));
  EXPECT_EQ(percentage(1'005, 100'000, 2), TableCell(Decimal{101, 2}));  // 1.005, which binary rounding makes 1.00
  EXPECT_EQ(rounded_ratio(1'243, 5'992'194, 10'000, 2), TableCell(Decimal{207, 2}));
}

TEST(RoundedRatio, IsNothingOfNobody) {
  EXPECT_EQ(percentage(0, 0, 1), TableCell(std::monostate{}));
}

TEST(RoundedRatio, HoldsForHugePopulations) {
  EXPECT_EQ(percentage(4'000'000'000'000'000'000, 8'000'000'000'000'000'000, 6), TableCell(Decimal{50'000'000, 6}));
}

TEST(RoundedRatio, RefusesNegativeCounts) {
  EXPECT_THROW((void)percentage(-1, 2, 0), ArgumentError);
  EXPECT_THROW((void)percentage(1, -2, 0), ArgumentError);
  EXPECT_THROW((void)percentage(1, 2, 7), ArgumentError);
}

TEST(TableCellText, FollowsTheLanguage) {
  EXPECT_EQ(to_text(std::int64_t{1'013'297}, Language::french), "1\u202F013\u202F297");
  EXPECT_EQ(to_text(std::int64_t{-1'013}, Language::english), "-1,013");
  EXPECT_EQ(to_text(Decimal{7, 2}, Language::french), "0,07");
  EXPECT_EQ(to_text(Decimal{543, 1}, Language::english), "54.3");
  EXPECT_EQ(to_text(Text{"oui", "yes"}, Language::english), "yes");
  EXPECT_EQ(to_text({}, Language::french), "");
}

}  // namespace
}  // namespace maillage
