#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// Polylines in two flat arrays: line i = vertices [first[i], first[i + 1]); feature i may own several lines.
struct LineSet {
  std::vector<Point> vertices;
  std::vector<std::uint32_t> line_first{0};
  std::vector<std::uint32_t> feature_first{0};
  [[nodiscard]] std::size_t features() const { return feature_first.size() - 1; }
  [[nodiscard]] std::size_t lines() const { return line_first.size() - 1; }
  [[nodiscard]] std::span<const Point> line(const std::size_t line) const {
    return std::span<const Point>{vertices}.subspan(line_first[line], line_first[line + 1] - line_first[line]);
  }
  void end_line() { line_first.push_back(static_cast<std::uint32_t>(vertices.size())); }
  void end_feature() { feature_first.push_back(static_cast<std::uint32_t>(line_first.size() - 1)); }
  friend bool operator==(const LineSet&, const LineSet&) = default;
};

}  // namespace maillage
