#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace maillage {

/// Disjoint sets of numbers; the lowest of a set stands for all, whatever the order they were united in. Tarjan (1975),
/// doi:10.1145/321879.321884, with path halving. Cost: nearly constant per call.
class DisjointSets {
 public:
  explicit DisjointSets(const std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }

  [[nodiscard]] std::uint32_t lowest(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  void unite(const std::uint32_t a, const std::uint32_t b) {
    const std::uint32_t lowest_a = lowest(a);
    const std::uint32_t lowest_b = lowest(b);
    parent_[std::max(lowest_a, lowest_b)] = std::min(lowest_a, lowest_b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace maillage
