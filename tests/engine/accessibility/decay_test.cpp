#include "engine/accessibility/decay.hpp"

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
    const DecayTable table(decay);
    EXPECT_EQ(table.farthest(), 100U);
    for (Cost cost = 0; cost <= 120; ++cost) {
      EXPECT_EQ(table.weight(cost), decay_weight(decay, cost)) << kind.index() << ' ' << cost;
      EXPECT_GE(table.weight(cost), 0);
      EXPECT_LE(table.weight(cost), 1);
      EXPECT_TRUE(cost == 0 || table.weight(cost) <= table.weight(cost - 1)) << kind.index() << ' ' << cost;
    }
    EXPECT_EQ(table.weight(kUnreachable), 0);
  }
}

TEST(Decay, RefusesParametersThatMakeNoSense) {
  for (const DecayKind& kind :
       {DecayKind{SteppedDecay{}}, DecayKind{SteppedDecay{{{10, 1}, {10, 0.5}}}}, DecayKind{SteppedDecay{{{10, 1.5}}}},
        DecayKind{InversePowerDecay{-1}}, DecayKind{InversePowerDecay{1, 0}}, DecayKind{ExponentialDecay{-0.1}},
        DecayKind{GaussianDecay{-3}}, DecayKind{LogisticDecay{10, 0}}, DecayKind{ExponentialDecay{NAN}}}) {
    EXPECT_THROW(check_decay({kind, 10}), ArgumentError) << kind.index();
  }
  EXPECT_THROW((void)DecayTable({BinaryDecay{}, kUnreachable - 1}), ArgumentError);
}

}  // namespace
}  // namespace maillage
