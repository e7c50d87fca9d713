#include "engine/structures/vintages.hpp"

#include <map>
#include <string_view>

namespace maillage {
namespace {

bool is_digit(const char c) {
  return c >= '0' && c <= '9';
}

/// Empty when the text names no year.
std::string_view year_of(const std::string_view text) {
  constexpr std::size_t kDigits = 4;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    const std::string_view run = text.substr(begin, end - begin);
    if (run.size() == kDigits && (run.starts_with("19") || run.starts_with("20"))) {
      return run;
    }
    begin = end + 1;
  }
  return {};
}

}  // namespace

std::vector<std::pair<std::string, std::int64_t>> count_vintages(const StructureSet& structures) {
  std::map<std::string, std::int64_t, std::less<>> by_year;
  std::int64_t unknown = 0;
  for (const Structure& structure : structures.structures) {
    const std::string_view year = year_of(structure.vintage);
    year.empty() ? ++unknown : ++by_year[std::string{year}];
  }
  std::vector<std::pair<std::string, std::int64_t>> counts{by_year.begin(), by_year.end()};
  if (!counts.empty() && unknown > 0) {
    counts.emplace_back("unknown", unknown);
  }
  return counts;
}

}  // namespace maillage
