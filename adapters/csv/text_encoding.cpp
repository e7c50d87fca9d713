#include "adapters/csv/text_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"

namespace maillage {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

/// Code points of bytes 0x80 to 0x9F in Windows-1252 (unassigned ones as in ISO-8859-1). Source: WHATWG Encoding Standard, index windows-1252.
constexpr std::array<std::uint16_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                     0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                     0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append(std::string& utf8, const std::uint32_t point) {
  if (point < 0x80) {
    utf8.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    utf8.push_back(static_cast<char>(0xC0U | (point >> 6U)));
    utf8.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  } else {
    utf8.push_back(static_cast<char>(0xE0U | (point >> 12U)));
    utf8.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
    utf8.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  }
}

std::string from_single_bytes(const std::string_view bytes, const bool windows) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    append(utf8, windows && byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
  }
  return utf8;
}

/// Length of the valid sequence that starts at `at`, 0 if there is none.
std::size_t sequence_length(const std::string_view bytes, const std::size_t at) {
  const auto byte = [&](const std::size_t i) { return at + i < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i]) : std::uint8_t{0}; };
  const auto follows = [&](const std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint8_t first = byte(0);
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return follows(1) ? 2 : 0;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool too_large = first == 0xF4 && byte(1) > 0x8F;
    return follows(1) && follows(2) && follows(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t first_invalid_utf8(const std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::string_view::npos;
}

DecodedText decode_text(std::string_view bytes, const std::string& wanted, const std::string& source) {
  const bool marked = bytes.starts_with(kMark);
  if (marked) {
    bytes.remove_prefix(kMark.size());
  }
  const std::string name = fold_column_name(wanted);
  const bool utf8 = name == "utf8";
  const bool windows = name == "windows1252" || name == "cp1252";
  const bool latin = name == "iso88591" || name == "latin1";
  if (!wanted.empty() && !utf8 && !windows && !latin) {
    throw InputError(Text{.french = fmt::format("{} : encoding = « {} » n'est pas connu ; UTF-8, windows-1252 ou ISO-8859-1.", source, wanted),
                          .english = fmt::format("{}: encoding = '{}' is not known; UTF-8, windows-1252 or ISO-8859-1.", source, wanted)});
  }
  if (windows || latin) {
    return {.utf8 = from_single_bytes(bytes, windows), .encoding = windows ? "windows-1252" : "ISO-8859-1"};
  }
  const std::size_t invalid = first_invalid_utf8(bytes);
  if (invalid == std::string_view::npos) {
    return {.utf8 = std::string{bytes}, .encoding = marked ? "UTF-8 (BOM)" : "UTF-8"};
  }
  if (utf8) {
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(invalid), '\n');
    throw InputError(Text{.french = fmt::format("{} : la ligne {} n'est pas en UTF-8 ; essayez encoding = \"windows-1252\".", source, line),
                          .english = fmt::format("{}: line {} is not UTF-8; try encoding = \"windows-1252\".", source, line)});
  }
  const bool differs = std::any_of(bytes.begin(), bytes.end(), [](const char c) { return static_cast<std::uint8_t>(c) >= 0x80 && static_cast<std::uint8_t>(c) < 0xA0; });
  return {.utf8 = from_single_bytes(bytes, true), .encoding = differs ? "windows-1252" : "ISO-8859-1"};
}

}  // namespace maillage
