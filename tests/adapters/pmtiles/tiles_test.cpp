#include <gdal.h>
#include <gtest/gtest.h>
#include <ogr_api.h>

#include <cpl_vsi.h>

#include <cmath>
#include <random>
#include <set>

#include "adapters/pmtiles/encode_tile.hpp"
#include "adapters/pmtiles/tile_archive.hpp"
#include "adapters/pmtiles/tile_grid.hpp"

namespace maillage {
namespace {

using detail::GridArea;
using detail::TilePoint;
using detail::TileAddress;

void add_square(AreaSet& areas, const double x, const double y, const double side) {
  const std::vector<Point> ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
  areas.add_ring(ring);
  areas.end_polygon();
  areas.end_area();
}

// Published with the format: protomaps' own tests of their programs.
TEST(TileNumber, FollowsTheHilbertCurvesOfTheFormat) {
  EXPECT_EQ(detail::tile_number(0, {0, 0}), 0U);
  EXPECT_EQ(detail::tile_number(1, {0, 0}), 1U);
  EXPECT_EQ(detail::tile_number(1, {0, 1}), 2U);
  EXPECT_EQ(detail::tile_number(1, {1, 1}), 3U);
  EXPECT_EQ(detail::tile_number(1, {1, 0}), 4U);
  EXPECT_EQ(detail::tile_number(2, {0, 0}), 5U);
  EXPECT_EQ(detail::tile_number(12, {3423, 1763}), 19'078'479U);
}

TEST(TileNumber, GoesFromNeighbourToNeighbour) {
  constexpr std::uint32_t kSide = 32;
  std::vector<TileAddress> by_number(std::size_t{kSide} * kSide);
  for (std::uint32_t x = 0; x < kSide; ++x) {
    for (std::uint32_t y = 0; y < kSide; ++y) {
      by_number.at(detail::tile_number(5, {x, y}) - 341) = {x, y};  // 1 + 4 + 16 + 64 + 256 tiles before
    }
  }
  for (std::size_t k = 1; k < by_number.size(); ++k) {
    const auto apart = std::abs(static_cast<int>(by_number[k].x) - static_cast<int>(by_number[k - 1].x)) +
                       std::abs(static_cast<int>(by_number[k].y) - static_cast<int>(by_number[k - 1].y));
    EXPECT_EQ(apart, 1) << k;
  }
}

TEST(TileGrid, MercatorIsTheWebs) {
  const Point middle = detail::web_mercator({.x = 0, .y = 0});
  EXPECT_DOUBLE_EQ(middle.x, 0.5);
  EXPECT_DOUBLE_EQ(middle.y, 0.5);
  // EPSG's Guidance Note 7-2, example of 1024: 24°22'54.433"N 100°20'00"W is -11169055.58, 2800000.00.
  const Point example = detail::web_mercator({.x = -100.33333333, .y = 24.381786944});
  constexpr double kAround = 40'075'016.685578488;
  EXPECT_NEAR((example.x - 0.5) * kAround, -11'169'055.58, 0.01);
  EXPECT_NEAR((0.5 - example.y) * kAround, 2'800'000.00, 0.1);
}

TEST(TileGrid, BordersThatAreSharedStayShared) {
  AreaSet square;
  add_square(square, 0.1234, 0.2, 0.01);
  add_square(square, 0.1334, 0.2, 0.01);
  for (const int zoom : {3, 5, 9}) {
    std::set<std::pair<int, int>> left;
    std::set<std::pair<int, int>> right;
    const GridArea one = detail::area_on_grid(square, AreaIndex{0}, zoom, 4);
    const GridArea other = detail::area_on_grid(square, AreaIndex{1}, zoom, 4);
    ASSERT_EQ(one.size(), 1U);
    ASSERT_EQ(one.front().front().size(), 4U);
    EXPECT_EQ(one.front().front()[1], other.front().front()[0]);
    EXPECT_EQ(one.front().front()[2], other.front().front()[3]);
  }
}

TEST(TileGrid, NothingTooSmallIsLost) {
  AreaSet square;
  add_square(square, 0.5, 0.5, 1e-9);
  const GridArea speck = detail::area_on_grid(square, AreaIndex{0}, 2, 4);
  ASSERT_EQ(speck.size(), 1U);
  EXPECT_EQ(std::abs(detail::twice_area(speck.front().front())), 2 * 4 * 4);
  square.end_area();  // no contour at all
  EXPECT_TRUE(detail::area_on_grid(square, AreaIndex{1}, 2, 4).empty());
}

TEST(TileGrid, WaysOutAndBackAndStraightVerticesGo) {
  AreaSet square;
  const double unit = 1.0 / 4096;
  const std::vector<Point> ring{{0, 0},          {2 * unit, 0}, {4 * unit, 0},  {4 * unit, 4 * unit}, {9 * unit, 4 * unit},
                                {4 * unit, 4 * unit}, {0, 4 * unit}, {0, 0}};
  square.add_ring(ring);
  square.end_polygon();
  square.end_area();
  const GridArea area = detail::area_on_grid(square, AreaIndex{0}, 0, 1);
  ASSERT_EQ(area.size(), 1U);
  EXPECT_EQ(area.front().front().size(), 4U);
  EXPECT_EQ(std::abs(detail::twice_area(area.front().front())), 32);
}

TEST(TileGrid, TilesTogetherHoldTheWholeArea) {
  AreaSet square;
  add_square(square, 0.3, 0.3, 0.3);
  const GridArea area = detail::area_on_grid(square, AreaIndex{0}, 3, 1);
  std::int64_t within = 0;
  for (const TileAddress& tile : detail::tiles_of(area, 3)) {
    for (const auto& polygon : detail::part_in_tile(area, tile)) {
      // Without the margin: the parts of tiles then lie side by side.
      std::int64_t min_x = 4096;
      std::int64_t max_x = 0;
      std::int64_t min_y = 4096;
      std::int64_t max_y = 0;
      for (const TilePoint& point : polygon.front()) {
        min_x = std::min<std::int64_t>(min_x, std::max(point.x, 0));
        max_x = std::max<std::int64_t>(max_x, std::min(point.x, 4096));
        min_y = std::min<std::int64_t>(min_y, std::max(point.y, 0));
        max_y = std::max<std::int64_t>(max_y, std::min(point.y, 4096));
      }
      within += 2 * std::max<std::int64_t>(0, max_x - min_x) * std::max<std::int64_t>(0, max_y - min_y);
    }
  }
  EXPECT_EQ(within, std::abs(detail::twice_area(area.front().front())));
}

/// GDAL's own reader of vector tiles.
TEST(EncodeTile, GdalReadsTheAreasAndTheValues) {
  AreaSet areas;
  add_square(areas, 0.25, 0.25, 0.25);
  add_square(areas, 0.5, 0.25, 0.25);
  const auto field = [](const char* name, const FieldType type) {
    return Field{.name = name, .short_name = {}, .type = type, .unit = {}, .decimals = 0, .label = {}, .meaning = {}};
  };
  const detail::TileLayer layer{.name = "communes",
                                .areas_lonlat = &areas,
                                .fields = {field("code", FieldType::text), field("population", FieldType::integer),
                                           field("part", FieldType::real), field("couverte", FieldType::boolean)},
                                .columns = {{std::string{"01001"}, std::string{"2A004 « é »"}},
                                            {std::int64_t{-5}, std::int64_t{5'000'000'000}},
                                            {0.1, Value{}},
                                            {true, false}}};
  std::vector<detail::TilePart> parts;
  for (std::size_t k = 0; k < 2; ++k) {
    parts.push_back({.feature = k, .area = detail::part_in_tile(detail::area_on_grid(areas, AreaIndex{k}, 0, 1), {0, 0})});
  }
  std::string tile = detail::encode_tile(layer, parts);
  GDALAllRegister();
  const char* name = "/vsimem/tile.mvt";
  VSIFCloseL(VSIFileFromMemBuffer(name, reinterpret_cast<GByte*>(tile.data()), tile.size(), FALSE));
  const char* drivers[] = {"MVT", nullptr};
  GDALDatasetH dataset = GDALOpenEx(name, GDAL_OF_VECTOR, drivers, nullptr, nullptr);
  ASSERT_NE(dataset, nullptr);
  OGRLayerH read = GDALDatasetGetLayerByName(dataset, "communes");
  ASSERT_NE(read, nullptr);
  ASSERT_EQ(OGR_L_GetFeatureCount(read, 1), 2);
  const std::vector<std::string> codes{"01001", "2A004 « é »"};
  for (std::size_t k = 0; k < 2; ++k) {
    OGRFeatureH feature = OGR_L_GetNextFeature(read);
    const auto at = [&](const char* key) { return OGR_F_GetFieldIndex(feature, key); };
    EXPECT_EQ(OGR_F_GetFieldAsString(feature, at("code")), codes[k]);
    EXPECT_EQ(OGR_F_GetFieldAsInteger64(feature, at("population")), k == 0 ? -5 : 5'000'000'000);
    EXPECT_EQ(OGR_F_GetFieldAsInteger(feature, at("couverte")), k == 0 ? 1 : 0);
    EXPECT_EQ(OGR_F_IsFieldSetAndNotNull(feature, at("part")), k == 0 ? 1 : 0);
    if (k == 0) {
      EXPECT_EQ(OGR_F_GetFieldAsDouble(feature, at("part")), 0.1);
    }
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    EXPECT_TRUE(OGR_G_IsValid(geometry));
    EXPECT_DOUBLE_EQ(OGR_G_Area(geometry), 1024.0 * 1024.0);
    OGR_F_Destroy(feature);
  }
  GDALClose(dataset);
  VSIUnlink(name);
}

TEST(TileArchive, ManyTilesGetLeavesOfDirectories) {
  std::vector<detail::StoredTile> tiles;
  std::mt19937 random{7};
  std::uint64_t number = 0;
  for (std::uint64_t k = 0; k < 60'000; ++k) {
    number += 1 + random() % 50;
    tiles.push_back({.number = number, .bytes = std::string(1 + random() % 500, 'x')});
  }
  const std::string head = detail::archive_head({.min_zoom = 0, .max_zoom = 12, .lonlat = {0, 0, 1, 1}, .metadata = "{}"}, tiles);
  const auto number_at = [&](const std::size_t offset) {
    std::uint64_t value = 0;
    for (std::size_t k = 8; k > 0; --k) {
      value = value << 8U | static_cast<unsigned char>(head[offset + k - 1]);
    }
    return value;
  };
  EXPECT_EQ(head.substr(0, 8), std::string("PMTiles\x03"));
  EXPECT_LT(number_at(8) + number_at(16), 16'384U);
  EXPECT_GT(number_at(48), 0U);                // leaves
  EXPECT_EQ(number_at(56), head.size());       // tiles follow
  EXPECT_EQ(number_at(72), 60'000U);
}

}  // namespace
}  // namespace maillage
