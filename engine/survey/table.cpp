#include "engine/survey/table.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr int kMaxDecimals = 6;

std::int64_t power_of_ten(const int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

std::string with_thousands(const std::string& digits, const std::string& separator) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text += separator;
    }
    text += digits[i];
  }
  return text;
}

std::string number_text(const std::int64_t units, const int decimals, const Language language) {
  // Unsigned so that the smallest number has an opposite too.
  const std::uint64_t magnitude = units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) {
    digits.insert(0, places + 1 - digits.size(), '0');
  }
  const std::string whole = digits.substr(0, digits.size() - places);
  const bool french = language == Language::french;
  std::string text = units < 0 ? "-" : "";
  text += with_thousands(whole, french ? "\u202F" : ",");
  if (decimals > 0) {
    text += (french ? "," : ".") + digits.substr(digits.size() - places);
  }
  return text;
}

}  // namespace

TableCell rounded_ratio(const std::int64_t part, const std::int64_t whole, const std::int64_t scale, const int decimals) {
  if (part < 0 || whole < 0 || scale <= 0 || decimals < 0 || decimals > kMaxDecimals) {
    throw ArgumentError("rounded_ratio: part and whole must not be negative, scale positive, decimals within 0..6");
  }
  if (whole == 0) {
    return std::monostate{};
  }
  // 128 bits: part * scale * 10^6 passes 64 bits for populations.
  __extension__ using Wide = __int128;
  const Wide doubled = Wide{2} * part * scale * power_of_ten(decimals);
  return Decimal{.units = static_cast<std::int64_t>((doubled + whole) / (Wide{2} * whole)), .decimals = decimals};
}

TableCell rounded_number(const double value, const int decimals) {
  constexpr int kMost = 9;
  constexpr double kLargest = 9e18;
  if (decimals < 0 || decimals > kMost) {
    throw ArgumentError("rounded_number: decimals within 0..9");
  }
  const double scaled = value * static_cast<double>(power_of_ten(decimals));
  if (!(std::abs(scaled) < kLargest)) {
    return std::monostate{};
  }
  return Decimal{.units = std::llround(scaled), .decimals = decimals};
}

std::string to_text(const TableCell& cell, const Language language) {
  if (const auto* text = std::get_if<Text>(&cell)) {
    return text->in(language);
  }
  if (const auto* count = std::get_if<std::int64_t>(&cell)) {
    return number_text(*count, 0, language);
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    return number_text(decimal->units, decimal->decimals, language);
  }
  return {};
}

}  // namespace maillage
