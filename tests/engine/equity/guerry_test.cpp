#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "engine/equity/autocorrelation.hpp"
#include "engine/equity/join_counts.hpp"
#include "engine/equity/local_autocorrelation.hpp"
#include "engine/territory/contiguity.hpp"
#include "tests/support/guerry.hpp"

namespace maillage {
namespace {

class GuerryRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = std::filesystem::path(MAILLAGE_SHARED_DATA) / "accessibility" / "guerry";
    if (!std::filesystem::exists(folder)) {
      GTEST_SKIP() << "no Guerry data in " << folder;
    }
    const testing::Guerry guerry(folder);
    const AreaSet areas = guerry.areas();
    queen_ = contiguity_weights(common_point_neighbours(areas, areas));
    for (const char* name : {"Crm_prs", "Crm_prp", "Litercy", "Donatns", "Infants", "Suicids"}) {
      columns_.push_back(guerry.column(name));
    }
  }
  SpatialWeights queen_;
  std::vector<std::vector<double>> columns_;
};

TEST_F(GuerryRealData, HasTheMoranAndGearyPublished) {
  ASSERT_EQ(queen_.units(), 85U);
  EXPECT_EQ(queen_.neighbours.values().size(), 420U);
  // Moran's I to three decimals: Dray & Jombart (2011), doi:10.1214/10-AOAS356; all digits: PySAL's esda 2.9.0.
  const double moran[]{0.41145971831297995, 0.26355334031776523, 0.717605262809136,
                       0.3533613255848606,  0.22872410727132894, 0.4016812225828654};
  const double geary[]{0.5645906934019341, 0.6778380960702041, 0.25020182043878897,
                       0.5717166496791182, 0.7186677186075624, 0.555558377905742};
  const double variance[]{0.004899501059345799, 0.0046618786444399445, 0.0049172534467590776,
                          0.004612299936735107, 0.004498023528399013,  0.004614565232388389};
  const double geary_variance[]{0.005169870852595469, 0.006015191232997877, 0.005106718330190581,
                                0.006191563028872092, 0.006598091078862512, 0.006183504443220072};
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const GlobalStatistic i_statistic = *moran_i(queen_, columns_[i]);
    EXPECT_NEAR(i_statistic.value, moran[i], 1e-13);
    EXPECT_NEAR(i_statistic.variance_normality, 0.004867396811068467, 1e-15);
    EXPECT_NEAR(i_statistic.variance_randomisation, variance[i], 1e-15);
    EXPECT_LE(i_statistic.permutation->p_two_sided, 0.004);
    const GlobalStatistic c_statistic = *geary_c(queen_, columns_[i], {.permutations = 0});
    EXPECT_NEAR(c_statistic.value, geary[i], 1e-13);
    EXPECT_NEAR(c_statistic.variance_randomisation, geary_variance[i], 1e-15);
  }
}

TEST_F(GuerryRealData, HasTheLocalStatisticsOfEsda) {
  const std::vector<double>& donations = columns_[3];
  const LocalStatistics local = local_moran(queen_, donations);
  const LocalStatistics gi = getis_ord_gi(queen_, donations);
  const LocalStatistics star = getis_ord_gi_star(queen_, donations);
  const LocalStatistics literacy = bivariate_local_moran(queen_, {donations, columns_[2]});
  const double is[]{0.24243326165383972, -0.12456086542227669, 0.11347192885075037, 0.565503994954633, -0.03542538290645828};
  const double stars[]{-1.4916397942552284, -0.48185539396774596, 0.6521943119452824, -1.6490826694968346,
                       -1.0839819882108361};
  const double gis[]{-1.4868663220392027, -0.6902434286835609, 0.35604145849756885, -1.4297445387075514,
                     -1.2645386543874355};
  const double both[]{-0.10751735282300139, 0.3944763930941029, -0.82572894179916, -0.16984065296779524,
                      -0.0003974213251731097};
  const double p[]{0.02353, 0.26472, 0.32068, 0.03284, 0.05002};  // one-sided, 99,999 permutations of esda's own
  for (std::size_t i = 0; i < 5; ++i) {
    const UnitIndex unit{i};
    EXPECT_NEAR(local[unit].value, is[i], 1e-13);
    EXPECT_NEAR(star[unit].value, stars[i], 1e-12);
    EXPECT_NEAR(gi[unit].value, gis[i], 1e-12);
    EXPECT_NEAR(literacy[unit].value, both[i], 1e-13);
    // Both p are estimates.
    EXPECT_NEAR(std::min(local[unit].p_greater, local[unit].p_less), p[i], 6 * std::sqrt(p[i] * (1 - p[i]) / 50'000));
  }
}

TEST_F(GuerryRealData, HasTheJoinsOfEsda) {
  std::vector<double> sorted = columns_[3];
  std::ranges::sort(sorted);
  std::vector<std::uint8_t> above;
  for (const double donations : columns_[3]) {
    above.push_back(donations > sorted[42] ? 1 : 0);
  }
  const JoinCounts counts = *join_counts(queen_, above);
  EXPECT_EQ(counts.black_black.count, 57);
  EXPECT_EQ(counts.black_white.count, 78);
  EXPECT_EQ(counts.white_white.count, 75);
  EXPECT_LE(counts.black_white.permutation->p_less, 0.01);
}

}  // namespace
}  // namespace maillage
