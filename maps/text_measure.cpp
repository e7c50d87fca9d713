#include "maps/text_measure.hpp"

#include <array>
#include <cstdint>

namespace maillage::detail {

namespace {

// Adobe's metrics of Helvetica, thousandths of the size, from U+0020 to U+007E.
constexpr std::array<std::int16_t, 95> kWidths{
    278, 278, 355, 556, 556, 889, 667, 191, 333,  333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667,  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
constexpr double kBoldIsWider = 1.1;

int width_of(const char32_t letter) {
  if (letter >= 0x20 && letter < 0x7F) {
    return kWidths.at(letter - 0x20);
  }
  switch (letter) {
    case 0xA0:
      return 278;
    case 0x202F:
    case 0x2009:
      return 200;
    case 0x2019:
      return 222;
    case 0xEC:
    case 0xED:
    case 0xEE:
    case 0xEF:
      return 278;
    default:
      return letter >= 0xE0 && letter < 0x180 ? 556 : letter >= 0xC0 && letter < 0xE0 ? 722 : 1000;
  }
}

/// The next letter, and moves past it. Bytes that are no UTF-8 count as a wide letter each.
char32_t next_letter(const std::string_view text, std::size_t& position) {
  const auto lead = static_cast<unsigned char>(text[position++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t letter = more == 0 ? lead : lead & (0x3FU >> static_cast<unsigned>(more));
  for (int k = 0; k < more && position < text.size(); ++k) {
    letter = letter << 6U | (static_cast<unsigned char>(text[position++]) & 0x3FU);
  }
  return letter;
}

}  // namespace

double text_width(const std::string_view utf8, const double size, const bool bold) {
  int width = 0;
  for (std::size_t position = 0; position < utf8.size();) {
    width += width_of(next_letter(utf8, position));
  }
  return width * size / 1000 * (bold ? kBoldIsWider : 1);
}

std::vector<std::string> wrapped(const std::string_view utf8, const double size, const double width, const bool bold) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t position = 0; position < utf8.size();) {
    const std::size_t space = std::min(utf8.find(' ', position), utf8.size());
    const std::string word{utf8.substr(position, space - position)};
    position = space + 1;
    if (word.empty()) {
      continue;
    }
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && text_width(longer, size, bold) > width) {
      lines.push_back(std::move(line));
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) {
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace maillage::detail
