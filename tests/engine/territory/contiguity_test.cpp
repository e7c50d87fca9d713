#include "engine/territory/contiguity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "engine/core/error.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

using testing::add_polygon;
using testing::add_square;

std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_of(const Csr<CommuneIndex, Neighbour>& rows) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const CommuneIndex commune : rows.indices()) {
    for (const Neighbour& neighbour : rows[commune]) {
      if (commune < neighbour.commune) {
        pairs.emplace_back(commune.value(), neighbour.commune.value());
      }
    }
  }
  return pairs;
}

TEST(Contiguity, KnowsCommonEdgesAndTheirLength) {
  // 2 3
  // 0 1
  const AreaSet areas = testing::unit_squares(2, 2);
  const Contiguity found = find_contiguity(areas, areas, {.tolerance_m = 0.001});
  EXPECT_EQ(pairs_of(found.neighbours),
            (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {0, 2}, {1, 3}, {2, 3}}));
  EXPECT_EQ(found.neighbours[CommuneIndex{3}][0], (Neighbour{CommuneIndex{1}, 1.0}));
  EXPECT_TRUE(found.found_by_geometry.empty());
}

TEST(Contiguity, HasCornersAmongCommonPointsOnly) {
  const AreaSet areas = testing::unit_squares(2, 2);
  AreaSet metres = areas;
  for (Point& vertex : metres.vertices) {
    vertex = {vertex.x * 1000, vertex.y * 1000};
  }
  const Csr<CommuneIndex, CommuneIndex> rows = common_point_neighbours(areas, metres);
  for (const CommuneIndex commune : rows.indices()) {
    EXPECT_EQ(rows[commune].size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(rows[commune]));
  }
  EXPECT_DOUBLE_EQ(contiguity(areas, metres)[CommuneIndex{0}][0].border_m, 1000);
}

TEST(Contiguity, FindsNeighboursAcrossTJunctions) {
  // +-------+
  // |   0   |   the south side of 0 is one edge, the north side of 1 and 2 another each
  // +---+---+
  // | 1 | 2 |
  AreaSet areas;
  add_polygon(areas, {{{0, 100}, {200, 100}, {200, 200}, {0, 200}}});
  areas.end_area();
  add_square(areas, 0, 0, 100);
  add_square(areas, 100, 0, 100);
  const Contiguity found = find_contiguity(areas, areas);
  EXPECT_EQ(pairs_of(found.neighbours), (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {0, 2}, {1, 2}}));
  EXPECT_NEAR(found.neighbours[CommuneIndex{0}][1].border_m, 100, 1e-9);
  ASSERT_EQ(found.found_by_geometry.size(), 2U);
  EXPECT_EQ(found.found_by_geometry[1], (CommunePair{CommuneIndex{0}, CommuneIndex{2}}));
  const BorderLines lines = border_lines(areas, areas);
  ASSERT_EQ(lines.pairs.size(), 3U);
  EXPECT_EQ(lines.lines.line(0).size(), 2U);
  EXPECT_EQ(lines.lines.line(0)[0], (Point{0, 100}));
  EXPECT_EQ(lines.lines.line(0)[1], (Point{100, 100}));
}

TEST(Contiguity, FindsNeighboursWhoseVerticesDifferSlightly) {
  AreaSet areas;
  add_square(areas, 0, 0, 100);
  add_polygon(areas, {{{100.4, 0.2}, {200, 0}, {200, 100}, {100.3, 100.1}}});
  areas.end_area();
  EXPECT_EQ(find_contiguity(areas, areas).found_by_geometry.size(), 1U);
  EXPECT_TRUE(pairs_of(find_contiguity(areas, areas, {.tolerance_m = 0.1}).neighbours).empty());
}

TEST(Contiguity, DoesNotTakeASharpCornerForABorder) {
  AreaSet areas;
  add_polygon(areas, {{{0, 0}, {100, 0}, {100, 5}}});
  areas.end_area();
  add_polygon(areas, {{{0, 0}, {100, -8}, {100, -3}}});
  areas.end_area();
  EXPECT_TRUE(pairs_of(contiguity(areas, areas)).empty());
  EXPECT_EQ(common_point_neighbours(areas, areas)[CommuneIndex{0}].size(), 1U);
}

TEST(Contiguity, ChainsABorderAcrossTheStartOfARing) {
  // Area 1 lies in the hole of area 0; area 2 shares three sides of area 3, whose ring starts in the middle of them.
  AreaSet areas;
  add_polygon(areas, {{{0, 0}, {90, 0}, {90, 90}, {0, 90}}, {{30, 30}, {30, 60}, {60, 60}, {60, 30}}});
  areas.end_area();
  add_square(areas, 30, 30, 30);
  add_polygon(areas, {{{120, 0}, {150, 0}, {150, 30}, {120, 30}}});
  areas.end_area();
  add_polygon(areas, {{{100, -20}, {170, -20}, {170, 30}, {150, 30}, {150, 0}, {120, 0}, {120, 30}, {100, 30}}});
  areas.end_area();
  const BorderLines lines = border_lines(areas, areas);
  ASSERT_EQ(lines.pairs.size(), 2U);
  ASSERT_EQ(lines.lines.lines(), 2U);
  EXPECT_EQ(lines.lines.line(0).size(), 5U);
  EXPECT_EQ(lines.lines.line(0).front(), lines.lines.line(0).back()) << "an enclave's border is closed";
  const std::vector<Point> expected{{120, 30}, {120, 0}, {150, 0}, {150, 30}};
  EXPECT_TRUE(std::ranges::equal(lines.lines.line(1), expected));
  EXPECT_EQ(lines.lines, lines.source_lines);
}

TEST(Contiguity, CountsAnOverlappedEdgeForEachPair) {
  AreaSet areas;
  add_square(areas, 0, 0, 100);
  add_square(areas, 0, 0, 100);
  add_square(areas, 100, 0, 100);
  const auto rows = contiguity(areas, areas);
  EXPECT_EQ(pairs_of(rows).size(), 3U);
  EXPECT_DOUBLE_EQ(rows[CommuneIndex{0}][0].border_m, 400);
  EXPECT_DOUBLE_EQ(rows[CommuneIndex{2}][1].border_m, 100);
}

TEST(Contiguity, AcceptsEmptyAreasAndRefusesOtherRings) {
  AreaSet areas;
  areas.end_area();
  add_square(areas, 0, 0, 1);
  EXPECT_EQ(contiguity(areas, areas).rows(), 2U);
  EXPECT_THROW((void)contiguity(areas, AreaSet{}), ArgumentError);
  EXPECT_EQ(contiguity({}, {}).rows(), 0U);
}

TEST(ContiguityRealData, FindsTheNeighboursOfHautsDeFrance) {
  const auto file = std::filesystem::path(MAILLAGE_SHARED_DATA) / "communes-2018/communes-hauts-de-france.geojson";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  testing::GeoJsonAreas region;
  testing::append_geojson(file, region);
  ASSERT_EQ(region.areas.areas(), 3'808U);
  const AreaSet metres = testing::to_rough_metres(region.areas);
  const Contiguity found = find_contiguity(region.areas, metres);
  const auto pairs = pairs_of(found.neighbours);
  EXPECT_EQ(pairs.size(), 11'077U);
  EXPECT_TRUE(found.found_by_geometry.empty());
  const BorderLines lines = border_lines(region.areas, metres);
  ASSERT_EQ(lines.pairs.size(), pairs.size());
  // Another way to the same pairs and lengths: a sorted map of edges.
  std::map<std::pair<Point, Point>, std::set<std::uint32_t>> owners;
  for (std::uint32_t area = 0; area < region.areas.areas(); ++area) {
    const auto range = region.areas.rings_of(AreaIndex{area});
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      const auto v = region.areas.ring(ring);
      for (std::size_t k = 0; k + 1 < v.size(); ++k) {
        owners[std::minmax(v[k], v[k + 1])].insert(area);
      }
    }
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
  for (const auto& [edge, areas] : owners) {
    if (areas.size() > 1) {
      expected.emplace(*areas.begin(), *std::next(areas.begin()));
    }
  }
  EXPECT_TRUE(std::ranges::equal(pairs, expected));
  double drawn = 0;
  for (std::size_t line = 0; line < lines.lines.lines(); ++line) {
    const auto v = lines.lines.line(line);
    for (std::size_t k = 0; k + 1 < v.size(); ++k) {
      drawn += distance_m(v[k], v[k + 1]);
    }
  }
  double counted = 0;
  for (const Neighbour& neighbour : found.neighbours.values()) {
    counted += neighbour.border_m / 2;
  }
  EXPECT_NEAR(drawn, counted, 1e-3);
}

TEST(ContiguityRealData, FindsTheQueenPairsOfFrance) {
  if (!std::filesystem::exists(std::filesystem::path(MAILLAGE_SHARED_DATA) / "communes-2018")) {
    GTEST_SKIP() << "no communes-2018 in " << MAILLAGE_SHARED_DATA;
  }
  const AreaSet france = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA).areas;
  EXPECT_EQ(common_point_neighbours(france, testing::to_rough_metres(france)).values().size(), 210'342U)
      << "libpysal's figure";
}

}  // namespace
}  // namespace maillage
