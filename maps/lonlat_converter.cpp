#include "maps/lonlat_converter.hpp"

#include <bit>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

std::size_t hash_of(const Point& position) {
  // + 0.0 makes -0.0 and 0.0, which are equal, hash alike. The multiplier is 2^64 over the golden ratio (Knuth, TAOCP
  // 3, 6.4).
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = std::bit_cast<std::uint64_t>(position.x + 0.0) * kMultiplier;
  hash = (hash ^ (hash >> 32U)) + std::bit_cast<std::uint64_t>(position.y + 0.0);
  hash *= kMultiplier;
  return static_cast<std::size_t>(hash ^ (hash >> 29U));
}

}  // namespace

LonLatConverter::LonLatConverter(const Territory& territory, const Planes& planes)
    : territory_(&territory), planes_(&planes) {
  if (!planes.source_to_lonlat || !planes.plane_to_lonlat) {
    throw ArgumentError("LonLatConverter: the planes have no way to degrees");
  }
  const std::vector<Point>& vertices = territory.contours.vertices;
  if (territory.source_contours.vertices.size() != vertices.size()) {
    throw ArgumentError("LonLatConverter: contours and source contours must have the same vertices");
  }
  contours_lonlat_ = territory.source_contours;
  planes.source_to_lonlat(contours_lonlat_.vertices);
  slots_.assign(std::bit_ceil(2 * vertices.size() + 1), 0);
  for (std::size_t vertex = 0; vertex < vertices.size(); ++vertex) {
    std::size_t slot = hash_of(vertices[vertex]) & (slots_.size() - 1);
    while (slots_[slot] != 0 && vertices[slots_[slot] - 1] != vertices[vertex]) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    if (slots_[slot] == 0) {
      slots_[slot] = static_cast<std::uint32_t>(vertex + 1);
    }
  }
}

std::optional<std::uint32_t> LonLatConverter::find(const Point& position) const {
  const std::vector<Point>& vertices = territory_->contours.vertices;
  std::size_t slot = hash_of(position) & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    if (vertices[slots_[slot] - 1] == position) {
      return slots_[slot] - 1;
    }
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return std::nullopt;
}

void LonLatConverter::convert(const std::span<Point> positions) const {
  std::vector<std::size_t> others;
  std::vector<Point> reprojected;
  for (std::size_t number = 0; number < positions.size(); ++number) {
    if (const auto vertex = find(positions[number])) {
      positions[number] = contours_lonlat_.vertices[*vertex];
    } else {
      others.push_back(number);
      reprojected.push_back(positions[number]);
    }
  }
  planes_->plane_to_lonlat(reprojected);
  for (std::size_t number = 0; number < others.size(); ++number) {
    positions[others[number]] = reprojected[number];
  }
}

AreaSet LonLatConverter::convert(const AreaSet& areas) const {
  AreaSet converted = areas;
  convert(std::span<Point>{converted.vertices});
  return converted;
}

LineSet LonLatConverter::convert(const LineSet& lines) const {
  LineSet converted = lines;
  convert(std::span<Point>{converted.vertices});
  return converted;
}

}  // namespace maillage
