#include "engine/core/fold_text.hpp"

#include <array>
#include <cstdint>

namespace maillage {

namespace {

struct Decoded {
  std::uint32_t code_point;  ///< 0 for an invalid byte
  std::size_t length;
};

Decoded decode(const std::string_view text, const std::size_t at) {
  const auto byte = [&](const std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(at);
  std::size_t length = 1;
  std::uint32_t code_point = first;
  if (first >= 0xF0 && first < 0xF5) {
    length = 4;
    code_point = first & 0x07U;
  } else if (first >= 0xE0) {
    length = 3;
    code_point = first & 0x0FU;
  } else if (first >= 0xC2) {
    length = 2;
    code_point = first & 0x1FU;
  } else if (first >= 0x80) {
    return {0, 1};
  }
  if (first >= 0xF5 || at + length > text.size()) {
    return {0, 1};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      return {0, 1};
    }
    code_point = (code_point << 6U) | (byte(at + i) & 0x3FU);
  }
  return {code_point, length};
}

/// Base letters of U+00C0..U+017F, Unicode's decomposition with the usual French spellings of ligatures; ' ' for signs.
constexpr std::array<std::string_view, 0x180 - 0xC0> kLatin = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // C0
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "ss",  // D0
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // E0
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "y",   // F0
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",   // 100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",   // 110
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",   // 120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",   // 130
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",   // 140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",   // 150
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",   // 160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s"};  // 170

/// Appends the folded form of one character; true when it parts words.
bool fold_character(const std::uint32_t code_point, const std::string_view bytes, std::string& folded) {
  if (code_point >= 'A' && code_point <= 'Z') {
    folded.push_back(static_cast<char>(code_point - 'A' + 'a'));
    return false;
  }
  if ((code_point >= 'a' && code_point <= 'z') || (code_point >= '0' && code_point <= '9')) {
    folded.push_back(static_cast<char>(code_point));
    return false;
  }
  if (code_point >= 0x300 && code_point <= 0x36F) {
    return false;  // combining accent of a decomposed letter
  }
  if (code_point >= 0xC0 && code_point < 0x180) {
    const std::string_view letters = kLatin[code_point - 0xC0];
    if (letters != " ") {
      folded.append(letters);
      return false;
    }
    return true;
  }
  // Up to U+00BF and U+2000..U+2BFF hold punctuation, spaces and symbols; U+3000 and U+FEFF are spaces.
  if (code_point < 0xC0 || (code_point >= 0x2000 && code_point < 0x2C00) || code_point == 0x3000 || code_point == 0xFEFF) {
    return true;
  }
  folded.append(bytes);
  return false;
}

std::string fold(const std::string_view utf8, const std::string_view separator) {
  std::string folded;
  folded.reserve(utf8.size());
  bool parted = false;
  std::string letter;
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded decoded = decode(utf8, at);
    letter.clear();
    if (fold_character(decoded.code_point, utf8.substr(at, decoded.length), letter)) {
      parted = true;
    } else if (!letter.empty()) {
      if (parted && !folded.empty()) {
        folded.append(separator);
      }
      parted = false;
      folded.append(letter);
    }
    at += decoded.length;
  }
  return folded;
}

}  // namespace

std::string fold_text(const std::string_view utf8) {
  return fold(utf8, " ");
}

std::string fold_column_name(const std::string_view utf8) {
  return fold(utf8, "");
}

}  // namespace maillage
