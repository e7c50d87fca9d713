#pragma once

#include <cstdint>
#include <utility>
#include <vector>

/// The kernels in vector lanes compiled for one kind of processor each, beside those that are chosen when the program
/// starts: what they compute is compared. Plain data, for their types are not the same ones.
namespace lane_levels {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Input {
  std::vector<std::uint32_t> place_of_state;
  std::vector<std::uint32_t> state_of_place;
  std::vector<std::uint32_t> up_first;
  Pairs up_arcs;  ///< place, weight
  std::vector<std::uint32_t> down_first;
  Pairs down_arcs;
  std::vector<Pairs> origins;  ///< state, weight
  std::vector<Pairs> facilities;
  std::uint32_t cutoff = 0;
};

struct Output {
  std::vector<std::uint32_t> table;
  std::vector<std::uint32_t> catchments;  ///< per visited state of the first origins: state and all lanes
  Pairs nearest;                          ///< distance, facility: for one of each place, then for three
  friend bool operator==(const Output&, const Output&) = default;
};

Output run_chosen(const Input& input);
Output run_avx512(const Input& input);
Output run_avx2(const Input& input);
Output run_baseline(const Input& input);

}  // namespace lane_levels
