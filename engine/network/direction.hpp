#pragma once

#include <cstdint>

namespace maillage {

/// Which way trips go: from origins to facilities, or from facilities to origins.
enum class Direction : std::uint8_t { forward, backward };

[[nodiscard]] constexpr Direction opposite(const Direction direction) {
  return direction == Direction::forward ? Direction::backward : Direction::forward;
}

}  // namespace maillage
