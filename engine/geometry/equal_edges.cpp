#include "engine/geometry/equal_edges.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

namespace maillage {

namespace {

[[nodiscard]] std::uint64_t mix(std::uint64_t hash, const double value) {
  hash ^= std::bit_cast<std::uint64_t>(value + 0.0);  // + 0.0 makes -0.0 and 0.0 one
  hash *= 0x9e3779b97f4a7c15ULL;
  return hash ^ (hash >> 29);
}

[[nodiscard]] std::uint64_t hash_of(const Point& point) {
  return mix(mix(0, point.x), point.y);
}

/// Open-addressed table of things known by a number, equal ones chained newest first.
class EqualChains {
 public:
  explicit EqualChains(const std::size_t most)
      : mask_(std::bit_ceil(2 * most + 2) - 1), slots_(mask_ + 1, Slot{kNoVertex, 0}), earlier_(most, kNoVertex) {}

  void prefetch(const std::uint64_t hash) const { __builtin_prefetch(&slots_[place(hash)]); }
  /// Adds `number`. \returns the newest equal number before it, or kNoVertex
  template <typename Equal>
  std::uint32_t add(const std::uint64_t hash, const std::uint32_t number, const Equal& equal) {
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::uint64_t at = place(hash);; at = (at + 1) & mask_) {
      Slot& slot = slots_[at];
      if (slot.newest == kNoVertex || (slot.tag == tag && equal(slot.newest))) {
        const std::uint32_t before = slot.newest;
        slot = {number, tag};
        earlier_[number] = before;
        return before;
      }
    }
  }
  [[nodiscard]] std::uint32_t earlier(const std::uint32_t number) const { return earlier_[number]; }
  [[nodiscard]] std::vector<std::uint32_t> all() && { return std::move(earlier_); }

 private:
  struct Slot {
    std::uint32_t newest;
    std::uint32_t tag;
  };
  [[nodiscard]] std::uint64_t place(const std::uint64_t hash) const { return (hash >> 20) & mask_; }

  std::uint64_t mask_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> earlier_;
};

/// Calls visit(k, hash) for the first vertex k of every edge, in order, with the table's memory asked for ahead.
template <typename Hash, typename Visit>
void for_each_edge(const AreaSet& areas, EqualChains& chains, const Hash& hash_at, const Visit& visit) {
  constexpr std::size_t kAhead = 32;
  std::array<std::pair<std::uint32_t, std::uint64_t>, kAhead> waiting;
  std::size_t count = 0;
  const auto flush = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      visit(waiting[i].first, waiting[i].second);
    }
    count = 0;
  };
  for (std::size_t ring = 0; ring < areas.rings(); ++ring) {
    for (std::uint32_t k = areas.ring_first[ring]; k + 1 < areas.ring_first[ring + 1]; ++k) {
      const std::uint64_t hash = hash_at(k);
      chains.prefetch(hash);
      waiting[count++] = {k, hash};
      if (count == kAhead) {
        flush();
      }
    }
  }
  flush();
}

}  // namespace

std::vector<EqualPair> equal_edges(const AreaSet& areas) {
  const std::vector<Point>& at = areas.vertices;
  EqualChains chains(at.size());
  std::vector<EqualPair> pairs;
  pairs.reserve(at.size() / 2);
  const auto hash_at = [&](const std::uint32_t k) {
    const bool forward = at[k] < at[k + 1];
    const Point& low = forward ? at[k] : at[k + 1];
    const Point& high = forward ? at[k + 1] : at[k];
    return mix(mix(hash_of(low), high.x), high.y);
  };
  for_each_edge(areas, chains, hash_at, [&](const std::uint32_t k, const std::uint64_t hash) {
    if (at[k] == at[k + 1]) {
      return;
    }
    const auto equal = [&](const std::uint32_t other) {
      return (at[k] == at[other] && at[k + 1] == at[other + 1]) || (at[k] == at[other + 1] && at[k + 1] == at[other]);
    };
    for (std::uint32_t before = chains.add(hash, k, equal); before != kNoVertex; before = chains.earlier(before)) {
      pairs.push_back({before, k});
    }
  });
  return pairs;
}

std::vector<std::uint32_t> earlier_equal_vertices(const AreaSet& areas) {
  const std::vector<Point>& at = areas.vertices;
  EqualChains chains(at.size());
  for_each_edge(
      areas, chains, [&](const std::uint32_t k) { return hash_of(at[k]); },
      [&](const std::uint32_t k, const std::uint64_t hash) {
        chains.add(hash, k, [&](const std::uint32_t other) { return at[k] == at[other]; });
      });
  return std::move(chains).all();
}

std::vector<std::uint32_t> area_of_vertices(const AreaSet& areas) {
  std::vector<std::uint32_t> area_of(areas.vertices.size());
  for (std::uint32_t area = 0; area < areas.areas(); ++area) {
    const auto range = areas.rings_of(AreaIndex{area});
    std::fill(area_of.begin() + areas.ring_first[range.first], area_of.begin() + areas.ring_first[range.last], area);
  }
  return area_of;
}

namespace {

/// How far edge c-d runs along edge a-b, as fractions of both; nothing when not over more than the tolerance.
bool overlap(const Point& a, const Point& b, const Point& c, const Point& d, const double tolerance, EdgeOverlap& result) {
  const double length = distance_m(a, b);
  const double along_x = (b.x - a.x) / length;
  const double along_y = (b.y - a.y) / length;
  const auto along = [&](const Point& p) { return (p.x - a.x) * along_x + (p.y - a.y) * along_y; };
  const auto aside = [&](const Point& p) { return (p.y - a.y) * along_x - (p.x - a.x) * along_y; };
  const double along_c = along(c);
  const double along_d = along(d);
  const double from = std::max(0.0, std::min(along_c, along_d));
  const double to = std::min(length, std::max(along_c, along_d));
  if (!(to - from > tolerance)) {
    return false;
  }
  const auto fraction = [&](const double t) { return std::clamp((t - along_c) / (along_d - along_c), 0.0, 1.0); };
  const auto aside_at = [&](const double t) { return std::abs(aside(c) + fraction(t) * (aside(d) - aside(c))); };
  if (aside_at(from) > tolerance || aside_at(to) > tolerance) {
    return false;
  }
  result.first_from = from / length;
  result.first_to = to / length;
  result.second_from = std::min(fraction(from), fraction(to));
  result.second_to = std::max(fraction(from), fraction(to));
  return true;
}

}  // namespace

std::vector<EdgeOverlap> overlapping_edges(const AreaSet& areas, const std::span<const std::uint32_t> edges,
                                           const std::span<const std::uint32_t> area_of_vertex, const double tolerance) {
  struct Extent {
    Box box;
    std::uint32_t edge;
  };
  std::vector<Extent> extents;
  extents.reserve(edges.size());
  for (const std::uint32_t edge : edges) {
    Extent& extent = extents.emplace_back(Extent{{}, edge});
    extent.box.extend(areas.vertices[edge]);
    extent.box.extend(areas.vertices[edge + 1]);
  }
  std::ranges::sort(extents, {}, [](const Extent& e) { return std::tuple{e.box.min_x, e.edge}; });
  std::vector<EdgeOverlap> found;
  for (std::size_t i = 0; i < extents.size(); ++i) {
    const Box& box = extents[i].box;
    for (std::size_t j = i + 1; j < extents.size() && extents[j].box.min_x <= box.max_x + tolerance; ++j) {
      if (extents[j].box.min_y > box.max_y + tolerance || extents[j].box.max_y < box.min_y - tolerance) {
        continue;
      }
      const std::uint32_t first = std::min(extents[i].edge, extents[j].edge);
      const std::uint32_t second = std::max(extents[i].edge, extents[j].edge);
      EdgeOverlap pair{first, second};
      if (area_of_vertex[first] != area_of_vertex[second] &&
          overlap(areas.vertices[first], areas.vertices[first + 1], areas.vertices[second], areas.vertices[second + 1],
                  tolerance, pair)) {
        found.push_back(pair);
      }
    }
  }
  std::ranges::sort(found, {}, [](const EdgeOverlap& o) { return std::pair{o.first, o.second}; });
  return found;
}

}  // namespace maillage
