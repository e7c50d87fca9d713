#include "engine/equity/inequality.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

namespace maillage {

std::optional<double> gini(const WeightedValues& values) {
  if (!(values.mean > 0)) {
    return std::nullopt;
  }
  // The covariance of value and mean rank: the trapezoids of the Lorenz curve without their cancellation.
  CompensatedSum sum;
  CompensatedSum before;
  for (const ValueClass& at : values.classes) {
    const double twice_rank = (2 * before.value() + at.population) / values.population;
    sum.add(values.share(at) * (at.value / values.mean - 1) * (twice_rank - 1));
    before.add(at.population);
  }
  return std::clamp(sum.value(), 0.0, 1.0);
}

std::optional<double> theil_t(const WeightedValues& values) {
  if (!(values.mean > 0)) {
    return std::nullopt;
  }
  CompensatedSum sum;
  for (const ValueClass& at : values.classes) {
    if (at.value > 0) {
      const double relative = at.value / values.mean;
      sum.add(values.share(at) * relative * std::log(relative));
    }
  }
  return std::max(0.0, sum.value());
}

MeanLogDeviation mean_log_deviation(const WeightedValues& values) {
  MeanLogDeviation result;
  WeightedValues positive = values;
  if (!positive.classes.empty() && positive.classes.front().value == 0) {
    result.zero_share = values.share(values.classes.front());
    positive.classes.erase(positive.classes.begin());
    CompensatedSum people;
    for (const ValueClass& at : positive.classes) {
      people.add(at.population);
    }
    positive.population = people.value();
    positive.mean = positive.classes.empty() ? 0 : values.mean * (values.population / positive.population);
  }
  if (positive.classes.empty()) {
    return result;
  }
  CompensatedSum sum;
  for (const ValueClass& at : positive.classes) {
    sum.add(-positive.share(at) * std::log(at.value / positive.mean));
  }
  result.among_positive = std::max(0.0, sum.value());
  if (result.zero_share == 0) {
    result.value = result.among_positive;
  }
  return result;
}

std::optional<double> atkinson(const WeightedValues& values, const double aversion) {
  if (!std::isfinite(aversion) || aversion < 0) {
    throw ArgumentError("atkinson: the aversion must be finite and not negative");
  }
  if (!(values.mean > 0)) {
    return std::nullopt;
  }
  if (aversion >= 1 && values.classes.front().value == 0) {
    return 1.0;
  }
  CompensatedSum sum;
  for (const ValueClass& at : values.classes) {
    const double relative = at.value / values.mean;
    sum.add(values.share(at) * (aversion == 1 ? std::log(relative) : std::pow(relative, 1 - aversion)));
  }
  const double equivalent = aversion == 1 ? std::exp(sum.value()) : std::pow(sum.value(), 1 / (1 - aversion));
  return std::clamp(1 - equivalent, 0.0, 1.0);
}

Poverty foster_greer_thorbecke(const WeightedValues& values, const double line) {
  if (!std::isfinite(line) || line <= 0) {
    throw ArgumentError("foster_greer_thorbecke: the line must be finite and above 0");
  }
  CompensatedSum below;
  CompensatedSum gap;
  CompensatedSum severity;
  for (const ValueClass& at : values.classes) {
    if (at.value < line) {
      const double shortfall = (line - at.value) / line;
      below.add(at.population);
      gap.add(at.population * shortfall);
      severity.add(at.population * shortfall * shortfall);
    }
  }
  if (values.classes.empty()) {
    return {};
  }
  return {below.value() / values.population, gap.value() / values.population, severity.value() / values.population,
          below.value()};
}

std::vector<LorenzPoint> lorenz_curve(const WeightedValues& values) {
  if (!(values.mean > 0)) {
    return {};
  }
  const double total = values.mean * values.population;
  std::vector<LorenzPoint> points{{0, 0}};
  CompensatedSum people;
  CompensatedSum held;
  for (const ValueClass& at : values.classes) {
    people.add(at.population);
    held.add(at.population * at.value);
    points.push_back({std::min(1.0, people.value() / values.population), std::min(1.0, held.value() / total)});
  }
  points.back() = {1, 1};
  return points;
}

std::vector<double> quantile_shares(const WeightedValues& values, const std::size_t quantiles) {
  if (quantiles == 0) {
    throw ArgumentError("quantile_shares: at least one quantile");
  }
  const std::vector<LorenzPoint> curve = lorenz_curve(values);
  if (curve.empty()) {
    return {};
  }
  std::vector<double> shares;
  double before = 0;
  std::size_t segment = 1;
  for (std::size_t quantile = 1; quantile <= quantiles; ++quantile) {
    const double bound = static_cast<double>(quantile) / static_cast<double>(quantiles);
    while (segment + 1 < curve.size() && curve[segment].population_share < bound) {
      ++segment;
    }
    const LorenzPoint& from = curve[segment - 1];
    const LorenzPoint& to = curve[segment];
    const double part = (bound - from.population_share) / (to.population_share - from.population_share);
    const double held = quantile == quantiles ? 1 : from.value_share + part * (to.value_share - from.value_share);
    shares.push_back(held - before);
    before = held;
  }
  return shares;
}

}  // namespace maillage
