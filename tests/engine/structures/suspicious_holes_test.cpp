#include "engine/structures/suspicious_holes.hpp"

#include <gtest/gtest.h>

#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

TEST(SuspiciousHoles, AreLargeCommunesAloneWithoutInATierThatHas) {
  const Territory territory =
      test::TerritoryDrawing(
          {"ABCDEFG"},
          {.population =
               {{'A', 20'000}, {'B', 20'000}, {'C', 20'000}, {'D', 30'000}, {'E', 20'000}, {'F', 500}, {'G', std::nullopt}}})
          .territory();
  StructureSet set;
  Placements placements;
  const auto add = [&](const std::string& typology, const char letter) {
    Structure structure;
    structure.typology = typology;
    set.structures.push_back(structure);
    Placement placement;
    placement.commune = *territory.find(std::string{"5900"} + letter);
    placements.of.push_back(placement);
  };
  for (const char letter : {'A', 'B', 'C', 'E'}) {
    add("Bibliothèque", letter);
  }
  add("Cinéma", 'A');
  const auto holes = suspicious_holes(territory, set, placements, {});
  ASSERT_EQ(holes.size(), 2U);
  EXPECT_EQ(holes[0].typology, "");
  EXPECT_EQ(holes[1], (SuspiciousHole{*territory.find("5900D"), "Bibliothèque", 4, 5}));
  EXPECT_TRUE(suspicious_holes(territory, set, placements, {.min_share_of_tier = 0.81}).empty());
  EXPECT_TRUE(suspicious_holes(territory, set, placements, {.min_population = 30'001}).empty());
}

}  // namespace
}  // namespace maillage
