#pragma once

#include <cstdint>
#include <optional>

namespace maillage {

/// Bounds of a share, 0..1.
struct ShareInterval {
  double low = 0;
  double high = 1;
  friend bool operator==(const ShareInterval&, const ShareInterval&) = default;
};

enum class IntervalMethod {
  wilson,          ///< near its nominal level at any n: the default
  clopper_pearson  ///< never below its nominal level, wider
};

struct IntervalOptions {
  IntervalMethod method = IntervalMethod::wilson;
  double confidence = 0.95;
  /// Size of the population that the n units were drawn from without replacement; the interval narrows by
  /// sqrt((N - n) / (N - 1)). Nothing: no correction.
  std::optional<double> population;
};

/// Cells of fewer units than this are greyed: their share says little.
inline constexpr std::int64_t kSmallBase = 30;

/// Interval of a share of `n` units; weighted surveys give their effective n. With the whole population drawn the interval
/// is the share itself; without units it is 0..1. \param share  0..1  \param n  >= 0, need not be whole
/// \throws ArgumentError on a share outside 0..1, n < 0, a population < n or a confidence outside (0, 1)
/// Sources: Wilson (1927), doi:10.1080/01621459.1927.10502953; Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404;
/// Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286. Finite populations: both with n (N - 1) / (N - n) units.
[[nodiscard]] ShareInterval share_interval(double share, double n, const IntervalOptions& options = {});

}  // namespace maillage
