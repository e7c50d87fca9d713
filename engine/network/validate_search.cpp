#include "engine/network/validate_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoState = 0xffffffffU;
constexpr std::size_t kGrain = 65'536;
constexpr std::size_t kMostMoves = 0x80000000U;

[[noreturn]] void broken(const std::string_view what, const std::size_t position) {
  throw ArgumentError(fmt::format("{} at {}", what, position));
}

/// Throws for the first position where `is_bad` holds: the same one for any number of threads.
template <typename IsBad>
void require_none(const std::size_t size, const std::string_view what, const IsBad& is_bad) {
  std::vector<std::optional<std::size_t>> first_of_block((size + kGrain - 1) / kGrain);
  parallel_for_blocks(size, kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      if (is_bad(k)) {
        first_of_block[begin / kGrain] = k;
        return;
      }
    }
  });
  for (const auto& first : first_of_block) {
    if (first) {
      broken(what, *first);
    }
  }
}

void validate_rows(const Column<std::uint32_t>& first, const std::size_t rows, const std::size_t values,
                   const std::string_view what) {
  if (first.size() != rows + 1 || first[0] != 0 || first[rows] != values) {
    broken(what, first.size());
  }
  require_none(rows, what, [&](const std::size_t k) { return first[k] > first[k + 1]; });
}

using Row = std::span<const HierarchyArc>;

/// One direction of a hierarchy.
struct Side {
  const Column<std::uint32_t>& first;
  const Column<HierarchyArc>& arcs;
  const Column<std::uint32_t>& via;

  [[nodiscard]] Row row(const std::size_t place) const {
    return arcs.view().subspan(first[place], first[place + 1] - first[place]);
  }
  /// Weight of the lightest arc between two places, the one that row `place` keeps to `other`.
  [[nodiscard]] std::optional<std::uint32_t> weight(const std::size_t place, const std::uint32_t other) const {
    const Row arcs_here = row(place);
    const auto found = std::lower_bound(arcs_here.begin(), arcs_here.end(), other,
                                        [](const HierarchyArc& arc, const std::uint32_t key) { return arc.place < key; });
    return found != arcs_here.end() && found->place == other ? std::optional{found->weight} : std::nullopt;
  }
};

bool is_shortcut(const std::uint32_t via) {
  return (via & ContractionHierarchy::kShortcut) != 0;
}

std::uint32_t passed_place(const std::uint32_t via) {
  return via & ~ContractionHierarchy::kShortcut;
}

void validate_side(const Side& side, const std::size_t places, const std::size_t moves) {
  validate_rows(side.first, places, side.arcs.size(), "hierarchy: offsets of arcs are damaged");
  if (side.via.size() != side.arcs.size()) {
    broken("hierarchy: arcs without what they stand for,", side.via.size());
  }
  require_none(
      places, "hierarchy: an arc that leads nowhere, or is out of order, from the place", [&](const std::size_t place) {
        const Row arcs = side.row(place);
        for (std::size_t k = 0; k < arcs.size(); ++k) {
          const std::uint32_t via = side.via[side.first[place] + k];
          const bool via_holds = is_shortcut(via) ? passed_place(via) > place && passed_place(via) < places : via < moves;
          if (arcs[k].place >= place || arcs[k].weight == kClosed || !via_holds ||
              (k > 0 && arcs[k - 1].place >= arcs[k].place)) {
            return true;
          }
        }
        return false;
      });
}

}  // namespace

void validate(const SearchGraph& graph, const RoadNetwork& network) {
  const std::size_t states = graph.states();
  const std::size_t moves = graph.moves();
  const std::size_t nodes = network.nodes.size();
  if (states < nodes || states >= kNoState || moves >= kMostMoves || graph.arc.size() != moves ||
      (!graph.turn_ms.empty() && graph.turn_ms.size() != moves) || graph.arrival.size() != 2 * network.roads.size()) {
    broken("search graph: columns of sizes that do not fit,", states);
  }
  validate_rows(graph.first_out, states, moves, "search graph: offsets of moves are damaged");
  require_none(states, "search graph: a state of no node, or out of order,", [&](const std::size_t state) {
    return state < nodes ? graph.node[state] != state : graph.node[state] >= nodes;
  });
  const auto comes_to = [&](const std::uint32_t state, const ArcIndex arc) {
    return state < states && graph.node[state] == network.head(arc).value();
  };
  require_none(states, "search graph: a move that no road makes, from the state", [&](const std::size_t state) {
    for (std::uint32_t move = graph.first_out[state]; move < graph.first_out[state + 1]; ++move) {
      const ArcIndex arc{graph.arc[move]};
      if (arc.value() >= graph.arrival.size() || network.time_ms(arc) == kClosed ||
          network.tail(arc).value() != graph.node[state] || !comes_to(graph.head[move], arc) ||
          (!graph.turn_ms.empty() && graph.turn_ms[move] > kLongestArc)) {
        return true;
      }
    }
    return false;
  });
  require_none(graph.arrival.size(), "search graph: an arrival elsewhere than where the arc leads,",
               [&](const std::size_t k) {
                 const ArcIndex arc{k};
                 return network.time_ms(arc) == kClosed ? graph.arrival[k] != kNoState : !comes_to(graph.arrival[k], arc);
               });
}

void validate(const ContractionHierarchy& hierarchy, const SearchGraph& graph) {
  const std::size_t places = hierarchy.places();
  if (places != graph.states() || hierarchy.place_of_state.size() != places) {
    broken("hierarchy: of another number of states,", places);
  }
  require_none(places, "hierarchy: places are no order of the states,", [&](const std::size_t state) {
    const std::uint32_t place = hierarchy.place_of_state[state];
    return place >= places || hierarchy.state_of_place[place] != state;
  });
  validate_side({hierarchy.up_first, hierarchy.up_arcs, hierarchy.up_via}, places, graph.moves());
  validate_side({hierarchy.down_first, hierarchy.down_arcs, hierarchy.down_via}, places, graph.moves());
}

void validate_paths(const ContractionHierarchy& hierarchy, const SearchGraph& graph,
                    const std::span<const std::uint32_t> weights) {
  if (weights.size() != graph.moves()) {
    throw ArgumentError("hierarchy: weights of another number of moves");
  }
  const Side up{hierarchy.up_first, hierarchy.up_arcs, hierarchy.up_via};
  const Side down{hierarchy.down_first, hierarchy.down_arcs, hierarchy.down_via};
  // The arc from one place to another over a third, or as one move, at that weight.
  const auto holds = [&](const std::uint32_t from, const std::uint32_t to, const std::uint32_t weight,
                         const std::uint32_t via) {
    if (is_shortcut(via)) {
      const auto first = down.weight(passed_place(via), from);
      const auto second = up.weight(passed_place(via), to);
      return first && second && std::uint64_t{*first} + *second == weight;
    }
    const std::uint32_t tail = hierarchy.state_of_place[from];
    return via >= graph.first_out[tail] && via < graph.first_out[tail + 1] &&
           graph.head[via] == hierarchy.state_of_place[to] && weights[via] == weight;
  };
  require_none(hierarchy.places(), "hierarchy: an arc that is not what it says, beside the place", [&](const std::size_t k) {
    const auto place = static_cast<std::uint32_t>(k);
    for (std::uint32_t arc = up.first[k]; arc < up.first[k + 1]; ++arc) {
      if (!holds(place, up.arcs[arc].place, up.arcs[arc].weight, up.via[arc])) {
        return true;
      }
    }
    for (std::uint32_t arc = down.first[k]; arc < down.first[k + 1]; ++arc) {
      if (!holds(down.arcs[arc].place, place, down.arcs[arc].weight, down.via[arc])) {
        return true;
      }
    }
    return false;
  });
}

}  // namespace maillage
