#include "maps/svg_map.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/coverage/gap_shares.hpp"
#include "engine/survey/table.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/map_frames.hpp"
#include "maps/map_labels.hpp"
#include "maps/map_legend.hpp"
#include "maps/map_painter.hpp"
#include "maps/page_layout.hpp"
#include "maps/svg_parts.hpp"
#include "maps/text_measure.hpp"

namespace maillage {
namespace detail {
namespace {

constexpr double kTitleSize = 6;
constexpr double kQuestionSize = 3.8;
constexpr double kFootSize = 2.5;
constexpr double kFootStep = 3.3;
constexpr std::size_t kLargeTerritory = 10'000;  ///< communes

const Layer& layer_named(const LayerSet& layers, const std::string& name) {
  const auto found = std::ranges::find(layers.layers, name, &Layer::name);
  if (found == layers.layers.end()) {
    throw ArgumentError("MapDrawing: no layer named " + name);
  }
  return *found;
}

MapDrawing::DrawnView draw_view(const LayerView& view, const Layer& layer) {
  MapDrawing::DrawnView drawn{
      .view = &view, .layer = &layer, .classes = classes_of(view, layer), .boxes = feature_boxes(layer)};
  drawn.used.assign(view.classes.size(), 0);
  for (const auto& one : drawn.classes) {
    if (one) {
      drawn.used[*one] = 1;
    }
  }
  if (view.circles) {
    drawn.unit = layer.fields[field_position(layer, view.circles->field)].unit;
    drawn.anchors.resize(layer.features());
    for (std::size_t feature = 0; feature < layer.features(); ++feature) {
      if (layer.geometry == GeometryKind::point) {
        drawn.anchors[feature] = layer.points[feature];
      } else if (!drawn.boxes[feature].empty() && layer.geometry == GeometryKind::multi_polygon) {
        drawn.anchors[feature] = point_inside(layer.areas, AreaIndex{feature});
      }
    }
  }
  return drawn;
}

std::vector<MapDrawing::Town> towns_of(const LayerSet& layers) {
  std::vector<MapDrawing::Town> towns;
  const auto communes = std::ranges::find(layers.layers, layer_name(LayerKind::communes), &Layer::name);
  if (communes == layers.layers.end()) {
    return towns;
  }
  const auto& codes = communes->columns[field_position(*communes, "code")];
  const auto& names = communes->columns[field_position(*communes, "nom")];
  const auto& populations = communes->columns[field_position(*communes, "population")];
  for (std::size_t feature = 0; feature < communes->features(); ++feature) {
    const auto* population = std::get_if<std::int64_t>(&populations[feature]);
    const AreaIndex area{feature};
    if (population != nullptr && !bounding_box(communes->areas, area).empty()) {
      towns.push_back({.code = category_text(codes[feature]),
                       .name = category_text(names[feature]),
                       .population = *population,
                       .position = point_inside(communes->areas, area)});
    }
  }
  std::ranges::stable_sort(towns, [](const auto& a, const auto& b) { return a.population > b.population; });
  return towns;
}

std::string draw_towns(const std::vector<MapDrawing::Town>& towns, const MapFrame& frame, const std::size_t most,
                       const std::string& first_code = "") {
  std::vector<LabelCandidate> candidates;
  for (const MapDrawing::Town& town : towns) {
    if (frame.plane.contains(town.position)) {
      // The commune that a sheet is about comes before any town.
      const std::int64_t rank = town.code == first_code ? std::int64_t{1} << 40 : town.population;
      candidates.push_back({.name = town.name, .population = rank, .position = frame.on_page(town.position)});
    }
    if (candidates.size() > 4 * most && first_code.empty()) {
      break;
    }
  }
  return draw_labels(place_labels(std::move(candidates), frame.page, most, frame.is_inset ? 2.4 : 3));
}

/// Around what is cut out of a larger whole.
std::string draw_edge(const PageBox& box) {
  return fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#8c8c8c\" stroke-width=\"0.2\"/>\n",
      short_number(box.left), short_number(box.top), short_number(box.width), short_number(box.height));
}

std::string draw_inset(const MapFrame& frame, const Language language) {
  const PageBox& box = frame.page;
  // Name and scale stand above the frame, where they hide nothing.
  const double length_m = scale_bar_m(frame.mm_per_m, 11);
  const double bar = length_m * frame.mm_per_m;
  const double right = box.left + box.width;
  const std::string length = to_text(rounded_number(length_m / 1000, length_m < 1000 ? 1 : 0), language) + "\u00a0km";
  return svg_text(box.left, box.top - 1, 2.6, frame.label) +
         fmt::format("<path d=\"M{} {}v1h{}v-1\" fill=\"none\" stroke=\"#161616\" stroke-width=\"0.25\"/>\n",
                     short_number(right - bar), short_number(box.top - 2), short_number(bar, 3)) +
         svg_text(right - bar - 1, box.top - 1, 2.2, length, "text-anchor=\"end\"");
}

std::string draw_frames(const std::vector<MapDrawing::DrawnView>& views, const std::vector<MapDrawing::Town>& towns,
                        const PageLayout& layout, const MapFigure& how) {
  std::string svg;
  for (std::size_t k = 0; k < layout.frames.size(); ++k) {
    const MapFrame& frame = layout.frames[k];
    svg += paint_frame(views, frame,
                       {.identifier = fmt::format("{}_{}", how.identifier, k),
                        .clips = frame.is_inset || how.window,
                        .highlighted = how.highlighted,
                        .circle_scale = frame.is_inset ? 0.7 : 1});
    svg += draw_towns(towns, frame, frame.is_inset ? 2 : how.labels, how.highlighted);
    if (frame.is_inset || how.window) {
      svg += draw_edge(frame.page);
    }
    if (frame.is_inset) {
      svg += draw_inset(frame, how.language);
    }
  }
  return svg;
}

std::vector<LegendView> legend_views(const std::vector<MapDrawing::DrawnView>& views) {
  std::vector<LegendView> list;
  for (const MapDrawing::DrawnView& view : views) {
    list.push_back({.view = view.view, .unit = view.unit, .used = view.used});
  }
  return list;
}

std::string data_line(const MapDocument& document, const Language language) {
  const std::string& date = document.data_date.in(language);
  return date.empty() ? "" : (language == Language::french ? "Données : " : "Data: ") + date + ".";
}

std::vector<std::string> foot_lines(const MapDocument& document, const Language language, const double width) {
  std::string sources;
  for (const Text& source : document.sources) {
    sources += (sources.empty() ? "" : " ; ") + source.in(language);
  }
  const bool french = language == Language::french;
  std::string line = sources.empty() ? "" : (french ? "Sources : " : "Sources: ") + sources + ". ";
  line += data_line(document, language);
  line += french ? " Carte : Maillage." : " Map: Maillage.";
  return wrapped(line, kFootSize, width);
}

/// "Hauts-de-France · Où sont les structures ?"
std::string subtitle(const MapDocument& document, const MapView& map, const Language language) {
  const std::string& question = map.question.in(language);
  return document.territory + (document.territory.empty() || question.empty() ? "" : " · ") + question;
}

std::string draw_head(const MapDocument& document, const MapView& map, const Language language, const PageLayout& layout) {
  const double width = layout.width_mm - 2 * kPageMarginMm;
  double y = kPageMarginMm + 4.6;
  std::string svg;
  for (const std::string& line : wrapped(map.title.in(language), kTitleSize, width, true)) {
    svg += svg_text(kPageMarginMm, y, kTitleSize, line, "font-weight=\"bold\"");
    y += kTitleSize * 1.15;
  }
  for (const std::string& line : wrapped(subtitle(document, map, language), kQuestionSize, width)) {
    svg += svg_text(kPageMarginMm, y, kQuestionSize, line, "fill=\"#3a3a3a\"");
    y += kQuestionSize * 1.25;
  }
  return svg;
}

double head_height(const MapDocument& document, const MapView& map, const Language language, const double width) {
  return static_cast<double>(wrapped(map.title.in(language), kTitleSize, width, true).size()) * kTitleSize * 1.15 +
         static_cast<double>(wrapped(subtitle(document, map, language), kQuestionSize, width).size()) * kQuestionSize *
             1.25 +
         4;
}

}  // namespace
}  // namespace detail

MapDrawing::MapDrawing(const MapDocument& document, const LayerSet& layers, const MapView& map)
    : document_(&document), layers_(&layers), map_(&map), towns_(detail::towns_of(layers)) {
  for (const std::string& name : map.views) {
    const LayerView& view = document.view(name);
    views_.push_back(detail::draw_view(view, detail::layer_named(layers, view.layer)));
  }
}

std::string MapDrawing::page(const MapPage& page) const {
  const std::vector<detail::MapPart> parts = detail::map_parts(*layers_);
  if (parts.empty()) {
    throw ArgumentError("MapDrawing::page: nothing of the layers has a place");
  }
  const PaperSize paper = page.paper.value_or(towns_.size() >= detail::kLargeTerritory ? PaperSize::a3 : PaperSize::a4);
  const double short_side = paper == PaperSize::a3 ? 297 : 210;
  const double long_side = paper == PaperSize::a3 ? 420 : 297;
  const double narrowest = short_side - 2 * detail::kPageMarginMm;
  const std::vector<detail::LegendView> legends = detail::legend_views(views_);
  const detail::PageWords words{
      .head_mm = detail::head_height(*document_, *map_, page.language, narrowest),
      .foot_mm =
          static_cast<double>(detail::foot_lines(*document_, page.language, narrowest).size()) * detail::kFootStep + 4};
  const detail::PageLayout layout =
      detail::lay_out_page(parts, short_side, long_side, words, [&](const std::size_t columns, const double width) {
        return detail::legend_height(detail::legend_rows(legends, {.mm_per_m = 1, .says_ratio = true}, page.language, width),
                                     columns);
      });
  const detail::LegendScale scale{.mm_per_m = layout.frames.front().mm_per_m, .says_ratio = true};
  const double column =
      layout.legend.width / static_cast<double>(layout.legend_columns) - (layout.legend_columns > 1 ? 6 : 0);
  const std::string title = map_->title.in(page.language);
  std::string svg = detail::svg_open(layout.width_mm, layout.height_mm, title, description(page.language));
  svg += detail::draw_head(*document_, *map_, page.language, layout);
  svg += detail::draw_frames(
      views_, towns_, layout,
      {.language = page.language, .identifier = map_->name, .labels = paper == PaperSize::a3 ? 36U : 22U});
  svg += detail::draw_legend(detail::legend_rows(legends, scale, page.language, column), layout.legend,
                             layout.legend_columns, scale, page.language);
  const std::vector<std::string> foot =
      detail::foot_lines(*document_, page.language, layout.width_mm - 2 * detail::kPageMarginMm);
  double y = layout.height_mm - detail::kPageMarginMm - static_cast<double>(foot.size() - 1) * detail::kFootStep;
  for (const std::string& line : foot) {
    svg += detail::svg_text(detail::kPageMarginMm, y, detail::kFootSize, line, "fill=\"#3a3a3a\"");
    y += detail::kFootStep;
  }
  return svg + "</svg>\n";
}

std::string MapDrawing::figure(const MapFigure& figure) const {
  std::vector<detail::MapPart> parts =
      figure.window ? std::vector<detail::MapPart>{{.box = *figure.window, .label = {}}} : detail::map_parts(*layers_);
  if (parts.empty()) {
    throw ArgumentError("MapDrawing::figure: nothing of the layers has a place");
  }
  const std::vector<detail::LegendView> legends = detail::legend_views(views_);
  const detail::PageLayout layout = detail::lay_out_figure(
      parts, figure.width_mm, figure.most_height_mm, [&](const std::size_t columns, const double width) {
        return detail::legend_height(detail::legend_rows(legends, {.mm_per_m = 1}, figure.language, width), columns);
      });
  const detail::LegendScale scale{.mm_per_m = layout.frames.front().mm_per_m};
  return detail::svg_open(layout.width_mm, layout.height_mm, map_->title.in(figure.language), description(figure.language)) +
         detail::draw_frames(views_, towns_, layout, figure) +
         detail::draw_legend(detail::legend_rows(legends, scale, figure.language, layout.legend.width), layout.legend, 1,
                             scale, figure.language) +
         "</svg>\n";
}

std::string MapDrawing::description(const Language language) const {
  const bool french = language == Language::french;
  std::string text = french ? fmt::format("Carte « {} »", map_->title.french) : fmt::format("Map '{}'", map_->title.english);
  text += document_->territory.empty() ? "" : (french ? ", territoire : " : ", territory: ") + document_->territory;
  text += ".";
  for (const DrawnView& view : views_) {
    std::string classes;
    for (std::size_t k = 0; k < view.view->classes.size(); ++k) {
      const auto count = std::ranges::count(view.classes, std::optional{k});
      if (count > 0 && view.view->classes.size() > 1) {
        classes += fmt::format("{}{}{}{}", classes.empty() ? "" : " ; ", view.view->classes[k].label.in(language),
                               french ? "\u00a0: " : ": ", to_text(TableCell{static_cast<std::int64_t>(count)}, language));
      }
    }
    if (!classes.empty()) {
      text += fmt::format(" {} ({}).", view.view->legend.in(language), classes);
    }
  }
  return text;
}

}  // namespace maillage
