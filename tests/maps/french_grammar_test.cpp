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
                                               {"Haute-Corse", "de la Haute-Corse", "en Haute-Corse"},
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

// Every departement of 2025, and what stands before its name after "de" and "dans".
constexpr auto kDepartements = std::to_array<std::array<const char*, 3>>({
    {"Ain", "de l’", "dans l’"},
    {"Aisne", "de l’", "dans l’"},
    {"Allier", "de l’", "dans l’"},
    {"Alpes-de-Haute-Provence", "des ", "dans les "},
    {"Hautes-Alpes", "des ", "dans les "},
    {"Alpes-Maritimes", "des ", "dans les "},
    {"Ardèche", "de l’", "en "},
    {"Ardennes", "des ", "dans les "},
    {"Ariège", "de l’", "dans l’"},
    {"Aube", "de l’", "dans l’"},
    {"Aude", "de l’", "dans l’"},
    {"Aveyron", "de l’", "dans l’"},
    {"Bouches-du-Rhône", "des ", "dans les "},
    {"Calvados", "du ", "dans le "},
    {"Cantal", "du ", "dans le "},
    {"Charente", "de la ", "en "},
    {"Charente-Maritime", "de la ", "en "},
    {"Cher", "du ", "dans le "},
    {"Corrèze", "de la ", "en "},
    {"Côte-d'Or", "de la ", "en "},
    {"Côtes-d'Armor", "des ", "dans les "},
    {"Creuse", "de la ", "en "},
    {"Dordogne", "de la ", "en "},
    {"Doubs", "du ", "dans le "},
    {"Drôme", "de la ", "dans la "},
    {"Eure", "de l’", "dans l’"},
    {"Eure-et-Loir", "de l’", "en "},
    {"Finistère", "du ", "dans le "},
    {"Corse-du-Sud", "de la ", "en "},
    {"Haute-Corse", "de la ", "en "},
    {"Gard", "du ", "dans le "},
    {"Haute-Garonne", "de la ", "en "},
    {"Gers", "du ", "dans le "},
    {"Gironde", "de la ", "en "},
    {"Hérault", "de l’", "dans l’"},
    {"Ille-et-Vilaine", "de l’", "en "},
    {"Indre", "de l’", "dans l’"},
    {"Indre-et-Loire", "de l’", "en "},
    {"Isère", "de l’", "en "},
    {"Jura", "du ", "dans le "},
    {"Landes", "des ", "dans les "},
    {"Loir-et-Cher", "du ", "dans le "},
    {"Loire", "de la ", "dans la "},
    {"Haute-Loire", "de la ", "en "},
    {"Loire-Atlantique", "de la ", "en "},
    {"Loiret", "du ", "dans le "},
    {"Lot", "du ", "dans le "},
    {"Lot-et-Garonne", "du ", "en "},
    {"Lozère", "de la ", "en "},
    {"Maine-et-Loire", "du ", "en "},
    {"Manche", "de la ", "dans la "},
    {"Marne", "de la ", "dans la "},
    {"Haute-Marne", "de la ", "en "},
    {"Mayenne", "de la ", "en "},
    {"Meurthe-et-Moselle", "de la ", "en "},
    {"Meuse", "de la ", "dans la "},
    {"Morbihan", "du ", "dans le "},
    {"Moselle", "de la ", "en "},
    {"Nièvre", "de la ", "dans la "},
    {"Nord", "du ", "dans le "},
    {"Oise", "de l’", "dans l’"},
    {"Orne", "de l’", "dans l’"},
    {"Pas-de-Calais", "du ", "dans le "},
    {"Puy-de-Dôme", "du ", "dans le "},
    {"Pyrénées-Atlantiques", "des ", "dans les "},
    {"Hautes-Pyrénées", "des ", "dans les "},
    {"Pyrénées-Orientales", "des ", "dans les "},
    {"Bas-Rhin", "du ", "dans le "},
    {"Haut-Rhin", "du ", "dans le "},
    {"Rhône", "du ", "dans le "},
    {"Haute-Saône", "de la ", "en "},
    {"Saône-et-Loire", "de la ", "en "},
    {"Sarthe", "de la ", "dans la "},
    {"Savoie", "de la ", "en "},
    {"Haute-Savoie", "de la ", "en "},
    {"Paris", "de ", "à "},
    {"Seine-Maritime", "de la ", "en "},
    {"Seine-et-Marne", "de la ", "en "},
    {"Yvelines", "des ", "dans les "},
    {"Deux-Sèvres", "des ", "dans les "},
    {"Somme", "de la ", "dans la "},
    {"Tarn", "du ", "dans le "},
    {"Tarn-et-Garonne", "du ", "en "},
    {"Var", "du ", "dans le "},
    {"Vaucluse", "du ", "dans le "},
    {"Vendée", "de la ", "en "},
    {"Vienne", "de la ", "dans la "},
    {"Haute-Vienne", "de la ", "en "},
    {"Vosges", "des ", "dans les "},
    {"Yonne", "de l’", "dans l’"},
    {"Territoire de Belfort", "du ", "dans le "},
    {"Essonne", "de l’", "dans l’"},
    {"Hauts-de-Seine", "des ", "dans les "},
    {"Seine-Saint-Denis", "de la ", "en "},
    {"Val-de-Marne", "du ", "dans le "},
    {"Val-d'Oise", "du ", "dans le "},
    {"Guadeloupe", "de la ", "en "},
    {"Martinique", "de la ", "en "},
    {"Guyane", "de la ", "en "},
    {"La Réunion", "de ", "à "},
    {"Mayotte", "de ", "à "}});

TEST(FrenchGrammar, EveryDepartementHasItsWords) {
  static_assert(kDepartements.size() == 101);
  for (const auto& [name, of, in] : kDepartements) {
    EXPECT_TRUE(is_area(name)) << name;
    EXPECT_EQ(of_area(name), std::string{of} + name);
    EXPECT_EQ(in_area(name), std::string{in} + name);
  }
}

TEST(FrenchGrammar, EveryRegionHasItsWords) {
  for (const auto& [name, in] : std::to_array<Pair>({{"Auvergne-Rhône-Alpes", "en "},
                                                     {"Bourgogne-Franche-Comté", "en "},
                                                     {"Bretagne", "en "},
                                                     {"Centre-Val de Loire", "en "},
                                                     {"Corse", "en "},
                                                     {"Grand Est", "dans le "},
                                                     {"Hauts-de-France", "dans les "},
                                                     {"Île-de-France", "en "},
                                                     {"Normandie", "en "},
                                                     {"Nouvelle-Aquitaine", "en "},
                                                     {"Occitanie", "en "},
                                                     {"Pays de la Loire", "dans les "},
                                                     {"Provence-Alpes-Côte d'Azur", "en "}})) {
    EXPECT_EQ(in_area(name), std::string{in} + name);
  }
  EXPECT_FALSE(is_area("Pays de l'Aigle"));
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
