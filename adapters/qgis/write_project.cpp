#include "adapters/qgis/write_project.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/file/checked_file.hpp"
#include "adapters/qgis/project_frame.hpp"
#include "adapters/qgis/project_labels.hpp"
#include "adapters/qgis/project_layout.hpp"
#include "adapters/qgis/project_plan.hpp"
#include "adapters/qgis/zip_archive.hpp"
#include "engine/core/error.hpp"
#include "maps/qgis_symbols.hpp"

namespace maillage {
namespace {

using detail::ProjectFrame;
using detail::ProjectGroup;
using detail::ProjectLayer;
using detail::ProjectPlan;
using detail::xml_escape;

constexpr std::string_view kDocumentType = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";

/// What stands inside the <qgis> element of a style document.
std::string inside(const std::string& qml) {
  const std::size_t root = qml.find("<qgis");
  const std::size_t begin = qml.find('>', root);
  const std::size_t end = qml.rfind("</qgis>");
  if (root == std::string::npos || begin == std::string::npos || end == std::string::npos) {
    throw ArgumentError("qgis_project: a style is no QML document");
  }
  return qml.substr(begin + 1, end - begin - 1);
}

/// What is the same in all styles of a layer: names on the map, and fields by their labels.
std::string shared_style(const Layer& layer, const Language language) {
  std::string aliases;
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    // Field 0 of a GeoPackage's layer is its row number.
    aliases += fmt::format("<alias index=\"{}\" field=\"{}\" name=\"{}\"/>", field + 1, xml_escape(layer.fields[field].name),
                           xml_escape(layer.fields[field].label.in(language)));
  }
  const std::string preview = detail::has_names(layer) ? "<previewExpression>\"nom\"</previewExpression>\n" : "";
  return detail::labels_xml(layer) + "<aliases>" + aliases + "</aliases>\n" + preview;
}

std::string source_of(const ProjectSources& sources, const ProjectLayer& layer) {
  return "./" + sources.database + "|layername=" + layer.layer->name;
}

const char* geometry_name(const GeometryKind kind) {
  switch (kind) {
    case GeometryKind::point:
      return "Point";
    case GeometryKind::multi_line:
      return "Line";
    case GeometryKind::multi_polygon:
      return "Polygon";
    case GeometryKind::none:
      break;
  }
  return "No geometry";
}

std::string style_manager(const ProjectSources& sources, const ProjectLayer& layer, const std::string& shared,
                          const std::string& labels) {
  if (layer.views.empty()) {
    return {};
  }
  std::string styles = fmt::format("<map-layer-style name=\"{}\"/>\n", xml_escape(layer.style_names.front()));
  for (std::size_t k = 1; k < layer.views.size(); ++k) {
    styles += fmt::format("<map-layer-style name=\"{}\"><qgis version=\"3.22.0\" styleCategories=\"AllStyleCategories\" "
                          "{}>{}{}</qgis></map-layer-style>\n",
                          xml_escape(layer.style_names[k]), labels, inside(sources.styles[layer.views[k]].qml), shared);
  }
  return fmt::format("<map-layer-style-manager current=\"{}\">\n{}</map-layer-style-manager>\n",
                     xml_escape(layer.style_names.front()), styles);
}

std::string layer_xml(const ProjectSources& sources, const ProjectFrame& frame, const ProjectLayer& layer) {
  const std::string shared = shared_style(*layer.layer, sources.language);
  const std::string labels =
      fmt::format("labelsEnabled=\"{}\"", detail::labels_xml(*layer.layer).empty() ? 0 : 1);
  return fmt::format(
             "<maplayer type=\"vector\" geometry=\"{}\" styleCategories=\"AllStyleCategories\" {} "
             "hasScaleBasedVisibilityFlag=\"0\" simplifyDrawingHints=\"1\" simplifyDrawingTol=\"1\" simplifyMaxScale=\"1\" "
             "simplifyLocal=\"1\" readOnly=\"0\">\n<id>{}</id>\n<datasource>{}</datasource>\n<layername>{}</layername>\n"
             "<srs>{}</srs>\n<provider encoding=\"UTF-8\">ogr</provider>\n",
             geometry_name(layer.layer->geometry), labels, layer.id, xml_escape(source_of(sources, layer)),
             xml_escape(layer.name.in(sources.language)), detail::crs_xml(frame.layers_crs)) +
         style_manager(sources, layer, shared, labels) +
         (layer.views.empty() ? "" : inside(sources.styles[layer.views.front()].qml)) + shared + "</maplayer>\n";
}

/// Legends of layouts show the names of layers, not of the groups they are kept in.
constexpr std::string_view kGroupUnseenInLegends =
    "<customproperties><Option type=\"Map\"><Option name=\"legend/title-style\" type=\"QString\" value=\"hidden\"/></Option>"
    "</customproperties>\n";

std::string tree_xml(const ProjectSources& sources, const ProjectPlan& plan) {
  std::string tree = "<layer-tree-group>\n";
  for (std::size_t group = 0; group < detail::kProjectGroups; ++group) {
    std::string layers;
    bool visible = false;
    for (const ProjectLayer& layer : plan.layers) {
      if (layer.group != static_cast<ProjectGroup>(group)) {
        continue;
      }
      visible = visible || layer.is_visible;
      layers += fmt::format(
          "<layer-tree-layer id=\"{}\" name=\"{}\" providerKey=\"ogr\" source=\"{}\" checked=\"Qt::{}\" expanded=\"{}\" "
          "legend_exp=\"\"/>\n",
          layer.id, xml_escape(layer.name.in(sources.language)), xml_escape(source_of(sources, layer)),
          layer.is_visible ? "Checked" : "Unchecked", layer.is_visible ? 1 : 0);
    }
    if (!layers.empty()) {
      tree += fmt::format("<layer-tree-group name=\"{}\" checked=\"Qt::Checked\" expanded=\"{}\">\n{}{}</layer-tree-group>\n",
                          xml_escape(detail::group_title(static_cast<ProjectGroup>(group)).in(sources.language)),
                          visible ? 1 : 0, kGroupUnseenInLegends, layers);
    }
  }
  return tree + "</layer-tree-group>\n";
}

std::string themes_xml(const ProjectPlan& plan) {
  std::string themes;
  for (const detail::ProjectTheme& theme : plan.themes) {
    std::string shown;
    for (const detail::ProjectTheme::Shown& one : theme.shown) {
      const ProjectLayer& layer = plan.layers[one.layer];
      shown += fmt::format("<layer id=\"{}\" style=\"{}\" visible=\"1\" expanded=\"1\"/>\n", layer.id,
                           xml_escape(layer.style_names[one.style]));
    }
    themes += fmt::format("<visibility-preset name=\"{}\" has-expanded-info=\"1\">\n{}</visibility-preset>\n",
                          xml_escape(theme.name), shown);
  }
  return "<visibility-presets>\n" + themes + "</visibility-presets>\n";
}

std::string extent_xml(const ProjectFrame& frame) {
  if (frame.extent.empty()) {
    return {};
  }
  constexpr double kScreen = 1.4;
  const Box shown = detail::framed(frame.extent, kScreen);
  return fmt::format(
      "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units><extent><xmin>{0}</xmin>"
      "<ymin>{1}</ymin><xmax>{2}</xmax><ymax>{3}</ymax></extent><rotation>0</rotation><destinationsrs>{4}</destinationsrs>"
      "</mapcanvas>\n<ProjectViewSettings UseProjectScales=\"0\"><Scales/><DefaultViewExtent xmin=\"{0}\" ymin=\"{1}\" "
      "xmax=\"{2}\" ymax=\"{3}\">{4}</DefaultViewExtent></ProjectViewSettings>\n",
      shown.min_x, shown.min_y, shown.max_x, shown.max_y, detail::crs_xml(frame.crs));
}

/// When features with a time are there: the temporal controller goes from the first hour to the last.
std::optional<detail::TimeSpan> span_of(const ProjectSources& sources) {
  for (const LayerView& view : sources.document.views) {
    const auto layer = std::ranges::find(sources.layers.layers, view.layer, &Layer::name);
    if (view.time && layer != sources.layers.layers.end()) {
      if (auto span = detail::time_span(*layer, view.time->begin_field, view.time->end_field)) {
        return span;
      }
    }
  }
  return std::nullopt;
}

std::string time_xml(const std::optional<detail::TimeSpan>& span) {
  if (!span) {
    return {};
  }
  return fmt::format(
      "<ProjectTimeSettings cumulativeTemporalRange=\"0\" timeStepUnit=\"h\" timeStep=\"1\" frameRate=\"2\"><TemporalRange>"
      "<start>{}Z</start><end>{}Z</end></TemporalRange></ProjectTimeSettings>\n",
      span->begin, span->end);
}

std::string properties_xml(const std::optional<detail::TimeSpan>& span) {
  const std::string controller =
      !span ? ""
            : fmt::format("<TemporalControllerWidget><StartDateTime type=\"QString\">{}Z</StartDateTime>"
                          "<EndDateTime type=\"QString\">{}Z</EndDateTime></TemporalControllerWidget>",
                          span->begin, span->end);
  return "<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths><SpatialRefSys>"
         "<ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys><Measurement>"
         "<DistanceUnits type=\"QString\">km</DistanceUnits><AreaUnits type=\"QString\">km2</AreaUnits></Measurement>" +
         controller + "</properties>\n";
}

}  // namespace

std::string qgis_project(const ProjectSources& sources) {
  if (sources.styles.size() != sources.document.views.size()) {
    throw ArgumentError(fmt::format("qgis_project: {} styles for {} views", sources.styles.size(),
                                    sources.document.views.size()));
  }
  const ProjectPlan plan = detail::plan_project(sources.layers, sources.document, sources.language);
  const ProjectFrame frame = detail::project_frame(sources.layers);
  const std::optional<detail::TimeSpan> span = span_of(sources);
  std::string layers;
  std::string order;
  for (const ProjectLayer& layer : plan.layers) {
    layers += layer_xml(sources, frame, layer);
    order += fmt::format("<layer id=\"{}\"/>\n", layer.id);
  }
  const std::string title = xml_escape(sources.document.title);
  std::string project{kDocumentType};
  project += fmt::format("<qgis version=\"3.22.0\" projectname=\"{0}\">\n<homePath path=\"\"/>\n<title>{0}</title>\n", title);
  project += "<projectCrs>" + detail::crs_xml(frame.crs) + "</projectCrs>\n" + tree_xml(sources, plan) +
             extent_xml(frame) + "<projectlayers>\n" + layers + "</projectlayers>\n<layerorder>\n" + order +
             "</layerorder>\n" + properties_xml(span) + themes_xml(plan) +
             detail::layouts_xml(frame, sources.document, sources.language) + time_xml(span) + "</qgis>\n";
  return project;
}

void write_qgis_project(const std::filesystem::path& file, const ProjectSources& sources) {
  CheckedFile written{file};
  written.write(zip_archive(file.stem().string() + ".qgs", qgis_project(sources)));
  written.close();
}

}  // namespace maillage
