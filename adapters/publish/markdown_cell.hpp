#pragma once

#include <string>
#include <string_view>

namespace maillage::detail {

/// Text for a cell of a Markdown table: pipes and line ends would break the table, angle brackets could become markup in a
/// viewer.
[[nodiscard]] inline std::string markdown_cell(const std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '|':
        safe += "\\|";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '\n':
      case '\r':
        safe += ' ';
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace maillage::detail
