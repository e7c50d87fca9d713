#include "engine/accessibility/access_analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

AccessDefinition define(const test::PlacedStructures& structures, std::vector<NamedMeasure> measures) {
  AccessDefinition definition;
  definition.travel = StraightLine{};
  for (const StructureIndex structure : structures.placed.of.indices()) {
    definition.structures.push_back(structure);
  }
  definition.measures = std::move(measures);
  definition.farthest = 10'000;
  return definition;
}

AccessSupply supply_of(std::vector<double> amounts, const std::string& name = "offre") {
  return {.name = name, .label = name, .unit = "", .of_structure = std::move(amounts)};
}

NamedMeasure two_step(const Cost cutoff) {
  return {.name = "2sfca", .label = {}, .measure = FloatingCatchment{.decay = {.kind = BinaryDecay{}, .farthest = cutoff}}};
}

TEST(AccessAnalysis, SharesASupplyAmongCommunes) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "AC");
  AccessDefinition definition = define(structures, {two_step(1'000)});
  definition.supplies.push_back(supply_of({20, 30}));
  const auto analyses = analyse_access(territory, structures.placed, definition);
  ASSERT_EQ(analyses.size(), 1U);
  // A's 20 are shared by A and B (200 inhabitants), C's 30 by B, C and D.
  EXPECT_EQ(analyses[0].values[0].of_commune, (std::vector<double>{0.1, 0.2, 0.1, 0.1}));
  EXPECT_EQ(analyses[0].values[0].of_structure, (std::vector<double>{0.1, 0.1}));
  EXPECT_EQ(analyses[0].total_supply, 50);
  EXPECT_EQ(analyses[0].total_demand, 400);
  EXPECT_EQ(analyses[0].disagreement.ranks[0], (std::vector<double>{3, 1, 3, 3}));
}

TEST(AccessAnalysis, AnswersEverySupplyOfTheSameTripsApart) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "AC");
  AccessDefinition definition = define(structures, {two_step(1'000), {.name = "cout", .label = {}, .measure = CostToKth{}}});
  definition.supplies.push_back(supply_of({20, 0}, "un"));
  definition.supplies.push_back(supply_of({0, 30}, "deux"));
  const auto analyses = analyse_access(territory, structures.placed, definition);
  ASSERT_EQ(analyses.size(), 2U);
  EXPECT_EQ(analyses[0].values[0].of_commune, (std::vector<double>{0.1, 0.1, 0, 0}));
  EXPECT_EQ(analyses[1].values[0].of_commune, (std::vector<double>{0, 0.1, 0.1, 0.1}));
  EXPECT_EQ(analyses[0].values[1].of_commune, (std::vector<double>{0, 1000, 2000, 3000}));
  EXPECT_EQ(analyses[1].values[1].of_commune, (std::vector<double>{2000, 1000, 0, 1000}));
  EXPECT_EQ(analyses[0].values[0].without_structure.size(), 2U);
}

TEST(AccessAnalysis, TakesPeopleToServeInPlaceOfInhabitants) {
  const Territory territory = test::draw_territory({"AB"});
  const auto structures = test::structures_at(territory, "A");
  AccessDefinition definition = define(structures, {two_step(1'000)});
  definition.supplies.push_back(supply_of({6}));
  definition.demand = IndexedVector<CommuneIndex, double>(2, 10.0);
  definition.demand[CommuneIndex{1}] = std::numeric_limits<double>::quiet_NaN();
  const auto analyses = analyse_access(territory, structures.placed, definition);
  EXPECT_EQ(analyses[0].values[0].of_commune, (std::vector<double>{0.6, 0.6}));
  EXPECT_EQ(analyses[0].total_demand, 10);
  definition.demand = IndexedVector<CommuneIndex, double>(1, 10.0);
  EXPECT_THROW((void)analyse_access(territory, structures.placed, definition), ArgumentError);
}

/// A and B with demand points of their own beside the communes' points.
Territory with_hamlets() {
  Territory territory = test::draw_territory({"AB"});
  const Point a = territory.points[CommuneIndex{0}].position;
  territory.demand = {
      {.position = a, .population = 30, .commune = CommuneIndex{0}},
      {.position = {a.x + 400, a.y}, .population = 70, .commune = CommuneIndex{0}},
      {.position = territory.points[CommuneIndex{1}].position, .population = 100, .commune = CommuneIndex{1}}};
  return territory;
}

TEST(AccessAnalysis, GivesACommuneTheMeanOfItsPeopleOrTheSumOfItsShares) {
  const Territory territory = with_hamlets();
  const auto structures = test::structures_at(territory, "A");
  const Decay binary{.kind = BinaryDecay{}, .farthest = 5'000};
  AccessDefinition definition = define(
      structures, {{.name = "cout", .label = {}, .measure = CostToKth{}},
                   {.name = "dispo", .label = {}, .measure = SpatialAvailability{.decay = binary}},
                   {.name = "hab", .label = {}, .measure = SpatialAvailability{.decay = binary, .per_inhabitant = true}}});
  definition.supplies.push_back(supply_of({50}));
  const auto analyses = analyse_access(territory, structures.placed, definition);
  EXPECT_DOUBLE_EQ(analyses[0].values[0].of_commune[0], 0.7 * 400);
  EXPECT_DOUBLE_EQ(analyses[0].values[1].of_commune[0], 25);
  EXPECT_DOUBLE_EQ(analyses[0].values[1].of_commune[1], 25);
  EXPECT_DOUBLE_EQ(analyses[0].values[2].of_commune[0], 0.25);
}

TEST(AccessAnalysis, SettlesVariableCatchmentsByWhatThereIs) {
  const Territory territory = test::draw_territory({"ABCD"});
  const auto structures = test::structures_at(territory, "AC");
  AccessDefinition definition =
      define(structures, {{.name = "v", .label = {}, .measure = VariableCatchment{.least = 500, .most = 5'000}}});
  definition.supplies.push_back(supply_of({20, 30}));
  const auto analyses = analyse_access(territory, structures.placed, definition);
  const auto& settled = std::get<VariableCatchment>(analyses[0].measures[0].measure);
  EXPECT_DOUBLE_EQ(settled.base_population, 200);
  EXPECT_DOUBLE_EQ(settled.enough_ratio, 50.0 / 400);
}

TEST(AccessAnalysis, IsTheSameForAnyBudgetAndAnyThreads) {
  const Territory territory = test::draw_territory({"ABCDE", "FGHIJ", "KLMNO"});
  const auto structures = test::structures_at(territory, "AGNN");
  std::vector<NamedMeasure> measures;
  for (const std::string_view kind : measure_kinds()) {
    auto made = standard_measures(kind, {.cutoffs = {1'000, 2'500}, .unit = CostUnit::metres});
    for (NamedMeasure& named : made.value()) {
      measures.push_back(std::move(named));
    }
  }
  AccessDefinition definition = define(structures, std::move(measures));
  definition.supplies.push_back(supply_of({1, 2, 3, 4}));
  const auto kept = analyse_access(territory, structures.placed, definition);
  definition.budget_bytes = 1;
  const ThreadLimit one{1};
  const auto anew = analyse_access(territory, structures.placed, definition);
  for (std::size_t k = 0; k < kept[0].values.size(); ++k) {
    const auto& a = kept[0].values[k].of_commune;
    const auto& b = anew[0].values[k].of_commune;
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_TRUE(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) << kept[0].measures[k].name << " " << i;
    }
  }
}

TEST(AccessAnalysis, HasNoCompetitiveAccessWhereEqualSharesCannotBeBrought) {
  // A's structure has nearly all, and only A and B reach it.
  const Territory territory = test::draw_territory({"ABCDEF"});
  const auto structures = test::structures_at(territory, "AE");
  AccessDefinition definition =
      define(structures, {{.name = "concurrence",
                           .label = {},
                           .measure = CompetitiveAccess{.decay = {.kind = BinaryDecay{}, .farthest = 3'000}}}});
  definition.supplies.push_back(supply_of({99, 1}));
  const auto analyses = analyse_access(territory, structures.placed, definition);
  EXPECT_FALSE(analyses[0].values[0].converged);
  EXPECT_TRUE(std::isnan(analyses[0].values[0].of_commune[0]));
}

}  // namespace
}  // namespace maillage
