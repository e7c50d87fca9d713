#include "engine/survey/response_rates.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;
using test::attribute_of_counts;

FrameCounts frame_of(const std::vector<std::string>& names, const std::vector<std::int64_t>& counts) {
  FrameCounts frame;
  for (const std::string& name : names) {
    frame.categories.push_back({name, name});
  }
  frame.counts = counts;
  return frame;
}

const std::vector<std::string> kTypes{"library", "social", "environment", "fablab", "youth", "arts", "insertion"};

TEST(ResponseRates, T03RatesByTypeAndTheirFit) {
  const ResponseRates rates = response_rates(attribute_of_counts(kTypes, {140, 49, 19, 13, 12, 10, 10}),
                                             frame_of(kTypes, {933, 196, 76, 52, 133, 125, 37}));
  ASSERT_EQ(rates.rows.size(), 7U);
  std::vector<int> percent;
  for (const ResponseRate& row : rates.rows) {
    percent.push_back(static_cast<int>(std::lround(100 * *row.rate)));
  }
  EXPECT_EQ(percent, (std::vector<int>{15, 25, 25, 25, 9, 8, 27}));
  EXPECT_NEAR(rates.rows[6].interval.low, 0.153974615110491, 1e-13);
  EXPECT_EQ(rates.total.respondents, 253);
  EXPECT_EQ(rates.total.frame, 1552);
  // scipy.stats.chi2_contingency([r, f - r], correction=False)
  EXPECT_NEAR(rates.fit.statistic, 33.71410012962949, 1e-11);
  EXPECT_NEAR(*rates.fit.p, 7.638805339789597e-06, 1e-17);
  EXPECT_EQ(rates.fit.degrees_of_freedom, 6);
  EXPECT_NEAR(*rates.rows[0].representation, 140.0 / 253 / (933.0 / 1552), 1e-15);
}

TEST(ResponseRates, TellsWhatDoesNotFitTheFrame) {
  const ResponseRates rates =
      response_rates(attribute_of_counts({"a", "b", "new"}, {5, 3, 2}), frame_of({"b", "a", "c"}, {40, 4, 7}));
  ASSERT_EQ(rates.rows.size(), 4U);
  EXPECT_EQ(rates.rows[0].category.french, "b");
  EXPECT_EQ(rates.rows[1].respondents, 5);
  EXPECT_FALSE(rates.rows[1].rate);
  EXPECT_EQ(rates.rows[2].respondents, 0);
  EXPECT_EQ(*rates.rows[2].rate, 0);
  EXPECT_FALSE(rates.rows[3].representation);
  const Table table = response_table(rates, {"type", "type"}, 1);
  const auto remark = [&](const std::size_t row) { return to_text(table.rows[row].back(), Language::english); };
  EXPECT_EQ(remark(0), "");
  EXPECT_EQ(remark(1), "more answers than asked");
  EXPECT_EQ(remark(2), "fewer than 30 asked");
  EXPECT_EQ(remark(3), "not among those asked");
}

TEST(ResponseRates, OfACensusHasNoTest) {
  const ResponseRates rates = response_rates(attribute_of_counts({"a", "b"}, {5, 3}), frame_of({"a", "b"}, {5, 3}));
  EXPECT_FALSE(rates.fit.p);
  EXPECT_EQ(*rates.total.rate, 1);
}

TEST(Crossed, JoinsCategoriesThatOccurTogether) {
  const std::vector<Attribute> two{attribute_of({"a", "b", "a", ""}), attribute_of({"1", "1", "2", "2"})};
  const Attribute both = crossed(two);
  ASSERT_EQ(both.categories.size(), 3U);
  EXPECT_EQ(both.categories[CategoryIndex{0}].french, "a × 1");
  EXPECT_EQ(both.values[UnitIndex{2}].front(), CategoryIndex{1});
  EXPECT_TRUE(both.values[UnitIndex{3}].empty());
  EXPECT_EQ(frame_counts(both).counts, (std::vector<std::int64_t>{1, 1, 1}));
  EXPECT_THROW((void)crossed({}), ArgumentError);
  const std::vector<Attribute> uneven{attribute_of({"a"}), attribute_of({"1", "2"})};
  EXPECT_THROW((void)crossed(uneven), ArgumentError);
}

}  // namespace
}  // namespace maillage
