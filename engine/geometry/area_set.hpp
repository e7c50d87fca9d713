#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

using AreaIndex = Index<struct AreaTag>;

/// Many multipolygons in four flat arrays: areas own polygons, polygons own rings (the first is the shell, the others are
/// holes), rings own vertices. Rings are closed: the last vertex repeats the first. Shells run counter-clockwise, holes
/// clockwise, once `orient_rings` has run.
/// An area may have no polygon (a commune without contour).
struct AreaSet {
  std::vector<Point> vertices;
  std::vector<std::uint32_t> ring_first{0};     ///< rings + 1 offsets into vertices
  std::vector<std::uint32_t> polygon_first{0};  ///< polygons + 1 offsets into rings
  std::vector<std::uint32_t> area_first{0};     ///< areas + 1 offsets into polygons

  [[nodiscard]] std::size_t areas() const { return area_first.size() - 1; }
  [[nodiscard]] std::size_t polygons() const { return polygon_first.size() - 1; }
  [[nodiscard]] std::size_t rings() const { return ring_first.size() - 1; }
  /// Vertices of one ring, closing vertex included.
  [[nodiscard]] std::span<const Point> ring(const std::size_t ring) const {
    return std::span<const Point>{vertices}.subspan(ring_first[ring], ring_first[ring + 1] - ring_first[ring]);
  }
  /// [first, last) ring numbers of all polygons of an area.
  struct RingRange {
    std::size_t first;
    std::size_t last;
  };
  [[nodiscard]] RingRange rings_of(const AreaIndex area) const {
    return {polygon_first[area_first[area.value()]], polygon_first[area_first[area.value() + 1]]};
  }
  [[nodiscard]] RingRange rings_of_polygon(const std::size_t polygon) const {
    return {polygon_first[polygon], polygon_first[polygon + 1]};
  }

  /// Appending, innermost first: vertices, then end_ring, end_polygon, end_area.
  void end_ring() { ring_first.push_back(static_cast<std::uint32_t>(vertices.size())); }
  void end_polygon() { polygon_first.push_back(static_cast<std::uint32_t>(rings())); }
  void end_area() { area_first.push_back(static_cast<std::uint32_t>(polygons())); }
  void add_ring(std::span<const Point> closed_ring) {
    vertices.insert(vertices.end(), closed_ring.begin(), closed_ring.end());
    end_ring();
  }
  /// Appends area `area` of `other` as the next area.
  void add_area(const AreaSet& other, AreaIndex area);

  friend bool operator==(const AreaSet&, const AreaSet&) = default;
};

/// Twice the signed area of a closed ring, counter-clockwise positive; computed about the ring's first vertex.
[[nodiscard]] double twice_signed_area(std::span<const Point> closed_ring);
/// Surface of an area in square units of its plane: shells minus holes, by ring order, not orientation.
[[nodiscard]] double surface(const AreaSet& areas, AreaIndex area);
[[nodiscard]] Box bounding_box(const AreaSet& areas, AreaIndex area);
[[nodiscard]] Box bounding_box(const AreaSet& areas);
/// Turns every shell counter-clockwise and every hole clockwise, in place.
void orient_rings(AreaSet& areas);

}  // namespace maillage
