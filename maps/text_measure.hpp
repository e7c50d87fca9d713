#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maillage::detail {

/// Width of a text in Helvetica and what has its metrics (Arial, Liberation Sans), without asking for any font, so that the
/// place of labels is the same on every machine. Letters with accents are as wide as without; others are taken as wide ones.
/// \param size  of the font, in the unit of the result
[[nodiscard]] double text_width(std::string_view utf8, double size, bool bold = false);

/// The text in lines that are no wider than `width`, broken at spaces; a longer word has a line of its own.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view utf8, double size, double width, bool bold = false);

}  // namespace maillage::detail
