#include "engine/network/stretch_lines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "engine/network/snap.hpp"
#include "tests/support/ascii_roads.hpp"
#include "tests/support/random_roads.hpp"

namespace maillage {
namespace {

RoadStretch part(const std::size_t road, const double begin, const double end) {
  return {.road = RoadIndex{road}, .begin = begin, .end = end};
}

TEST(StretchesBeyond, TakeTheShorterCutoffOutOfTheLonger) {
  const std::vector outer{part(0, 0, 1), part(2, 0, 0.25), part(2, 0.5, 1), part(3, 0, 1), part(5, 0.5, 0.5)};
  const std::vector inner{part(0, 0.25, 0.5), part(0, 0.75, 1), part(1, 0, 1), part(2, 0.625, 0.75), part(3, 0, 1)};
  EXPECT_EQ(stretches_beyond(outer, inner),
            (std::vector{part(0, 0, 0.25), part(0, 0.5, 0.75), part(2, 0, 0.25), part(2, 0.5, 0.625), part(2, 0.75, 1)}));
  EXPECT_TRUE(stretches_beyond(outer, outer).empty());
  EXPECT_EQ(stretches_beyond(outer, {}).size(), 4U) << "all but the one without length";
}

TEST(StretchesBeyond, AndWhatIsTakenOutMakeTheWhole) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    // Cells of 1/16: a set is a mask, its stretches the runs of ones.
    const auto runs = [](const std::uint32_t mask) {
      std::vector<RoadStretch> stretches;
      for (std::uint32_t k = 0; k < 16; ++k) {
        if ((mask >> k & 1U) == 0) {
          continue;
        }
        const bool goes_on = !stretches.empty() && stretches.back().end == k / 16.0;
        if (goes_on) {
          stretches.back().end = (k + 1) / 16.0;
        } else {
          stretches.push_back(part(0, k / 16.0, (k + 1) / 16.0));
        }
      }
      return stretches;
    };
    const auto outer = static_cast<std::uint32_t>(random() & 0xffffU);
    const auto inner = outer & static_cast<std::uint32_t>(random());
    EXPECT_EQ(stretches_beyond(runs(outer), runs(inner)), runs(outer & ~inner));
  }
}

LineSet line_of(const RoadNetwork& network, const RoadStretch& stretch) {
  LineSet lines;
  (void)append_stretch_line(network, stretch, lines);
  return lines;
}

TEST(StretchLine, FollowsTheShapeBetweenItsEnds) {
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  parts.nodes = {{0, 0}, {20, 20}, {5, 5}};
  parts.roads = {{.from = RoadNodeIndex{0}, .to = RoadNodeIndex{1}, .forward_ms = 1, .length_cm = 4'000},
                 {.from = RoadNodeIndex{2}, .to = RoadNodeIndex{2}, .forward_ms = 1}};
  parts.shape_points = {{10, 0}, {10, 0}, {10, 20}};
  parts.shape_first = {0, 3, 3};
  const RoadNetwork network = make_road_network(std::move(parts));
  EXPECT_EQ(line_of(network, part(0, 0, 1)).vertices, (std::vector<Point>{{0, 0}, {10, 0}, {10, 20}, {20, 20}}));
  EXPECT_EQ(line_of(network, part(0, 0.125, 0.5)).vertices, (std::vector<Point>{{5, 0}, {10, 0}, {10, 10}}));
  EXPECT_EQ(line_of(network, part(0, 0.25, 0.75)).vertices, (std::vector<Point>{{10, 0}, {10, 20}}));
  EXPECT_EQ(line_of(network, part(0, 0.875, 1)).vertices, (std::vector<Point>{{15, 20}, {20, 20}}));
  EXPECT_EQ(line_of(network, part(0, 0.3125, 0.375)).vertices, (std::vector<Point>{{10, 2.5}, {10, 5}}));
  LineSet none;
  EXPECT_FALSE(append_stretch_line(network, part(0, 0.5, 0.5), none)) << "one position is no line";
  EXPECT_FALSE(append_stretch_line(network, part(1, 0, 1), none)) << "nor is a road without length";
  EXPECT_EQ(none, LineSet{});
}

TEST(StretchLine, IsAsLongAsItsShareOfTheShape) {
  const RoadNetwork network = make_road_network(testing::random_road_parts(3, {}));
  std::mt19937_64 random(5);
  for (std::size_t road = 0; road < network.roads.size(); ++road) {
    const auto length = [](const LineSet& lines) {
      double sum = 0;
      for (std::size_t k = 1; k < lines.vertices.size(); ++k) {
        sum += distance_m(lines.vertices[k - 1], lines.vertices[k]);
      }
      return sum;
    };
    double a = static_cast<double>(random() % 1'001) / 1'000;
    double b = static_cast<double>(random() % 1'001) / 1'000;
    if (a > b) {
      std::swap(a, b);
    }
    const double whole = length(line_of(network, part(road, 0, 1)));
    EXPECT_NEAR(length(line_of(network, part(road, a, b))), (b - a) * whole, 1e-6) << road;
  }
}

}  // namespace
}  // namespace maillage
