#include "engine/network/point_tree.hpp"

#include <cmath>

namespace maillage {

PointTree::PointTree(const std::span<const Point> points) {
  entries_.reserve(points.size());
  for (std::size_t number = 0; number < points.size(); ++number) {
    if (std::isfinite(points[number].x) && std::isfinite(points[number].y)) {
      entries_.push_back({points[number], static_cast<std::uint32_t>(number)});
    }
  }
  if (!entries_.empty()) {
    nodes_.reserve(entries_.size() / 2 + 1);
    build(0, entries_.size());
  }
}

void PointTree::build(const std::size_t begin, const std::size_t end) {
  const std::size_t number = nodes_.size();
  nodes_.push_back(
      {.box = {}, .begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(end), .second_child = 0});
  Box box;
  for (std::size_t at = begin; at < end; ++at) {
    box.extend(entries_[at].position);
  }
  nodes_[number].box = box;
  if (end - begin <= kLeafPoints) {
    return;
  }
  const bool split_x = box.max_x - box.min_x >= box.max_y - box.min_y;
  const std::size_t middle = begin + (end - begin) / 2;
  const auto at = [this](const std::size_t position) { return entries_.begin() + static_cast<std::ptrdiff_t>(position); };
  std::nth_element(at(begin), at(middle), at(end), [split_x](const Entry& a, const Entry& b) {
    return split_x ? a.position.x < b.position.x : a.position.y < b.position.y;
  });
  build(begin, middle);
  nodes_[number].second_child = static_cast<std::uint32_t>(nodes_.size());
  build(middle, end);
}

}  // namespace maillage
