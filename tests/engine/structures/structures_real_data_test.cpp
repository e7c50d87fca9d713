// The acceptance figures of the join, on the region's contours of 2018, Etalab's communes and the published registers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <tuple>

#include "engine/structures/duplicates.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/read_structures.hpp"
#include "engine/structures/suspicious_holes.hpp"
#include "tests/support/feature_tables.hpp"
#include "tests/support/joinable_territory.hpp"

namespace maillage {
namespace {

std::filesystem::path shared(const std::string& file) {
  return std::filesystem::path(MAILLAGE_SHARED_DATA) / file;
}

class StructuresRealData : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto etalab = testing::etalab_folder();
    const std::filesystem::path contours = shared("communes-2018/communes-hauts-de-france.geojson");
    if (!etalab.empty() && std::filesystem::exists(contours)) {
      region_ = std::make_unique<testing::JoinableTerritory>(testing::joinable_territory({contours}, etalab));
    }
  }
  static void TearDownTestSuite() { region_.reset(); }
  void SetUp() override {
    if (!region_) {
      GTEST_SKIP() << "needs ../shared/data and Etalab's decoupage-administratif (folder data in MAILLAGE_ETALAB_DIR)";
    }
  }

  static Reading<StructureSet> read(const std::string& file, const char delimiter) {
    return read_structures(testing::plain_csv(shared("structures/" + file), delimiter), {}, testing::degrees_only());
  }
  static StructuresInScope in_region(const StructureSet& set) {
    return keep_in_scope(set, place_structures(region_->territory, region_->keys(), set, region_->planes, {}));
  }
  static std::vector<std::int64_t> by_tier(const Placements& placements) {
    std::vector<std::int64_t> counts(region_->territory.tiers.lower_bounds.size(), 0);
    for (const Placement& placement : placements.of) {
      ++counts[region_->territory.tier[placement.commune].value()];
    }
    return counts;
  }
  static std::map<std::string, int> reasons(const std::vector<RowNote>& notes) {
    std::map<std::string, int> counts;
    for (const RowNote& note : notes) {
      ++counts[note.reason];
    }
    return counts;
  }

  static std::unique_ptr<testing::JoinableTerritory> region_;
};

std::unique_ptr<testing::JoinableTerritory> StructuresRealData::region_;

TEST_F(StructuresRealData, PlacesTheLibraries) {
  const auto reading = read("bibliotheques_publiques_france.csv", ';');
  EXPECT_EQ(reading.rows_in, 15'882);
  EXPECT_TRUE(reading.rejections.empty());
  const StructuresInScope region = in_region(reading.value);
  EXPECT_EQ(region.structures.structures.size(), 1'243U);
  std::map<KeyAgreement, int> agreement;
  for (const Placement& placement : region.placements.of) {
    ++agreement[placement.agreement];
  }
  EXPECT_EQ(agreement[KeyAgreement::agree], 1'193);
  EXPECT_EQ(agreement[KeyAgreement::conflict], 13);
  EXPECT_EQ(agreement[KeyAgreement::code_only], 37);
  // Published elsewhere as 712 / 421 / 92 / 18: that takes the row of Fort-Mardyck (59248, associated with Dunkerque) at the
  // 3,453 inhabitants it had; it counts for Dunkerque, as its code history says.
  EXPECT_EQ(by_tier(region.placements), (std::vector<std::int64_t>{712, 420, 93, 18}));
  EXPECT_EQ(reasons(region.placements.notes),
            (std::map<std::string, int>{{"commune_conflict", 13}, {"obsolete_commune_code", 2}}));
  EXPECT_EQ(region.placements.outside,
            (std::vector<std::pair<std::string, std::int64_t>>{
                {"outside_by_both_keys", 14'027}, {"outside_by_code", 608}, {"outside_by_postcode", 4}}));
}

TEST_F(StructuresRealData, CountsEveryRowOnceWhateverItsOrder) {
  const auto reading = read("bibliotheques_publiques_france.csv", ';');
  FeatureTable table = testing::plain_csv(shared("structures/bibliotheques_publiques_france.csv"), ';');
  FeatureTable reversed = table;
  reversed.cells = TextCells(table.columns.size());
  for (std::size_t row = table.rows(); row-- > 0;) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      reversed.cells.add(table.cells.at(row, column));
    }
  }
  const auto again = read_structures(reversed, {}, testing::degrees_only());
  const Placements placed = place_structures(region_->territory, region_->keys(), reading.value, region_->planes, {});
  const Placements placed_again = place_structures(region_->territory, region_->keys(), again.value, region_->planes, {});
  ASSERT_EQ(placed.of.size(), placed_again.of.size());
  for (const StructureIndex index : placed.of.indices()) {
    EXPECT_EQ(reading.value.structures[index].key, again.value.structures[index].key);
    EXPECT_EQ(placed.of[index].commune, placed_again.of[index].commune);
    EXPECT_EQ(placed.of[index].position, placed_again.of[index].position);
  }
}

TEST_F(StructuresRealData, SuspectsTownsWithoutLibrary) {
  const auto reading = read("bibliotheques_publiques_france.csv", ';');
  const StructuresInScope region = in_region(reading.value);
  std::map<std::string, SuspiciousHole> found;
  for (const SuspiciousHole& hole : suspicious_holes(region_->territory, region.structures, region.placements, {})) {
    found[region_->territory.communes[hole.commune].code] = hole;
  }
  for (const char* code : {"59328", "59163", "59299", "59648"}) {
    EXPECT_TRUE(found.contains(code)) << code;
  }
  EXPECT_EQ(found.size(), 4U);
  EXPECT_EQ(found["59328"].communes_with, 45);
  EXPECT_EQ(found["59328"].communes_of_tier, 49);
}

TEST_F(StructuresRealData, PlacesFranceServices) {
  const auto reading = read("france_services_20240801.csv", ',');
  EXPECT_EQ(reading.rows_in, 2'845);
  const StructuresInScope region = in_region(reading.value);
  EXPECT_EQ(region.structures.structures.size(), 205U);
  EXPECT_EQ(by_tier(region.placements), (std::vector<std::int64_t>{51, 113, 36, 5}));
}

TEST_F(StructuresRealData, ExchangedRowsAndOldFranceServicesLoseNothing) {
  const auto reading = read("france_services_20221201.csv", ',');
  const StructuresInScope region = in_region(reading.value);
  std::int64_t outside = 0;
  for (const auto& [reason, count] : region.placements.outside) {
    outside += count;
  }
  EXPECT_EQ(static_cast<std::int64_t>(region.structures.structures.size()) + outside, 2'683);
}

/// Metropolitan France and overseas, for the registers that overlap.
TEST(DuplicatesRealData, FindsTheRowsOneRegisterTookFromTheOther) {
  const auto etalab = testing::etalab_folder();
  if (etalab.empty() || !std::filesystem::exists(shared("communes-2018"))) {
    GTEST_SKIP() << "needs ../shared/data and MAILLAGE_ETALAB_DIR";
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(shared("communes-2018"))) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("communes-") && name.size() > 10 && std::isdigit(name[9]) != 0) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  const testing::JoinableTerritory france = testing::joinable_territory(files, etalab);
  std::vector<StructureSet> sets;
  for (const char* file : {"mediation_conseillers_numeriques_2022.csv", "mediation_data_inclusion_2023.csv"}) {
    StructureMapping mapping;
    mapping.source = std::string{file}.substr(10, 4);
    mapping.carried = {"source"};
    sets.push_back(
        read_structures(testing::plain_csv(shared(std::string{"structures/"} + file), ','), mapping, testing::degrees_only())
            .value);
  }
  const StructureSet set = combine_structures(sets);
  const Placements placed = place_structures(france.territory, france.keys(), set, france.planes, {});
  const Duplicates duplicates = find_duplicates(set, placed, {});
  // Rows taken from the other register kept its identifiers: they are the truth to compare with.
  std::map<std::string, StructureIndex> lent;
  for (const StructureIndex index : set.structures.indices()) {
    if (set.structures[index].source == "cons") {
      lent[set.structures[index].key] = index;
    }
  }
  std::map<StructureIndex, std::size_t> group_of;
  for (std::size_t group = 0; group < duplicates.groups.size(); ++group) {
    for (const StructureIndex member : duplicates.groups[group].members) {
      group_of[member] = group;
    }
  }
  int borrowed = 0;
  int found = 0;
  int wrong = 0;
  for (const StructureIndex index : set.structures.indices()) {
    const Structure& one = set.structures[index];
    if (one.source != "data" || one.carried.front() != "conseiller-numerique" || !lent.contains(one.key)) {
      continue;
    }
    ++borrowed;
    const StructureIndex truth = lent[one.key];
    const bool together = group_of.contains(index) && group_of.contains(truth) && group_of[index] == group_of[truth];
    found += together ? 1 : 0;
    wrong += !together && group_of.contains(index) ? 1 : 0;
  }
  EXPECT_EQ(borrowed, 2'545);
  EXPECT_GE(found, 2'530) << "the others stand more than 100 m apart, or in two communes";
  EXPECT_EQ(wrong, 0);
  std::map<std::string, int> reasons;
  for (const RowNote& note : duplicates.notes) {
    ++reasons[note.reason];
  }
  EXPECT_EQ(reasons["duplicate_key"], 0);
  EXPECT_EQ(reasons["key_reused"], 216) << "numbers of several registers that the second one mixes";
  const MergedStructures merged = merge_duplicates(set, placed, duplicates);
  EXPECT_EQ(merged.structures.structures.size() + merged.notes.size(), set.structures.size());
}

/// Every published file is read whole, and what lies in the region is placed there.
TEST_F(StructuresRealData, LosesNoRowOfAnyFile) {
  const std::vector<std::tuple<const char*, char, std::int64_t, std::size_t>> files{
      {"mediation_conseillers_numeriques_2022.csv", ',', 4'930, 4'908},
      {"mediation_data_inclusion_2023.csv", ',', 3'811, 3'372},
      {"mediation_hinaura_aura_2022.csv", ',', 1'171, 1'170},
      {"mediation_numi_normandie_2023.csv", ',', 757, 754},
      {"fablabs_france.csv", ',', 135, 129},
      {"basilic_lieux_petites_communes_points.csv", ';', 11'931, 11'924},
      {"etablissements_cinema_annual.csv", ';', 43'132, 0},
      {"france_services_20221201.csv", ',', 2'683, 2'653}};
  for (const auto& [file, delimiter, rows, located] : files) {
    const auto reading = read(file, delimiter);
    EXPECT_EQ(reading.rows_in, rows) << file;
    EXPECT_EQ(reading.value.structures.size() + reading.rejections.size(), static_cast<std::size_t>(rows)) << file;
    std::size_t with_position = 0;
    for (const Structure& structure : reading.value.structures) {
      with_position += structure.declared_position ? 1 : 0;
    }
    EXPECT_EQ(with_position, located) << file;
    const StructuresInScope region = in_region(reading.value);
    std::int64_t outside = 0;
    std::map<std::string, int> scopes;
    for (const auto& [reason, count] : region.placements.outside) {
      outside += count;
    }
    for (const Placement& placement : region.placements.of) {
      ++scopes[placement.scope == PlacementScope::inside ? "inside" : "unplaced"];
    }
    EXPECT_EQ(static_cast<std::int64_t>(region.structures.structures.size()) + outside, rows) << file;
    const bool old_list = std::string{file} == "france_services_20221201.csv";
    EXPECT_EQ(scopes["unplaced"], old_list ? 26 : 0) << file << ": 26 houses of that list have neither address nor code";
  }
}

}  // namespace
}  // namespace maillage
