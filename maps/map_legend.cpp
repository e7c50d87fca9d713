#include "maps/map_legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/survey/table.hpp"
#include "maps/svg_parts.hpp"
#include "maps/text_measure.hpp"

namespace maillage::detail {

namespace {

constexpr double kHeadingSize = 3.1;
constexpr double kLabelSize = 2.8;
constexpr double kNoteSize = 2.4;
constexpr double kSwatchWidth = 6;
constexpr double kSwatchHeight = 3.6;
constexpr double kLineStep = 1.25;  // of the size
constexpr double kTextLeft = kSwatchWidth + 2;
constexpr double kScaleBarMm = 34;

std::string number(const double value, const Language language) {
  return to_text(rounded_number(value, 0), language);
}

LegendRow text_row(const LegendRow::Kind kind, const std::string& text, const double size, const double width) {
  LegendRow row{.kind = kind, .lines = wrapped(text, size, width, kind == LegendRow::Kind::heading)};
  row.height_mm = static_cast<double>(row.lines.size()) * size * kLineStep + (kind == LegendRow::Kind::heading ? 1.4 : 1);
  row.space_above_mm = kind == LegendRow::Kind::heading ? 2.4 : 0;
  return row;
}

LegendRow symbol_row(const ViewClass& one, const Language language, const double column_mm) {
  LegendRow row = text_row(LegendRow::Kind::symbol, one.label.in(language), kLabelSize, column_mm - kTextLeft);
  row.symbol = one.symbol;
  row.height_mm = std::max(row.height_mm, kSwatchHeight + 1);
  return row;
}

void add_view(std::vector<LegendRow>& rows, const LegendView& of, const Language language, const double column_mm) {
  const LayerView& view = *of.view;
  const std::size_t heading = rows.size();
  for (std::size_t k = 0; k < view.classes.size(); ++k) {
    if (view.classes[k].holds == ViewClass::Holds::interval || (k < of.used.size() && of.used[k] != 0)) {
      rows.push_back(symbol_row(view.classes[k], language, column_mm));
    }
  }
  const bool has_circles = view.circles && view.circles->largest_value > 0;
  if (has_circles) {
    LegendRow row{.kind = LegendRow::Kind::circles, .circles = &*view.circles};
    row.values = reference_values(view.circles->largest_value);
    row.lines = {of.unit};
    row.height_mm = view.circles->largest_mm * std::sqrt(row.values.front() / view.circles->largest_value) + 4;
    rows.push_back(std::move(row));
  }
  if (rows.size() == heading) {
    return;
  }
  // One line that says what its heading says needs none.
  const std::string title = has_circles ? view.circles->legend.in(language) : view.legend.in(language);
  const std::size_t lines = rows.size() - heading;
  const bool says_it = lines == 1 && !has_circles && rows.back().lines == wrapped(title, kLabelSize, column_mm - kTextLeft);
  if (says_it || title.empty()) {
    rows[heading].space_above_mm = 2.4;
  } else {
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(heading),
                text_row(LegendRow::Kind::heading, title, kHeadingSize, column_mm));
  }
  if (!view.note.in(language).empty()) {
    rows.push_back(text_row(LegendRow::Kind::note, view.note.in(language), kNoteSize, column_mm));
  }
}

std::string swatch(const Symbol& symbol, const double x, const double y) {
  switch (symbol.kind) {
    case Symbol::Kind::fill:
      return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} stroke=\"#767676\" stroke-width=\"0.15\"/>\n",
                         short_number(x), short_number(y), kSwatchWidth, kSwatchHeight,
                         paint("fill", symbol.colour, symbol.opacity));
    case Symbol::Kind::hatch: {
      std::string path;
      for (int k = 0; k < 4; ++k) {
        path += fmt::format("M{} {}l{} -{}", short_number(x + k * 1.5), short_number(y + kSwatchHeight), 1.5, kSwatchHeight);
      }
      return fmt::format("<path d=\"M{} {}h{}v{}h-{}z{}\" fill=\"none\"{} stroke-width=\"0.3\"/>\n", short_number(x),
                         short_number(y), kSwatchWidth, kSwatchHeight, kSwatchWidth, path,
                         paint("stroke", symbol.colour, symbol.opacity));
    }
    case Symbol::Kind::outline:
    case Symbol::Kind::line:
      return fmt::format("<path d=\"M{} {}h{}\" fill=\"none\"{} stroke-width=\"{}\"/>\n", short_number(x),
                         short_number(y + kSwatchHeight / 2), kSwatchWidth, paint("stroke", symbol.colour, symbol.opacity),
                         short_number(symbol.size_mm));
    case Symbol::Kind::marker:
      break;
  }
  return fmt::format("<path d=\"{}\"{} stroke=\"{}\" stroke-width=\"{}\"/>\n",
                     marker_path(symbol.shape, x + kSwatchWidth / 2, y + kSwatchHeight / 2, std::max(symbol.size_mm, 2.0)),
                     paint("fill", symbol.colour, symbol.opacity), symbol.border, short_number(symbol.border_mm));
}

/// Reference circles one inside the other on one foot, each with a line to its value.
std::string circles_of(const LegendRow& row, const double x, const double y, const Language language) {
  const ProportionalCircles& circles = *row.circles;
  const auto radius = [&](const double value) { return circles.largest_mm / 2 * std::sqrt(value / circles.largest_value); };
  const double widest = radius(row.values.front());
  const double foot = y + row.height_mm - 2;
  const double text_x = x + 2 * widest + 3.5;
  double lowest = foot + 1;  // texts must not lie on one another, however small the circles
  std::string svg;
  for (std::size_t k = row.values.size(); k-- > 0;) {
    const double r = radius(row.values[k]);
    const double top = std::min(foot - 2 * r, lowest - kLabelSize * 1.05);
    lowest = top;
    svg += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\" stroke=\"#404040\" stroke-width=\"0.2\"/>\n",
                       short_number(x + widest), short_number(foot - r), short_number(r));
    svg += fmt::format("<path d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"#767676\" stroke-width=\"0.12\"/>\n",
                       short_number(x + widest), short_number(foot - 2 * r), short_number(text_x - 0.8), short_number(top));
    svg += svg_text(text_x, top + kLabelSize * 0.35, kLabelSize,
                    number(row.values[k], language) + (row.lines.front().empty() ? "" : "\u00a0" + row.lines.front()));
  }
  return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n", short_number(x + widest), short_number(foot - widest),
                     short_number(widest), paint("fill", circles.colour, circles.opacity)) +
         svg;
}

std::string north_arrow(const double x, const double y) {
  return fmt::format("<path d=\"M{0} {1}l2 6-2-1.4-2 1.4z\" fill=\"#161616\"/>\n", short_number(x), short_number(y)) +
         svg_text(x, y + 9, 3, "N", "text-anchor=\"middle\" font-weight=\"bold\"");
}

std::string draw_row(const LegendRow& row, const double x, const double y, const LegendScale& scale,
                     const Language language) {
  std::string svg;
  const double size = row.kind == LegendRow::Kind::heading ? kHeadingSize
                      : row.kind == LegendRow::Kind::note  ? kNoteSize
                                                           : kLabelSize;
  switch (row.kind) {
    case LegendRow::Kind::circles:
      return circles_of(row, x, y, language);
    case LegendRow::Kind::scale:
      svg = draw_scale_bar(x, y + 4.5, scale.mm_per_m, kScaleBarMm, language) + north_arrow(x + kScaleBarMm + 12, y + 1.5);
      return scale.says_ratio ? svg + svg_text(x, y + 13.5, kNoteSize, row.lines.front()) : svg;
    case LegendRow::Kind::symbol:
      svg = swatch(row.symbol, x, y);
      break;
    case LegendRow::Kind::heading:
    case LegendRow::Kind::note:
      break;
  }
  const double left = x + (row.kind == LegendRow::Kind::symbol ? kTextLeft : 0);
  double baseline = y + size;
  for (const std::string& line : row.lines) {
    svg += svg_text(left, baseline, size, line, row.kind == LegendRow::Kind::heading ? "font-weight=\"bold\"" : "");
    baseline += size * kLineStep;
  }
  return svg;
}

/// First row of each column: columns are about as high as one another, and a heading stays with what follows.
std::vector<std::size_t> column_starts(const std::vector<LegendRow>& rows, const std::size_t columns) {
  double total = 0;
  for (const LegendRow& row : rows) {
    total += row.height_mm + row.space_above_mm;
  }
  std::vector<std::size_t> starts{0};
  double height = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const bool may_begin =
        rows[k].kind == LegendRow::Kind::heading || rows[k].kind == LegendRow::Kind::scale ||
        (k > 0 && rows[k].kind == LegendRow::Kind::symbol && rows[k - 1].kind != LegendRow::Kind::heading);
    if (starts.size() < columns && k > 0 && may_begin &&
        height + rows[k].height_mm / 2 > total / static_cast<double>(columns)) {
      starts.push_back(k);
      height = 0;
    }
    height += rows[k].height_mm + rows[k].space_above_mm;
  }
  return starts;
}

}  // namespace

double scale_bar_m(const double mm_per_m, const double mm) {
  const double wanted = mm / mm_per_m;
  const double power = std::pow(10, std::floor(std::log10(wanted)));
  for (const double step : {5.0, 2.0}) {
    if (step * power <= wanted) {
      return step * power;
    }
  }
  return power;
}

std::string draw_scale_bar(const double x, const double y, const double mm_per_m, const double mm, const Language language) {
  const double length_m = scale_bar_m(mm_per_m, mm);
  const double length = length_m * mm_per_m;
  const std::string label =
      length_m >= 1000 ? number(length_m / 1000, language) + "\u00a0km" : number(length_m, language) + "\u00a0m";
  return fmt::format(
             "<path d=\"M{0} {1}v1.4h{2}v-1.4M{3} {1}v1.4\" fill=\"none\" stroke=\"#161616\" stroke-width=\"0.3\"/>\n",
             short_number(x), short_number(y), short_number(length, 3), short_number(x + length / 2)) +
         svg_text(x, y + 4.6, kNoteSize, "0") + svg_text(x + length, y + 4.6, kNoteSize, label, "text-anchor=\"middle\"");
}

std::vector<double> reference_values(const double largest) {
  const auto rounded = [](const double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    const double digit = std::floor(value / power + 1e-9);
    return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
  };
  std::vector<double> values{rounded(largest)};
  for (const double share : {5.0, 25.0}) {
    const double value = rounded(values.front() / share);
    if (value >= 1 && value < values.back()) {
      values.push_back(value);
    }
  }
  return values;
}

std::string scale_ratio(const double mm_per_m, const Language language) {
  const double ratio = 1000 / mm_per_m;
  const double step = std::pow(10, std::floor(std::log10(ratio)) - 2);
  return "1\u00a0:\u00a0" + number(std::round(ratio / step) * step, language);
}

std::vector<LegendRow> legend_rows(const std::vector<LegendView>& views, const LegendScale& scale, const Language language,
                                   const double column_mm) {
  std::vector<LegendRow> rows;
  for (auto view = views.rbegin(); view != views.rend(); ++view) {
    add_view(rows, *view, language, column_mm);
  }
  LegendRow row{.kind = LegendRow::Kind::scale, .height_mm = scale.says_ratio ? 15.0 : 12.5, .space_above_mm = 3};
  row.lines = {(language == Language::french ? "Échelle " : "Scale ") + scale_ratio(scale.mm_per_m, language)};
  rows.push_back(std::move(row));
  return rows;
}

double legend_height(const std::vector<LegendRow>& rows, const std::size_t columns) {
  const std::vector<std::size_t> starts = column_starts(rows, columns);
  double highest = 0;
  for (std::size_t column = 0; column < starts.size(); ++column) {
    const std::size_t end = column + 1 < starts.size() ? starts[column + 1] : rows.size();
    double height = 0;
    for (std::size_t k = starts[column]; k < end; ++k) {
      height += rows[k].height_mm + (k == starts[column] ? 0 : rows[k].space_above_mm);
    }
    highest = std::max(highest, height);
  }
  return highest;
}

std::string draw_legend(const std::vector<LegendRow>& rows, const PageBox& box, const std::size_t columns,
                        const LegendScale& scale, const Language language) {
  const std::vector<std::size_t> starts = column_starts(rows, columns);
  std::string svg = "<g>\n";
  for (std::size_t column = 0; column < starts.size(); ++column) {
    const std::size_t end = column + 1 < starts.size() ? starts[column + 1] : rows.size();
    const double x = box.left + static_cast<double>(column) * box.width / static_cast<double>(columns);
    double y = box.top;
    for (std::size_t k = starts[column]; k < end; ++k) {
      y += k == starts[column] ? 0 : rows[k].space_above_mm;
      svg += draw_row(rows[k], x, y, scale, language);
      y += rows[k].height_mm;
    }
  }
  return svg + "</g>\n";
}

}  // namespace maillage::detail
