#include "adapters/qgis/project_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "maps/field_dictionary.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

/// Names of one kind: how they look, and down to which scale they are seen.
struct Lettering {
  double points = 7;
  std::string_view colour = "#252525";
  int weight = 50;  ///< Qt's: 50 plain, 75 bold
  double from_scale = 0;       ///< denominator of the smallest scale at which they are seen
  double to_scale = 0;         ///< of the largest; 0 for every one
  bool capitals = false;
};

std::string settings_xml(const Lettering& look) {
  constexpr int kCapitals = 1;
  return fmt::format(
      "<settings calloutType=\"simple\"><text-style fieldName=\"nom\" isExpression=\"0\" fontSize=\"{}\" "
      "fontSizeUnit=\"Point\" fontWeight=\"{}\" textColor=\"{}\" textOpacity=\"1\" capitalization=\"{}\" "
      "multilineHeight=\"1\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferSizeUnits=\"MM\" "
      "bufferColor=\"255,255,255,255\" bufferOpacity=\"0.8\" bufferJoinStyle=\"128\"/></text-style>"
      "<text-format multilineAlign=\"3\"/><placement placement=\"1\" centroidInside=\"1\" centroidWhole=\"1\" priority=\"5\"/>"
      "<rendering drawLabels=\"1\" scaleVisibility=\"1\" scaleMin=\"{}\" scaleMax=\"{}\" obstacle=\"0\" "
      "fontMaxPixelSize=\"10000\" maxNumLabels=\"2000\" labelPerPart=\"0\"/></settings>",
      look.points, look.weight, qgis_colour(look.colour), look.capitals ? kCapitals : 0, look.to_scale, look.from_scale);
}

std::string simple_xml(const Lettering& look) {
  return "<labeling type=\"simple\">" + settings_xml(look) + "</labeling>\n";
}

/// Communes of a size, and the smallest scale at which their names have room.
struct Size {
  std::int64_t inhabitants;
  Lettering look;
};

std::string by_population_xml() {
  const std::array<Size, 4> sizes{{{100'000, {.points = 9, .weight = 75, .from_scale = 7'000'000}},
                                   {20'000, {.points = 8, .from_scale = 2'000'000}},
                                   {5'000, {.points = 7.5, .from_scale = 400'000}},
                                   {0, {.points = 7, .colour = "#404040", .from_scale = 150'000}}}};
  std::string rules;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    std::string filter = fmt::format("coalesce(\"population\", 0) >= {}", sizes[k].inhabitants);
    if (k > 0) {
      filter += fmt::format(" AND coalesce(\"population\", 0) < {}", sizes[k - 1].inhabitants);
    }
    rules += fmt::format("<rule key=\"{{names{}}}\" filter=\"{}\">{}</rule>\n", k, xml_escape(filter),
                         settings_xml(sizes[k].look));
  }
  return "<labeling type=\"rule-based\"><rules key=\"{names}\">\n" + rules + "</rules></labeling>\n";
}

bool has_field(const Layer& layer, const std::string_view name) {
  return std::ranges::find(layer.fields, name, &Field::name) != layer.fields.end();
}

}  // namespace

bool has_names(const Layer& layer) {
  return has_field(layer, "nom");
}

std::string labels_xml(const Layer& layer) {
  if (!has_names(layer) || layer.geometry != GeometryKind::multi_polygon) {
    return {};
  }
  if (layer.name == layer_name(LayerKind::departements)) {
    return simple_xml({.points = 9, .colour = "#4d4d4d", .from_scale = 3'000'000, .to_scale = 400'000, .capitals = true});
  }
  if (layer.name == layer_name(LayerKind::epcis)) {
    return simple_xml({.points = 7.5, .colour = "#636363", .from_scale = 700'000, .to_scale = 100'000});
  }
  return has_field(layer, "population") ? by_population_xml() : simple_xml({.from_scale = 150'000});
}

}  // namespace maillage::detail
