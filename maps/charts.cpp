#include "maps/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/survey/table.hpp"
#include "maps/svg_parts.hpp"
#include "maps/text_measure.hpp"

namespace maillage {
namespace {

using detail::short_number;
using detail::svg_text;

constexpr double kWidth = 174;
constexpr double kSize = 2.8;
constexpr const char* kNear = "#2c7fb8";
constexpr const char* kFar = "#d95f0e";
constexpr std::array kLineColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#404040"};
constexpr std::array kLineDashes{"", "2.5 1", "0.8 0.8", "4 1 0.8 1", "1.5 0.6"};

std::string line_at(const double x1, const double y1, const double x2, const double y2, const char* attributes) {
  return fmt::format("<path d=\"M{} {}L{} {}\" fill=\"none\" {}/>\n", short_number(x1), short_number(y1), short_number(x2),
                     short_number(y2), attributes);
}

std::string rectangle(const double x, const double y, const double width, const double height, const char* colour) {
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", short_number(x), short_number(y),
                     short_number(width), short_number(height), colour);
}

std::string percent_label(const int percent, const Language language) {
  return std::to_string(percent) + (language == Language::french ? "\u202f%" : "%");
}

/// A round step of an axis that reaches `largest` in three to six steps.
double axis_step(const double largest) {
  const double raw = std::max(largest, 1.0) / 4;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= raw) {
      return step * power;
    }
  }
  return 10 * power;
}

}  // namespace

std::string share_bars_svg(const std::span<const ShareBar> bars, const ChartTexts& texts) {
  constexpr double kRow = 7;
  double labels = 0;
  double values = 0;
  for (const ShareBar& bar : bars) {
    labels = std::max(labels, detail::text_width(bar.label, kSize));
    values = std::max(values, detail::text_width(bar.value, kSize));
  }
  const double left = std::min(labels, 66.0) + 3;
  const double scale = std::max(kWidth - left - values - 4, 20.0) / 100;
  std::string svg;
  double y = 2;
  for (const ShareBar& bar : bars) {
    const std::vector<std::string> lines = detail::wrapped(bar.label, kSize, 66);
    const double height = std::max(kRow, static_cast<double>(lines.size()) * kSize * 1.2 + 2);
    for (std::size_t k = 0; k < lines.size(); ++k) {
      const double shift = (static_cast<double>(k) - static_cast<double>(lines.size() - 1) / 2) * kSize * 1.2;
      svg += svg_text(left - 2, y + height / 2 + kSize * 0.35 + shift, kSize, lines[k], "text-anchor=\"end\"");
    }
    svg += rectangle(left, y + height / 2 - 2.2, 100 * scale, 4.4, "#eceff1");
    svg += rectangle(left, y + height / 2 - 2.2, std::clamp(bar.percent, 0.0, 100.0) * scale, 4.4, kNear);
    svg += svg_text(left + 100 * scale + 2, y + height / 2 + kSize * 0.35, kSize, bar.value);
    y += height;
  }
  svg += line_at(left, 1, left, y + 1, "stroke=\"#161616\" stroke-width=\"0.25\"");
  return detail::svg_open(kWidth, y + 2, texts.title, texts.description) + svg + "</svg>\n";
}

std::string lorenz_svg(const std::span<const LorenzLine> lines, const ChartTexts& texts, const Language language) {
  constexpr double kSide = 68;
  constexpr double kLeft = 18;
  constexpr double kTop = 3;
  const bool french = language == Language::french;
  std::string svg;
  for (int percent = 0; percent <= 100; percent += 25) {
    const double at = percent / 100.0 * kSide;
    svg += line_at(kLeft, kTop + at, kLeft + kSide, kTop + at, "stroke=\"#d0d0d0\" stroke-width=\"0.15\"");
    svg += line_at(kLeft + at, kTop, kLeft + at, kTop + kSide, "stroke=\"#d0d0d0\" stroke-width=\"0.15\"");
    svg += svg_text(kLeft - 1.5, kTop + kSide - at + 1, 2.5, percent_label(percent, language), "text-anchor=\"end\"");
    svg += svg_text(kLeft + at, kTop + kSide + 3.8, 2.5, percent_label(percent, language), "text-anchor=\"middle\"");
  }
  svg +=
      line_at(kLeft, kTop + kSide, kLeft + kSide, kTop, "stroke=\"#767676\" stroke-width=\"0.3\" stroke-dasharray=\"1 1\"");
  const double legend = kLeft + kSide + 10;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string stroke =
        fmt::format("stroke=\"{}\" stroke-width=\"0.55\"{}", kLineColours.at(k % kLineColours.size()),
                    std::string_view{kLineDashes.at(k % kLineDashes.size())}.empty()
                        ? ""
                        : fmt::format(" stroke-dasharray=\"{}\"", kLineDashes.at(k % kLineDashes.size())));
    std::string path;
    double last_x = -1;
    for (std::size_t p = 0; p < lines[k].points.size(); ++p) {
      const double x = lines[k].points[p].population_share * kSide;
      if (x - last_x >= 0.25 || p + 1 == lines[k].points.size()) {  // thousands of points are no clearer
        path += fmt::format("{}{} {}", path.empty() ? "M" : "L", short_number(kLeft + x),
                            short_number(kTop + kSide - lines[k].points[p].value_share * kSide));
        last_x = x;
      }
    }
    svg += fmt::format("<path d=\"{}\" fill=\"none\" {}/>\n", path, stroke);
    const double y = kTop + 6 + static_cast<double>(k) * 9;
    svg += line_at(legend, y, legend + 9, y, stroke.c_str());
    double text_y = y + 1;
    for (const std::string& line : detail::wrapped(lines[k].label, kSize, kWidth - legend - 12)) {
      svg += svg_text(legend + 11, text_y, kSize, line);
      text_y += kSize * 1.2;
    }
  }
  const double y = kTop + 6 + static_cast<double>(lines.size()) * 9;
  svg += line_at(legend, y, legend + 9, y, "stroke=\"#767676\" stroke-width=\"0.3\" stroke-dasharray=\"1 1\"");
  svg += svg_text(legend + 11, y + 1, kSize, french ? "Égalité entre habitants" : "Equality among inhabitants");
  svg += svg_text(kLeft + kSide / 2, kTop + kSide + 8.2, 2.6,
                  french ? "Part des habitants, du moins bien au mieux servi" : "Share of inhabitants, worst served first",
                  "text-anchor=\"middle\"");
  svg += fmt::format(
      "<text x=\"{0}\" y=\"{1}\" font-size=\"2.6\" text-anchor=\"middle\" transform=\"rotate(-90 {0} {1})\">{2}</text>\n",
      short_number(kLeft - 12), short_number(kTop + kSide / 2), french ? "Part de l’accès" : "Share of access");
  return detail::svg_open(kWidth, kTop + kSide + 10, texts.title, texts.description) + svg + "</svg>\n";
}

std::string cost_columns_svg(const std::span<const CostClass> classes, const ChartTexts& texts,
                             const std::string& axis_label, const Language language) {
  constexpr double kHeight = 42;
  constexpr double kLeft = 24;
  constexpr double kTop = 3;
  double largest = 0;
  for (const CostClass& one : classes) {
    largest = std::max(largest, one.amount);
  }
  const double step = axis_step(largest);
  const double top_value = std::max(step, std::ceil(largest / step) * step);
  const double column = (kWidth - kLeft - 4) / static_cast<double>(std::max<std::size_t>(classes.size(), 1));
  std::string svg;
  for (double value = 0; value <= top_value; value += step) {
    const double y = kTop + kHeight * (1 - value / top_value);
    svg += line_at(kLeft, y, kWidth - 4, y, "stroke=\"#d0d0d0\" stroke-width=\"0.15\"");
    svg += svg_text(kLeft - 1.5, y + 0.9, 2.5, to_text(rounded_number(value, 0), language), "text-anchor=\"end\"");
  }
  const std::size_t every = std::max<std::size_t>(1, classes.size() / 14);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const double height = kHeight * classes[k].amount / top_value;
    const double x = kLeft + static_cast<double>(k) * column;
    svg += rectangle(x + 0.3, kTop + kHeight - height, column - 0.6, height, classes[k].is_beyond ? kFar : kNear);
    if (k % every == 0) {
      svg += svg_text(x, kTop + kHeight + 3.6, 2.5, classes[k].label, "text-anchor=\"middle\"");
    }
    if (classes[k].is_beyond && (k == 0 || !classes[k - 1].is_beyond)) {
      svg +=
          line_at(x, kTop - 1, x, kTop + kHeight, "stroke=\"#161616\" stroke-width=\"0.35\" stroke-dasharray=\"1.4 0.8\"");
      const char* limit = language == Language::french ? "limite" : "limit";
      const bool has_room = x + 1 + detail::text_width(limit, 2.5) < kWidth;
      svg += svg_text(has_room ? x + 1 : x - 1, kTop + 1, 2.5, limit, has_room ? "" : "text-anchor=\"end\"");
    }
  }
  svg += line_at(kLeft, kTop + kHeight, kWidth - 4, kTop + kHeight, "stroke=\"#161616\" stroke-width=\"0.25\"");
  svg += svg_text(kLeft + (kWidth - kLeft - 4) / 2, kTop + kHeight + 8, 2.6, axis_label, "text-anchor=\"middle\"");
  return detail::svg_open(kWidth, kTop + kHeight + 10, texts.title, texts.description) + svg + "</svg>\n";
}

}  // namespace maillage
