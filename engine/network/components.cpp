#include "engine/network/components.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "engine/core/disjoint_sets.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();

/// Heads of the open arcs of every node, in compressed rows.
struct OpenArcs {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> heads;
};

OpenArcs open_arcs(const RoadNetwork& network) {
  OpenArcs arcs;
  arcs.first.assign(network.nodes.size() + 2, 0);
  for (const Road& road : network.roads) {
    arcs.first[road.from.value() + 2] += road.forward_ms != kClosed ? 1 : 0;
    arcs.first[road.to.value() + 2] += road.backward_ms != kClosed ? 1 : 0;
  }
  for (std::size_t node = 2; node < arcs.first.size(); ++node) {
    arcs.first[node] += arcs.first[node - 1];
  }
  arcs.heads.resize(arcs.first.back());
  for (const Road& road : network.roads) {
    if (road.forward_ms != kClosed) {
      arcs.heads[arcs.first[road.from.value() + 1]++] = road.to.value();
    }
    if (road.backward_ms != kClosed) {
      arcs.heads[arcs.first[road.to.value() + 1]++] = road.from.value();
    }
  }
  arcs.first.pop_back();
  return arcs;
}

/// Tarjan's search. `low` of a node is its order of discovery, then the lowest it reaches, then kUnseen - 1 once its
/// component is known; so that arcs into finished components change nothing.
class StrongSearch {
 public:
  explicit StrongSearch(const OpenArcs& arcs)
      : arcs_(arcs), low_(arcs.first.size() - 1, kUnseen), next_(arcs.first.begin(), arcs.first.end() - 1) {}

  /// A label per node, equal within components; in no useful order.
  std::vector<std::uint32_t> run() {
    label_.resize(low_.size());
    for (std::uint32_t node = 0; node < low_.size(); ++node) {
      if (low_[node] == kUnseen) {
        search_from(node);
      }
    }
    return std::move(label_);
  }

 private:
  static constexpr std::uint32_t kFinished = kUnseen - 1;
  struct Frame {
    std::uint32_t node;
    std::uint32_t order;
  };

  void enter(const std::uint32_t node) {
    low_[node] = order_;
    path_.push_back({node, order_++});
    open_.push_back(node);
  }

  void search_from(const std::uint32_t start) {
    order_ = 0;  // nothing of earlier searches is open, so orders may begin anew
    enter(start);
    while (!path_.empty()) {
      const auto [node, order] = path_.back();
      if (next_[node] < arcs_.first[node + 1]) {
        const std::uint32_t head = arcs_.heads[next_[node]++];
        if (low_[head] == kUnseen) {
          enter(head);
        } else if (low_[head] != kFinished) {
          low_[node] = std::min(low_[node], low_[head]);
        }
        continue;
      }
      path_.pop_back();
      if (low_[node] == order) {
        close(node);
      } else {
        const std::uint32_t parent = path_.back().node;
        low_[parent] = std::min(low_[parent], low_[node]);
      }
    }
  }

  void close(const std::uint32_t root) {
    std::uint32_t node = kUnseen;
    do {
      node = open_.back();
      open_.pop_back();
      low_[node] = kFinished;
      label_[node] = root;
    } while (node != root);
  }

  const OpenArcs& arcs_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> label_;
  std::vector<Frame> path_;
  std::vector<std::uint32_t> open_;
  std::uint32_t order_ = 0;
};

std::vector<std::uint32_t> weak_labels(const RoadNetwork& network) {
  DisjointSets sets(network.nodes.size());
  for (const Road& road : network.roads) {
    if (road.forward_ms != kClosed || road.backward_ms != kClosed) {
      sets.unite(road.from.value(), road.to.value());
    }
  }
  std::vector<std::uint32_t> labels(network.nodes.size());
  for (std::uint32_t node = 0; node < labels.size(); ++node) {
    labels[node] = sets.lowest(node);
  }
  return labels;
}

/// Numbers the labels by their first node, counts their nodes and finds the biggest.
template <typename Component>
void number_components(const std::vector<std::uint32_t>& label, IndexedVector<RoadNodeIndex, Component>& component_of,
                       IndexedVector<Component, std::uint32_t>& nodes, Component& biggest) {
  std::vector<Component> number_of(label.size());
  component_of.reserve(label.size());
  for (const std::uint32_t each : label) {
    if (number_of[each].is_none()) {
      number_of[each] = nodes.push_back(0);
    }
    component_of.push_back(number_of[each]);
    ++nodes[number_of[each]];
  }
  for (const Component component : nodes.indices()) {
    if (biggest.is_none() || nodes[component] > nodes[biggest]) {
      biggest = component;
    }
  }
}

}  // namespace

RoadComponents find_components(const RoadNetwork& network) {
  RoadComponents components;
  const std::vector<std::uint32_t> strong = [&] {
    const OpenArcs arcs = open_arcs(network);
    return StrongSearch{arcs}.run();
  }();
  number_components(strong, components.strong_of, components.strong_nodes, components.biggest_strong);
  number_components(weak_labels(network), components.weak_of, components.weak_nodes, components.biggest_weak);
  return components;
}

bool lies_in(const RoadNetwork& network, const RoadIndex road, const RoadComponents& components,
             const StrongComponentIndex component) {
  const Road& it = network.road(road);
  return (it.forward_ms != kClosed || it.backward_ms != kClosed) && !component.is_none() &&
         components.strong_of[it.from] == component && components.strong_of[it.to] == component;
}

}  // namespace maillage
