#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/survey/published_figure.hpp"

/// Words that the findings of an audit share.
namespace maillage {

/// "44 %", "44%".
[[nodiscard]] std::string percent_text(const Decimal& percentage, Language language);
/// "12", "12 à 14".
[[nodiscard]] std::string range_text(const CountRange& range, Language language);
[[nodiscard]] std::string count_text(std::int64_t count, Language language);
/// The first few and how many more there are: "48, 45, 43 et 9 autres".
[[nodiscard]] std::string list_text(std::span<const std::int64_t> counts, std::size_t shown, Language language);
/// "a, b et c".
[[nodiscard]] std::string list_text(std::span<const std::string> words, Language language);

/// A text made in both languages by one function of the language.
template <typename Make>
[[nodiscard]] Text in_both(const Make& make) {
  return {.french = make(Language::french), .english = make(Language::english)};
}

}  // namespace maillage
