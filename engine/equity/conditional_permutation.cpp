#include "engine/equity/conditional_permutation.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/equity/conditional_permutation_detail.hpp"

namespace maillage {

IndexedVector<UnitIndex, NeighbourRank> rank_neighbour_sums(const Csr<UnitIndex, UnitIndex>& neighbours,
                                                            const ExactValues& values, const PermutationOptions& options) {
  constexpr std::size_t kMostPermutations = std::size_t{1} << 31;
  if (values.whole.size() != neighbours.rows()) {
    throw ArgumentError("rank_neighbour_sums: one value per unit");
  }
  if (options.permutations > kMostPermutations) {
    throw ArgumentError("rank_neighbour_sums: at most 2^31 permutations");
  }
  std::vector<std::uint32_t> degree;
  std::vector<std::int64_t> least;
  std::vector<std::int64_t> most;
  for (const UnitIndex unit : neighbours.indices()) {
    std::int64_t sum = 0;
    for (const UnitIndex neighbour : neighbours[unit]) {
      if (neighbour == unit || neighbour.value() >= values.whole.size()) {
        throw ArgumentError("rank_neighbour_sums: a neighbour must be another of the units");
      }
      sum += values.whole[neighbour.value()];
    }
    degree.push_back(static_cast<std::uint32_t>(neighbours[unit].size()));
    if (degree.back() >= values.whole.size()) {
      throw ArgumentError("rank_neighbour_sums: a neighbour must stand once in a row");
    }
    const std::int64_t tie = values.tie_per_value * degree.back();
    least.push_back(sum - tie);
    most.push_back(sum + tie);
  }
  const detail::RankingTask task{values.whole, degree, least, most, options.permutations, options.seed};
  return IndexedVector<UnitIndex, NeighbourRank>(
      options.scheme == PermutationScheme::shared ? detail::rank_by_shared_orders(task) : detail::rank_by_own_draws(task));
}

double two_sided_p(const NeighbourRank& rank, const std::size_t permutations) {
  const auto smaller = static_cast<double>(std::min(rank.at_least, rank.at_most));
  return std::min(1.0, 2 * (smaller + 1) / (static_cast<double>(permutations) + 1));
}

}  // namespace maillage
