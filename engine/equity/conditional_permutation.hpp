#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/core/csr.hpp"
#include "engine/core/indexed.hpp"
#include "engine/equity/exact_values.hpp"
#include "engine/equity/spatial_weights.hpp"

namespace maillage {

/// How the neighbours of a unit are drawn anew from all other units ("conditional": the unit keeps its own value). Both are
/// exactly uniform: every ordered choice of as many different others is as likely.
/// - shared: one random order of all units per permutation serves every unit, each skipping itself. Sums of first d units
///   are then the same for all units of d neighbours, so that 99,999 permutations of a country cost less than 999 drawn
///   apart. Each p is as good as one drawn apart, but the sampling errors of different units go together.
/// - independent: every unit draws for itself.
enum class PermutationScheme { shared, independent };

struct PermutationOptions {
  /// Least p is 2 / (permutations + 1) two-sided: with thousands of units, a correction for multiplicity needs many.
  std::size_t permutations = 99'999;
  std::uint64_t seed = 42;
  PermutationScheme scheme = PermutationScheme::shared;
};

/// Where the observed sum over a unit's neighbours stands among those of permutations; all permutations in both for a unit
/// without neighbours.
struct NeighbourRank {
  std::uint32_t at_least = 0;  ///< permutations whose sum is the observed one or more; a tie is in both
  std::uint32_t at_most = 0;   ///< permutations whose sum is the observed one or less
  friend bool operator==(const NeighbourRank&, const NeighbourRank&) = default;
};

/// Ranks the sum of the neighbours' values of every unit. Same result for any number of threads.
/// \param values  one per unit; made for sums of as many as the most neighbours, and one more
/// \throws ArgumentError if the sizes differ, or for more permutations than 2^31.
/// Cost: shared O(permutations x (greatest degree + degrees x log permutations) + n log n), independent
/// O(permutations x links).  Source: Anselin (1995), doi:10.1111/j.1538-4632.1995.tb00338.x.
[[nodiscard]] IndexedVector<UnitIndex, NeighbourRank> rank_neighbour_sums(const Csr<UnitIndex, UnitIndex>& neighbours,
                                                                          const ExactValues& values,
                                                                          const PermutationOptions& options = {});

/// Two-sided pseudo p, min(1, 2 (min(at_least, at_most) + 1) / (permutations + 1)): in (0, 1].
[[nodiscard]] double two_sided_p(const NeighbourRank& rank, std::size_t permutations);

}  // namespace maillage
