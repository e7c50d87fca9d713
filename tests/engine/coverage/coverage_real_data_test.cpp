// The acceptance figures of coverage and gaps: the region's contours of 2018, Etalab's communes, the public libraries.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "engine/coverage/coverage.hpp"
#include "engine/coverage/gaps.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/read_structures.hpp"
#include "engine/survey/cross_tab.hpp"
#include "engine/territory/contiguity.hpp"
#include "tests/support/feature_tables.hpp"
#include "tests/support/joinable_territory.hpp"

namespace maillage {
namespace {

std::filesystem::path shared(const std::string& file) {
  return std::filesystem::path(MAILLAGE_SHARED_DATA) / file;
}

/// Hauts-de-France with its libraries, and the definition "a library within 5 km".
struct Libraries {
  testing::JoinableTerritory region;
  StructuresInScope scope;
  CoverageDefinition definition;

  explicit Libraries(const std::filesystem::path& etalab)
      : region(testing::joinable_territory({shared("communes-2018/communes-hauts-de-france.geojson")}, etalab)) {
    Territory& territory = region.territory;
    territory.neighbours = contiguity(territory.source_contours, territory.contours);
    for (const CommuneIndex commune : territory.communes.indices()) {
      territory.demand.push_back(
          {territory.points[commune].position, territory.communes[commune].population.value_or(0), commune});
    }
    const auto reading = read_structures(testing::plain_csv(shared("structures/bibliotheques_publiques_france.csv"), ';'),
                                         {}, testing::degrees_only());
    scope = keep_in_scope(reading.value, place_structures(territory, region.keys(), reading.value, region.planes, {}));
    definition = {.name = "bibliotheques_5km",
                  .label = "Bibliothèques à 5 km",
                  .travel = StraightLine{},
                  .limit = 5'000,
                  .structures = {}};
    for (const StructureIndex structure : scope.placements.of.indices()) {
      if (scope.placements.of[structure].precision != PositionPrecision::none) {
        definition.structures.push_back(structure);
      }
    }
  }
};

class CoverageRealData : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto etalab = testing::etalab_folder();
    if (!etalab.empty() && std::filesystem::exists(shared("communes-2018/communes-hauts-de-france.geojson"))) {
      libraries_ = std::make_unique<Libraries>(etalab);
    }
  }
  static void TearDownTestSuite() { libraries_.reset(); }
  void SetUp() override {
    if (!libraries_) {
      GTEST_SKIP() << "needs ../shared/data and Etalab's decoupage-administratif (folder data in MAILLAGE_ETALAB_DIR)";
    }
  }
  [[nodiscard]] static const Territory& territory() { return libraries_->region.territory; }

  static std::unique_ptr<Libraries> libraries_;
};

std::unique_ptr<Libraries> CoverageRealData::libraries_;

TEST_F(CoverageRealData, FindsTheGapThatRunsThroughTheRegion) {
  const auto& [region, scope, definition] = *libraries_;
  const Coverage coverage = compute_coverage(territory(), scope.structures, scope.placements, definition);
  EXPECT_EQ(coverage.total.population, 5'992'194);
  const auto without = communes_without_structure(territory(), scope.placements, definition);
  EXPECT_EQ(std::accumulate(without.begin(), without.end(), 0), 2'635);
  const auto gaps = gap_components(territory(), coverage, without);
  EXPECT_EQ(gaps.size(), 97U);
  EXPECT_EQ(gaps[0].communes.size(), 2'414U);
  EXPECT_EQ(gaps[0].population, 1'013'297);
  EXPECT_EQ(gaps[1].communes.size(), 12U);
  EXPECT_EQ(gaps[1].population, 103'639);
  // Published elsewhere as 783 and 185,945, on 10,984 contiguous pairs: that is what is left when the contours of the seven
  // obsolete codes that only `anciensCodes` follows (02077, 02311, 60475, 62210, 80209, 80389, 80419) are lost. With them,
  // 10,999 pairs share an edge: counted by brute force below.
  EXPECT_EQ(communes_without_structure_nearby(territory(), without),
            (RemoteCommunes{.communes = 778, .population = 183'560}));
}

// Published as 1,753 / 3,665 / 5,566, for the same reason.
TEST_F(CoverageRealData, CountsTheJoinsOfContiguousPairs) {
  const auto& [region, scope, definition] = *libraries_;
  auto with = communes_without_structure(territory(), scope.placements, definition);
  for (std::uint8_t& has : with) {
    has = has == 0 ? 1 : 0;
  }
  EXPECT_EQ(contiguous_pairs(territory(), with), (ContiguousPairs{.both = 1'754, .one = 3'672, .neither = 5'573}));
}

TEST_F(CoverageRealData, HasThePairsThatShareAnEdge) {
  const AreaSet& contours = territory().source_contours;
  std::map<std::pair<Point, Point>, std::set<std::size_t>> owners;
  for (std::size_t area = 0; area < contours.areas(); ++area) {
    const auto rings = contours.rings_of(AreaIndex{area});
    for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
      const auto vertices = contours.ring(ring);
      for (std::size_t vertex = 1; vertex < vertices.size(); ++vertex) {
        owners[std::minmax(vertices[vertex - 1], vertices[vertex])].insert(area);
      }
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [edge, areas] : owners) {
    ASSERT_LE(areas.size(), 2U);
    if (areas.size() == 2) {
      pairs.insert({*areas.begin(), *areas.rbegin()});
    }
  }
  EXPECT_EQ(pairs.size(), 10'999U);
  EXPECT_EQ(territory().neighbours.values().size(), 2 * pairs.size());
}

TEST_F(CoverageRealData, ConservesThePopulationOfEveryClass) {
  const auto& [region, scope, definition] = *libraries_;
  const Coverage coverage = compute_coverage(territory(), scope.structures, scope.placements, definition);
  CoverageShare sum;
  for (const CoverageShare& tier : coverage.by_tier) {
    sum.communes += tier.communes;
    sum.population += tier.population;
    sum.population_covered += tier.population_covered;
    sum.structures += tier.structures;
  }
  EXPECT_EQ(sum.communes, coverage.total.communes);
  EXPECT_EQ(sum.population, coverage.total.population);
  EXPECT_EQ(sum.population_covered, coverage.total.population_covered);
  EXPECT_EQ(sum.structures, coverage.total.structures);
}

TEST_F(CoverageRealData, TabulatesTheTiersOfTheRegion) {
  const auto& [region, scope, definition] = *libraries_;
  const Table table =
      territory_table(territory(), commune_attribute(territory(), "tier"), scope.placements, definition.structures, {});
  const auto column = [&](const std::size_t number) {
    std::vector<std::int64_t> counts;
    for (const auto& row : table.rows) {
      counts.push_back(std::get<std::int64_t>(row[number]));
    }
    return counts;
  };
  EXPECT_EQ(column(1), (std::vector<std::int64_t>{3'248, 483, 49, 2, 3'782}));
  EXPECT_EQ(column(2), (std::vector<std::int64_t>{1'628'125, 2'399'843, 1'589'531, 374'695, 5'992'194}));
  EXPECT_EQ(column(8).back(), 2'635);
}

}  // namespace
}  // namespace maillage
