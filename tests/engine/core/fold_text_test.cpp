#include "engine/core/fold_text.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(FoldText, LowersAndTakesAccentsOff) {
  EXPECT_EQ(fold_text("Médiathèque d'Anzin"), "mediatheque d anzin");
  EXPECT_EQ(fold_text("VŒUIL-ET-GIGET"), "voeuil et giget");
  EXPECT_EQ(fold_text("L’Haÿ-les-Roses"), "l hay les roses");
  EXPECT_EQ(fold_text("ÀÂÇÉÈÊËÎÏÔÙÛÜ"), "aaceeeeiiouuu");
  EXPECT_EQ(fold_text("Straße Łódź Šibenik ő"), "strasse lodz sibenik o");
}

TEST(FoldText, TreatsDecomposedLettersAsComposedOnes) {
  EXPECT_EQ(fold_text("e\xCC\x81"
                      "cole"),
            fold_text("école"));
}

TEST(FoldText, KeepsOtherAlphabetsAndSurvivesInvalidBytes) {
  EXPECT_EQ(fold_text("кино 2"), "кино 2");
  EXPECT_EQ(fold_text("a\xFF\xC3"), "a");
  EXPECT_EQ(fold_text("\xE2\x82"), "");
  EXPECT_EQ(fold_text(""), "");
  EXPECT_EQ(fold_text("  --  "), "");
}

TEST(FoldText, ComparesColumnNames) {
  EXPECT_EQ(fold_column_name("Code INSEE_commune"), "codeinseecommune");
  EXPECT_EQ(fold_column_name("Nom de l'établissement"), "nomdeletablissement");
  EXPECT_EQ(fold_column_name("N°AUTO"), "nauto");
  EXPECT_EQ(fold_column_name("Type adresse "), "typeadresse");
}

}  // namespace
}  // namespace maillage
