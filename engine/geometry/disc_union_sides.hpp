#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// A straight edge with a number of the caller's.
struct OwnedEdge {
  Point a;
  Point b;
  std::uint32_t owner = 0;
};

/// Edges by horizontal bands, for rays towards the west. Cost: O(edges) to build, O(edges of one band) a ray.
class EdgeBands {
 public:
  explicit EdgeBands(std::vector<OwnedEdge> edges) : edges_(std::move(edges)) {
    Box box;
    for (const OwnedEdge& edge : edges_) {
      box.extend(edge.a);
      box.extend(edge.b);
    }
    bands_ = std::clamp<std::size_t>(edges_.size() / 16, 1, 4096);
    if (edges_.empty() || !(box.max_y > box.min_y)) {
      bands_ = 1;
    }
    first_y_ = edges_.empty() ? 0 : box.min_y;
    per_metre_ = bands_ == 1 ? 0 : static_cast<double>(bands_) / (box.max_y - box.min_y);
    first_.assign(bands_ + 1, 0);
    for (const OwnedEdge& edge : edges_) {
      for (std::size_t band = band_of(std::min(edge.a.y, edge.b.y)); band <= band_of(std::max(edge.a.y, edge.b.y)); ++band) {
        ++first_[band + 1];
      }
    }
    for (std::size_t band = 0; band < bands_; ++band) {
      first_[band + 1] += first_[band];
    }
    in_band_.resize(first_[bands_]);
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const OwnedEdge& edge = edges_[i];
      for (std::size_t band = band_of(std::min(edge.a.y, edge.b.y)); band <= band_of(std::max(edge.a.y, edge.b.y)); ++band) {
        in_band_[next[band]++] = static_cast<std::uint32_t>(i);
      }
    }
  }

  /// Calls visit(edge, x) for every edge that the ray from `point` towards -x crosses, with the abscissa of the crossing.
  template <typename Visit>
  void for_crossed(const Point& point, const Visit& visit) const {
    const std::size_t band = band_of(point.y);
    for (std::uint32_t i = first_[band]; i < first_[band + 1]; ++i) {
      const OwnedEdge& edge = edges_[in_band_[i]];
      if ((edge.a.y > point.y) == (edge.b.y > point.y)) {
        continue;
      }
      const double x = edge.a.x + (point.y - edge.a.y) / (edge.b.y - edge.a.y) * (edge.b.x - edge.a.x);
      if (x < point.x) {
        visit(edge, x);
      }
    }
  }

  /// Whether an odd number of edges lies west of `point`.
  [[nodiscard]] bool odd_west_of(const Point& point) const {
    bool odd = false;
    for_crossed(point, [&](const OwnedEdge&, double) { odd = !odd; });
    return odd;
  }

 private:
  [[nodiscard]] std::size_t band_of(const double y) const {
    const double band = (y - first_y_) * per_metre_;
    return band <= 0 ? 0 : std::min(static_cast<std::size_t>(std::min(band, 1e9)), bands_ - 1);
  }

  std::vector<OwnedEdge> edges_;
  std::size_t bands_ = 1;
  double first_y_ = 0;
  double per_metre_ = 0;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> in_band_;
};

}  // namespace maillage
