#include "engine/core/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace maillage {

namespace {

bool is_digit(const char letter) {
  return letter >= '0' && letter <= '9';
}

/// Length in bytes of the blank at the start of the text, 0 when there is none.
std::size_t blank_length(const std::string_view text) {
  if (text.starts_with(' ') || text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) {
    return 1;
  }
  if (text.starts_with("\xC2\xA0")) {
    return 2;
  }
  return text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x80\x89") ? 3 : 0;
}

/// Whether the text is what stands before a first thousands separator: a sign or not, then one to three digits.
bool is_first_group(std::string_view text) {
  if (text.starts_with('-')) {
    text.remove_prefix(1);
  }
  return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), is_digit);
}

bool starts_group(const std::string_view text) {
  return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         (text.size() == 3 || !is_digit(text[3]));
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  while (const std::size_t blank = blank_length(text)) {
    text.remove_prefix(blank);
  }
  std::string plain;
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return std::nullopt;
    }
  }
  bool decimal = false;
  bool grouped = false;
  while (!text.empty()) {
    if (const std::size_t blank = blank_length(text)) {
      text.remove_prefix(blank);
      // Once there is a separator, starts_group() has seen to the three digits of every group.
      if (!decimal && (grouped || is_first_group(plain)) && starts_group(text)) {
        grouped = true;
        continue;
      }
      while (const std::size_t more = blank_length(text)) {
        text.remove_prefix(more);
      }
      if (!text.empty()) {
        return std::nullopt;
      }
      break;
    }
    const bool is_sign = text.front() == ',' || text.front() == '.';
    if (is_sign && decimal) {
      return std::nullopt;
    }
    decimal = decimal || is_sign || text.front() == 'e' || text.front() == 'E';
    plain.push_back(text.front() == ',' ? '.' : text.front());
    text.remove_prefix(1);
  }
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error != std::errc{} || end != plain.data() + plain.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

}  // namespace maillage
