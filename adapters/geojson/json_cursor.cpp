#include "adapters/geojson/json_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::size_t kDeepest = 500;

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
  const std::string_view before{begin_, position()};
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  throw InputError(Text{.french = fmt::format("{}, ligne {}, caractère {} : {}.", *source_, line, column, french),
                        .english = fmt::format("{}, line {}, character {}: {}.", *source_, line, column, english)});
}

void JsonCursor::fail_unexpected() const {
  if (at_ >= end_) {
    fail("le fichier s'arrête avant la fin", "the file ends too early");
  }
  fail("ce n'est pas du JSON", "not JSON");
}

std::string_view JsonCursor::string() {
  expect('"');
  const char* const begin = at_;
  while (*at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= 0x20) {
    ++at_;
  }
  const std::string_view plain{begin, static_cast<std::size_t>(at_ - begin)};
  if (*at_ == '"') {
    ++at_;
    return plain;
  }
  buffer_.assign(plain);
  unescape();
  return buffer_;
}

std::uint32_t JsonCursor::hexadecimal4() {
  std::uint32_t value = 0;
  const char* const last = at_ + std::min<std::ptrdiff_t>(4, end_ - at_);
  const auto [end, error] = std::from_chars(at_, last, value, 16);
  if (error != std::errc{} || end != at_ + 4) {
    fail("séquence \\u incorrecte", "wrong \\u sequence");
  }
  at_ += 4;
  return value;
}

void JsonCursor::unescape() {
  while (at_ < end_) {
    const char c = *at_++;
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
    const char escape = at_ < end_ ? *at_++ : '\0';
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t known = kNames.find(escape); known != std::string_view::npos) {
      buffer_.push_back(kMeanings[known]);
    } else if (escape == 'u') {
      std::uint32_t point = hexadecimal4();
      if (point >= 0xD800 && point < 0xDC00 && at_[0] == '\\' && at_[1] == 'u') {
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

std::string_view JsonCursor::number_text() {
  (void)peek();
  const char* const begin = at_;
  at_ += *at_ == '-' ? 1 : 0;
  const auto digits = [&] {
    const char* const first = at_;
    while (is_digit(*at_)) {
      ++at_;
    }
    return at_ - first;
  };
  const bool zero = *at_ == '0';
  const auto whole = digits();
  if (whole == 0 || (whole > 1 && zero)) {
    fail("nombre attendu", "a number is expected");
  }
  if (*at_ == '.') {
    ++at_;
    if (digits() == 0) {
      fail("nombre incomplet", "incomplete number");
    }
  }
  if (*at_ == 'e' || *at_ == 'E') {
    ++at_;
    at_ += *at_ == '+' || *at_ == '-' ? 1 : 0;
    if (digits() == 0) {
      fail("nombre incomplet", "incomplete number");
    }
  }
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

double JsonCursor::any_number() {
  const std::string_view written = number_text();
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error == std::errc{}) {
    return value;
  }
  const bool tiny = written.find("e-") != std::string_view::npos || written.find("E-") != std::string_view::npos;
  return tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

std::string_view JsonCursor::literal() {
  (void)peek();
  const std::string_view rest{at_, static_cast<std::size_t>(end_ - at_)};
  for (const std::string_view word : {std::string_view{"true"}, std::string_view{"false"}, std::string_view{"null"}}) {
    if (rest.starts_with(word)) {
      at_ += word.size();
      return word;
    }
  }
  fail(rest.empty() ? "le fichier s'arrête avant la fin" : "valeur JSON attendue",
       rest.empty() ? "the file ends too early" : "a JSON value is expected");
}

std::string_view JsonCursor::skip() {
  (void)peek();
  const char* const begin = at_;
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
      (void)number_text();
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
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

}  // namespace maillage
