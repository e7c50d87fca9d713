#pragma once

#include <optional>
#include <span>

#include "engine/equity/autocorrelation.hpp"

namespace maillage {

/// Number of joins of one kind, and its moments when as many units are black anywhere on the map.
struct JoinCount {
  double count = 0;
  double expected = 0;
  double variance = 0;
  std::optional<PermutationTest> permutation;
};

/// Joins between neighbours by the colours of their ends, black being what is counted (covered, poor). Every neighbour
/// weighs 1 whatever the style of the weights; a join of one direction only counts a half.
struct JoinCounts {
  JoinCount black_black;
  JoinCount black_white;
  JoinCount white_white;
  std::size_t black = 0;  ///< units
  std::size_t white = 0;  ///< units
};

/// \param black  0 or 1 per unit.  None for fewer than four units or no join.
/// \throws ArgumentError if the sizes differ or a number is another.  Cost: O(links) per permutation, in parallel.
/// Source: Moran (1948), doi:10.1111/j.2517-6161.1948.tb00012.x; moments for sampling without replacement: Cliff & Ord
/// (1981), Spatial Processes.
[[nodiscard]] std::optional<JoinCounts> join_counts(const SpatialWeights& weights, std::span<const std::uint8_t> black,
                                                    const GlobalOptions& options = {});

}  // namespace maillage
