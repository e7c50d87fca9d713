#include "maps/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

constexpr double kByte = 255;

/// CIE 1931 XYZ of the screen's light (IEC 61966-2-1).
constexpr Matrix kXyzOfRgb{
    {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
/// Answers of the three cones to XYZ (Smith & Pokorny 1975).
constexpr Matrix kConesOfXyz{{{0.15514, 0.54312, -0.03286}, {-0.15514, 0.45684, 0.03286}, {0, 0, 0.01608}}};

// CIE 1931 colour matching functions at the wavelengths that dichromats see like everyone.
constexpr Triple k475{0.1421, 0.1126, 1.0419};
constexpr Triple k485{0.05795, 0.1693, 0.6162};
constexpr Triple k575{0.8425, 0.9154, 0.0018};
constexpr Triple k660{0.1649, 0.0610, 0.0};

Triple times(const Matrix& matrix, const Triple& vector) {
  Triple product{};
  for (std::size_t row = 0; row < 3; ++row) {
    product[row] = matrix[row][0] * vector[0] + matrix[row][1] * vector[1] + matrix[row][2] * vector[2];
  }
  return product;
}

Triple cross(const Triple& u, const Triple& v) {
  return {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
}

/// The vector whose product with the matrix is `wanted` (Cramer's rule).
Triple solved(const Matrix& matrix, const Triple& wanted) {
  const Triple first = cross(matrix[1], matrix[2]);
  const Triple second = cross(matrix[2], matrix[0]);
  const Triple third = cross(matrix[0], matrix[1]);
  const double determinant = matrix[0][0] * first[0] + matrix[0][1] * first[1] + matrix[0][2] * first[2];
  Triple vector{};
  for (std::size_t k = 0; k < 3; ++k) {
    vector[k] = (first[k] * wanted[0] + second[k] * wanted[1] + third[k] * wanted[2]) / determinant;
  }
  return vector;
}

/// A kind of cone that is missing, the two that part the half-planes, and the hues of those.
struct Dichromacy {
  std::size_t missing;
  std::size_t above;  ///< cones whose ratio `above` / `under`, beside white's, tells the half-plane
  std::size_t under;
  Triple hue_below;  ///< XYZ, where the ratio is under white's
  Triple hue_above;
};

LinearColour seen_without(const LinearColour& colour, const Dichromacy& sight) {
  const Triple white = times(kConesOfXyz, times(kXyzOfRgb, {1, 1, 1}));
  Triple cones = times(kConesOfXyz, times(kXyzOfRgb, {colour.red, colour.green, colour.blue}));
  const bool below = cones[sight.above] * white[sight.under] < white[sight.above] * cones[sight.under];
  const Triple normal = cross(white, times(kConesOfXyz, below ? sight.hue_below : sight.hue_above));
  const std::size_t next = (sight.missing + 1) % 3;
  const std::size_t last = (sight.missing + 2) % 3;
  cones[sight.missing] = -(normal[next] * cones[next] + normal[last] * cones[last]) / normal[sight.missing];
  const Triple rgb = solved(kXyzOfRgb, solved(kConesOfXyz, cones));
  return {.red = std::clamp(rgb[0], 0.0, 1.0), .green = std::clamp(rgb[1], 0.0, 1.0), .blue = std::clamp(rgb[2], 0.0, 1.0)};
}

double luminance(const LinearColour& colour) {
  return kXyzOfRgb[1][0] * colour.red + kXyzOfRgb[1][1] * colour.green + kXyzOfRgb[1][2] * colour.blue;
}

/// The screen's numbers, 0 to 1, of "#rrggbb".
Triple screen_numbers(const std::string_view rgb) {
  unsigned value = 0;
  constexpr std::size_t kLength = 7;
  const char* digits = rgb.data() + std::min<std::size_t>(1, rgb.size());
  const auto [end, error] = std::from_chars(digits, rgb.data() + rgb.size(), value, 16);
  if (rgb.size() != kLength || rgb.front() != '#' || error != std::errc{} || end != rgb.data() + rgb.size()) {
    throw ArgumentError(fmt::format("colour '{}' is not #rrggbb", rgb));
  }
  return {(value >> 16U) / kByte, ((value >> 8U) & 0xFFU) / kByte, (value & 0xFFU) / kByte};
}

/// IEC 61966-2-1.
double linear(const double number) {
  return number <= 0.04045 ? number / 12.92 : std::pow((number + 0.055) / 1.055, 2.4);
}

LinearColour linear_colour(const Triple& numbers) {
  return {.red = linear(numbers[0]), .green = linear(numbers[1]), .blue = linear(numbers[2])};
}

double degrees(const double radians) {
  return radians * 180 / std::numbers::pi;
}

double cosine(const double angle_deg) {
  return std::cos(angle_deg * std::numbers::pi / 180);
}

/// x^7 / (x^7 + 25^7), as CIEDE2000 weighs chroma.
double chroma_weight(const double chroma) {
  const double seventh = std::pow(chroma, 7);
  return std::sqrt(seventh / (seventh + std::pow(25.0, 7)));
}

double hue_deg(const double a, const double b) {
  const double angle = a == 0 && b == 0 ? 0 : degrees(std::atan2(b, a));
  return angle < 0 ? angle + 360 : angle;
}

/// Mean of two hues on the circle; their sum where one colour has none.
double mean_hue(const double one, const double other, const bool coloured) {
  const double sum = one + other;
  if (!coloured) {
    return sum;
  }
  if (std::abs(one - other) <= 180) {
    return sum / 2;
  }
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

}  // namespace

LinearColour linear_colour(const std::string_view rgb) {
  return linear_colour(screen_numbers(rgb));
}

LinearColour seen_over(const std::string_view rgb, const int opacity, const std::string_view ground) {
  const Triple above = screen_numbers(rgb);
  const Triple below = screen_numbers(ground);
  const double share = opacity / kByte;
  Triple mixed{};
  for (std::size_t k = 0; k < 3; ++k) {
    mixed[k] = share * above[k] + (1 - share) * below[k];
  }
  return linear_colour(mixed);
}

LinearColour seen_as(const LinearColour& colour, const ColourVision vision) {
  switch (vision) {
    case ColourVision::normal:
      break;
    case ColourVision::protanopia:
      return seen_without(colour, {.missing = 0, .above = 2, .under = 1, .hue_below = k575, .hue_above = k475});
    case ColourVision::deuteranopia:
      return seen_without(colour, {.missing = 1, .above = 2, .under = 0, .hue_below = k575, .hue_above = k475});
    case ColourVision::tritanopia:
      return seen_without(colour, {.missing = 2, .above = 1, .under = 0, .hue_below = k660, .hue_above = k485});
    case ColourVision::greys: {
      const double grey = luminance(colour);
      return {.red = grey, .green = grey, .blue = grey};
    }
  }
  return colour;
}

LabColour lab_of(const LinearColour& colour) {
  const Triple white = times(kXyzOfRgb, {1, 1, 1});
  const Triple xyz = times(kXyzOfRgb, {colour.red, colour.green, colour.blue});
  Triple root{};
  for (std::size_t k = 0; k < 3; ++k) {
    const double ratio = xyz[k] / white[k];
    root[k] = ratio > 216.0 / 24389 ? std::cbrt(ratio) : (24389.0 / 27 * ratio + 16) / 116;
  }
  return {.lightness = 116 * root[1] - 16, .a = 500 * (root[0] - root[1]), .b = 200 * (root[1] - root[2])};
}

double colour_difference(const LabColour& one, const LabColour& other) {
  const double mean_chroma = (std::hypot(one.a, one.b) + std::hypot(other.a, other.b)) / 2;
  const double stretch = 1 + 0.5 * (1 - chroma_weight(mean_chroma));
  const double chroma_one = std::hypot(stretch * one.a, one.b);
  const double chroma_other = std::hypot(stretch * other.a, other.b);
  const double hue_one = hue_deg(stretch * one.a, one.b);
  const double hue_other = hue_deg(stretch * other.a, other.b);
  const bool coloured = chroma_one * chroma_other != 0;
  double turn = coloured ? hue_other - hue_one : 0;
  turn += turn > 180 ? -360 : turn < -180 ? 360 : 0;
  const double hue_step = 2 * std::sqrt(chroma_one * chroma_other) * std::sin(turn / 2 * std::numbers::pi / 180);
  const double hue = mean_hue(hue_one, hue_other, coloured);
  const double chroma = (chroma_one + chroma_other) / 2;
  const double weight = 1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) -
                        0.20 * cosine(4 * hue - 63);
  const double off_middle = std::pow((one.lightness + other.lightness) / 2 - 50, 2);
  const double lightness_step =
      (other.lightness - one.lightness) / (1 + 0.015 * off_middle / std::sqrt(20 + off_middle));
  const double chroma_part = (chroma_other - chroma_one) / (1 + 0.045 * chroma);
  const double hue_part = hue_step / (1 + 0.015 * chroma * weight);
  const double turned = 30 * std::exp(-std::pow((hue - 275) / 25, 2));
  const double rotation = -2 * chroma_weight(chroma) * std::sin(2 * turned * std::numbers::pi / 180);
  return std::sqrt(lightness_step * lightness_step + chroma_part * chroma_part + hue_part * hue_part +
                   rotation * chroma_part * hue_part);
}

double contrast_ratio(const LinearColour& one, const LinearColour& other) {
  constexpr double kFlare = 0.05;
  const double lighter = std::max(luminance(one), luminance(other));
  const double darker = std::min(luminance(one), luminance(other));
  return (lighter + kFlare) / (darker + kFlare);
}

std::string marker_border(const std::string_view rgb) {
  constexpr std::string_view kLightGround = "#f1eef6";  // the lightest class of communes
  const bool seen = contrast_ratio(linear_colour(rgb), linear_colour(kLightGround)) >= kGraphicContrast;
  return seen ? "#ffffff" : "#252525";
}

}  // namespace maillage
