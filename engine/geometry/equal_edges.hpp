#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

/// Two edges, or two vertices, in the same place. Edge k goes from vertex k to vertex k + 1 of `AreaSet::vertices`.
struct EqualPair {
  std::uint32_t first;
  std::uint32_t second;  ///< > first
  friend constexpr auto operator<=>(const EqualPair&, const EqualPair&) = default;
};

/// All pairs of edges with the same two ends, bit for bit, in either direction, by `second`. Edges without length are in
/// none. Of k equal edges all k (k - 1) / 2 pairs are listed. Cost: O(vertices + pairs) expected.
[[nodiscard]] std::vector<EqualPair> equal_edges(const AreaSet& areas);

inline constexpr std::uint32_t kNoVertex = 0xffffffff;

/// For every vertex the last one before it in the same place, bit for bit, or kNoVertex: chains of equal vertices. Closing
/// vertices of rings are left out. Cost: O(vertices) expected.
[[nodiscard]] std::vector<std::uint32_t> earlier_equal_vertices(const AreaSet& areas);

/// Area of every vertex (and so of the edge that starts at it).
[[nodiscard]] std::vector<std::uint32_t> area_of_vertices(const AreaSet& areas);

/// Parts of two straight edges that lie on each other: from one end of the first (0) to the other (1).
struct EdgeOverlap {
  std::uint32_t first;   ///< edge
  std::uint32_t second;  ///< edge, of another area; first < second
  double first_from = 0, first_to = 1;
  double second_from = 0, second_to = 1;
};

/// Pairs of the listed edges, of different areas, that run along each other over more than `tolerance`, nowhere farther
/// apart than `tolerance` (unit of the plane). By (first, second). Cost: O(e log e + pairs of edges whose x ranges meet).
[[nodiscard]] std::vector<EdgeOverlap> overlapping_edges(const AreaSet& areas, std::span<const std::uint32_t> edges,
                                                         std::span<const std::uint32_t> area_of_vertex, double tolerance);

}  // namespace maillage
