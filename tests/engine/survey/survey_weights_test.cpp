#include "engine/survey/survey_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;

WeightMargin margin(const std::vector<std::string>& values, const std::vector<std::string>& names,
                    const std::vector<std::int64_t>& counts) {
  WeightMargin result{.units = attribute_of(values), .target = {}};
  for (const std::string& name : names) {
    result.target.categories.push_back({name, name});
  }
  result.target.counts = counts;
  return result;
}

const std::vector<WeightMargin>& two_margins() {
  static const std::vector<WeightMargin> kMargins{
      margin({"a", "a", "a", "a", "a", "a", "b", "b", "b", "b"}, {"a", "b"}, {50, 50}),
      margin({"x", "x", "x", "x", "y", "y", "x", "y", "y", "z"}, {"x", "y", "z"}, {30, 50, 20})};
  return kMargins;
}

TEST(Raked, AgreesWithIterativeProportionalFittingByNumpy) {
  const SurveyWeights result = raked(two_margins());
  EXPECT_TRUE(result.converged);
  EXPECT_LT(result.cycles, 100);
  // w *= (t / bincount(m, w) * w.sum())[m] over both margins, 5,000 times; then over its mean
  const std::vector<double> golden{0.606850176077, 0.606850176077, 0.606850176077, 0.606850176077, 1.286299647847,
                                   1.286299647847, 0.572599295694, 1.213700352153, 1.213700352153, 2.0};
  for (std::size_t k = 0; k < golden.size(); ++k) {
    EXPECT_NEAR(result.weights[k], golden[k], 1e-8);
  }
  EXPECT_NEAR(result.quality.effective_units, 8.294481184443628, 1e-7);
  for (const MarginFit& fit : result.margins) {
    EXPECT_NEAR(fit.achieved, fit.target, 1e-9);
  }
}

TEST(Raked, KeepsItsBoundsAndSaysWhetherMarginsHold) {
  RakingOptions options;
  options.most_weight = 1.9;
  const SurveyWeights impossible = raked(two_margins(), options);
  EXPECT_FALSE(impossible.converged);  // the one z must weigh 2
  EXPECT_EQ(impossible.bounded, 1);
  EXPECT_GT(impossible.largest_error, 0.005);
  EXPECT_LE(*std::max_element(impossible.weights.begin(), impossible.weights.end()), 1.9);
  options.most_weight = 2.1;
  options.least_weight = 0.59;
  options.most_cycles = 20'000;
  const SurveyWeights possible = raked(two_margins(), options);
  EXPECT_TRUE(possible.converged) << possible.largest_error;
  EXPECT_GE(*std::min_element(possible.weights.begin(), possible.weights.end()), 0.59);
}

TEST(Raked, SaysWhatMarginsContradict) {
  const std::vector<WeightMargin> both{margin({"a", "a", "b"}, {"a", "b"}, {1, 1}),
                                       margin({"a", "a", "b"}, {"a", "b"}, {3, 1})};
  const SurveyWeights result = raked(both);
  EXPECT_FALSE(result.converged);
  EXPECT_GT(result.largest_error, 0.1);
}

TEST(PostStratified, GivesFrameOverRespondentsInEachCell) {
  const SurveyWeights result = post_stratified(margin({"a", "a", "a", "b", ""}, {"a", "b", "c"}, {30, 30, 40}));
  EXPECT_NEAR(result.weights[0] / result.weights[3], 1.0 / 3, 1e-15);
  EXPECT_NEAR(std::accumulate(result.weights.begin(), result.weights.end(), 0.0), 5, 1e-12);
  EXPECT_TRUE(result.converged);
  ASSERT_EQ(result.margins.size(), 3U);
  EXPECT_TRUE(result.margins[2].missing);
  EXPECT_NEAR(result.margins[0].target, 0.5, 1e-15);
}

TEST(WeightQuality, IsKishs) {
  const std::vector<double> weights{1, 1, 2, 4};
  EXPECT_NEAR(weight_quality(weights).effective_units, 64.0 / 22, 1e-15);
  EXPECT_NEAR(weight_quality(weights).design_effect, 4 * 22.0 / 64, 1e-15);
  EXPECT_EQ(weight_quality(weights).most, 2);
  EXPECT_THROW((void)weight_quality(std::vector<double>{0, 0}), ArgumentError);
  EXPECT_THROW((void)weight_quality(std::vector<double>{1, -1}), ArgumentError);
  EXPECT_THROW((void)weight_quality(std::vector<double>{1, NAN}), ArgumentError);
}

TEST(Raked, RefusesWhatCannotBe) {
  EXPECT_THROW((void)raked({}), ArgumentError);
  RakingOptions wrong;
  wrong.most_weight = 1;
  EXPECT_THROW((void)raked(two_margins(), wrong), ArgumentError);
}

}  // namespace
}  // namespace maillage
