#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/equity/autocorrelation.hpp"

namespace maillage::detail {

/// Values of units placed at random over the map: uniform over all orders, told by seed and permutation alone.
template <typename T>
void shuffle_values(std::vector<T>& values, const std::uint64_t seed, const std::uint32_t permutation) {
  CounterRandom random(seed, DrawPurpose::whole_map, permutation, 0);
  for (auto left = static_cast<std::uint32_t>(values.size()); left > 1; --left) {
    std::swap(values[left - 1], values[random.below(left)]);
  }
}

/// The test of `observed` among the statistics of permuted maps; what differs by `tie` or less is equal.
[[nodiscard]] inline PermutationTest test_among(const std::span<const double> permuted, const double observed,
                                                const double tie) {
  PermutationTest test;
  test.permutations = static_cast<std::uint32_t>(permuted.size());
  CompensatedSum sum;
  for (const double value : permuted) {
    test.at_least += value >= observed - tie ? 1U : 0U;
    test.at_most += value <= observed + tie ? 1U : 0U;
    sum.add(value);
  }
  const auto count = static_cast<double>(permuted.size());
  test.mean = permuted.empty() ? 0 : sum.value() / count;
  CompensatedSum squares;
  for (const double value : permuted) {
    squares.add((value - test.mean) * (value - test.mean));
  }
  test.standard_deviation = permuted.empty() ? 0 : std::sqrt(squares.value() / count);
  test.p_greater = (test.at_least + 1.0) / (count + 1);
  test.p_less = (test.at_most + 1.0) / (count + 1);
  test.p_two_sided = std::min(1.0, 2 * std::min(test.p_greater, test.p_less));
  return test;
}

/// Calls `body(permutation, shuffled values)` for every permutation, in parallel.
template <typename T, typename Body>
void for_each_permutation(const std::span<const T> values, const GlobalOptions& options, const Body& body) {
  constexpr std::size_t kGrain = 8;
  constexpr std::size_t kMostPermutations = std::size_t{1} << 31;
  if (options.permutations > kMostPermutations) {
    throw ArgumentError("for_each_permutation: at most 2^31 permutations");
  }
  parallel_for_blocks(options.permutations, kGrain, [&](const std::size_t begin, const std::size_t end) {
    std::vector<T> shuffled;
    for (std::size_t permutation = begin; permutation < end; ++permutation) {
      shuffled.assign(values.begin(), values.end());
      shuffle_values(shuffled, options.seed, static_cast<std::uint32_t>(permutation));
      body(permutation, std::span<const T>{shuffled});
    }
  });
}

}  // namespace maillage::detail
