#include "engine/geometry/plain_validity.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/geometry/predicates.hpp"

namespace maillage {
namespace {

constexpr double kLeastCoordinate = 1e-100;  // below, the products of the exact predicates may underflow
constexpr std::size_t kComparisonsPerEdge = 64;
constexpr std::size_t kFreeComparisons = 4'096;

bool usable(const double coordinate) {
  return coordinate == 0 || std::abs(coordinate) >= kLeastCoordinate;
}

/// Whether the edges p-q and q-r lie on each other.
bool turns_back(const Point& p, const Point& q, const Point& r) {
  if (orientation(p, q, r) != 0) {
    return false;
  }
  return p.x != q.x ? (p.x < q.x) == (r.x < q.x) : (p.y < q.y) == (r.y < q.y);
}

/// Whether two closed segments whose closed boxes meet have a point in common.
bool meet(const Point& a, const Point& b, const Point& c, const Point& d) {
  const int side_c = orientation(a, b, c);
  if (side_c != 0 && side_c == orientation(a, b, d)) {
    return false;
  }
  const int side_a = orientation(c, d, a);
  return side_a == 0 || side_a != orientation(c, d, b);
}

/// Whether a position that is not on the ring lies inside it.
bool inside(const std::span<const Point> ring, const Point& position) {
  bool within = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const Point& a = ring[i - 1];
    const Point& b = ring[i];
    if ((a.y > position.y) != (b.y > position.y) && (orientation(a, b, position) > 0) == (b.y > a.y)) {
      within = !within;
    }
  }
  return within;
}

}  // namespace

bool PlainValidity::collect_edges(const AreaSet& areas, const AreaIndex area) {
  edges_.clear();
  const auto rings = areas.rings_of(area);
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    const std::uint32_t begin = areas.ring_first[ring];
    const std::uint32_t last = areas.ring_first[ring + 1] - 1;
    for (std::uint32_t first = begin; first < last; ++first) {
      const Point& a = areas.vertices[first];
      const Point& b = areas.vertices[first + 1];
      const Point& c = areas.vertices[first + 1 == last ? begin + 1 : first + 2];
      if (!usable(a.x) || !usable(a.y) || turns_back(a, b, c)) {
        return false;
      }
      edges_.push_back({.box = {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)},
                        .ring = static_cast<std::uint32_t>(ring),
                        .first = first});
    }
  }
  return true;
}

bool PlainValidity::edges_stay_apart(const AreaSet& areas) {
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) { return a.box.min_x < b.box.min_x; });
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const Edge& edge = edges_[i];
    for (std::size_t j = i + 1; j < edges_.size() && edges_[j].box.min_x <= edge.box.max_x; ++j) {
      if (budget_-- == 0) {
        return false;
      }
      const Edge& other = edges_[j];
      if (other.box.min_y > edge.box.max_y || other.box.max_y < edge.box.min_y) {
        continue;
      }
      const std::uint32_t apart = edge.first < other.first ? other.first - edge.first : edge.first - other.first;
      const std::uint32_t around = areas.ring_first[edge.ring + 1] - areas.ring_first[edge.ring] - 1;
      if (edge.ring == other.ring && (apart == 1 || apart + 1 == around)) {
        continue;  // neighbours share a vertex, and do not turn back
      }
      if (meet(areas.vertices[edge.first], areas.vertices[edge.first + 1], areas.vertices[other.first],
               areas.vertices[other.first + 1])) {
        return false;
      }
    }
  }
  return true;
}

bool PlainValidity::rings_are_nested(const AreaSet& areas, const AreaIndex area) {
  // No ring meets another: one vertex tells on which side the whole ring lies.
  const auto lies_in = [&](const std::size_t ring, const std::size_t other, bool& gave_up) {
    const std::size_t cost = areas.ring(other).size();
    gave_up = gave_up || budget_ < cost;
    budget_ -= std::min(budget_, cost);
    return !gave_up && inside(areas.ring(other), areas.ring(ring).front());
  };
  bool gave_up = false;
  const std::size_t first = areas.area_first[area.value()];
  const std::size_t last = areas.area_first[area.value() + 1];
  for (std::size_t polygon = first; polygon < last && !gave_up; ++polygon) {
    const auto rings = areas.rings_of_polygon(polygon);
    for (std::size_t hole = rings.first + 1; hole < rings.last && !gave_up; ++hole) {
      if (!lies_in(hole, rings.first, gave_up)) {
        return false;
      }
      for (std::size_t other = rings.first + 1; other < rings.last && !gave_up; ++other) {
        if (other != hole && lies_in(hole, other, gave_up)) {
          return false;
        }
      }
    }
    for (std::size_t other = first; other < last && !gave_up; ++other) {
      const auto others = areas.rings_of_polygon(other);
      if (other == polygon || !lies_in(rings.first, others.first, gave_up)) {
        continue;
      }
      bool in_hole = false;
      for (std::size_t hole = others.first + 1; hole < others.last && !in_hole; ++hole) {
        in_hole = lies_in(rings.first, hole, gave_up);
      }
      if (!in_hole) {
        return false;
      }
    }
  }
  return !gave_up;
}

bool PlainValidity::holds(const AreaSet& areas, const AreaIndex area) {
  if (!collect_edges(areas, area)) {
    return false;
  }
  budget_ = kFreeComparisons + kComparisonsPerEdge * edges_.size();
  return edges_stay_apart(areas) && rings_are_nested(areas, area);
}

}  // namespace maillage
