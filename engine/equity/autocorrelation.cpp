#include "engine/equity/autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/equity/global_permutation.hpp"
#include "engine/equity/weight_sums.hpp"

namespace maillage {

namespace {

/// What a global statistic counts, islands dealt with and values centred.
struct Sample {
  SpatialWeights weights;
  std::vector<double> deviations;  ///< from the mean
  double squares = 0;              ///< z'z
  double kurtosis = 0;             ///< n sum z^4 / (z'z)^2
  WeightSums sums;
};

std::optional<Sample> sample_of(const SpatialWeights& weights, const std::span<const double> values,
                                const IslandRule islands) {
  constexpr std::size_t kLeastUnits = 4;  // the moments divide by n - 3
  if (values.size() != weights.units()) {
    throw ArgumentError("spatial autocorrelation: one value per unit");
  }
  if (!std::ranges::all_of(values, [](const double value) { return std::isfinite(value); })) {
    throw ArgumentError("spatial autocorrelation: values must be finite");
  }
  std::vector<UnitIndex> kept;
  Sample sample;
  CompensatedSum sum;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    if (islands == IslandRule::kept || !weights.neighbours[unit].empty()) {
      kept.push_back(unit);
      sample.deviations.push_back(values[unit.value()]);
      sum.add(values[unit.value()]);
    }
  }
  const std::vector<double>& z = sample.deviations;
  if (z.size() < kLeastUnits || std::ranges::all_of(z, [&](const double value) { return value == z.front(); })) {
    return std::nullopt;
  }
  const double mean = sum.value() / static_cast<double>(z.size());
  CompensatedSum squares;
  CompensatedSum fourths;
  for (double& value : sample.deviations) {
    value -= mean;
    squares.add(value * value);
  }
  sample.squares = squares.value();
  for (const double value : z) {
    fourths.add((value * value / sample.squares) * (value * value / sample.squares));
  }
  sample.kurtosis = static_cast<double>(z.size()) * fourths.value();
  sample.weights = weights_among(weights, kept);
  sample.sums = weight_sums(sample.weights);
  if (!(sample.sums.s0 > 0) || !(sample.squares > 0) || !std::isfinite(sample.squares)) {
    return std::nullopt;
  }
  return sample;
}

double moran_of(const Sample& sample, const std::span<const double> z) {
  CompensatedSum products;
  for (const UnitIndex unit : sample.weights.neighbours.indices()) {
    double lag = 0;
    for (const UnitIndex neighbour : sample.weights.neighbours[unit]) {
      lag += z[neighbour.value()];
    }
    products.add(z[unit.value()] * (sample.weights.weight(unit) * lag));
  }
  return static_cast<double>(z.size()) / sample.sums.s0 * (products.value() / sample.squares);
}

double geary_of(const Sample& sample, const std::span<const double> z) {
  CompensatedSum differences;
  for (const UnitIndex unit : sample.weights.neighbours.indices()) {
    double sum = 0;
    for (const UnitIndex neighbour : sample.weights.neighbours[unit]) {
      const double difference = z[unit.value()] - z[neighbour.value()];
      sum += difference * difference;
    }
    differences.add(sample.weights.weight(unit) * sum);
  }
  return (static_cast<double>(z.size()) - 1) / (2 * sample.sums.s0) * (differences.value() / sample.squares);
}

struct Moments {
  double expected = 0;
  double variance_normality = 0;
  double variance_randomisation = 0;
};

Moments moran_moments(const Sample& sample) {
  const auto [s0, s1, s2] = sample.sums;
  const auto n = static_cast<double>(sample.deviations.size());
  const double b2 = sample.kurtosis;
  const double expected = -1 / (n - 1);
  const double normality = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0);
  const double randomisation =
      (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - b2 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 * s0);
  return {expected, normality - expected * expected, randomisation - expected * expected};
}

Moments geary_moments(const Sample& sample) {
  const auto [s0, s1, s2] = sample.sums;
  const auto n = static_cast<double>(sample.deviations.size());
  const double b2 = sample.kurtosis;
  const double normality = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0);
  const double randomisation =
      ((n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * b2) - 0.25 * (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * b2) +
       s0 * s0 * (n * n - 3 - (n - 1) * (n - 1) * b2)) /
      (n * (n - 2) * (n - 3) * s0 * s0);
  return {1, normality, randomisation};
}

using Statistic = double (*)(const Sample&, std::span<const double>);

GlobalStatistic statistic_of(const Sample& sample, const Statistic statistic, const Moments& moments,
                             const GlobalOptions& options) {
  constexpr double kTie = 1e-11;  // of the statistic's size: sums of other orders differ in their last bits
  GlobalStatistic result;
  result.units = sample.deviations.size();
  result.value = statistic(sample, sample.deviations);
  result.expected = moments.expected;
  // A variance of rounding alone (every map has the same statistic) is none.
  result.variance_normality = std::max(0.0, moments.variance_normality);
  result.variance_randomisation = std::max(0.0, moments.variance_randomisation);
  if (options.permutations > 0) {
    std::vector<double> permuted(options.permutations);
    detail::for_each_permutation<double>(sample.deviations, options,
                                         [&](const std::size_t permutation, const std::span<const double> z) {
                                           permuted[permutation] = statistic(sample, z);
                                         });
    result.permutation = detail::test_among(permuted, result.value, kTie * std::max(1.0, std::abs(result.value)));
  }
  return result;
}

}  // namespace

std::optional<GlobalStatistic> moran_i(const SpatialWeights& weights, const std::span<const double> values,
                                       const GlobalOptions& options) {
  const std::optional<Sample> sample = sample_of(weights, values, options.islands);
  return sample ? std::optional(statistic_of(*sample, moran_of, moran_moments(*sample), options)) : std::nullopt;
}

std::optional<GlobalStatistic> geary_c(const SpatialWeights& weights, const std::span<const double> values,
                                       const GlobalOptions& options) {
  const std::optional<Sample> sample = sample_of(weights, values, options.islands);
  return sample ? std::optional(statistic_of(*sample, geary_of, geary_moments(*sample), options)) : std::nullopt;
}

}  // namespace maillage
