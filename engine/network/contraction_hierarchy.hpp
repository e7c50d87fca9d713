#pragma once

#include <cstdint>
#include <span>

#include "engine/core/column.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/search_graph.hpp"

namespace maillage {

/// End and weight of an arc of the hierarchy.
struct HierarchyArc {
  std::uint32_t place;  ///< of the higher end
  std::uint32_t weight;
  friend bool operator==(const HierarchyArc&, const HierarchyArc&) = default;
};

/// Contraction hierarchy (Geisberger et al. 2012, doi:10.1287/trsc.1110.0401) of a search graph under one metric: every
/// shortest distance is that of an upward path from the origin met by one to the destination.
/// States are renumbered to places so that every arc leads to a smaller place, and those that searches visit together lie
/// together.
struct ContractionHierarchy {
  Column<std::uint32_t> place_of_state;
  Column<std::uint32_t> state_of_place;
  Column<std::uint32_t> up_first;  ///< per place, n + 1: arcs that leave it for higher places
  Column<HierarchyArc> up_arcs;
  Column<std::uint32_t> down_first;  ///< per place, n + 1: arcs that come to it from higher places
  Column<HierarchyArc> down_arcs;
  Column<std::uint32_t> up_via;  ///< per arc: the move it is, or kShortcut | place of the state it passes
  Column<std::uint32_t> down_via;

  static constexpr std::uint32_t kShortcut = 0x80000000U;
  [[nodiscard]] std::size_t places() const { return state_of_place.size(); }
};

/// Same hierarchy for any number of threads. Cost: about O(n log n) on road networks; memory about 150 bytes a state.
/// \param weights  per move, at most kLongestArc
[[nodiscard]] ContractionHierarchy build_contraction_hierarchy(const SearchGraph& graph,
                                                               std::span<const std::uint32_t> weights,
                                                               const Progress& progress);

}  // namespace maillage
