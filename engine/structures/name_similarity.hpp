#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// The name of a structure as names are compared: folded (see fold_text), words that carry no meaning of their own left out
/// ("de", "la", "l"...), sorted. "Médiathèque de l'Étang" and "ETANG - MEDIATHEQUE" are the same.
struct ComparableName {
  std::vector<std::string> words;  ///< sorted, repeats kept
  friend auto operator<=>(const ComparableName&, const ComparableName&) = default;
};

[[nodiscard]] ComparableName comparable_name(std::string_view name);

/// Jaro-Winkler similarity of two words, over bytes: 1 when equal, 0 when nothing is common.
/// Source: Winkler (1990), "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record
/// linkage"; prefix weight 0.1 over at most 4 letters. Cost: O(|a| |b|).
[[nodiscard]] double jaro_winkler(std::string_view a, std::string_view b);

/// Soft Dice similarity of two names, 0 to 1: words are paired, each once, with the most alike of the other name; a pair
/// whose Jaro-Winkler similarity is at least 0.9 counts with that similarity, weighted by the letters of both words; the sum
/// is divided by all letters. Words with a digit pair only when equal ("école 1" is not "école 2"); words of under 4 letters
/// too. Two names without words are not alike. Symmetric. Source: the soft token measures of Cohen, Ravikumar and Fienberg
/// (2003), "A comparison of string distance metrics for name-matching tasks".
[[nodiscard]] double name_similarity(const ComparableName& a, const ComparableName& b);

}  // namespace maillage
