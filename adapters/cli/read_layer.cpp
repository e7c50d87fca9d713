#include "adapters/cli/read_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "adapters/csv/read_csv.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/gdal/read_vector.hpp"
#include "adapters/geojson/read_geojson.hpp"
#include "adapters/icalendar/read_icalendar.hpp"
#include "adapters/proj/crs.hpp"
#include "engine/structures/dated_presences.hpp"

namespace maillage {
namespace {

std::string extension_of(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](const unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

Reading<FeatureTable> read_by_extension(const std::filesystem::path& file, const LayerHints& hints) {
  const std::string extension = extension_of(file);
  if (extension == ".csv" || extension == ".txt" || extension == ".tsv") {
    return read_csv(file, {.encoding = hints.encoding, .delimiter = hints.delimiter});
  }
  if (extension == ".ics") {
    CalendarOptions options = hints.calendar;
    options.encoding = hints.encoding;
    return read_icalendar(file, options);
  }
  if (extension == ".geojson" || extension == ".json") {
    return read_geojson(file);
  }
  if (extension == ".shp" || extension == ".gpkg" || extension == ".fgb") {
    return read_vector(file, {.layer = hints.layer, .crs = hints.crs, .encoding = hints.encoding});
  }
  throw InputError(Text{
      .french = fmt::format(
          "{} : format inconnu. Formats lus : .csv, .geojson, .shp, .gpkg, .fgb, .ics. Une feuille de calcul s'enregistre en CSV.",
          file.string()),
      .english =
          fmt::format("{}: unknown format. Formats read: .csv, .geojson, .shp, .gpkg, .fgb, .ics. A spreadsheet is saved as CSV.",
                      file.string())});
}

}  // namespace

Reading<FeatureTable> read_layer(const std::filesystem::path& file, const LayerHints& hints) {
  require_readable_file(file);
  Reading<FeatureTable> reading = read_by_extension(file, hints);
  const bool has_geometry = reading.value.geometry != FeatureTable::Geometry::none;
  if (has_geometry && !hints.crs.empty()) {
    reading.value.crs = describe_crs(hints.crs, file.string());
  }
  if (hints.presences.empty() && reading.value.format != kCalendarFormat) {
    return reading;
  }
  // A calendar's own long events are believed; its reader has cut them to the days asked.
  constexpr std::int32_t kAnyDays = 400 * 366;
  Reading<FeatureTable> places = places_of_presences(
      reading.value, hints.presences.empty()
                         ? PresenceColumns{.begin = kEventBegin, .end = kEventEnd, .most_days = kAnyDays}
                         : PresenceColumns{.begin = hints.presences.front(), .end = hints.presences.back()});
  const auto append = [](std::vector<RowNote>& to, std::vector<RowNote>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(places.rejections, reading.rejections);
  append(places.repairs, reading.repairs);
  places.repairs.push_back({.source = places.value.source,
                            .row = {},
                            .key = {},
                            .column = {},
                            .value = {},
                            .reason = "presences_of_places",
                            .detail = fmt::format("{} / {} -> {}", places.rows_in,
                                                  places.rows_in + static_cast<std::int64_t>(places.rejections.size()),
                                                  places.value.rows())});
  places.rows_in = static_cast<std::int64_t>(places.value.rows() + places.rejections.size());
  return places;
}

}  // namespace maillage
