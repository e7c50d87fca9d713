#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/predicates.hpp"

namespace maillage::testing {

inline void add_polygon(AreaSet& areas, const std::initializer_list<std::vector<Point>> rings) {
  for (std::vector<Point> ring : rings) {
    ring.push_back(ring.front());
    areas.add_ring(ring);
  }
  areas.end_polygon();
}

inline void add_square(AreaSet& areas, const double x, const double y, const double side) {
  add_polygon(areas, {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}});
  areas.end_area();
}

/// columns x rows unit squares, area row * columns + column.
inline AreaSet unit_squares(const int columns, const int rows) {
  AreaSet areas;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      add_square(areas, column, row, 1);
    }
  }
  return areas;
}

/// A few areas of random, self-crossing, overlapping rings on a small lattice: every degeneracy there is.
inline AreaSet lattice_areas(std::mt19937& random, const int side) {
  const auto coordinate = [&] { return static_cast<double>(static_cast<int>(random() % static_cast<unsigned>(side))); };
  AreaSet areas;
  const unsigned count = 1 + random() % 5;
  for (unsigned area = 0; area < count; ++area) {
    const unsigned rings = 1 + random() % 2;
    for (unsigned ring = 0; ring < rings; ++ring) {
      std::vector<Point> vertices;
      const unsigned size = 3 + random() % 6;
      for (unsigned k = 0; k < size; ++k) {
        const double x = coordinate();
        vertices.push_back({x, coordinate()});
      }
      vertices.push_back(vertices.front());
      areas.add_ring(vertices);
      areas.end_polygon();
    }
    areas.end_area();
  }
  return areas;
}

/// The locator's rule, by looking at every edge.
inline AreaIndex locate_by_brute_force(const AreaSet& areas, const Point& p) {
  AreaIndex touched;
  for (std::size_t area = 0; area < areas.areas(); ++area) {
    bool inside = false;
    const auto range = areas.rings_of(AreaIndex{area});
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      const auto v = areas.ring(ring);
      for (std::size_t k = 0; k + 1 < v.size(); ++k) {
        if (touched.is_none() && on_segment(v[k], v[k + 1], p)) {
          touched = AreaIndex{area};
        }
        if ((v[k].y > p.y) != (v[k + 1].y > p.y)) {
          const int side = exact_orientation(v[k], v[k + 1], p);
          inside ^= side == 0 || (side > 0) == (v[k + 1].y < v[k].y);
        }
      }
    }
    if (inside) {
      return AreaIndex{area};
    }
  }
  return touched;
}

}  // namespace maillage::testing
