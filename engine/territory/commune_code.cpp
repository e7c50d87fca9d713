#include "engine/territory/commune_code.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace maillage {

namespace {

constexpr std::array<FrenchDepartement, 101> kDepartements{{
    {"01", "Ain", "84"},
    {"02", "Aisne", "32"},
    {"03", "Allier", "84"},
    {"04", "Alpes-de-Haute-Provence", "93"},
    {"05", "Hautes-Alpes", "93"},
    {"06", "Alpes-Maritimes", "93"},
    {"07", "Ardèche", "84"},
    {"08", "Ardennes", "44"},
    {"09", "Ariège", "76"},
    {"10", "Aube", "44"},
    {"11", "Aude", "76"},
    {"12", "Aveyron", "76"},
    {"13", "Bouches-du-Rhône", "93"},
    {"14", "Calvados", "28"},
    {"15", "Cantal", "84"},
    {"16", "Charente", "75"},
    {"17", "Charente-Maritime", "75"},
    {"18", "Cher", "24"},
    {"19", "Corrèze", "75"},
    {"21", "Côte-d'Or", "27"},
    {"22", "Côtes-d'Armor", "53"},
    {"23", "Creuse", "75"},
    {"24", "Dordogne", "75"},
    {"25", "Doubs", "27"},
    {"26", "Drôme", "84"},
    {"27", "Eure", "28"},
    {"28", "Eure-et-Loir", "24"},
    {"29", "Finistère", "53"},
    {"2A", "Corse-du-Sud", "94"},
    {"2B", "Haute-Corse", "94"},
    {"30", "Gard", "76"},
    {"31", "Haute-Garonne", "76"},
    {"32", "Gers", "76"},
    {"33", "Gironde", "75"},
    {"34", "Hérault", "76"},
    {"35", "Ille-et-Vilaine", "53"},
    {"36", "Indre", "24"},
    {"37", "Indre-et-Loire", "24"},
    {"38", "Isère", "84"},
    {"39", "Jura", "27"},
    {"40", "Landes", "75"},
    {"41", "Loir-et-Cher", "24"},
    {"42", "Loire", "84"},
    {"43", "Haute-Loire", "84"},
    {"44", "Loire-Atlantique", "52"},
    {"45", "Loiret", "24"},
    {"46", "Lot", "76"},
    {"47", "Lot-et-Garonne", "75"},
    {"48", "Lozère", "76"},
    {"49", "Maine-et-Loire", "52"},
    {"50", "Manche", "28"},
    {"51", "Marne", "44"},
    {"52", "Haute-Marne", "44"},
    {"53", "Mayenne", "52"},
    {"54", "Meurthe-et-Moselle", "44"},
    {"55", "Meuse", "44"},
    {"56", "Morbihan", "53"},
    {"57", "Moselle", "44"},
    {"58", "Nièvre", "27"},
    {"59", "Nord", "32"},
    {"60", "Oise", "32"},
    {"61", "Orne", "28"},
    {"62", "Pas-de-Calais", "32"},
    {"63", "Puy-de-Dôme", "84"},
    {"64", "Pyrénées-Atlantiques", "75"},
    {"65", "Hautes-Pyrénées", "76"},
    {"66", "Pyrénées-Orientales", "76"},
    {"67", "Bas-Rhin", "44"},
    {"68", "Haut-Rhin", "44"},
    {"69", "Rhône", "84"},
    {"70", "Haute-Saône", "27"},
    {"71", "Saône-et-Loire", "27"},
    {"72", "Sarthe", "52"},
    {"73", "Savoie", "84"},
    {"74", "Haute-Savoie", "84"},
    {"75", "Paris", "11"},
    {"76", "Seine-Maritime", "28"},
    {"77", "Seine-et-Marne", "11"},
    {"78", "Yvelines", "11"},
    {"79", "Deux-Sèvres", "75"},
    {"80", "Somme", "32"},
    {"81", "Tarn", "76"},
    {"82", "Tarn-et-Garonne", "76"},
    {"83", "Var", "93"},
    {"84", "Vaucluse", "93"},
    {"85", "Vendée", "52"},
    {"86", "Vienne", "75"},
    {"87", "Haute-Vienne", "75"},
    {"88", "Vosges", "44"},
    {"89", "Yonne", "27"},
    {"90", "Territoire de Belfort", "27"},
    {"91", "Essonne", "11"},
    {"92", "Hauts-de-Seine", "11"},
    {"93", "Seine-Saint-Denis", "11"},
    {"94", "Val-de-Marne", "11"},
    {"95", "Val-d'Oise", "11"},
    {"971", "Guadeloupe", "01"},
    {"972", "Martinique", "02"},
    {"973", "Guyane", "03"},
    {"974", "La Réunion", "04"},
    {"976", "Mayotte", "06"},
}};

constexpr std::array<FrenchRegion, 18> kRegions{{
    {"01", "Guadeloupe"},
    {"02", "Martinique"},
    {"03", "Guyane"},
    {"04", "La Réunion"},
    {"06", "Mayotte"},
    {"11", "Île-de-France"},
    {"24", "Centre-Val de Loire"},
    {"27", "Bourgogne-Franche-Comté"},
    {"28", "Normandie"},
    {"32", "Hauts-de-France"},
    {"44", "Grand Est"},
    {"52", "Pays de la Loire"},
    {"53", "Bretagne"},
    {"75", "Nouvelle-Aquitaine"},
    {"76", "Occitanie"},
    {"84", "Auvergne-Rhône-Alpes"},
    {"93", "Provence-Alpes-Côte d'Azur"},
    {"94", "Corse"},
}};

bool is_digit(const char letter) {
  return letter >= '0' && letter <= '9';
}

bool all_digits(const std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool has_code_shape(const std::string_view code) {
  if (code.size() != 5 || !all_digits(code.substr(2))) {
    return false;
  }
  const std::string_view prefix = code.substr(0, 2);
  if (prefix == "2A" || prefix == "2B") {
    return true;
  }
  // 00 and 96 are no departement; 99 stands for foreign countries.
  return all_digits(prefix) && prefix != "00" && prefix != "96" && prefix != "99";
}

}  // namespace

std::optional<CommuneCode> parse_commune_code(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\"'";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    return std::nullopt;
  }
  text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
  CommuneCode result;
  if (text.size() > 2 && text.ends_with(".0") && all_digits(text.substr(0, text.size() - 2))) {
    text.remove_suffix(2);
    result.repaired = true;
  }
  if (text.size() == 4 && all_digits(text)) {
    result.code = "0";
    result.repaired = true;
  }
  for (const char letter : text) {
    result.code.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(letter))));
  }
  if (!has_code_shape(result.code)) {
    return std::nullopt;
  }
  return result;
}

std::string departement_of_code(const std::string_view commune_code) {
  if (commune_code.size() < 3 || commune_code.starts_with("20")) {
    return {};
  }
  const bool overseas = commune_code.starts_with("97") || commune_code.starts_with("98");
  return std::string{commune_code.substr(0, overseas ? 3 : 2)};
}

std::optional<std::string> commune_of_arrondissement(const std::string_view code) {
  if (code >= "75101" && code <= "75120" && code.size() == 5) {
    return "75056";
  }
  if (code >= "69381" && code <= "69389" && code.size() == 5) {
    return "69123";
  }
  if (code >= "13201" && code <= "13216" && code.size() == 5) {
    return "13055";
  }
  return std::nullopt;
}

std::span<const FrenchDepartement> french_departements() {
  return kDepartements;
}

std::span<const FrenchRegion> french_regions() {
  return kRegions;
}

std::string_view region_of_departement(const std::string_view departement) {
  const auto found =
      std::lower_bound(kDepartements.begin(), kDepartements.end(), departement,
                       [](const FrenchDepartement& one, const std::string_view code) { return one.code < code; });
  return found == kDepartements.end() || found->code != departement ? std::string_view{} : found->region;
}

}  // namespace maillage
