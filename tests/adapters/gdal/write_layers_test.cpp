#include "adapters/gdal/write_layers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

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
  Layer layer{.name = "communes",
              .title = {"Communes", "Communes"},
              .geometry = GeometryKind::multi_polygon,
              .fields = {},
              .columns = {},
              .points = {},
              .lines = {},
              .areas = {},
              .points_lonlat = {},
              .lines_lonlat = {},
              .areas_lonlat = {}};
  layer.fields = {{.name = "code",
                   .short_name = "code",
                   .type = FieldType::text,
                   .unit = {},
                   .decimals = 0,
                   .label = {"Code", "Code"},
                   .meaning = {}},
                  {.name = "nom",
                   .short_name = "nom",
                   .type = FieldType::text,
                   .unit = {},
                   .decimals = 0,
                   .label = {"Nom", "Name"},
                   .meaning = {}},
                  {.name = "population",
                   .short_name = "population",
                   .type = FieldType::integer,
                   .unit = {},
                   .decimals = 0,
                   .label = {"Population", "P"},
                   .meaning = {}},
                  {.name = "part",
                   .short_name = "part",
                   .type = FieldType::real,
                   .unit = "%",
                   .decimals = 2,
                   .label = {"Part", "Share"},
                   .meaning = {}},
                  {.name = "couverte",
                   .short_name = "couverte",
                   .type = FieldType::boolean,
                   .unit = {},
                   .decimals = 0,
                   .label = {"Couverte", "C"},
                   .meaning = {}}};
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

LayerSet set_of(const Layer& layer) {
  return {.territory = "T", .plane = "EPSG:2154", .layers = {layer}};
}

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
  write_geopackage(
      folder_ / "a.gpkg", set_of(layer),
      std::vector<LayerStyle>{{.layer = "communes", .name = "L'été", .qml = "<qgis/>", .sld = {}, .is_default = true}});
  expect_read_back(folder_ / "a.gpkg");
  EXPECT_FALSE(fs::exists(folder_ / "a.gpkg-journal"));
  write_flatgeobuf(folder_ / "communes.fgb", layer, "EPSG:2154");
  expect_read_back(folder_ / "communes.fgb");
  EXPECT_TRUE(write_shapefile(folder_, layer, "EPSG:2154").empty());
  expect_read_back(folder_ / "communes.shp");
}

TEST_F(Layers, AreTheSameBytesTwice) {
  for (const char* run : {"1", "2"}) {
    fs::create_directories(folder_ / run);
    write_geopackage(
        folder_ / run / "a.gpkg", set_of(communes(50)),
        std::vector<LayerStyle>{{.layer = "communes", .name = "x", .qml = "<qgis/>", .sld = {}, .is_default = true}});
    write_flatgeobuf(folder_ / run / "communes.fgb", communes(50), "EPSG:2154");
    (void)write_shapefile(folder_ / run, communes(50), "EPSG:2154");
  }
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "1")) {
    EXPECT_EQ(bytes_of(entry.path()), bytes_of(folder_ / "2" / entry.path().filename())) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 7);
}

TEST_F(Layers, NumbersThatAreNoneAreRefusedByName) {
  Layer layer = communes();
  layer.columns[3][1] = std::numeric_limits<double>::quiet_NaN();
  const auto message = [&](const auto& write) -> std::string {
    try {
      write();
    } catch (const OutputError& error) {
      return error.message().english;
    }
    return {};
  };
  for (const std::string& found : {message([&] { write_geopackage(folder_ / "n.gpkg", set_of(layer), {}); }),
                                   message([&] { write_flatgeobuf(folder_ / "n.fgb", layer, "EPSG:2154"); }),
                                   message([&] { (void)write_shapefile(folder_, layer, "EPSG:2154"); })}) {
    EXPECT_NE(found.find("layer communes, field part, row 2: nan"), std::string::npos) << found;
  }
  Layer wide = communes();
  wide.columns[2][0] = std::int64_t{-1'234'567'890'123'456'789};
  const std::string found = message([&] { (void)write_shapefile(folder_, wide, "EPSG:2154"); });
  EXPECT_NE(found.find("field population has a value of 20 characters"), std::string::npos) << found;
  EXPECT_EQ(found.find("disk"), std::string::npos) << found;
}

TEST_F(Layers, FlatGeobufRefusesAMissingGeometryOfThoseWritten) {
  Layer layer = communes();
  layer.areas_lonlat.area_first = {0, 0, 1, 2};  // written: the composite plane has no single system
  layer.areas_lonlat.polygon_first.pop_back();
  layer.areas_lonlat.ring_first.pop_back();
  layer.areas_lonlat.vertices.resize(10);
  const auto left_out = write_flatgeobuf(folder_ / "degrees.fgb", layer, "EPSG:2154 + EPSG:5490 (+20000 km)");
  ASSERT_FALSE(left_out.empty());
  EXPECT_EQ(left_out.front().reason, "no_geometry");
  EXPECT_EQ(read_vector(folder_ / "degrees.fgb", {}).value.rows() + left_out.size(), layer.features());
  write_flatgeobuf(folder_ / "communes.fgb", layer, "EPSG:2154");  // in metres none is missing
  EXPECT_EQ(read_vector(folder_ / "communes.fgb").value.rows(), 3U);
}

TEST_F(Layers, CutLongTextsOnACharacterAndSaySo) {
  Layer layer = communes();
  layer.columns[1][0] = "a" + [] {
    std::string text;
    for (int i = 0; i < 200; ++i) {
      text += "é";
    }
    return text;
  }();
  const auto losses = write_shapefile(folder_, layer, "EPSG:2154");
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses.front().detail, "401 -> 253");
}

TEST_F(Layers, VerificationSeesAChangedValue) {
  Layer layer = communes();
  write_geopackage(folder_ / "a.gpkg", set_of(layer), {});
  const auto expect_seen = [&](const Layer& changed) {
    EXPECT_THROW(verify_written(folder_ / "a.gpkg", changed, "EPSG:2154"), OutputError);
  };
  verify_written(folder_ / "a.gpkg", layer, "EPSG:2154");
  Layer changed = layer;
  changed.columns[2][0] = std::int64_t{7};
  expect_seen(changed);
  changed = layer;
  changed.columns[1][1] = std::string{};  // empty is not null
  expect_seen(changed);
  changed = layer;
  changed.areas.vertices[2].x += 1e-4;
  expect_seen(changed);
  changed = layer;
  std::swap(changed.areas.vertices[2].x, changed.areas.vertices[2].y);
  expect_seen(changed);
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
    std::ofstream(folder_ / name)
        << "<OGRVRTDataSource><OGRVRTLayer "
           "name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    EXPECT_THROW((void)read_vector(folder_ / name), InputError);
  }
  for (const char* path : {"/vsicurl/http://x/a.shp", "http://x/a.shp", "{\"type\":1}.shp", "<x>.gpkg",
                           "/vsizip//a.zip/a.shp", "/dev/null", "/tmp", ""}) {
    EXPECT_THROW((void)read_vector(path), InputError) << path;
  }
  detail::register_drivers();
  EXPECT_EQ(GDALGetDriverCount(), 4);
}

/// For independent_readers.py: what other programs read of our files.
TEST(WrittenFiles, AreLeftForIndependentReaders) {
  if (std::getenv("MAILLAGE_WRITE_FOR_READERS") == nullptr) {
    GTEST_SKIP()
        << "run by adapters.written_files, before the readers";  // twice at once would pull the files away from them
  }
  const fs::path folder = fs::path{MAILLAGE_BINARY_DIR} / "tests" / "written";
  fs::remove_all(folder);
  fs::create_directories(folder);
  write_geopackage(
      folder / "communes.gpkg", set_of(communes(40)),
      std::vector<LayerStyle>{{.layer = "communes", .name = "style", .qml = "<qgis/>", .sld = {}, .is_default = true}});
  write_flatgeobuf(folder / "communes.fgb", communes(40), "EPSG:2154");
  EXPECT_TRUE(write_shapefile(folder, communes(40), "EPSG:2154").empty());
}

class Mutation : public ::testing::TestWithParam<const char*> {};

TEST_P(Mutation, IsRefusedOrEveryFeatureIsAccountedFor) {
  const fs::path folder = fs::temp_directory_path() / ("maillage_mutation_" + std::to_string(getpid()));
  fs::create_directories(folder);
  const std::string name = GetParam();
  const fs::path file = folder / (name == "communes.dbf" || name == "communes.shx" ? "communes.shp" : name);
  write_geopackage(folder / "communes.gpkg", set_of(communes(60)), {});
  write_flatgeobuf(folder / "communes.fgb", communes(60), "EPSG:2154");
  (void)write_shapefile(folder, communes(60), "EPSG:2154");
  const std::string whole = bytes_of(folder / name);
  std::mt19937 random{7};
  int lost = 0;
  for (int round = 0; round < 200; ++round) {
    std::string damaged = whole;
    damaged[random() % damaged.size()] = static_cast<char>(random());
    std::ofstream(folder / name, std::ios::binary) << damaged;
    try {
      const Reading<FeatureTable> reading = read_vector(file);
      const auto accounted = static_cast<std::int64_t>(reading.value.rows() + reading.rejections.size());
      EXPECT_EQ(accounted, reading.rows_in);
      lost += accounted < 60 ? 1 : 0;
    } catch (const InputError&) {
    }
  }
  EXPECT_EQ(lost, 0);
  fs::remove_all(folder);
}
INSTANTIATE_TEST_SUITE_P(Bytes, Mutation,
                         ::testing::Values("communes.gpkg", "communes.fgb", "communes.shp", "communes.shx", "communes.dbf"));

TEST_F(Layers, WithoutTheirSidecarsAreToldApart) {
  (void)write_shapefile(folder_, communes(), "EPSG:2154");
  fs::remove(folder_ / "communes.cpg");
  std::string dbf = bytes_of(folder_ / "communes.dbf");
  for (std::size_t at = dbf.find("Vœuil"); at != std::string::npos; at = dbf.find("Vœuil")) {
    dbf.replace(at, 6, "V\xe9\xe8uil");  // é and è in Windows-1252, as many bytes
  }
  std::ofstream(folder_ / "communes.dbf", std::ios::binary) << dbf;
  const auto reading = read_vector(folder_ / "communes.shp");
  EXPECT_EQ(reading.value.encoding, "windows-1252");
  EXPECT_TRUE(std::string{reading.value.cells.at(0, 1)}.starts_with("Véèuil"));
  fs::remove(folder_ / "communes.prj");
  EXPECT_THROW((void)read_vector(folder_ / "communes.shp"), InputError);
  EXPECT_EQ(read_vector(folder_ / "communes.shp", {.layer = {}, .crs = "EPSG:2154", .encoding = {}}).value.rows(), 3U);
}

TEST_F(Layers, OfSeveralAreListed) {
  LayerSet set = set_of(communes());
  set.layers.push_back(communes());
  set.layers.back().name = "zones";
  set.layers.back().title = {"Zones", "Zones"};
  write_geopackage(folder_ / "a.gpkg", set, {});
  try {
    (void)read_vector(folder_ / "a.gpkg");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(error.message().french.find("communes, zones"), std::string::npos);
  }
  EXPECT_EQ(read_vector(folder_ / ".." / folder_.filename() / "a.gpkg", {.layer = "zones", .crs = {}, .encoding = {}})
                .value.rows(),
            3U);
}

}  // namespace
}  // namespace maillage
