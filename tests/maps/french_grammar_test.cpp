#include "maps/french_grammar.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>
#include <vector>

namespace maillage::french {
namespace {

using Pair = std::pair<const char*, const char*>;

TEST(FrenchGrammar, DeBeforeNamesElidesAndContracts) {
  for (const auto& [name, wanted] : std::to_array<Pair>({
           {"Abbeville", "d’Abbeville"},
           {"Lille", "de Lille"},
           {"Le Touquet-Paris-Plage", "du Touquet-Paris-Plage"},
           {"Le Havre", "du Havre"},
           {"Les Lilas", "des Lilas"},
           {"La Bassée", "de La Bassée"},
           {"L'Isle-Adam", "de L'Isle-Adam"},
           {"Hirson", "d’Hirson"},
           {"Hazebrouck", "d’Hazebrouck"},
           {"Hénin-Beaumont", "d’Hénin-Beaumont"},
           {"Hyères", "d’Hyères"},
           {"Ham", "de Ham"},
           {"Ham-en-Artois", "de Ham-en-Artois"},
           {"Hem", "de Hem"},
           {"Hautmont", "de Hautmont"},
           {"Honfleur", "de Honfleur"},
           {"Hoenheim", "de Hoenheim"},
           {"Hamelincourt", "d’Hamelincourt"},
           {"Hemmes", "d’Hemmes"},
           {"Yvetot", "d’Yvetot"},
           {"Y", "d’Y"},
           {"Yerres", "d’Yerres"},
           {"Yèvres", "d’Yèvres"},
           {"Yutz", "de Yutz"},
           {"Étaples", "d’Étaples"},
           {"Œuilly", "d’Œuilly"},
           {"Île-aux-Moines", "d’Île-aux-Moines"},
           {"Eu", "d’Eu"},
           {"Oye-Plage", "d’Oye-Plage"},
           {"11-Novembre", "de 11-Novembre"},
           {"Leers", "de Leers"},
           {"Lesquin", "de Lesquin"},
       })) {
    EXPECT_EQ(of_name(name), wanted);
  }
}

TEST(FrenchGrammar, AAndQueBeforeNames) {
  EXPECT_EQ(at_name("Lille"), "à Lille");
  EXPECT_EQ(at_name("Le Touquet-Paris-Plage"), "au Touquet-Paris-Plage");
  EXPECT_EQ(at_name("Les Lilas"), "aux Lilas");
  EXPECT_EQ(at_name("La Bassée"), "à La Bassée");
  EXPECT_EQ(than_name("Abbeville"), "qu’Abbeville");
  EXPECT_EQ(than_name("Ham"), "que Ham");
}

TEST(FrenchGrammar, DepartementsAndRegionsHaveTheirArticles) {
  for (const auto& [area, of, in] :
       std::vector<std::array<const char*, 3>>{{"Aisne", "de l’Aisne", "dans l’Aisne"},
                                               {"Nord", "du Nord", "dans le Nord"},
                                               {"Ardennes", "des Ardennes", "dans les Ardennes"},
                                               {"Somme", "de la Somme", "dans la Somme"},
                                               {"Hérault", "de l’Hérault", "dans l’Hérault"},
                                               {"Haute-Corse", "de la Haute-Corse", "dans la Haute-Corse"},
                                               {"Val-d'Oise", "du Val-d'Oise", "dans le Val-d'Oise"},
                                               {"Val-d’Oise", "du Val-d’Oise", "dans le Val-d’Oise"},
                                               {"Paris", "de Paris", "à Paris"},
                                               {"Mayotte", "de Mayotte", "à Mayotte"},
                                               {"La Réunion", "de La Réunion", "à La Réunion"},
                                               {"France", "de la France", "en France"},
                                               {"Hauts-de-France", "des Hauts-de-France", "dans les Hauts-de-France"},
                                               {"Pays de l'Aigle", "de Pays de l'Aigle", "à Pays de l'Aigle"}}) {
    EXPECT_EQ(of_area(area), of);
    EXPECT_EQ(in_area(area), in);
  }
  EXPECT_EQ(with_article("Yonne"), "l’Yonne");
  EXPECT_EQ(with_article("Yvelines"), "les Yvelines");
}

TEST(FrenchGrammar, NumbersAgree) {
  EXPECT_EQ(counted(0, "commune", "communes"), "0\u00a0commune");
  EXPECT_EQ(counted(1, "commune", "communes"), "1\u00a0commune");
  EXPECT_EQ(counted(2, "commune", "communes"), "2\u00a0communes");
  EXPECT_EQ(counted(5'992'194, "habitant", "habitants"), "5\u202f992\u202f194\u00a0habitants");
  EXPECT_EQ(counted(-1, "point", "points"), "-1\u00a0point");
  EXPECT_EQ(agreed(1, "est", "sont"), "est");
  EXPECT_EQ(agreed(2, "est", "sont"), "sont");
}

TEST(FrenchGrammar, Lists) {
  const std::vector<std::string> three{"Lille", "Arras", "Laon"};
  EXPECT_EQ(list(three), "Lille, Arras et Laon");
  EXPECT_EQ(list(std::span{three}.first(2)), "Lille et Arras");
  EXPECT_EQ(list(std::span{three}.first(1)), "Lille");
  EXPECT_EQ(list({}), "");
}

TEST(FrenchGrammar, SpacesAndSignsOfFrenchTypography) {
  EXPECT_EQ(typeset("Lacunes : 3 ; quoi ? rien !"), "Lacunes\u00a0: 3\u202f; quoi\u202f? rien\u202f!");
  EXPECT_EQ(typeset("« Une bibliothèque à 5 km »"), "«\u00a0Une bibliothèque à 5\u00a0km\u00a0»");
  EXPECT_EQ(typeset("85,2 % des habitants"), "85,2\u202f% des habitants");
  EXPECT_EQ(typeset("l'étude de l'an"), "l’étude de l’an");
  EXPECT_EQ(typeset("deux  espaces   ici"), "deux espaces ici");
  EXPECT_EQ(typeset("10 ménages, 10 m, 10 min."), "10 ménages, 10\u00a0m, 10\u00a0min.");
  EXPECT_EQ(typeset("08:30"), "08:30");
  EXPECT_EQ(typeset(""), "");
  // What is set already stays so.
  const std::string once = typeset("« A : b » ; 5 km ?");
  EXPECT_EQ(typeset(once), once);
}

TEST(FrenchGrammar, Capitals) {
  EXPECT_EQ(capitalised("les Ardennes"), "Les Ardennes");
  EXPECT_EQ(capitalised("étude"), "Étude");
  EXPECT_EQ(capitalised("à Lille"), "À Lille");
  EXPECT_EQ(capitalised(""), "");
}

}  // namespace
}  // namespace maillage::french
