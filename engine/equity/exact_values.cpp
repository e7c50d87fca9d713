#include "engine/equity/exact_values.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// The least power of ten that makes every value a whole number, if nine decimals do.
std::optional<double> decimal_scale(const std::span<const double> values, const double greatest) {
  constexpr double kMostWhole = 9007199254740992;  // 2^53
  constexpr double kMostScale = 1e9;
  double scale = 1;
  for (const double value : values) {
    // Written with so few decimals, a value is the double nearest to a quotient of two whole numbers.
    while (std::round(value * scale) / scale != value) {
      scale *= 10;
      if (scale > kMostScale || greatest * scale > kMostWhole) {
        return std::nullopt;
      }
    }
  }
  return greatest * scale <= kMostWhole ? std::optional(scale) : std::nullopt;
}

}  // namespace

ExactValues exact_values(const std::span<const double> values, const std::size_t most_addends) {
  if (!std::ranges::all_of(values, [](const double value) { return std::isfinite(value); })) {
    throw ArgumentError("exact_values: values must be finite");
  }
  double greatest = 0;
  for (const double value : values) {
    greatest = std::max(greatest, std::abs(value));
  }
  std::vector<std::int64_t> whole(values.size(), 0);
  if (greatest == 0) {
    return {std::move(whole), 0};
  }
  const auto addends = static_cast<double>(std::max<std::size_t>(most_addends, 1));
  const std::optional<double> decimals = decimal_scale(values, greatest);
  if (decimals && greatest * *decimals * addends < 0x1p62) {
    std::ranges::transform(values, whole.begin(),
                           [&](const double value) { return static_cast<std::int64_t>(std::round(value * *decimals)); });
    return {std::move(whole), 0};
  }
  // A power of two, so that scaling itself does not round.
  const int exponent = 62 - std::ilogb(greatest) - 1 - (std::ilogb(addends) + 1);
  std::ranges::transform(values, whole.begin(), [&](const double value) {
    return static_cast<std::int64_t>(std::llround(std::ldexp(value, exponent)));
  });
  constexpr std::int64_t kTie = 2;  // half a unit of ours on either side, and the doubles' own last bit
  return {std::move(whole), kTie};
}

}  // namespace maillage
