#include "adapters/qgis/project_frame.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "maps/layer_view.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

/// Planes of several parts lie thousands of kilometres apart (maps of engine/territory/planes.hpp): the first is where it is.
constexpr double kFirstPartM = 10'000'000;

}  // namespace

ProjectFrame project_frame(const LayerSet& layers) {
  ProjectFrame frame;
  const std::size_t end = layers.plane.find(' ');
  const bool several = end != std::string::npos;
  frame.crs = layers.plane.substr(0, end);
  frame.layers_crs = several ? "EPSG:4326" : frame.crs;
  for (const Layer& layer : layers.layers) {
    for (const Point& vertex : layer.areas.vertices) {
      if (!several || std::abs(vertex.x) < kFirstPartM) {
        frame.extent.extend(vertex);
      }
    }
  }
  return frame;
}

Box framed(const Box& extent, const double width_by_height) {
  constexpr double kMargin = 1.04;
  const double middle_x = (extent.min_x + extent.max_x) / 2;
  const double middle_y = (extent.min_y + extent.max_y) / 2;
  const double height = std::max(extent.max_y - extent.min_y, (extent.max_x - extent.min_x) / width_by_height) * kMargin;
  const double width = height * width_by_height;
  return {.min_x = middle_x - width / 2,
          .min_y = middle_y - height / 2,
          .max_x = middle_x + width / 2,
          .max_y = middle_y + height / 2};
}

std::string crs_xml(const std::string& crs) {
  // QGIS looks at <authid> only where <srsid>, its own number of the system, is above 0; which number does not matter then.
  const std::string number = crs.substr(crs.find(':') + 1);
  return fmt::format("<spatialrefsys><srsid>{0}</srsid><srid>{0}</srid><authid>{1}</authid></spatialrefsys>",
                     xml_escape(number), xml_escape(crs));
}

std::optional<TimeSpan> time_span(const Layer& layer, const std::string& begin_field, const std::string& end_field) {
  std::optional<TimeSpan> span;
  const auto& begins = layer.columns[field_position(layer, begin_field)];
  const auto& ends = layer.columns[field_position(layer, end_field)];
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    const std::string begin = category_text(begins[feature]);
    const std::string end = category_text(ends[feature]);
    if (!begin.empty() && !end.empty()) {
      span = span ? TimeSpan{.begin = std::min(span->begin, begin), .end = std::max(span->end, end)}
                  : TimeSpan{.begin = begin, .end = end};
    }
  }
  return span;
}

}  // namespace maillage::detail
