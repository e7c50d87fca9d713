#include "engine/survey/share_interval.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"
#include "engine/survey/distributions.hpp"

namespace maillage {
namespace {

ShareInterval wilson(const double share, const double n, const double tail) {
  const double z = normal_quantile(1 - tail);
  const double squared = z * z;
  const double middle = (share + squared / (2 * n)) / (1 + squared / n);
  const double half = z / (1 + squared / n) * std::sqrt(share * (1 - share) / n + squared / (4 * n * n));
  // Exact ends where rounding would leave 1e-17.
  return {share > 0 ? std::max(0.0, middle - half) : 0.0, share < 1 ? std::min(1.0, middle + half) : 1.0};
}

ShareInterval clopper_pearson(const double share, const double n, const double tail) {
  const double successes = share * n;
  const double failures = n - successes;
  return {successes > 0 ? beta_quantile(tail, successes, failures + 1) : 0.0,
          failures > 0 ? beta_quantile(1 - tail, successes + 1, failures) : 1.0};
}

}  // namespace

ShareInterval share_interval(const double share, const double n, const IntervalOptions& options) {
  if (!(share >= 0 && share <= 1) || !(n >= 0) || !std::isfinite(n)) {
    throw ArgumentError("share interval: a share within 0..1 of at least 0 units");
  }
  if (!(options.confidence > 0 && options.confidence < 1)) {
    throw ArgumentError("share interval: a confidence within (0, 1)");
  }
  if (n == 0) {
    return {};
  }
  double effective = n;
  if (options.population) {
    const double population = *options.population;
    if (!(population >= n)) {
      throw ArgumentError("share interval: a population of at least n units");
    }
    if (population == n) {
      return {share, share};
    }
    effective = n * (population - 1) / (population - n);
  }
  const double tail = (1 - options.confidence) / 2;
  return options.method == IntervalMethod::wilson ? wilson(share, effective, tail) : clopper_pearson(share, effective, tail);
}

}  // namespace maillage
