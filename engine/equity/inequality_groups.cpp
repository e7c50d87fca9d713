#include "engine/equity/inequality_groups.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/equity/inequality.hpp"

namespace maillage {

namespace {

struct Units {
  std::vector<double> values;
  std::vector<double> population;
  void add(const double value, const double people) {
    values.push_back(value);
    population.push_back(people);
  }
  [[nodiscard]] WeightedValues weighted() const { return weighted_values(values, population); }
};

GroupInequality group_of(const WeightedValues& group, const WeightedValues& all) {
  GroupInequality result;
  if (group.classes.empty()) {
    return result;
  }
  result.population_share = group.population / all.population;
  result.mean = group.mean;
  result.value_share = all.mean > 0 ? result.population_share * (group.mean / all.mean) : 0;
  result.gini = gini(group);
  result.theil_t = theil_t(group);
  result.theil_l = mean_log_deviation(group).value;
  return result;
}

/// Everybody has the mean of the own group.
WeightedValues group_means(const std::vector<WeightedValues>& groups) {
  Units means;
  for (const WeightedValues& group : groups) {
    means.add(group.mean, group.population);
  }
  return means.weighted();
}

GiniParts gini_parts(const InequalityDecomposition& parts, const WeightedValues& all, const WeightedValues& means) {
  CompensatedSum within;
  for (const GroupInequality& group : parts.groups) {
    within.add(group.population_share * group.value_share * group.gini.value_or(0));
  }
  GiniParts result{gini(all).value(), gini(means).value(), within.value(), 0};
  result.overlap = std::max(0.0, result.total - result.between - result.within);
  return result;
}

}  // namespace

InequalityDecomposition decompose_inequality(const GroupedValues& units) {
  if (units.values.size() != units.population.size() || units.values.size() != units.groups.size()) {
    throw ArgumentError("decompose_inequality: one population and group per value");
  }
  (void)weighted_values(units.values, units.population);  // what it refuses is refused here
  Units kept;
  std::vector<Units> by_group(units.group_count);
  CompensatedSum without;
  for (std::size_t unit = 0; unit < units.values.size(); ++unit) {
    const GroupIndex group = units.groups[unit];
    if (group.is_none()) {
      without.add(units.population[unit]);
      continue;
    }
    if (group.value() >= units.group_count) {
      throw ArgumentError("decompose_inequality: a group beyond the number of groups");
    }
    kept.add(units.values[unit], units.population[unit]);
    by_group[group.value()].add(units.values[unit], units.population[unit]);
  }
  InequalityDecomposition result;
  result.population_without_group = without.value();
  const WeightedValues all = kept.weighted();
  std::vector<WeightedValues> groups;
  for (const Units& of_group : by_group) {
    groups.push_back(of_group.weighted());
    result.groups.push_back(group_of(groups.back(), all));
  }
  if (!(all.mean > 0)) {
    return result;
  }
  const WeightedValues means = group_means(groups);
  result.gini = gini_parts(result, all, means);
  CompensatedSum within_t;
  CompensatedSum within_l;
  for (const GroupInequality& group : result.groups) {
    within_t.add(group.value_share * group.theil_t.value_or(0));
    within_l.add(group.population_share * group.theil_l.value_or(0));
  }
  result.theil_t = AdditiveParts{theil_t(all).value(), theil_t(means).value(), within_t.value()};
  if (const std::optional<double> total = mean_log_deviation(all).value) {
    result.theil_l = AdditiveParts{*total, mean_log_deviation(means).value.value_or(0), within_l.value()};
  }
  return result;
}

}  // namespace maillage
