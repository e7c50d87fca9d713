#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Random numbers by position: the word of a counter, which needs no state and so is the same for any number of threads.
namespace maillage {

/// Philox4x32-10: four random words of a key and a counter. Passes TestU01's BigCrush.
/// Source: Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                            std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = kMultiplier0 * counter[0];
    const std::uint64_t product1 = kMultiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

/// What random words are drawn for: part of the counter, so that no two uses of a seed meet the same words.
enum class DrawPurpose : std::uint32_t { shared_order = 1, own_neighbours = 2, whole_map = 3, random_table = 4 };

/// The random words of one stream, in order. No other (seed, purpose, first, second) has a counter in common with it.
class CounterRandom {
 public:
  constexpr CounterRandom(const std::uint64_t seed, const DrawPurpose purpose, const std::uint32_t first,
                          const std::uint32_t second)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        counter_{0, first, second, static_cast<std::uint32_t>(purpose)} {}

  [[nodiscard]] constexpr std::uint32_t next() {
    if (used_ == words_.size()) {
      words_ = philox(counter_, key_);
      ++counter_[0];
      used_ = 0;
    }
    return words_[used_++];
  }

  /// A whole number in [0, bound), each exactly as likely. \param bound  1 .. 2^32 - 1
  /// Source: Lemire (2019), doi:10.1145/3230636.
  [[nodiscard]] constexpr std::uint32_t below(const std::uint32_t bound) {
    std::uint64_t product = std::uint64_t{next()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t least = (0 - bound) % bound;
      while (static_cast<std::uint32_t>(product) < least) {
        product = std::uint64_t{next()} * bound;
      }
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> words_{};
  std::size_t used_ = 4;
};

}  // namespace maillage
