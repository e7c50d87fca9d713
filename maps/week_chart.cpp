#include "maps/week_chart.hpp"

#include <fmt/format.h>

#include <array>

#include "maps/qgis_symbols.hpp"
#include "maps/week_text.hpp"

namespace maillage {
namespace {

constexpr int kLeft = 92;
constexpr int kTop = 74;
constexpr int kHour = 24;
constexpr int kDay = 18;
constexpr int kPanelHead = 40;
constexpr int kPanelHeight = kPanelHead + 7 * kDay + 30;
constexpr int kWidth = kLeft + 24 * kHour + 24;

// ColorBrewer Blues on white, darker with more people; class 0 is nobody.
constexpr std::array<std::string_view, 6> kShades{"#ffffff", "#deebf7", "#9ecae1", "#6baed6", "#3182bd", "#08519c"};

std::size_t class_of(const std::int64_t people, const std::int64_t population) {
  if (people <= 0 || population <= 0) {
    return 0;
  }
  return 1 + static_cast<std::size_t>(std::min<std::int64_t>(people * 5 / population, 4));
}

std::string text_at(const double x, const double y, const std::string_view text, const std::string_view attributes = "") {
  return fmt::format("<text x=\"{:g}\" y=\"{:g}\"{}{}>{}</text>\n", x, y, attributes.empty() ? "" : " ", attributes,
                     detail::xml_escape(text));
}

std::string legend(const Language language) {
  const bool french = language == Language::french;
  const std::array<std::string, 6> labels{
      french ? "personne" : "nobody",           french ? "1 à 20 %" : "1-20 %", "20-40 %", "40-60 %", "60-80 %",
      french ? "80 % et plus" : "80 % and more"};
  std::string svg;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const int x = kLeft + static_cast<int>(k) * 98;
    svg += fmt::format("<rect x=\"{}\" y=\"44\" width=\"14\" height=\"14\" fill=\"{}\" stroke=\"#767676\"/>\n", x,
                       kShades.at(k));
    svg += text_at(x + 19, 56, labels.at(k));
  }
  return svg;
}

std::string panel_svg(const WeekPanel& panel, const std::int32_t step_minutes, const int top, const Language language) {
  const std::int32_t per_day = kMinutesPerDay / step_minutes;
  const double width = static_cast<double>(kHour) * step_minutes / 60;
  std::string svg = text_at(kLeft, top + 16, panel.name, "font-weight=\"bold\"");
  for (int hour = 0; hour <= 24; hour += 3) {
    svg += text_at(kLeft + hour * kHour, top + kPanelHead - 6, fmt::format("{} h", hour),
                   "text-anchor=\"middle\" fill=\"#404040\"");
  }
  for (std::int32_t day = 0; day < 7; ++day) {
    const int y = top + kPanelHead + day * kDay;
    svg += text_at(kLeft - 8, y + 13, day_name(day * kMinutesPerDay).in(language), "text-anchor=\"end\"");
    for (std::int32_t first = 0; first < per_day;) {
      const auto shade = [&](const std::int32_t moment) {
        return class_of(panel.share->profile[static_cast<std::size_t>(day * per_day + moment)], panel.share->population);
      };
      std::int32_t end = first + 1;
      while (end < per_day && shade(end) == shade(first)) {
        ++end;
      }
      if (shade(first) > 0) {
        svg += fmt::format("<rect x=\"{:g}\" y=\"{}\" width=\"{:g}\" height=\"{}\" fill=\"{}\"/>\n", kLeft + first * width,
                           y, (end - first) * width, kDay, kShades.at(shade(first)));
      }
      first = end;
    }
  }
  for (int day = 0; day <= 7; ++day) {
    svg += fmt::format("<path d=\"M{} {}h{}\" stroke=\"#bdbdbd\" stroke-width=\"0.5\"/>\n", kLeft,
                       top + kPanelHead + day * kDay, 24 * kHour);
  }
  for (int hour = 0; hour <= 24; hour += 3) {
    svg += fmt::format("<path d=\"M{} {}v{}\" stroke=\"#bdbdbd\" stroke-width=\"0.5\"/>\n", kLeft + hour * kHour,
                       top + kPanelHead, 7 * kDay);
  }
  return svg;
}

}  // namespace

std::string week_chart_svg(const std::span<const WeekPanel> panels, const std::int32_t step_minutes, const Text& title,
                           const Language language) {
  const bool french = language == Language::french;
  const int height = kTop + static_cast<int>(panels.size()) * kPanelHeight + 12;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "font-family=\"Marianne, Liberation Sans, Arial, sans-serif\" font-size=\"12\" fill=\"#161616\">\n<title>{2}</title>\n"
      "<desc>{3}</desc>\n<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      kWidth, height, detail::xml_escape(title.in(language)),
      french ? "Part des habitants servis, jour par jour et heure par heure ; les mêmes valeurs sont dans le tableau de la "
               "semaine."
             : "Share of inhabitants served, day by day and hour by hour; the same values are in the table of the week.");
  svg += text_at(12, 24, title.in(language), "font-size=\"16\" font-weight=\"bold\"");
  svg += legend(language);
  for (std::size_t k = 0; k < panels.size(); ++k) {
    svg += panel_svg(panels[k], step_minutes, kTop + static_cast<int>(k) * kPanelHeight, language);
  }
  return svg + "</svg>\n";
}

}  // namespace maillage
