#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "adapters/gdal/write_layers.hpp"

namespace maillage {
namespace {

Layer many_points() {
  Layer layer;
  layer.name = "points";
  layer.geometry = GeometryKind::point;
  layer.fields = {{.name = "code",
                   .short_name = "code",
                   .type = FieldType::text,
                   .unit = {},
                   .decimals = 0,
                   .label = {},
                   .meaning = {}}};
  layer.columns.resize(1);
  for (int i = 0; i < 20'000; ++i) {
    layer.columns[0].push_back(std::to_string(i));
    layer.points.push_back(Point{700'000.0 + i, 6'600'000.0});
  }
  layer.points_lonlat = layer.points;
  return layer;
}

TEST(FullDisk, IsAnErrorInEveryFormat) {
  const auto folder = std::filesystem::temp_directory_path() / ("maillage_full_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const Layer layer = many_points();
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t limit : {rlim_t{0}, rlim_t{5'000}, rlim_t{90'000}, rlim_t{110'000}}) {
    const rlimit small{.rlim_cur = limit, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string number = std::to_string(limit);
    EXPECT_THROW(
        write_geopackage(folder / (number + ".gpkg"), {.territory = {}, .plane = "EPSG:2154", .layers = {layer}}, {}),
        OutputError)
        << limit;
    EXPECT_THROW(write_flatgeobuf(folder / (number + ".fgb"), layer, "EPSG:2154"), OutputError) << limit;
    Layer named = layer;
    named.name = "points_" + number;
    EXPECT_THROW((void)write_shapefile(folder, named, "EPSG:2154"), OutputError) << limit;
    setrlimit(RLIMIT_FSIZE, &before);
  }
  std::signal(SIGXFSZ, handler);
  std::filesystem::remove_all(folder);
}

/// In a child with a mount of its own: 0 when every format failed as it must, 1 when one did not, 77 when nothing can be
/// mounted here.
int write_to_small_disk(const std::filesystem::path& folder, const Layer& layer) {
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return 77;
  }
  for (const char* size : {"size=4k", "size=64k", "size=200k"}) {
    for (const int format : {0, 1, 2}) {
      if (mount("tmpfs", folder.c_str(), "tmpfs", 0, size) != 0) {
        return 77;
      }
      bool failed = false;
      try {
        if (format == 0) {
          write_geopackage(folder / "a.gpkg", {.territory = {}, .plane = "EPSG:2154", .layers = {layer}}, {});
        } else if (format == 1) {
          write_flatgeobuf(folder / "a.fgb", layer, "EPSG:2154");
        } else {
          (void)write_shapefile(folder, layer, "EPSG:2154");
        }
      } catch (const OutputError&) {
        failed = true;
      }
      umount2(folder.c_str(), MNT_DETACH);
      if (!failed) {
        return 1;
      }
    }
  }
  return 0;
}

TEST(FullDisk, IsAnErrorOnARealSmallDisk) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "mounting needs root";
  }
  const auto folder = std::filesystem::temp_directory_path() / ("maillage_small_disk_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const pid_t child = fork();
  if (child == 0) {
    int result = 2;
    try {
      result = write_to_small_disk(folder, many_points());
    } catch (...) {
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) {
    GTEST_SKIP() << "no mount allowed here";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace maillage
