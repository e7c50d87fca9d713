#include "engine/core/disjoint_sets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace maillage {
namespace {

TEST(DisjointSets, HaveTheirLowestStandForAll) {
  DisjointSets sets(5);
  sets.unite(4, 2);
  sets.unite(2, 3);
  EXPECT_EQ(sets.lowest(4), 2U);
  EXPECT_EQ(sets.lowest(3), 2U);
  EXPECT_EQ(sets.lowest(0), 0U);
  sets.unite(3, 0);
  EXPECT_EQ(sets.lowest(4), 0U);
  sets.unite(4, 4);
  EXPECT_EQ(sets.lowest(1), 1U);
}

TEST(DisjointSets, AgreeWithLabelsSpreadByHand) {
  std::mt19937 random(4);
  for (int round = 0; round < 50; ++round) {
    constexpr std::uint32_t kSize = 40;
    DisjointSets sets(kSize);
    std::vector<std::uint32_t> label(kSize);
    std::iota(label.begin(), label.end(), 0U);
    for (int k = 0; k < 25; ++k) {
      const auto a = static_cast<std::uint32_t>(random() % kSize);
      const auto b = static_cast<std::uint32_t>(random() % kSize);
      sets.unite(a, b);
      const std::uint32_t low = std::min(label[a], label[b]);
      const std::uint32_t high = std::max(label[a], label[b]);
      std::replace(label.begin(), label.end(), high, low);
    }
    for (std::uint32_t member = 0; member < kSize; ++member) {
      EXPECT_EQ(sets.lowest(member), label[member]);
    }
  }
}

}  // namespace
}  // namespace maillage
