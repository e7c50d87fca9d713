#include "maps/french_grammar.hpp"

#include <algorithm>
#include <array>

#include "engine/survey/table.hpp"

namespace maillage::french {

namespace {

constexpr std::string_view kApostrophe = "\u2019";
constexpr std::string_view kNoBreak = "\u00a0";
constexpr std::string_view kNarrow = "\u202f";

/// Letters that carry an accent, and what they are without: enough for the first letters of French words.
struct Accented {
  std::string_view letter;
  char plain;
};
constexpr std::array kAccented{
    Accented{"à", 'a'}, Accented{"â", 'a'}, Accented{"ä", 'a'}, Accented{"é", 'e'}, Accented{"è", 'e'}, Accented{"ê", 'e'},
    Accented{"ë", 'e'}, Accented{"î", 'i'}, Accented{"ï", 'i'}, Accented{"ô", 'o'}, Accented{"ö", 'o'}, Accented{"ù", 'u'},
    Accented{"û", 'u'}, Accented{"ü", 'u'}, Accented{"ÿ", 'y'}, Accented{"ç", 'c'}, Accented{"œ", 'o'}, Accented{"æ", 'a'},
    Accented{"À", 'a'}, Accented{"Â", 'a'}, Accented{"Ä", 'a'}, Accented{"É", 'e'}, Accented{"È", 'e'}, Accented{"Ê", 'e'},
    Accented{"Ë", 'e'}, Accented{"Î", 'i'}, Accented{"Ï", 'i'}, Accented{"Ô", 'o'}, Accented{"Ö", 'o'}, Accented{"Ù", 'u'},
    Accented{"Û", 'u'}, Accented{"Ü", 'u'}, Accented{"Ÿ", 'y'}, Accented{"Ç", 'c'}, Accented{"Œ", 'o'}, Accented{"Æ", 'a'}};

/// The word in small letters without accents; other signs stay.
std::string plain(const std::string_view word) {
  std::string letters;
  for (std::size_t k = 0; k < word.size();) {
    const auto found =
        std::ranges::find_if(kAccented, [&](const Accented& one) { return word.substr(k).starts_with(one.letter); });
    if (found != kAccented.end()) {
      letters += found->plain;
      k += found->letter.size();
    } else {
      letters += word[k] >= 'A' && word[k] <= 'Z' ? static_cast<char>(word[k] - 'A' + 'a') : word[k];
      ++k;
    }
  }
  return letters;
}

bool is_vowel(const char letter) {
  return std::string_view{"aeiou"}.find(letter) != std::string_view::npos;
}

// Beginnings of names and words whose h is aspirated (dictionnaire de l'Académie; place names of Germanic origin). A
// beginning that ends in a space or hyphen stands for a whole word.
constexpr std::array<std::string_view, 45> kAspirated{
    "haut",     "ham ",       "hem ",    "hameau",   "hangest", "hangar", "harfleur", "honfleur",    "honnecourt",
    "houdan",   "houilles",   "houplin", "hourtin",  "houat",   "hoedic", "hulluch",  "hucqueliers", "haguenau",
    "huningue", "hochfelden", "hoerdt",  "halles",   "halte",   "hall ",  "handball", "handicap",    "haras",
    "harnes",   "hasard",     "hausse",  "hero ",    "herse",   "heurt",  "hockey",   "hors ",       "hotte",
    "houle",    "huit",       "hutte",   "hollande", "hongrie", "hague",  "have ",    "havre",       "haie"};

bool is_aspirated(const std::string& letters) {
  const std::string word = letters.substr(0, letters.find_first_of(" -'")) + " ";
  if (word.ends_with("heim ")) {
    return true;
  }
  return std::ranges::any_of(kAspirated, [&](const std::string_view beginning) { return word.starts_with(beginning); });
}

/// The article that a name begins with, if it contracts with "de" and "à".
struct LeadingArticle {
  std::string_view article;
  std::string_view with_de;
  std::string_view with_a;
};
constexpr std::array kArticles{LeadingArticle{"Le ", "du ", "au "}, LeadingArticle{"Les ", "des ", "aux "}};

enum class Article { none, le, la, elided, les };
struct Area {
  std::string_view name;
  Article article;
  bool takes_en = false;  ///< "en" and no article, where usage prefers it to "dans"
};
// Departements and regions of 2025. The article of "La Réunion" is part of its name. "En" where it is usual: regions and overseas
// departements that are feminine, departements named by two rivers, feminine ones for which "dans la" is rare
// (Grevisse & Goosse, Le Bon Usage, § 1049).
constexpr auto kAreas = std::to_array<Area>({{"Ain", Article::elided},
                                             {"Aisne", Article::elided},
                                             {"Allier", Article::elided},
                                             {"Alpes-de-Haute-Provence", Article::les},
                                             {"Hautes-Alpes", Article::les},
                                             {"Alpes-Maritimes", Article::les},
                                             {"Ardèche", Article::elided, true},
                                             {"Ardennes", Article::les},
                                             {"Ariège", Article::elided},
                                             {"Aube", Article::elided},
                                             {"Aude", Article::elided},
                                             {"Aveyron", Article::elided},
                                             {"Bouches-du-Rhône", Article::les},
                                             {"Calvados", Article::le},
                                             {"Cantal", Article::le},
                                             {"Charente", Article::la, true},
                                             {"Charente-Maritime", Article::la, true},
                                             {"Cher", Article::le},
                                             {"Corrèze", Article::la, true},
                                             {"Corse-du-Sud", Article::la, true},
                                             {"Haute-Corse", Article::la, true},
                                             {"Côte-d'Or", Article::la, true},
                                             {"Côtes-d'Armor", Article::les},
                                             {"Creuse", Article::la, true},
                                             {"Dordogne", Article::la, true},
                                             {"Doubs", Article::le},
                                             {"Drôme", Article::la},
                                             {"Eure", Article::elided},
                                             {"Eure-et-Loir", Article::elided, true},
                                             {"Finistère", Article::le},
                                             {"Gard", Article::le},
                                             {"Haute-Garonne", Article::la, true},
                                             {"Gers", Article::le},
                                             {"Gironde", Article::la, true},
                                             {"Hérault", Article::elided},
                                             {"Ille-et-Vilaine", Article::elided, true},
                                             {"Indre", Article::elided},
                                             {"Indre-et-Loire", Article::elided, true},
                                             {"Isère", Article::elided, true},
                                             {"Jura", Article::le},
                                             {"Landes", Article::les},
                                             {"Loir-et-Cher", Article::le},
                                             {"Loire", Article::la},
                                             {"Haute-Loire", Article::la, true},
                                             {"Loire-Atlantique", Article::la, true},
                                             {"Loiret", Article::le},
                                             {"Lot", Article::le},
                                             {"Lot-et-Garonne", Article::le, true},
                                             {"Lozère", Article::la, true},
                                             {"Maine-et-Loire", Article::le, true},
                                             {"Manche", Article::la},
                                             {"Marne", Article::la},
                                             {"Haute-Marne", Article::la, true},
                                             {"Mayenne", Article::la, true},
                                             {"Meurthe-et-Moselle", Article::la, true},
                                             {"Meuse", Article::la},
                                             {"Morbihan", Article::le},
                                             {"Moselle", Article::la, true},
                                             {"Nièvre", Article::la},
                                             {"Nord", Article::le},
                                             {"Oise", Article::elided},
                                             {"Orne", Article::elided},
                                             {"Pas-de-Calais", Article::le},
                                             {"Puy-de-Dôme", Article::le},
                                             {"Pyrénées-Atlantiques", Article::les},
                                             {"Hautes-Pyrénées", Article::les},
                                             {"Pyrénées-Orientales", Article::les},
                                             {"Bas-Rhin", Article::le},
                                             {"Haut-Rhin", Article::le},
                                             {"Rhône", Article::le},
                                             {"Haute-Saône", Article::la, true},
                                             {"Saône-et-Loire", Article::la, true},
                                             {"Sarthe", Article::la},
                                             {"Savoie", Article::la, true},
                                             {"Haute-Savoie", Article::la, true},
                                             {"Seine-Maritime", Article::la, true},
                                             {"Seine-et-Marne", Article::la, true},
                                             {"Yvelines", Article::les},
                                             {"Deux-Sèvres", Article::les},
                                             {"Somme", Article::la},
                                             {"Tarn", Article::le},
                                             {"Tarn-et-Garonne", Article::le, true},
                                             {"Var", Article::le},
                                             {"Vaucluse", Article::le},
                                             {"Vendée", Article::la, true},
                                             {"Vienne", Article::la},
                                             {"Haute-Vienne", Article::la, true},
                                             {"Vosges", Article::les},
                                             {"Yonne", Article::elided},
                                             {"Territoire de Belfort", Article::le},
                                             {"Essonne", Article::elided},
                                             {"Hauts-de-Seine", Article::les},
                                             {"Seine-Saint-Denis", Article::la, true},
                                             {"Val-de-Marne", Article::le},
                                             {"Val-d'Oise", Article::le},
                                             {"Guadeloupe", Article::la, true},
                                             {"Martinique", Article::la, true},
                                             {"Guyane", Article::la, true},
                                             {"Auvergne-Rhône-Alpes", Article::elided, true},
                                             {"Bourgogne-Franche-Comté", Article::la, true},
                                             {"Bretagne", Article::la, true},
                                             {"Centre-Val de Loire", Article::le, true},
                                             {"Corse", Article::la, true},
                                             {"Grand Est", Article::le},
                                             {"Hauts-de-France", Article::les},
                                             {"Île-de-France", Article::elided, true},
                                             {"Normandie", Article::la, true},
                                             {"Nouvelle-Aquitaine", Article::la, true},
                                             {"Occitanie", Article::elided, true},
                                             {"Pays de la Loire", Article::les},
                                             {"Provence-Alpes-Côte d'Azur", Article::la, true},
                                             {"Paris", Article::none},
                                             {"La Réunion", Article::none},
                                             {"Mayotte", Article::none},
                                             {"France", Article::la, true}});

/// \returns nullptr for what is neither departement nor region
const Area* area_named(const std::string_view name) {
  std::string straight{name};
  for (std::size_t at = straight.find(kApostrophe); at != std::string::npos; at = straight.find(kApostrophe)) {
    straight.replace(at, kApostrophe.size(), "'");
  }
  const auto found = std::ranges::find(kAreas, straight, &Area::name);
  return found == kAreas.end() ? nullptr : &*found;
}

Article article_of(const std::string_view name) {
  const Area* area = area_named(name);
  return area == nullptr ? Article::none : area->article;
}

bool is_digit(const char c) {
  return c >= '0' && c <= '9';
}

/// Units that stand close to their number.
constexpr std::array<std::string_view, 13> kUnits{"km", "m",   "min", "h",  "s",  "ha", "hab",
                                                  "an", "ans", "mm",  "cm", "Mo", "€"};

bool is_unit_at(const std::string_view text) {
  return std::ranges::any_of(kUnits, [&](const std::string_view unit) {
    if (!text.starts_with(unit)) {
      return false;
    }
    const std::string_view rest = text.substr(unit.size());
    const auto next = static_cast<unsigned char>(rest.empty() ? ' ' : rest.front());
    return next < 0x80 && !(next >= 'a' && next <= 'z') && !(next >= 'A' && next <= 'Z');
  });
}

/// What a space becomes by what stands before and after it; a plain space where nothing asks for another.
std::string_view space_between(const std::string_view before, const std::string_view after) {
  if (after.starts_with(":") || after.starts_with("»") || before.ends_with("«")) {
    return kNoBreak;
  }
  if (after.starts_with(";") || after.starts_with("!") || after.starts_with("?") || after.starts_with("%")) {
    return kNarrow;
  }
  if (!before.empty() && is_digit(before.back()) && is_unit_at(after)) {
    return kNoBreak;
  }
  return " ";
}

}  // namespace

bool begins_with_vowel(const std::string_view word) {
  const std::string letters = plain(word);
  if (letters.empty()) {
    return false;
  }
  if (letters.front() == 'h') {
    return letters.size() > 1 && (is_vowel(letters[1]) || letters[1] == 'y') && !is_aspirated(letters);
  }
  if (letters.front() == 'y') {
    return letters.size() == 1 || letters[1] == 'e' || !is_vowel(letters[1]);
  }
  // "onze", "oui" and "ouistiti" do not elide.
  return is_vowel(letters.front()) && !letters.starts_with("onze") && letters != "oui";
}

std::string of_name(const std::string_view name) {
  for (const LeadingArticle& one : kArticles) {
    if (name.starts_with(one.article)) {
      return std::string{one.with_de} + std::string{name.substr(one.article.size())};
    }
  }
  return begins_with_vowel(name) ? "d" + std::string{kApostrophe} + std::string{name} : "de " + std::string{name};
}

std::string at_name(const std::string_view name) {
  for (const LeadingArticle& one : kArticles) {
    if (name.starts_with(one.article)) {
      return std::string{one.with_a} + std::string{name.substr(one.article.size())};
    }
  }
  return "à " + std::string{name};
}

std::string than_name(const std::string_view name) {
  return begins_with_vowel(name) ? "qu" + std::string{kApostrophe} + std::string{name} : "que " + std::string{name};
}

std::string with_article(const std::string_view area) {
  switch (article_of(area)) {
    case Article::le:
      return "le " + std::string{area};
    case Article::la:
      return "la " + std::string{area};
    case Article::les:
      return "les " + std::string{area};
    case Article::elided:
      return "l" + std::string{kApostrophe} + std::string{area};
    case Article::none:
      break;
  }
  return std::string{area};
}

std::string of_area(const std::string_view area) {
  switch (article_of(area)) {
    case Article::le:
      return "du " + std::string{area};
    case Article::les:
      return "des " + std::string{area};
    case Article::la:
    case Article::elided:
      return "de " + with_article(area);
    case Article::none:
      break;
  }
  return of_name(area);
}

std::string in_area(const std::string_view name) {
  const Area* area = area_named(name);
  if (area == nullptr || area->article == Article::none) {
    return at_name(name);
  }
  return area->takes_en ? "en " + std::string{name} : "dans " + with_article(name);
}

bool is_area(const std::string_view name) {
  return area_named(name) != nullptr;
}

std::string number(const std::int64_t value) {
  return to_text(TableCell{value}, Language::french);
}

std::string_view agreed(const std::int64_t value, const std::string_view singular, const std::string_view plural) {
  return is_singular(value) ? singular : plural;
}

std::string counted(const std::int64_t value, const std::string_view singular, const std::string_view plural) {
  return number(value) + std::string{kNoBreak} + std::string{agreed(value, singular, plural)};
}

std::string list(const std::span<const std::string> items) {
  std::string text;
  for (std::size_t k = 0; k < items.size(); ++k) {
    text += k == 0 ? "" : k + 1 == items.size() ? " et " : ", ";
    text += items[k];
  }
  return text;
}

std::string typeset(const std::string_view text) {
  std::string result;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '\'') {
      result += kApostrophe;
    } else if (text[k] == ' ') {
      if (result.ends_with(' ')) {
        continue;
      }
      std::size_t next = k;
      while (next < text.size() && text[next] == ' ') {
        ++next;
      }
      result += space_between(result, text.substr(next));
      k = next - 1;
    } else {
      result += text[k];
    }
  }
  return result;
}

std::string capitalised(const std::string_view text) {
  std::string result{text};
  if (!result.empty() && result.front() >= 'a' && result.front() <= 'z') {
    result.front() = static_cast<char>(result.front() - 'a' + 'A');
    return result;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kCapitals{
      {{"à", "À"}, {"é", "É"}, {"è", "È"}, {"ê", "Ê"}, {"î", "Î"}}};
  for (const auto& [small, capital] : kCapitals) {
    if (result.starts_with(small)) {
      return std::string{capital} + result.substr(small.size());
    }
  }
  return result;
}

}  // namespace maillage::french
