#include "engine/geometry/plain_validity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <ctime>
#include <filesystem>
#include <numbers>
#include <random>

#include "engine/core/parallel.hpp"
#include "engine/geometry/gate.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/geos_oracle.hpp"

namespace maillage {
namespace {

using Ring = std::vector<Point>;

/// A star-shaped ring about a centre: on whole coordinates of a coarse grid now and then, so that rings touch and overlap
/// exactly.
Ring star(std::mt19937& random, const Point& centre, const double radius, const bool coarse) {
  std::uniform_real_distribution<double> share(0.3, 1.0);
  const int corners = 3 + static_cast<int>(random() % 9);
  Ring ring;
  for (int corner = 0; corner < corners; ++corner) {
    const double angle = 2 * std::numbers::pi * corner / corners;
    const double reach = radius * share(random);
    Point vertex{centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)};
    if (coarse) {
      vertex = {std::round(vertex.x), std::round(vertex.y)};
    }
    if (ring.empty() || ring.back() != vertex) {
      ring.push_back(vertex);
    }
  }
  while (ring.size() > 1 && ring.front() == ring.back()) {
    ring.pop_back();
  }
  if (ring.size() < 3) {
    ring = {centre, {centre.x + 1, centre.y}, {centre.x, centre.y + 1}};
  }
  if (random() % 5 == 0) {
    std::swap(ring[0], ring[random() % ring.size()]);  // a bow-tie, often
  }
  ring.push_back(ring.front());
  return ring;
}

AreaSet random_area(std::mt19937& random) {
  AreaSet areas;
  const bool coarse = random() % 2 == 0;
  std::uniform_real_distribution<double> place(-12, 12);
  const auto rings = [&](const int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  for (int polygon = 0, polygons = 1 + rings(3); polygon < polygons; ++polygon) {
    const Point centre{std::round(place(random)), std::round(place(random))};
    areas.add_ring(star(random, centre, 10, coarse));
    for (int hole = 0, holes = rings(3); hole < holes; ++hole) {
      const Point at{centre.x + std::round(place(random) / 4), centre.y + std::round(place(random) / 4)};
      areas.add_ring(star(random, at, coarse ? 3 : 1.5, coarse));
    }
    areas.end_polygon();
  }
  areas.end_area();
  return areas;
}

bool has_repeated_vertices(const AreaSet& areas) {
  for (std::size_t ring = 0; ring < areas.rings(); ++ring) {
    const auto vertices = areas.ring(ring);
    if (std::adjacent_find(vertices.begin(), vertices.end()) != vertices.end()) {
      return true;
    }
  }
  return false;
}

TEST(PlainValidity, NeverCallsValidWhatGeosDoesNot) {
  const test::GeosOracle geos;
  std::mt19937 random{20'260};
  PlainValidity plain;
  int valid = 0;
  int invalid = 0;
  int settled = 0;
  for (int round = 0; round < 4'000; ++round) {
    const AreaSet area = random_area(random);
    if (has_repeated_vertices(area)) {
      continue;
    }
    const std::string reason = geos.invalidity(geos.multipolygon(area));
    const bool holds = plain.holds(area, AreaIndex{std::size_t{0}});
    EXPECT_TRUE(!holds || reason.empty()) << round << ' ' << reason;
    const GatedAreas gated = pass_gate(area);
    EXPECT_EQ(gated.repairs.empty(), reason.empty()) << round << ' ' << reason;
    (reason.empty() ? valid : invalid) += 1;
    settled += holds ? 1 : 0;
  }
  EXPECT_GE(valid + invalid, 2'000);
  EXPECT_GE(valid, 500);
  EXPECT_GE(invalid, 500);
  EXPECT_GE(settled, valid * 9 / 10);  // else the test is of no use
}

TEST(PlainValidity, KnowsHowRingsMayLie) {
  const auto square = [](const double low, const double high) {
    return Ring{{low, low}, {high, low}, {high, high}, {low, high}, {low, low}};
  };
  const auto holds = [](const std::vector<std::vector<Ring>>& polygons) {
    AreaSet areas;
    for (const auto& polygon : polygons) {
      for (const Ring& ring : polygon) {
        areas.add_ring(ring);
      }
      areas.end_polygon();
    }
    areas.end_area();
    return PlainValidity{}.holds(areas, AreaIndex{std::size_t{0}});
  };
  EXPECT_TRUE(holds({{square(0, 10), square(1, 2), square(3, 4)}}));
  EXPECT_TRUE(holds({{square(0, 10), square(1, 9)}, {square(2, 8)}}));  // an island in a lake
  EXPECT_FALSE(holds({{square(0, 10)}, {square(2, 8)}}));
  EXPECT_FALSE(holds({{square(2, 8)}, {square(0, 10)}}));
  EXPECT_FALSE(holds({{square(0, 10), square(1, 9), square(2, 8)}}));
  EXPECT_FALSE(holds({{square(0, 10), square(11, 12)}}));
  EXPECT_FALSE(holds({{square(0, 10), square(-1, 11)}}));
  EXPECT_FALSE(holds({{{{0, 0}, {4, 0}, {2, 0}, {2, 3}, {0, 0}}}}));  // turns back
  EXPECT_FALSE(holds({{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}}}));
  EXPECT_FALSE(holds({{{{1e-200, 0}, {4, 0}, {0, 4}, {1e-200, 0}}}}));
}

TEST(PlainValidity, GivesUpWhereTheSweepWouldBeSquare) {
  // A comb of long teeth: every edge's box meets every other one's in x.
  AreaSet areas;
  Ring comb;
  for (int tooth = 0; tooth < 5'000; ++tooth) {
    comb.push_back({0, tooth * 1.0});
    comb.push_back({1e6, tooth + 0.5});
  }
  comb.push_back({-1, 5'000});
  comb.push_back({-1, 0});
  comb.push_back(comb.front());
  areas.add_ring(comb);
  areas.end_polygon();
  areas.end_area();
  EXPECT_FALSE(PlainValidity{}.holds(areas, AreaIndex{std::size_t{0}}));
  EXPECT_TRUE(pass_gate(areas).repairs.empty());
}

TEST(PlainValidityRealData, AgreesWithGeosOnEveryCommuneOfFrance) {
  const std::filesystem::path data{MAILLAGE_SHARED_DATA};
  if (!std::filesystem::exists(data)) {
    GTEST_SKIP() << "no shared data at " << data;
  }
  const auto france = testing::read_metropolitan_communes(data);
  const ThreadLimit one{1};
  const std::clock_t start = std::clock();
  const GatedAreas gated = pass_gate(france.areas);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  RecordProperty("processor_milliseconds", static_cast<int>(seconds * 1'000));
  EXPECT_LT(seconds, 2.0);  // 0.17 s measured
  std::vector<bool> repaired(france.areas.areas());
  for (const GateNote& repair : gated.repairs) {
    repaired[repair.area.value()] = true;
  }
  const test::GeosOracle geos;
  PlainValidity plain;
  std::size_t asked = 0;
  for (std::size_t area = 0; area < france.areas.areas(); ++area) {
    const bool holds = plain.holds(france.areas, AreaIndex{area});
    asked += holds ? 0 : 1;
    const std::string reason =
        geos.invalidity(geos.multipolygon(france.areas, france.areas.area_first[area], france.areas.area_first[area + 1]));
    EXPECT_TRUE(!holds || reason.empty()) << france.codes[area] << ' ' << reason;
    EXPECT_TRUE(repaired[area] || reason.empty()) << france.codes[area] << ' ' << reason;
  }
  EXPECT_LT(asked, france.areas.areas() / 50);
}

}  // namespace
}  // namespace maillage
