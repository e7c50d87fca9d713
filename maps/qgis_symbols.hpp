#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "maps/layer_view.hpp"

namespace maillage::detail {

/// Text for XML: the five special characters escaped, control characters that XML 1.0 forbids left out.
[[nodiscard]] std::string xml_escape(std::string_view text);

/// Names and values of a symbol layer, in the order QGIS writes them.
using Properties = std::vector<std::pair<std::string, std::string>>;

/// QGIS's "r,g,b,a". \param rgb  "#rrggbb"
[[nodiscard]] std::string qgis_colour(std::string_view rgb, int opacity = 255);

/// The symbols of QGIS 3, sizes in millimetres. `name` is the symbol's number in its renderer.
[[nodiscard]] std::string fill_symbol(const std::string& name, std::string_view fill_rgb, int opacity,
                                      std::string_view outline_rgb, double outline_mm);
[[nodiscard]] std::string hatch_symbol(const std::string& name, std::string_view rgb, int opacity);
[[nodiscard]] std::string outline_symbol(const std::string& name, std::string_view rgb, double width_mm);
[[nodiscard]] std::string line_symbol(const std::string& name, std::string_view rgb, double width_mm);
[[nodiscard]] std::string marker_symbol(const std::string& name, const Symbol& marker);

/// QGIS's name of a shape.
[[nodiscard]] std::string_view qgis_shape(MarkerShape shape);

/// Circles sized by an expression, at a point inside each area.
[[nodiscard]] std::string circle_symbol(const std::string& name, const ProportionalCircles& circles);

/// One class of a categorised layer. An empty value stands for all that no other class takes.
struct Category {
  std::string value;
  std::string label;
  std::string symbol;  ///< made with the class's number as name
};
/// One class of a rule-based layer: a QGIS expression.
struct Rule {
  std::string filter;
  std::string label;
  std::string symbol;
};

/// Whole QML documents that hold symbology only.
[[nodiscard]] std::string categorised_qml(std::string_view field, const std::vector<Category>& categories);
[[nodiscard]] std::string rule_qml(const std::vector<Rule>& rules);
/// The document with what its features' times are, for QGIS's temporal controller. \param begin,end  QGIS expressions
[[nodiscard]] std::string with_time_span(const std::string& qml, std::string_view begin, std::string_view end);
[[nodiscard]] std::string single_qml(const std::string& symbol);

}  // namespace maillage::detail
