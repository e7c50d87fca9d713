#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/cell_grid.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// An area and how far a point is from it, in the unit of the plane; 0 when the point lies in or on it.
struct NearestArea {
  AreaIndex area;
  double distance = 0;
  friend bool operator==(const NearestArea&, const NearestArea&) = default;
};

/// Point-in-area index: which one area holds a point, for points that come one by one (locate_points takes many at once).
/// Works in any plane, degrees or metres; edges are straight in that plane.
///
/// Rule, exact and independent of the order and direction of vertices:
/// - off all borders: the area whose interior holds the point (even-odd over all its rings, GEOS's `within`);
/// - on a border: the area that holds the point shifted infinitesimally by (+e, +e^2), that is just east, then just north;
///   where that is outside all areas, the area of lowest index whose border holds the point;
/// - areas overlap: the one of lowest index.
/// So every point of a partition, shared vertices and triple points included, has exactly one area.
///
/// Method: a grid of square cells in tiles. A cell keeps the runs of consecutive edges that pass through it and whether its
/// lower left corner lies in each area; a point is reached from that corner along two sides, counting exact crossings. Cost:
/// build O(vertices + cells), about 20 bytes a vertex; query O(edges of one cell), a few.
class AreaLocator {
 public:
  /// \param areas  viewed, not copied: must outlive the locator
  /// \throws ArgumentError if a vertex is not finite
  explicit AreaLocator(const AreaSet& areas);
  explicit AreaLocator(AreaSet&&) = delete;

  /// The area of the point; none outside all areas and for points that are not finite.
  [[nodiscard]] AreaIndex locate(const Point& point) const;
  /// Whether the point lies on the border of at least one area.
  [[nodiscard]] bool is_on_border(const Point& point) const;
  /// The area nearest to the point within `max_distance` (closed), 0 away when the point is in one; the lowest index where
  /// several are equally near. For points slightly offshore.
  [[nodiscard]] std::optional<NearestArea> nearest(const Point& point, double max_distance) const;
  /// Distance from the point to one area, 0 in or on it, infinity when the area is empty. Cost: O(vertices of the area).
  [[nodiscard]] double distance(const Point& point, AreaIndex area) const;
  /// Memory of the index, without the areas.
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class AreaLocatorBuilder;

  /// Consecutive edges of one ring in a cell: edge k goes from vertex k to vertex k + 1.
  struct Run {
    std::uint32_t area;
    std::uint32_t first_edge;
    std::uint32_t edges : 30;
    std::uint32_t corner_inside : 1;  ///< on the first run of each area in a cell
    std::uint32_t last_of_cell : 1;
  };
  /// Rows of cells built together. A cell is kEdgeless | owner, or the position of its first run.
  struct Band {
    std::vector<std::uint32_t> cells;
    std::vector<Run> runs;
  };

  [[nodiscard]] std::uint32_t cell_value(CellPosition cell) const;
  [[nodiscard]] AreaIndex locate_in_cell(const Point& point, CellPosition cell, std::uint32_t value) const;
  [[nodiscard]] AreaIndex lowest_touching(const Point& point, CellPosition cell, std::uint32_t value) const;
  void improve(NearestArea& best, const Point& point, CellPosition cell) const;

  const AreaSet* areas_;
  Box box_;
  CellGrid grid_;
  std::uint32_t tile_columns_ = 0;
  std::vector<std::uint32_t> tiles_;  ///< kEdgeless | owner, or the tile's place in its band
  std::vector<Band> bands_;
};

}  // namespace maillage
