#pragma once

#include <string>
#include <string_view>

#include "maps/layer_view.hpp"

/// Pieces of SVG documents. Everything is said in presentation attributes, never in style attributes or elements: pages with a
/// strict content security policy show them, and so do all renderers.
namespace maillage::detail {

inline constexpr std::string_view kSvgFonts = "Liberation Sans, Arial, Helvetica, sans-serif";

/// A number with at most that many decimals and without zeros at its end: "12.5", "3".
[[nodiscard]] std::string short_number(double value, int decimals = 2);

/// `<text>` at a place, its text escaped. \param attributes  further ones, already escaped
[[nodiscard]] std::string svg_text(double x, double y, double size, std::string_view text, std::string_view attributes = "");

/// Path data of a marker around a place.
[[nodiscard]] std::string marker_path(MarkerShape shape, double x, double y, double size);

/// Attributes of a fill or stroke with an opacity where it has one: ` fill="#ffffff" fill-opacity="0.5"`.
[[nodiscard]] std::string paint(std::string_view what, std::string_view colour, int opacity = 255);

/// Beginning of a document: size, title, description, white ground. Millimetres are its unit.
[[nodiscard]] std::string svg_open(double width_mm, double height_mm, std::string_view title, std::string_view description);

}  // namespace maillage::detail
