#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// Colours of ColorBrewer that hold for colour-blind readers. Colour specifications and designs developed by Cynthia Brewer
/// (https://colorbrewer2.org, Apache License 2.0); Brewer (2003), doi:10.1559/152304003100010929.
enum class Palette {
  yellow_blue,   ///< YlGnBu, sequential: the more the better
  orange_red,    ///< OrRd, sequential: the more the worse
  blue_green,    ///< PuBuGn, sequential: shares
  blues,         ///< PuBu, sequential: sizes
  purples,       ///< sequential: doubt
  brown_teal,    ///< BrBG, diverging: worse to better than a reference
  orange_purple  ///< PuOr, diverging, where neither side is better
};

/// "YlGnBu", "OrRd", "PuBuGn", "PuBu", "Purples", "BrBG", "PuOr": ColorBrewer's names.
[[nodiscard]] std::string_view palette_name(Palette palette);
[[nodiscard]] std::optional<Palette> parse_palette(std::string_view name);
[[nodiscard]] std::vector<std::string> palette_names();
[[nodiscard]] bool is_diverging(Palette palette);

/// Colours "#rrggbb" of that many classes, light to dark, or from one end to the other. One or two classes take colours of
/// the palette of three. \throws ArgumentError for none or more than seven
[[nodiscard]] std::vector<std::string> palette_colours(Palette palette, std::size_t classes);

inline constexpr std::size_t kMostColours = 7;

/// Colours of a diverging palette on the two sides of a reference: the first `below` from the far end inwards, then `above`
/// outwards; the middle colour, which is on neither side, is left out. \throws ArgumentError for more than three on a side
[[nodiscard]] std::vector<std::string> diverging_colours(Palette palette, std::size_t below, std::size_t above);

inline constexpr std::size_t kMostColoursOfSide = 3;

}  // namespace maillage
