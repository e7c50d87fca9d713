#pragma once

#include <vector>

#include "engine/survey/linked_codes.hpp"

namespace maillage {

/// The sets of attributes whose crosses link tables.
struct LinkingCrosses {
  std::vector<AttributeSet> sets;  ///< distinct, by size and then by attributes; the empty set first
  bool exact = true;               ///< every clique of the triangulated graph has its cross
};

/// Crosses of the given sets, of the cliques of their graph and of what cliques have in common. The graph joins attributes that
/// a set holds together, that are open, or that exclude each other; it is triangulated by eliminating the attribute of fewest
/// neighbours, the first of equals. Cost: O(attributes^3 + crosses^2).
[[nodiscard]] LinkingCrosses linking_crosses(const LinkedCodes& codes, const std::vector<AttributeSet>& sets,
                                             const LinkLimits& limits);

}  // namespace maillage
