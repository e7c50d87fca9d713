#include "engine/network/snap.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

using testing::ascii_roads;

/// The rule, read aloud: every segment of every open road.
Snap brute_force_snap(const RoadNetwork& network, const Point& point, const SnapOptions& options) {
  const RoadComponents components = find_components(network);
  Snap nearest;
  Snap biggest;
  nearest.access_m = biggest.access_m = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < network.roads.size(); ++k) {
    const RoadIndex road{k};
    const Road& it = network.road(road);
    if ((it.forward_ms == kClosed && it.backward_ms == kClosed) ||
        (options.excluded_classes & class_bit(it.road_class)) != 0) {
      continue;
    }
    std::vector<Point> line{network.nodes[it.from.value()]};
    line.insert(line.end(), network.shape(road).begin(), network.shape(road).end());
    line.push_back(network.nodes[it.to.value()]);
    double total = 0;
    for (std::size_t s = 0; s + 1 < line.size(); ++s) {
      total += distance_m(line[s], line[s + 1]);
    }
    double before = 0;
    for (std::size_t s = 0; s + 1 < line.size(); ++s) {
      const double length = distance_m(line[s], line[s + 1]);
      double t = 0;
      if (length > 0) {
        t = ((point.x - line[s].x) * (line[s + 1].x - line[s].x) + (point.y - line[s].y) * (line[s + 1].y - line[s].y)) /
            (length * length);
        t = std::fmin(1, std::fmax(0, t));
      }
      const Point foot{line[s].x + t * (line[s + 1].x - line[s].x), line[s].y + t * (line[s + 1].y - line[s].y)};
      const Snap candidate{road, total > 0 ? (before + t * length) / total : 0, distance_m(foot, point), foot};
      constexpr double kTie_m = 1e-7;  // the oracle rounds otherwise than the engine
      if (candidate.access_m < nearest.access_m - kTie_m) {
        nearest = candidate;
      }
      if (lies_in(network, road, components, components.biggest_strong) && candidate.access_m < biggest.access_m - kTie_m) {
        biggest = candidate;
      }
      before += length;
    }
  }
  const Snap& chosen =
      biggest.access_m <= nearest.access_m + options.component_tolerance_m && biggest.access_m <= options.max_access_m
          ? biggest
          : nearest;
  return chosen.access_m <= options.max_access_m ? chosen : Snap{};
}

void expect_near(const Snap& snap, const Snap& expected) {
  ASSERT_EQ(snap.road.is_none(), expected.road.is_none());
  ASSERT_NEAR(snap.access_m, expected.access_m, 1e-6);
  if (snap.road != expected.road && std::abs(snap.access_m - expected.access_m) < 1e-8) {
    return;  // as near as roundings can tell
  }
  ASSERT_EQ(snap.road, expected.road);
  EXPECT_NEAR(snap.fraction, expected.fraction, 1e-6);
  EXPECT_NEAR(snap.position.x, expected.position.x, 1e-6);
  EXPECT_NEAR(snap.position.y, expected.position.y, 1e-6);
}

class AsciiSnap {
 public:
  explicit AsciiSnap(const std::vector<std::string>& rows)
      : map_(ascii_roads(rows)), locator_(map_.network, find_components(map_.network)) {}
  [[nodiscard]] Snap of(const char place, const SnapOptions& options) const {
    return locator_.snap(map_.places.at(place), options);
  }
  /// "AB 0.25 30 m", or "nowhere".
  [[nodiscard]] std::string text(const char place, const SnapOptions& options) const {
    const Snap snap = of(place, options);
    if (snap.road.is_none()) {
      return "nowhere";
    }
    std::string name;
    for (const auto& [letter, node] : map_.nodes) {
      name += node == map_.network.road(snap.road).from ? std::string(1, letter) : "";
    }
    for (const auto& [letter, node] : map_.nodes) {
      name += node == map_.network.road(snap.road).to ? std::string(1, letter) : "";
    }
    return name + " " + std::to_string(std::lround(snap.fraction * 100)) + "% " +
           std::to_string(std::lround(snap.access_m)) + " m";
  }

 private:
  testing::AsciiRoads map_;
  RoadLocator locator_;
};

TEST(Snap, GoesToTheNearestPointOfARoadNotToANode) {
  const AsciiSnap map({
      "  1",
      "",
      "A---B---C",
      "|       2",
      "D",
  });
  EXPECT_EQ(map.text('1', {}), "AB 50% 20 m");
  EXPECT_EQ(map.text('2', {}), "BC 100% 10 m");
}

TEST(Snap, StopsAtTheLargestAccess) {
  const AsciiSnap map({
      "1",
      "",
      "A---B",
  });
  EXPECT_EQ(map.text('1', {.max_access_m = 20}), "AB 0% 20 m") << "closed";
  EXPECT_EQ(map.text('1', {.max_access_m = 19.999}), "nowhere");
  EXPECT_EQ(map.text('A', {.max_access_m = 0}), "AB 0% 0 m");
}

TEST(Snap, PrefersTheBiggestComponentWithinTheTolerance) {
  const AsciiSnap map({
      "A---B",
      "|   |",
      "C---D",
      "",
      "",
      "  1",
      "E---F",
  });
  EXPECT_EQ(map.text('1', {.component_tolerance_m = 20}), "CD 50% 30 m");
  EXPECT_EQ(map.text('1', {.component_tolerance_m = 19.999}), "EF 50% 10 m") << "an island stays one";
  EXPECT_EQ(map.text('1', {.max_access_m = 29}), "EF 50% 10 m") << "never beyond the largest access";
}

TEST(Snap, LeavesAOneWayTrapAndADeadEndOneCannotLeave) {
  const AsciiSnap map({
      "A---B>>>E",
      "|   |   1",
      "C---D",
  });
  EXPECT_EQ(map.text('1', {}), "BD 50% 40 m");
  EXPECT_EQ(map.text('1', {.component_tolerance_m = 5}), "BE 100% 10 m");
}

TEST(Snap, TakesAOneWayStreetThatIsPartOfTheNetwork) {
  const AsciiSnap map({
      "A>>>B",
      "^ 1 v",
      "C<<<D",
      "",
      "    2",
      "E---F",
  });
  EXPECT_EQ(map.text('1', {}), "AB 50% 10 m");
  EXPECT_EQ(map.text('2', {.component_tolerance_m = 10}), "BD 100% 20 m");
}

TEST(Snap, PassesOverClosedRoadsAndExcludedClasses) {
  const AsciiSnap map({
      "AxxxB",
      "  1",
      "C~~~D",
      "",
      "E---F",
  });
  EXPECT_EQ(map.text('1', {}), "EF 50% 30 m");
  EXPECT_EQ(map.text('1', {.excluded_classes = 0}), "CD 50% 10 m");
  EXPECT_EQ(map.text('1', {.excluded_classes = ~0U}), "nowhere");
}

TEST(Snap, GivesTiesToTheLowerRoadThenTheLowerFraction) {
  const AsciiSnap map({
      "A---B",
      "| 1",
      "C---D---E",
  });
  EXPECT_EQ(map.text('1', {}), "AB 50% 10 m");
  EXPECT_EQ(map.text('D', {}), "CD 100% 0 m") << "CD and DE meet there";
  RoadNetworkParts parts;  // a hairpin: both legs are 10 m away
  parts.nodes = {{0, 10}, {0, -10}};
  parts.shape_points = {{100, 10}, {100, -10}};
  parts.shape_first = {0, 2};
  parts.roads.push_back({.from = RoadNodeIndex{0}, .to = RoadNodeIndex{1}, .forward_ms = 1, .backward_ms = 1});
  const RoadNetwork network = make_road_network(std::move(parts));
  const RoadLocator locator(network, find_components(network));
  EXPECT_DOUBLE_EQ(locator.snap({50, 0}, {}).fraction, 50.0 / 220);
}

TEST(Snap, GivesARoadEndToTheLowestRoadThere) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 random(seed);
    const auto metres = [&] { return static_cast<double>(random() % 1'000'003) / 997; };
    RoadNetworkParts parts;
    const double far = seed % 2 == 0 ? 0 : 6'600'000;
    parts.nodes.push_back({far + 5'000 + metres(), metres() - 500});
    for (std::size_t k = 1; k <= 40; ++k) {  // a star whose arms all lie west of its centre
      parts.nodes.push_back({far + metres(), metres() - 500});
      const bool outwards = random() % 2 == 0;
      parts.roads.push_back({.from = RoadNodeIndex{outwards ? 0 : k},
                             .to = RoadNodeIndex{outwards ? k : 0},
                             .forward_ms = 1,
                             .backward_ms = 1});
      parts.shape_first.push_back(0);
    }
    const Point east{parts.nodes[0].x + 500, parts.nodes[0].y + 0.1};
    const bool outwards = parts.roads[0].from == RoadNodeIndex{0};
    const RoadNetwork network = make_road_network(std::move(parts));
    const Snap snap = RoadLocator(network, find_components(network)).snap(east, {});
    EXPECT_EQ(snap.road, RoadIndex{0});
    EXPECT_EQ(snap.position, network.nodes[0]);
    EXPECT_EQ(snap.fraction, outwards ? 0 : 1);
  }
}

TEST(Snap, KnowsRoadsWithoutLengthAndLoops) {
  RoadNetworkParts parts;
  parts.nodes = {{0, 0}, {500, 0}};
  parts.shape_points = {{100, 0}, {100, 100}, {0, 100}};
  parts.shape_first = {0, 0, 3};
  const RoadNodeIndex a{0};
  const RoadNodeIndex b{1};
  parts.roads.push_back({.from = b, .to = b, .forward_ms = 0});
  parts.roads.push_back({.from = a, .to = a, .forward_ms = 40, .backward_ms = 40});
  const RoadNetwork network = make_road_network(std::move(parts));
  const RoadLocator locator(network, find_components(network));
  EXPECT_EQ(locator.snap({500, 30}, {}), (Snap{RoadIndex{0}, 0, 30, {500, 0}})) << "no length: fraction 0";
  EXPECT_EQ(locator.snap({110, 50}, {}), (Snap{RoadIndex{1}, 0.375, 10, {100, 50}}));
  EXPECT_EQ(locator.snap({-10, 50}, {.component_tolerance_m = 0}), (Snap{RoadIndex{1}, 0.875, 10, {0, 50}}));
}

TEST(Snap, IsNowhereForWhatIsNoPlaceAndWithoutRoads) {
  const auto map = ascii_roads({"A---B"});
  const RoadLocator locator(map.network, find_components(map.network));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const Point& point : {Point{nan, 0}, {0, nan}, {infinity, 0}, {0, -infinity}, {1e300, 1e300}, {-1e9, 0}}) {
    EXPECT_EQ(locator.snap(point, {}), Snap{});
    EXPECT_TRUE(locator.snap(point, {.max_access_m = infinity}).road.is_none() || std::abs(point.x) < 1e10);
  }
  const RoadNetwork nothing = make_road_network({});
  EXPECT_EQ(RoadLocator(nothing, find_components(nothing)).snap({0, 0}, {}), Snap{});
  EXPECT_THROW((void)locator.snap({0, 0}, {.max_access_m = -1}), ArgumentError);
  EXPECT_THROW((void)locator.snap({0, 0}, {.max_access_m = nan}), ArgumentError);
  EXPECT_THROW((void)locator.snap_all({}, {.component_tolerance_m = -1}), ArgumentError);
}

TEST(Snap, AgreesWithBruteForce) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RoadNetwork network = make_road_network(
        testing::random_road_parts(seed, {.nodes = 40 + seed * 2, .roads = 20 + seed * 3, .on_grid = seed % 3 == 0}));
    const RoadLocator locator(network, find_components(network));
    std::mt19937_64 random(seed);
    const auto metres = [&] { return static_cast<double>(random() % 2'600) - 300; };
    for (int k = 0; k < 60; ++k) {
      const Point point{700'000 + metres(), 6'600'000 + metres()};
      const SnapOptions options{.max_access_m = static_cast<double>(50 + random() % 800),
                                .component_tolerance_m = static_cast<double>(random() % 300)};
      SCOPED_TRACE(::testing::Message() << "seed " << seed << " point " << k);
      expect_near(locator.snap(point, options), brute_force_snap(network, point, options));
      if (HasFailure()) {
        return;
      }
    }
  }
}

TEST(Snap, SnapsTheSamePlacesWhateverTheOrderOfRoads) {
  const RoadNetworkParts parts = testing::random_road_parts(7, {.nodes = 80, .roads = 200});
  std::vector<std::size_t> order(parts.roads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  RoadNetworkParts shuffled;
  shuffled.nodes = parts.nodes;
  for (const std::size_t k : order) {
    shuffled.roads.push_back(parts.roads[k]);
    shuffled.shape_points.insert(shuffled.shape_points.end(),
                                 parts.shape_points.begin() + static_cast<std::ptrdiff_t>(parts.shape_first[k]),
                                 parts.shape_points.begin() + static_cast<std::ptrdiff_t>(parts.shape_first[k + 1]));
    shuffled.shape_first.push_back(shuffled.shape_points.size());
  }
  const RoadNetwork network = make_road_network(parts);
  const RoadNetwork other = make_road_network(std::move(shuffled));
  const RoadLocator locator(network, find_components(network));
  const RoadLocator other_locator(other, find_components(other));
  std::mt19937_64 random(3);
  for (int k = 0; k < 500; ++k) {
    const Point point{700'000 + static_cast<double>(random() % 2'000'000) / 1e3,
                      6'600'000 + static_cast<double>(random() % 2'000'000) / 1e3};
    const Snap snap = locator.snap(point, {});
    const Snap again = other_locator.snap(point, {});
    EXPECT_EQ(snap.access_m, again.access_m);
    EXPECT_EQ(snap.position, again.position);
  }
}

TEST(Snap, IsTheSameOnOneThreadAndOnMany) {
  const RoadNetwork network = make_road_network(testing::random_road_parts(5, {.nodes = 4'000, .roads = 30'000}));
  std::vector<Point> points;
  std::mt19937_64 random(3);
  for (int k = 0; k < 3'000; ++k) {
    points.push_back({700'000 + static_cast<double>(random() % 2'000), 6'600'000 + static_cast<double>(random() % 2'000)});
  }
  const auto snaps = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return RoadLocator(network, find_components(network)).snap_all(points, {});
  };
  EXPECT_EQ(snaps(1), snaps(4));
}

TEST(Snap, FindsFarPlanesLaidBesideOneAnother) {
  RoadNetworkParts parts;
  for (int plane = 0; plane < 3; ++plane) {
    for (int k = 0; k < 100; ++k) {
      parts.nodes.push_back({plane * 1e8 + k * 100.0, plane * 3e7});
      if (k > 0) {
        parts.roads.push_back({.from = RoadNodeIndex{parts.nodes.size() - 2},
                               .to = RoadNodeIndex{parts.nodes.size() - 1},
                               .forward_ms = 1,
                               .backward_ms = 1});
        parts.shape_first.push_back(0);
      }
    }
  }
  const RoadNetwork network = make_road_network(std::move(parts));
  const RoadLocator locator(network, find_components(network));
  EXPECT_EQ(locator.snap({2e8 + 5'050, 6e7 + 30}, {}).road, RoadIndex{99 + 99 + 50});
  EXPECT_TRUE(locator.snap({1.5e8, 6e7}, {}).road.is_none());
}

}  // namespace
}  // namespace maillage
