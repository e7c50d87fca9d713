#pragma once

#include <cstdint>

#include "engine/core/indexed.hpp"
#include "engine/network/road_network.hpp"

namespace maillage {

/// A set of road nodes each of which can be driven to from every other.
using StrongComponentIndex = Index<struct StrongComponentTag>;
/// A set of road nodes joined by open roads, whatever their direction: an island, or the mainland.
using WeakComponentIndex = Index<struct WeakComponentTag>;

/// How a road network falls apart. Both kinds are numbered by their lowest node; a node without open road is one of its own.
/// Turn restrictions are not looked at.
struct RoadComponents {
  IndexedVector<RoadNodeIndex, StrongComponentIndex> strong_of;
  IndexedVector<StrongComponentIndex, std::uint32_t> strong_nodes;  ///< nodes of each
  StrongComponentIndex biggest_strong;                              ///< most nodes, then lowest; none without nodes
  IndexedVector<RoadNodeIndex, WeakComponentIndex> weak_of;
  IndexedVector<WeakComponentIndex, std::uint32_t> weak_nodes;
  WeakComponentIndex biggest_weak;
};

/// Cost: O(nodes + roads), on one thread; about 40 bytes a node and 8 a road while it runs. Source: Tarjan (1972),
/// doi:10.1137/0201010, without recursion; Tarjan (1975), doi:10.1145/321879.321884, for the weak ones.
[[nodiscard]] RoadComponents find_components(const RoadNetwork& network);

/// Whether one can come to the road from the component and go back to it: some open direction begins and ends in it.
[[nodiscard]] bool lies_in(const RoadNetwork& network, RoadIndex road, const RoadComponents& components,
                           StrongComponentIndex component);

}  // namespace maillage
