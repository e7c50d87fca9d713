#pragma once

/// Quantiles and tails of the distributions that surveys need.
namespace maillage {

/// \throws ArgumentError unless 0 < probability < 1
[[nodiscard]] double normal_quantile(double probability);

/// P(X >= statistic) for a chi-square of that many degrees of freedom, which may be fractional; 1 for a statistic <= 0.
/// \throws ArgumentError on degrees of freedom <= 0
[[nodiscard]] double chi_square_tail(double statistic, double degrees_of_freedom);

/// \throws ArgumentError unless 0 < probability < 1 and both parameters are positive
[[nodiscard]] double beta_quantile(double probability, double a, double b);

/// P(X <= successes) of `trials` fair coins. \throws ArgumentError unless 0 <= successes <= trials and trials >= 1
[[nodiscard]] double fair_coin_cdf(double successes, double trials);

/// P(X = successes) of `trials` fair coins.
[[nodiscard]] double fair_coin_probability(double successes, double trials);

}  // namespace maillage
