#include "maps/page_outlines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace maillage::detail {

namespace {

constexpr double kTolerance = 1.2;  // grid steps: 0.06 mm

std::uint64_t key_of(const GridPoint& point) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(point.x)) << 32U | static_cast<std::uint32_t>(point.y);
}

double distance_to(const GridPoint& point, const GridPoint& from, const GridPoint& to) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double px = point.x - from.x;
  const double py = point.y - from.y;
  const double length2 = dx * dx + dy * dy;
  if (length2 == 0) {
    return std::hypot(px, py);
  }
  const double along = std::clamp((px * dx + py * dy) / length2, 0.0, 1.0);
  return std::hypot(px - along * dx, py - along * dy);
}

/// Douglas and Peucker's choice of points of an arc, its ends included, without recursion.
std::vector<GridPoint> thinned(const std::vector<GridPoint>& arc) {
  std::vector<std::uint8_t> kept(arc.size());
  kept.front() = kept.back() = 1;
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, arc.size() - 1}};
  while (!spans.empty()) {
    const auto [first, last] = spans.back();
    spans.pop_back();
    double farthest = 0;
    std::size_t where = first;
    for (std::size_t k = first + 1; k < last; ++k) {
      const double distance = distance_to(arc[k], arc[first], arc[last]);
      if (distance > farthest) {
        farthest = distance;
        where = k;
      }
    }
    if (farthest > kTolerance) {
      kept[where] = 1;
      spans.emplace_back(first, where);
      spans.emplace_back(where, last);
    }
  }
  std::vector<GridPoint> points;
  for (std::size_t k = 0; k < arc.size(); ++k) {
    if (kept[k] != 0) {
      points.push_back(arc[k]);
    }
  }
  return points;
}

/// Whether the arc runs against its canonical direction, which is the same for both areas that it parts.
bool runs_backwards(const std::vector<GridPoint>& arc) {
  return arc.front() == arc.back() ? arc[arc.size() - 2] < arc[1] : arc.back() < arc.front();
}

void append_thinned(std::vector<GridPoint> arc, GridRing& ring) {
  const bool backwards = runs_backwards(arc);
  if (backwards) {
    std::ranges::reverse(arc);
  }
  std::vector<GridPoint> points = thinned(arc);
  if (backwards) {
    std::ranges::reverse(points);
  }
  ring.insert(ring.end(), points.begin(), points.end() - 1);  // the end is the next arc's beginning
}

}  // namespace

GridRing without_repeats(GridRing ring) {
  ring.erase(std::ranges::unique(ring).begin(), ring.end());
  while (ring.size() > 1 && ring.front() == ring.back()) {
    ring.pop_back();
  }
  return ring;
}

namespace {

/// Where the edge between two places meets x = at; the same from either end.
GridPoint crossing(GridPoint from, GridPoint to, const std::int32_t at) {
  if (to < from) {
    std::swap(from, to);
  }
  const double share = (static_cast<double>(at) - from.x) / (static_cast<double>(to.x) - from.x);
  return {at, static_cast<std::int32_t>(std::lround(from.y + share * (static_cast<double>(to.y) - from.y)))};
}

/// The part of a ring where x <= most.
GridRing left_of(const GridRing& ring, const std::int32_t most) {
  GridRing kept;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const GridPoint& from = ring[k];
    const GridPoint& to = ring[(k + 1) % ring.size()];
    if (from.x <= most) {
      kept.push_back(from);
    }
    if ((from.x <= most) != (to.x <= most)) {
      kept.push_back(crossing(from, to, most));
    }
  }
  return kept;
}

/// A quarter of a turn, so that each side in turn is the right one.
void turn(GridRing& ring) {
  for (GridPoint& point : ring) {
    point = {point.y, -point.x};
  }
}

}  // namespace

GridRing clipped(GridRing ring, const GridBox& box) {
  const bool is_inside = std::ranges::all_of(ring, [&](const GridPoint& point) {
    return point.x >= box.least.x && point.x <= box.most.x && point.y >= box.least.y && point.y <= box.most.y;
  });
  if (is_inside) {
    return ring;
  }
  for (const std::int32_t side : {box.most.x, box.most.y, -box.least.x, -box.least.y}) {
    ring = left_of(ring, side);
    turn(ring);
  }
  return without_repeats(std::move(ring));
}

PageOutlines::PageOutlines(const std::vector<GridRing>& rings) {
  std::vector<std::pair<GridPoint, GridPoint>> edges;
  for (const GridRing& ring : rings) {
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const GridPoint& from = ring[k];
      const GridPoint& to = ring[(k + 1) % ring.size()];
      if (from != to) {
        edges.emplace_back(from, to);
        edges.emplace_back(to, from);
      }
    }
  }
  std::ranges::sort(edges);
  edges.erase(std::ranges::unique(edges).begin(), edges.end());
  for (std::size_t first = 0; first < edges.size();) {
    std::size_t last = first;
    while (last < edges.size() && edges[last].first == edges[first].first) {
      ++last;
    }
    if (last - first != 2) {  // borders meet here, or a line ends
      nodes_.insert(key_of(edges[first].first));
    }
    first = last;
  }
}

bool PageOutlines::is_node(const GridPoint& point) const {
  return nodes_.contains(key_of(point));
}

GridRing PageOutlines::simplified(const GridRing& ring) const {
  if (ring.size() < 3) {
    return ring;
  }
  std::size_t start = 0;
  while (start < ring.size() && !is_node(ring[start])) {
    ++start;
  }
  if (start == ring.size()) {  // an island: any point that does not hang on where the ring begins
    start = static_cast<std::size_t>(std::ranges::min_element(ring) - ring.begin());
  }
  GridRing result;
  std::vector<GridPoint> arc{ring[start]};
  for (std::size_t k = 1; k <= ring.size(); ++k) {
    const GridPoint& point = ring[(start + k) % ring.size()];
    arc.push_back(point);
    if (k == ring.size() || is_node(point)) {
      append_thinned(std::move(arc), result);
      arc.assign(1, point);
    }
  }
  return without_repeats(std::move(result));
}

namespace {

void append_points(std::string& path, const std::span<const GridPoint> ring) {
  fmt::format_to(std::back_inserter(path), "M{} {}", ring.front().x, ring.front().y);
  for (std::size_t k = 1; k < ring.size(); ++k) {
    const std::int32_t dx = ring[k].x - ring[k - 1].x;
    const std::int32_t dy = ring[k].y - ring[k - 1].y;
    // A minus sign parts two numbers as well as a space.
    fmt::format_to(std::back_inserter(path), "{}{}{}{}", k == 1 ? "l" : dx < 0 ? "" : " ", dx, dy < 0 ? "" : " ", dy);
  }
}

}  // namespace

void append_path(std::string& path, const std::span<const GridPoint> ring) {
  if (!ring.empty()) {
    append_points(path, ring);
    path += "z";
  }
}

void append_line(std::string& path, const std::vector<GridPoint>& line) {
  if (line.size() > 1) {
    append_points(path, thinned(line));
  }
}

}  // namespace maillage::detail
