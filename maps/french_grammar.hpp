#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// What French asks of a sentence that is put together from names and numbers: elision, contraction, number, and the spaces of
/// its typography. Names are written as their source has them.
namespace maillage::french {

/// Whether a word is said with a vowel at its beginning, so that "de" before it is "d’": vowels, h but for those that are
/// aspirated ("Ham", "Hem", "Haut…", names in "-heim"), y before a consonant or e ("Yvetot", "Yerres", but not "Yutz").
/// Digits do not elide.
[[nodiscard]] bool begins_with_vowel(std::string_view word);

/// "de" and a name: "d’Abbeville", "de Lille", "du Touquet-Paris-Plage", "des Lilas", "de La Bassée", "de L’Isle-Adam".
[[nodiscard]] std::string of_name(std::string_view name);
/// "à" and a name: "à Lille", "au Touquet-Paris-Plage", "aux Lilas", "à La Bassée".
[[nodiscard]] std::string at_name(std::string_view name);
/// "que" and a name: "qu’Abbeville", "que Lille".
[[nodiscard]] std::string than_name(std::string_view name);

/// A departement or region of France with its article: "l’Aisne", "le Nord", "les Ardennes", "la Somme", "Paris". What is
/// neither is taken as it is, without article.
[[nodiscard]] std::string with_article(std::string_view area);
/// "de l’Aisne", "du Nord", "des Ardennes", "de la Somme", "de Paris"; other names as of_name.
[[nodiscard]] std::string of_area(std::string_view area);
/// "dans l’Aisne", "dans le Nord", "en Ille-et-Vilaine", "en Guyane", "en Bretagne", "à Paris", "à La Réunion", "en France"; other
/// names as at_name.
[[nodiscard]] std::string in_area(std::string_view area);
/// Whether it is a departement or region of France, or France.
[[nodiscard]] bool is_area(std::string_view name);

/// French writes 0, 1 and what lies between in the singular: "0 commune", "1,9 million", "2 communes".
[[nodiscard]] constexpr bool is_singular(const std::int64_t number) {
  return number > -2 && number < 2;
}

/// A whole number in groups of three: "5 992 194", with narrow no-break spaces.
[[nodiscard]] std::string number(std::int64_t value);
/// "1 commune", "3 782 communes", with a no-break space.
[[nodiscard]] std::string counted(std::int64_t value, std::string_view singular, std::string_view plural);
/// One of two words: `singular` for 0 and 1.
[[nodiscard]] std::string_view agreed(std::int64_t value, std::string_view singular, std::string_view plural);

/// "A", "A et B", "A, B et C".
[[nodiscard]] std::string list(std::span<const std::string> items);

/// The text with French spaces and signs: apostrophes as ’, no-break spaces inside « » and before ":", narrow ones before
/// "; ! ? %" and between digits and the unit after them; two spaces are one.
[[nodiscard]] std::string typeset(std::string_view text);

/// The text with a capital letter at its beginning.
[[nodiscard]] std::string capitalised(std::string_view text);

}  // namespace maillage::french
