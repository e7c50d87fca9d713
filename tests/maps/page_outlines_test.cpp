#include "maps/page_outlines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "maps/hatch_lines.hpp"

namespace maillage::detail {
namespace {

using Edge = std::pair<GridPoint, GridPoint>;

std::multiset<Edge> edges_of(const GridRing& ring) {
  std::multiset<Edge> edges;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const GridPoint& a = ring[k];
    const GridPoint& b = ring[(k + 1) % ring.size()];
    edges.insert(a < b ? Edge{a, b} : Edge{b, a});
  }
  return edges;
}

/// Two areas side by side with a wavy border between them, one of which begins its ring on that border.
std::pair<GridRing, GridRing> neighbours(const std::size_t rotation) {
  std::vector<GridPoint> border;
  for (std::int32_t y = 0; y <= 200; ++y) {
    border.push_back({100 + static_cast<std::int32_t>(std::lround(6 * std::sin(y / 9.0))), y});
  }
  GridRing left{{0, 200}, {0, 0}};
  left.insert(left.end(), border.begin(), border.end());
  GridRing right{{200, 0}, {200, 200}};
  right.insert(right.end(), border.rbegin(), border.rend());
  std::ranges::rotate(right, right.begin() + static_cast<std::ptrdiff_t>(rotation));
  return {left, right};
}

TEST(PageOutlines, ThinnedBordersStayShared) {
  for (const std::size_t rotation : {0U, 3U, 60U, 150U}) {
    const auto [left, right] = neighbours(rotation);
    const PageOutlines outlines{{left, right}};
    const GridRing thin_left = outlines.simplified(left);
    const GridRing thin_right = outlines.simplified(right);
    EXPECT_LT(thin_left.size(), left.size() / 2);
    EXPECT_GT(thin_left.size(), 10U);  // the waves are still there
    // Both have the same border: what one has and the other lacks are the six outer edges.
    const auto a = edges_of(thin_left);
    const auto b = edges_of(thin_right);
    std::vector<Edge> shared;
    std::ranges::set_intersection(a, b, std::back_inserter(shared));
    EXPECT_EQ(shared.size(), a.size() - 3);
    EXPECT_EQ(shared.size(), b.size() - 3);
  }
}

TEST(PageOutlines, NoPointLeavesTheLineByMoreThanTheTolerance) {
  const auto [left, right] = neighbours(0);
  const GridRing thin = PageOutlines{{left, right}}.simplified(left);
  for (const GridPoint& point : left) {
    double nearest = 1e9;
    for (std::size_t k = 0; k < thin.size(); ++k) {
      const GridPoint& a = thin[k];
      const GridPoint& b = thin[(k + 1) % thin.size()];
      const double length2 = std::pow(b.x - a.x, 2) + std::pow(b.y - a.y, 2);
      const double along =
          std::clamp(((point.x - a.x) * double(b.x - a.x) + (point.y - a.y) * double(b.y - a.y)) / length2, 0.0, 1.0);
      nearest = std::min(nearest, std::hypot(point.x - a.x - along * (b.x - a.x), point.y - a.y - along * (b.y - a.y)));
    }
    EXPECT_LE(nearest, 1.2);
  }
}

TEST(PageOutlines, AnIslandDoesNotHangOnWhereItsRingBegins) {
  GridRing circle;
  for (int k = 0; k < 90; ++k) {
    circle.push_back({static_cast<std::int32_t>(std::lround(100 * std::cos(k * 0.0698131700797732))),
                      static_cast<std::int32_t>(std::lround(100 * std::sin(k * 0.0698131700797732)))});
  }
  const GridRing first = PageOutlines{{circle}}.simplified(circle);
  std::ranges::rotate(circle, circle.begin() + 31);
  EXPECT_EQ(edges_of(PageOutlines{{circle}}.simplified(circle)), edges_of(first));
  EXPECT_GT(first.size(), 8U);
}

TEST(PageOutlines, PathsAreRelativeAndShort) {
  std::string path;
  append_path(path, GridRing{{10, 10}, {20, 5}, {15, 30}});
  EXPECT_EQ(path, "M10 10l10-5-5 25z");
  path.clear();
  append_path(path, GridRing{});
  EXPECT_EQ(path, "");
}

TEST(HatchLines, LieInsideAndMeetTheEdges) {
  const GridRing square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
  const GridRing hole{{40, 40}, {40, 60}, {60, 60}, {60, 40}};
  const std::vector<GridLine> lines = hatch_lines(std::vector{square, hole}, 10);
  ASSERT_EQ(lines.size(), 19U + 4U);  // one at the corner is too short to be seen; four pass the hole and are cut in two
  for (const GridLine& line : lines) {
    EXPECT_LE(std::abs((line.from.x + line.from.y) - (line.to.x + line.to.y)), 2);
    const double x = (line.from.x + line.to.x) / 2.0;
    const double y = (line.from.y + line.to.y) / 2.0;
    EXPECT_TRUE(x >= 0 && x <= 100 && y >= 0 && y <= 100);
    EXPECT_FALSE(x > 41 && x < 59 && y > 41 && y < 59);
  }
}

TEST(PageOutlines, AreCutAtTheBoxOfAFrame) {
  const GridBox box{{0, 0}, {10, 10}};
  const GridRing inside{{1, 1}, {9, 1}, {5, 9}};
  EXPECT_EQ(clipped(inside, box), inside);
  EXPECT_LT(clipped({{11, 0}, {20, 0}, {15, 8}}, box).size(), 3U);
  GridRing cut = clipped({{-5, -5}, {15, -5}, {15, 15}, {-5, 15}}, box);
  std::ranges::sort(cut);
  EXPECT_EQ(cut, (GridRing{{0, 0}, {0, 10}, {10, 0}, {10, 10}}));
}

TEST(PageOutlines, NeighboursAreCutAtTheSamePointOfTheEdgeTheyShare) {
  const GridBox box{{0, 0}, {10, 10}};
  // The edge from (3, 2) to (17, 9) parts the two.
  const GridRing above = clipped({{3, 2}, {17, 9}, {17, 0}}, box);
  const GridRing below = clipped({{17, 9}, {3, 2}, {3, 30}}, box);
  const GridPoint shared{10, 6};  // 5.5, rounded
  EXPECT_EQ(std::ranges::count(above, shared), 1);
  EXPECT_EQ(std::ranges::count(below, shared), 1);
}

}  // namespace
}  // namespace maillage::detail
