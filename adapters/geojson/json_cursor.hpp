#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace maillage {

/// Reads a JSON text (RFC 8259) once, from left to right, without building a document. Every function leaves the cursor
/// behind what it read. Anything that is not JSON throws InputError naming file and line. Nesting beyond 500 levels is
/// refused.
class JsonCursor {
 public:
  /// Text and source must outlive the cursor. The text ends with a NUL, as that of a std::string does: no function looks for
  /// the end before it looks at a character.
  JsonCursor(const std::string& text, const std::string& source)
      : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), source_(&source) {}

  /// The next character that is not blank, not consumed; '\0' at the end.
  [[nodiscard]] char peek() {
    while (is_blank(*at_)) {
      ++at_;
    }
    return *at_;
  }
  /// Nothing but blanks is left.
  [[nodiscard]] bool at_end() { return peek() == '\0' && at_ == end_; }
  /// Consumes that character if it is next. \throws when it is something else
  void expect(const char wanted) {
    if (peek() != wanted) {
      fail_unexpected();
    }
    ++at_;
  }
  /// After an element: true when another follows ("," consumed), false at the closing character (consumed).
  [[nodiscard]] bool more(const char closing) {
    if (peek() == ',') {
      ++at_;
      return true;
    }
    expect(closing);
    return false;
  }
  /// Opens an object or array; false when it is empty (closed already).
  [[nodiscard]] bool open(const char opening, const char closing) {
    expect(opening);
    if (peek() == closing) {
      ++at_;
      return false;
    }
    return true;
  }

  /// A string, unescaped; the view holds until the next call.
  [[nodiscard]] std::string_view string();
  /// Consumes a string if it is written as that text, which needs no escape; else consumes nothing.
  [[nodiscard]] bool string_is(const std::string_view plain) {
    const std::string_view rest{at_, static_cast<std::size_t>(end_ - at_)};
    if (rest.size() < plain.size() + 2 || rest.front() != '"' || rest[plain.size() + 1] != '"' ||
        rest.substr(1, plain.size()) != plain) {
      return false;
    }
    at_ += plain.size() + 2;
    return true;
  }
  /// A number, correctly rounded; infinity when it is beyond a double.
  [[nodiscard]] double number() {
    (void)peek();
    const std::optional<double> plain = plain_number();
    return plain ? *plain : any_number();
  }
  /// The text of a number as it is written.
  [[nodiscard]] std::string_view number_text();
  /// "true", "false" or "null".
  [[nodiscard]] std::string_view literal();
  /// Passes over any value; returns its text.
  std::string_view skip();

  [[nodiscard]] std::size_t position() const { return static_cast<std::size_t>(at_ - begin_); }
  void seek(const std::size_t position) { at_ = begin_ + position; }
  [[noreturn]] void fail(const char* french, const char* english) const;

 private:
  static bool is_blank(const char c) {
    return static_cast<unsigned char>(c) <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }
  static bool is_digit(const char c) { return c >= '0' && c <= '9'; }
  struct DigitRun {
    std::size_t count;
    std::uint64_t value;
  };
  [[nodiscard]] static DigitRun leading_digits(const char* eight);
  [[nodiscard]] std::optional<double> plain_number();
  [[nodiscard]] double any_number();
  [[noreturn]] void fail_unexpected() const;
  void unescape();
  [[nodiscard]] std::uint32_t hexadecimal4();

  const char* begin_;
  const char* at_;
  const char* end_;
  const std::string* source_;
  std::string buffer_;
};

/// Exact powers of ten of a double: a mantissa below 2^53 over one of them is rounded once, hence correctly.
/// Source: Clinger (1990), doi:10.1145/93542.93557.
inline constexpr std::array<double, 19> kExactPowers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                                     1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

inline constexpr std::array<std::uint64_t, 9> kWholePowers{1,       10,        100,        1'000,      10'000,
                                                           100'000, 1'000'000, 10'000'000, 100'000'000};

/// The digits that eight characters begin with, without a branch on their number: most coordinates have five to seven
/// decimals, in no order. Source: the multiplications are those of Lemire (2021), "Number parsing at a gigabyte per second",
/// doi:10.1002/spe.2984.
inline JsonCursor::DigitRun JsonCursor::leading_digits(const char* const eight) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  word ^= 0x3030303030303030U;  // digits become 0 to 9
  const std::uint64_t others = ((word + 0x7676767676767676U) | word) & 0x8080808080808080U;
  const std::size_t count = static_cast<std::size_t>(std::countr_zero(others)) / 8;
  if (count == 0) {
    return {0, 0};
  }
  word <<= 8 * (8 - count);  // zeros before, so that the last digit counts ones
  word = (word * 10 + (word >> 8U)) & 0x00FF00FF00FF00FFU;
  word = (word * 100 + (word >> 16U)) & 0x0000FFFF0000FFFFU;
  return {count, (word * 10'000 + (word >> 32U)) & 0xFFFFFFFFU};
}

/// The number when it is a short decimal without exponent, which almost all coordinates are; else nothing is consumed.
inline std::optional<double> JsonCursor::plain_number() {
  const char* at = at_;
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  const char* const digits = at;
  std::uint64_t mantissa = 0;
  while (is_digit(*at)) {
    mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at++ - '0');
  }
  const auto whole = static_cast<std::size_t>(at - digits);
  std::size_t decimals = 0;
  if (*at == '.') {
    const char* const fraction = ++at;
    if (end_ - at >= 8) {
      const DigitRun run = leading_digits(at);
      mantissa = mantissa * kWholePowers[run.count] + run.value;
      at += run.count;
    }
    while (is_digit(*at)) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at++ - '0');
    }
    decimals = static_cast<std::size_t>(at - fraction);
    if (decimals == 0) {
      return std::nullopt;
    }
  }
  constexpr std::uint64_t kExactMantissa = std::uint64_t{1} << 53U;
  if (whole == 0 || (whole > 1 && *digits == '0') || whole + decimals > 18 || mantissa >= kExactMantissa || *at == 'e' ||
      *at == 'E') {
    return std::nullopt;
  }
  at_ = at;
  const double value = static_cast<double>(mantissa) / kExactPowers[decimals];
  return negative ? -value : value;
}

}  // namespace maillage
