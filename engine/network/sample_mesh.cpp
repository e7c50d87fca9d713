#include "engine/network/sample_mesh.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/geometry/predicates.hpp"

namespace maillage {

namespace {

using Triangle = std::array<std::uint32_t, 3>;

bool is_on_grid(const double coordinate, const double side_m) {
  return std::abs(coordinate / side_m) < double{std::numeric_limits<std::int32_t>::max()} - 4;
}

std::int32_t step_at(const double coordinate, const double side_m) {
  const double guess = std::floor(coordinate / side_m);
  if (!is_on_grid(coordinate, side_m)) {
    throw ArgumentError("sample mesh: a place is not finite, or too many cells away");
  }
  auto step = static_cast<std::int32_t>(guess);
  while (coordinate < step * side_m) {
    --step;
  }
  while (coordinate >= (step + 1) * side_m) {
    ++step;
  }
  return step;
}

/// Mixes the bits of a number (the finaliser of splitmix64, Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
std::uint64_t scattered(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31U);
}

std::uint64_t scattered(const Point& point) {
  return scattered(scattered(std::bit_cast<std::uint64_t>(point.x)) + std::bit_cast<std::uint64_t>(point.y));
}

/// Triangles of one cell. A triangle that is cut remembers its parts, so that a place is found by going down from the two
/// halves of the cell; places come in scattered order, which keeps the way short. Exact predicates: a place on an edge cuts
/// the triangles on either side of it alike, in this cell and, as the edge is in both, in the next.
class CellCutter {
 public:
  explicit CellCutter(const std::vector<Point>& vertices) : vertices_(vertices) {}

  void begin(const Triangle& lower, const Triangle& upper) {
    nodes_.clear();
    nodes_.push_back({lower, {}, 0});
    nodes_.push_back({upper, {}, 0});
  }

  void cut_at(const std::uint32_t vertex) {
    found_.clear();
    descend(0, vertices_[vertex]);
    descend(1, vertices_[vertex]);
    for (const std::uint32_t node : found_) {
      cut(node, vertex);
    }
  }

  void append_to(std::vector<Triangle>& triangles) const {
    for (const Node& node : nodes_) {
      if (node.parts == 0) {
        triangles.push_back(node.corners);
      }
    }
  }

 private:
  struct Node {
    Triangle corners;
    std::array<std::uint32_t, 3> part;
    std::uint32_t parts;
  };

  [[nodiscard]] int side(const Triangle& corners, const std::size_t edge, const Point& point) const {
    return orientation(vertices_[corners[edge]], vertices_[corners[(edge + 1) % 3]], point);
  }

  /// Collects the uncut triangles that hold the point, borders included.
  void descend(const std::uint32_t node, const Point& point) {
    const Node& here = nodes_[node];
    for (std::size_t edge = 0; edge < 3; ++edge) {
      if (side(here.corners, edge, point) < 0) {
        return;
      }
    }
    if (here.parts == 0) {
      found_.push_back(node);
      return;
    }
    for (std::uint32_t k = 0; k < here.parts; ++k) {
      descend(here.part[k], point);
    }
  }

  /// Cuts into the triangles that the vertex makes with each edge it is not on.
  void cut(const std::uint32_t node, const std::uint32_t vertex) {
    const Triangle corners = nodes_[node].corners;
    for (std::size_t edge = 0; edge < 3; ++edge) {
      if (side(corners, edge, vertices_[vertex]) > 0) {
        nodes_[node].part[nodes_[node].parts++] = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back({{corners[edge], corners[(edge + 1) % 3], vertex}, {}, 0});
      }
    }
  }

  const std::vector<Point>& vertices_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> found_;
};

class MeshBuilder {
 public:
  MeshBuilder(const std::span<const GridCell> cells, const double side_m) : cells_(cells), side_m_(side_m) {}

  SampleMesh build(const std::span<const Point> places) {
    add_corners();
    add_places(places);
    add_triangles();
    return std::move(mesh_);
  }

 private:
  struct Inside {
    GridCell cell;
    std::uint64_t order;
    std::uint32_t vertex;
    friend auto operator<=>(const Inside&, const Inside&) = default;
  };

  void add_corners() {
    for (const GridCell& cell : cells_) {
      for (const std::int32_t up : {0, 1}) {
        for (const std::int32_t right : {0, 1}) {
          corners_.push_back({cell.row + up, cell.column + right});
        }
      }
    }
    std::sort(corners_.begin(), corners_.end());
    std::size_t size = 0;
    for (std::size_t k = 0; k < corners_.size();) {
      const std::size_t first = k;
      while (k < corners_.size() && corners_[k] == corners_[first]) {
        ++k;
      }
      if (k - first < 4) {
        mesh_.border_corners.push_back(static_cast<std::uint32_t>(size));
      }
      mesh_.vertices.push_back(corner_of(corners_[first], side_m_));
      corners_[size++] = corners_[first];
    }
    corners_.resize(size);
    mesh_.corners = corners_.size();
  }

  [[nodiscard]] std::uint32_t corner_vertex(const GridCell& corner) const {
    const auto found = std::lower_bound(corners_.begin(), corners_.end(), corner);
    return found != corners_.end() && *found == corner ? static_cast<std::uint32_t>(found - corners_.begin())
                                                       : SampleMesh::kNoVertex;
  }

  void add_places(const std::span<const Point> places) {
    mesh_.vertex_of_place.assign(places.size(), SampleMesh::kNoVertex);
    std::vector<std::uint32_t> order;
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (is_on_grid(places[k].x, side_m_) && is_on_grid(places[k].y, side_m_)) {
        order.push_back(static_cast<std::uint32_t>(k));
      }
    }
    std::sort(order.begin(), order.end(), [&](const std::uint32_t a, const std::uint32_t b) {
      return places[a] != places[b] ? places[a] < places[b] : a < b;
    });
    for (std::size_t k = 0; k < order.size(); ++k) {
      const bool repeated = k > 0 && places[order[k]] == places[order[k - 1]];
      mesh_.vertex_of_place[order[k]] = repeated ? mesh_.vertex_of_place[order[k - 1]] : vertex_at(places[order[k]]);
    }
    std::sort(inside_.begin(), inside_.end());
  }

  /// A place on the border of cells cuts all of them.
  std::uint32_t vertex_at(const Point& place) {
    const GridCell cell = cell_at(place, side_m_);
    const Point corner = corner_of(cell, side_m_);
    const bool on_left = place.x == corner.x;
    const bool on_bottom = place.y == corner.y;
    if (on_left && on_bottom) {
      return corner_vertex(cell);
    }
    const auto vertex = static_cast<std::uint32_t>(mesh_.vertices.size());
    const std::size_t before = inside_.size();
    for (const GridCell& each : {cell, GridCell{cell.row, cell.column - 1}, GridCell{cell.row - 1, cell.column}}) {
      const bool holds = each == cell || (each.row == cell.row ? on_left : on_bottom);
      if (holds && std::binary_search(cells_.begin(), cells_.end(), each)) {
        inside_.push_back({each, scattered(place), vertex});
      }
    }
    if (inside_.size() == before) {
      return SampleMesh::kNoVertex;
    }
    mesh_.vertices.push_back(place);
    return vertex;
  }

  void add_triangles() {
    CellCutter cutter(mesh_.vertices);
    auto next = inside_.begin();
    for (const GridCell& cell : cells_) {
      const std::uint32_t lower_left = corner_vertex(cell);
      const std::uint32_t upper_left = corner_vertex({cell.row + 1, cell.column});
      const Triangle lower{lower_left, lower_left + 1, upper_left + 1};  // columns of one row are numbered on
      const Triangle upper{lower_left, upper_left + 1, upper_left};
      if (next == inside_.end() || next->cell != cell) {
        mesh_.triangles.push_back(lower);
        mesh_.triangles.push_back(upper);
        continue;
      }
      cutter.begin(lower, upper);
      for (; next != inside_.end() && next->cell == cell; ++next) {
        cutter.cut_at(next->vertex);
      }
      cutter.append_to(mesh_.triangles);
    }
  }

  const std::span<const GridCell> cells_;
  const double side_m_;
  std::vector<GridCell> corners_;
  std::vector<Inside> inside_;
  SampleMesh mesh_;
};

}  // namespace

GridCell cell_at(const Point& point, const double side_m) {
  return {step_at(point.y, side_m), step_at(point.x, side_m)};
}

SampleMesh make_sample_mesh(const std::span<const GridCell> cells, const std::span<const Point> places,
                            const double side_m) {
  if (!(side_m > 0) || !std::isfinite(side_m)) {
    throw ArgumentError("sample mesh: the side of a cell must be positive");
  }
  return MeshBuilder{cells, side_m}.build(places);
}

}  // namespace maillage
