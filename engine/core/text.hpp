#pragma once

#include <string>

namespace maillage {

enum class Language { french, english };

/// A sentence or label for users, in both languages. French is what users see unless they ask for English.
struct Text {
  std::string french;
  std::string english;

  [[nodiscard]] const std::string& in(const Language language) const {
    return language == Language::french ? french : english;
  }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace maillage
