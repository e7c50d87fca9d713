#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/core/lane_kernel.hpp"

namespace maillage {

inline constexpr std::size_t kLanes = 32;

/// One distance per search of a batch. Searches that do not reach a place have kNoPath there.
struct alignas(64) Lanes {
  std::uint32_t at[kLanes];
};

namespace lanes {

/// Half of a Lanes, as the compiler's vector type.
using Half = std::uint32_t __attribute__((vector_size(64)));

[[gnu::always_inline]] inline void set_all(Lanes& lanes, const std::uint32_t value) {
  Half* const half = reinterpret_cast<Half*>(lanes.at);
  half[0] = Half{} + value;
  half[1] = Half{} + value;
}

/// Whether all lanes of one half have that value.
template <std::size_t half>
[[gnu::always_inline]] inline bool is_all(const Lanes& lanes, const std::uint32_t value) {
  std::uint32_t other = 0;
  for (std::size_t k = half * kLanes / 2; k < (half + 1) * kLanes / 2; ++k) {
    other |= lanes.at[k] ^ value;
  }
  return other == 0;
}

/// target = min(source + weight, most), lane by lane.
[[gnu::always_inline]] inline void set_sum(Lanes& target, const Lanes& source, const std::uint32_t weight,
                                           const std::uint32_t most) {
  Half* const to = reinterpret_cast<Half*>(target.at);
  const Half* const from = reinterpret_cast<const Half*>(source.at);
  const Half low = from[0] + weight;
  const Half high = from[1] + weight;
  to[0] = low < most ? low : Half{} + most;
  to[1] = high < most ? high : Half{} + most;
}

/// target = min(target, source + weight), lane by lane.
[[gnu::always_inline]] inline void relax(Lanes& target, const Lanes& source, const std::uint32_t weight) {
  Half* const to = reinterpret_cast<Half*>(target.at);
  const Half* const from = reinterpret_cast<const Half*>(source.at);
  const Half low = from[0] + weight;
  const Half high = from[1] + weight;
  to[0] = low < to[0] ? low : to[0];
  to[1] = high < to[1] ? high : to[1];
}

}  // namespace lanes

}  // namespace maillage
