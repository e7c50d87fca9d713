#include "engine/coverage/coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::at;
using test::draw_territory;
using test::PlacedStructures;
using test::structures_at;

Coverage cover(const Territory& territory, const PlacedStructures& structures, const Cost limit_m) {
  return compute_coverage(territory, structures.set, structures.placed, structures.within(limit_m));
}

TEST(Coverage, GivesNearestCostAndDepthOfEveryCommune) {
  const Territory territory = draw_territory({"ABCDE"});
  const Coverage coverage = cover(territory, structures_at(territory, "AC"), 1'000);
  const auto& b = coverage.communes[at(territory, 'B')];
  EXPECT_EQ(b.nearest.value(), 0U);  // A and C are as near: the lower structure
  EXPECT_EQ(b.cost, 1'000U);
  EXPECT_EQ(b.depth, 2U);
  EXPECT_TRUE(b.covered);
  const auto& e = coverage.communes[at(territory, 'E')];
  EXPECT_EQ(e.nearest.value(), 1U);
  EXPECT_EQ(e.cost, 2'000U);
  EXPECT_EQ(e.depth, 0U);
  EXPECT_FALSE(e.covered);
  EXPECT_EQ(e.population_covered, 0);
}

TEST(Coverage, CountsWhoDependsOnOneStructure) {
  const Territory territory = draw_territory({"ABCD"}, {.population = {{'A', 10}, {'B', 200}, {'C', 3'000}, {'D', 40'000}}});
  const Coverage coverage = cover(territory, structures_at(territory, "AC"), 1'000);
  EXPECT_EQ(coverage.structures[0].population_in_reach, 210);
  EXPECT_EQ(coverage.structures[0].population_alone, 10);
  EXPECT_EQ(coverage.structures[0].communes_in_reach, 2U);
  EXPECT_EQ(coverage.structures[1].population_in_reach, 43'200);
  EXPECT_EQ(coverage.structures[1].population_alone, 43'000);
  EXPECT_EQ(coverage.structures[1].communes_in_reach, 3U);
}

TEST(Coverage, SumsByTierAndZone) {
  const Territory territory =
      draw_territory({"ABCD"}, {.population = {{'A', 10}, {'B', std::nullopt}, {'C', 3'000}, {'D', 0}},
                                .departement = {{'C', "62"}, {'D', "62"}},
                                .epci = {{'A', "200"}, {'C', "200"}}});
  const Coverage coverage = cover(territory, structures_at(territory, "AA"), 1'000);
  EXPECT_EQ(coverage.total.communes, 4);
  EXPECT_EQ(coverage.total.communes_covered, 2);  // A, and B by its point though its population is unknown
  EXPECT_EQ(coverage.total.population, 3'010);
  EXPECT_EQ(coverage.total.population_covered, 10);
  EXPECT_EQ(coverage.total.structures, 2);
  EXPECT_EQ(coverage.by_tier[TierIndex{0}].communes, 2);
  EXPECT_EQ(coverage.by_tier[TierIndex{1}].population, 3'000);
  EXPECT_EQ(coverage.by_departement[ZoneIndex{0}].structures, 2);
  EXPECT_EQ(coverage.by_departement[ZoneIndex{1}].population, 3'000);
  EXPECT_EQ(coverage.by_epci[ZoneIndex{0}].communes, 2);
  EXPECT_EQ(coverage.by_region[ZoneIndex{0}].communes, 4);
}

TEST(Coverage, IsMeasuredWhereTheInhabitantsAre) {
  Territory territory = draw_territory({"AB"});
  const CommuneIndex b = at(territory, 'B');
  // 60 of B's inhabitants live beside A's structure, 40 at B's point.
  territory.demand = {{territory.points[at(territory, 'A')].position, 100, at(territory, 'A')},
                      {{600, 500}, 60, b},
                      {territory.points[b].position, 40, b}};
  const Coverage coverage = cover(territory, structures_at(territory, "A"), 500);
  EXPECT_EQ(coverage.communes[b].population, 100);
  EXPECT_EQ(coverage.communes[b].population_covered, 60);
  EXPECT_EQ(coverage.communes[b].depth, 0U);
  EXPECT_TRUE(coverage.communes[b].covered);
  EXPECT_EQ(coverage.structures[0].population_alone, 160);
  EXPECT_EQ(coverage.structures[0].communes_in_reach, 1U);
}

TEST(Coverage, KeepsACommuneThatHasNoPoint) {
  Territory territory = draw_territory({"AB"});
  territory.points[at(territory, 'B')] = {};
  territory.demand.pop_back();
  const Coverage coverage = cover(territory, structures_at(territory, "A"), 50'000);
  EXPECT_EQ(coverage.communes[at(territory, 'B')].cost, kUnreachable);
  EXPECT_EQ(coverage.total.population, 200);
  EXPECT_EQ(coverage.total.population_covered, 100);
}

TEST(Coverage, WithoutStructuresIsAllGap) {
  const Territory territory = draw_territory({"AB"});
  const Coverage coverage = cover(territory, {}, 5'000);
  EXPECT_EQ(coverage.total.communes_covered, 0);
  EXPECT_EQ(coverage.total.population, 200);
  EXPECT_TRUE(coverage.communes[at(territory, 'A')].nearest.is_none());
  EXPECT_EQ(coverage.communes[at(territory, 'A')].cost, kUnreachable);
}

TEST(Coverage, RefusesADefinitionThatIsNotAscendingOrNotPlaced) {
  const Territory territory = draw_territory({"AB"});
  PlacedStructures structures = structures_at(territory, "AB");
  structures.add_unplaced();
  CoverageDefinition definition = structures.within(5);
  std::ranges::reverse(definition.structures);
  EXPECT_THROW((void)compute_coverage(territory, structures.set, structures.placed, definition), ArgumentError);
  definition.structures = {StructureIndex{2}};
  EXPECT_THROW((void)compute_coverage(territory, structures.set, structures.placed, definition), ArgumentError);
  definition.structures = {StructureIndex{3}};
  EXPECT_THROW((void)compute_coverage(territory, structures.set, structures.placed, definition), ArgumentError);
}

/// A country of 400 one-square communes with random populations, and structures anywhere in it.
struct RandomCountry {
  Territory territory;
  PlacedStructures structures;

  explicit RandomCountry(const unsigned seed) {
    std::mt19937 generator{seed};
    constexpr int kSide = 20;
    territory.tiers = default_population_tiers();
    for (int cell = 0; cell < kSide * kSide; ++cell) {
      const auto population = static_cast<std::int64_t>(generator() % 30'000);
      const Point centre{(cell % kSide) * 1000.0, (cell / kSide) * 1000.0};
      Commune record;
      record.code = std::to_string(10'000 + cell);
      record.population = population;
      const CommuneIndex commune = territory.communes.push_back(record);
      territory.points.push_back({centre, CommunePoint::Origin::interior});
      territory.tier.push_back(tier_of(territory.tiers, population));
      territory.demand.push_back({centre, population, commune});
      territory.neighbours.push_row({});
    }
    for (int number = 0; number < 60; ++number) {
      add_structure(generator());
    }
  }
  void add_structure(const std::size_t at) {
    structures.add(CommuneIndex{at % 400}, {static_cast<double>(at % 19'000), static_cast<double>(at / 7 % 19'000)});
  }
};

TEST(Coverage, ConservesPopulationAtEveryLevel) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    const RandomCountry country{seed};
    const Coverage coverage = cover(country.territory, country.structures, 2'500);
    CoverageShare sum;
    for (const CoverageShare& tier : coverage.by_tier) {
      EXPECT_LE(tier.population_covered, tier.population);
      sum.population += tier.population;
      sum.population_covered += tier.population_covered;
      sum.communes_covered += tier.communes_covered;
      sum.structures += tier.structures;
    }
    EXPECT_EQ(sum.population, coverage.total.population);
    EXPECT_EQ(sum.population_covered, coverage.total.population_covered);
    EXPECT_EQ(sum.communes_covered, coverage.total.communes_covered);
    EXPECT_EQ(sum.structures, 60);
    std::int64_t person_structures = 0;
    for (const CommuneCoverage& commune : coverage.communes) {
      person_structures += commune.depth * commune.population;
    }
    std::int64_t in_reach = 0;
    std::int64_t alone = 0;
    for (const StructureCoverage& structure : coverage.structures) {
      in_reach += structure.population_in_reach;
      alone += structure.population_alone;
    }
    EXPECT_EQ(in_reach, person_structures);
    EXPECT_LE(alone, coverage.total.population_covered);
  }
}

TEST(Coverage, PopulationAloneIsWhatClosingTheStructureLoses) {
  const RandomCountry country{5};
  const Coverage full = cover(country.territory, country.structures, 2'500);
  for (std::size_t closed = 0; closed < 60; ++closed) {
    CoverageDefinition definition = country.structures.within(2'500);
    definition.structures.erase(definition.structures.begin() + static_cast<std::ptrdiff_t>(closed));
    const Coverage without =
        compute_coverage(country.territory, country.structures.set, country.structures.placed, definition);
    EXPECT_EQ(full.total.population_covered - without.total.population_covered, full.structures[closed].population_alone);
  }
}

TEST(Coverage, NeverFallsWithOneMoreStructureOrAWiderLimit) {
  for (const unsigned seed : {6U, 7U, 8U}) {
    RandomCountry country{seed};
    const Coverage before = cover(country.territory, country.structures, 2'000);
    const Coverage wider = cover(country.territory, country.structures, 2'001);
    country.add_structure(seed * 7'919);
    const Coverage more = cover(country.territory, country.structures, 2'000);
    for (const CommuneIndex commune : before.communes.indices()) {
      EXPECT_LE(before.communes[commune].depth, wider.communes[commune].depth);
      EXPECT_LE(before.communes[commune].depth, more.communes[commune].depth);
      EXPECT_GE(before.communes[commune].cost, more.communes[commune].cost);
    }
    EXPECT_LE(before.total.population_covered, wider.total.population_covered);
    EXPECT_LE(before.total.population_covered, more.total.population_covered);
  }
}

TEST(Coverage, DoesNotDependOnTheOrderOfStructuresNorOnThreads) {
  const RandomCountry country{9};
  PlacedStructures reversed = country.structures;
  std::ranges::reverse(reversed.placed.of.raw());
  const Coverage straight = cover(country.territory, country.structures, 2'500);
  const ThreadLimit one{1};
  const Coverage turned = cover(country.territory, reversed, 2'500);
  for (const CommuneIndex commune : straight.communes.indices()) {
    EXPECT_EQ(straight.communes[commune].cost, turned.communes[commune].cost);
    EXPECT_EQ(straight.communes[commune].depth, turned.communes[commune].depth);
  }
  for (std::size_t number = 0; number < 60; ++number) {
    EXPECT_EQ(straight.structures[number].population_alone, turned.structures[59 - number].population_alone);
  }
}

}  // namespace
}  // namespace maillage
