#include "adapters/gdal/write_layers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "adapters/gdal/gdal_session.hpp"
#include "adapters/gdal/read_vector.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

class Layers : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path folder_ = fs::temp_directory_path() / ("maillage_layers_" + std::to_string(getpid()));
};

Layer communes(const int rows = 3) {
  Layer layer{.name = "communes", .title = {"Communes", "Communes"}, .geometry = GeometryKind::multi_polygon, .fields = {}, .columns = {},
              .points = {}, .lines = {}, .areas = {}, .points_lonlat = {}, .lines_lonlat = {}, .areas_lonlat = {}};
  layer.fields = {{.name = "code", .short_name = "code", .type = FieldType::text, .unit = {}, .decimals = 0, .label = {"Code", "Code"}, .meaning = {}},
                  {.name = "nom", .short_name = "nom", .type = FieldType::text, .unit = {}, .decimals = 0, .label = {"Nom", "Name"}, .meaning = {}},
                  {.name = "population", .short_name = "population", .type = FieldType::integer, .unit = {}, .decimals = 0, .label = {"Population", "P"}, .meaning = {}},
                  {.name = "part", .short_name = "part", .type = FieldType::real, .unit = "%", .decimals = 2, .label = {"Part", "Share"}, .meaning = {}},
                  {.name = "couverte", .short_name = "couverte", .type = FieldType::boolean, .unit = {}, .decimals = 0, .label = {"Couverte", "C"}, .meaning = {}}};
  layer.columns.resize(5);
  for (int i = 0; i < rows; ++i) {
    layer.columns[0].push_back(std::string{"0100"} + std::to_string(i));
    layer.columns[1].push_back(i == 1 ? Value{} : Value{std::string{"Vœuil-et-L’Haÿ €"}});
    layer.columns[2].push_back(i == 2 ? Value{} : Value{std::int64_t{1'234'567'890'123}});
    layer.columns[3].push_back(12.34 + i);
    layer.columns[4].push_back(i % 2 == 0);
    const double x = 700'000 + i * 10;
    layer.areas.add_ring(std::vector<Point>{{x, 6.6e6}, {x + 10, 6.6e6}, {x + 10, 6.6e6 + 10}, {x, 6.6e6 + 10}, {x, 6.6e6}});
    layer.areas.end_polygon();
    layer.areas.end_area();
  }
  layer.areas_lonlat = layer.areas;
  return layer;
}

LayerSet set_of(const Layer& layer) { return {.territory = "T", .plane = "EPSG:2154", .layers = {layer}}; }

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_read_back(const fs::path& file) {
  const Reading<FeatureTable> reading = read_vector(file);
  EXPECT_EQ(reading.rows_in, 3);
  EXPECT_EQ(reading.value.crs.definition, "EPSG:2154");
  ASSERT_EQ(reading.value.rows(), 3U);
  EXPECT_EQ(reading.value.geometry, FeatureTable::Geometry::areas);
  EXPECT_EQ(reading.value.encoding, "UTF-8");
  bool seen = false;
  for (std::size_t row = 0; row < 3; ++row) {
    if (reading.value.cells.at(row, *reading.value.find_column("code")) == "01000") {
      seen = true;
      EXPECT_EQ(reading.value.cells.at(row, 1), "Vœuil-et-L’Haÿ €");
      EXPECT_EQ(reading.value.cells.at(row, 2), "1234567890123");
      EXPECT_EQ(reading.value.cells.at(row, 3), "12.34");
    }
  }
  EXPECT_TRUE(seen);
}

TEST_F(Layers, SurviveEveryFormat) {
  const Layer layer = communes();
  write_geopackage(folder_ / "a.gpkg", set_of(layer), std::vector<LayerStyle>{{.layer = "communes", .name = "L'été", .qml = "<qgis/>", .sld = {}, .is_default = true}});
  expect_read_back(folder_ / "a.gpkg");
  EXPECT_FALSE(fs::exists(folder_ / "a.gpkg-journal"));
  write_flatgeobuf(folder_ / "communes.fgb", layer, "EPSG:2154");
  expect_read_back(folder_ / "communes.fgb");
  EXPECT_TRUE(write_shapefile(folder_, layer, "EPSG:2154").empty());
  expect_read_back(folder_ / "communes.shp");
}

TEST_F(Layers, AreTheSameBytesTwice) {
  write_geopackage(folder_ / "a.gpkg", set_of(communes()), {});
  write_geopackage(folder_ / "b.gpkg", set_of(communes()), {});
  EXPECT_EQ(bytes_of(folder_ / "a.gpkg"), bytes_of(folder_ / "b.gpkg"));
}

TEST_F(Layers, CutLongTextsOnACharacterAndSaySo) {
  Layer layer = communes();
  layer.columns[1][0] = "a" + [] { std::string text; for (int i = 0; i < 200; ++i) { text += "é"; } return text; }();
  const auto losses = write_shapefile(folder_, layer, "EPSG:2154");
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses.front().detail, "401 -> 253");
}

TEST_F(Layers, VerificationSeesAChangedValue) {
  Layer layer = communes();
  write_geopackage(folder_ / "a.gpkg", set_of(layer), {});
  layer.columns[2][0] = std::int64_t{7};
  EXPECT_THROW(verify_written(folder_ / "a.gpkg", layer, "EPSG:2154"), OutputError);
}

TEST_F(Layers, AreNotReadWhenCutShort) {
  const Layer layer = communes(400);
  write_geopackage(folder_ / "a.gpkg", set_of(layer), {});
  write_flatgeobuf(folder_ / "communes.fgb", layer, "EPSG:2154");
  (void)write_shapefile(folder_, layer, "EPSG:2154");
  for (const char* name : {"a.gpkg", "communes.fgb", "communes.shp", "communes.dbf"}) {
    const std::string whole = bytes_of(folder_ / name);
    for (int cut = 0; cut < 20; ++cut) {
      std::ofstream(folder_ / name, std::ios::binary) << whole.substr(0, whole.size() * static_cast<std::size_t>(cut) / 20);
      const std::string read = std::string_view{name} == "communes.dbf" ? "communes.shp" : name;
      EXPECT_THROW((void)read_vector(folder_ / read), InputError) << name << ' ' << cut;
    }
    std::ofstream(folder_ / name, std::ios::binary) << whole;
  }
}

TEST_F(Layers, OtherFormatsUnderTheirNamesAreRefused) {
  for (const char* name : {"evil.shp", "evil.gpkg", "evil.fgb"}) {
    std::ofstream(folder_ / name) << "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    EXPECT_THROW((void)read_vector(folder_ / name), InputError);
  }
  for (const char* path : {"/vsicurl/http://x/a.shp", "http://x/a.shp", "{\"type\":1}.shp", "<x>.gpkg", "/vsizip//a.zip/a.shp", "/dev/null", "/tmp", ""}) {
    EXPECT_THROW((void)read_vector(path), InputError) << path;
  }
  detail::register_drivers();
  EXPECT_EQ(GDALGetDriverCount(), 4);
}

}  // namespace
}  // namespace maillage
