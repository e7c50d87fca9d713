#include "maps/topology.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

using test::draw_territory;

// The vertices of a ring of the topology, closed.
std::vector<GridPoint> ring_of(const Topology& topology, const std::size_t ring) {
  std::vector<GridPoint> line;
  for (std::size_t k = topology.ring_first[ring]; k < topology.ring_first[ring + 1]; ++k) {
    const std::int32_t reference = topology.references[k];
    const auto arc = topology.arc(static_cast<std::size_t>(reference < 0 ? -1 - reference : reference));
    std::vector<GridPoint> run(arc.begin(), arc.end());
    if (reference < 0) {
      std::ranges::reverse(run);
    }
    EXPECT_TRUE(line.empty() || line.back() == run.front());
    line.insert(line.end(), run.begin() + (line.empty() ? 0 : 1), run.end());
  }
  return line;
}

double surface_of(const std::vector<GridPoint>& ring) {
  double twice = 0;
  for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
    twice += static_cast<double>(ring[k].x) * ring[k + 1].y - static_cast<double>(ring[k + 1].x) * ring[k].y;
  }
  return std::abs(twice) / 2;
}

TEST(Topology, StoresACommonBorderOnce) {
  const Territory territory = draw_territory({"AABB", "AABB"});
  const PageGrid grid = make_page_grid(territory.contours);
  const Topology topology = make_topology(territory.contours, grid, 0);
  // A alone, the border, B alone.
  EXPECT_EQ(topology.arcs(), 3u);
  std::set<std::int32_t> used;
  for (const std::int32_t reference : topology.references) {
    used.insert(reference < 0 ? -1 - reference : reference);
  }
  EXPECT_EQ(used.size(), 3u);
  EXPECT_EQ(topology.references.size(), 4u);
}

TEST(Topology, GivesEveryAreaItsSurfaceBack) {
  const Territory territory = draw_territory({"AABBC", "ADDBC", "EDDFC", "EEFFF"});
  const PageGrid grid = make_page_grid(territory.contours);
  const Topology topology = make_topology(territory.contours, grid, 0.5);
  ASSERT_EQ(topology.area_first.size(), territory.communes.size() + 1);
  for (std::size_t area = 0; area < territory.communes.size(); ++area) {
    double found = 0;
    for (std::size_t polygon = topology.area_first[area]; polygon < topology.area_first[area + 1]; ++polygon) {
      found += surface_of(ring_of(topology, topology.polygon_first[polygon]));
    }
    EXPECT_NEAR(found * grid.step_m * grid.step_m, surface(territory.contours, AreaIndex{area}), 1e-6) << area;
  }
}

TEST(Topology, SharesTheClosedBorderOfAnEnclave) {
  const Territory territory = draw_territory({"AAA", "ABA", "AAA"});
  const Topology topology = make_topology(territory.contours, make_page_grid(territory.contours), 1);
  EXPECT_EQ(topology.arcs(), 2u);
  EXPECT_EQ(topology.ring_first.size() - 1, 3u);  // A's shell and hole, B's shell
}

TEST(Topology, KeepsAnAreaThatIsSmallerThanTheGrid) {
  AreaSet areas;
  const std::vector<Point> large{{0, 0}, {500'000, 0}, {500'000, 500'000}, {0, 500'000}, {0, 0}};
  const std::vector<Point> tiny{{600'000, 0}, {600'001, 0}, {600'001, 1}, {600'000, 0}};
  for (const auto& ring : {large, tiny}) {
    areas.add_ring(ring);
    areas.end_polygon();
    areas.end_area();
  }
  areas.end_area();  // one that never had a contour
  const PageGrid grid = make_page_grid(areas);
  EXPECT_EQ(grid.step_m, 10);
  const Topology topology = make_topology(areas, grid, 1);
  EXPECT_EQ(topology.area_first, (std::vector<std::uint32_t>{0, 1, 2, 2}));
  EXPECT_EQ(surface_of(ring_of(topology, 1)), 1);
}

TEST(PageGrid, HasAnOriginForEachPartOfTheTerritory) {
  AreaSet areas;
  for (const double x : {300'000.0, 20'000'000.0, 320'000.0}) {
    const std::vector<Point> square{{x, 7e6}, {x + 10'000, 7e6}, {x + 10'000, 7e6 + 10'000}, {x, 7e6 + 10'000}, {x, 7e6}};
    areas.add_ring(square);
    areas.end_polygon();
    areas.end_area();
  }
  const PageGrid grid = make_page_grid(areas);
  ASSERT_EQ(grid.parts.size(), 2u);
  EXPECT_EQ(grid.step_m, 1);
  EXPECT_EQ(grid.on_grid({20'000'050, 7e6 + 20}, grid.part_of({20'000'050, 7e6 + 20})), (GridPoint{50, 20}));
  const Topology topology = make_topology(areas, grid, 0);
  EXPECT_EQ(topology.arc_part, (std::vector<std::uint32_t>{0, 1, 0}));  // same positions of two parts are not one
}

TEST(Simplified, StaysWithinTheToleranceOfEveryVertex) {
  std::mt19937 random{7};
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<GridPoint> line;
    for (std::int32_t k = 0; k < 60; ++k) {
      line.push_back({.x = 3 * k, .y = static_cast<std::int32_t>(random() % 9)});
    }
    const double tolerance = 1.0 + trial % 5;
    const std::vector<GridPoint> kept = simplified(line, tolerance);
    EXPECT_EQ(kept.front(), line.front());
    EXPECT_EQ(kept.back(), line.back());
    for (const GridPoint& vertex : line) {
      double nearest = 1e18;
      for (std::size_t k = 0; k + 1 < kept.size(); ++k) {
        nearest = std::min(nearest, squared_distance(vertex, kept[k], kept[k + 1]));
      }
      EXPECT_LE(std::sqrt(nearest), tolerance + 1e-9);
    }
  }
}

TEST(GridPolygons, LeaveOutWhatVanishesWithItsHoles) {
  AreaSet areas;
  const std::vector<Point> square{{0, 0}, {100'000, 0}, {100'000, 100'000}, {0, 100'000}, {0, 0}};
  const std::vector<Point> speck{{5, 5}, {6, 5}, {6, 6}, {5, 5}};
  areas.add_ring(square);
  areas.add_ring(speck);
  areas.end_polygon();
  areas.add_ring(speck);
  areas.end_polygon();
  areas.end_area();
  const auto polygons = grid_polygons(areas, AreaIndex{0}, make_page_grid(areas), 2);
  ASSERT_EQ(polygons.size(), 1u);
  EXPECT_EQ(polygons.front().size(), 1u);
  EXPECT_EQ(polygons.front().front().size(), 5u);
}

}  // namespace
}  // namespace maillage
