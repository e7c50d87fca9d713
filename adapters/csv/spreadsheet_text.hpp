#pragma once

#include <string_view>

namespace maillage {

/// The text of a cell that a spreadsheet keeps as text by a formula: ="01004" is 01004. Other cells are what they are. The
/// view is into `cell`.
[[nodiscard]] inline std::string_view plain_text(const std::string_view cell) {
  const bool formula = cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"') &&
                       cell.substr(2, cell.size() - 3).find('"') == std::string_view::npos;
  return formula ? cell.substr(2, cell.size() - 3) : cell;
}

/// Whether a spreadsheet would take the text for a formula, apostrophes before it or not.
[[nodiscard]] inline bool needs_guard(const std::string_view text) {
  const std::size_t first = text.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view{"=+-@\t\r"}.find(text[first]) != std::string_view::npos;
}

/// The text behind the apostrophe that guards it, in a file that is_guarded_table().
[[nodiscard]] inline std::string_view unguarded_text(const std::string_view cell) {
  return cell.starts_with('\'') && needs_guard(cell) ? cell.substr(1) : cell;
}

/// Whether apostrophes before would-be formulas are our writer's and not the texts' own: in our spreadsheet profile, the
/// last heading of such a table, and no other, is in quotes that it does not need. Spreadsheets that save the file drop
/// them. \param text  without the mark of its encoding
[[nodiscard]] inline bool is_guarded_table(const std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  const std::size_t quote = header.find('"');
  if (quote == std::string_view::npos || quote == 0 || header[quote - 1] != ';' || !header.ends_with("\"\r")) {
    return false;
  }
  const std::string_view heading = header.substr(quote + 1, header.size() - 2 - (quote + 1));
  return quote + 3 <= header.size() && heading.find_first_of("\";\r") == std::string_view::npos;
}

}  // namespace maillage
