#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/equity/conditional_permutation.hpp"

/// The two schemes of rank_neighbour_sums.
namespace maillage::detail {

/// Neighbour sums to be ranked, one per unit.
struct RankingTask {
  std::span<const std::int64_t> values;
  std::span<const std::uint32_t> degree;
  std::span<const std::int64_t> least;  ///< a sum is at least the observed one if it is at least this
  std::span<const std::int64_t> most;   ///< a sum is at most the observed one if it is at most this
  std::size_t permutations = 0;
  std::uint64_t seed = 0;
};

[[nodiscard]] std::vector<NeighbourRank> rank_by_shared_orders(const RankingTask& task);
[[nodiscard]] std::vector<NeighbourRank> rank_by_own_draws(const RankingTask& task);

}  // namespace maillage::detail
