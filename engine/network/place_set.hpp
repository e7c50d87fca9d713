#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace maillage {

/// A set of places that is emptied from one end while places on the other side of the current one are put in: a bit each,
/// with a summary bit per 64 so that sparse sets of millions are walked quickly. Empty again after a walk.
class PlaceSet {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffU;

  explicit PlaceSet(const std::size_t places) : marked_(places / 64 + 1), summary_(places / 4096 + 1) {}

  void add(const std::uint32_t place) {
    std::uint64_t& word = marked_[place >> 6U];
    if (word == 0) {
      summary_[place >> 12U] |= std::uint64_t{1} << ((place >> 6U) & 63U);
    }
    word |= std::uint64_t{1} << (place & 63U);
  }
  /// Takes the last place out. \param word  where to look: starts at words() - 1 or the word of the last place, kept between
  /// calls
  [[nodiscard]] std::uint32_t take_last(std::size_t& word) {
    while (summary_[word] == 0) {
      if (word == 0) {
        return kNone;
      }
      --word;
    }
    const auto group =
        static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::bit_width(summary_[word]) - 1);
    const auto bit = static_cast<std::uint32_t>(std::bit_width(marked_[group]) - 1);
    marked_[group] ^= std::uint64_t{1} << bit;
    if (marked_[group] == 0) {
      summary_[word] ^= std::uint64_t{1} << (group & 63U);
    }
    return group * 64 + bit;
  }
  /// The first group of 64 places that has one, or kNone. \param word  starts at 0, kept between calls
  [[nodiscard]] std::uint32_t first_group(std::size_t& word) const {
    while (summary_[word] == 0) {
      if (++word == summary_.size()) {
        --word;
        return kNone;
      }
    }
    return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(summary_[word]));
  }
  /// Takes the first place of a group out; kNone, and the group has gone, when there is none left.
  [[nodiscard]] std::uint32_t take_from(const std::uint32_t group) {
    const std::uint64_t places = marked_[group];
    if (places == 0) {
      summary_[group >> 6U] &= ~(std::uint64_t{1} << (group & 63U));
      return kNone;
    }
    marked_[group] = places & (places - 1);
    return group * 64 + static_cast<std::uint32_t>(std::countr_zero(places));
  }
  [[nodiscard]] static std::size_t word_of(const std::uint32_t place) { return place >> 12U; }

 private:
  std::vector<std::uint64_t> marked_;
  std::vector<std::uint64_t> summary_;
};

}  // namespace maillage
