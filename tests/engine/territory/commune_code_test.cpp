#include "engine/territory/commune_code.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

std::string code_of(const std::string& text) {
  const auto code = parse_commune_code(text);
  return code ? code->code + (code->repaired ? "*" : "") : "-";
}

TEST(CommuneCode, KeepsTheShapeOfGoodCodes) {
  EXPECT_EQ(code_of("01004"), "01004");
  EXPECT_EQ(code_of("2A004"), "2A004");
  EXPECT_EQ(code_of("97411"), "97411");
  EXPECT_EQ(code_of("98735"), "98735");
  EXPECT_EQ(code_of(" 59350\t"), "59350");
  EXPECT_EQ(code_of("2b033"), "2B033");
}

TEST(CommuneCode, RepairsWhatSpreadsheetsDid) {
  EXPECT_EQ(code_of("1004"), "01004*");
  EXPECT_EQ(code_of("1004.0"), "01004*");
  EXPECT_EQ(code_of("59350.0"), "59350*");
}

TEST(CommuneCode, RefusesEverythingElse) {
  for (const char* text : {"", "  ", "Lille", "593500", "59 350", "350", "2C004", "2A04", "00123", "96001", "99100", "1E+04",
                           "01004.5", "é9350", "-1004", "200093201"}) {
    EXPECT_EQ(code_of(text), "-") << text;
  }
}

TEST(CommuneCode, TellsTheDepartementAndRegion) {
  EXPECT_EQ(departement_of_code("59350"), "59");
  EXPECT_EQ(departement_of_code("2A004"), "2A");
  EXPECT_EQ(departement_of_code("97411"), "974");
  EXPECT_EQ(departement_of_code("20004"), "");
  EXPECT_EQ(region_of_departement("59"), "32");
  EXPECT_EQ(region_of_departement("2B"), "94");
  EXPECT_EQ(region_of_departement("976"), "06");
  EXPECT_EQ(region_of_departement("20"), "");
  EXPECT_EQ(french_departements().size(), 101U);
  EXPECT_EQ(french_regions().size(), 18U);
  for (const FrenchDepartement& one : french_departements()) {
    bool found = false;
    for (const FrenchRegion& region : french_regions()) {
      found = found || region.code == one.region;
    }
    EXPECT_TRUE(found) << one.code;
  }
}

TEST(CommuneCode, RollsArrondissementsUp) {
  EXPECT_EQ(commune_of_arrondissement("75101"), "75056");
  EXPECT_EQ(commune_of_arrondissement("75120"), "75056");
  EXPECT_EQ(commune_of_arrondissement("69381"), "69123");
  EXPECT_EQ(commune_of_arrondissement("69389"), "69123");
  EXPECT_EQ(commune_of_arrondissement("13216"), "13055");
  for (const char* code : {"75121", "75056", "69390", "69380", "13217", "13200", "75100"}) {
    EXPECT_FALSE(commune_of_arrondissement(code)) << code;
  }
}

}  // namespace
}  // namespace maillage
