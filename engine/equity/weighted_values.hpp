#pragma once

#include <span>
#include <vector>

namespace maillage {

/// Population that has one and the same value.
struct ValueClass {
  double value = 0;       ///< in the unit of what is measured
  double population = 0;  ///< > 0
};

/// A measured quantity over a population, as classes of equal value. The same bits for shuffled rows.
struct WeightedValues {
  std::vector<ValueClass> classes;  ///< by value, ascending, each value once; none without population
  double population = 0;            ///< of all classes
  double mean = 0;                  ///< population-weighted; 0 where nobody lives

  [[nodiscard]] double share(const ValueClass& of) const { return of.population / population; }
};

/// Gathers units by value. Units without population carry no weight and are not there.
/// \param values      one per unit, finite and >= 0
/// \param population  one per unit, finite and >= 0
/// \throws ArgumentError if the sizes differ or a number is none of these.  Cost: O(n log n).
[[nodiscard]] WeightedValues weighted_values(std::span<const double> values, std::span<const double> population);

}  // namespace maillage
