#include "engine/survey/weighted_figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

/// One of 10 with the answer c stands in x, nine in y; their weights differ.
struct Weighted {
  Attribute question;
  Attribute by;
  std::vector<double> weights;
};

Weighted weighted() {
  std::vector<std::string> question;
  std::vector<std::string> by;
  std::vector<double> weights;
  const auto add = [&](const int units, const std::string& answer, const std::string& kind, const double weight) {
    question.insert(question.end(), static_cast<std::size_t>(units), answer);
    by.insert(by.end(), static_cast<std::size_t>(units), kind);
    weights.insert(weights.end(), static_cast<std::size_t>(units), weight);
  };
  add(1, "c", "x", 2);
  add(9, "c", "y", 0.5);
  add(19, "d", "x", 2);
  add(31, "d", "y", 0.5);
  return {test::attribute_of(question, "q"), test::attribute_of(by, "by"), weights};
}

TEST(WeightedFigures, AWeightedShareTellsWhichOfTwoHiddenCountsIsWhich) {
  // Of x + y = 10 with the answer c, only 1 + 9 gives the printed share of 60 in weights: the share alone tells it.
  const auto share = [](const int x) { return std::round(1000 * (2.0 * x + 0.5 * (10 - x)) / 60) / 10; };
  for (int x = 0; x <= 10; ++x) {
    EXPECT_EQ(share(x) == share(1), x == 1);
  }
  const Weighted survey = weighted();
  LinkedTables linked;
  linked.attributes = {survey.question, survey.by};
  linked.tables = {published_distribution(survey.question), published_distribution(survey.by),
                   published_crossing(survey.question, survey.by)};
  const std::vector<Attribute> margins{survey.by};
  const WeightBasis basis{.weights = survey.weights, .margins = margins, .decimals = 1};
  const WeightedFigures figures = weighted_distribution_figures(survey.question, basis, linked.limits);
  ASSERT_EQ(figures.figures.size(), 2U);
  linked.sums = figures.sums;
  linked.figures = figures.figures;
  const ProtectedTables result = protect(linked, {});
  EXPECT_TRUE(result.safe);
  EXPECT_FALSE(result.shows({has_category(survey.question, {"c", "c"}), has_category(survey.by, {"x", "x"})}));
  EXPECT_FALSE(result.shows_figure(weighted_figure_name(survey.question, {"c", "c"})));
  EXPECT_FALSE(result.shows_figure("no such figure"));
  // Where nothing is secret, the share is shown.
  EXPECT_TRUE(protect(linked, {.least_units = 1}).shows_figure(weighted_figure_name(survey.question, {"c", "c"})));
}

TEST(WeightedFigures, AreNoneWhereTheCrossIsTooLarge) {
  const Weighted survey = weighted();
  const std::vector<Attribute> margins{survey.by};
  const WeightBasis basis{.weights = survey.weights, .margins = margins, .decimals = 1};
  EXPECT_TRUE(weighted_distribution_figures(survey.question, basis, {.cells_of_a_cross = 8}).figures.empty());
  EXPECT_EQ(weighted_crossing_figures(survey.question, survey.by, basis, {}).figures.size(), 4U);
}

}  // namespace
}  // namespace maillage
