#include "engine/network/level_set.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engine/core/error.hpp"
#include "engine/geometry/area_locator.hpp"
#include "engine/network/dijkstra.hpp"
#include "tests/support/geos_oracle.hpp"

namespace maillage {
namespace {

/// Costs drawn at the corners of cells of 100 m, the first row on top, in the plane of Lambert-93: digits are costs, `.` is
/// no way, capitals costs of vertices that are kept (A: 0, B: 1...). A border of `.` comes all around.
class Drawing {
 public:
  explicit Drawing(const std::vector<std::string>& rows, const std::vector<Point>& places = {},
                   const std::vector<std::uint32_t>& place_costs = {}) {
    const auto height = static_cast<std::int32_t>(rows.size()) + 1;
    const auto width = static_cast<std::int32_t>(rows.front().size()) + 1;
    std::vector<GridCell> cells;
    for (std::int32_t row = 0; row < height; ++row) {
      for (std::int32_t column = 0; column < width; ++column) {
        cells.push_back({66'000 + row, 7'000 + column});
      }
    }
    mesh = make_sample_mesh(cells, places, 100);
    cost.assign(mesh.vertices.size(), kNoPath);
    kept.assign(mesh.vertices.size(), 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const char c = rows[row][column];
        const std::size_t vertex =
            (rows.size() - row) * (static_cast<std::size_t>(width) + 1) + column + 1;  // rows of corners, from below
        cost[vertex] = c == '.' ? kNoPath : static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '0');
        kept[vertex] = c >= 'A' ? 1 : 0;
      }
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      cost[mesh.vertex_of_place[k]] = place_costs[k];
      kept[mesh.vertex_of_place[k]] = 1;
    }
  }
  [[nodiscard]] AreaSet at(const std::uint32_t cutoff, const double least_part_m2 = 0) const {
    return level_set({mesh, cost, kept}, cutoff, least_part_m2);
  }

  SampleMesh mesh;
  std::vector<std::uint32_t> cost;
  std::vector<std::uint8_t> kept;
};

std::string shape(const AreaSet& area) {
  return std::to_string(area.polygons()) + " parts, " + std::to_string(area.rings() - area.polygons()) + " holes";
}

TEST(LevelSet, PartsTouchingVerticesFromThoseBeyond) {
  const Drawing drawing({
      "000..5",
      "0.0...",
      "000..0",
  });
  EXPECT_EQ(shape(drawing.at(0)), "2 parts, 1 holes");
  EXPECT_EQ(shape(drawing.at(5)), "3 parts, 1 holes");
  EXPECT_EQ(shape(drawing.at(kNoPath)), "3 parts, 1 holes") << "no way is not a cost";
}

TEST(LevelSet, IsJoinedAlongTheRisingDiagonalOnly) {
  EXPECT_EQ(shape(Drawing({".0", "0."}).at(0)), "1 parts, 0 holes");
  EXPECT_EQ(shape(Drawing({"0.", ".0"}).at(0)), "2 parts, 0 holes");
}

TEST(LevelSet, PassesWhereTheCostDoes) {
  const Drawing drawing({"04"});
  const AreaSet area = drawing.at(0);  // 1/2 of 4 along the edge
  double furthest = 0;
  for (const Point& vertex : area.vertices) {
    furthest = vertex.y == 6'600'100 ? std::max(furthest, vertex.x) : furthest;
  }
  EXPECT_DOUBLE_EQ(furthest, 700'100 + 100 * 0.5 / 4);
}

TEST(LevelSet, LeavesOutSmallPartsBeforeItFillsHoles) {
  const Drawing ring({"00000", "00000", "00.00", "00000", "00000"});
  const double ring_m2 = surface(ring.at(0), AreaIndex{0});
  const double disc_m2 = surface(Drawing(std::vector<std::string>(5, "00000")).at(0), AreaIndex{0});
  EXPECT_EQ(shape(ring.at(0, ring_m2 * 0.99)), "1 parts, 0 holes");
  EXPECT_DOUBLE_EQ(surface(ring.at(0, ring_m2 * 0.99), AreaIndex{0}), disc_m2);
  EXPECT_EQ(shape(ring.at(0, ring_m2 * 1.01)), "0 parts, 0 holes") << "though the disc is larger";
}

TEST(LevelSet, FillsTheHoleWithWhatLiesInIt) {
  const Drawing drawing({
      "0000000",
      "0000000",
      "00...00",
      "00.0.00",
      "00...00",
      "0000000",
      "0000000",
  });
  EXPECT_EQ(shape(drawing.at(0)), "2 parts, 1 holes");
  EXPECT_EQ(shape(drawing.at(0, 20'000)), "1 parts, 1 holes") << "the speck";
  EXPECT_EQ(shape(drawing.at(0, 180'000)), "1 parts, 0 holes");
  EXPECT_EQ(shape(drawing.at(0, 250'000)), "0 parts, 0 holes") << "the ring is smaller";
  const Drawing kept_speck({
      "0000000",
      "0000000",
      "00...00",
      "00.A.00",
      "00...00",
      "0000000",
      "0000000",
  });
  EXPECT_EQ(shape(kept_speck.at(0, 20'000)), "2 parts, 1 holes");
  EXPECT_EQ(shape(kept_speck.at(0, 180'000)), "1 parts, 0 holes") << "speck and ring become one";
}

TEST(LevelSet, KeepsAHoleThatHoldsAKeptVertex) {
  const Drawing drawing({"00000", "00000", "00900", "00000", "00000"});
  EXPECT_EQ(shape(drawing.at(5, 40'000)), "1 parts, 0 holes");
  const Drawing kept({"00000", "00000", "00J00", "00000", "00000"});
  EXPECT_EQ(shape(kept.at(5, 40'000)), "1 parts, 1 holes");
}

TEST(LevelSet, KeepsOffVerticesThatCostTheCutoffItself) {
  const std::vector<Point> places{{700'133.333, 6'600'150.01}, {700'133.334, 6'600'150.01}, {700'133.334, 6'600'150.012}};
  const Drawing drawing({".....", ".....", "....."}, places, {7, kNoPath, 7});
  const AreaSet area = drawing.at(7);
  const test::GeosOracle geos;
  EXPECT_EQ(geos.invalidity(geos.multipolygon(area)), "");
  const AreaLocator locator(area);
  EXPECT_FALSE(locator.locate(places[0]).is_none());
  EXPECT_TRUE(locator.locate(places[1]).is_none());
  EXPECT_FALSE(locator.locate(places[2]).is_none());
  for (const Point& place : places) {
    EXPECT_FALSE(locator.is_on_border(place));
    for (const Point& vertex : area.vertices) {
      EXPECT_GT(distance_m(vertex, place), 1e-6);
    }
  }
}

TEST(LevelSet, RefusesCostsOnTheBorderOfTheMesh) {
  Drawing drawing({"0"});
  drawing.cost[0] = 2;
  EXPECT_EQ(shape(drawing.at(1)), "1 parts, 0 holes");
  EXPECT_THROW((void)drawing.at(2), ArgumentError);
  drawing.cost.pop_back();
  EXPECT_THROW((void)drawing.at(1), ArgumentError);
}

}  // namespace
}  // namespace maillage
