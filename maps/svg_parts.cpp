#include "maps/svg_parts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

/// A regular polygon or star: corners at the given radii in turn, the first upwards.
std::string corners_path(const double x, const double y, const int corners, const double outer, const double inner) {
  std::string path;
  for (int corner = 0; corner < corners; ++corner) {
    const double radius = corner % 2 == 0 ? outer : inner;
    const double angle = 2 * std::numbers::pi * corner / corners;
    path += fmt::format("{}{} {}", corner == 0 ? "M" : "L", short_number(x + radius * std::sin(angle)),
                        short_number(y - radius * std::cos(angle)));
  }
  return path + "z";
}

}  // namespace

std::string short_number(const double value, const int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text == "-0" ? "0" : text;
}

std::string svg_text(const double x, const double y, const double size, const std::string_view text,
                     const std::string_view attributes) {
  return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{}>{}</text>\n", short_number(x), short_number(y),
                     short_number(size), attributes.empty() ? "" : " ", attributes, xml_escape(text));
}

std::string marker_path(const MarkerShape shape, const double x, const double y, const double size) {
  const double half = size / 2;
  switch (shape) {
    case MarkerShape::circle:
      return fmt::format("M{0} {1}a{2} {2} 0 1 0 {3} 0a{2} {2} 0 1 0 -{3} 0z", short_number(x - half), short_number(y),
                         short_number(half), short_number(size));
    case MarkerShape::square: {
      const double side = size * 0.88;
      return fmt::format("M{0} {1}h{2}v{2}h-{2}z", short_number(x - side / 2), short_number(y - side / 2),
                         short_number(side));
    }
    case MarkerShape::diamond:
      return corners_path(x, y, 4, half * 1.15, half * 1.15);
    case MarkerShape::triangle:
      return corners_path(x, y, 3, half * 1.2, half * 1.2);
    case MarkerShape::pentagon:
      return corners_path(x, y, 5, half * 1.1, half * 1.1);
    case MarkerShape::star:
      break;
  }
  return corners_path(x, y, 10, half * 1.25, half * 0.55);
}

std::string paint(const std::string_view what, const std::string_view colour, const int opacity) {
  return opacity >= 255 ? fmt::format(" {}=\"{}\"", what, colour)
                        : fmt::format(" {0}=\"{1}\" {0}-opacity=\"{2}\"", what, colour, short_number(opacity / 255.0));
}

std::string svg_open(const double width_mm, const double height_mm, const std::string_view title,
                     const std::string_view description) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}mm\" height=\"{1}mm\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "font-family=\"{4}\" fill=\"#161616\">\n<title>{2}</title>\n<desc>{3}</desc>\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      short_number(width_mm), short_number(height_mm), xml_escape(title), xml_escape(description), kSvgFonts);
}

}  // namespace maillage::detail
