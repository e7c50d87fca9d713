#include "engine/structures/guess_territory.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace maillage {
namespace {

CommuneRecord record(const std::string& epci, const std::string& departement, const std::string& region) {
  CommuneRecord commune;
  commune.epci = epci;
  commune.departement = departement;
  commune.region = region;
  return commune;
}

const std::vector<CommuneRecord> kCommunes{record("E1", "59", "32"), record("E2", "59", "32"), record("E3", "62", "32"),
                                           record("E4", "75", "11")};

TerritoryGuess guess(const std::vector<int>& counts) {
  std::vector<std::optional<std::size_t>> communes;
  for (std::size_t commune = 0; commune < counts.size(); ++commune) {
    communes.insert(communes.end(), static_cast<std::size_t>(counts[commune]), commune);
  }
  communes.emplace_back(std::nullopt);
  return guess_territory(kCommunes, communes);
}

TEST(GuessTerritory, TakesTheSmallestZoneThatHoldsNearlyAll) {
  EXPECT_EQ(guess({20, 0, 0, 0}).code, "E1");
  EXPECT_EQ(guess({10, 10, 0, 0}).code, "59");
  EXPECT_EQ(guess({10, 10, 10, 0}).code, "32");
  EXPECT_EQ(guess({10, 10, 10, 10}).zone, TerritoryGuess::Zone::france);
}

TEST(GuessTerritory, IsNotStretchedByAStray) {
  const TerritoryGuess found = guess({19, 0, 0, 1});
  EXPECT_EQ(found.code, "E1");
  EXPECT_EQ(found.structures_in, 19);
  EXPECT_EQ(found.structures, 20);
  EXPECT_EQ(guess({18, 0, 0, 1}).zone, TerritoryGuess::Zone::france);
}

TEST(GuessTerritory, SaysTheCountryWhenNothingIsKnown) {
  EXPECT_EQ(guess({}).zone, TerritoryGuess::Zone::france);
  EXPECT_EQ(guess({}).structures, 0);
}

}  // namespace
}  // namespace maillage
