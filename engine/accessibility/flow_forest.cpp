#include "engine/accessibility/flow_forest.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/disjoint_sets.hpp"

namespace maillage::access {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Arcs at every node: origins, then facilities.
class Links {
 public:
  /// \param numbers  of the arcs that count
  Links(const std::vector<FlowArc>& arcs, const std::vector<std::uint32_t>& numbers, const std::size_t origins,
        const std::size_t nodes)
      : first_(nodes + 1, 0), numbers_(numbers.size() * 2) {
    for (const std::uint32_t number : numbers) {
      ++first_[arcs[number].origin + 1];
      ++first_[origins + arcs[number].facility + 1];
    }
    for (std::size_t node = 0; node < nodes; ++node) {
      first_[node + 1] += first_[node];
    }
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (const std::uint32_t number : numbers) {
      numbers_[next[arcs[number].origin]++] = number;
      numbers_[next[origins + arcs[number].facility]++] = number;
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> operator[](const std::size_t node) const {
    return std::span{numbers_}.subspan(first_[node], first_[node + 1] - first_[node]);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> numbers_;
};

/// Trees of arcs by parent pointers; nodes are origins, then facilities. Every operation costs the length of a path.
class Forest {
 public:
  /// \param spanning  arcs that close no cycle
  Forest(std::vector<FlowArc>& arcs, const std::vector<std::uint32_t>& spanning, const std::size_t origins,
         const std::size_t facilities)
      : arcs_(arcs), origins_(origins), parent_arc_(origins + facilities, kNone), mark_(origins + facilities, 0) {
    const Links links{arcs, spanning, origins, origins + facilities};
    std::vector<std::uint8_t> seen(parent_arc_.size(), 0);
    std::vector<std::uint32_t> order;
    for (std::uint32_t root = 0; root < seen.size(); ++root) {
      if (seen[root] != 0) {
        continue;
      }
      seen[root] = 1;
      order.assign(1, root);
      for (std::size_t k = 0; k < order.size(); ++k) {
        for (const std::uint32_t number : links[order[k]]) {
          const std::uint32_t next = order[k] < origins_ ? facility_node(number) : arcs_[number].origin;
          if (seen[next] == 0) {
            seen[next] = 1;
            parent_arc_[next] = number;
            order.push_back(next);
          }
        }
      }
    }
  }

  /// Takes arc `number` in. One that closes a cycle moves people round it, the way that costs less, until an arc is empty.
  /// Cost: the length of the cycle.
  void add(const std::uint32_t number) {
    const std::uint32_t from = arcs_[number].origin;
    const std::uint32_t to = facility_node(number);
    const std::uint32_t meet = common_ancestor(from, to);
    if (meet == kNone) {
      hang(from, number);
      return;
    }
    const auto [empty, beyond] = empty_cycle(number, from, to, meet);
    if (empty != number) {
      cut(empty);
      hang(beyond, number);
    }
  }

  /// Whether the arc is part of a tree still.
  [[nodiscard]] bool has(const std::uint32_t number) const {
    return parent_arc_[arcs_[number].origin] == number || parent_arc_[facility_node(number)] == number;
  }

 private:
  [[nodiscard]] std::uint32_t facility_node(const std::uint32_t number) const {
    return static_cast<std::uint32_t>(origins_) + arcs_[number].facility;
  }
  [[nodiscard]] std::uint32_t parent(const std::uint32_t node) const {
    const std::uint32_t arc = parent_arc_[node];
    return arc == kNone ? kNone : arcs_[arc].origin == node ? facility_node(arc) : arcs_[arc].origin;
  }

  /// Where the ways of both to their root meet, found by climbing both in turn; none when they are in two trees.
  std::uint32_t common_ancestor(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t of_a = ++stamp_;
    const std::uint32_t of_b = ++stamp_;
    while (a != kNone || b != kNone) {
      if (a != kNone) {
        if (mark_[a] == of_b) {
          return a;
        }
        mark_[a] = of_a;
        a = parent(a);
      }
      if (b != kNone) {
        if (mark_[b] == of_a) {
          return b;
        }
        mark_[b] = of_b;
        b = parent(b);
      }
    }
    return kNone;
  }

  struct Emptied {
    std::uint32_t arc;
    std::uint32_t beyond;  ///< the end of the new arc that it held to the root
  };

  Emptied empty_cycle(const std::uint32_t number, const std::uint32_t from, const std::uint32_t to,
                      const std::uint32_t meet) {
    // Round the cycle, the new arc first: arcs gain and lose in turn.
    cycle_.assign(1, number);
    for (std::uint32_t node = to; node != meet; node = parent(node)) {
      cycle_.push_back(parent_arc_[node]);
    }
    const std::size_t half = cycle_.size();
    for (std::uint32_t node = from; node != meet; node = parent(node)) {
      cycle_.push_back(parent_arc_[node]);
    }
    std::reverse(cycle_.begin() + static_cast<std::ptrdiff_t>(half), cycle_.end());
    double gain = 0;  // of one person more on the even arcs and one less on the odd ones
    for (std::size_t k = 0; k < cycle_.size(); ++k) {
      gain += (k % 2 == 0 ? 1 : -1) * arcs_[cycle_[k]].cost;
    }
    const std::size_t losing = gain <= 0 ? 1 : 0;
    std::size_t empty = losing;
    for (std::size_t k = losing; k < cycle_.size(); k += 2) {
      if (arcs_[cycle_[k]].flow < arcs_[cycle_[empty]].flow) {
        empty = k;
      }
    }
    const double moved = arcs_[cycle_[empty]].flow;
    for (std::size_t k = 0; k < cycle_.size(); ++k) {
      double& flow = arcs_[cycle_[k]].flow;
      flow = k % 2 == losing ? std::max(0.0, flow - moved) : flow + moved;
    }
    arcs_[cycle_[empty]].flow = 0;
    return {cycle_[empty], empty < half ? to : from};
  }

  void cut(const std::uint32_t number) {
    const std::uint32_t origin = arcs_[number].origin;
    parent_arc_[parent_arc_[origin] == number ? origin : facility_node(number)] = kNone;
  }

  /// Makes an end of an arc the root of its tree, and hangs the tree on the arc.
  void hang(std::uint32_t node, const std::uint32_t number) {
    std::uint32_t above = number;
    while (node != kNone) {
      const std::uint32_t next = parent(node);
      above = std::exchange(parent_arc_[node], above);
      node = next;
    }
  }

  std::vector<FlowArc>& arcs_;
  std::size_t origins_;
  std::vector<std::uint32_t> parent_arc_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t stamp_ = 0;
  std::vector<std::uint32_t> cycle_;
};

/// Settles trees one by one.
class TreeSettler {
 public:
  /// \param trees  arcs without a cycle
  TreeSettler(std::vector<FlowArc>& arcs, const std::vector<std::uint32_t>& trees, const std::span<const double> width,
              const std::size_t origins)
      : arcs_(arcs),
        width_(width),
        origins_(origins),
        links_(arcs, trees, origins, origins + width.size()),
        cut_(arcs.size(), 0),
        potential_(origins + width.size()),
        surplus_(origins + width.size()),
        seen_(origins + width.size(), 0) {}

  void settle_all() {
    std::size_t steps = kMostSteps * seen_.size();
    std::vector<std::uint32_t> pending;
    for (std::uint32_t node = 0; node < seen_.size(); ++node) {
      if (links_[node].empty() || seen_[node] != 0) {
        continue;
      }
      pending.assign(1, node);
      while (!pending.empty()) {
        const std::uint32_t start = pending.back();
        pending.pop_back();
        settle_tree(start, pending);
        if (order_.size() > steps) {
          return;
        }
        steps -= order_.size();
      }
    }
  }

 private:
  struct Step {
    std::uint32_t node;
    std::uint32_t arc;  ///< to its parent
  };

  /// One tree: all the way to its least, or until arcs are empty; their ends are then pending.
  void settle_tree(const std::uint32_t root, std::vector<std::uint32_t>& pending) {
    spread_potentials(root);
    set_targets();
    find_flows();
    double part = 1;  // of the way
    for (std::size_t k = 1; k < order_.size(); ++k) {
      const double flow = arcs_[order_[k].arc].flow;
      if (target_[k] < 0) {
        part = std::min(part, flow / (flow - target_[k]));
      }
    }
    for (std::size_t k = 1; k < order_.size(); ++k) {
      FlowArc& arc = arcs_[order_[k].arc];
      const bool empties = target_[k] < 0 && arc.flow <= part * (arc.flow - target_[k]) * (1 + kRounding);
      arc.flow = part == 1 ? target_[k] : arc.flow + part * (target_[k] - arc.flow);
      if (empties || !(arc.flow > 0)) {
        arc.flow = 0;
        cut_[order_[k].arc] = 1;
        pending.push_back(order_[k].node);
      }
    }
    if (part < 1) {
      pending.push_back(root);
    }
  }

  /// Nodes from the root on; the cost of each relative to the root's.
  void spread_potentials(const std::uint32_t root) {
    order_.assign(1, {root, kNone});
    potential_[root] = 0;
    for (std::size_t k = 0; k < order_.size(); ++k) {
      const auto [node, from] = order_[k];
      seen_[node] = 1;
      for (const std::uint32_t number : links_[node]) {
        if (number == from || cut_[number] != 0) {
          continue;
        }
        const FlowArc& arc = arcs_[number];
        const bool at_origin = node < origins_;
        const auto next = at_origin ? static_cast<std::uint32_t>(origins_) + arc.facility : arc.origin;
        potential_[next] = potential_[node] + (at_origin ? -arc.cost : arc.cost);
        order_.push_back({next, number});
      }
    }
  }

  /// What each node has too much of: people at origins, less what facilities are to hold.
  void set_targets() {
    double people = 0;
    double held = 0;
    double width = 0;
    for (const Step& step : order_) {
      surplus_[step.node] = 0;
      if (step.node < origins_) {
        for (const std::uint32_t number : links_[step.node]) {
          surplus_[step.node] += cut_[number] == 0 ? arcs_[number].flow : 0;
        }
        people += surplus_[step.node];
      } else {
        const double own = width_[step.node - origins_];
        width += own;
        held += own * potential_[step.node];
      }
    }
    const double level = width > 0 ? (people - held) / width : 0;
    for (const Step& step : order_) {
      if (step.node >= origins_) {
        surplus_[step.node] = -width_[step.node - origins_] * (potential_[step.node] + level);
      }
    }
  }

  /// The one flow on the tree that brings every surplus to 0, leaves first.
  void find_flows() {
    target_.assign(order_.size(), 0);
    for (std::size_t k = order_.size(); k-- > 1;) {
      const auto [node, number] = order_[k];
      const FlowArc& arc = arcs_[number];
      const bool at_origin = node < origins_;
      target_[k] = at_origin ? surplus_[node] : -surplus_[node];
      const std::size_t above = at_origin ? origins_ + arc.facility : arc.origin;
      surplus_[above] += surplus_[node];
    }
  }

  static constexpr double kRounding = 1e-12;
  static constexpr std::size_t kMostSteps = 10;  ///< a node

  std::vector<FlowArc>& arcs_;
  std::span<const double> width_;
  std::size_t origins_;
  Links links_;
  std::vector<std::uint8_t> cut_;  ///< per arc
  std::vector<double> potential_;
  std::vector<double> surplus_;
  std::vector<std::uint8_t> seen_;
  std::vector<Step> order_;
  std::vector<double> target_;  ///< flow of the arc above order_[k]
};

}  // namespace

void settle_flows(std::vector<FlowArc>& arcs, const std::span<const double> width, const std::size_t origins) {
  DisjointSets parts{origins + width.size()};
  std::vector<std::uint32_t> trees;
  std::vector<std::uint32_t> closing;  // arcs that close a cycle
  for (std::uint32_t number = 0; number < arcs.size(); ++number) {
    const auto facility = static_cast<std::uint32_t>(origins + arcs[number].facility);
    const bool joined = parts.lowest(arcs[number].origin) == parts.lowest(facility);
    (joined ? closing : trees).push_back(number);
    parts.unite(arcs[number].origin, facility);
  }
  if (!closing.empty()) {
    Forest forest{arcs, trees, origins, width.size()};
    for (const std::uint32_t number : closing) {
      forest.add(number);
    }
    trees.clear();
    for (std::uint32_t number = 0; number < arcs.size(); ++number) {
      if (forest.has(number)) {
        trees.push_back(number);
      }
    }
  }
  TreeSettler{arcs, trees, width, origins}.settle_all();
}

}  // namespace maillage::access
