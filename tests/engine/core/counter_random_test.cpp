#include "engine/core/counter_random.hpp"

#include <gtest/gtest.h>

#include <map>

namespace maillage {
namespace {

TEST(CounterRandom, IsPhiloxAsPublished) {
  // Known answers of the authors' Random123 library.
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}),
            (std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CounterRandom, BelowIsUniform) {
  constexpr std::uint32_t kBound = 7;
  constexpr int kDraws = 700'000;
  std::array<int, kBound> count{};
  CounterRandom random(1, DrawPurpose::whole_map, 2, 3);
  for (int i = 0; i < kDraws; ++i) {
    ++count.at(random.below(kBound));
  }
  double chi_square = 0;
  for (const int c : count) {
    chi_square += (c - kDraws / 7.0) * (c - kDraws / 7.0) / (kDraws / 7.0);
  }
  EXPECT_LT(chi_square, 22.5);  // 0.1 % point for 6 degrees of freedom
}

TEST(CounterRandom, BelowRefusesTheWordsThatWouldFavourSome) {
  // Of 2^32 words, bound 3 * 2^30 gives every number one word and refuses the 2^30 others.
  constexpr std::uint32_t kBound = 3U << 30;
  CounterRandom random(5, DrawPurpose::whole_map, 0, 0);
  CounterRandom words(5, DrawPurpose::whole_map, 0, 0);
  for (int i = 0; i < 10'000; ++i) {
    std::uint64_t product = std::uint64_t{words.next()} * kBound;
    while (static_cast<std::uint32_t>(product) < (1U << 30)) {
      product = std::uint64_t{words.next()} * kBound;
    }
    EXPECT_EQ(random.below(kBound), product >> 32);
  }
}

TEST(CounterRandom, StreamsOfDifferentCountersDiffer) {
  std::map<std::uint32_t, int> seen;
  for (std::uint32_t first = 0; first < 20; ++first) {
    for (std::uint32_t second = 0; second < 20; ++second) {
      ++seen[CounterRandom(9, DrawPurpose::shared_order, first, second).next()];
      ++seen[CounterRandom(9, DrawPurpose::whole_map, first, second).next()];
      ++seen[CounterRandom(9ULL << 32, DrawPurpose::whole_map, first, second).next()];
    }
  }
  EXPECT_EQ(seen.size(), 1200U);
}

}  // namespace
}  // namespace maillage
