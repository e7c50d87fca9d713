#include "engine/accessibility/disagreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr double kWorstFrom = 0.9;

std::vector<double> ranks_of(const RankedMeasure& measure) {
  struct Place {
    double badness;
    std::size_t unit;
  };
  std::vector<Place> places;
  for (std::size_t unit = 0; unit < measure.values.size(); ++unit) {
    const double value = measure.values[unit];
    if (!std::isnan(value)) {
      places.push_back({measure.more_is_better ? -value : value, unit});
    } else if (!measure.more_is_better) {
      places.push_back({std::numeric_limits<double>::infinity(), unit});
    }
  }
  std::ranges::sort(places, {}, &Place::badness);
  std::vector<double> ranks(measure.values.size(), kMissing);
  for (std::size_t begin = 0; begin < places.size();) {
    std::size_t end = begin;
    while (end < places.size() && places[end].badness == places[begin].badness) {
      ++end;
    }
    const double shared = (static_cast<double>(begin) + 1 + static_cast<double>(end)) / 2;
    for (; begin < end; ++begin) {
      ranks[places[begin].unit] = shared;
    }
  }
  return ranks;
}

double median_of(std::vector<double>& values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

Disagreement compare_measures(const std::span<const RankedMeasure> measures, const std::size_t units) {
  Disagreement result;
  result.median_rank.assign(units, kMissing);
  result.spread.assign(units, kMissing);
  result.measures.assign(units, 0);
  result.in_worst_tenth.assign(units, 0);
  std::vector<std::size_t> ranked;
  for (const RankedMeasure& measure : measures) {
    if (measure.values.size() != units) {
      throw ArgumentError("compare_measures: a measure needs one value per unit");
    }
    result.ranks.push_back(ranks_of(measure));
    ranked.push_back(static_cast<std::size_t>(
        std::ranges::count_if(result.ranks.back(), [](const double rank) { return !std::isnan(rank); })));
  }
  std::vector<double> own;
  for (std::size_t unit = 0; unit < units; ++unit) {
    own.clear();
    for (std::size_t measure = 0; measure < measures.size(); ++measure) {
      const double rank = result.ranks[measure][unit];
      if (std::isnan(rank)) {
        continue;
      }
      own.push_back(rank);
      result.in_worst_tenth[unit] += rank > kWorstFrom * static_cast<double>(ranked[measure]) ? 1U : 0U;
    }
    result.measures[unit] = static_cast<std::uint32_t>(own.size());
    if (!own.empty()) {
      result.median_rank[unit] = median_of(own);
    }
    if (own.size() > 1) {
      result.spread[unit] = own.back() - own.front();
    }
  }
  return result;
}

}  // namespace maillage
