#include "adapters/geojson/json_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::size_t kDeepest = 500;
/// Exact powers of ten of a double: a mantissa below 2^53 times or over one of them is rounded once, hence correctly.
/// Source: Clinger (1990), doi:10.1145/93542.93557.
constexpr std::array<double, 23> kPowers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                         1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t kExactMantissa = std::uint64_t{1} << 53U;

bool is_digit(const char c) { return c >= '0' && c <= '9'; }
bool is_blank(const char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

void append_utf8(std::string& text, const std::uint32_t point) {
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text.push_back(static_cast<char>(0xC0U | (point >> 6U)));
    text.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  } else if (point < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | (point >> 12U)));
    text.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
    text.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  } else {
    text.push_back(static_cast<char>(0xF0U | (point >> 18U)));
    text.push_back(static_cast<char>(0x80U | ((point >> 12U) & 0x3FU)));
    text.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
    text.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  }
}

}  // namespace

void JsonCursor::fail(const char* french, const char* english) const {
  const std::string_view before = text_.substr(0, std::min(at_, text_.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  throw InputError(Text{.french = fmt::format("{}, ligne {}, caractère {} : {}.", *source_, line, column, french),
                        .english = fmt::format("{}, line {}, character {}: {}.", *source_, line, column, english)});
}

void JsonCursor::blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) {
    ++at_;
  }
}

char JsonCursor::peek() {
  blanks();
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool JsonCursor::at_end() {
  blanks();
  return at_ == text_.size();
}

void JsonCursor::expect(const char wanted) {
  if (peek() != wanted) {
    if (at_ >= text_.size()) {
      fail("le fichier s'arrête avant la fin", "the file ends too early");
    }
    fail("ce n'est pas du JSON", "not JSON");
  }
  ++at_;
}

bool JsonCursor::more(const char closing) {
  const char next = peek();
  if (next == ',') {
    ++at_;
    return true;
  }
  expect(closing);
  return false;
}

bool JsonCursor::open(const char opening, const char closing) {
  expect(opening);
  if (peek() == closing) {
    ++at_;
    return false;
  }
  return true;
}

std::string_view JsonCursor::string() {
  expect('"');
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) {
    ++at_;
  }
  if (at_ < text_.size() && text_[at_] == '"') {
    return text_.substr(begin, at_++ - begin);
  }
  buffer_.assign(text_, begin, at_ - begin);
  unescape();
  return buffer_;
}

std::uint32_t JsonCursor::hexadecimal4() {
  std::uint32_t value = 0;
  const char* const first = text_.data() + std::min(at_, text_.size());
  const char* const last = text_.data() + std::min(at_ + 4, text_.size());
  const auto [end, error] = std::from_chars(first, last, value, 16);
  if (error != std::errc{} || end != first + 4) {
    fail("séquence \\u incorrecte", "wrong \\u sequence");
  }
  at_ += 4;
  return value;
}

void JsonCursor::unescape() {
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') {
      return;
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      fail("caractère de commande dans un texte", "control character in a text");
    }
    if (c != '\\') {
      buffer_.push_back(c);
      continue;
    }
    const char escape = at_ < text_.size() ? text_[at_++] : '\0';
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t known = kNames.find(escape); escape != '\0' && known != std::string_view::npos) {
      buffer_.push_back(kMeanings[known]);
    } else if (escape == 'u') {
      std::uint32_t point = hexadecimal4();
      if (point >= 0xD800 && point < 0xDC00 && text_.substr(at_, 2) == "\\u") {
        at_ += 2;
        const std::uint32_t low = hexadecimal4();
        point = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00) : 0xFFFD;
      } else if (point >= 0xD800 && point < 0xE000) {
        point = 0xFFFD;
      }
      append_utf8(buffer_, point);
    } else {
      fail("échappement inconnu dans un texte", "unknown escape in a text");
    }
  }
  fail("le fichier s'arrête au milieu d'un texte", "the file ends inside a text");
}

double JsonCursor::number(std::string_view* token) {
  blanks();
  const std::size_t begin = at_;
  const bool negative = at_ < text_.size() && text_[at_] == '-';
  if (negative) {
    ++at_;
  }
  const std::size_t digits_begin = at_;
  std::uint64_t mantissa = 0;
  std::size_t digits = 0;
  while (at_ < text_.size() && is_digit(text_[at_])) {
    mantissa = mantissa * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
    ++digits;
  }
  if (digits == 0 || (digits > 1 && text_[digits_begin] == '0')) {
    fail("nombre attendu", "a number is expected");
  }
  std::size_t decimals = 0;
  if (at_ < text_.size() && text_[at_] == '.') {
    ++at_;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
      ++decimals;
    }
    if (decimals == 0) {
      fail("nombre incomplet", "incomplete number");
    }
  }
  bool simple = digits + decimals <= 18 && mantissa < kExactMantissa && decimals < kPowers.size();
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    simple = false;
    ++at_;
    if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) {
      ++at_;
    }
    const std::size_t exponent = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      ++at_;
    }
    if (at_ == exponent) {
      fail("nombre incomplet", "incomplete number");
    }
  }
  const std::string_view written = text_.substr(begin, at_ - begin);
  if (token != nullptr) {
    *token = written;
  }
  if (simple) {
    const double value = static_cast<double>(mantissa) / kPowers[decimals];
    return negative ? -value : value;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  return error == std::errc{} ? value : std::numeric_limits<double>::infinity();
}

std::string_view JsonCursor::literal() {
  blanks();
  for (const std::string_view word : {std::string_view{"true"}, std::string_view{"false"}, std::string_view{"null"}}) {
    if (text_.substr(at_, word.size()) == word) {
      at_ += word.size();
      return word;
    }
  }
  fail(at_ >= text_.size() ? "le fichier s'arrête avant la fin" : "valeur JSON attendue", at_ >= text_.size() ? "the file ends too early" : "a JSON value is expected");
}

std::string_view JsonCursor::skip() {
  blanks();
  const std::size_t begin = at_;
  std::vector<char> closing;
  do {
    const char next = peek();
    bool element_done = true;
    if (next == '{' || next == '[') {
      const char end = next == '{' ? '}' : ']';
      if (open(next, end)) {
        closing.push_back(end);
        element_done = false;
        if (closing.size() > kDeepest) {
          fail("trop de niveaux imbriqués", "nested too deeply");
        }
        if (end == '}') {
          (void)string();
          expect(':');
        }
      }
    } else if (next == '"') {
      (void)string();
    } else if (next == '-' || is_digit(next)) {
      (void)number();
    } else {
      (void)literal();
    }
    while (element_done && !closing.empty()) {
      if (more(closing.back())) {
        if (closing.back() == '}') {
          (void)string();
          expect(':');
        }
        break;
      }
      closing.pop_back();
    }
  } while (!closing.empty());
  return text_.substr(begin, at_ - begin);
}

}  // namespace maillage
