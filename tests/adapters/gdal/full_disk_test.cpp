#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "adapters/gdal/write_layers.hpp"

namespace maillage {
namespace {

TEST(FullDisk, IsAnErrorInEveryFormat) {
  const auto folder = std::filesystem::temp_directory_path() / ("maillage_full_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  Layer layer;
  layer.name = "points";
  layer.geometry = GeometryKind::point;
  layer.fields = {{.name = "code", .short_name = "code", .type = FieldType::text, .unit = {}, .decimals = 0, .label = {}, .meaning = {}}};
  layer.columns.resize(1);
  for (int i = 0; i < 20'000; ++i) {
    layer.columns[0].push_back(std::to_string(i));
    layer.points.push_back(Point{700'000.0 + i, 6'600'000.0});
  }
  layer.points_lonlat = layer.points;
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t limit : {rlim_t{0}, rlim_t{5'000}, rlim_t{90'000}, rlim_t{110'000}}) {
    const rlimit small{.rlim_cur = limit, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string number = std::to_string(limit);
    EXPECT_THROW(write_geopackage(folder / (number + ".gpkg"), {.territory = {}, .plane = "EPSG:2154", .layers = {layer}}, {}), OutputError) << limit;
    EXPECT_THROW(write_flatgeobuf(folder / (number + ".fgb"), layer, "EPSG:2154"), OutputError) << limit;
    EXPECT_THROW((void)write_shapefile(folder / "", layer, "EPSG:2154"), OutputError) << limit;
    setrlimit(RLIMIT_FSIZE, &before);
  }
  std::signal(SIGXFSZ, handler);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace maillage
