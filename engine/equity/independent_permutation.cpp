// Every unit draws its own neighbours. What is drawn is told by `draw_slowly`; the lanes draw the same for thirty-two
// permutations at once and leave to it the few in which a word is refused or a unit comes twice.
#include <algorithm>
#include <array>

#include "engine/core/counter_random.hpp"
#include "engine/core/lane_kernel.hpp"
#include "engine/core/parallel.hpp"
#include "engine/equity/conditional_permutation_detail.hpp"

namespace maillage::detail {

namespace {

constexpr std::size_t kLanes = 32;          // two registers of AVX-512
constexpr std::size_t kMostLaneDraws = 24;  // beyond, most lanes would have a unit twice

using Words = std::array<std::uint32_t, kLanes>;

/// Sum of the values of `degree` different others, drawn for one permutation of one unit.
/// \param drawn_for  per unit, any number that is not `mark`
std::int64_t draw_slowly(const RankingTask& task, const std::uint32_t unit, const std::uint32_t permutation,
                         std::vector<std::uint64_t>& drawn_for, const std::uint64_t mark) {
  CounterRandom random(task.seed, DrawPurpose::own_neighbours, unit, permutation);
  const auto others = static_cast<std::uint32_t>(task.values.size() - 1);
  std::int64_t sum = 0;
  for (std::uint32_t drawn = 0; drawn < task.degree[unit];) {
    std::uint32_t other = random.below(others);
    other += other >= unit ? 1 : 0;
    if (drawn_for[other] != mark) {
      drawn_for[other] = mark;
      sum += task.values[other];
      ++drawn;
    }
  }
  return sum;
}

struct LaneDraws {
  std::array<std::int64_t, kLanes> sums;
  std::uint32_t refused;  ///< bit k: lane k is left to draw_slowly
};

struct LaneTask {
  const std::int64_t* values;
  std::uint32_t others;
  std::uint32_t unit;
  std::uint32_t degree;
  std::uint32_t first_permutation;
  std::uint64_t seed;
};

/// Philox for the permutations first_permutation + 0..31 at once.
[[gnu::always_inline]] inline void philox_lanes(const LaneTask& task, const std::uint32_t block,
                                                std::array<Words, 4>& words) {
  constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
  constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    words[0][k] = block;
    words[1][k] = task.unit;
    words[2][k] = task.first_permutation + k;
    words[3][k] = static_cast<std::uint32_t>(DrawPurpose::own_neighbours);
  }
  auto key0 = static_cast<std::uint32_t>(task.seed);
  auto key1 = static_cast<std::uint32_t>(task.seed >> 32);
  for (int round = 0; round < 10; ++round) {
    // Widening products and their low halves apart: what vector instructions there are for.
    Words high0;
    Words high1;
    for (std::size_t k = 0; k < kLanes; ++k) {
      high0[k] = static_cast<std::uint32_t>(std::uint64_t{words[0][k]} * std::uint64_t{kMultiplier0} >> 32);
    }
    for (std::size_t k = 0; k < kLanes; ++k) {
      high1[k] = static_cast<std::uint32_t>(std::uint64_t{words[2][k]} * std::uint64_t{kMultiplier1} >> 32);
    }
    for (std::size_t k = 0; k < kLanes; ++k) {
      const std::uint32_t low0 = words[0][k] * kMultiplier0;
      const std::uint32_t low1 = words[2][k] * kMultiplier1;
      words[0][k] = high1[k] ^ words[1][k] ^ key0;
      words[2][k] = high0[k] ^ words[3][k] ^ key1;
      words[1][k] = low1;
      words[3][k] = low0;
    }
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
}

/// What a word draws: a unit that is not the task's own, and whether the word must be refused for all to be as likely.
/// Loops of one kind of number each, which the compiler turns into vector instructions.
[[gnu::always_inline]] inline void draw_others(const LaneTask& task, const Words& word, Words& other, Words& refused) {
  const std::uint32_t count = task.others;
  const std::uint32_t unit = task.unit;
  Words low;
  for (std::size_t k = 0; k < kLanes; ++k) {
    other[k] = static_cast<std::uint32_t>(std::uint64_t{word[k]} * count >> 32);
  }
  for (std::size_t k = 0; k < kLanes; ++k) {
    low[k] = word[k] * count;
  }
  for (std::size_t k = 0; k < kLanes; ++k) {
    refused[k] |= low[k] < count ? 1U : 0U;
  }
  for (std::size_t k = 0; k < kLanes; ++k) {
    other[k] += other[k] >= unit ? 1U : 0U;
  }
}

[[gnu::always_inline]] inline void refuse_equals(const Words& before, const Words& other, Words& refused) {
  for (std::size_t k = 0; k < kLanes; ++k) {
    refused[k] |= before[k] == other[k] ? 1U : 0U;
  }
}

MAILLAGE_LANE_KERNEL
void draw_lanes(const LaneTask& task, LaneDraws& draws) {
  std::array<Words, kMostLaneDraws> others;
  std::array<Words, 4> words;
  Words refused{};
  std::array<std::int64_t, kLanes> sums{};
  const std::int64_t* const values = task.values;
  for (std::uint32_t drawn = 0; drawn < task.degree; ++drawn) {
    if (drawn % 4 == 0) {
      philox_lanes(task, drawn / 4, words);
    }
    Words& other = others[drawn];
    draw_others(task, words[drawn % 4], other, refused);
    for (std::uint32_t before = 0; before < drawn; ++before) {
      refuse_equals(others[before], other, refused);
    }
    for (std::size_t k = 0; k < kLanes; ++k) {
      sums[k] += values[other[k]];
    }
  }
  draws.sums = sums;
  draws.refused = 0;
  for (std::uint32_t k = 0; k < kLanes; ++k) {
    draws.refused |= refused[k] << k;
  }
}

class Drawer {
 public:
  explicit Drawer(const RankingTask& task) : task_(task), drawn_for_(task.values.size(), 0) {}

  [[nodiscard]] NeighbourRank rank(const std::uint32_t unit) {
    const auto permutations = static_cast<std::uint32_t>(task_.permutations);
    if (task_.degree[unit] == 0) {
      return {permutations, permutations};
    }
    NeighbourRank rank;
    for (std::uint32_t first = 0; first < permutations; first += kLanes) {
      const std::uint32_t count = std::min<std::uint32_t>(kLanes, permutations - first);
      LaneDraws draws{.sums = {}, .refused = ~0U};
      if (task_.degree[unit] <= kMostLaneDraws) {
        draw_lanes({task_.values.data(), static_cast<std::uint32_t>(task_.values.size() - 1), unit, task_.degree[unit],
                    first, task_.seed},
                   draws);
      }
      for (std::uint32_t k = 0; k < count; ++k) {
        const bool slow = (draws.refused >> k & 1U) != 0;
        const std::int64_t sum = slow ? draw_slowly(task_, unit, first + k, drawn_for_, ++mark_) : draws.sums[k];
        rank.at_least += sum >= task_.least[unit] ? 1U : 0U;
        rank.at_most += sum <= task_.most[unit] ? 1U : 0U;
      }
    }
    return rank;
  }

 private:
  const RankingTask& task_;
  std::vector<std::uint64_t> drawn_for_;
  std::uint64_t mark_ = 0;
};

}  // namespace

std::vector<NeighbourRank> rank_by_own_draws(const RankingTask& task) {
  constexpr std::size_t kGrain = 256;
  std::vector<NeighbourRank> ranks(task.values.size());
  parallel_for_blocks(ranks.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    Drawer drawer(task);
    for (std::size_t unit = begin; unit < end; ++unit) {
      ranks[unit] = drawer.rank(static_cast<std::uint32_t>(unit));
    }
  });
  return ranks;
}

}  // namespace maillage::detail
