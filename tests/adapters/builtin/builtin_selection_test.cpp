#include <algorithm>

#include "adapters/builtin/builtin_france.hpp"
#include "engine/core/error.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

std::vector<std::string> codes(const BuiltinSelection& selection) {
  std::vector<std::string> result;
  for (const std::size_t position : select_communes(builtin_tables(), selection)) {
    result.push_back(builtin_communes()[position].code);
  }
  return result;
}

Text refusal(const BuiltinSelection& selection) {
  try {
    (void)select_communes(builtin_tables(), selection);
  } catch (const StudyError& error) {
    return error.message();
  }
  ADD_FAILURE() << "not refused";
  return {};
}

bool mentions(const Text& text, const std::string& part) {
  return text.french.find(part) != std::string::npos && text.english.find(part) != std::string::npos;
}

TEST(BuiltinSelection, TakesACodeOrANameHoweverItIsTyped) {
  const std::vector<std::string> region = codes({.regions = {"32"}});
  EXPECT_EQ(region.size(), 3'782U);
  EXPECT_EQ(codes({.regions = {"Hauts-de-France"}}), region);
  EXPECT_EQ(codes({.regions = {"hauts de france"}}), region);
  EXPECT_EQ(codes({.departements = {"Nord"}}), codes({.departements = {"59"}}));
  EXPECT_EQ(codes({.departements = {"pas de calais"}}), codes({.departements = {"62"}}));
  EXPECT_EQ(codes({.regions = {"ILE DE FRANCE"}}), codes({.regions = {"11"}}));
  EXPECT_EQ(codes({.epcis = {"metropole europeenne de lille"}}), codes({.epcis = {"200093201"}}));
}

TEST(BuiltinSelection, UnitesWhatIsListedWithoutRepeats) {
  EXPECT_EQ(codes({.departements = {"02", "59", "60", "62", "80"}}), codes({.regions = {"32"}}));
  EXPECT_EQ(codes({.regions = {"32"}, .departements = {"59"}, .epcis = {"200093201"}, .communes = {"59350"}}),
            codes({.regions = {"32"}}));
  EXPECT_EQ(codes({.france = true, .communes = {"59350"}}).size(), 34'875U);
}

TEST(BuiltinSelection, TakesCommunesByPresentOrPastCodeOrSingleName) {
  EXPECT_EQ(codes({.communes = {"80021", "59350"}}), (std::vector<std::string>{"59350", "80021"}));
  EXPECT_EQ(codes({.communes = {"59355"}}), std::vector<std::string>{"59350"}) << "Lomme is part of Lille";
  EXPECT_EQ(codes({.communes = {"75103", "75120"}}), std::vector<std::string>{"75056"});
  EXPECT_EQ(codes({.communes = {"villeneuve d'ascq"}}), std::vector<std::string>{"59009"});
}

TEST(BuiltinSelection, SuggestsNearNames) {
  EXPECT_TRUE(mentions(refusal({.regions = {"Haut de France"}}), "32 (Hauts-de-France)"));
  EXPECT_TRUE(mentions(refusal({.departements = {"Nrod"}}), "59 (Nord)"));
  EXPECT_TRUE(mentions(refusal({.epcis = {"Lille"}}), "200093201 (Métropole Européenne de Lille)"));
  const Text ambiguous = refusal({.communes = {"Saint-Denis"}});
  EXPECT_TRUE(mentions(ambiguous, "97411")) << ambiguous.french;
  EXPECT_TRUE(mentions(ambiguous, "93066")) << ambiguous.french;
  const Text nothing_near = refusal({.regions = {"Bavière orientale"}});
  EXPECT_EQ(nothing_near.french.find("vouliez-vous"), std::string::npos) << nothing_near.french;
}

TEST(BuiltinSelection, RefusesNothingAndNonsense) {
  EXPECT_TRUE(mentions(refusal({}), "region"));
  EXPECT_TRUE(mentions(refusal({.regions = {""}}), "region"));
  EXPECT_TRUE(mentions(refusal({.communes = {"\xff\xfe"}}), "communes"));
  EXPECT_TRUE(mentions(refusal({.departements = {std::string(10'000, 'x')}}), "departement"));
}

}  // namespace
}  // namespace maillage
