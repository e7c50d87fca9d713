#include "benchmarks/synthetic_roads.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <functional>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/parallel.hpp"

namespace maillage::benchmarks {

namespace {

constexpr double kArea_m2 = 110'000;  // per node
constexpr double kInTown_m2 = 6'400;  // per node of a town
constexpr std::size_t kGrain = 4096;
constexpr std::size_t kNearest = 16;
constexpr std::size_t kMostRoads = 7;  // a node has at most six relative neighbours, seven in degenerate places
constexpr std::uint32_t kNobody = 0xffffffffU;

/// Numbers that depend on the seed, the thing and the use alone.
class Chance {
 public:
  explicit Chance(const std::uint64_t seed) : seed_(seed) {}
  /// In [0, 1)
  [[nodiscard]] double of(const std::uint64_t thing, const std::uint64_t use) const {
    return static_cast<double>(mix(mix(seed_ + thing) ^ (use * 0x9e3779b97f4a7c15ULL)) >> 11U) * 0x1p-53;
  }

 private:
  static std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
  }
  std::uint64_t seed_;
};

struct Town {
  Point centre;
  double spread_m;
  double share_before;  ///< of all nodes in towns
};

std::vector<Town> make_towns(const std::size_t nodes, const double side_m, const Chance& chance) {
  constexpr double kNodesPerTown = 2'000;
  constexpr double kExponent = 1.3;
  constexpr double kLargest = 300;  // times the smallest
  std::vector<Town> towns(static_cast<std::size_t>(static_cast<double>(nodes) / kNodesPerTown) + 1);
  std::vector<double> weights;
  double total = 0;
  for (std::size_t k = 0; k < towns.size(); ++k) {
    weights.push_back(std::min(std::pow(1 - chance.of(k, 1), -1 / kExponent), kLargest));
    total += weights.back();
  }
  double before = 0;
  for (std::size_t k = 0; k < towns.size(); ++k) {
    const double size = 2.0 / 3 * static_cast<double>(nodes) * weights[k] / total;
    towns[k] = {{chance.of(k, 2) * side_m, chance.of(k, 3) * side_m}, std::sqrt(size * kInTown_m2 / 12), before / total};
    before += weights[k];
  }
  return towns;
}

Point place_node(const std::size_t node, const std::vector<Town>& towns, const double side_m, const Chance& chance) {
  Point point{chance.of(node, 4) * side_m, chance.of(node, 5) * side_m};
  if (chance.of(node, 6) * 3 >= 1) {
    const double share = chance.of(node, 7);
    const auto town = std::upper_bound(towns.begin(), towns.end(), share,
                                       [](const double value, const Town& t) { return value < t.share_before; }) -
                      1;
    const double radius_m = town->spread_m * std::sqrt(-2 * std::log(1 - chance.of(node, 8)));
    const double angle = 2 * std::numbers::pi * chance.of(node, 9);
    point = {town->centre.x + radius_m * std::cos(angle), town->centre.y + radius_m * std::sin(angle)};
  }
  const double last = std::nextafter(side_m, 0);
  return {std::clamp(point.x, 0.0, last), std::clamp(point.y, 0.0, last)};
}

/// Bits of x and y in turn.
std::uint64_t curve_place(const std::uint32_t x, const std::uint32_t y) {
  const auto spread = [](std::uint64_t value) {
    value = (value | value << 16U) & 0x0000ffff0000ffffULL;
    value = (value | value << 8U) & 0x00ff00ff00ff00ffULL;
    value = (value | value << 4U) & 0x0f0f0f0f0f0f0f0fULL;
    value = (value | value << 2U) & 0x3333333333333333ULL;
    return (value | value << 1U) & 0x5555555555555555ULL;
  };
  return spread(x) | spread(y) << 1U;
}

/// Nodes along the curve, found by cell.
class NodeGrid {
 public:
  NodeGrid(const std::size_t nodes, const double side_m, const Chance& chance) {
    cells_along_ = std::bit_ceil(static_cast<std::uint32_t>(std::sqrt(2.5 * static_cast<double>(nodes))) + 1);
    cell_m_ = side_m / cells_along_;
    const std::vector<Town> towns = make_towns(nodes, side_m, chance);
    std::vector<std::pair<std::uint64_t, Point>> placed(nodes);
    parallel_for_blocks(nodes, kGrain, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t node = begin; node < end; ++node) {
        const Point point = place_node(node, towns, side_m, chance);
        placed[node] = {curve_place(along(point.x), along(point.y)), point};
      }
    });
    tbb::parallel_sort(placed.begin(), placed.end());
    first_.assign(std::size_t{cells_along_} * cells_along_ + 1, 0);
    for (const auto& [cell, point] : placed) {
      ++first_[cell + 1];
      points.push_back(point);
    }
    for (std::size_t cell = 1; cell < first_.size(); ++cell) {
      first_[cell] += first_[cell - 1];
    }
  }

  /// Up to kNearest others, nearest first. \returns how many
  std::size_t nearest(const std::uint32_t node, std::array<std::pair<double, std::uint32_t>, kNearest>& found) const {
    constexpr std::uint32_t kFarthest = 48;  // cells
    const Point& point = points[node];
    const auto x = static_cast<std::int64_t>(along(point.x));
    const auto y = static_cast<std::int64_t>(along(point.y));
    std::size_t size = 0;
    const auto look = [&](const std::int64_t column, const std::int64_t row) {
      if (column < 0 || row < 0 || column >= cells_along_ || row >= cells_along_) {
        return;
      }
      const std::uint64_t cell = curve_place(static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row));
      for (std::uint32_t other = first_[cell]; other < first_[cell + 1]; ++other) {
        if (other == node) {
          continue;
        }
        const std::pair entry{squared_m2(point, points[other]), other};
        if (size == kNearest && found[size - 1] < entry) {
          continue;
        }
        std::size_t at = size < kNearest ? size++ : size - 1;
        for (; at > 0 && entry < found[at - 1]; --at) {
          found[at] = found[at - 1];
        }
        found[at] = entry;
      }
    };
    look(x, y);
    for (std::int64_t ring = 1; ring <= kFarthest; ++ring) {
      const double sure_m = static_cast<double>(ring - 1) * cell_m_;
      if (size == kNearest && found[size - 1].first <= sure_m * sure_m) {
        break;
      }
      for (std::int64_t k = -ring; k <= ring; ++k) {
        look(x + k, y - ring);
        look(x + k, y + ring);
      }
      for (std::int64_t k = -ring + 1; k < ring; ++k) {
        look(x - ring, y + k);
        look(x + ring, y + k);
      }
    }
    return size;
  }
  static double squared_m2(const Point& a, const Point& b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

  std::vector<Point> points;

 private:
  [[nodiscard]] std::uint32_t along(const double metres) const {
    return std::min(static_cast<std::uint32_t>(metres / cell_m_), cells_along_ - 1);
  }
  std::uint32_t cells_along_ = 1;
  double cell_m_ = 1;
  std::vector<std::uint32_t> first_;
};

using Neighbours = std::array<std::uint32_t, kMostRoads>;

/// Relative neighbours among the nearest; which one sees an edge, both may not.
std::vector<Neighbours> relative_neighbours(const NodeGrid& grid) {
  std::vector<Neighbours> neighbours(grid.points.size());
  parallel_for_blocks(grid.points.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    std::array<std::pair<double, std::uint32_t>, kNearest> near;
    for (std::size_t node = begin; node < end; ++node) {
      neighbours[node].fill(kNobody);
      const std::size_t size = grid.nearest(static_cast<std::uint32_t>(node), near);
      std::size_t kept = 0;
      for (std::size_t k = 0; k < size && kept < kMostRoads; ++k) {
        const auto [squared, other] = near[k];
        const bool between =
            std::any_of(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(k), [&](const auto& third) {
              return NodeGrid::squared_m2(grid.points[third.second], grid.points[other]) < squared;
            });
        if (!between) {
          neighbours[node][kept++] = other;
        }
      }
    }
  });
  return neighbours;
}

using Level = std::uint8_t;
constexpr Level kStreets = 0;
constexpr Level kMainRoads = 1;
constexpr Level kMotorways = 2;

/// The roads as a graph of lengths, both ways.
class LengthGraph {
 public:
  LengthGraph(const std::vector<Road>& roads, const std::size_t nodes) : first_(nodes + 1), ends_(2 * roads.size()) {
    for (const Road& road : roads) {
      ++first_[road.from.value()];
      ++first_[road.to.value()];
    }
    std::uint32_t end = 0;
    for (std::uint32_t& first : first_) {
      end += first;
      first = end;
    }
    for (std::uint32_t k = 0; k < roads.size(); ++k) {
      ends_[--first_[roads[k].from.value()]] = {roads[k].to.value(), roads[k].length_cm, k};
      ends_[--first_[roads[k].to.value()]] = {roads[k].from.value(), roads[k].length_cm, k};
    }
  }
  struct End {
    std::uint32_t node;
    std::uint32_t length_cm;
    std::uint32_t road;
  };
  [[nodiscard]] std::span<const End> of(const std::uint32_t node) const {
    return std::span{ends_}.subspan(first_[node], first_[node + 1] - first_[node]);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<End> ends_;
};

/// Shortest ways from a town to its nearest others.
class TownSearch {
 public:
  TownSearch(const LengthGraph& graph, const std::vector<std::uint8_t>& is_town, const std::size_t nodes)
      : graph_(graph), is_town_(is_town), distance_(nodes, kFar), reached_by_(nodes) {}

  /// Calls `visit(road)` for the roads of the ways to the `others` nearest towns.
  template <typename Visit>
  void run(const std::uint32_t from, std::size_t others, const Visit& visit) {
    distance_[from] = 0;
    touched_.push_back(from);
    heap_.emplace_back(0, from);
    while (!heap_.empty() && others > 0) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
      const auto [distance, node] = heap_.back();
      heap_.pop_back();
      if (distance > distance_[node]) {
        continue;
      }
      if (node != from && is_town_[node] != 0) {
        --others;
        for (std::uint32_t at = node; at != from; at = reached_by_[at].node) {
          visit(reached_by_[at].road);
        }
      }
      for (const LengthGraph::End& end : graph_.of(node)) {
        if (distance + end.length_cm < distance_[end.node]) {
          if (distance_[end.node] == kFar) {
            touched_.push_back(end.node);
          }
          distance_[end.node] = distance + end.length_cm;
          reached_by_[end.node] = {node, 0, end.road};
          heap_.emplace_back(distance_[end.node], end.node);
          std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
        }
      }
    }
    heap_.clear();
    for (const std::uint32_t node : touched_) {
      distance_[node] = kFar;
    }
    touched_.clear();
  }

 private:
  static constexpr std::uint32_t kFar = 0xffffffffU;
  const LengthGraph& graph_;
  const std::vector<std::uint8_t>& is_town_;
  std::vector<std::uint32_t> distance_;
  std::vector<LengthGraph::End> reached_by_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> heap_;
};

/// Raises the roads between neighbouring towns to `level`: one town per so many nodes, drawn among all nodes, and so mostly
/// where nodes are many.
void join_towns(const LengthGraph& graph, const std::size_t nodes, const Chance& chance, const double nodes_per_town,
                const std::size_t others, const Level level, std::vector<Level>& levels) {
  std::vector<std::uint8_t> is_town(nodes);
  std::vector<std::uint32_t> towns;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (chance.of(node, 10 + level) * nodes_per_town < 1) {
      is_town[node] = 1;
      towns.push_back(node);
    }
  }
  tbb::enumerable_thread_specific<TownSearch> searches([&] { return TownSearch(graph, is_town, nodes); });
  parallel_for_blocks(towns.size(), 8, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      searches.local().run(towns[k], others, [&](const std::uint32_t road) {
        std::atomic_ref<Level>(levels[road]).store(level, std::memory_order_relaxed);  // the same whoever stores it
      });
    }
  });
}

void set_times(Road& road, const Level level, const Chance& chance, const std::uint64_t number) {
  constexpr std::uint32_t kStreet_cm = 15'000;
  constexpr std::array<double, 3> kSpeed_kmh{35, 75, 115};
  road.forward_ms = static_cast<std::uint32_t>(road.length_cm * 36 / kSpeed_kmh[level]) + 1;
  const bool one_way = level == kStreets && road.length_cm < kStreet_cm && chance.of(number, 20) < 0.125;
  road.backward_ms = one_way ? kClosed : road.forward_ms;
  road.road_class = level == kMotorways   ? RoadClass::motorway
                    : level == kMainRoads ? RoadClass::secondary
                                          : RoadClass::residential;
}

}  // namespace

RoadNetwork make_synthetic_roads(const std::size_t nodes, const std::uint64_t seed) {
  constexpr double kWinding = 1.2;  // of roads, as against the straight line
  const Chance chance(seed);
  NodeGrid grid(nodes, std::sqrt(static_cast<double>(nodes) * kArea_m2), chance);
  const std::vector<Neighbours> neighbours = relative_neighbours(grid);
  RoadNetworkParts parts;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    for (const std::uint32_t other : neighbours[node]) {
      if (other == kNobody) {
        break;
      }
      const bool seen_by_other = std::ranges::find(neighbours[other], node) != neighbours[other].end();
      if (node < other || !seen_by_other) {
        const double length_m = std::max(kWinding * distance_m(grid.points[node], grid.points[other]), 1.0);
        parts.roads.push_back({.from = RoadNodeIndex{std::min(node, other)},
                               .to = RoadNodeIndex{std::max(node, other)},
                               .length_cm = static_cast<std::uint32_t>(length_m * 100)});
        parts.shape_first.push_back(0);
      }
    }
  }
  std::vector<Level> levels(parts.roads.size(), kStreets);
  const LengthGraph graph(parts.roads, nodes);
  join_towns(graph, nodes, chance, 500, 4, kMainRoads, levels);
  join_towns(graph, nodes, chance, 12'000, 5, kMotorways, levels);
  for (std::size_t k = 0; k < parts.roads.size(); ++k) {
    set_times(parts.roads[k], levels[k], chance, k);
  }
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  parts.nodes = std::move(grid.points);
  return make_road_network(std::move(parts));
}

}  // namespace maillage::benchmarks
