#include "engine/network/isochrone.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/area_locator.hpp"
#include "engine/network/position_search.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

/// A cost that depends on nothing but the place, and looks like anything.
std::uint32_t wild_cost(const Point& place) {
  std::uint64_t bits = std::bit_cast<std::uint64_t>(place.x) * 0x9e3779b97f4a7c15ULL + std::bit_cast<std::uint64_t>(place.y);
  bits = (bits ^ (bits >> 29U)) * 0xbf58476d1ce4e5b9ULL;
  bits ^= bits >> 32U;
  return bits % 5 == 0 ? kNoPath : static_cast<std::uint32_t>(bits % 1'000);
}

template <typename Cost>
PlaceCosts costs_by(const Cost& cost) {
  return [cost](const std::span<const Point> places) {
    std::vector<std::uint32_t> costs(places.size());
    std::transform(places.begin(), places.end(), costs.begin(), cost);
    return costs;
  };
}

std::vector<GridCell> cells_around(const std::int32_t radius) {
  std::vector<GridCell> cells;
  for (std::int32_t row = -radius; row < radius; ++row) {
    for (std::int32_t column = -radius; column < radius; ++column) {
      cells.push_back({row, column});
    }
  }
  return cells;
}

AreaSet only(const AreaSet& areas, const std::size_t k) {
  AreaSet one;
  one.add_area(areas, AreaIndex{k});
  return one;
}

void expect_valid(const AreaSet& areas) {
  const test::GeosOracle geos;
  for (std::size_t k = 0; k < areas.areas(); ++k) {
    EXPECT_EQ(geos.invalidity(geos.multipolygon(only(areas, k))), "") << "area " << k;
  }
}

/// Surface of what lies in `smaller` and not in `larger`.
double excess_m2(const AreaSet& smaller, const AreaSet& larger) {
  const test::GeosOracle geos;
  return geos.area(geos.difference(geos.multipolygon(smaller), geos.multipolygon(larger)));
}

void expect_exact(const Isochrones& found, const std::vector<Point>& places, const std::vector<std::uint32_t>& costs,
                  const std::vector<std::uint32_t>& cutoffs) {
  ASSERT_EQ(found.areas.areas(), cutoffs.size());
  for (std::size_t k = 0; k < cutoffs.size(); ++k) {
    EXPECT_TRUE(found.misplaced[k].empty());
    const AreaSet area = only(found.areas, k);
    const AreaLocator locator(area);
    for (std::size_t place = 0; place < places.size(); ++place) {
      EXPECT_EQ(!locator.locate(places[place]).is_none(), costs[place] != kNoPath && costs[place] <= cutoffs[k])
          << "place " << place << " cutoff " << cutoffs[k] << " cost " << costs[place];
      EXPECT_FALSE(locator.is_on_border(places[place]));
    }
  }
}

TEST(Isochrones, DrawADiscForTheCrowsFlight) {
  const auto crow =
      costs_by([](const Point& p) { return static_cast<std::uint32_t>(std::lround(std::hypot(p.x, p.y) * 10)); });
  const std::vector<std::uint32_t> cutoffs{5'000, 10'000, 20'000};
  const Isochrones found = isochrones(crow, cells_around(30), {}, cutoffs, {.cell_m = 100});
  expect_valid(found.areas);
  for (std::size_t k = 0; k < cutoffs.size(); ++k) {
    const double radius_m = cutoffs[k] / 10.0;
    EXPECT_NEAR(surface(found.areas, AreaIndex{k}) / (std::numbers::pi * radius_m * radius_m), 1, k == 0 ? 0.02 : 0.005);
    EXPECT_EQ(found.areas.area_first[k + 1] - found.areas.area_first[k], 1U) << "one polygon";
  }
}

TEST(Isochrones, HoldExactlyThePlacesWithinOfAnyCostWhatever) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<Point> places;
    for (int k = 0; k < 400; ++k) {
      // Many on sides, corners and diagonals of the cells, some beside one another, some outside the cells.
      const double unit = seed % 2 == 0 ? 25 : 0.01;
      const auto metres = [&] { return std::floor(static_cast<double>(random() % 120'000) / 100 / unit) * unit - 600; };
      places.push_back({metres(), metres()});
    }
    places.push_back({places[0].x + 0.001, places[0].y});
    places.push_back({places[0].x, places[0].y - 0.001});
    places.push_back({std::numeric_limits<double>::quiet_NaN(), 0});
    const auto cost_of = costs_by([](const Point& p) { return std::isfinite(p.x) ? wild_cost(p) : kNoPath; });
    const auto costs = cost_of(places);
    const std::vector<std::uint32_t> cutoffs{0, 100, 300, 301, 600, 999, kNoPath};
    const Isochrones found =
        isochrones(cost_of, cells_around(4), places, cutoffs, {.cell_m = 100, .least_part_cells = seed % 3 * 2.0});
    SCOPED_TRACE(seed);
    expect_exact(found, places, costs, cutoffs);
    expect_valid(found.areas);
    for (std::size_t k = 0; k + 1 < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(found.areas, k), only(found.areas, k + 1)), 0, 1e-4) << "nested";
    }
    for (std::size_t k = 1; k + 1 < cutoffs.size(); k += 2) {  // nested between calls, too
      const Isochrones alone = isochrones(cost_of, cells_around(4), places, std::vector{cutoffs[k]},
                                          {.cell_m = 100, .least_part_cells = seed % 3 * 2.0});
      EXPECT_NEAR(excess_m2(alone.areas, only(found.areas, k + 1)), 0, 1e-4);
    }
  }
}

TEST(Isochrones, GrowWhereCostsFall) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<Point> places;
    for (int k = 0; k < 100; ++k) {
      places.push_back({static_cast<double>(random() % 8'000) / 10 - 400, static_cast<double>(random() % 8'000) / 10 - 400});
    }
    const auto slow = costs_by(wild_cost);
    const auto fast = costs_by([](const Point& p) {
      const std::uint32_t cost = wild_cost(p);
      const std::uint32_t dice = wild_cost({p.y, p.x});
      return dice % 3 == 0 ? cost : dice % 3 == 1 ? cost / 2 : std::min(cost, 500U);
    });
    const std::vector<std::uint32_t> cutoffs{200, 500, 800};
    const IsochroneOptions options{.cell_m = 100, .least_part_cells = seed % 3 * 3.0};
    const Isochrones before = isochrones(slow, cells_around(4), places, cutoffs, options);
    const Isochrones after = isochrones(fast, cells_around(4), places, cutoffs, options);
    for (std::size_t k = 0; k < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(before.areas, k), only(after.areas, k)), 0, 1e-4);
    }
  }
}

TEST(Isochrones, LeaveOutSmallPartsAndFillSmallHolesThatHoldNoPlace) {
  // Two specks and a ring with a hole of one corner each.
  const auto near = [](const Point& p, const double x, const double y) { return p.x == x && p.y == y; };
  const auto cost_of = costs_by([&](const Point& p) {
    if (near(p, 1'500, 1'500) || near(p, 1'500, -1'500)) {
      return 0U;
    }
    const bool block = std::abs(p.x + 500) <= 400 && std::abs(p.y) <= 400;
    return block && !near(p, -500, 0) && !near(p, -700, 0) ? 0U : 10'000U;
  });
  const auto drawn = [&](const std::vector<Point>& places, const double least_part_cells) {
    const Isochrones found = isochrones(cost_of, cells_around(20), places, std::vector{100U},
                                        {.cell_m = 100, .least_part_cells = least_part_cells});
    expect_valid(found.areas);
    return std::pair{found.areas.polygons(), found.areas.rings() - found.areas.polygons()};
  };
  EXPECT_EQ(drawn({}, 0), (std::pair<std::size_t, std::size_t>{3, 2}));
  EXPECT_EQ(drawn({}, 5), (std::pair<std::size_t, std::size_t>{1, 0}));
  EXPECT_EQ(drawn({{1'500, 1'500}, {-500, 0}}, 5), (std::pair<std::size_t, std::size_t>{2, 1})) << "kept by places";
}

TEST(Isochrones, TellOfPlacesTooNearToBeParted) {
  const double x = 700'033.0;
  const double y = 6'600'041.0;
  std::vector<Point> places{
      {x, y}, {std::nextafter(x, 1e9), y}, {700'050, 6'600'050}, {700'070, std::nextafter(6'600'070.0, 0)}};
  const std::vector<std::uint32_t> costs{0, 100, 100, 0};
  const PlaceCosts cost_of = [&](const std::span<const Point> asked) {
    std::vector<std::uint32_t> found;
    for (const Point& p : asked) {
      const auto place = std::find(places.begin(), places.end(), p);
      found.push_back(place == places.end() ? 200 : costs[static_cast<std::size_t>(place - places.begin())]);
    }
    return found;
  };
  const std::vector<std::uint32_t> cutoffs{50, 100, 150};
  const Isochrones found = isochrones(cost_of, std::vector<GridCell>{{66'000, 7'000}}, places, cutoffs, {.cell_m = 100});
  expect_valid(found.areas);
  for (std::size_t k = 0; k < cutoffs.size(); ++k) {
    const AreaSet area = only(found.areas, k);
    const AreaLocator locator(area);
    for (std::uint32_t place = 0; place < places.size(); ++place) {
      const bool wrong = (costs[place] <= cutoffs[k]) == locator.locate(places[place]).is_none();
      EXPECT_EQ(std::count(found.misplaced[k].begin(), found.misplaced[k].end(), place), wrong ? 1 : 0);
      EXPECT_FALSE(wrong && place >= 2) << "the others are drawn";
    }
  }
}

TEST(Isochrones, RefuseWhatIsNotAGrid) {
  const auto cost_of = costs_by(wild_cost);
  EXPECT_THROW((void)isochrones(cost_of, {}, {}, std::vector{1U}, {.cell_m = 0}), ArgumentError);
  EXPECT_THROW((void)isochrones(cost_of, {}, {}, std::vector{1U}, {.least_part_cells = -1}), ArgumentError);
  EXPECT_EQ(isochrones(cost_of, {}, {}, {}, {}).areas.areas(), 0U);
  EXPECT_EQ(isochrones(cost_of, {}, {}, std::vector{1U}, {}).areas.polygons(), 0U);
  const auto map = testing::ascii_roads({"A---B"});
  const std::vector<RoadStretch> all{{RoadIndex{0}, 0, 1}};
  EXPECT_THROW((void)cells_near(map.network, all, 1e7, 1), Error);
  EXPECT_THROW((void)cells_near(map.network, all, -1, 1), ArgumentError);
}

/// A network with all that travel by road needs.
struct Roads {
  explicit Roads(RoadNetwork roads)
      : network(std::move(roads)),
        graph(build_search_graph(network, {})),
        hierarchy(build_contraction_hierarchy(graph, move_weights(network, graph, RoadMetric::travel_time_ms), {})),
        locator(network, find_components(network)) {}
  Roads(const Roads&) = delete;
  Roads& operator=(const Roads&) = delete;

  [[nodiscard]] RoadModel model() const {
    return {network,
            graph,
            hierarchy,
            locator,
            RoadMetric::travel_time_ms,
            {.snap = {.max_access_m = 300, .component_tolerance_m = 50, .excluded_classes = class_bit(RoadClass::ferry)},
             .access_speed_kmh = 5}};
  }

  RoadNetwork network;
  SearchGraph graph;
  ContractionHierarchy hierarchy;
  RoadLocator locator;
};

std::vector<Point> random_places(const std::size_t size, const std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Point> places;
  for (std::size_t k = 0; k < size; ++k) {
    places.push_back({700'000 + static_cast<double>(random() % 260'000) / 100 - 300,
                      6'600'000 + static_cast<double>(random() % 260'000) / 100 - 300});
  }
  return places;
}

TEST(Isochrones, ByRoadHoldExactlyThePlacesThatTheTableSaysAreWithin) {
  std::size_t within = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Roads roads(make_road_network(testing::random_road_parts(seed, {.nodes = 80, .roads = 160})));
    const RoadModel model = roads.model();
    const std::vector<Point> places = random_places(300, seed);
    const std::vector<Snap> facilities = roads.locator.snap_all(random_places(4, seed + 100), model.access.snap);
    const std::vector<Snap> demand = roads.locator.snap_all(places, model.access.snap);
    const Direction direction = seed % 2 == 0 ? Direction::forward : Direction::backward;
    std::vector<std::uint32_t> table(places.size(), kNoPath);  // the nearest facility of each place
    stream_road_table(model, facilities, demand, direction, kNoPath - 1,
                      [&](OriginIndex, const std::span<const std::uint32_t> rows) {
                        for (std::size_t k = 0; k < rows.size(); ++k) {
                          table[k % places.size()] = std::min(table[k % places.size()], rows[k]);
                        }
                      });
    const PositionCosts costs = road_position_costs(model, facilities, direction);
    EXPECT_EQ(road_place_costs(model, costs)(places), table) << "seed " << seed;
    const std::vector<std::uint32_t> cutoffs{60'000, 200'000, 400'000, 1'000'000};
    const Isochrones found = road_isochrones(model, costs, places, cutoffs, {.cell_m = 100});
    expect_exact(found, places, table, cutoffs);
    expect_valid(found.areas);
    for (std::size_t k = 0; k + 1 < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(found.areas, k), only(found.areas, k + 1)), 0, 1e-4);
    }
    const Isochrones bounded = road_isochrones(model, road_position_costs(model, facilities, direction, cutoffs.back()),
                                               places, cutoffs, {.cell_m = 100});
    for (std::size_t k = 0; k < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(bounded.areas, k), only(found.areas, k)), 0, 1e-4);
    }
    within += static_cast<std::size_t>(
        std::count_if(table.begin(), table.end(), [&](const std::uint32_t cost) { return cost <= cutoffs[2]; }));
  }
  EXPECT_GT(within, 200U) << "the cases are not empty";
}

TEST(Isochrones, ByRoadSampleAllThatCanBeWithin) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const Roads roads(make_road_network(testing::random_road_parts(seed, {.nodes = 80, .roads = 120})));
    const RoadModel model = roads.model();
    const std::vector<Snap> facilities = roads.locator.snap_all(random_places(5, seed + 50), model.access.snap);
    const PositionCosts costs = road_position_costs(model, facilities, Direction::forward);
    std::vector<GridCell> everywhere;
    for (std::int32_t row = 65'990; row < 66'040; ++row) {
      for (std::int32_t column = 6'990; column < 7'040; ++column) {
        everywhere.push_back({row, column});
      }
    }
    const std::vector<Point> places = random_places(50, seed);
    const std::vector<std::uint32_t> cutoffs{250'000, 500'000};
    const IsochroneOptions options{.cell_m = 100};
    const auto near = cells_near(roads.network, costs.within(500'000), model.access.snap.max_access_m, 100);
    EXPECT_LT(near.size(), everywhere.size());
    const AreaSet sampled = road_isochrones(model, costs, places, cutoffs, options).areas;
    const AreaSet whole = isochrones(road_place_costs(model, costs), everywhere, places, cutoffs, options).areas;
    for (std::size_t k = 0; k < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(whole, k), only(sampled, k)), 0, whole.vertices.empty() ? 1e-4 : 1e4 * 3);
      EXPECT_NEAR(excess_m2(only(sampled, k), only(whole, k)), 0, 1e-4);
    }
  }
}

TEST(Isochrones, ByRoadGrowWhenAFerryIsAddedOrARoadSpedUp) {
  double grown_m2 = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    RoadNetworkParts parts = testing::random_road_parts(seed, {.nodes = 60, .roads = 100});
    const Roads before(make_road_network(parts));
    std::mt19937_64 random(seed);
    for (int k = 0; k < 5; ++k) {
      Road& road = parts.roads[random() % parts.roads.size()];
      road.forward_ms = road.forward_ms == kClosed ? kClosed : road.forward_ms / 3;
      parts.roads.push_back({.from = RoadNodeIndex{random() % parts.nodes.size()},
                             .to = RoadNodeIndex{random() % parts.nodes.size()},
                             .forward_ms = 1'000,
                             .road_class = RoadClass::ferry});
      parts.shape_first.push_back(parts.shape_points.size());
    }
    const Roads after(make_road_network(parts));
    const std::vector<Point> places = random_places(100, seed);
    const std::vector<std::uint32_t> cutoffs{100'000, 300'000};
    const auto drawn = [&](const Roads& roads) {
      RoadModel model = roads.model();
      model.access.snap.component_tolerance_m = 0;  // a ferry may change which component is the biggest
      const std::vector<Snap> facilities = roads.locator.snap_all(random_places(3, 1), model.access.snap);
      return road_isochrones(model, road_position_costs(model, facilities, Direction::forward), places, cutoffs,
                             {.cell_m = 100});
    };
    const Isochrones slow = drawn(before);
    const Isochrones fast = drawn(after);
    for (std::size_t k = 0; k < cutoffs.size(); ++k) {
      EXPECT_NEAR(excess_m2(only(slow.areas, k), only(fast.areas, k)), 0, 1e-4) << "seed " << seed;
      grown_m2 += surface(fast.areas, AreaIndex{k}) - surface(slow.areas, AreaIndex{k});
    }
  }
  EXPECT_GT(grown_m2, 1e5);
}

TEST(Isochrones, AreTheSameOnOneThreadAndOnManyAndForPlacesInAnyOrder) {
  const Roads roads(make_road_network(testing::random_road_parts(2, {.nodes = 80, .roads = 160})));
  const RoadModel model = roads.model();
  std::vector<Point> places = random_places(300, 2);
  const std::vector<Snap> facilities = roads.locator.snap_all(random_places(4, 9), model.access.snap);
  const PositionCosts costs = road_position_costs(model, facilities, Direction::forward);
  const auto drawn = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return road_isochrones(model, costs, places, std::vector{100'000U, 300'000U}, {.cell_m = 50}).areas;
  };
  const AreaSet areas = drawn(1);
  EXPECT_GT(areas.polygons(), 1U);
  EXPECT_EQ(areas, drawn(4));
  std::reverse(places.begin(), places.end());
  EXPECT_EQ(areas, drawn(2));
}

}  // namespace
}  // namespace maillage
