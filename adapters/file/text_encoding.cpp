#include "adapters/file/text_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"

namespace maillage {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

/// Code points of bytes 0x80 to 0x9F in Windows-1252 (unassigned ones as in ISO-8859-1). Source: WHATWG Encoding Standard,
/// index windows-1252.
constexpr std::array<std::uint16_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append(std::string& utf8, const std::uint32_t point) {
  if (point < 0x80) {
    utf8.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    utf8.push_back(static_cast<char>(0xC0U | (point >> 6U)));
    utf8.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  } else {
    if (point < 0x10000) {
      utf8.push_back(static_cast<char>(0xE0U | (point >> 12U)));
    } else {
      utf8.push_back(static_cast<char>(0xF0U | (point >> 18U)));
      utf8.push_back(static_cast<char>(0x80U | ((point >> 12U) & 0x3FU)));
    }
    utf8.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
    utf8.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  }
}

enum class SingleByte { windows_1252, iso_8859_1 };

void append_byte(std::string& utf8, const char c, const SingleByte encoding) {
  const auto byte = static_cast<std::uint8_t>(c);
  const bool differs = byte >= 0x80 && byte < 0xA0;
  append(utf8, differs && encoding == SingleByte::windows_1252 ? kWindows1252[byte - 0x80U] : byte);
}

std::string from_single_bytes(const std::string_view bytes, const SingleByte encoding) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    append_byte(utf8, c, encoding);
  }
  return utf8;
}

/// Length of the valid sequence that starts at `at`, 0 if there is none.
std::size_t sequence_length(const std::string_view bytes, const std::size_t at) {
  const auto byte = [&](const std::size_t i) {
    return at + i < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i]) : std::uint8_t{0};
  };
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

/// Position of the first byte at or after `from` that is not ASCII. Eight bytes at a time: most of a table is ASCII.
std::size_t end_of_ascii(const std::string_view bytes, std::size_t from) {
  std::uint64_t eight = 0;
  for (; from + sizeof eight <= bytes.size(); from += sizeof eight) {
    std::memcpy(&eight, bytes.data() + from, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) {
      break;
    }
  }
  while (from < bytes.size() && static_cast<std::uint8_t>(bytes[from]) < 0x80) {
    ++from;
  }
  return from;
}

/// More letters in valid UTF-8 than bytes that are not.
bool is_mostly_utf8(const std::string_view bytes) {
  std::size_t letters = 0;
  std::size_t stray = 0;
  for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at)) {
    const std::size_t length = sequence_length(bytes, at);
    (length == 0 ? stray : letters) += 1;
    at += std::max<std::size_t>(length, 1);
  }
  return letters > stray;
}

void mend_utf8(const std::string_view bytes, DecodedText& text) {
  std::string mended;
  mended.reserve(bytes.size() + bytes.size() / 64);
  std::int64_t line = 1;
  std::size_t copied = 0;
  for (std::size_t at = first_invalid_utf8(bytes); at != std::string_view::npos; at = first_invalid_utf8(bytes, copied)) {
    mended.append(bytes, copied, at - copied);
    append_byte(mended, bytes[at], SingleByte::windows_1252);
    line += count_line_ends(bytes.substr(copied, at - copied));
    copied = at + 1;
    if (text.mended_lines.empty() || text.mended_lines.back() != line) {
      text.mended_lines.push_back(line);
    }
  }
  text.converted = std::move(mended.append(bytes, copied));
}

[[noreturn]] void refuse_utf16(const std::string_view utf8, const std::string& source) {
  const std::int64_t line = 1 + count_line_ends(utf8);
  throw InputError(Text{
      .french =
          fmt::format("{} : ligne {} : moitié de caractère UTF-16 ; le fichier est tronqué ou abîmé. Enregistrez-le de "
                      "nouveau, de préférence en CSV UTF-8.",
                      source, line),
      .english = fmt::format("{}: line {}: half a character of UTF-16; the file is cut short or damaged. Save it again, "
                             "preferably as CSV UTF-8.",
                             source, line)});
}

/// Source: Unicode 15, section 3.9, definition D91. \throws InputError for an unpaired surrogate or an odd number of bytes
std::string from_utf16(const std::string_view bytes, const bool big_endian, const std::string& source) {
  std::string utf8;
  utf8.reserve(bytes.size() / 2 + bytes.size() / 8);
  const auto unit = [&](const std::size_t at) -> std::uint32_t {
    const auto first = static_cast<std::uint8_t>(bytes[at]);
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    return big_endian ? first * 256U + second : second * 256U + first;
  };
  const auto is_surrogate = [](const std::uint32_t value, const std::uint32_t first) {
    return value >= first && value < first + 0x400;
  };
  std::size_t at = 0;
  for (; at + 2 <= bytes.size(); at += 2) {
    const std::uint32_t value = unit(at);
    if (!is_surrogate(value, 0xD800) && !is_surrogate(value, 0xDC00)) {
      append(utf8, value);
      continue;
    }
    if (is_surrogate(value, 0xDC00) || at + 4 > bytes.size() || !is_surrogate(unit(at + 2), 0xDC00)) {
      refuse_utf16(utf8, source);
    }
    append(utf8, 0x10000 + (value - 0xD800) * 0x400 + (unit(at + 2) - 0xDC00));
    at += 2;
  }
  if (at != bytes.size()) {
    refuse_utf16(utf8, source);
  }
  return utf8;
}

/// The text if it is UTF-16 by its mark or by name; the mark wins, for no other encoding gives a table under it.
std::optional<DecodedText> decode_utf16(const std::string_view bytes, const std::string& wanted, const std::string& source) {
  const bool little = bytes.starts_with("\xFF\xFE");
  const bool big = bytes.starts_with("\xFE\xFF");
  if (!little && !big && !wanted.starts_with("utf16")) {
    return std::nullopt;
  }
  const bool big_endian = big || (!little && wanted == "utf16be");
  DecodedText text;
  text.mark_bytes = little || big ? 2 : 0;
  text.encoding = big_endian ? "UTF-16BE" : "UTF-16LE";
  text.converted = from_utf16(bytes.substr(text.mark_bytes), big_endian, source);
  return text;
}

[[noreturn]] void refuse_encoding(const std::string& wanted, const std::string& source) {
  throw InputError(Text{
      .french = fmt::format(
          "{} : encoding = « {} » n'est pas connu ; UTF-8, UTF-16LE, UTF-16BE, windows-1252 ou ISO-8859-1.", source, wanted),
      .english = fmt::format("{}: encoding = '{}' is not known; UTF-8, UTF-16LE, UTF-16BE, windows-1252 or ISO-8859-1.",
                             source, wanted)});
}

}  // namespace

std::int64_t count_line_ends(const std::string_view text) {
  auto ends = std::count(text.begin(), text.end(), '\n');
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    ends += at + 1 < text.size() && text[at + 1] == '\n' ? 0 : 1;
  }
  return ends;
}

std::size_t first_invalid_utf8(const std::string_view bytes, const std::size_t from) {
  for (std::size_t at = end_of_ascii(bytes, from); at < bytes.size(); at = end_of_ascii(bytes, at)) {
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::string_view::npos;
}

DecodedText decode_text(const std::string_view bytes, const std::string& wanted, const std::string& source) {
  const std::string name = fold_column_name(wanted);
  const bool utf8 = name == "utf8";
  const bool windows = name == "windows1252" || name == "cp1252";
  const bool latin = name == "iso88591" || name == "latin1";
  const bool utf16 = name == "utf16" || name == "utf16le" || name == "utf16be";
  if (!wanted.empty() && !utf8 && !utf16 && !windows && !latin) {
    refuse_encoding(wanted, source);
  }
  if (std::optional<DecodedText> wide = decode_utf16(bytes, name, source)) {
    return *std::move(wide);
  }
  DecodedText text;
  text.mark_bytes = bytes.starts_with(kMark) ? kMark.size() : 0;
  const std::string_view body = bytes.substr(text.mark_bytes);
  if (windows || latin) {
    text.encoding = windows ? "windows-1252" : "ISO-8859-1";
    text.converted = from_single_bytes(body, windows ? SingleByte::windows_1252 : SingleByte::iso_8859_1);
    return text;
  }
  text.encoding = text.mark_bytes > 0 ? "UTF-8 (BOM)" : "UTF-8";
  const std::size_t invalid = first_invalid_utf8(body);
  if (invalid == std::string_view::npos) {
    return text;
  }
  if (utf8) {
    const std::int64_t line = 1 + count_line_ends(body.substr(0, invalid));
    throw InputError(Text{
        .french = fmt::format("{} : la ligne {} n'est pas en UTF-8 ; essayez encoding = \"windows-1252\".", source, line),
        .english = fmt::format("{}: line {} is not UTF-8; try encoding = \"windows-1252\".", source, line)});
  }
  if (text.mark_bytes > 0 || is_mostly_utf8(body)) {
    mend_utf8(body, text);
    return text;
  }
  const bool differs = std::any_of(body.begin(), body.end(), [](const char c) {
    return static_cast<std::uint8_t>(c) >= 0x80 && static_cast<std::uint8_t>(c) < 0xA0;
  });
  text.encoding = differs ? "windows-1252" : "ISO-8859-1";
  text.converted = from_single_bytes(body, differs ? SingleByte::windows_1252 : SingleByte::iso_8859_1);
  return text;
}

}  // namespace maillage
