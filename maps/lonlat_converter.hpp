#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/line_set.hpp"
#include "engine/geometry/point.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// The way from the territory's plane to degrees. A vertex of the contours becomes the very position its source gave, not a
/// reprojection of a reprojection; borders of dissolved areas and of communes therefore coincide exactly in degrees too.
/// The territory and the planes must outlive it. Cost: O(vertices) to build, about 40 bytes for each.
class LonLatConverter {
 public:
  /// \throws ArgumentError if a needed conversion is not set
  LonLatConverter(const Territory& territory, const Planes& planes);

  /// Contours of the communes in degrees.
  [[nodiscard]] const AreaSet& contours() const { return contours_lonlat_; }
  [[nodiscard]] AreaSet convert(const AreaSet& areas) const;
  [[nodiscard]] LineSet convert(const LineSet& lines) const;
  /// In place. What is not a vertex of the contours is reprojected.
  void convert(std::span<Point> positions) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> find(const Point& position) const;

  const Territory* territory_;
  const Planes* planes_;
  AreaSet contours_lonlat_;
  std::vector<std::uint32_t> slots_;  // open addressing: vertex number + 1, 0 where free
};

}  // namespace maillage
