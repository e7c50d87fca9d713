#pragma once

#include <cstdint>
#include <vector>

#include "engine/network/contraction_hierarchy.hpp"

namespace maillage {

/// Per arc of a hierarchy, 1 where it is longer than the way between its ends, so that no shortest path needs it.
struct LongerArcs {
  std::vector<std::uint8_t> up;
  std::vector<std::uint8_t> down;
};

/// Contraction adds such arcs where its search for another way was cut off, or where one came up later: a fifth of the arcs
/// of the highest places, hardly any elsewhere. Looked for at places of many arcs alone, and among the arcs that pass over
/// one found there, so that an arc that stays passes over arcs that stay. Cost: a LabelSweep per 32 places of many arcs.
[[nodiscard]] LongerArcs find_longer_arcs(const ContractionHierarchy& hierarchy);

}  // namespace maillage
