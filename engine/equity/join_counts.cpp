#include "engine/equity/join_counts.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/equity/global_permutation.hpp"
#include "engine/equity/weight_sums.hpp"

namespace maillage {

namespace {

/// Twice the joins of black with black, and the links that start at black: whole numbers that tell all three counts.
struct Tally {
  std::int64_t black_black = 0;  ///< directed links
  std::int64_t from_black = 0;
  std::int64_t to_black = 0;
};

Tally tally_of(const SpatialWeights& weights, const std::span<const std::uint8_t> black) {
  Tally tally;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    std::int64_t near = 0;
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      near += black[neighbour.value()];
    }
    tally.to_black += near;
    if (black[unit.value()] != 0) {
      tally.black_black += near;
      tally.from_black += static_cast<std::int64_t>(weights.neighbours[unit].size());
    }
  }
  return tally;
}

/// Joins of kind 0 (black, black), 1 (black, white), 2 (white, white).
std::array<double, 3> counts_of(const Tally& tally, const std::int64_t links) {
  const std::int64_t mixed = tally.from_black + tally.to_black - 2 * tally.black_black;
  return {static_cast<double>(tally.black_black) / 2, static_cast<double>(mixed) / 2,
          static_cast<double>(links - tally.black_black - mixed) / 2};
}

/// n (n - 1) ... (n - k + 1) for the black over the same for all units: that k given units are all black.
double all_black(const double black, const double units, const int given) {
  double probability = 1;
  for (int k = 0; k < given; ++k) {
    probability *= std::max(0.0, black - k) / (units - k);
  }
  return probability;
}

void set_same_moments(JoinCount& same, const double black, const double units, const WeightSums& sums) {
  const auto [s0, s1, s2] = sums;
  same.expected = s0 / 2 * all_black(black, units, 2);
  const double square = (s1 * all_black(black, units, 2) + (s2 - 2 * s1) * all_black(black, units, 3) +
                         (s0 * s0 + s1 - s2) * all_black(black, units, 4)) /
                        4;
  same.variance = std::max(0.0, square - same.expected * same.expected);
}

void set_mixed_moments(JoinCount& mixed, const double black, const double white, const WeightSums& sums) {
  const auto [s0, s1, s2] = sums;
  const double units = black + white;
  const double pair = black * white / (units * (units - 1));
  mixed.expected = s0 * pair;
  // Both of two joins without a common end are mixed.
  const double two_pairs = 4 * pair * std::max(0.0, black - 1) * std::max(0.0, white - 1) / ((units - 2) * (units - 3));
  const double square = (s2 * pair + (s0 * s0 + s1 - s2) * two_pairs) / 4;
  mixed.variance = std::max(0.0, square - mixed.expected * mixed.expected);
}

}  // namespace

std::optional<JoinCounts> join_counts(const SpatialWeights& weights, const std::span<const std::uint8_t> black,
                                      const GlobalOptions& options) {
  constexpr std::size_t kLeastUnits = 4;
  if (black.size() != weights.units()) {
    throw ArgumentError("join_counts: one number per unit");
  }
  if (!std::ranges::all_of(black, [](const std::uint8_t number) { return number <= 1; })) {
    throw ArgumentError("join_counts: black is 1, white is 0");
  }
  std::vector<UnitIndex> kept;
  std::vector<std::uint8_t> colours;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    if (options.islands == IslandRule::kept || !weights.neighbours[unit].empty()) {
      kept.push_back(unit);
      colours.push_back(black[unit.value()]);
    }
  }
  SpatialWeights joins = weights_among(weights, kept);
  joins.style = WeightStyle::binary;
  const auto links = static_cast<std::int64_t>(joins.neighbours.values().size());
  if (colours.size() < kLeastUnits || links == 0) {
    return std::nullopt;
  }
  JoinCounts result;
  result.black = static_cast<std::size_t>(std::ranges::count(colours, std::uint8_t{1}));
  result.white = colours.size() - result.black;
  const WeightSums sums = weight_sums(joins);
  const auto units = static_cast<double>(colours.size());
  set_same_moments(result.black_black, static_cast<double>(result.black), units, sums);
  set_same_moments(result.white_white, static_cast<double>(result.white), units, sums);
  set_mixed_moments(result.black_white, static_cast<double>(result.black), static_cast<double>(result.white), sums);
  const std::array<JoinCount*, 3> kinds{&result.black_black, &result.black_white, &result.white_white};
  const std::array<double, 3> observed = counts_of(tally_of(joins, colours), links);
  std::vector<std::array<double, 3>> permuted(options.permutations);
  detail::for_each_permutation<std::uint8_t>(
      colours, options, [&](const std::size_t permutation, const std::span<const std::uint8_t> shuffled) {
        permuted[permutation] = counts_of(tally_of(joins, shuffled), links);
      });
  std::vector<double> of_kind(options.permutations);
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    kinds[kind]->count = observed[kind];
    if (options.permutations > 0) {
      std::ranges::transform(permuted, of_kind.begin(), [&](const std::array<double, 3>& counts) { return counts[kind]; });
      kinds[kind]->permutation = detail::test_among(of_kind, observed[kind], 0);
    }
  }
  return result;
}

}  // namespace maillage
