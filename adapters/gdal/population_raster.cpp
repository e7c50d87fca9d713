#include "adapters/gdal/population_raster.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "adapters/gdal/gdal_session.hpp"
#include "adapters/proj/crs.hpp"

namespace maillage {
namespace {

constexpr std::int64_t kMostPixels = 400'000'000;

[[noreturn]] void fail(const std::filesystem::path& file, const Text& why) {
  throw InputError(Text{.french = fmt::format("{} : {}", file.string(), why.french),
                        .english = fmt::format("{}: {}", file.string(), why.english)});
}

}  // namespace

Reading<PopulationPoints> read_population_raster(const std::filesystem::path& file, const std::string& crs) {
  detail::register_drivers();
  const std::filesystem::path path = detail::checked_input_path(file);
  const detail::CplErrors errors;
  const std::array<const char*, 2> drivers{"GTiff", nullptr};
  const detail::DatasetHandle dataset{
      GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_INTERNAL, drivers.data(), nullptr, nullptr)};
  std::array<double, 6> place{};
  if (!dataset || GDALGetRasterCount(dataset.get()) < 1 || GDALGetGeoTransform(dataset.get(), place.data()) != CE_None) {
    fail(file, {.french = "pas un GeoTIFF géoréférencé", .english = "not a georeferenced GeoTIFF"});
  }
  const int width = GDALGetRasterXSize(dataset.get());
  const int height = GDALGetRasterYSize(dataset.get());
  const std::string system = crs.empty() ? GDALGetProjectionRef(dataset.get()) : crs;
  if (static_cast<std::int64_t>(width) * height > kMostPixels) {
    fail(file, {.french = "plus de 400 millions de pixels", .english = "more than 400 million pixels"});
  }
  if (system.empty()) {
    fail(file, {.french = "pas de système de coordonnées ; indiquez crs = \"EPSG:...\"",
                .english = "no coordinate system; give crs = \"EPSG:...\""});
  }
  GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
  int has_nodata = 0;
  const double nodata = GDALGetRasterNoDataValue(band, &has_nodata);
  Reading<PopulationPoints> reading;
  reading.value.crs = describe_crs(system, file.string());
  reading.value.grid.source = file.filename().string();
  std::vector<double> row(static_cast<std::size_t>(width));
  double carried = 0;
  for (int y = 0; y < height; ++y) {
    if (GDALRasterIO(band, GF_Read, 0, y, width, 1, row.data(), width, 1, GDT_Float64, 0, 0) != CE_None) {
      fail(file, {.french = "fichier incomplet : " + errors.message(), .english = "incomplete file: " + errors.message()});
    }
    for (int x = 0; x < width; ++x) {
      const double value = row[static_cast<std::size_t>(x)];
      if ((has_nodata != 0 && value == nodata) || std::isnan(value) || value == 0) {
        continue;
      }
      if (!(value > 0 && value < 1e9)) {
        fail(file, {.french = fmt::format("population impossible : {} (pixel {}, {})", value, x + 1, y + 1),
                    .english = fmt::format("impossible population: {} (pixel {}, {})", value, x + 1, y + 1)});
      }
      ++reading.rows_in;
      carried += value;
      const auto whole = static_cast<std::int64_t>(std::floor(carried + 0.5));
      if (whole > 0) {
        carried -= static_cast<double>(whole);
        reading.value.grid.points.push_back({place[0] + (x + 0.5) * place[1] + (y + 0.5) * place[2],
                                             place[3] + (x + 0.5) * place[4] + (y + 0.5) * place[5]});
        reading.value.grid.population.push_back(whole);
        reading.value.grid.rows.push_back(static_cast<std::int64_t>(y) * width + x + 1);
      }
    }
  }
  const auto points = static_cast<std::int64_t>(reading.value.grid.points.size());
  if (points < reading.rows_in) {
    reading.repairs.push_back({.source = reading.value.grid.source,
                               .row = {},
                               .key = {},
                               .column = {},
                               .value = {},
                               .reason = "fractions_carried",
                               .detail = fmt::format("{} -> {}", reading.rows_in, points)});
  }
  return reading;
}

}  // namespace maillage
