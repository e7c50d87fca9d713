#include "engine/equity/weighted_values.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

void require_countable(const std::span<const double> numbers, const char* const message) {
  if (!std::ranges::all_of(numbers, [](const double number) { return std::isfinite(number) && number >= 0; })) {
    throw ArgumentError(message);
  }
}

}  // namespace

WeightedValues weighted_values(const std::span<const double> values, const std::span<const double> population) {
  if (values.size() != population.size()) {
    throw ArgumentError("weighted_values: one population per value");
  }
  require_countable(values, "weighted_values: values must be finite and not negative");
  require_countable(population, "weighted_values: populations must be finite and not negative");
  std::vector<ValueClass> units;
  units.reserve(values.size());
  for (std::size_t unit = 0; unit < values.size(); ++unit) {
    if (population[unit] > 0) {
      units.push_back({values[unit] + 0.0, population[unit]});  // + 0.0: minus zero is zero
    }
  }
  // By population too: the order of rows must not be seen in the sums.
  std::ranges::sort(units, [](const ValueClass& a, const ValueClass& b) {
    return a.value != b.value ? a.value < b.value : a.population < b.population;
  });
  WeightedValues result;
  CompensatedSum people;
  CompensatedSum total;
  for (std::size_t begin = 0; begin < units.size();) {
    CompensatedSum of_class;
    std::size_t end = begin;
    for (; end < units.size() && units[end].value == units[begin].value; ++end) {
      of_class.add(units[end].population);
    }
    result.classes.push_back({units[begin].value, of_class.value()});
    people.add(of_class.value());
    total.add(of_class.value() * units[begin].value);
    begin = end;
  }
  result.population = people.value();
  if (!result.classes.empty()) {
    // A mean lies among its values, to the last bit: alike is alike.
    result.mean = std::clamp(total.value() / people.value(), result.classes.front().value, result.classes.back().value);
  }
  if (!std::isfinite(result.population) || !std::isfinite(result.mean)) {
    throw ArgumentError("weighted_values: the sum of populations or of values is beyond what a double holds");
  }
  return result;
}

}  // namespace maillage
