#pragma once

#include <cstdint>
#include <span>

#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/search_graph.hpp"

namespace maillage {

/// Checks a search graph from elsewhere (a mapped file) against its network, so that no search on it can leave an array:
/// offsets, the states of nodes first and in their order, every move a drive along an open arc between the nodes of its
/// states, arrivals of all open arcs and of no closed one. \param network  already validated.
/// \throws ArgumentError naming the first breach.  Cost: O(states + moves + arcs), on all threads.
void validate(const SearchGraph& graph, const RoadNetwork& network);

/// The same for a hierarchy: places are a permutation of the states, every arc leads to a smaller place, a shortcut passes a
/// greater place than both its ends, a move is one of the graph. Searches on it end and stay inside the arrays.
/// \param graph  already validated.  \throws ArgumentError.  Cost: O(states + arcs), on all threads.
void validate(const ContractionHierarchy& hierarchy, const SearchGraph& graph);

/// The rest of what a hierarchy promises: every arc weighs what the move, or the two arcs, that it stands for weigh, and
/// these exist, so that every path can be unpacked. \param hierarchy  already validated.  \param weights  per move, as it
/// was built with.  \throws ArgumentError.  Cost: O(arcs log arms), random reads: seconds for a whole country.
void validate_paths(const ContractionHierarchy& hierarchy, const SearchGraph& graph, std::span<const std::uint32_t> weights);

}  // namespace maillage
