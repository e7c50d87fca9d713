#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// A colour of light, red, green and blue from 0 to 1, linear (not the numbers of "#rrggbb", which are not).
struct LinearColour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

/// \param rgb  "#rrggbb". \throws ArgumentError for anything else
[[nodiscard]] LinearColour linear_colour(std::string_view rgb);

/// What a colour becomes over another, at an opacity from 0 to 255, mixed as screens do (in the numbers of "#rrggbb").
[[nodiscard]] LinearColour seen_over(std::string_view rgb, int opacity, std::string_view ground);

/// How a reader sees: everyone; without red, green or blue cones; a photocopy in greys.
enum class ColourVision { normal, protanopia, deuteranopia, tritanopia, greys };

/// What the colour looks like to such a reader, cut to what a screen shows. Dichromats see what lies on two half-planes
/// between white and two hues that they see as others do.
/// Source: Brettel, Vienot & Mollon (1997), doi:10.1364/JOSAA.14.002647, with the cone fundamentals of Smith & Pokorny (1975),
/// doi:10.1016/0042-6989(75)90203-5.
[[nodiscard]] LinearColour seen_as(const LinearColour& colour, ColourVision vision);

/// A colour in CIELAB, white point D65.
struct LabColour {
  double lightness = 0;  ///< L*, 0 black to 100 white
  double a = 0;
  double b = 0;
};
[[nodiscard]] LabColour lab_of(const LinearColour& colour);

/// Difference of two colours: CIEDE2000, about 1 where it is just noticed, white to black 100.
/// Source: Sharma, Wu & Dalal (2005), doi:10.1002/col.20070.
[[nodiscard]] double colour_difference(const LabColour& one, const LabColour& other);

/// Contrast ratio of WCAG 2.2, from 1 to 21: at least 4.5 for text, 3 for graphic objects.
[[nodiscard]] double contrast_ratio(const LinearColour& one, const LinearColour& other);

/// Least contrast of WCAG 2.2: of text with what is behind it (1.4.3), of graphic objects with what is beside them (1.4.11).
inline constexpr double kTextContrast = 4.5;
inline constexpr double kGraphicContrast = 3;

/// The border, white or nearly black, by which a marker of that colour is seen on light communes as on dark ones.
[[nodiscard]] std::string marker_border(std::string_view rgb);

}  // namespace maillage
