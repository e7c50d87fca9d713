#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Whole numbers in place of values: sums of them have no rounding, in any order of adding.
struct ExactValues {
  std::vector<std::int64_t> whole;
  /// Sums of d values that differ by no more than d times this may be equal before rounding. 0 where all values have at most
  /// nine decimals and the whole numbers are exactly proportional to them.
  std::int64_t tie_per_value = 0;
};

/// Values that are no such decimals are rounded to about the 2^-61 / `most_addends` part of the greatest.
/// \param values        finite
/// \param most_addends  no sum has more; \throws ArgumentError for a value that is not finite.
[[nodiscard]] ExactValues exact_values(std::span<const double> values, std::size_t most_addends);

}  // namespace maillage
