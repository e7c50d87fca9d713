#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"
#include "engine/network/snap.hpp"

namespace maillage::testing {

/// Costs told by the rules alone: Bellman and Ford's relaxation over (node, the arcs driven last), each turn held against
/// every restriction as it is written. No automaton, no queue of priorities, nothing of the engine's searches.
class RoadOracle {
 public:
  using History = std::vector<std::uint32_t>;  ///< ArcIndex values, the last driven at the end
  using Key = std::pair<std::uint32_t, History>;
  using Costs = std::map<Key, std::uint64_t>;

  explicit RoadOracle(const RoadNetwork& network, const UTurns u_turns = UTurns::allowed,
                      const RoadMetric metric = RoadMetric::travel_time_ms)
      : network_(network), u_turns_(u_turns), metric_(metric) {
    for (std::size_t k = 0; k < network.restrictions(); ++k) {
      longest_ = std::max(longest_, network.restriction(k).size() - 1);
    }
  }

  [[nodiscard]] std::uint32_t weight(const std::uint32_t arc) const {
    return metric_ == RoadMetric::travel_time_ms ? network_.time_ms(ArcIndex{std::size_t{arc}})
                                                 : network_.road(road_of(ArcIndex{std::size_t{arc}})).length_cm;
  }
  [[nodiscard]] bool is_open(const std::uint32_t arc) const {
    return network_.time_ms(ArcIndex{std::size_t{arc}}) != kClosed;
  }
  [[nodiscard]] std::uint32_t tail(const std::uint32_t arc) const {
    return network_.tail(ArcIndex{std::size_t{arc}}).value();
  }
  [[nodiscard]] std::uint32_t head(const std::uint32_t arc) const {
    return network_.head(ArcIndex{std::size_t{arc}}).value();
  }

  /// Whether who has driven `history` may take `arc` next.
  [[nodiscard]] bool may_take(const History& history, const std::uint32_t arc) const {
    for (std::size_t k = 0; k < network_.restrictions(); ++k) {
      const auto sequence = network_.restriction(k);
      const auto begun = sequence.first(sequence.size() - 1);
      if (history.size() < begun.size() || !std::equal(begun.rbegin(), begun.rend(), history.rbegin())) {
        continue;
      }
      if ((network_.restriction_mandatory[k] != 0) != (arc == sequence.back())) {
        return false;
      }
    }
    return u_turns_ == UTurns::allowed || history.empty() || arc != (history.back() ^ 1U) || arms(tail(arc)) < 2;
  }
  /// Least costs of all (node, history) from the given ones.
  [[nodiscard]] Costs relax(const std::vector<std::pair<Key, std::uint64_t>>& starts) const {
    Costs costs;
    std::deque<Key> changed;
    const auto offer = [&](const Key& key, const std::uint64_t cost) {
      const auto [known, is_new] = costs.emplace(key, cost);
      if (is_new || cost < known->second) {
        known->second = cost;
        changed.push_back(key);
      }
    };
    for (const auto& [key, cost] : starts) {
      offer(key, cost);
    }
    while (!changed.empty()) {
      const Key key = changed.front();
      changed.pop_front();
      const std::uint64_t cost = costs.at(key);
      for (std::uint32_t arc = 0; arc < 2 * network_.roads.size(); ++arc) {
        if (is_open(arc) && tail(arc) == key.first && may_take(key.second, arc)) {
          offer({head(arc), after(key.second, arc)}, cost + weight(arc));
        }
      }
    }
    return costs;
  }
  /// Costs of all nodes.
  [[nodiscard]] std::vector<std::uint32_t> of_nodes(const std::vector<std::pair<Key, std::uint64_t>>& starts) const {
    std::vector<std::uint32_t> least(network_.nodes.size(), kNoPath);
    for (const auto& [key, cost] : relax(starts)) {
      least[key.first] = static_cast<std::uint32_t>(std::min<std::uint64_t>(least[key.first], cost));
    }
    return least;
  }
  [[nodiscard]] std::vector<std::uint32_t> from_node(const std::uint32_t node) const { return of_nodes({{{node, {}}, 0}}); }
  /// From who has come to the end of an arc, having started on it.
  [[nodiscard]] std::vector<std::uint32_t> from_arc(const std::uint32_t arc) const {
    return of_nodes({{{head(arc), {arc}}, 0}});
  }

  [[nodiscard]] std::uint64_t position(const std::uint32_t arc, const Snap& snap) const {
    return static_cast<std::uint64_t>(std::lround((arc % 2 == 1 ? 1 - snap.fraction : snap.fraction) * weight(arc)));
  }
  /// Costs between places on roads, without the legs to the road. One row for each of `to`.
  [[nodiscard]] std::vector<std::uint32_t> between(const Snap& from, const std::vector<Snap>& to) const {
    std::vector<std::pair<Key, std::uint64_t>> starts;
    for (const std::uint32_t arc : open_arcs_of(from)) {
      starts.push_back({{head(arc), {arc}}, weight(arc) - position(arc, from)});
    }
    const Costs costs = relax(starts);
    std::vector<std::uint32_t> row;
    for (const Snap& end : to) {
      std::uint64_t least = kNoPath;
      for (const std::uint32_t arc : open_arcs_of(end)) {
        for (const auto& [key, cost] : costs) {
          if (key.first == tail(arc) && may_take(key.second, arc)) {
            least = std::min(least, cost + position(arc, end));
          }
        }
        if (end.road == from.road && position(arc, from) <= position(arc, end)) {
          least = std::min(least, position(arc, end) - position(arc, from));
        }
      }
      row.push_back(static_cast<std::uint32_t>(least));
    }
    return row;
  }
  /// Whether the arcs follow one another and no turn between them is forbidden.
  [[nodiscard]] bool may_drive(const std::span<const ArcIndex> arcs) const {
    History history;
    for (const ArcIndex arc : arcs) {
      const std::uint32_t next = arc.value();
      if (!is_open(next) || (!history.empty() && (head(history.back()) != tail(next) || !may_take(history, next)))) {
        return false;
      }
      history.push_back(next);
    }
    return true;
  }

 private:
  [[nodiscard]] std::size_t arms(const std::uint32_t node) const {
    std::size_t count = 0;
    for (std::uint32_t arc = 0; arc < 2 * network_.roads.size(); ++arc) {
      count += is_open(arc) && tail(arc) == node ? 1 : 0;
    }
    return count;
  }
  [[nodiscard]] History after(History history, const std::uint32_t arc) const {
    history.push_back(arc);
    if (history.size() > longest_) {
      history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(longest_));
    }
    return history;
  }
  [[nodiscard]] std::vector<std::uint32_t> open_arcs_of(const Snap& snap) const {
    std::vector<std::uint32_t> arcs;
    for (const ArcIndex arc : {forward_arc(snap.road), backward_arc(snap.road)}) {
      if (!snap.road.is_none() && is_open(arc.value())) {
        arcs.push_back(arc.value());
      }
    }
    return arcs;
  }

  const RoadNetwork& network_;
  UTurns u_turns_;
  RoadMetric metric_;
  std::size_t longest_ = 1;  ///< arcs that may matter for the next turn
};

/// Appends seeded turn restrictions over two to four arcs, a third of them mandatory, some within others.
inline void add_random_restrictions(RoadNetworkParts& parts, std::mt19937_64& random, const std::size_t count) {
  const auto time_of = [&](const std::uint32_t arc) {
    return arc % 2 == 1 ? parts.roads[arc / 2].backward_ms : parts.roads[arc / 2].forward_ms;
  };
  const auto tail_of = [&](const std::uint32_t arc) {
    return arc % 2 == 1 ? parts.roads[arc / 2].to : parts.roads[arc / 2].from;
  };
  std::vector<std::uint32_t> open;
  for (std::uint32_t arc = 0; arc < 2 * parts.roads.size(); ++arc) {
    if (time_of(arc) != kClosed) {
      open.push_back(arc);
    }
  }
  for (std::size_t k = 0; k < count && !open.empty(); ++k) {
    std::vector<std::uint32_t> walk{open[random() % open.size()]};
    const std::size_t wanted = 2 + random() % 3;
    while (walk.size() < wanted) {
      std::vector<std::uint32_t> next;
      std::copy_if(open.begin(), open.end(), std::back_inserter(next),
                   [&](const std::uint32_t arc) { return tail_of(arc) == tail_of(walk.back() ^ 1U); });
      if (next.empty()) {
        break;
      }
      walk.push_back(next[random() % next.size()]);
    }
    if (const std::size_t earlier = parts.restriction_mandatory.size(); earlier > 0 && random() % 4 == 0) {
      // A part of an earlier one, so that one sign stands within the reach of another.
      const std::size_t which = random() % earlier;
      walk.assign(parts.restriction_arcs.begin() + static_cast<std::ptrdiff_t>(parts.restriction_first[which]),
                  parts.restriction_arcs.begin() + static_cast<std::ptrdiff_t>(parts.restriction_first[which + 1]));
      (random() % 2 == 0) ? walk.erase(walk.begin()) : walk.erase(walk.end() - 1);
    }
    if (walk.size() >= 2) {
      parts.restriction_arcs.insert(parts.restriction_arcs.end(), walk.begin(), walk.end());
      parts.restriction_first.push_back(parts.restriction_arcs.size());
      parts.restriction_mandatory.push_back(random() % 3 == 0 ? 1 : 0);
    }
  }
}

/// A seeded tangle of a few roads of every sort: one-way, closed, parallel, loops, of no length or time, many ties, and turn
/// restrictions of both kinds. Every ninth has no road, or one node.
inline RoadNetworkParts tangled_road_parts(const std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](const std::uint64_t n) { return static_cast<std::size_t>(random() % n); };
  RoadNetworkParts parts;
  parts.crs = "EPSG:2154";
  parts.mode = "car";
  const std::size_t nodes = seed % 9 == 0 ? 1 : 2 + below(8);
  for (std::size_t k = 0; k < nodes; ++k) {
    parts.nodes.push_back({700'000 + static_cast<double>(below(2'000)), 6'600'000 + static_cast<double>(below(2'000))});
  }
  const std::size_t roads = seed % 18 == 0 ? 0 : 1 + below(2 * nodes + 2);
  for (std::size_t k = 0; k < roads; ++k) {
    const auto time_ms = [&] {
      const std::size_t kind = below(6);
      return static_cast<std::uint32_t>(kind == 0 ? kClosed : kind == 1 ? 0 : kind < 4 ? below(6) : below(100'000));
    };
    parts.roads.push_back({.from = RoadNodeIndex{below(nodes)},
                           .to = RoadNodeIndex{below(nodes)},
                           .forward_ms = time_ms(),
                           .backward_ms = time_ms(),
                           .length_cm = static_cast<std::uint32_t>(below(4) == 0 ? 0 : below(50'000)),
                           .road_class = RoadClass::residential,
                           .source_id = static_cast<std::int64_t>(k)});
    parts.shape_first.push_back(0);
  }
  add_random_restrictions(parts, random, below(1 + roads / 2));
  return parts;
}

/// Seeded positions on the roads: at ends, in the middle, several at one place, some on closed roads or on none.
inline std::vector<Snap> random_snaps(const RoadNetwork& network, const std::uint64_t seed, const std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<Snap> snaps;
  for (std::size_t k = 0; k < count; ++k) {
    Snap snap;
    if (!network.roads.empty() && random() % 12 != 0) {
      snap.road = RoadIndex{static_cast<std::size_t>(random() % network.roads.size())};
      const std::uint64_t kind = random() % 6;
      snap.fraction = kind == 0 ? 0 : kind == 1 ? 1 : static_cast<double>(random() % 1001) / 1000;
      snap.access_m = random() % 3 == 0 ? 0 : static_cast<double>(random() % 100);
      if (k > 0 && kind == 5 && !snaps.back().road.is_none()) {
        snap = snaps.back();
      }
    }
    snaps.push_back(snap);
  }
  return snaps;
}

}  // namespace maillage::testing
