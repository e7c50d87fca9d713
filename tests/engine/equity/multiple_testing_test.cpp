#include "engine/equity/multiple_testing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

// The fifteen p values of Benjamini & Hochberg (1995), table of section 3.2, shuffled.
const std::vector<double> kPublished{0.0344, 0.0001, 0.7590, 0.0004, 0.0019, 0.0095, 1.0000, 0.0201,
                                     0.0278, 0.0298, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528};

TEST(MultipleTesting, RejectsThePublishedFour) {
  const std::vector<double> adjusted = adjusted_p(kPublished, FalseDiscovery::benjamini_hochberg);
  EXPECT_EQ(std::ranges::count_if(adjusted, [](const double p) { return p <= 0.05; }), 4);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.0015);
  EXPECT_DOUBLE_EQ(adjusted[3], 0.003);
  EXPECT_DOUBLE_EQ(adjusted[4], 0.0095);
  EXPECT_DOUBLE_EQ(adjusted[5], 0.0095 * 15 / 4);
  EXPECT_DOUBLE_EQ(adjusted[6], 1);
}

TEST(MultipleTesting, YekutieliIsGreaterByTheHarmonicSum) {
  const std::vector<double> hochberg = adjusted_p(kPublished, FalseDiscovery::benjamini_hochberg);
  const std::vector<double> yekutieli = adjusted_p(kPublished, FalseDiscovery::benjamini_yekutieli);
  double harmonic = 0;
  for (int rank = 1; rank <= 15; ++rank) {
    harmonic += 1.0 / rank;
  }
  for (std::size_t i = 0; i < hochberg.size(); ++i) {
    EXPECT_NEAR(yekutieli[i], std::min(1.0, harmonic * hochberg[i]), 1e-15);
  }
}

TEST(MultipleTesting, AgreesWithTheStepUpProcedure) {
  // The definition: reject the k least p, k the greatest rank with p_(k) <= k q / n.
  std::mt19937_64 random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<double> p(1 + random() % 30);
    std::ranges::generate(p, [&] { return static_cast<double>(random() % 1001) / 1000 * (random() % 2 == 0 ? 1 : 0.05); });
    const double q = static_cast<double>(1 + random() % 300) / 997;
    std::vector<double> sorted = p;
    std::ranges::sort(sorted);
    double threshold = -1;
    for (std::size_t k = 1; k <= sorted.size(); ++k) {
      if (sorted[k - 1] * static_cast<double>(sorted.size()) / static_cast<double>(k) <= q) {
        threshold = sorted[k - 1];
      }
    }
    const std::vector<double> adjusted = adjusted_p(p, FalseDiscovery::benjamini_hochberg);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_EQ(adjusted[i] <= q, p[i] <= threshold);
      EXPECT_GE(adjusted[i], p[i]);
    }
  }
}

TEST(MultipleTesting, RefusesWhatIsNoProbability) {
  EXPECT_TRUE(adjusted_p({}, FalseDiscovery::benjamini_yekutieli).empty());
  for (const double wrong : {-0.1, 1.1, std::nan("")}) {
    const std::vector<double> p{wrong};
    EXPECT_THROW((void)adjusted_p(p, FalseDiscovery::benjamini_hochberg), ArgumentError);
  }
}

}  // namespace
}  // namespace maillage
