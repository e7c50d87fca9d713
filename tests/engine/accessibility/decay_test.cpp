#include "engine/accessibility/cost_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(Decay, IsWhatThePapersPrint) {
  EXPECT_EQ(decay_weight({BinaryDecay{}, 30}, 30), 1);
  EXPECT_EQ(decay_weight({BinaryDecay{}, 30}, 31), 0);
  const Decay bands{SteppedDecay{{{10, 1}, {20, 0.68}, {30, 0.22}}}, 30};
  EXPECT_EQ(decay_weight(bands, 10), 1);
  EXPECT_EQ(decay_weight(bands, 11), 0.68);
  EXPECT_EQ(decay_weight(bands, 30), 0.22);
  EXPECT_DOUBLE_EQ(decay_weight({InversePowerDecay{2, 60}, 10'000}, 600), 0.01);
  EXPECT_EQ(decay_weight({InversePowerDecay{2}, 100}, 0), 1) << "never above one";
  EXPECT_DOUBLE_EQ(decay_weight({ExponentialDecay{0.1}, 100}, 10), std::exp(-1.0));
  EXPECT_DOUBLE_EQ(decay_weight({GaussianDecay{10}, 100}, 10), std::exp(-0.5));
  EXPECT_DOUBLE_EQ(decay_weight({TruncatedGaussianDecay{}, 40}, 0), 1);
  EXPECT_NEAR(decay_weight({TruncatedGaussianDecay{}, 40}, 40), 0, 1e-16);
  EXPECT_DOUBLE_EQ(decay_weight({EpanechnikovDecay{}, 40}, 20), 0.75 * 0.75);
  EXPECT_DOUBLE_EQ(decay_weight({LinearDecay{}, 40}, 10), 0.75);
  EXPECT_DOUBLE_EQ(decay_weight({LogisticDecay{30, 10}, 200}, 0), 1);
  EXPECT_NEAR(decay_weight({LogisticDecay{30, 10}, 200}, 30),
              (1 + std::exp(-30 * 3.14159265358979 / (10 * std::sqrt(3.0)))) / 2, 1e-12);
}

TEST(Decay, NeverRisesAndIsTheSameInATable) {
  for (const DecayKind& kind :
       {DecayKind{BinaryDecay{}}, DecayKind{SteppedDecay{{{10, 0.9}, {50, 0.2}}}}, DecayKind{InversePowerDecay{1.2, 7}},
        DecayKind{ExponentialDecay{0.03}}, DecayKind{GaussianDecay{30}}, DecayKind{TruncatedGaussianDecay{}},
        DecayKind{EpanechnikovDecay{}}, DecayKind{LinearDecay{}}, DecayKind{LogisticDecay{40, 9}}}) {
    const Decay decay{kind, 100};
    const access::CostWeights table({.decay = decay});
    EXPECT_EQ(table.values().size(), 101U);
    for (Cost cost = 0; cost <= 120; ++cost) {
      EXPECT_EQ(table.of(cost), decay_weight(decay, cost)) << kind.index() << ' ' << cost;
      EXPECT_GE(table.of(cost), 0);
      EXPECT_LE(table.of(cost), 1);
      EXPECT_TRUE(cost == 0 || table.of(cost) <= table.of(cost - 1)) << kind.index() << ' ' << cost;
    }
    EXPECT_EQ(table.of(kUnreachable), 0);
  }
}

TEST(Decay, RefusesParametersThatMakeNoSense) {
  for (const DecayKind& kind :
       {DecayKind{SteppedDecay{}}, DecayKind{SteppedDecay{{{10, 1}, {10, 0.5}}}}, DecayKind{SteppedDecay{{{10, 1.5}}}},
        DecayKind{InversePowerDecay{-1}}, DecayKind{InversePowerDecay{1, 0}}, DecayKind{ExponentialDecay{-0.1}},
        DecayKind{GaussianDecay{-3}}, DecayKind{LogisticDecay{10, 0}}, DecayKind{ExponentialDecay{NAN}}}) {
    EXPECT_THROW(check_decay({kind, 10}), ArgumentError) << kind.index();
  }
  EXPECT_THROW((void)access::CostWeights({.decay = {BinaryDecay{}, kUnreachable - 1}}), ArgumentError);
}

TEST(CostWeights, MultiplyAndTellWhereTheyEnd) {
  const Decay bands{SteppedDecay{{{2, 0.5}, {4, 0.25}}}, 6};
  const access::CostWeights plain({.decay = bands});
  EXPECT_EQ(plain.reach(), 5U);
  EXPECT_TRUE(plain.is_one_run());
  EXPECT_EQ(access::CostWeights({.decay = bands, .squared = true}).of(3), 0.0625);
  const access::CostWeights of_cost({.decay = bands, .cost_exponent = 2, .least_cost = 2});
  EXPECT_DOUBLE_EQ(of_cost.of(1), 0.5 / 4);
  EXPECT_DOUBLE_EQ(of_cost.of(4), 0.25 / 16);
  EXPECT_FALSE(access::CostWeights({.decay = {SteppedDecay{{{2, 0}, {4, 0.25}}}, 6}}).is_one_run());
}

TEST(CostWeights, AreOneTableForEqualFactors) {
  access::WeightPool pool;
  const Decay decay{LinearDecay{}, 10};
  const access::CostWeights& first = pool.of({.decay = decay});
  EXPECT_NE(&pool.of({.decay = decay, .squared = true}), &first);
  EXPECT_NE(&pool.of({.decay = {LinearDecay{}, 11}}), &first);
  EXPECT_EQ(&pool.of({.decay = {LinearDecay{}, 10}}), &first);
}

}  // namespace
}  // namespace maillage
