#include "engine/network/search_graph.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoState = 0xffffffffU;

/// Open arcs by the node they leave, in arc order.
struct OutArcs {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> arcs;

  explicit OutArcs(const RoadNetwork& network) : first(network.nodes.size() + 2) {
    const std::size_t arc_count = 2 * network.roads.size();
    const auto each_open = [&](const auto& visit) {
      for (std::size_t k = 0; k < arc_count; ++k) {
        const ArcIndex arc{k};
        if (network.time_ms(arc) != kClosed) {
          visit(arc, network.tail(arc).value());
        }
      }
    };
    std::size_t open = 0;
    each_open([&](ArcIndex, const std::uint32_t tail) {
      ++first[tail + 2];
      ++open;
    });
    std::partial_sum(first.begin(), first.end(), first.begin());
    arcs.resize(open);
    each_open([&](const ArcIndex arc, const std::uint32_t tail) { arcs[first[tail + 1]++] = arc.value(); });
    first.pop_back();
  }
  [[nodiscard]] std::span<const std::uint32_t> of(const RoadNodeIndex node) const {
    return std::span<const std::uint32_t>{arcs}.subspan(first[node.value()], first[node.value() + 1] - first[node.value()]);
  }
};

using Sequence = std::vector<std::uint32_t>;

/// Every sequence of arcs that must not be driven; a mandatory last arc forbids all others.
std::vector<Sequence> forbidden_sequences(const RoadNetwork& network, const OutArcs& out) {
  std::vector<Sequence> forbidden;
  for (std::size_t k = 0; k < network.restrictions(); ++k) {
    const auto arcs = network.restriction(k);
    if (network.restriction_mandatory[k] == 0) {
      forbidden.emplace_back(arcs.begin(), arcs.end());
      continue;
    }
    for (const std::uint32_t arc : out.of(network.tail(ArcIndex{arcs.back()}))) {
      if (arc != arcs.back()) {
        forbidden.emplace_back(arcs.begin(), arcs.end() - 1);
        forbidden.back().push_back(arc);
      }
    }
  }
  std::sort(forbidden.begin(), forbidden.end());
  forbidden.erase(std::unique(forbidden.begin(), forbidden.end()), forbidden.end());
  return forbidden;
}

/// Aho-Corasick automaton of the forbidden sequences. Vertex 0 is "nothing begun".
class PrefixAutomaton {
 public:
  PrefixAutomaton(const RoadNetwork& network, const std::vector<Sequence>& forbidden, const OutArcs& out,
                  const bool every_arc)
      : begun_(2 * network.roads.size(), 0), vertices_(1) {
    if (every_arc) {
      std::vector<std::uint32_t> arcs = out.arcs;
      std::sort(arcs.begin(), arcs.end());
      for (const std::uint32_t arc : arcs) {
        add_child(0, arc);
      }
    }
    insert(forbidden);
    std::sort(children_.begin(), children_.end());
    link();
  }

  struct Step {
    bool forbidden = false;
    std::uint32_t vertex = 0;
  };
  /// What becomes of who is at `vertex` and drives `arc`.
  [[nodiscard]] Step step(std::uint32_t vertex, const std::uint32_t arc) const {
    Step result;
    while (true) {
      if (const std::uint32_t next = child(vertex, arc); next != 0) {
        result.forbidden |= vertices_[next].complete;
        if (result.vertex == 0) {
          result.vertex = next;
        }
      }
      if (vertex == 0) {
        return result;
      }
      vertex = vertices_[vertex].shorter;
    }
  }
  [[nodiscard]] std::size_t size() const { return vertices_.size(); }
  [[nodiscard]] std::uint32_t last_arc(const std::uint32_t vertex) const { return vertices_[vertex].arc; }
  /// A vertex that somebody can be at: a begun sequence, not a forbidden one.
  [[nodiscard]] bool is_state(const std::uint32_t vertex) const { return vertex != 0 && !vertices_[vertex].complete; }

 private:
  struct Vertex {
    std::uint32_t arc = 0;
    std::uint32_t parent = 0;
    std::uint32_t shorter = 0;  ///< longest proper suffix that is a prefix of some sequence
    bool complete = false;
  };
  using Child = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // vertex, arc, child

  std::uint32_t add_child(const std::uint32_t vertex, const std::uint32_t arc) {
    const auto made = static_cast<std::uint32_t>(vertices_.size());
    vertices_.push_back({arc, vertex, 0, false});
    if (vertex == 0) {
      begun_[arc] = made;
    } else {
      children_.emplace_back(vertex, arc, made);
    }
    return made;
  }
  /// Sorted sequences: the path of the last one holds every prefix that the next one shares.
  void insert(const std::vector<Sequence>& forbidden) {
    std::vector<std::uint32_t> path;  // vertices of the last sequence
    const Sequence* last = nullptr;
    for (const Sequence& sequence : forbidden) {
      std::size_t shared = 0;
      while (last != nullptr && shared < last->size() && shared < sequence.size() && (*last)[shared] == sequence[shared]) {
        ++shared;
      }
      path.resize(shared);
      for (std::size_t k = shared; k < sequence.size(); ++k) {
        const std::uint32_t parent = path.empty() ? 0 : path.back();
        const bool known = parent == 0 && begun_[sequence[k]] != 0;
        path.push_back(known ? begun_[sequence[k]] : add_child(parent, sequence[k]));
      }
      vertices_[path.back()].complete = true;
      last = &sequence;
    }
  }
  [[nodiscard]] std::uint32_t child(const std::uint32_t vertex, const std::uint32_t arc) const {
    if (vertex == 0) {
      return begun_[arc];
    }
    const auto found = std::lower_bound(children_.begin(), children_.end(), Child{vertex, arc, 0});
    const bool there = found != children_.end() && std::get<0>(*found) == vertex && std::get<1>(*found) == arc;
    return there ? std::get<2>(*found) : 0;
  }
  /// Parents stand before their children, but a suffix may stand anywhere: depth after depth.
  void link() {
    std::vector<std::uint32_t> level;
    std::vector<std::uint32_t> next;
    for (std::uint32_t vertex = 1; vertex < vertices_.size(); ++vertex) {
      if (vertices_[vertex].parent == 0) {
        level.push_back(vertex);
      }
    }
    for (; !level.empty(); level.swap(next)) {
      next.clear();
      for (const std::uint32_t vertex : level) {
        const auto below = std::lower_bound(children_.begin(), children_.end(), Child{vertex, 0, 0});
        for (auto it = below; it != children_.end() && std::get<0>(*it) == vertex; ++it) {
          next.push_back(std::get<2>(*it));
          vertices_[std::get<2>(*it)].shorter = step(vertices_[vertex].shorter, std::get<1>(*it)).vertex;
        }
      }
    }
  }

  std::vector<std::uint32_t> begun_;  ///< per arc: the vertex of that arc alone, or 0
  std::vector<Vertex> vertices_;
  std::vector<Child> children_;  ///< of every vertex but 0
};

/// Direction change between two arcs that follow one another, 0 (straight on) to pi (back).
double turn_angle(const RoadNetwork& network, const ArcIndex arc, const ArcIndex next) {
  const auto vertex_beside = [&](const ArcIndex a, const bool at_head) {
    const auto shape = network.shape(road_of(a));
    if (shape.empty()) {
      return network.nodes[(at_head ? network.tail(a) : network.head(a)).value()];
    }
    return is_backward(a) == at_head ? shape.front() : shape.back();
  };
  const Point corner = network.nodes[network.head(arc).value()];
  const Point before = vertex_beside(arc, true);
  const Point after = vertex_beside(next, false);
  const double from_direction = std::atan2(corner.y - before.y, corner.x - before.x);
  const double to_direction = std::atan2(after.y - corner.y, after.x - corner.x);
  const double turn = std::abs(to_direction - from_direction);
  return std::min(turn, 2 * std::numbers::pi - turn);
}

class SearchGraphBuilder {
 public:
  SearchGraphBuilder(const RoadNetwork& network, const SearchGraphOptions& options)
      : network_(network),
        options_(options),
        knows_last_arc_(options.u_turns == UTurns::dead_ends_only || options.right_angle_turn_ms > 0),
        out_(network),
        automaton_(network, forbidden_sequences(network, out_), out_, knows_last_arc_) {}

  [[nodiscard]] SearchGraph build() {
    number_states();
    first_out_.push_back(0);
    for (const std::uint32_t vertex : vertex_of_state_) {
      add_moves(vertex);
    }
    std::vector<std::uint32_t> arrival(2 * network_.roads.size(), kNoState);
    for (const std::uint32_t arc : out_.arcs) {
      arrival[arc] = state_after(automaton_.step(0, arc).vertex, arc);
    }
    return {std::move(first_out_), std::move(head_), std::move(arc_),
            std::move(turn_ms_),   std::move(node_), std::move(arrival)};
  }

 private:
  [[nodiscard]] std::uint32_t state_after(const std::uint32_t vertex, const std::uint32_t arc) const {
    return automaton_.is_state(vertex) ? state_of_vertex_[vertex] : network_.head(ArcIndex{arc}).value();
  }
  /// States: the nodes, then the begun sequences by the node they have come to.
  void number_states() {
    node_.resize(network_.nodes.size());
    std::iota(node_.begin(), node_.end(), 0U);
    vertex_of_state_.assign(network_.nodes.size(), 0);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> begun;
    for (std::uint32_t vertex = 1; vertex < automaton_.size(); ++vertex) {
      if (automaton_.is_state(vertex)) {
        begun.emplace_back(network_.head(ArcIndex{automaton_.last_arc(vertex)}).value(), vertex);
      }
    }
    std::sort(begun.begin(), begun.end());
    state_of_vertex_.assign(automaton_.size(), kNoState);
    for (const auto& [node, vertex] : begun) {
      state_of_vertex_[vertex] = static_cast<std::uint32_t>(node_.size());
      node_.push_back(node);
      vertex_of_state_.push_back(vertex);
    }
  }
  void add_moves(const std::uint32_t vertex) {
    const RoadNodeIndex node{std::size_t{node_[first_out_.size() - 1]}};
    const auto arcs = out_.of(node);
    for (const std::uint32_t arc : arcs) {
      const PrefixAutomaton::Step step = automaton_.step(vertex, arc);
      if (step.forbidden || is_forbidden_u_turn(vertex, arc, arcs)) {
        continue;
      }
      head_.push_back(state_after(step.vertex, arc));
      arc_.push_back(arc);
      if (options_.right_angle_turn_ms > 0) {
        turn_ms_.push_back(vertex == 0 ? 0 : turn_cost_ms(ArcIndex{automaton_.last_arc(vertex)}, ArcIndex{arc}, arcs));
      }
    }
    if (head_.size() >= 0x80000000U) {
      throw ArgumentError("search graph: more than 2^31 moves");
    }
    first_out_.push_back(static_cast<std::uint32_t>(head_.size()));
  }
  [[nodiscard]] bool is_forbidden_u_turn(const std::uint32_t vertex, const std::uint32_t arc,
                                         const std::span<const std::uint32_t> arcs) const {
    return options_.u_turns == UTurns::dead_ends_only && vertex != 0 && arc == (automaton_.last_arc(vertex) ^ 1U) &&
           arcs.size() > 1;
  }
  [[nodiscard]] std::uint32_t turn_cost_ms(const ArcIndex last, const ArcIndex next,
                                           const std::span<const std::uint32_t> arcs) const {
    const bool crossing = arcs.size() > 2 || (arcs.size() == 2 && network_.time_ms(reverse_of(last)) == kClosed);
    if (!crossing) {
      return 0;
    }
    const double share = std::min(1.0, turn_angle(network_, last, next) / (std::numbers::pi / 2));
    return static_cast<std::uint32_t>(std::lround(share * options_.right_angle_turn_ms));
  }

  const RoadNetwork& network_;
  SearchGraphOptions options_;
  bool knows_last_arc_;
  OutArcs out_;
  PrefixAutomaton automaton_;
  std::vector<std::uint32_t> state_of_vertex_;
  std::vector<std::uint32_t> vertex_of_state_;
  std::vector<std::uint32_t> node_;
  std::vector<std::uint32_t> first_out_;
  std::vector<std::uint32_t> head_;
  std::vector<std::uint32_t> arc_;
  std::vector<std::uint32_t> turn_ms_;
};

}  // namespace

SearchGraph build_search_graph(const RoadNetwork& network, const SearchGraphOptions& options) {
  if (options.right_angle_turn_ms > kLongestArc) {
    throw ArgumentError("search graph: a turn takes too long");
  }
  return SearchGraphBuilder(network, options).build();
}

std::vector<std::uint32_t> move_weights(const RoadNetwork& network, const SearchGraph& graph, const RoadMetric metric) {
  std::vector<std::uint32_t> weights(graph.moves());
  for (std::size_t move = 0; move < weights.size(); ++move) {
    const ArcIndex arc{graph.arc[move]};
    if (metric == RoadMetric::length_cm) {
      weights[move] = network.road(road_of(arc)).length_cm;
    } else {
      weights[move] = network.time_ms(arc) + (graph.turn_ms.empty() ? 0 : graph.turn_ms[move]);
    }
  }
  return weights;
}

}  // namespace maillage
