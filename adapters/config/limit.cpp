#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/config/study.hpp"

namespace maillage {
namespace {

struct Unit {
  std::string_view name;
  CostUnit unit;
  double factor;
};

constexpr std::array kUnits{Unit{"km", CostUnit::metres, 1000}, Unit{"m", CostUnit::metres, 1},
                            Unit{"min", CostUnit::seconds, 60}, Unit{"mn", CostUnit::seconds, 60},
                            Unit{"h", CostUnit::seconds, 3600}, Unit{"s", CostUnit::seconds, 1}};

const std::vector<std::pair<OutputFormat, std::string>>& formats() {
  static const std::vector<std::pair<OutputFormat, std::string>> names{
      {OutputFormat::geopackage, "gpkg"},       {OutputFormat::geojson, "geojson"}, {OutputFormat::shapefile, "shapefile"},
      {OutputFormat::flatgeobuf, "flatgeobuf"}, {OutputFormat::csv, "csv"},         {OutputFormat::csv_excel, "csv-excel"},
      {OutputFormat::qgis, "qgis"},             {OutputFormat::pmtiles, "pmtiles"},
      {OutputFormat::page, "carte"},              {OutputFormat::report, "rapport"}};
  return names;
}

}  // namespace

std::optional<Limit> parse_limit(const std::string_view text) {
  std::string number;
  std::size_t i = 0;
  for (; i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) != 0 || text[i] == ',' || text[i] == '.');
       ++i) {
    number.push_back(text[i] == ',' ? '.' : text[i]);
  }
  std::string_view unit = text.substr(i);
  while (!unit.empty() && unit.front() == ' ') {
    unit.remove_prefix(1);
  }
  while (!unit.empty() && unit.back() == ' ') {
    unit.remove_suffix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || number.empty()) {
    return std::nullopt;
  }
  for (const Unit& known : kUnits) {
    if (unit == known.name) {
      const double scaled = std::round(value * known.factor);
      if (scaled < 1 || scaled > 100'000'000) {
        return std::nullopt;
      }
      return Limit{.unit = known.unit, .value = static_cast<Cost>(scaled)};
    }
  }
  return std::nullopt;
}

std::optional<OutputFormat> parse_output_format(const std::string_view name) {
  for (const auto& [format, known] : formats()) {
    if (known == name) {
      return format;
    }
  }
  return std::nullopt;
}

std::vector<OutputFormat> default_output_formats() {
  return {OutputFormat::page,    OutputFormat::report,    OutputFormat::geopackage,
          OutputFormat::geojson, OutputFormat::csv_excel, OutputFormat::qgis};
}

void require_formats_fit(const std::vector<OutputFormat>& formats) {
  const auto has = [&](const OutputFormat format) { return std::ranges::find(formats, format) != formats.end(); };
  if (has(OutputFormat::qgis) && !has(OutputFormat::geopackage)) {
    throw StudyError(Text{.french = "formats : « qgis » est un projet qui ouvre le GeoPackage ; ajoutez « gpkg ».",
                          .english = "formats: 'qgis' is a project that opens the GeoPackage; add 'gpkg'."});
  }
}

std::string output_format_name(const OutputFormat format) {
  for (const auto& [known, name] : formats()) {
    if (known == format) {
      return name;
    }
  }
  return {};
}

const std::vector<std::string>& output_format_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [format, name] : formats()) {
      all.push_back(name);
    }
    return all;
  }();
  return names;
}

}  // namespace maillage
