#include "engine/network/contraction_hierarchy.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/contraction_order.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/longer_arcs.hpp"
#include "engine/network/shrinking_graph.hpp"

namespace maillage {

namespace {

using contraction::Change;
using contraction::kEnters;
using contraction::KeptArc;
using contraction::kLeaves;
using contraction::kOriginal;
using contraction::ShrinkingGraph;

constexpr std::uint32_t kUnseen = 0xffffffffU;

/// States in the order of a depth-first walk, whatever the direction of moves: neighbours lie close in memory.
std::vector<std::uint32_t> walk_order(const MoveLists& out, const MoveLists& in) {
  std::vector<std::uint32_t> order;
  order.reserve(out.states());
  std::vector<std::uint8_t> seen(out.states());
  std::vector<std::uint32_t> stack;
  for (std::uint32_t root = 0; root < out.states(); ++root) {
    stack.push_back(root);
    while (!stack.empty()) {
      const std::uint32_t state = stack.back();
      stack.pop_back();
      if (std::exchange(seen[state], 1) != 0) {
        continue;
      }
      order.push_back(state);
      for (const MoveLists* lists : {&out, &in}) {
        for (const MoveLists::Move& move : lists->of(state)) {
          if (seen[move.state] == 0) {
            stack.push_back(move.state);
          }
        }
      }
    }
  }
  return order;
}

/// Vertices are states in walk order. Loaded part by part: a whole country's changes at once would be most of the memory.
ShrinkingGraph load(const MoveLists& out, const MoveLists& in, const std::vector<std::uint32_t>& state_of,
                    const std::vector<std::uint32_t>& vertex_of) {
  constexpr std::size_t kPart = 1'000'000;
  ShrinkingGraph graph(state_of.size());
  std::vector<Change> changes;
  for (std::size_t begin = 0; begin < state_of.size(); begin += kPart) {
    changes.clear();
    for (std::size_t vertex = begin; vertex < std::min(begin + kPart, state_of.size()); ++vertex) {
      const auto add = [&](const MoveLists::Move& move, const std::uint32_t way) {
        if (move.state != state_of[vertex]) {
          changes.push_back(
              {static_cast<std::uint32_t>(vertex), {vertex_of[move.state], move.weight, kOriginal, 1, way & 3U}});
        }
      };
      for (const MoveLists::Move& move : out.of(state_of[vertex])) {
        add(move, kLeaves);
      }
      for (const MoveLists::Move& move : in.of(state_of[vertex])) {
        add(move, kEnters);
      }
    }
    graph.apply(changes);
  }
  return graph;
}

/// Vertices in an order where all higher neighbours of a vertex come before it, the last of them as shortly before as a walk
/// downwards allows: vertices whose searches meet soon lie together.
std::vector<std::uint32_t> top_down_order(const ShrinkingGraph& graph) {
  const std::size_t size = graph.vertices();
  std::vector<std::uint32_t> waits_for(size);  // higher neighbours without a number
  std::vector<std::uint64_t> first(size + 1);  // of the lower neighbours
  for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
    for (const KeptArc& arc : graph.arcs(vertex)) {
      ++waits_for[vertex];
      ++first[arc.other];
    }
  }
  std::exclusive_scan(first.begin(), first.end(), first.begin(), std::uint64_t{0});
  std::vector<std::uint32_t> lower(first.back());
  for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
    for (const KeptArc& arc : graph.arcs(vertex)) {
      lower[first[arc.other]++] = vertex;
    }
  }
  std::vector<std::uint32_t> order;
  order.reserve(size);
  std::vector<std::uint32_t> stack;
  for (std::uint32_t root = 0; root < size; ++root) {
    if (!graph.arcs(root).empty()) {
      continue;
    }
    stack.push_back(root);
    while (!stack.empty()) {
      const std::uint32_t vertex = stack.back();
      stack.pop_back();
      order.push_back(vertex);
      for (std::uint64_t k = vertex == 0 ? 0 : first[vertex - 1]; k < first[vertex]; ++k) {
        if (--waits_for[lower[k]] == 0) {
          stack.push_back(lower[k]);
        }
      }
    }
  }
  return order;
}

/// The arcs of one direction, as compressed rows by place.
struct Rows {
  std::vector<std::uint32_t> first;
  std::vector<HierarchyArc> arcs;
  std::vector<std::uint32_t> via;
};

struct Numbering {
  std::vector<std::uint32_t> vertex_of_place;
  std::vector<std::uint32_t> place_of_vertex;
};

Rows make_rows(const ShrinkingGraph& graph, const Numbering& numbering, const std::uint32_t way) {
  const std::size_t places = numbering.vertex_of_place.size();
  Rows rows;
  rows.first.assign(places + 1, 0);
  std::uint64_t arcs = 0;
  for (std::size_t place = 0; place < places; ++place) {
    for (const KeptArc& arc : graph.arcs(numbering.vertex_of_place[place])) {
      arcs += (arc.ways & way) != 0 ? 1 : 0;
    }
    if (arcs >= ContractionHierarchy::kShortcut) {
      throw ArgumentError("contraction hierarchy: more than 2^31 arcs");
    }
    rows.first[place + 1] = static_cast<std::uint32_t>(arcs);
  }
  rows.arcs.resize(arcs);
  rows.via.resize(arcs);
  parallel_for_blocks(places, 65536, [&](const std::size_t begin, const std::size_t end) {
    std::vector<std::pair<HierarchyArc, std::uint32_t>> row;
    for (std::size_t place = begin; place < end; ++place) {
      row.clear();
      for (const KeptArc& arc : graph.arcs(numbering.vertex_of_place[place])) {
        if ((arc.ways & way) != 0) {
          row.push_back(
              {{numbering.place_of_vertex[arc.other], arc.weight},
               arc.via == kOriginal ? kOriginal : ContractionHierarchy::kShortcut | numbering.place_of_vertex[arc.via]});
        }
      }
      std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first.place < b.first.place; });
      for (std::size_t k = 0; k < row.size(); ++k) {
        rows.arcs[rows.first[place] + k] = row[k].first;
        rows.via[rows.first[place] + k] = row[k].second;
      }
    }
  });
  return rows;
}

/// Names the move of every arc that is one: the first of the lightest between its two states.
void name_moves(Rows& rows, const SearchGraph& graph, const std::span<const std::uint32_t> weights,
                const std::vector<std::uint32_t>& state_of_place, const Direction direction) {
  parallel_for_blocks(state_of_place.size(), 65536, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t place = begin; place < end; ++place) {
      for (std::uint32_t k = rows.first[place]; k < rows.first[place + 1]; ++k) {
        if (rows.via[k] != kOriginal) {
          continue;
        }
        const std::uint32_t here = state_of_place[place];
        const std::uint32_t there = state_of_place[rows.arcs[k].place];
        const std::uint32_t tail = direction == Direction::forward ? here : there;
        const std::uint32_t head = direction == Direction::forward ? there : here;
        for (std::uint32_t move = graph.first_out[tail]; move < graph.first_out[tail + 1] && rows.via[k] == kOriginal;
             ++move) {
          if (graph.head[move] == head && weights[move] == rows.arcs[k].weight) {
            rows.via[k] = move;
          }
        }
      }
    }
  });
}

void drop_arcs(Rows& rows, const std::vector<std::uint8_t>& dropped) {
  std::uint32_t kept = 0;
  std::uint32_t arc = 0;
  for (std::size_t place = 0; place + 1 < rows.first.size(); ++place) {
    rows.first[place] = kept;
    for (; arc < rows.first[place + 1]; ++arc) {
      if (dropped[arc] == 0) {
        rows.arcs[kept] = rows.arcs[arc];
        rows.via[kept++] = rows.via[arc];
      }
    }
  }
  rows.first.back() = kept;
  rows.arcs.resize(kept);
  rows.via.resize(kept);
}

}  // namespace

ContractionHierarchy build_contraction_hierarchy(const SearchGraph& graph, const std::span<const std::uint32_t> weights,
                                                 const Progress& progress) {
  std::vector<std::uint32_t> state_of_place(graph.states());
  std::vector<std::uint32_t> place_of_state(graph.states());
  Rows up;
  Rows down;
  {
    std::vector<std::uint32_t> state_of_vertex;
    ShrinkingGraph shrinking = [&] {
      const MoveLists out = make_move_lists(graph, weights, Direction::forward);
      const MoveLists in = make_move_lists(graph, weights, Direction::backward);
      state_of_vertex = walk_order(out, in);
      std::vector<std::uint32_t> vertex_of_state(graph.states());
      for (std::uint32_t vertex = 0; vertex < state_of_vertex.size(); ++vertex) {
        vertex_of_state[state_of_vertex[vertex]] = vertex;
      }
      return load(out, in, state_of_vertex, vertex_of_state);
    }();
    contraction::contract_all(shrinking, progress);
    Numbering numbering{top_down_order(shrinking), std::vector<std::uint32_t>(graph.states())};
    for (std::uint32_t place = 0; place < graph.states(); ++place) {
      const std::uint32_t vertex = numbering.vertex_of_place[place];
      numbering.place_of_vertex[vertex] = place;
      state_of_place[place] = state_of_vertex[vertex];
      place_of_state[state_of_vertex[vertex]] = place;
    }
    up = make_rows(shrinking, numbering, kLeaves);
    down = make_rows(shrinking, numbering, kEnters);
  }
  name_moves(up, graph, weights, state_of_place, Direction::forward);
  name_moves(down, graph, weights, state_of_place, Direction::backward);
  const LongerArcs longer =
      find_longer_arcs({Column<std::uint32_t>::viewing(place_of_state), Column<std::uint32_t>::viewing(state_of_place),
                        Column<std::uint32_t>::viewing(up.first), Column<HierarchyArc>::viewing(up.arcs),
                        Column<std::uint32_t>::viewing(down.first), Column<HierarchyArc>::viewing(down.arcs),
                        Column<std::uint32_t>::viewing(up.via), Column<std::uint32_t>::viewing(down.via)});
  drop_arcs(up, longer.up);
  drop_arcs(down, longer.down);
  return {std::move(place_of_state), std::move(state_of_place), std::move(up.first), std::move(up.arcs),
          std::move(down.first),     std::move(down.arcs),      std::move(up.via),   std::move(down.via)};
}

}  // namespace maillage
