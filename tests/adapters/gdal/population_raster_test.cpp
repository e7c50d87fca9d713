#include "adapters/gdal/population_raster.hpp"

#include <gtest/gtest.h>
#include <ogr_srs_api.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <limits>
#include <numeric>
#include <vector>

#include "adapters/gdal/gdal_session.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

class Raster : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  /// 200 m pixels whose corner is (700 000, 6 600 000), in Lambert-93; -1 is no data.
  fs::path write(const std::vector<double>& values, const int width, const bool with_system = true,
                 const bool placed = true) const {
    detail::register_drivers();
    const fs::path file = folder_ / "population.tif";
    const int height = static_cast<int>(values.size()) / width;
    const detail::DatasetHandle dataset{
        GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), width, height, 1, GDT_Float64, nullptr)};
    std::array<double, 6> place{700'000, 200, 0, 6'600'000, 0, -200};
    if (placed) {
      GDALSetGeoTransform(dataset.get(), place.data());
    }
    if (with_system) {
      OGRSpatialReferenceH reference = OSRNewSpatialReference(nullptr);
      OSRImportFromEPSG(reference, 2154);
      GDALSetSpatialRef(dataset.get(), reference);
      OSRRelease(reference);
    }
    std::vector<double> copy = values;
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    GDALSetRasterNoDataValue(band, -1);
    EXPECT_EQ(GDALRasterIO(band, GF_Write, 0, 0, width, height, copy.data(), width, height, GDT_Float64, 0, 0), CE_None);
    return file;
  }
  const fs::path folder_ = fs::temp_directory_path() / ("maillage_raster_" + std::to_string(getpid()));
};

std::int64_t total(const PopulationGrid& grid) {
  return std::accumulate(grid.population.begin(), grid.population.end(), std::int64_t{0});
}

TEST_F(Raster, GivesTheMiddleOfPixels) {
  const auto reading = read_population_raster(write({10, 0, -1, 7}, 2));
  EXPECT_EQ(reading.rows_in, 2);
  EXPECT_TRUE(reading.repairs.empty());
  EXPECT_EQ(reading.value.crs.definition, "EPSG:2154");
  EXPECT_EQ(reading.value.grid.points, (std::vector<Point>{{700'100, 6'599'900}, {700'300, 6'599'700}}));
  EXPECT_EQ(reading.value.grid.population, (std::vector<std::int64_t>{10, 7}));
  EXPECT_EQ(reading.value.grid.rows, (std::vector<std::int64_t>{1, 4}));
}

TEST_F(Raster, KeepsTheTotalOfFractionsAndSaysSo) {
  std::vector<double> values;
  for (int i = 0; i < 1'000; ++i) {
    values.push_back(i % 3 == 0 ? std::numeric_limits<double>::quiet_NaN() : 0.1 + (i % 17) * 0.07);
  }
  double sum = 0;
  std::int64_t with_data = 0;
  for (const double value : values) {
    sum += value > 0 ? value : 0;
    with_data += value > 0 ? 1 : 0;
  }
  const auto reading = read_population_raster(write(values, 40));
  EXPECT_EQ(total(reading.value.grid), std::llround(sum));
  EXPECT_EQ(reading.rows_in, with_data);
  EXPECT_TRUE(reading.rejections.empty());
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs.front().reason, "fractions_carried");
  EXPECT_EQ(reading.repairs.front().detail,
            std::to_string(with_data) + " -> " + std::to_string(reading.value.grid.points.size()));
}

TEST_F(Raster, RefusesWhatIsNoPopulation) {
  EXPECT_THROW((void)read_population_raster(write({1, -5}, 2)), InputError);
  EXPECT_THROW((void)read_population_raster(write({1, std::numeric_limits<double>::infinity()}, 2)), InputError);
  EXPECT_THROW((void)read_population_raster(write({1, 2}, 2, false)), InputError);
  EXPECT_EQ(total(read_population_raster(write({1, 2}, 2, false), "EPSG:2154").value.grid), 3);
  EXPECT_THROW((void)read_population_raster(write({1, 2}, 2, true, false)), InputError);
  std::ofstream(folder_ / "text.tif") << "not a raster";
  EXPECT_THROW((void)read_population_raster(folder_ / "text.tif"), InputError);
  EXPECT_THROW((void)read_population_raster(folder_ / "absent.tif"), InputError);
}

}  // namespace
}  // namespace maillage
