#pragma once

#include <optional>
#include <string_view>

namespace maillage {

/// A number as French and English tables write it: "1234.5", "1 234,5", "-3,2E4". Blanks at the ends do not count; a space
/// (also no-break, U+00A0, or narrow, U+202F) may part groups of three digits; a lone comma is the decimal sign. Nothing
/// when the text is anything else ("1,234.5", "12 m", "NaN").
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

}  // namespace maillage
