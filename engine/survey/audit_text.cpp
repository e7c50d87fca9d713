#include "engine/survey/audit_text.hpp"

#include <algorithm>

#include "engine/survey/table.hpp"

namespace maillage {

std::string count_text(const std::int64_t count, const Language language) {
  return to_text(TableCell{count}, language);
}

std::string percent_text(const Decimal& percentage, const Language language) {
  return to_text(TableCell{percentage}, language) + (language == Language::french ? "\u00a0%" : "%");
}

std::string range_text(const CountRange& range, const Language language) {
  if (range.first == range.last) {
    return count_text(range.first, language);
  }
  return count_text(range.first, language) + (language == Language::french ? " à " : " to ") +
         count_text(range.last, language);
}

std::string list_text(const std::span<const std::string> words, const Language language) {
  std::string text;
  for (std::size_t k = 0; k < words.size(); ++k) {
    const bool last = k + 1 == words.size() && k > 0;
    text += last ? (language == Language::french ? " et " : " and ") : k > 0 ? ", " : "";
    text += words[k];
  }
  return text;
}

std::string list_text(const std::span<const std::int64_t> counts, const std::size_t shown, const Language language) {
  std::vector<std::string> words;
  for (std::size_t k = 0; k < std::min(shown, counts.size()); ++k) {
    words.push_back(count_text(counts[k], language));
  }
  if (counts.size() > shown) {
    const std::size_t rest = counts.size() - shown;
    const bool french = language == Language::french;
    words.push_back(std::to_string(rest) + (french ? (rest == 1 ? " autre" : " autres") : rest == 1 ? " other" : " others"));
  }
  return list_text(words, language);
}

}  // namespace maillage
