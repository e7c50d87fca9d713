#include "maps/hatch_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

namespace maillage::detail {

std::vector<GridLine> hatch_lines(const std::span<const GridRing> rings, const std::int32_t spacing) {
  // On a rising line x + y is constant (y runs downwards on a page). Where each edge crosses each line, by x.
  std::map<std::int64_t, std::vector<double>> crossings;
  for (const GridRing& ring : rings) {
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const GridPoint& a = ring[k];
      const GridPoint& b = ring[(k + 1) % ring.size()];
      // Half a step beside whole numbers: a line never passes through a vertex.
      const double sum_a = static_cast<double>(a.x) + a.y;
      const double sum_b = static_cast<double>(b.x) + b.y;
      const double low = std::min(sum_a, sum_b);
      const double high = std::max(sum_a, sum_b);
      for (auto line = static_cast<std::int64_t>(std::ceil((low - 0.5) / spacing));
           static_cast<double>(line) * spacing + 0.5 < high; ++line) {
        const double share = (static_cast<double>(line) * spacing + 0.5 - sum_a) / (sum_b - sum_a);
        crossings[line].push_back(a.x + share * (b.x - a.x));
      }
    }
  }
  std::vector<GridLine> lines;
  for (auto& [line, xs] : crossings) {
    std::ranges::sort(xs);
    const auto on_line = [&, at = line](const double x) {
      return GridPoint{static_cast<std::int32_t>(std::lround(x)),
                       static_cast<std::int32_t>(std::lround(static_cast<double>(at) * spacing + 0.5 - x))};
    };
    for (std::size_t k = 0; k + 1 < xs.size(); k += 2) {
      if (xs[k + 1] - xs[k] >= 1) {
        lines.push_back({on_line(xs[k]), on_line(xs[k + 1])});
      }
    }
  }
  return lines;
}

}  // namespace maillage::detail
