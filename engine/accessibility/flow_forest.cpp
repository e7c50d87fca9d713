#include "engine/accessibility/flow_forest.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace maillage::access {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Trees of arcs by parent pointers; nodes are origins, then facilities. Every operation costs the length of a path.
class Forest {
 public:
  Forest(std::vector<FlowArc>& arcs, const std::size_t origins, const std::size_t facilities)
      : arcs_(arcs), origins_(origins), parent_arc_(origins + facilities, kNone), mark_(origins + facilities, kNone) {}

  /// Takes arc `number` in. One that closes a cycle moves people round it, the way that costs less, until an arc is empty.
  void add(const std::uint32_t number) {
    const std::uint32_t from = arcs_[number].origin;
    const std::uint32_t to = facility_node(number);
    const std::uint32_t meet = common_ancestor(from, to, number);
    if (meet != kNone) {
      const std::uint32_t empty = empty_cycle(number, from, to, meet);
      if (empty == number) {
        return;
      }
      cut(empty);
    }
    evert(from);
    parent_arc_[from] = number;
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

  /// Where the ways of both to their root meet; none when they are in two trees.
  std::uint32_t common_ancestor(const std::uint32_t a, const std::uint32_t b, const std::uint32_t stamp) {
    for (std::uint32_t node = a; node != kNone; node = parent(node)) {
      mark_[node] = stamp;
    }
    for (std::uint32_t node = b; node != kNone; node = parent(node)) {
      if (mark_[node] == stamp) {
        return node;
      }
    }
    return kNone;
  }

  /// \returns the arc that is empty now
  std::uint32_t empty_cycle(const std::uint32_t number, const std::uint32_t from, const std::uint32_t to,
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
    std::uint32_t empty = cycle_[losing];
    for (std::size_t k = losing; k < cycle_.size(); k += 2) {
      if (arcs_[cycle_[k]].flow < arcs_[empty].flow) {
        empty = cycle_[k];
      }
    }
    const double moved = arcs_[empty].flow;
    for (std::size_t k = 0; k < cycle_.size(); ++k) {
      double& flow = arcs_[cycle_[k]].flow;
      flow = k % 2 == losing ? std::max(0.0, flow - moved) : flow + moved;
    }
    arcs_[empty].flow = 0;
    return empty;
  }

  void cut(const std::uint32_t number) {
    const std::uint32_t origin = arcs_[number].origin;
    parent_arc_[parent_arc_[origin] == number ? origin : facility_node(number)] = kNone;
  }

  /// Makes a node the root of its tree.
  void evert(std::uint32_t node) {
    std::uint32_t above = kNone;
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
  std::vector<std::uint32_t> cycle_;
};

/// Settles trees one by one.
class TreeSettler {
 public:
  TreeSettler(std::vector<FlowArc>& arcs, const std::span<const double> width, const std::size_t origins)
      : arcs_(arcs),
        width_(width),
        origins_(origins),
        links_(origins + width.size()),
        potential_(origins + width.size()),
        surplus_(origins + width.size()),
        seen_(origins + width.size(), 0) {}

  void link(const std::uint32_t number) {
    links_[arcs_[number].origin].push_back(number);
    links_[origins_ + arcs_[number].facility].push_back(number);
  }

  void settle_all() {
    std::vector<std::uint32_t> pending;
    for (std::uint32_t node = 0; node < links_.size(); ++node) {
      if (links_[node].empty() || seen_[node] != 0) {
        continue;
      }
      pending.assign(1, node);
      while (!pending.empty()) {
        const std::uint32_t start = pending.back();
        pending.pop_back();
        settle_tree(start, pending);
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
        unlink(order_[k].arc);
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
        if (number == from) {
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
          surplus_[step.node] += arcs_[number].flow;
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

  void unlink(const std::uint32_t number) {
    std::erase(links_[arcs_[number].origin], number);
    std::erase(links_[origins_ + arcs_[number].facility], number);
  }

  static constexpr double kRounding = 1e-12;

  std::vector<FlowArc>& arcs_;
  std::span<const double> width_;
  std::size_t origins_;
  std::vector<std::vector<std::uint32_t>> links_;
  std::vector<double> potential_;
  std::vector<double> surplus_;
  std::vector<std::uint8_t> seen_;
  std::vector<Step> order_;
  std::vector<double> target_;  ///< flow of the arc above order_[k]
};

}  // namespace

void settle_flows(std::vector<FlowArc>& arcs, const std::span<const double> width, const std::size_t origins) {
  Forest forest{arcs, origins, width.size()};
  for (std::uint32_t number = 0; number < arcs.size(); ++number) {
    forest.add(number);
  }
  TreeSettler settler{arcs, width, origins};
  for (std::uint32_t number = 0; number < arcs.size(); ++number) {
    if (forest.has(number)) {
      settler.link(number);
    }
  }
  settler.settle_all();
}

}  // namespace maillage::access
