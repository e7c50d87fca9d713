#include "maps/map_painter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "maps/field_dictionary.hpp"
#include "maps/hatch_lines.hpp"
#include "maps/page_outlines.hpp"
#include "maps/svg_parts.hpp"

namespace maillage::detail {

namespace {

using DrawnView = MapDrawing::DrawnView;

constexpr std::int32_t kHatchSpacing = 26;  // grid steps: 1.3 mm
// Borders are thinner around small areas, which they would hide; the smallest are drawn a little larger than they are.
constexpr double kLargeMm2 = 12;
constexpr double kSmallMm2 = 1.5;

std::string steps(const double mm) {
  return short_number(mm / kGridMm);
}

/// Areas of views whose borders may be shared: all but those drawn from discs.
bool shares_borders(const Layer& layer) {
  return layer.geometry == GeometryKind::multi_polygon && layer.name != layer_name(LayerKind::geometric_gaps);
}

class FramePainter {
 public:
  FramePainter(const std::span<const DrawnView> views, const MapFrame& frame, const FramePaint& how)
      : views_(views), frame_(frame), how_(how), outlines_(shared_rings()) {}

  [[nodiscard]] std::string paint_all() const {
    std::string svg;
    for (const DrawnView& view : views_) {
      svg += areas_and_lines(view);
    }
    svg += highlighted_commune();
    for (const DrawnView& view : views_) {
      svg += circles(view);
    }
    for (const DrawnView& view : views_) {
      svg += markers(view);
    }
    return svg;
  }

 private:
  [[nodiscard]] bool is_visible(const DrawnView& view, const std::size_t feature) const {
    return !view.boxes[feature].empty() && overlap(view.boxes[feature], frame_.plane);
  }

  [[nodiscard]] GridRing on_grid(const std::span<const Point> closed) const {
    GridRing ring;
    ring.reserve(closed.size());
    for (const Point& point : closed) {
      ring.push_back(frame_.on_grid(point));
    }
    return without_repeats(std::move(ring));
  }

  [[nodiscard]] std::vector<GridRing> rings_of(const Layer& layer, const std::size_t feature) const {
    std::vector<GridRing> rings;
    const auto range = layer.areas.rings_of(AreaIndex{feature});
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      rings.push_back(on_grid(layer.areas.ring(ring)));
    }
    return rings;
  }

  [[nodiscard]] std::vector<GridRing> shared_rings() const {
    std::vector<GridRing> rings;
    std::vector<const Layer*> seen;
    for (const DrawnView& view : views_) {
      if (!shares_borders(*view.layer) || std::ranges::find(seen, view.layer) != seen.end()) {
        continue;
      }
      seen.push_back(view.layer);
      for (std::size_t feature = 0; feature < view.boxes.size(); ++feature) {
        if (is_visible(view, feature)) {
          std::ranges::move(rings_of(*view.layer, feature), std::back_inserter(rings));
        }
      }
    }
    return rings;
  }

  /// Rings of a feature as they are drawn. One that is too small to be seen becomes a square of a step, once.
  [[nodiscard]] std::vector<GridRing> drawn_rings(const Layer& layer, const std::size_t feature) const {
    std::vector<GridRing> rings = rings_of(layer, feature);
    const GridPoint somewhere = rings.empty() || rings.front().empty() ? GridPoint{} : rings.front().front();
    if (shares_borders(layer)) {
      for (GridRing& ring : rings) {
        ring = outlines_.simplified(ring);
      }
    } else {
      const PageOutlines own{rings};
      for (GridRing& ring : rings) {
        ring = own.simplified(ring);
      }
    }
    const bool had_any = !rings.empty();
    std::erase_if(rings, [](const GridRing& ring) { return ring.size() < 3; });
    if (rings.empty() && had_any) {
      rings.push_back({somewhere, {somewhere.x + 1, somewhere.y}, {somewhere.x + 1, somewhere.y + 1}});
    }
    if (how_.clips) {
      const GridBox box = box_to_draw();
      for (GridRing& ring : rings) {
        ring = clipped(std::move(ring), box);
      }
      std::erase_if(rings, [](const GridRing& ring) { return ring.size() < 3; });
    }
    return rings;
  }

  /// The frame, and as much around it that lines along the cut are not seen.
  [[nodiscard]] GridBox box_to_draw() const {
    constexpr double kAroundMm = 2;
    const auto at = [](const double mm) { return static_cast<std::int32_t>(std::lround(mm / kGridMm)); };
    const PageBox& page = frame_.page;
    return {{at(page.left - kAroundMm), at(page.top - kAroundMm)},
            {at(page.left + page.width + kAroundMm), at(page.top + page.height + kAroundMm)}};
  }

  [[nodiscard]] double page_mm2(const Layer& layer, const std::size_t feature) const {
    return surface(layer.areas, AreaIndex{feature}) * frame_.mm_per_m * frame_.mm_per_m;
  }

  [[nodiscard]] std::string areas_and_lines(const DrawnView& view) const {
    std::string svg;
    for (std::size_t k = 0; k < view.view->classes.size(); ++k) {
      const Symbol& symbol = view.view->classes[k].symbol;
      if (view.layer->geometry == GeometryKind::multi_polygon) {
        svg += symbol.kind == Symbol::Kind::fill ? filled(view, k, symbol) : outlined(view, k, symbol);
      } else if (view.layer->geometry == GeometryKind::multi_line) {
        svg += lines(view, k, symbol);
      }
    }
    return svg.empty() ? svg : fmt::format("<g transform=\"scale({})\">\n{}</g>\n", kGridMm, svg);
  }

  /// Features of a class in three groups by their size on the page, each with its border.
  [[nodiscard]] std::string filled(const DrawnView& view, const std::size_t k, const Symbol& symbol) const {
    std::array<std::string, 3> groups;
    for (std::size_t feature = 0; feature < view.classes.size(); ++feature) {
      if (view.classes[feature] == k && is_visible(view, feature)) {
        std::string path;
        for (const GridRing& ring : drawn_rings(*view.layer, feature)) {
          append_path(path, ring);
        }
        const double size = page_mm2(*view.layer, feature);
        const std::size_t group = size > kLargeMm2 ? 0 : size > kSmallMm2 ? 1 : 2;
        groups.at(group) += path.empty() ? "" : fmt::format("<path d=\"{}\"/>\n", path);
      }
    }
    const std::array<double, 3> widths{std::max(symbol.border_mm, 0.1), std::max(symbol.border_mm / 2, 0.06), 0.06};
    std::string svg;
    for (std::size_t group = 0; group < groups.size(); ++group) {
      const bool own_colour = group == 2 && symbol.border_mm < 0.2;
      svg += groups.at(group).empty()
                 ? ""
                 : fmt::format(
                       "<g fill-rule=\"evenodd\"{} stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\">\n{}</g>\n",
                       paint("fill", symbol.colour, symbol.opacity), own_colour ? symbol.colour : symbol.border,
                       steps(widths.at(group)), groups.at(group));
    }
    return svg;
  }

  /// Outlines and hatchings.
  [[nodiscard]] std::string outlined(const DrawnView& view, const std::size_t k, const Symbol& symbol) const {
    std::string path;
    std::string hatching;
    for (std::size_t feature = 0; feature < view.classes.size(); ++feature) {
      if (view.classes[feature] != k || !is_visible(view, feature)) {
        continue;
      }
      const std::vector<GridRing> rings = drawn_rings(*view.layer, feature);
      for (const GridRing& ring : rings) {
        append_path(path, ring);
      }
      if (symbol.kind == Symbol::Kind::hatch) {
        for (const GridLine& line : hatch_lines(rings, kHatchSpacing)) {
          hatching += fmt::format("M{} {}L{} {}", line.from.x, line.from.y, line.to.x, line.to.y);
        }
      }
    }
    if (path.empty()) {
      return {};
    }
    const bool hatch = symbol.kind == Symbol::Kind::hatch;
    const std::string line = hatch ? symbol.border : symbol.colour;
    const double width = hatch ? symbol.border_mm : symbol.size_mm;
    std::string svg = fmt::format("<path d=\"{}\" fill=\"none\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"/>\n", path,
                                  paint("stroke", line, symbol.opacity), steps(width * how_.circle_scale));
    if (!hatching.empty()) {
      svg += fmt::format("<path d=\"{}\" fill=\"none\"{} stroke-width=\"{}\"/>\n", hatching,
                         paint("stroke", symbol.colour, symbol.opacity), steps(0.25));
    }
    return svg;
  }

  [[nodiscard]] std::string lines(const DrawnView& view, const std::size_t k, const Symbol& symbol) const {
    std::string path;
    const LineSet& set = view.layer->lines;
    for (std::size_t feature = 0; feature < view.classes.size(); ++feature) {
      if (view.classes[feature] != k || !is_visible(view, feature)) {
        continue;
      }
      for (auto line = set.feature_first[feature]; line < set.feature_first[feature + 1]; ++line) {
        append_line(path, on_grid(set.line(line)));
      }
    }
    return path.empty() ? ""
                        : fmt::format(
                              "<path d=\"{}\" fill=\"none\"{} stroke-width=\"{}\" stroke-linecap=\"round\" "
                              "stroke-linejoin=\"round\"/>\n",
                              path, paint("stroke", symbol.colour, symbol.opacity), steps(symbol.size_mm));
  }

  [[nodiscard]] std::string highlighted_commune() const {
    for (const DrawnView& view : views_) {
      const auto code = std::ranges::find(view.layer->fields, "code", &Field::name);
      if (how_.highlighted.empty() || !shares_borders(*view.layer) || code == view.layer->fields.end()) {
        continue;
      }
      const auto& codes = view.layer->columns[static_cast<std::size_t>(code - view.layer->fields.begin())];
      for (std::size_t feature = 0; feature < codes.size(); ++feature) {
        if (category_text(codes[feature]) == how_.highlighted) {
          std::string path;
          for (const GridRing& ring : drawn_rings(*view.layer, feature)) {
            append_path(path, ring);
          }
          return fmt::format(
              "<g transform=\"scale({0})\" fill=\"none\" stroke-linejoin=\"round\">\n<path d=\"{1}\" "
              "stroke=\"#ffffff\" stroke-width=\"{2}\"/>\n<path d=\"{1}\" stroke=\"#161616\" "
              "stroke-width=\"{3}\"/>\n</g>\n",
              kGridMm, path, steps(1.4), steps(0.7));
        }
      }
    }
    return {};
  }

  /// Large circles first, so that small ones lie on top.
  [[nodiscard]] std::string circles(const DrawnView& view) const {
    if (!view.view->circles || view.view->circles->largest_value <= 0) {
      return {};
    }
    const ProportionalCircles& of = *view.view->circles;
    std::vector<std::pair<double, Point>> drawn;
    const std::vector<Value>& values = view.layer->columns[field_position(*view.layer, of.field)];
    for (std::size_t feature = 0; feature < values.size(); ++feature) {
      const auto* whole = std::get_if<std::int64_t>(&values[feature]);
      const auto* real = std::get_if<double>(&values[feature]);
      const double value = whole != nullptr ? static_cast<double>(*whole) : real != nullptr ? *real : 0;
      if (value > 0 && view.classes[feature] && view.anchors[feature] && is_visible(view, feature)) {
        drawn.emplace_back(value, frame_.on_page(*view.anchors[feature]));
      }
    }
    std::ranges::sort(
        drawn, [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    std::string svg;
    for (const auto& [value, place] : drawn) {
      const double radius = of.largest_mm / 2 * std::sqrt(value / of.largest_value) * how_.circle_scale;
      svg += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", short_number(place.x), short_number(place.y),
                         short_number(std::max(radius, 0.12)));
    }
    return svg.empty() ? svg
                       : fmt::format("<g{} stroke=\"{}\" stroke-width=\"0.12\">\n{}</g>\n",
                                     paint("fill", of.colour, of.opacity), of.border, svg);
  }

  [[nodiscard]] std::string markers(const DrawnView& view) const {
    std::string svg;
    if (view.layer->geometry != GeometryKind::point) {
      return svg;
    }
    for (std::size_t k = 0; k < view.view->classes.size(); ++k) {
      const Symbol& symbol = view.view->classes[k].symbol;
      const double size = symbol.size_mm * how_.circle_scale;
      std::string paths;
      for (std::size_t feature = 0; feature < view.classes.size(); ++feature) {
        if (view.classes[feature] == k && is_visible(view, feature)) {
          const Point place = frame_.on_page(*view.layer->points[feature]);
          paths += symbol.shape == MarkerShape::circle
                       ? fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", short_number(place.x),
                                     short_number(place.y), short_number(size / 2))
                       : fmt::format("<path d=\"{}\"/>\n", marker_path(symbol.shape, place.x, place.y, size));
        }
      }
      svg += paths.empty() ? ""
                           : fmt::format("<g{} stroke=\"{}\" stroke-width=\"{}\">\n{}</g>\n",
                                         paint("fill", symbol.colour, symbol.opacity), symbol.border,
                                         short_number(symbol.border_mm * how_.circle_scale), paths);
    }
    return svg;
  }

  std::span<const DrawnView> views_;
  const MapFrame& frame_;
  const FramePaint& how_;
  PageOutlines outlines_;
};

}  // namespace

std::string paint_frame(const std::span<const MapDrawing::DrawnView> views, const MapFrame& frame, const FramePaint& how) {
  const std::string painted = FramePainter{views, frame, how}.paint_all();
  if (!how.clips) {
    return "<g>\n" + painted + "</g>\n";
  }
  return fmt::format(
      "<clipPath id=\"{0}\"><rect x=\"{1}\" y=\"{2}\" width=\"{3}\" height=\"{4}\"/></clipPath>\n<g "
      "clip-path=\"url(#{0})\">\n{5}</g>\n",
      how.identifier, short_number(frame.page.left), short_number(frame.page.top), short_number(frame.page.width),
      short_number(frame.page.height), painted);
}

}  // namespace maillage::detail
