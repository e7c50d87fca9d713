#include "engine/network/line_noding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

LineSet lines_of(const std::vector<std::vector<Point>>& lines) {
  LineSet set;
  for (const auto& line : lines) {
    set.vertices.insert(set.vertices.end(), line.begin(), line.end());
    set.end_line();
    set.end_feature();
  }
  return set;
}

double total_share(const NodedLines& noded) {
  double sum = 0;
  for (const auto& piece : noded.pieces) {
    sum += piece.share;
  }
  return sum;
}

TEST(NodeLines, MakesOneNodeOfEndsWithinTheTolerance) {
  const LineSet lines = lines_of({{{0, 0}, {5, 3}, {10, 0}}, {{10.05, 0}, {20, 0}}, {{10.3, 0}, {10.3, 9}}});
  const NodedLines noded = node_lines(lines, {.tolerance_m = 0.1});
  EXPECT_EQ(noded.nodes.size(), 5U);
  ASSERT_EQ(noded.pieces.size(), 3U);
  EXPECT_EQ(noded.pieces[0].to, noded.pieces[1].from);
  EXPECT_EQ(noded.nodes[noded.pieces[0].to], (Point{10, 0}));
  EXPECT_EQ(noded.shape(0).size(), 1U);
  EXPECT_EQ(noded.shape(0)[0], (Point{5, 3}));
  EXPECT_EQ(node_lines(lines, {.tolerance_m = 0}).nodes.size(), 6U);
}

TEST(NodeLines, CutsALineWhereAnotherEndsAtItsVertex) {
  const NodedLines noded = node_lines(lines_of({{{0, 0}, {4, 0}, {10, 0}}, {{4, 0}, {4, 7}}}), {});
  EXPECT_EQ(noded.nodes.size(), 4U);
  ASSERT_EQ(noded.pieces.size(), 3U);
  EXPECT_DOUBLE_EQ(noded.pieces[0].share, 0.4);
  EXPECT_DOUBLE_EQ(noded.pieces[1].share, 0.6);
  EXPECT_EQ(noded.shape_points.size(), 0U);
}

TEST(NodeLines, MakesNodesOfCrossingsOnlyWhenAsked) {
  //      |
  //  ----+----
  //      |
  const LineSet lines = lines_of({{{0, 0}, {10, 0}}, {{4, -5}, {4, 5}}});
  EXPECT_EQ(node_lines(lines, {}).nodes.size(), 4U);
  const NodedLines noded = node_lines(lines, {.crossings = true});
  EXPECT_EQ(noded.nodes.size(), 5U);
  EXPECT_EQ(noded.pieces.size(), 4U);
  EXPECT_EQ(noded.cuts, 2U);
  EXPECT_NEAR(total_share(noded), 2, 1e-12);
}

TEST(NodeLines, JoinsAnEndThatStopsShortOfALine) {
  const LineSet lines = lines_of({{{0, 0}, {10, 0}}, {{4, 0.05}, {4, 5}}, {{7, 0.2}, {7, 5}}});
  const NodedLines noded = node_lines(lines, {.tolerance_m = 0.1, .crossings = true});
  EXPECT_EQ(noded.nodes.size(), 6U);  // 2 + (4, 0.05) + (4, 5) + 2 of the line too far away
  EXPECT_EQ(noded.pieces.size(), 4U);
}

TEST(NodeLines, CutsALineThatCrossesItselfAndOnesThatOverlap) {
  const NodedLines eight = node_lines(lines_of({{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}), {.crossings = true});
  EXPECT_EQ(eight.nodes.size(), 3U);
  EXPECT_EQ(eight.pieces.size(), 3U);
  EXPECT_NEAR(total_share(eight), 1, 1e-12);
  const NodedLines overlap = node_lines(lines_of({{{0, 0}, {10, 0}}, {{4, 0}, {14, 0}}}), {.crossings = true});
  EXPECT_EQ(overlap.nodes.size(), 4U);
  EXPECT_EQ(overlap.pieces.size(), 4U);
  const NodedLines vertex =
      node_lines(lines_of({{{0, 0}, {5, 5}, {10, 0}}, {{0, 10}, {5, 5}, {10, 10}}}), {.crossings = true});
  EXPECT_EQ(vertex.nodes.size(), 5U);
  EXPECT_EQ(vertex.pieces.size(), 4U);
}

TEST(NodeLines, LeavesOutWhatHasNoLength) {
  const NodedLines noded =
      node_lines(lines_of({{{1, 1}, {1, 1}}, {{2, 2}}, {}, {{0, 0}, {0.01, 0}}, {{0, 0}, {9, 0}}}), {.tolerance_m = 0.1});
  EXPECT_EQ(noded.collapsed, 4U);
  EXPECT_EQ(noded.pieces.size(), 1U);
  EXPECT_THROW((void)node_lines(lines_of({{{NAN, 1}, {1, 1}}}), {}), ArgumentError);
  EXPECT_THROW((void)node_lines({}, {.tolerance_m = -1}), ArgumentError);
}

TEST(NodeLines, GivesTheSameGraphForAnyOrderOfLines) {
  std::mt19937_64 random{5};
  std::vector<std::vector<Point>> lines;
  for (std::size_t k = 0; k < 60; ++k) {
    lines.push_back({});
    for (std::size_t v = 0; v < 3; ++v) {
      lines.back().push_back({static_cast<double>(random() % 1000), static_cast<double>(random() % 1000)});
    }
  }
  const auto graph = [&] {
    const NodedLines noded = node_lines(lines_of(lines), {.tolerance_m = 0.5, .crossings = true});
    std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> pieces;
    for (const auto& piece : noded.pieces) {
      pieces.emplace_back(piece.from, piece.to, piece.share);
    }
    std::sort(pieces.begin(), pieces.end());
    EXPECT_NEAR(total_share(noded), 60, 0.2);
    return std::pair{noded.nodes, pieces};
  };
  const auto first = graph();
  EXPECT_GT(first.first.size(), 500U);
  std::shuffle(lines.begin(), lines.end(), random);
  EXPECT_EQ(graph(), first);
}

}  // namespace
}  // namespace maillage
