#include "engine/network/level_set.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/core/disjoint_sets.hpp"
#include "engine/core/error.hpp"
#include "engine/geometry/ring_assembly.hpp"
#include "engine/network/dijkstra.hpp"

namespace maillage {

namespace {

constexpr auto kOpenBorder = "level set: the border of the mesh is within the cutoff";

/// A point of the border: on the edge between a vertex within and one beyond.
struct Crossing {
  std::uint32_t within;
  std::uint32_t beyond;
  friend auto operator<=>(const Crossing&, const Crossing&) = default;
};

/// A piece of the border through one triangle, the inside on its left.
struct Step {
  Crossing from;
  Crossing to;
};

struct Ring {
  std::vector<Point> points;  // closed
  std::uint32_t within;       // a vertex of the region on its left
  std::uint32_t beyond;       // and on its right
  double area_m2;             // positive when counter-clockwise
};

class Contour {
 public:
  Contour(const SampledCosts& samples, const std::uint32_t cutoff)
      : samples_(samples), mesh_(samples.mesh), cutoff_(cutoff), regions_(samples.mesh.vertices.size()) {}

  AreaSet draw(const double least_part_m2) {
    walk_triangles();
    link_rings();
    if (least_part_m2 > 0) {
      leave_out_small_regions(least_part_m2);
    }
    return assemble();
  }

 private:
  [[nodiscard]] bool is_within(const std::uint32_t vertex) const { return samples_.cost[vertex] <= cutoff_; }

  void walk_triangles() {
    for (const auto& triangle : mesh_.triangles) {
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t a = triangle[k];
        const std::uint32_t b = triangle[(k + 1) % 3];
        const std::uint32_t c = triangle[(k + 2) % 3];
        if (is_within(a) == is_within(b)) {
          regions_.unite(a, b);
        } else if (is_within(a) != is_within(c)) {  // a stands alone
          if (is_within(a)) {
            steps_.push_back({{a, b}, {a, c}});
          } else {
            steps_.push_back({{c, a}, {b, a}});
          }
        }
      }
    }
    std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.from < b.from; });
  }

  [[nodiscard]] Point place_of(const Crossing& crossing) const {
    constexpr double kNearest = 1.0 / 64;
    const double within = samples_.cost[crossing.within];
    const double beyond = samples_.cost[crossing.beyond];
    const double fraction = std::clamp((cutoff_ + 0.5 - within) / (beyond - within), kNearest, 1 - kNearest);
    const Point& a = mesh_.vertices[crossing.within];
    const Point& b = mesh_.vertices[crossing.beyond];
    return {a.x + fraction * (b.x - a.x), a.y + fraction * (b.y - a.y)};
  }

  void link_rings() {
    std::vector<std::uint8_t> used(steps_.size(), 0);
    for (std::size_t start = 0; start < steps_.size(); ++start) {
      if (used[start] != 0) {
        continue;
      }
      Ring ring{{}, steps_[start].from.within, steps_[start].from.beyond, 0};
      for (std::size_t step = start; used[step] == 0;) {
        used[step] = 1;
        const Point place = place_of(steps_[step].from);
        if (ring.points.empty() || ring.points.back() != place) {
          ring.points.push_back(place);
        }
        const auto next = std::lower_bound(steps_.begin(), steps_.end(), steps_[step].to,
                                           [](const Step& each, const Crossing& wanted) { return each.from < wanted; });
        if (next == steps_.end() || next->from != steps_[step].to) {
          throw ArgumentError(kOpenBorder);
        }
        step = static_cast<std::size_t>(next - steps_.begin());
      }
      ring.points.push_back(ring.points.front());
      ring.area_m2 = twice_signed_area(ring.points) / 2;
      rings_.push_back(std::move(ring));
    }
  }

  /// Surface of every region, addressed by the vertex that stands for it: rings bound two regions each.
  [[nodiscard]] std::vector<double> surfaces() {
    std::vector<double> area_m2(mesh_.vertices.size(), 0);
    for (const Ring& ring : rings_) {
      area_m2[regions_.lowest(ring.within)] += ring.area_m2;
      area_m2[regions_.lowest(ring.beyond)] -= ring.area_m2;
    }
    return area_m2;
  }

  /// Unites regions with those around them where they are small and hold no kept vertex: first those within, then those
  /// beyond. Those beyond that reach the border of the mesh may go on outside it, and are never filled.
  void leave_out_small_regions(const double least_part_m2) {
    for (const bool within : {true, false}) {
      std::vector<std::uint8_t> stays(mesh_.vertices.size(), 0);
      for (std::uint32_t vertex = 0; vertex < mesh_.vertices.size(); ++vertex) {
        if (samples_.kept[vertex] != 0 && is_within(vertex) == within) {
          stays[regions_.lowest(vertex)] = 1;
        }
      }
      for (const std::uint32_t corner : mesh_.border_corners) {
        stays[regions_.lowest(corner)] = 1;
      }
      const std::vector<double> area_m2 = surfaces();
      std::vector<std::pair<std::uint32_t, std::uint32_t>> united;
      for (const Ring& ring : rings_) {
        const std::uint32_t inside = regions_.lowest(ring.within);
        const std::uint32_t outside = regions_.lowest(ring.beyond);
        const std::uint32_t here = within ? inside : outside;
        if (inside != outside && stays[here] == 0 && area_m2[here] < least_part_m2) {
          united.emplace_back(inside, outside);
        }
      }
      for (const auto& [inside, outside] : united) {
        regions_.unite(inside, outside);
      }
    }
  }

  AreaSet assemble() {
    struct Bound {
      std::uint32_t region;
      const Ring* ring;
    };
    std::vector<Bound> bounds;
    for (Ring& ring : rings_) {
      if (regions_.lowest(ring.within) != regions_.lowest(ring.beyond)) {
        start_at_least_vertex(ring.points);
        bounds.push_back({regions_.lowest(ring.within), &ring});
      }
    }
    // Shell first, then holes, by their first vertex; polygons by that of their shell.
    std::sort(bounds.begin(), bounds.end(), [](const Bound& a, const Bound& b) {
      if (a.region != b.region) {
        return a.region < b.region;
      }
      const bool a_is_hole = a.ring->area_m2 < 0;
      const bool b_is_hole = b.ring->area_m2 < 0;
      return a_is_hole != b_is_hole ? b_is_hole : a.ring->points.front() < b.ring->points.front();
    });
    std::vector<std::pair<std::size_t, std::size_t>> polygons;
    for (std::size_t k = 0; k < bounds.size();) {
      const std::size_t first = k;
      while (k < bounds.size() && bounds[k].region == bounds[first].region) {
        ++k;
      }
      polygons.emplace_back(first, k);
    }
    std::sort(polygons.begin(), polygons.end(), [&](const auto& a, const auto& b) {
      return bounds[a.first].ring->points.front() < bounds[b.first].ring->points.front();
    });
    AreaSet areas;
    for (const auto& [first, last] : polygons) {
      for (std::size_t k = first; k < last; ++k) {
        areas.add_ring(bounds[k].ring->points);
      }
      areas.end_polygon();
    }
    areas.end_area();
    return areas;
  }

  const SampledCosts& samples_;
  const SampleMesh& mesh_;
  const std::uint32_t cutoff_;
  DisjointSets regions_;
  std::vector<Step> steps_;
  std::vector<Ring> rings_;
};

}  // namespace

AreaSet level_set(const SampledCosts& samples, const std::uint32_t cutoff, const double least_part_m2) {
  if (samples.cost.size() != samples.mesh.vertices.size() || samples.kept.size() != samples.mesh.vertices.size()) {
    throw ArgumentError("level set: one cost and one mark per vertex are needed");
  }
  if (!(least_part_m2 >= 0)) {
    throw ArgumentError("level set: the least part must be a surface");
  }
  for (const std::uint32_t corner : samples.mesh.border_corners) {
    if (samples.cost[corner] <= std::min(cutoff, kNoPath - 1)) {
      throw ArgumentError(kOpenBorder);
    }
  }
  return Contour{samples, std::min(cutoff, kNoPath - 1)}.draw(least_part_m2);
}

}  // namespace maillage
