#include "engine/accessibility/measure_catalogue.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

const MeasureSettings kMinutes{.cutoffs = {600, 1800}, .unit = CostUnit::seconds};
const MeasureSettings kMetres{.cutoffs = {5000, 10'000}, .unit = CostUnit::metres};

TEST(MeasureCatalogue, HasThirtyMeasuresAndMoreOfNamesOfTheirOwn) {
  std::set<std::string> names;
  std::size_t count = 0;
  for (const std::string_view kind : measure_kinds()) {
    const auto measures = standard_measures(kind, kMinutes);
    for (const NamedMeasure& named : measures.value()) {
      EXPECT_TRUE(names.insert(named.name).second) << named.name;
      EXPECT_FALSE(named.label.french.empty() || named.label.english.empty()) << named.name;
      ++count;
    }
  }
  EXPECT_GE(count, 30U);
}

TEST(MeasureCatalogue, ScalesBandsToTheFarthestCutoff) {
  const auto measures = standard_measures("e2sfca", kMinutes).value();
  const auto& catchment = std::get<FloatingCatchment>(measures.front().measure);
  const auto& steps = std::get<SteppedDecay>(catchment.decay.kind).steps;
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].up_to, 600U);
  EXPECT_EQ(steps[1].up_to, 1200U);
  EXPECT_EQ(steps[2].up_to, 1800U);
  EXPECT_EQ(steps[1].weight, 0.68);
  EXPECT_EQ(std::get<FloatingCatchment>(measures.back().measure).decay.farthest, 1800U);
}

TEST(MeasureCatalogue, LeavesFivePercentAtTheFarthestCutoff) {
  const auto measures = standard_measures("gravity", kMetres);
  for (const NamedMeasure& named : measures.value()) {
    const auto& gravity = std::get<GravityAccess>(named.measure);
    check_decay(gravity.decay);
    if (named.name == "gravite_exponentielle" || named.name == "gravite_gaussienne") {
      EXPECT_NEAR(decay_weight(gravity.decay, 10'000), 0.05, 1e-12);
    }
  }
}

TEST(MeasureCatalogue, KnowsAplInMinutesOnly) {
  EXPECT_TRUE(standard_measures("apl", kMetres).value().empty());
  const auto apl = standard_measures("apl_2015", kMinutes).value();
  ASSERT_EQ(apl.size(), 1U);
  EXPECT_EQ(farthest_cost(apl.front().measure), 1200U);
}

TEST(MeasureCatalogue, OneMeasurePerCutoff) {
  const auto measures = standard_measures("2sfca", kMetres).value();
  ASSERT_EQ(measures.size(), 2U);
  EXPECT_EQ(measures[0].name, "2sfca_5km");
  EXPECT_EQ(measures[1].label.french, "2SFCA, 10\u00A0km");
}

TEST(MeasureCatalogue, TellsWhatItDoesNotKnow) {
  EXPECT_FALSE(standard_measures("4sfca", kMetres));
  EXPECT_THROW((void)standard_measures("2sfca", {.cutoffs = {}, .unit = CostUnit::metres}), ArgumentError);
  EXPECT_THROW((void)standard_measures("2sfca", {.cutoffs = {0}, .unit = CostUnit::metres}), ArgumentError);
}

TEST(MeasureCatalogue, BoundsWhatHasNoBoundOfItsOwn) {
  const auto costs = standard_measures("cost", kMetres).value();
  EXPECT_EQ(farthest_cost(costs, 10'000), 10'000U);
  const auto apl = standard_measures("apl_2015", kMinutes).value();
  EXPECT_EQ(farthest_cost(apl, 600), 1200U);
}

TEST(MeasureCatalogue, WritesCosts) {
  EXPECT_EQ(cost_name(5000, CostUnit::metres), "5km");
  EXPECT_EQ(cost_name(1500, CostUnit::metres), "1500m");
  EXPECT_EQ(cost_name(900, CostUnit::seconds), "15min");
  EXPECT_EQ(cost_name(59, CostUnit::seconds), "59s");
  EXPECT_EQ(cost_label(900, CostUnit::seconds), "15\u00A0min");
}

}  // namespace
}  // namespace maillage
