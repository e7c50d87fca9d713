#include "engine/equity/local_autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

/// A quantity of the units that count: islands too, or not.
struct Quantity {
  std::vector<double> values;
  double mean = 0;
  double squares = 0;  ///< of the deviations from the mean
};

Quantity quantity_of(const std::span<const double> values, const std::span<const UnitIndex> kept) {
  Quantity quantity;
  CompensatedSum sum;
  for (const UnitIndex unit : kept) {
    quantity.values.push_back(values[unit.value()]);
    sum.add(values[unit.value()]);
  }
  const std::vector<double>& x = quantity.values;
  if (x.empty()) {
    return quantity;
  }
  const auto [least, greatest] = std::ranges::minmax(x);
  quantity.mean = std::clamp(sum.value() / static_cast<double>(x.size()), least, greatest);
  CompensatedSum squares;
  for (const double value : x) {
    squares.add((value - quantity.mean) * (value - quantity.mean));
  }
  quantity.squares = squares.value();
  return quantity;
}

/// What the sum over one unit's neighbours is, and would be over as many other units.
struct LagMoments {
  double degree = 0;
  double sum = 0;       ///< of deviations from the mean
  double expected = 0;  ///< of that sum
  double variance = 0;  ///< of that sum, drawing without replacement
};

LagMoments lag_moments(const Quantity& y, const std::span<const UnitIndex> neighbours, const UnitIndex unit) {
  const auto n = static_cast<double>(y.values.size());
  LagMoments lag;
  lag.degree = static_cast<double>(neighbours.size());
  CompensatedSum sum;
  for (const UnitIndex neighbour : neighbours) {
    sum.add(y.values[neighbour.value()] - y.mean);
  }
  lag.sum = sum.value();
  const double own = y.values[unit.value()] - y.mean;
  const double mean_of_others = -own / (n - 1);
  // Where all others are alike, what is left of this difference is rounding.
  constexpr double kRounding = 1e-14;
  const double difference = (y.squares - own * own) / (n - 1) - mean_of_others * mean_of_others;
  const double variance_of_others = difference > kRounding * (y.squares / (n - 1)) ? difference : 0;
  lag.expected = lag.degree * mean_of_others;
  lag.variance = n > 2 ? lag.degree * variance_of_others * ((n - 1 - lag.degree) / (n - 2)) : 0;
  return lag;
}

/// A statistic is a + b x sum over neighbours; b < 0 turns the order of permutations round.
void set_p(LocalStatistic& statistic, const NeighbourRank& rank, const double slope, const std::size_t permutations) {
  const auto all = static_cast<double>(permutations);
  double at_least = rank.at_least;
  double at_most = rank.at_most;
  if (slope == 0) {
    at_least = all;
    at_most = all;
  } else if (slope < 0) {
    std::swap(at_least, at_most);
  }
  statistic.p_greater = (at_least + 1) / (all + 1);
  statistic.p_less = (at_most + 1) / (all + 1);
  statistic.p_two_sided = std::min(1.0, 2 * std::min(statistic.p_greater, statistic.p_less));
}

/// The map to be looked at: islands dealt with, and neighbour sums of y ranked.
struct Map {
  std::size_t all_units = 0;
  std::vector<UnitIndex> kept;
  SpatialWeights weights;
  Quantity x;
  Quantity y;
  IndexedVector<UnitIndex, NeighbourRank> ranks;
};

Map map_of(const SpatialWeights& weights, const ValuePair& values, const LocalOptions& options) {
  const auto finite = [](const double value) { return std::isfinite(value); };
  if (values.own.size() != weights.units() || values.neighbours.size() != weights.units()) {
    throw ArgumentError("local statistics: one value per unit");
  }
  if (!std::ranges::all_of(values.own, finite) || !std::ranges::all_of(values.neighbours, finite)) {
    throw ArgumentError("local statistics: values must be finite");
  }
  Map map;
  map.all_units = weights.units();
  std::size_t most = 0;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    if (options.islands == IslandRule::kept || !weights.neighbours[unit].empty()) {
      map.kept.push_back(unit);
      most = std::max(most, weights.neighbours[unit].size());
    }
  }
  map.weights = weights_among(weights, map.kept);
  map.x = quantity_of(values.own, map.kept);
  map.y = quantity_of(values.neighbours, map.kept);
  map.ranks = rank_neighbour_sums(map.weights.neighbours, exact_values(map.y.values, most + 1), options.permutations);
  return map;
}

/// `value(statistic, lag)` sets value, expected and variance of a unit with neighbours and returns the slope of the value in
/// the sum over neighbours.
template <typename Value>
LocalStatistics statistics_of(const Map& map, const LocalOptions& options, const Value& value) {
  LocalStatistics statistics(map.all_units);
  for (LocalStatistic& statistic : statistics) {
    statistic.island = true;
  }
  constexpr std::size_t kGrain = 1024;
  parallel_for_blocks(map.weights.units(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t position = begin; position < end; ++position) {
      const UnitIndex unit{position};
      const auto neighbours = map.weights.neighbours[unit];
      if (neighbours.empty()) {
        continue;
      }
      LocalStatistic& statistic = statistics[map.kept[position]];
      const LagMoments lag = lag_moments(map.y, neighbours, unit);
      statistic.island = false;
      statistic.own = map.x.values[position] - map.x.mean;
      statistic.neighbours = lag.sum / lag.degree;
      const double slope = value(unit, lag, statistic);
      set_p(statistic, map.ranks[unit], slope, options.permutations.permutations);
    }
  });
  return statistics;
}

LocalStatistics moran_of(const SpatialWeights& weights, const ValuePair& values, const LocalOptions& options) {
  const Map map = map_of(weights, values, options);
  const double spread = std::sqrt(map.x.squares) * std::sqrt(map.y.squares);
  return statistics_of(map, options, [&](const UnitIndex unit, const LagMoments& lag, LocalStatistic& statistic) {
    if (!(spread > 0)) {
      return 0.0;
    }
    const auto n = static_cast<double>(map.x.values.size());
    const double slope = statistic.own * ((n - 1) / spread) * map.weights.weight(unit);
    statistic.value = slope * lag.sum;
    statistic.expected = slope * lag.expected;
    statistic.variance = slope * slope * lag.variance;
    return slope;
  });
}

Clusters clusters_of(const LocalStatistics& statistics, const ClusterOptions& options,
                     ClusterKind (*const kind_of)(const LocalStatistic&)) {
  std::vector<double> p;
  for (const LocalStatistic& statistic : statistics) {
    if (!statistic.island) {
      p.push_back(statistic.p_two_sided);
    }
  }
  if (options.correction) {
    p = adjusted_p(p, *options.correction);
  }
  Clusters clusters{IndexedVector<UnitIndex, ClusterKind>(statistics.size(), ClusterKind::island),
                    IndexedVector<UnitIndex, double>(statistics.size(), 1.0)};
  std::size_t test = 0;
  for (const UnitIndex unit : statistics.indices()) {
    if (!statistics[unit].island) {
      clusters.p[unit] = p[test++];
      clusters.kinds[unit] =
          clusters.p[unit] <= options.significance ? kind_of(statistics[unit]) : ClusterKind::not_significant;
    }
  }
  return clusters;
}

}  // namespace

LocalStatistics local_moran(const SpatialWeights& weights, const std::span<const double> values,
                            const LocalOptions& options) {
  return moran_of(weights, {values, values}, options);
}

LocalStatistics bivariate_local_moran(const SpatialWeights& weights, const ValuePair& values, const LocalOptions& options) {
  return moran_of(weights, values, options);
}

LocalStatistics getis_ord_gi(const SpatialWeights& weights, const std::span<const double> values,
                             const LocalOptions& options) {
  const Map map = map_of(weights, {values, values}, options);
  return statistics_of(map, options, [](UnitIndex, const LagMoments& lag, LocalStatistic& statistic) {
    if (!(lag.variance > 0)) {
      return 0.0;
    }
    statistic.value = (lag.sum - lag.expected) / std::sqrt(lag.variance);
    statistic.variance = 1;
    return 1.0;
  });
}

LocalStatistics getis_ord_gi_star(const SpatialWeights& weights, const std::span<const double> values,
                                  const LocalOptions& options) {
  const Map map = map_of(weights, {values, values}, options);
  const auto n = static_cast<double>(map.y.values.size());
  return statistics_of(map, options, [&](UnitIndex, const LagMoments& lag, LocalStatistic& statistic) {
    const double members = lag.degree + 1;
    const double deviation = std::sqrt(map.y.squares / n * (members * (n - members) / (n - 1)));
    if (!(deviation > 0)) {
      return 0.0;
    }
    statistic.value = (lag.sum + statistic.own) / deviation;
    statistic.expected = (lag.expected + statistic.own) / deviation;
    statistic.variance = lag.variance / (deviation * deviation);
    return 1.0;
  });
}

Clusters moran_clusters(const LocalStatistics& statistics, const ClusterOptions& options) {
  return clusters_of(statistics, options, [](const LocalStatistic& statistic) {
    if (statistic.own > 0) {
      return statistic.neighbours > 0 ? ClusterKind::high_high : ClusterKind::high_low;
    }
    return statistic.neighbours > 0 ? ClusterKind::low_high : ClusterKind::low_low;
  });
}

Clusters hot_and_cold_spots(const LocalStatistics& statistics, const ClusterOptions& options) {
  return clusters_of(statistics, options, [](const LocalStatistic& statistic) {
    return statistic.value > 0 ? ClusterKind::high_high : ClusterKind::low_low;
  });
}

}  // namespace maillage
