#include "adapters/pmtiles/tile_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace maillage::detail {

namespace {

struct GridBox {
  std::int32_t min_x = std::numeric_limits<std::int32_t>::max();
  std::int32_t min_y = std::numeric_limits<std::int32_t>::max();
  std::int32_t max_x = std::numeric_limits<std::int32_t>::min();
  std::int32_t max_y = std::numeric_limits<std::int32_t>::min();

  void extend(const TilePoint& point) {
    min_x = std::min(min_x, point.x);
    min_y = std::min(min_y, point.y);
    max_x = std::max(max_x, point.x);
    max_y = std::max(max_y, point.y);
  }
};

std::int64_t turn(const TilePoint& a, const TilePoint& b, const TilePoint& c) {
  return std::int64_t{b.x - a.x} * (c.y - b.y) - std::int64_t{b.y - a.y} * (c.x - b.x);
}

/// Leaves out vertices that come twice, that lie on a straight line, and ways out and back: the surface stays what it is.
GridRing cleaned(const GridRing& ring) {
  GridRing clean;
  for (const TilePoint& point : ring) {
    while (clean.size() >= 2 && turn(clean[clean.size() - 2], clean.back(), point) == 0) {
      clean.pop_back();
    }
    if (clean.empty() || clean.back() != point) {
      clean.push_back(point);
    }
  }
  std::size_t first = 0;
  for (bool changed = true; changed && clean.size() - first >= 3;) {
    changed = true;
    if (clean.back() == clean[first] || turn(clean[clean.size() - 2], clean.back(), clean[first]) == 0) {
      clean.pop_back();
    } else if (turn(clean.back(), clean[first], clean[first + 1]) == 0) {
      ++first;
    } else {
      changed = false;
    }
  }
  clean.erase(clean.begin(), clean.begin() + static_cast<std::ptrdiff_t>(first));
  return clean.size() < 3 ? GridRing{} : clean;
}

std::int32_t to_lattice(const double square, const double units, const std::int32_t step) {
  return static_cast<std::int32_t>(std::llround(square * units / step)) * step;
}

/// A square of one step for an area of which the lattice keeps nothing.
GridArea speck(const AreaSet& square, const AreaIndex area, const double units, const std::int32_t step) {
  Box largest;
  double widest = -1;
  const auto rings = square.rings_of(area);
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    Box box;
    for (const Point& vertex : square.ring(ring)) {
      box.extend(vertex);
    }
    if (const double width = std::max(box.max_x - box.min_x, box.max_y - box.min_y); width > widest) {
      widest = width;
      largest = box;
    }
  }
  if (widest < 0) {
    return {};
  }
  const std::int32_t x = to_lattice((largest.min_x + largest.max_x) / 2, units, step);
  const std::int32_t y = to_lattice((largest.min_y + largest.max_y) / 2, units, step);
  return {{{{x, y}, {x + step, y}, {x + step, y + step}, {x, y + step}}}};
}

/// Where the edge crosses the line: the same knot from both ends.
TilePoint crossing(TilePoint a, TilePoint b, const bool vertical, const std::int32_t line) {
  if (std::pair{b.x, b.y} < std::pair{a.x, a.y}) {
    std::swap(a, b);
  }
  if (vertical) {
    const double share = static_cast<double>(line - a.x) / (b.x - a.x);
    return {line, a.y + static_cast<std::int32_t>(std::llround(share * (b.y - a.y)))};
  }
  const double share = static_cast<double>(line - a.y) / (b.y - a.y);
  return {a.x + static_cast<std::int32_t>(std::llround(share * (b.x - a.x))), line};
}

/// A half-plane that a ring is cut to: x or y, at least or at most the line.
struct Side {
  bool vertical;
  bool at_least;
  std::int32_t line;

  [[nodiscard]] bool holds(const TilePoint& point) const {
    const std::int32_t value = vertical ? point.x : point.y;
    return at_least ? value >= line : value <= line;
  }
};

/// Sutherland & Hodgman (1974), doi:10.1145/360767.360802.
GridRing cut(const GridRing& ring, const Side& side) {
  GridRing kept;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const TilePoint& from = ring[k == 0 ? ring.size() - 1 : k - 1];
    const TilePoint& to = ring[k];
    if (side.holds(from) != side.holds(to)) {
      kept.push_back(crossing(from, to, side.vertical, side.line));
    }
    if (side.holds(to)) {
      kept.push_back(to);
    }
  }
  return kept;
}

GridRing ring_in_tile(const GridRing& ring, const TilePoint& corner) {
  GridRing part = ring;
  for (const Side& side : {Side{true, true, corner.x - kTileMargin}, Side{true, false, corner.x + kTileUnits + kTileMargin},
                           Side{false, true, corner.y - kTileMargin}, Side{false, false, corner.y + kTileUnits + kTileMargin}}) {
    if (!std::ranges::all_of(part, [&](const TilePoint& point) { return side.holds(point); })) {
      part = cut(part, side);
    }
  }
  part = cleaned(part);
  for (TilePoint& point : part) {
    point = {point.x - corner.x, point.y - corner.y};
  }
  return part;
}

}  // namespace

Point web_mercator(const Point& lonlat) {
  constexpr double kHalfTurn = 180;
  constexpr double kMostNorth = 85.05112877980659;  // where the square ends
  const double latitude = std::clamp(lonlat.y, -kMostNorth, kMostNorth) * std::numbers::pi / kHalfTurn;
  return {.x = (lonlat.x + kHalfTurn) / (2 * kHalfTurn), .y = (1 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2};
}

std::int64_t twice_area(const std::span<const TilePoint> ring) {
  std::int64_t twice = 0;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const TilePoint& from = ring[k == 0 ? ring.size() - 1 : k - 1];
    twice += std::int64_t{from.x} * ring[k].y - std::int64_t{ring[k].x} * from.y;
  }
  return twice;
}

GridArea area_on_grid(const AreaSet& square, const AreaIndex area, const int zoom, const std::int32_t step) {
  const double units = std::ldexp(static_cast<double>(kTileUnits), zoom);
  GridArea on_grid;
  for (std::size_t polygon = square.area_first[area.value()]; polygon < square.area_first[area.value() + 1]; ++polygon) {
    GridPolygon part;
    const auto rings = square.rings_of_polygon(polygon);
    for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
      GridRing snapped;
      for (const Point& vertex : square.ring(ring)) {
        snapped.push_back({to_lattice(vertex.x, units, step), to_lattice(vertex.y, units, step)});
      }
      snapped = cleaned(snapped);
      const bool vanished = snapped.empty() || twice_area(snapped) == 0;
      if (vanished && ring == rings.first) {
        break;
      }
      if (!vanished) {
        part.push_back(std::move(snapped));
      }
    }
    if (!part.empty()) {
      on_grid.push_back(std::move(part));
    }
  }
  return on_grid.empty() ? speck(square, area, units, step) : on_grid;
}

std::vector<TileAddress> tiles_of(const GridArea& area, const int zoom) {
  GridBox box;
  for (const GridPolygon& polygon : area) {
    for (const TilePoint& point : polygon.front()) {
      box.extend(point);
    }
  }
  std::vector<TileAddress> tiles;
  const std::int32_t last = (std::int32_t{1} << zoom) - 1;
  const auto tile_at = [&](const std::int32_t units) { return std::clamp(units >> 12, 0, last); };
  for (std::int32_t y = tile_at(box.min_y - kTileMargin); !area.empty() && y <= tile_at(box.max_y + kTileMargin); ++y) {
    for (std::int32_t x = tile_at(box.min_x - kTileMargin); x <= tile_at(box.max_x + kTileMargin); ++x) {
      tiles.push_back({.x = static_cast<std::uint32_t>(x), .y = static_cast<std::uint32_t>(y)});
    }
  }
  return tiles;
}

GridArea part_in_tile(const GridArea& area, const TileAddress& tile) {
  const TilePoint corner{static_cast<std::int32_t>(tile.x) * kTileUnits, static_cast<std::int32_t>(tile.y) * kTileUnits};
  GridArea part;
  for (const GridPolygon& polygon : area) {
    GridPolygon kept;
    for (std::size_t ring = 0; ring < polygon.size(); ++ring) {
      GridRing cut_ring = ring_in_tile(polygon[ring], corner);
      const std::int64_t surface = twice_area(cut_ring);
      if (surface == 0 && ring == 0) {
        break;
      }
      if (surface == 0) {
        continue;
      }
      if ((surface > 0) != (ring == 0)) {
        std::ranges::reverse(cut_ring);
      }
      kept.push_back(std::move(cut_ring));
    }
    if (!kept.empty()) {
      part.push_back(std::move(kept));
    }
  }
  return part;
}

}  // namespace maillage::detail
