#include "engine/equity/weight_sums.hpp"

#include <algorithm>

#include "engine/core/compensated_sum.hpp"

namespace maillage {

WeightSums weight_sums(const SpatialWeights& weights) {
  CompensatedSum s0;
  CompensatedSum s1;
  std::vector<CompensatedSum> around(weights.units());
  for (const UnitIndex unit : weights.neighbours.indices()) {
    const double weight = weights.weight(unit);
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      const bool mutual = std::ranges::binary_search(weights.neighbours[neighbour], unit);
      const double back = mutual ? weights.weight(neighbour) : 0;
      s0.add(weight);
      // Half of (w_ij + w_ji)^2; a link of one direction is met once, not twice.
      s1.add((weight + back) * (weight + back) * (mutual ? 0.5 : 1));
      around[unit.value()].add(weight);
      around[neighbour.value()].add(weight);
    }
  }
  CompensatedSum s2;
  for (const CompensatedSum& sum : around) {
    s2.add(sum.value() * sum.value());
  }
  return {s0.value(), s1.value(), s2.value()};
}

}  // namespace maillage
