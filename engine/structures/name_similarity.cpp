#include "engine/structures/name_similarity.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/core/fold_text.hpp"

namespace maillage {

namespace {

constexpr double kWordSimilarity = 0.9;
constexpr std::size_t kShortWord = 4;

constexpr std::array<std::string_view, 25> kStopWords = {"a",    "au", "aux",  "avec", "chez", "d",  "dans", "de", "des",
                                                         "du",   "en", "et",   "l",    "la",   "le", "les",  "ou", "par",
                                                         "pour", "s",  "sous", "sur",  "the",  "un", "une"};

bool has_digit(const std::string_view word) {
  return std::ranges::any_of(word, [](const char letter) { return letter >= '0' && letter <= '9'; });
}

/// One possible pairing of a word of each name.
struct WordPair {
  double similarity;
  std::size_t a;
  std::size_t b;
};

double word_similarity(const std::string& a, const std::string& b) {
  if (a == b) {
    return 1;
  }
  if (std::min(a.size(), b.size()) < kShortWord || has_digit(a) || has_digit(b)) {
    return 0;
  }
  return jaro_winkler(a, b);
}

std::size_t letters(const ComparableName& name) {
  std::size_t sum = 0;
  for (const std::string& word : name.words) {
    sum += word.size();
  }
  return sum;
}

}  // namespace

ComparableName comparable_name(const std::string_view name) {
  const std::string folded = fold_text(name);
  ComparableName result;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    std::string word = folded.substr(at, end - at);
    at = end + 1;
    if (word == "st" || word == "ste") {
      word = word == "st" ? "saint" : "sainte";
    }
    if (std::ranges::find(kStopWords, word) == kStopWords.end()) {
      result.words.push_back(std::move(word));
    }
  }
  std::ranges::sort(result.words);
  return result;
}

double jaro_winkler(const std::string_view a, const std::string_view b) {
  if (a.empty() || b.empty()) {
    return a.empty() && b.empty() ? 1 : 0;
  }
  const std::size_t window = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  std::vector<char> used_a(a.size(), 0);
  std::vector<char> used_b(b.size(), 0);
  std::size_t matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t first = i > window ? i - window : 0;
    const std::size_t last = std::min(i + window + 1, b.size());
    for (std::size_t j = first; j < last; ++j) {
      if (used_b[j] == 0 && a[i] == b[j]) {
        used_a[i] = used_b[j] = 1;
        ++matches;
        break;
      }
    }
  }
  if (matches == 0) {
    return 0;
  }
  std::size_t out_of_order = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (used_a[i] == 0) {
      continue;
    }
    while (used_b[j] == 0) {
      ++j;
    }
    out_of_order += a[i] == b[j] ? 0U : 1U;
    ++j;
  }
  const auto m = static_cast<double>(matches);
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - static_cast<double>(out_of_order / 2)) / m) /
                      3;
  std::size_t prefix = 0;
  while (prefix < std::min({a.size(), b.size(), std::size_t{4}}) && a[prefix] == b[prefix]) {
    ++prefix;
  }
  return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

double name_similarity(const ComparableName& a, const ComparableName& b) {
  if (a.words.empty() || b.words.empty()) {
    return 0;
  }
  if (a == b) {
    return 1;
  }
  std::vector<WordPair> pairs;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    for (std::size_t j = 0; j < b.words.size(); ++j) {
      const double similarity = word_similarity(a.words[i], b.words[j]);
      if (similarity >= kWordSimilarity) {
        pairs.push_back({similarity, i, j});
      }
    }
  }
  // Best pairs first; ties by the words' own order, which is the same from either side because the words are sorted.
  std::ranges::sort(pairs, [&](const WordPair& one, const WordPair& other) {
    if (one.similarity != other.similarity) {
      return one.similarity > other.similarity;
    }
    const auto low_high = [&](const WordPair& pair) { return std::minmax(a.words[pair.a], b.words[pair.b]); };
    return low_high(one) < low_high(other);
  });
  std::vector<char> used_a(a.words.size(), 0);
  std::vector<char> used_b(b.words.size(), 0);
  double shared = 0;
  for (const WordPair& pair : pairs) {
    if (used_a[pair.a] == 0 && used_b[pair.b] == 0) {
      used_a[pair.a] = used_b[pair.b] = 1;
      shared += pair.similarity * static_cast<double>(a.words[pair.a].size() + b.words[pair.b].size());
    }
  }
  return shared / static_cast<double>(letters(a) + letters(b));
}

}  // namespace maillage
