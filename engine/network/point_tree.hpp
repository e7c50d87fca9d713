#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// Points packed in a balanced binary tree of boxes, for "within a radius" and "nearest" questions. Empty space costs
/// nothing, so planes laid thousands of kilometres apart do no harm. Points that are not finite are left out. Cost: O(n log
/// n) to build, about 40 bytes per point. Source: Bentley (1975), doi:10.1145/361002.361007.
class PointTree {
 public:
  explicit PointTree(std::span<const Point> points);

  /// Calls `visit(position in the given span, squared distance)` for every point within the radius, at least: a caller who
  /// needs a sharp edge tests the distance again. `squared_radius` is a function, asked anew at every step, so that it may
  /// shrink.
  template <typename SquaredRadius, typename Visit>
  void visit_within(const Point& centre, const SquaredRadius& squared_radius, const Visit& visit) const;

 private:
  static constexpr std::size_t kLeafPoints = 8;
  struct Entry {
    Point position;
    std::uint32_t number = 0;
  };
  struct Node {
    Box box;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t second_child = 0;  ///< 0 in a leaf; the first child follows its parent
  };

  void build(std::size_t begin, std::size_t end);
  [[nodiscard]] static double squared_distance(const Box& box, const Point& point) {
    const double dx = std::max({box.min_x - point.x, point.x - box.max_x, 0.0});
    const double dy = std::max({box.min_y - point.y, point.y - box.max_y, 0.0});
    return dx * dx + dy * dy;
  }
  template <typename SquaredRadius, typename Visit>
  void visit_node(std::uint32_t number, const Point& centre, const SquaredRadius& squared_radius, const Visit& visit) const;

  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
};

template <typename SquaredRadius, typename Visit>
void PointTree::visit_within(const Point& centre, const SquaredRadius& squared_radius, const Visit& visit) const {
  if (!nodes_.empty() && squared_distance(nodes_.front().box, centre) <= squared_radius()) {
    visit_node(0, centre, squared_radius, visit);
  }
}

template <typename SquaredRadius, typename Visit>
void PointTree::visit_node(const std::uint32_t number, const Point& centre, const SquaredRadius& squared_radius,
                           const Visit& visit) const {
  const Node& node = nodes_[number];
  if (node.second_child == 0) {
    for (std::uint32_t at = node.begin; at < node.end; ++at) {
      const double dx = entries_[at].position.x - centre.x;
      const double dy = entries_[at].position.y - centre.y;
      const double squared = dx * dx + dy * dy;
      if (squared <= squared_radius()) {
        visit(entries_[at].number, squared);
      }
    }
    return;
  }
  std::uint32_t near = number + 1;
  std::uint32_t far = node.second_child;
  double near_squared = squared_distance(nodes_[near].box, centre);
  double far_squared = squared_distance(nodes_[far].box, centre);
  if (far_squared < near_squared) {
    std::swap(near, far);
    std::swap(near_squared, far_squared);
  }
  if (near_squared <= squared_radius()) {
    visit_node(near, centre, squared_radius, visit);
  }
  if (far_squared <= squared_radius()) {
    visit_node(far, centre, squared_radius, visit);
  }
}

}  // namespace maillage
