#include "engine/geometry/ring_assembly.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/geometry/predicates.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();

/// Whether two edges have a point in common that is not an end of both, or lie on each other.
bool in_conflict(const DirectedEdge& e, const DirectedEdge& f) {
  const int from_side = orientation(e.from, e.to, f.from);
  const int to_side = orientation(e.from, e.to, f.to);
  if (from_side * to_side > 0) {
    return false;
  }
  if (from_side == 0 && to_side == 0) {
    const auto strictly_between = [](const DirectedEdge& edge, const Point& p) {
      const auto [low, high] = std::minmax(edge.from, edge.to);
      return low < p && p < high;
    };
    return strictly_between(e, f.from) || strictly_between(e, f.to) || strictly_between(f, e.from) ||
           strictly_between(f, e.to) || std::minmax(e.from, e.to) == std::minmax(f.from, f.to);
  }
  const int e_from_side = orientation(f.from, f.to, e.from);
  const int e_to_side = orientation(f.from, f.to, e.to);
  if (e_from_side * e_to_side > 0) {
    return false;
  }
  const bool common_end = e.from == f.from || e.from == f.to || e.to == f.from || e.to == f.to;
  return !common_end;
}

}  // namespace

std::vector<std::uint32_t> conflicting_edges(const std::vector<DirectedEdge>& edges) {
  struct Extent {
    double min_x, max_x, min_y, max_y;
    std::uint32_t edge;
  };
  std::vector<Extent> extents;
  extents.reserve(edges.size());
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    const auto [min_x, max_x] = std::minmax(edges[i].from.x, edges[i].to.x);
    const auto [min_y, max_y] = std::minmax(edges[i].from.y, edges[i].to.y);
    extents.push_back({min_x, max_x, min_y, max_y, i});
  }
  std::ranges::sort(extents, {}, &Extent::min_x);
  std::vector<std::uint32_t> conflicts;
  for (std::size_t i = 0; i < extents.size(); ++i) {
    for (std::size_t j = i + 1; j < extents.size() && extents[j].min_x <= extents[i].max_x; ++j) {
      if (extents[j].min_y <= extents[i].max_y && extents[j].max_y >= extents[i].min_y &&
          in_conflict(edges[extents[i].edge], edges[extents[j].edge])) {
        conflicts.push_back(extents[i].edge);
        conflicts.push_back(extents[j].edge);
      }
    }
  }
  std::ranges::sort(conflicts);
  conflicts.erase(std::unique(conflicts.begin(), conflicts.end()), conflicts.end());
  return conflicts;
}

namespace {

/// Links edges into simple rings.
class RingLinker {
 public:
  /// \param edges  sorted
  explicit RingLinker(const std::vector<DirectedEdge>& edges)
      : edges_(edges), used_(edges.size(), false), place_on_path_(edges.size(), kNowhere) {}

  /// The rings, closed; nothing when an edge leads nowhere.
  std::optional<std::vector<std::vector<Point>>> link() {
    for (std::uint32_t start = 0; start < edges_.size(); ++start) {
      if (!used_[start] && !follow(start)) {
        return std::nullopt;
      }
    }
    return std::move(rings_);
  }

 private:
  /// First edge that starts at the point: it stands for the vertex.
  [[nodiscard]] std::uint32_t vertex_at(const Point& point) const {
    const auto found = std::ranges::lower_bound(edges_, point, {}, &DirectedEdge::from);
    return found == edges_.end() || found->from != point ? kNowhere : static_cast<std::uint32_t>(found - edges_.begin());
  }

  /// The unused edge from the vertex that turns farthest left: with the inside on the left this keeps parts that only touch
  /// apart.
  [[nodiscard]] std::uint32_t leftmost(const DirectedEdge& incoming, const std::uint32_t vertex) const {
    std::uint32_t best = kNowhere;
    const auto side = [&](const std::uint32_t edge) { return orientation(incoming.from, incoming.to, edges_[edge].to); };
    for (std::uint32_t edge = vertex; edge < edges_.size() && edges_[edge].from == edges_[vertex].from; ++edge) {
      if (used_[edge]) {
        continue;
      }
      if (best == kNowhere || side(edge) > side(best) ||
          (side(edge) == side(best) && orientation(edges_[best].from, edges_[best].to, edges_[edge].to) > 0)) {
        best = edge;
      }
    }
    return best;
  }

  bool follow(const std::uint32_t start) {
    path_.clear();
    std::uint32_t edge = start;
    std::uint32_t vertex = vertex_at(edges_[start].from);
    while (true) {
      place_on_path_[vertex] = static_cast<std::uint32_t>(path_.size());
      used_[edge] = true;
      path_.push_back({edge, vertex});
      vertex = vertex_at(edges_[edge].to);
      if (vertex == kNowhere) {
        return false;
      }
      if (place_on_path_[vertex] != kNowhere) {
        cut_ring(place_on_path_[vertex]);
        if (path_.empty()) {
          return true;
        }
      }
      edge = leftmost(edges_[path_.back().edge], vertex);
      if (edge == kNowhere) {
        return false;
      }
    }
  }

  /// The path came back to a vertex it has passed: what lies between is a ring of its own.
  void cut_ring(const std::uint32_t begin) {
    std::vector<Point>& ring = rings_.emplace_back();
    for (std::size_t i = begin; i < path_.size(); ++i) {
      ring.push_back(edges_[path_[i].edge].from);
      place_on_path_[path_[i].vertex] = kNowhere;
    }
    ring.push_back(ring.front());
    path_.resize(begin);
  }

  struct Step {
    std::uint32_t edge;
    std::uint32_t vertex;
  };
  const std::vector<DirectedEdge>& edges_;
  std::vector<bool> used_;
  std::vector<std::uint32_t> place_on_path_;
  std::vector<Step> path_;
  std::vector<std::vector<Point>> rings_;
};

struct Ring {
  std::vector<Point> vertices;
  double twice_area = 0;
  Box box;
};

enum class Where { outside, on, inside };

Where where_in_ring(const std::span<const Point> ring, const Point& p) {
  bool inside = false;
  for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
    const Point& a = ring[k];
    const Point& b = ring[k + 1];
    if ((a.y > p.y && b.y > p.y) || (a.y < p.y && b.y < p.y)) {
      continue;
    }
    if (on_segment(a, b, p)) {
      return Where::on;
    }
    inside ^= (a.y > p.y) != (b.y > p.y) && orientation(a, b, p) == (b.y > a.y ? -1 : 1);
  }
  return inside ? Where::inside : Where::outside;
}

/// Whether `inner`, which does not cross `outer`, lies inside it.
bool is_inside(const Ring& inner, const Ring& outer) {
  if (inner.box.min_x < outer.box.min_x || inner.box.max_x > outer.box.max_x || inner.box.min_y < outer.box.min_y ||
      inner.box.max_y > outer.box.max_y) {
    return false;
  }
  for (const Point& vertex : inner.vertices) {
    if (const Where where = where_in_ring(outer.vertices, vertex); where != Where::on) {
      return where == Where::inside;
    }
  }
  // Both rings touch at every vertex of the inner one: between its vertices they part.
  for (std::size_t k = 0; k + 1 < inner.vertices.size(); ++k) {
    const Point middle{(inner.vertices[k].x + inner.vertices[k + 1].x) / 2,
                       (inner.vertices[k].y + inner.vertices[k + 1].y) / 2};
    if (const Where where = where_in_ring(outer.vertices, middle); where != Where::on) {
      return where == Where::inside;
    }
  }
  return false;
}

/// How many times the ground just outside a ring is covered: shells around it minus holes around it.
int cover_around(const std::vector<Ring>& rings, const std::size_t ring) {
  int depth = 0;
  for (std::size_t other = 0; other < rings.size(); ++other) {
    if (other != ring && is_inside(rings[ring], rings[other])) {
      depth += rings[other].twice_area > 0 ? 1 : -1;
    }
  }
  return depth;
}

/// Gives every hole its shell. Rings that part ground covered once from ground covered more often (slivers where neighbours
/// overlap) are no border and are left out. \returns nothing when a hole has nothing around it.
std::optional<AreaSet> nest(std::vector<Ring> rings) {
  std::ranges::sort(rings, {}, &Ring::vertices);
  std::vector<Ring> borders;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    const bool is_shell = rings[i].twice_area > 0;
    const int depth = cover_around(rings, i);
    if (depth < (is_shell ? 0 : 1)) {
      return std::nullopt;
    }
    if (depth == (is_shell ? 0 : 1)) {
      borders.push_back(rings[i]);
    }
  }
  rings = std::move(borders);
  std::vector<std::vector<std::size_t>> holes_of(rings.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    std::size_t shell = rings.size();
    for (std::size_t j = 0; j < rings.size() && rings[i].twice_area < 0; ++j) {
      if (rings[j].twice_area > 0 && (shell == rings.size() || rings[j].twice_area < rings[shell].twice_area) &&
          is_inside(rings[i], rings[j])) {
        shell = j;
      }
    }
    if (shell < rings.size()) {
      holes_of[shell].push_back(i);
    } else if (rings[i].twice_area < 0) {
      return std::nullopt;
    }
  }
  AreaSet area;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (rings[i].twice_area > 0) {
      area.add_ring(rings[i].vertices);
      for (const std::size_t hole : holes_of[i]) {
        area.add_ring(rings[hole].vertices);
      }
      area.end_polygon();
    }
  }
  area.end_area();
  return area;
}

}  // namespace

void start_at_least_vertex(std::vector<Point>& closed_ring) {
  if (closed_ring.size() < 2) {
    return;
  }
  closed_ring.pop_back();
  std::ranges::rotate(closed_ring, std::ranges::min_element(closed_ring));
  closed_ring.push_back(closed_ring.front());
}

std::optional<AreaSet> assemble_area(std::vector<DirectedEdge> edges) {
  std::ranges::sort(edges);
  if (!conflicting_edges(edges).empty()) {
    return std::nullopt;
  }
  auto linked = RingLinker(edges).link();
  if (!linked) {
    return std::nullopt;
  }
  std::vector<Ring> rings;
  for (std::vector<Point>& vertices : *linked) {
    Ring ring{std::move(vertices), 0, {}};
    start_at_least_vertex(ring.vertices);
    ring.twice_area = twice_signed_area(ring.vertices);
    for (const Point& vertex : ring.vertices) {
      ring.box.extend(vertex);
    }
    if (ring.twice_area == 0) {
      return std::nullopt;
    }
    rings.push_back(std::move(ring));
  }
  return nest(std::move(rings));
}

}  // namespace maillage
