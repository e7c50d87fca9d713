#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::detail {

/// An element of an SVG document, as it is written.
struct SvgElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::string text{};
  std::vector<SvgElement> children{};

  /// Empty where it has no such attribute.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
};

/// \returns the root of the document
/// \throws OutputError when the text is no well-formed document of one svg element with a viewBox
[[nodiscard]] SvgElement read_svg(const std::string& svg);

/// Size of an SVG document in millimetres, from its viewBox.
struct SvgSize {
  double width_mm = 0;
  double height_mm = 0;
};
[[nodiscard]] SvgSize size_of(const SvgElement& svg);

/// The numbers of an attribute such as a viewBox or an array of dashes, whatever parts them. Path data is read by trace_path.
[[nodiscard]] std::vector<double> numbers_of(std::string_view text);

/// \throws OutputError that says what of a drawing cannot be used
[[noreturn]] void refuse_svg(std::string_view what);

}  // namespace maillage::detail
