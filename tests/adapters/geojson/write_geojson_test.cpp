#include "adapters/geojson/write_geojson.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "adapters/geojson/read_geojson.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/gate.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own, removed after it.
class WriteGeoJson : public ::testing::Test {
 protected:
  WriteGeoJson() : folder_(fs::temp_directory_path() / fmt::format("maillage_geojson_{}", getpid())) {
    fs::create_directories(folder_);
  }
  ~WriteGeoJson() override { fs::remove_all(folder_); }

  std::string written(const Layer& layer) {
    const fs::path file = folder_ / fmt::format("{}.geojson", number_++);
    write_geojson(file, layer);
    verify_geojson(file, layer);
    return text_of(file);
  }
  static std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
  int number_ = 0;
};
using WriteGeoJsonRealData = WriteGeoJson;

Field field(const std::string& name, const FieldType type, const int decimals = 0) {
  return {.name = name, .short_name = name, .type = type, .unit = {}, .decimals = decimals, .label = {}, .meaning = {}};
}

Layer points(const std::vector<std::optional<Point>>& positions) {
  Layer layer;
  layer.name = "lieux";
  layer.geometry = GeometryKind::point;
  layer.fields = {field("rang", FieldType::integer)};
  layer.columns.resize(1);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    layer.columns[0].push_back(static_cast<std::int64_t>(i));
  }
  layer.points_lonlat = positions;
  return layer;
}

using Rings = std::vector<std::vector<Point>>;

/// A feature per entry, which is a list of polygons.
Layer areas(const std::vector<std::vector<Rings>>& features) {
  Layer layer = points(std::vector<std::optional<Point>>(features.size()));
  layer.name = "communes";
  layer.geometry = GeometryKind::multi_polygon;
  layer.points_lonlat.clear();
  for (const auto& polygons : features) {
    for (const Rings& rings : polygons) {
      for (const auto& ring : rings) {
        layer.areas_lonlat.add_ring(ring);
      }
      layer.areas_lonlat.end_polygon();
    }
    layer.areas_lonlat.end_area();
  }
  return layer;
}

const std::vector<Point> kShell{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
const std::vector<Point> kHole{{2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}};

std::vector<Point> reversed(std::vector<Point> ring) {
  std::reverse(ring.begin(), ring.end());
  return ring;
}

TEST_F(WriteGeoJson, WritesAFeaturePerLine) {
  Layer layer = points({Point{2.35, 48.85}, std::nullopt});
  layer.fields = {field("code", FieldType::text), field("population", FieldType::integer), field("part", FieldType::real, 2),
                  field("couvert", FieldType::boolean)};
  layer.columns = {{std::string{"01004"}, std::monostate{}},
                   {std::int64_t{9007199254740993}, std::monostate{}},
                   {1.005, std::monostate{}},
                   {true, std::monostate{}}};
  EXPECT_EQ(written(layer),
            "{\"type\":\"FeatureCollection\",\"name\":\"lieux\",\"bbox\":[2.35,48.85,2.35,48.85],\"features\":[\n"
            "{\"type\":\"Feature\",\"properties\":{\"code\":\"01004\",\"population\":9007199254740993,\"part\":1.00,"
            "\"couvert\":true},"
            "\"geometry\":{\"type\":\"Point\",\"coordinates\":[2.35,48.85]}},\n"
            "{\"type\":\"Feature\",\"properties\":{\"code\":null,\"population\":null,\"part\":null,\"couvert\":null},"
            "\"geometry\":null}\n"
            "]}\n");
}

TEST_F(WriteGeoJson, WritesALayerWithoutFeatures) {
  const Layer layer = points({});
  EXPECT_EQ(written(layer), "{\"type\":\"FeatureCollection\",\"name\":\"lieux\",\"features\":[\n]}\n");
}

TEST_F(WriteGeoJson, RoundsPositionsHalfAway) {
  const std::vector<std::pair<double, std::string>> cases{
      {0, "0"},
      {-0.0, "0"},
      {1, "1"},
      {-1, "-1"},
      {1e-7, "0.0000001"},
      {-1e-7, "-0.0000001"},
      {4e-8, "0"},
      {-4e-8, "0"},
      {6e-8, "0.0000001"},
      {-6e-8, "-0.0000001"},
      {2.12345678, "2.1234568"},
      {2.99999999, "3"},
      {-61.5, "-61.5"},
      {55.1234567, "55.1234567"},
      {0.1 + 0.2, "0.3"},
      {180, "180"},
      {-179.9999999, "-179.9999999"},
      {12.0000001, "12.0000001"},
      {0.5 / 1024 / 1024, "0.0000005"},
  };
  for (const auto& [longitude, expected] : cases) {
    const std::string text = written(points({Point{longitude, 1}}));
    EXPECT_NE(text.find("\"coordinates\":[" + expected + ",1]"), std::string::npos) << longitude << " in " << text;
  }
}

TEST_F(WriteGeoJson, EscapesTextAndReadsItBack) {
  Layer layer = points({Point{1, 2}});
  std::string all;
  for (int c = 0; c < 128; ++c) {
    all.push_back(static_cast<char>(c));
  }
  layer.fields = {field("texte", FieldType::text), field("vide", FieldType::text)};
  layer.columns = {{all + "é\"\\ 😀 </script>"}, {std::string{}}};
  const std::string text = written(layer);
  EXPECT_EQ(text.find('\0'), std::string::npos);
  EXPECT_NE(text.find("\\u0000\\u0001"), std::string::npos);
}

TEST_F(WriteGeoJson, WritesNumbersExactly) {
  Layer layer = points(std::vector<std::optional<Point>>(8));
  layer.fields = {field("entier", FieldType::integer), field("reel", FieldType::real, 3)};
  const double infinity = std::numeric_limits<double>::infinity();
  layer.columns = {{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), std::int64_t{0},
                    std::int64_t{-1}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}},
                   {0.0, -0.0, -0.0001, 0.0005, 1e300, infinity, -infinity, std::nan("")}};
  const std::string text = written(layer);
  for (const char* expected :
       {"-9223372036854775808,\"reel\":0.000}", "9223372036854775807,\"reel\":0.000}", "\"entier\":0,\"reel\":0.000}",
        "\"entier\":2,\"reel\":null}", "\"entier\":3,\"reel\":null}", "\"entier\":4,\"reel\":null}"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << " in " << text;
  }
  const auto large = text.find("\"entier\":1,\"reel\":");
  ASSERT_NE(large, std::string::npos);
  EXPECT_EQ(std::stod(text.substr(large + 18)), 1e300);
}

TEST_F(WriteGeoJson, TurnsShellsCounterClockwiseAndHolesClockwise) {
  const std::string expected =
      "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,4],[4,4],[4,2],[2,2]]]}";
  for (const bool shell : {false, true}) {
    for (const bool hole : {false, true}) {
      const std::string text = written(areas({{{shell ? reversed(kShell) : kShell, hole ? reversed(kHole) : kHole}}}));
      EXPECT_NE(text.find(expected), std::string::npos) << text;
      EXPECT_NE(text.find("\"bbox\":[0,0,10,10]"), std::string::npos);
    }
  }
}

TEST_F(WriteGeoJson, WritesSeveralPolygonsAndNone) {
  const std::vector<Point> far{{20, 0}, {21, 0}, {20, 1}, {20, 0}};
  const std::string text = written(areas({{{kShell}, {far}}, {}}));
  EXPECT_NE(text.find("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[10,0],[10,10],[0,10],[0,0]]],[[[20,0],[21,0],["
                      "20,1],[20,0]]]]}"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("{\"rang\":1},\"geometry\":null}"), std::string::npos) << text;
}

TEST_F(WriteGeoJson, WritesLines) {
  Layer layer = points(std::vector<std::optional<Point>>(3));
  layer.geometry = GeometryKind::multi_line;
  layer.points_lonlat.clear();
  layer.lines_lonlat.vertices = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {9, 10.00000001}};
  layer.lines_lonlat.line_first = {0, 2, 4, 6};
  layer.lines_lonlat.feature_first = {0, 2, 2, 3};
  const std::string text = written(layer);
  EXPECT_NE(text.find("{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]],[[5,6],[7,8]]]}"), std::string::npos)
      << text;
  EXPECT_NE(text.find("{\"rang\":1},\"geometry\":null"), std::string::npos) << text;
  EXPECT_NE(text.find("{\"type\":\"LineString\",\"coordinates\":[[9,10],[9,10]]}"), std::string::npos) << text;
}

TEST_F(WriteGeoJson, SeesAnyChangeOfALine) {
  Layer layer = points(std::vector<std::optional<Point>>(3));
  layer.geometry = GeometryKind::multi_line;
  layer.points_lonlat.clear();
  layer.lines_lonlat.vertices = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12.5}};
  layer.lines_lonlat.line_first = {0, 2, 4, 6};
  layer.lines_lonlat.feature_first = {0, 2, 2, 3};
  const std::string text = written(layer);
  const fs::path file = folder_ / "changed.geojson";
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"[11,12.5]", "[11,12.5000001]"},
           {"[3,4]", "[3]"},
           {"],[11,12.5]]", "],[11,12.5],[11,13]]"},
           {"[[5,6],[7,8]]", "[[7,8],[5,6]]"},
           {",[[5,6],[7,8]]", ""},
           {"\"geometry\":null", "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}"},
           {"{\"type\":\"LineString\",\"coordinates\":[[9,10],[11,12.5]]}", "null"}}) {
    std::string changed = text;
    ASSERT_NE(changed.find(from), std::string::npos) << from << " in " << text;
    changed.replace(changed.find(from), from.size(), to);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << changed;
    EXPECT_THROW(verify_geojson(file, layer), OutputError) << from << " -> " << to;
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  EXPECT_NO_THROW(verify_geojson(file, layer));
}

TEST_F(WriteGeoJson, LeavesOutWhatRoundingLeavesWithoutSurface) {
  const std::vector<Point> tiny{{5, 5}, {5.00000002, 5}, {5, 5.00000002}, {5, 5}};
  const std::vector<Point> flat{{6, 5}, {7, 5.00000001}, {8, 5}, {6, 5}};
  const std::string text = written(areas({{{kShell, reversed(tiny)}}, {{tiny}}, {{flat}}, {{kShell}, {tiny}}}));
  std::istringstream lines(text);
  std::string line;
  std::vector<std::string> geometries;
  while (std::getline(lines, line)) {
    if (const auto at = line.find("\"geometry\":"); at != std::string::npos) {
      geometries.push_back(line.substr(at + 11, line.find_last_of('}') - at - 11));
    }
  }
  const std::string square = "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}";
  EXPECT_EQ(geometries, (std::vector<std::string>{square, "null", "null", square}));
}

/// What a reader of the written file has to accept: the gate of the engine finds nothing to do, and nothing is off the grid.
void expect_valid(const std::string& text, const std::string& what) {
  const auto reading = parse_geojson(text, what);
  EXPECT_TRUE(reading.rejections.empty() && reading.repairs.empty()) << what;
  const GatedAreas gated = pass_gate(reading.value.areas);
  EXPECT_TRUE(gated.repairs.empty()) << what << ": " << (gated.repairs.empty() ? "" : gated.repairs.front().reason);
  EXPECT_EQ(gated.areas, reading.value.areas) << what;
}

TEST_F(WriteGeoJson, RebuildsWhatRoundingSpoils) {
  // A spike whose tip rounds across the opposite side.
  const std::vector<Point> spike{{0, 0}, {1, 0}, {1, 1}, {0.5, 0.00000002}, {0, 1}, {0, 0}};
  const std::vector<Point> crossing{{0, 0}, {2, 1e-7}, {2, 1}, {1.00000004, 0.00000006}, {0, 1}, {0, 0}};
  expect_valid(written(areas({{{spike}}})), "spike");
  expect_valid(written(areas({{{crossing}}})), "crossing");
  const std::string text = written(areas({{{spike}}}));
  EXPECT_NE(text.find("MultiPolygon"), std::string::npos) << "the tip reaches the side: two parts. " << text;
}

TEST_F(WriteGeoJson, StaysValidForCrampedRings) {
  std::mt19937 random(5);
  std::vector<std::vector<Rings>> features;
  for (int i = 0; i < 2'000; ++i) {
    // Star-shaped about its centre, hence simple; a few grid steps across, so that rounding spoils many.
    const double radius = std::uniform_real_distribution<double>(1e-7, 3e-6)(random);
    const int corners = 4 + static_cast<int>(random() % 20);
    std::vector<Point> ring;
    for (int corner = 0; corner < corners; ++corner) {
      const double angle = 2 * 3.14159265358979 * corner / corners;
      const double reach = radius * std::uniform_real_distribution<double>(0.05, 1)(random);
      ring.push_back({2.3 + reach * std::cos(angle), 48.8 + reach * std::sin(angle)});
    }
    ring.push_back(Point{ring.front()});
    features.push_back({{ring}});
  }
  expect_valid(written(areas(features)), "cramped");
}

TEST_F(WriteGeoJson, RefusesPositionsThatAreNotDegrees) {
  for (const Point& wrong : {Point{652'000, 6'862'000}, Point{1, 91}, Point{std::nan(""), 1},
                             Point{1, std::numeric_limits<double>::infinity()}}) {
    Layer layer = areas({{{kShell}}});
    layer.areas_lonlat.vertices[1] = wrong;
    const fs::path file = folder_ / "faux.geojson";
    EXPECT_THROW(write_geojson(file, layer), OutputError) << wrong.x;
    EXPECT_FALSE(fs::exists(file));
  }
}

Layer many_points() {
  std::vector<std::optional<Point>> positions;
  std::mt19937 random(9);
  std::uniform_real_distribution<double> longitude(-5, 9);
  std::uniform_real_distribution<double> latitude(42, 51);
  for (int i = 0; i < 20'000; ++i) {
    positions.push_back(i % 100 == 0 ? std::nullopt : std::optional{Point{longitude(random), latitude(random)}});
  }
  return points(positions);
}

TEST_F(WriteGeoJson, WritesTheSameBytesOnAnyNumberOfThreads) {
  const Layer layer = many_points();
  std::string first;
  for (const std::size_t threads : {1U, 2U, 5U}) {
    const ThreadLimit limit(threads);
    const std::string text = written(layer);
    first = first.empty() ? text : first;
    EXPECT_TRUE(text == first) << threads;
  }
}

TEST_F(WriteGeoJson, NeverReplacesAFile) {
  const fs::path file = folder_ / "la.geojson";
  std::ofstream(file) << "autre";
  EXPECT_THROW(write_geojson(file, points({Point{1, 2}})), OutputError);
  EXPECT_EQ(text_of(file), "autre");
  EXPECT_THROW(write_geojson(folder_ / "absent" / "x.geojson", points({Point{1, 2}})), OutputError);
}

TEST_F(WriteGeoJson, AFullDiskIsAnErrorAndLeavesNothing) {
  const Layer layer = many_points();
  const fs::path whole = folder_ / "whole.geojson";
  write_geojson(whole, layer);
  const rlim_t bytes = fs::file_size(whole);
  for (const rlim_t limit : {rlim_t{0}, rlim_t{1}, rlim_t{4'096}, bytes / 2, bytes - 1, bytes}) {
    const fs::path file = folder_ / fmt::format("limit_{}.geojson", limit);
    const pid_t child = fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit small{.rlim_cur = limit, .rlim_max = limit};
      setrlimit(RLIMIT_FSIZE, &small);
      const ThreadLimit one(1);
      try {
        write_geojson(file, layer);
        _exit(0);
      } catch (const OutputError& error) {
        _exit(error.kind() == OutputError::Kind::write_failed ? 10 : 11);
      } catch (...) {
        _exit(12);
      }
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << limit;
    EXPECT_EQ(WEXITSTATUS(status), limit < bytes ? 10 : 0) << limit;
    EXPECT_EQ(fs::exists(file), limit == bytes) << limit;
  }
}

TEST_F(WriteGeoJson, VerificationSeesEveryChange) {
  Layer layer = areas({{{kShell, kHole}}, {}, {{kShell}}});
  layer.fields.push_back(field("nom", FieldType::text));
  layer.columns.push_back({std::string{"a"}, std::monostate{}, std::string{"c"}});
  const std::string text = written(layer);
  const fs::path file = folder_ / "changed.geojson";
  const std::vector<std::pair<std::string, std::string>> changes{
      {"\"rang\":2", "\"rang\":3"},
      {"\"nom\":\"c\"", "\"nom\":\"\""},
      {"\"nom\":null", "\"nom\":\"x\""},
      {"[10,10]", "[10,10.0000001]"},
      {"[2,4]", "[2,3]"},
      {"\"geometry\":null", "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}"},
      {"\"nom\":\"a\"", "\"name\":\"a\""},
      {"]}\n", ""},
      {"\"a\"", "\"\xE9\""}};
  for (const auto& [from, to] : changes) {
    std::string changed = text;
    const auto at = from == "]}\n" ? changed.size() - 3 : changed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    std::ofstream(file, std::ios::binary) << changed;
    EXPECT_THROW(verify_geojson(file, layer), OutputError) << from << " -> " << to;
  }
  std::ofstream(file, std::ios::binary) << text;
  EXPECT_NO_THROW(verify_geojson(file, layer));
}

Layer layer_of(const FeatureTable& table) {
  Layer layer;
  layer.name = "communes";
  layer.geometry = GeometryKind::multi_polygon;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    layer.fields.push_back(field(table.columns[column], FieldType::text));
    layer.columns.emplace_back();
    for (std::size_t row = 0; row < table.rows(); ++row) {
      layer.columns.back().emplace_back(std::string{table.cells.at(row, column)});
    }
  }
  layer.areas_lonlat = table.areas;
  return layer;
}

TEST_F(WriteGeoJsonRealData, ReadsBackWhatItWrote) {
  const fs::path source = fs::path{MAILLAGE_SHARED_DATA} / "communes-2018" / "communes-hauts-de-france.geojson";
  if (!fs::exists(source)) {
    GTEST_SKIP() << source << " is absent";
  }
  Layer layer = layer_of(read_geojson(source).value);
  orient_rings(layer.areas_lonlat);
  EXPECT_EQ(parse_geojson(written(layer), "x").value.areas, layer.areas_lonlat)
      << "the source has 5 decimals: nothing moves";
}

TEST_F(WriteGeoJsonRealData, StaysValidOffTheGrid) {
  const fs::path source = fs::path{MAILLAGE_SHARED_DATA} / "communes-2018" / "communes-hauts-de-france.geojson";
  if (!fs::exists(source)) {
    GTEST_SKIP() << source << " is absent";
  }
  Layer layer = layer_of(read_geojson(source).value);
  for (Point& vertex : layer.areas_lonlat.vertices) {
    vertex = {vertex.x / 1000 + vertex.y * 1e-9,
              vertex.y / 1000};  // the grid is then 11 m wide: rounding spoils some communes
  }
  expect_valid(written(layer), "small country");
}

/// Left for independent_geojson.py, which shares no code with us.
TEST(WrittenGeoJson, ForIndependentReaders) {
  if (std::getenv("MAILLAGE_WRITE_FOR_READERS") == nullptr) {
    GTEST_SKIP() << "only for the independent readers";
  }
  const fs::path folder = fs::path{MAILLAGE_BINARY_DIR} / "tests" / "written_geojson";
  fs::remove_all(folder);
  fs::create_directories(folder);
  write_geojson(folder / "points.geojson", many_points());
  std::vector<std::vector<Rings>> features;
  std::mt19937 random(13);
  for (int i = 0; i < 500; ++i) {
    const double x = std::uniform_real_distribution<double>(-5, 9)(random);
    const double y = std::uniform_real_distribution<double>(42, 51)(random);
    const double side = std::uniform_real_distribution<double>(1e-7, 0.5)(random);
    std::vector<Point> shell{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
    std::vector<Point> hole{{x + side / 4, y + side / 4},
                            {x + side / 2, y + side / 4},
                            {x + side / 2, y + side / 2},
                            {x + side / 4, y + side / 4}};
    const std::vector<Point> far{{x + 1, y}, {x + 1.5, y}, {x + 1, y + 0.3}, {x + 1, y}};
    features.push_back(i % 7 == 0   ? std::vector<Rings>{}
                       : i % 3 == 0 ? std::vector<Rings>{{reversed(shell), hole}, {far}}
                                    : std::vector<Rings>{{shell, hole}});
  }
  Layer layer = areas(features);
  layer.fields.push_back(field("part", FieldType::real, 2));
  layer.fields.push_back(field("nom", FieldType::text));
  layer.columns.emplace_back();
  layer.columns.emplace_back();
  for (std::size_t i = 0; i < features.size(); ++i) {
    layer.columns[1].emplace_back();
    layer.columns[2].emplace_back();
    if (i % 5 != 0) {
      layer.columns[1].back() = static_cast<double>(i) / 3;
    }
    if (i % 4 != 0) {
      layer.columns[2].back() = fmt::format("L'Épine \"{}\"\n\\", i);
    }
  }
  write_geojson(folder / "areas.geojson", layer);
}

}  // namespace
}  // namespace maillage
