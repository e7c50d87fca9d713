#include "maps/qgis_symbols.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace maillage::detail {

namespace {

// Properties are written twice, as QGIS 3.22 does: <Option> for it and later, <prop> for earlier ones.
std::string symbol_layer(const std::string_view type, const Properties& properties) {
  std::string options;
  std::string props;
  for (const auto& [key, value] : properties) {
    options += fmt::format(R"(<Option name="{}" type="QString" value="{}"/>)", key, xml_escape(value));
    props += fmt::format(R"(<prop k="{}" v="{}"/>)", key, xml_escape(value));
  }
  return fmt::format(R"(<layer class="{}" enabled="1" locked="0" pass="0"><Option type="Map">{}</Option>{}</layer>)", type,
                     options, props);
}

std::string symbol(const std::string_view type, const std::string& name, const std::string& layers) {
  return fmt::format(R"(<symbol type="{}" name="{}" alpha="1" clip_to_extent="1" force_rhr="0">{}</symbol>)", type, name,
                     layers) +
         "\n";
}

std::string millimetres(const double size_mm) {
  return fmt::format("{:.2f}", size_mm);
}

std::string document(const std::string& renderer) {
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
         "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n" +
         renderer + "<blendMode>0</blendMode>\n<featureBlendMode>0</featureBlendMode>\n</qgis>\n";
}

}  // namespace

std::string xml_escape(const std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      default:
        if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t') {
          escaped += letter;
        }
    }
  }
  return escaped;
}

std::string qgis_colour(const std::string_view rgb, const int opacity) {
  unsigned value = 0;
  std::from_chars(rgb.data() + 1, rgb.data() + rgb.size(), value, 16);
  return fmt::format("{},{},{},{}", value >> 16U, (value >> 8U) & 0xFFU, value & 0xFFU, opacity);
}

std::string fill_symbol(const std::string& name, const std::string_view fill_rgb, const int opacity,
                        const std::string_view outline_rgb, const double outline_mm) {
  return symbol("fill", name,
                symbol_layer("SimpleFill", {{"color", qgis_colour(fill_rgb, opacity)},
                                            {"style", "solid"},
                                            {"outline_color", qgis_colour(outline_rgb)},
                                            {"outline_style", "solid"},
                                            {"outline_width", millimetres(outline_mm)},
                                            {"outline_width_unit", "MM"},
                                            {"joinstyle", "round"}}));
}

std::string hatch_symbol(const std::string& name, const std::string_view rgb, const int opacity) {
  constexpr int kTint = 40;  // a veil under the hatching, so that thin gaps show
  const Properties veil{{"color", qgis_colour(rgb, kTint)}, {"style", "solid"}, {"outline_style", "no"}};
  const Properties hatching{{"color", qgis_colour(rgb, opacity)},
                            {"style", "b_diagonal"},
                            {"outline_color", qgis_colour(rgb)},
                            {"outline_style", "solid"},
                            {"outline_width", millimetres(0.3)},
                            {"outline_width_unit", "MM"},
                            {"joinstyle", "round"}};
  return symbol("fill", name, symbol_layer("SimpleFill", veil) + symbol_layer("SimpleFill", hatching));
}

std::string outline_symbol(const std::string& name, const std::string_view rgb, const double width_mm) {
  return symbol("fill", name,
                symbol_layer("SimpleFill", {{"color", qgis_colour(rgb, 0)},
                                            {"style", "no"},
                                            {"outline_color", qgis_colour(rgb)},
                                            {"outline_style", "solid"},
                                            {"outline_width", millimetres(width_mm)},
                                            {"outline_width_unit", "MM"},
                                            {"joinstyle", "round"}}));
}

std::string line_symbol(const std::string& name, const std::string_view rgb, const double width_mm) {
  return symbol("line", name,
                symbol_layer("SimpleLine", {{"line_color", qgis_colour(rgb)},
                                            {"line_style", "solid"},
                                            {"line_width", millimetres(width_mm)},
                                            {"line_width_unit", "MM"},
                                            {"capstyle", "round"},
                                            {"joinstyle", "round"}}));
}

std::string marker_symbol(const std::string& name, const Symbol& marker) {
  return symbol("marker", name,
                symbol_layer("SimpleMarker", {{"name", std::string{qgis_shape(marker.shape)}},
                                              {"color", qgis_colour(marker.colour, marker.opacity)},
                                              {"outline_color", qgis_colour(marker.border)},
                                              {"outline_style", "solid"},
                                              {"outline_width", millimetres(marker.border_mm)},
                                              {"outline_width_unit", "MM"},
                                              {"size", millimetres(marker.size_mm)},
                                              {"size_unit", "MM"}}));
}

std::string_view qgis_shape(const MarkerShape shape) {
  constexpr std::array<std::string_view, 6> kNames{"circle", "square", "diamond", "triangle", "pentagon", "star"};
  return kNames.at(static_cast<std::size_t>(shape));
}

std::string circle_symbol(const std::string& name, const ProportionalCircles& circles) {
  const std::string size = fmt::format("{} * sqrt(\"{}\" / {})", circles.largest_mm, circles.field,
                                       std::max(circles.largest_value, 1.0));
  const std::string sized = fmt::format(
      R"(<data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/>)"
      R"(<Option name="properties" type="Map"><Option name="size" type="Map"><Option name="active" type="bool" value="true"/>)"
      R"(<Option name="expression" type="QString" value="{}"/><Option name="type" type="int" value="3"/></Option></Option>)"
      R"(<Option name="type" type="QString" value="collection"/></Option></data_defined_properties>)",
      xml_escape(size));
  std::string marker = symbol_layer("SimpleMarker", {{"name", "circle"},
                                                     {"color", qgis_colour(circles.colour, circles.opacity)},
                                                     {"outline_color", qgis_colour(circles.border)},
                                                     {"outline_style", "solid"},
                                                     {"outline_width", millimetres(0.2)},
                                                     {"outline_width_unit", "MM"},
                                                     {"size", millimetres(circles.largest_mm)},
                                                     {"size_unit", "MM"}});
  constexpr std::string_view kEnd = "</layer>";
  marker.insert(marker.size() - kEnd.size(), sized);
  std::string centre = symbol_layer("CentroidFill", {{"point_on_surface", "1"}, {"point_on_all_parts", "0"}});
  centre.insert(centre.size() - kEnd.size(), symbol("marker", "@" + name + "@0", marker));
  return symbol("fill", name, centre);
}

std::string categorised_qml(const std::string_view field, const std::vector<Category>& categories) {
  std::string classes;
  std::string symbols;
  for (std::size_t number = 0; number < categories.size(); ++number) {
    const Category& category = categories[number];
    classes += fmt::format("<category symbol=\"{}\" value=\"{}\" label=\"{}\" render=\"true\"/>\n", number,
                           xml_escape(category.value), xml_escape(category.label));
    symbols += category.symbol;
  }
  return document(
      fmt::format("<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" symbollevels=\"0\" forceraster=\"0\" "
                  "enableorderby=\"0\">\n<categories>\n{}</categories>\n<symbols>\n{}</symbols>\n<rotation/>\n"
                  "<sizescale/>\n</renderer-v2>\n",
                  xml_escape(field), classes, symbols));
}

std::string rule_qml(const std::vector<Rule>& rules) {
  std::string classes;
  std::string symbols;
  for (std::size_t number = 0; number < rules.size(); ++number) {
    const Rule& rule = rules[number];
    classes += fmt::format("<rule key=\"{{rule{}}}\" symbol=\"{}\" filter=\"{}\" label=\"{}\"/>\n", number, number,
                           xml_escape(rule.filter), xml_escape(rule.label));
    symbols += rule.symbol;
  }
  return document(
      fmt::format("<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n"
                  "<rules key=\"{{root}}\">\n{}</rules>\n<symbols>\n{}</symbols>\n</renderer-v2>\n",
                  classes, symbols));
}

std::string with_time_span(const std::string& qml, const std::string_view begin, const std::string_view end) {
  const std::string temporal = fmt::format(
      "<temporal enabled=\"1\" mode=\"4\" startField=\"\" endField=\"\" startExpression=\"{}\" endExpression=\"{}\" "
      "durationField=\"\" durationUnit=\"min\" fixedDuration=\"0\" accumulate=\"0\" limitMode=\"0\">"
      "<fixedRange><start></start><end></end></fixedRange></temporal>\n",
      xml_escape(begin), xml_escape(end));
  constexpr std::string_view kCategories = "styleCategories=\"Symbology\"";
  std::string whole = qml;
  whole.replace(whole.find(kCategories), kCategories.size(), "styleCategories=\"Symbology|Temporal\"");
  return whole.insert(whole.find("<renderer-v2"), temporal);
}

std::string single_qml(const std::string& symbol) {
  return document(
      "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n<symbols>\n" + symbol +
      "</symbols>\n<rotation/>\n<sizescale/>\n</renderer-v2>\n");
}

}  // namespace maillage::detail
