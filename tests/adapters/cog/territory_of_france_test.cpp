// The official lists and the contours of 2018 together: the figures of a real territory.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "adapters/cog/official_file.hpp"
#include "engine/territory/build_territory.hpp"
#include "tests/support/etalab_folder.hpp"
#include "tests/support/real_territory.hpp"
#include "tests/support/rough_planes.hpp"

namespace maillage {
namespace {

using testing::rough_planes;

const std::filesystem::path kShared{MAILLAGE_SHARED_DATA};

std::vector<TerritorySource> etalab() {
  std::vector<TerritorySource> sources;
  for (const char* file : {"communes.json", "epci.json", "departements.json", "regions.json"}) {
    sources.push_back(read_official_file(testing::etalab_folder() / file).value);
  }
  return sources;
}

std::map<std::string, int> by_reason(const std::vector<RowNote>& notes) {
  std::map<std::string, int> counts;
  for (const RowNote& note : notes) {
    ++counts[note.reason];
  }
  return counts;
}

std::int64_t total_population(const Territory& territory) {
  std::int64_t total = 0;
  for (const Commune& commune : territory.communes) {
    total += commune.population.value_or(0);
  }
  return total;
}

class TerritoryRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kShared / "communes-2018")) {
      GTEST_SKIP() << kShared << " is absent";
    }
    if (testing::etalab_folder().empty()) {
      GTEST_SKIP() << testing::kNoEtalab;
    }
  }
  static Reading<Territory> build(TerritorySource contours, std::vector<TerritorySource> tables) {
    tables.insert(tables.begin(), std::move(contours));
    return build_territory(std::move(tables), rough_planes());
  }
  static TerritorySource region() {
    return testing::contours_of(kShared / "communes-2018/communes-hauts-de-france.geojson");
  }
};

TEST_F(TerritoryRealData, HautsDeFranceOf2018BecomesThatOfEtalab) {
  const auto reading = build(region(), etalab());
  const Territory& territory = reading.value;
  EXPECT_EQ(territory.communes.size(), 3'782U);
  EXPECT_TRUE(reading.rejections.empty()) << reading.rejections.front().reason << " " << reading.rejections.front().key;
  int repaired = 0;
  for (const RowNote& note : reading.repairs) {
    repaired += note.detail.find(" -> ") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(repaired, 26);
  EXPECT_EQ(total_population(territory), 5'992'194);
  std::vector<int> communes(4);
  std::vector<std::int64_t> inhabitants(4);
  for (const CommuneIndex commune : territory.communes.indices()) {
    ++communes.at(territory.tier[commune].value());
    inhabitants.at(territory.tier[commune].value()) += territory.communes[commune].population.value();
  }
  EXPECT_EQ(communes, (std::vector<int>{3'248, 483, 49, 2}));
  EXPECT_EQ(inhabitants, (std::vector<std::int64_t>{1'628'125, 2'399'843, 1'589'531, 374'695}));
  // 10,984 without the contours of the seven communes that were merged and left no commune déléguée (02077, 02311, 60475,
  // 62210, 80209, 80389, 80419): their borders are borders of the present communes all the same.
  EXPECT_EQ(territory.neighbours.values().size(), 2U * 10'999);
  EXPECT_EQ(territory.name, "Hauts-de-France");
  EXPECT_EQ(territory.departements.codes.size(), 5U);
  for (const CommuneIndex commune : territory.communes.indices()) {
    EXPECT_FALSE(territory.epcis.zone_of[commune].is_none()) << territory.communes[commune].code;
  }
  EXPECT_EQ(zone_contours(territory, territory.departements).areas(), 5U);
}

TEST_F(TerritoryRealData, MetropolitanFranceLosesNoCommune) {
  const auto reading = build(testing::source_of(testing::read_metropolitan_communes(kShared), "communes-2018"), etalab());
  // 35,228 contours, 493 of them of communes that are no more. Those went into communes that have a contour of their own,
  // except 12218, 14581, 49126 and 69114, whose code is younger than the contours: 35,228 - 493 + 4.
  EXPECT_EQ(reading.value.communes.size(), 34'739U);
  EXPECT_EQ(total_population(reading.value), 66'160'570);
  EXPECT_EQ(reading.value.neighbours.values().size(), 2U * 101'751);
  auto repairs = by_reason(reading.repairs);
  EXPECT_EQ(repairs["commune_delegated"], 408);
  EXPECT_EQ(repairs["commune_merged"], 85);
  // Re-established since: they lie in the contour of the commune they left, which cannot be divided.
  std::string without;
  for (const RowNote& note : reading.rejections) {
    EXPECT_EQ(note.reason, "commune_without_contour");
    without += note.key + " ";
  }
  EXPECT_EQ(without, "14666 15031 15035 15047 15171 85165 85212 ");
}

TEST_F(TerritoryRealData, MeuseKeepsItsVillagesWithoutInhabitants) {
  const auto reading = build(testing::contours_of(kShared / "communes-2018/communes-55-meuse.geojson"), etalab());
  std::string empty;
  for (const Commune& commune : reading.value.communes) {
    empty += commune.population == 0 ? commune.code + " " : "";
  }
  EXPECT_EQ(empty, "55039 55050 55139 55189 55239 55307 ");
}

TEST_F(TerritoryRealData, InseesOwnFilesAloneLeaveTheMergersSince2018Open) {
  auto history = read_official_file(kShared / "population/insee_historiq2018.txt").value;
  const auto reading = build(region(), {testing::insee_populations(kShared), history});
  // The history ends where the contours do, so nothing can be dissolved: the 21 communes merged between 2018 and 2021 stay,
  // without a population of their own, and their inhabitants are counted in the commune they joined.
  EXPECT_EQ(reading.value.communes.size(), 3'808U);
  EXPECT_EQ(total_population(reading.value), 5'995'292);
  EXPECT_TRUE(reading.rejections.empty());
  auto repairs = by_reason(reading.repairs);
  EXPECT_EQ(repairs["commune_not_in_tables"], 21);
  EXPECT_EQ(repairs["population_missing"], 21);
}

}  // namespace
}  // namespace maillage
