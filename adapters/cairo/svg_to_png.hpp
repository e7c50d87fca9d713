#pragma once

#include <cstdint>
#include <string>

namespace maillage {

inline constexpr std::int32_t kWidestPng = 20'000;  ///< pixels; cairo's images end at 32,767

/// An SVG document as a PNG image of that width, its height in proportion, on white. Nothing outside the document is read.
/// The same bytes for the same document, fonts and library. \throws OutputError if the document cannot be read, or the image
/// is too large
[[nodiscard]] std::string svg_to_png(const std::string& svg, std::int32_t width_px);

/// Pixels of its width when the document is printed at that many dots an inch.
[[nodiscard]] std::int32_t width_at(const std::string& svg, double dots_per_inch);

}  // namespace maillage
