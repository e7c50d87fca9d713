#include "maps/topology.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace maillage {

namespace {

/// A vertex of the whole topology: same grid positions of different parts are different.
struct PartVertex {
  std::uint32_t part = 0;
  GridPoint at;
  friend constexpr auto operator<=>(const PartVertex&, const PartVertex&) = default;
};

/// A ring on the grid, not closed: its first vertex is not repeated.
struct GridRing {
  std::uint32_t part = 0;
  std::vector<GridPoint> line;
};

/// Rings of the areas on the grid, in the nesting of the topology that is being made.
std::vector<GridPoint> ring_on_grid(const std::span<const Point> ring, const PageGrid& grid, const std::size_t part) {
  std::vector<GridPoint> line;
  for (const Point& vertex : ring) {
    const GridPoint point = grid.on_grid(vertex, part);
    // Spikes of no width, out and back, come of rounding.
    while (line.size() >= 2 && line[line.size() - 2] == point) {
      line.pop_back();
    }
    if (line.empty() || line.back() != point) {
      line.push_back(point);
    }
  }
  while (line.size() >= 2 && line.front() == line.back()) {
    line.pop_back();
    while (line.size() >= 3 && line[1] == line.back()) {
      line.erase(line.begin());
      line.pop_back();
    }
  }
  return line;
}

/// What stands for an area whose contour is smaller than the grid.
std::vector<GridPoint> small_square(const GridPoint& at) {
  return {at, {at.x + 1, at.y}, {at.x + 1, at.y + 1}, {at.x, at.y + 1}};
}

class TopologyBuilder {
 public:
  TopologyBuilder(const AreaSet& areas, const PageGrid& grid, const double tolerance_steps)
      : areas_(areas), grid_(grid), tolerance_steps_(tolerance_steps) {}

  Topology build() {
    lay_rings();
    find_nodes();
    for (std::size_t ring = 0; ring < rings_.size(); ++ring) {
      cut(rings_[ring]);
      topology_.ring_first.push_back(static_cast<std::uint32_t>(topology_.references.size()));
    }
    return std::move(topology_);
  }

 private:
  void lay_rings() {
    for (std::size_t area = 0; area < areas_.areas(); ++area) {
      const std::size_t before = rings_.size();
      const Box box = bounding_box(areas_, AreaIndex{area});
      const std::size_t part =
          box.empty() ? 0 : grid_.part_of({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2});
      for (std::size_t polygon = areas_.area_first[area]; polygon < areas_.area_first[area + 1]; ++polygon) {
        lay_polygon(polygon, part);
      }
      if (rings_.size() == before && !box.empty()) {
        rings_.push_back({static_cast<std::uint32_t>(part), small_square(grid_.on_grid({box.min_x, box.min_y}, part))});
        topology_.polygon_first.push_back(static_cast<std::uint32_t>(rings_.size()));
      }
      topology_.area_first.push_back(static_cast<std::uint32_t>(topology_.polygon_first.size() - 1));
    }
  }

  void lay_polygon(const std::size_t polygon, const std::size_t part) {
    const auto [first, last] = areas_.rings_of_polygon(polygon);
    constexpr std::size_t kLeastVertices = 3;
    for (std::size_t ring = first; ring < last; ++ring) {
      std::vector<GridPoint> line = ring_on_grid(areas_.ring(ring), grid_, part);
      if (line.size() >= kLeastVertices) {
        rings_.push_back({static_cast<std::uint32_t>(part), std::move(line)});
      } else if (ring == first) {
        return;
      }
    }
    topology_.polygon_first.push_back(static_cast<std::uint32_t>(rings_.size()));
  }

  /// Nodes are the vertices where rings part: not everyone who passes has the same two neighbours.
  void find_nodes() {
    struct Passage {
      PartVertex at;
      GridPoint low;
      GridPoint high;
      auto operator<=>(const Passage&) const = default;
    };
    std::vector<Passage> passages;
    for (const GridRing& ring : rings_) {
      const std::size_t size = ring.line.size();
      for (std::size_t k = 0; k < size; ++k) {
        const GridPoint& before = ring.line[(k + size - 1) % size];
        const GridPoint& after = ring.line[(k + 1) % size];
        passages.push_back({{ring.part, ring.line[k]}, std::min(before, after), std::max(before, after)});
      }
    }
    std::ranges::sort(passages);
    for (std::size_t k = 1; k < passages.size(); ++k) {
      if (passages[k].at == passages[k - 1].at && passages[k] != passages[k - 1] &&
          (nodes_.empty() || nodes_.back() != passages[k].at)) {
        nodes_.push_back(passages[k].at);
      }
    }
  }

  [[nodiscard]] bool is_node(const std::uint32_t part, const GridPoint& at) const {
    return std::ranges::binary_search(nodes_, PartVertex{part, at});
  }

  /// The ring as arcs from node to node; a ring without node is one closed arc from its least vertex.
  void cut(GridRing& ring) {
    const auto first = std::ranges::find_if(ring.line, [&](const GridPoint& at) { return is_node(ring.part, at); });
    const bool closed = first == ring.line.end();
    std::ranges::rotate(ring.line, closed ? std::ranges::min_element(ring.line) : first);
    ring.line.push_back(ring.line.front());
    std::size_t begin = 0;
    for (std::size_t k = 1; k < ring.line.size(); ++k) {
      if (k + 1 == ring.line.size() || (!closed && is_node(ring.part, ring.line[k]))) {
        refer(ring.part, std::span{ring.line}.subspan(begin, k + 1 - begin));
        begin = k;
      }
    }
  }

  /// Adds a reference to the arc, stored when it is met for the first time.
  void refer(const std::uint32_t part, const std::span<const GridPoint> run) {
    std::vector<GridPoint> line(run.begin(), run.end());
    std::vector<GridPoint> reversed(line.rbegin(), line.rend());
    const bool against = reversed < line;
    std::vector<GridPoint>& one_way = against ? reversed : line;
    const auto [found, is_new] =
        known_.try_emplace(std::pair{part, one_way}, static_cast<std::int32_t>(topology_.arcs()));
    if (is_new) {
      const std::vector<GridPoint> kept = without_detail(one_way);
      topology_.vertices.insert(topology_.vertices.end(), kept.begin(), kept.end());
      topology_.arc_first.push_back(static_cast<std::uint32_t>(topology_.vertices.size()));
      topology_.arc_part.push_back(part);
    }
    topology_.references.push_back(against ? -1 - found->second : found->second);
  }

  /// A closed arc keeps a triangle at least, and one that bends keeps its widest bend: two arcs between the same nodes must
  /// not become one.
  [[nodiscard]] std::vector<GridPoint> without_detail(const std::vector<GridPoint>& line) const {
    std::vector<GridPoint> kept = simplified(line, tolerance_steps_);
    const bool closed = line.front() == line.back();
    if (closed && kept.size() < 4) {
      return simplified(line, 0);
    }
    if (kept.size() == 2 && line.size() > 2) {
      const auto bend = std::ranges::max_element(line, {}, [&](const GridPoint& at) {
        return squared_distance(at, line.front(), line.back());
      });
      kept.insert(kept.begin() + 1, *bend);
    }
    return kept;
  }

  const AreaSet& areas_;
  const PageGrid& grid_;
  double tolerance_steps_;
  std::vector<GridRing> rings_;
  std::vector<PartVertex> nodes_;  ///< sorted
  std::map<std::pair<std::uint32_t, std::vector<GridPoint>>, std::int32_t> known_;
  Topology topology_;
};

}  // namespace

Topology make_topology(const AreaSet& areas, const PageGrid& grid, const double tolerance_steps) {
  return TopologyBuilder{areas, grid, tolerance_steps}.build();
}

}  // namespace maillage
