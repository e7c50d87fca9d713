#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/progress.hpp"
#include "engine/network/shrinking_graph.hpp"

namespace maillage::contraction {

/// Contracts every vertex of the graph, round after round: in each round those that come before all their neighbours, on all
/// threads. Afterwards each vertex keeps its arcs to higher vertices, exactly those of the hierarchy.
/// The order weighs the depth of the hierarchy, arcs added per arc removed, and moves per shortcut likewise, as Geisberger
/// et al. (2012) do; a vertex is weighed when its turn seems to have come.
void contract_all(ShrinkingGraph& graph, const Progress& progress);

}  // namespace maillage::contraction
