#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/line_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

struct NodingOptions {
  double tolerance_m = 0.1;  ///< ends nearer to one another than this are one node; >= 0
  /// Lines meet wherever they cross or touch, and where an end comes within the tolerance of another line. Not for data that
  /// is noded already: bridges would become crossings.
  bool crossings = false;
};

/// Lines cut into pieces between nodes. Neither nodes nor pieces depend on the order of lines, but for Piece::line.
struct NodedLines {
  struct Piece {
    std::uint32_t line = 0;  ///< of the LineSet
    std::uint32_t from = 0;  ///< node
    std::uint32_t to = 0;
    double share = 1;  ///< of the line's length in the plane
  };
  std::vector<Point> nodes;                   ///< by x, then y
  std::vector<Piece> pieces;                  ///< by line, from its start to its end
  std::vector<std::uint64_t> shape_first{0};  ///< pieces + 1
  std::vector<Point> shape_points;            ///< vertices between the nodes, both left out
  std::size_t merged_ends = 0;                ///< ends that lay beside their node
  std::size_t cuts = 0;                       ///< nodes inside lines
  std::size_t collapsed = 0;                  ///< lines and pieces no longer than the tolerance, left out

  [[nodiscard]] std::span<const Point> shape(const std::size_t piece) const {
    return std::span{shape_points}.subspan(shape_first[piece], shape_first[piece + 1] - shape_first[piece]);
  }
};

/// Makes a graph of lines. Always a node: both ends of a line, and a vertex where another line ends. Nodes in a chain, each
/// within the tolerance of the next, become one, at the position of the westernmost (then southernmost).
/// Cost: O(n log n) in vertices. \throws ArgumentError when a vertex is not finite or the tolerance is negative
[[nodiscard]] NodedLines node_lines(const LineSet& lines, const NodingOptions& options);

}  // namespace maillage
