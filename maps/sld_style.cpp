#include "maps/sld_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <vector>

#include "engine/survey/table.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage {

namespace {

using detail::xml_escape;

constexpr double kPixelMm = 0.28;  // OGC's standardised rendering pixel

std::string pixels(const double size_mm) {
  return fmt::format("{:.2f}", size_mm / kPixelMm);
}

std::string parameter(const std::string_view name, const std::string_view value) {
  return fmt::format("<CssParameter name=\"{}\">{}</CssParameter>", name, value);
}

std::string fill_of(const std::string& colour, const int opacity) {
  constexpr double kOpaque = 255;
  return "<Fill>" + parameter("fill", colour) +
         (opacity == 255 ? "" : parameter("fill-opacity", fmt::format("{:.2f}", opacity / kOpaque))) + "</Fill>";
}

std::string stroke_of(const std::string& colour, const double width_mm) {
  return "<Stroke>" + parameter("stroke", colour) + parameter("stroke-width", pixels(width_mm)) +
         parameter("stroke-linejoin", "round") + "</Stroke>";
}

struct Mark {
  const char* name;
  double size = 1;  ///< of the mark, for a symbol of size 1
  int turned_deg = 0;
};

/// The standard knows square, circle, triangle, star, cross and x. A diamond is a square on its corner.
Mark mark_of(const MarkerShape shape) {
  switch (shape) {
    case MarkerShape::circle:
      break;
    case MarkerShape::square:
      return {.name = "square"};
    case MarkerShape::diamond:
      return {.name = "square", .size = 1 / std::numbers::sqrt2, .turned_deg = 45};
    case MarkerShape::triangle:
      return {.name = "triangle"};
    case MarkerShape::pentagon:
      return {.name = "cross"};
    case MarkerShape::star:
      return {.name = "star"};
  }
  return {.name = "circle"};
}

std::string point_symbolizer(const Mark& mark, const std::string& fill, const std::string& stroke, const double size_mm) {
  const std::string turned = mark.turned_deg == 0 ? "" : fmt::format("<Rotation>{}</Rotation>", mark.turned_deg);
  return fmt::format(
      "<PointSymbolizer><Graphic><Mark><WellKnownName>{}</WellKnownName>{}{}</Mark><Size>{}</Size>{}</Graphic>"
      "</PointSymbolizer>",
      mark.name, fill, stroke, pixels(size_mm * mark.size), turned);
}

std::string hatched(const Symbol& symbol) {
  constexpr int kTint = 40;           // a veil under the hatching, so that thin gaps show
  constexpr double kSpacingMm = 2.2;  // between lines
  constexpr double kLineMm = 0.3;
  const std::string stroke = stroke_of(symbol.colour, kLineMm);
  // Of several marks a program takes the first that it knows: QGIS slash, GeoServer shape://slash.
  const std::string lines = fmt::format(
      "<Fill><GraphicFill><Graphic><Mark><WellKnownName>slash</WellKnownName>{0}</Mark>"
      "<Mark><WellKnownName>shape://slash</WellKnownName>{0}</Mark><Size>{1}</Size></Graphic></GraphicFill></Fill>",
      stroke, pixels(kSpacingMm));
  return "<PolygonSymbolizer>" + fill_of(symbol.colour, kTint) + "</PolygonSymbolizer>\n<PolygonSymbolizer>" + lines +
         stroke_of(symbol.border, symbol.border_mm) + "</PolygonSymbolizer>";
}

std::string symbolizer(const Symbol& symbol) {
  switch (symbol.kind) {
    case Symbol::Kind::fill:
      return "<PolygonSymbolizer>" + fill_of(symbol.colour, symbol.opacity) + stroke_of(symbol.border, symbol.border_mm) +
             "</PolygonSymbolizer>";
    case Symbol::Kind::hatch:
      return hatched(symbol);
    case Symbol::Kind::outline:
      return "<PolygonSymbolizer>" + stroke_of(symbol.colour, symbol.size_mm) + "</PolygonSymbolizer>";
    case Symbol::Kind::line:
      return "<LineSymbolizer>" + stroke_of(symbol.colour, symbol.size_mm) + "</LineSymbolizer>";
    case Symbol::Kind::marker:
      break;
  }
  return point_symbolizer(mark_of(symbol.shape), fill_of(symbol.colour, symbol.opacity),
                          stroke_of(symbol.border, symbol.border_mm), symbol.size_mm);
}

std::string property(const std::string& field) {
  return "<ogc:PropertyName>" + xml_escape(field) + "</ogc:PropertyName>";
}

std::string comparison(const char* how, const std::string& field, const std::string& value) {
  return fmt::format("<ogc:{0}>{1}<ogc:Literal>{2}</ogc:Literal></ogc:{0}>", how, property(field), xml_escape(value));
}

std::string equals(const std::string& field, const std::string& value) {
  return comparison("PropertyIsEqualTo", field, value);
}

std::string is_null(const std::string& field) {
  return "<ogc:PropertyIsNull>" + property(field) + "</ogc:PropertyIsNull>";
}

std::string combined(const char* how, const std::vector<std::string>& conditions) {
  if (conditions.size() == 1) {
    return conditions.front();
  }
  std::string whole = fmt::format("<ogc:{}>", how);
  for (const std::string& condition : conditions) {
    whole += condition;
  }
  return whole + fmt::format("</ogc:{}>", how);
}

std::vector<std::string> interval(const std::string& field, const double from, const double below) {
  std::vector<std::string> bounds;
  if (std::isfinite(from)) {
    bounds.push_back(comparison("PropertyIsGreaterThanOrEqualTo", field, fmt::format("{}", from)));
  }
  if (std::isfinite(below)) {
    bounds.push_back(comparison("PropertyIsLessThan", field, fmt::format("{}", below)));
  }
  if (bounds.empty()) {
    bounds.push_back("<ogc:Not>" + is_null(field) + "</ogc:Not>");
  }
  return bounds;
}

std::string own_condition(const LayerView& view, const ViewClass& one) {
  return one.holds == ViewClass::Holds::category ? equals(view.field, one.value)
                                                 : combined("And", interval(view.field, one.from, one.below));
}

/// What the class of the rest holds, in words of its own. An ElseFilter would also take what the view does not draw at all,
/// fails where circles add rules that match, and QGIS 3.22 reads it as no filter.
std::vector<std::string> rest_conditions(const LayerView& view) {
  std::vector<std::string> others;
  for (const ViewClass& one : view.classes) {
    if (one.holds != ViewClass::Holds::rest) {
      others.push_back(own_condition(view, one));
    }
  }
  if (others.empty()) {
    return {};
  }
  return {combined("Or", {is_null(view.field), "<ogc:Not>" + combined("Or", others) + "</ogc:Not>"})};
}

std::vector<std::string> conditions_of(const LayerView& view) {
  std::vector<std::string> conditions;
  for (const auto& [field, value] : view.only) {
    conditions.push_back(equals(field, value));
  }
  return conditions;
}

std::string rule(const std::string& name, const std::string& title, const std::string& filter, const std::string& look) {
  return fmt::format("<Rule><Name>{}</Name><Title>{}</Title>\n{}{}{}</Rule>\n", xml_escape(name), xml_escape(title), filter,
                     filter.empty() ? "" : "\n", look);
}

std::string filter_of(const std::vector<std::string>& conditions) {
  return conditions.empty() ? "" : "<ogc:Filter>" + combined("And", conditions) + "</ogc:Filter>";
}

std::string class_rules(const LayerView& view, const Language language) {
  std::string rules;
  for (std::size_t k = 0; k < view.classes.size(); ++k) {
    const ViewClass& one = view.classes[k];
    std::vector<std::string> conditions = conditions_of(view);
    if (one.holds != ViewClass::Holds::rest) {
      conditions.push_back(own_condition(view, one));
    } else {
      std::ranges::move(rest_conditions(view), std::back_inserter(conditions));
    }
    rules += rule(fmt::format("{}_{}", view.name, k + 1), one.label.in(language), filter_of(conditions),
                  symbolizer(one.symbol));
  }
  return rules;
}

/// Bound of an interval of circles, as a number that can be read: whole, or of two digits where numbers are large.
double readable(const double bound, const double largest) {
  constexpr double kWhole = 20;
  constexpr double kLarge = 1000;
  if (largest < kWhole || bound <= 0) {
    return bound;
  }
  if (largest < kLarge) {
    return std::ceil(bound);
  }
  const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(bound)) - 1));
  return std::round(bound / unit) * unit;
}

std::string number_text(const double number, const Language language) {
  constexpr int kDecimals = 2;
  const bool whole = number == std::floor(number);
  return to_text(rounded_number(number, whole ? 0 : kDecimals), language);
}

std::string circle_rules(const LayerView& view, const Language language) {
  constexpr int kSizes = 10;
  const ProportionalCircles& circles = *view.circles;
  const auto bound_of = [&](const int size) {
    const double of_largest = (size - 0.5) / kSizes;
    return readable(of_largest * of_largest * circles.largest_value, circles.largest_value);
  };
  std::string rules;
  for (int size = kSizes; size > 0; --size) {  // the largest first, so that small ones lie above
    const double from = size == 1 ? 0 : bound_of(size);
    const double below = bound_of(size + 1);
    if (from >= below) {
      continue;
    }
    std::vector<std::string> conditions = conditions_of(view);
    conditions.push_back(size == 1 ? comparison("PropertyIsGreaterThan", circles.field, "0")
                                   : comparison("PropertyIsGreaterThanOrEqualTo", circles.field, fmt::format("{}", from)));
    if (size < kSizes) {
      conditions.push_back(comparison("PropertyIsLessThan", circles.field, fmt::format("{}", below)));
    }
    const Text title =
        size == kSizes
            ? Text{.french = number_text(from, Language::french) + " et plus",
                   .english = number_text(from, Language::english) + " and more"}
        : size == 1 ? Text{.french = "Moins de " + number_text(below, Language::french),
                           .english = "Under " + number_text(below, Language::english)}
                    : Text{.french = "De " + number_text(from, Language::french) + " à moins de " +
                                     number_text(below, Language::french),
                           .english = "From " + number_text(from, Language::english) + " to under " +
                                      number_text(below, Language::english)};
    constexpr double kBorderMm = 0.2;
    const std::string colon = language == Language::french ? " : " : ": ";
    rules += rule(fmt::format("{}_cercles_{}", view.name, size), circles.legend.in(language) + colon + title.in(language),
                  filter_of(conditions),
                  point_symbolizer({.name = "circle"}, fill_of(circles.colour, circles.opacity),
                                   stroke_of(circles.border, kBorderMm), circles.largest_mm * size / kSizes));
  }
  return rules;
}

}  // namespace

std::string sld_style(const LayerView& view, const Language language) {
  std::string types = "<FeatureTypeStyle>\n" + class_rules(view, language) + "</FeatureTypeStyle>\n";
  if (view.circles) {
    types += "<FeatureTypeStyle>\n" + circle_rules(view, language) + "</FeatureTypeStyle>\n";
  }
  const std::string abstract =
      view.note.in(language).empty() ? "" : "<Abstract>" + xml_escape(view.note.in(language)) + "</Abstract>\n";
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" "
      "xmlns:ogc=\"http://www.opengis.net/ogc\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd\">\n"
      "<NamedLayer><Name>{}</Name>\n<UserStyle><Name>{}</Name><Title>{}</Title>\n{}<IsDefault>{}</IsDefault>\n{}"
      "</UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n",
      xml_escape(view.layer), xml_escape(view.name), xml_escape(view.title.in(language)), abstract,
      view.is_default ? 1 : 0, types);
}

}  // namespace maillage
