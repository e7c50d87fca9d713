#include "engine/structures/name_similarity.hpp"

#include <gtest/gtest.h>

#include <random>

namespace maillage {
namespace {

double alike(const std::string& a, const std::string& b) {
  return name_similarity(comparable_name(a), comparable_name(b));
}

// Values published in Winkler (1990) and repeated since.
TEST(JaroWinkler, GivesThePublishedValues) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 5e-5);
  EXPECT_NEAR(jaro_winkler("dwayne", "duane"), 0.84, 5e-5);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 5e-5);
  EXPECT_EQ(jaro_winkler("abc", "xyz"), 0);
  EXPECT_EQ(jaro_winkler("a", "a"), 1);
  EXPECT_EQ(jaro_winkler("", "a"), 0);
}

TEST(NameSimilarity, SeesThroughSpellingOrderAndTypos) {
  EXPECT_EQ(alike("Médiathèque de l'Étang", "ETANG - MEDIATHEQUE"), 1);
  EXPECT_EQ(alike("École St-Exupéry", "ecole saint exupery"), 1);
  EXPECT_GE(alike("Maison pour tous Paul-Emile Victor", "Maison pour tous Paul Émile Victtor"), 0.85);
  EXPECT_GE(alike("Espace Josephine BAKER", "Espace Joséphine Backer"), 0.85);
}

TEST(NameSimilarity, KeepsNeighboursApart) {
  EXPECT_LT(alike("France services La Poste", "France services Mairie"), 0.85);
  EXPECT_LT(alike("Bibliothèque municipale de Lille", "Bibliothèque municipale de Lens"), 0.85);
  EXPECT_LT(alike("École 1", "École 2"), 0.85);
  EXPECT_LT(alike("Association l'Espoir", "Association l'Espoir (Groupe SOS)"), 0.85);
  EXPECT_EQ(alike("", ""), 0);
  EXPECT_EQ(alike("de la", "du"), 0) << "words without meaning are no name";
}

TEST(NameSimilarity, IsSymmetricAndBounded) {
  std::mt19937 random(11);
  const std::vector<std::string> words{"mairie", "mairies", "maison",  "maisons", "poste",
                                       "postes", "espace",  "espaces", "12",      "le"};
  for (int round = 0; round < 2'000; ++round) {
    std::string a;
    std::string b;
    for (int i = 0; i < 4; ++i) {
      a += words[random() % words.size()] + " ";
      b += words[random() % words.size()] + " ";
    }
    const double similarity = alike(a, b);
    EXPECT_GE(similarity, 0);
    EXPECT_LE(similarity, 1);
    EXPECT_EQ(similarity, alike(b, a)) << a << "/ " << b;
  }
}

}  // namespace
}  // namespace maillage
