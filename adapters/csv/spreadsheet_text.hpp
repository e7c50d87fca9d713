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

}  // namespace maillage
