#include "engine/network/point_tree.hpp"

#include <gtest/gtest.h>

#include <set>

namespace maillage {
namespace {

TEST(PointTree, VisitsEveryPointWithinTheRadiusOnce) {
  std::vector<Point> points;
  for (int x = 0; x < 20; ++x) {
    for (int y = 0; y < 20; ++y) {
      points.push_back({x * 1.0, y * 1.0});
      points.push_back({x * 1.0, y * 1.0});  // twins
    }
  }
  const PointTree tree{points};
  const Point centre{7.5, 3.25};
  for (const double squared_radius : {0.0, 1.0, 10.0, 1'000.0}) {
    std::multiset<std::uint32_t> visited;
    tree.visit_within(
        centre, [&] { return squared_radius; }, [&](const std::uint32_t number, double) { visited.insert(number); });
    std::multiset<std::uint32_t> expected;
    for (std::uint32_t number = 0; number < points.size(); ++number) {
      const double distance = distance_m(points[number], centre);
      if (distance * distance <= squared_radius) {
        expected.insert(number);
      }
    }
    EXPECT_EQ(visited, expected);
  }
}

TEST(PointTree, MayBeEmpty) {
  const PointTree tree{{}};
  tree.visit_within(
      {0, 0}, [] { return 1e9; }, [](std::uint32_t, double) { FAIL(); });
}

}  // namespace
}  // namespace maillage
