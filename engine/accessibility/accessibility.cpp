#include "engine/accessibility/accessibility.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

void require_amounts(const std::span<const double> amounts, const std::size_t count, const char* what) {
  if (amounts.size() != count) {
    throw ArgumentError(std::string{"accessibility: not one "} + what + " each");
  }
  if (!std::all_of(amounts.begin(), amounts.end(),
                   [](const double amount) { return std::isfinite(amount) && amount >= 0; })) {
    throw ArgumentError(std::string{"accessibility: a "} + what + " that is negative or not finite");
  }
}

access::Running start(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result) {
  return std::visit(
      Overloaded{[&](const auto&) { return access::start_catchment(measure, inputs, result); },
                 [&](const CostToKth&) { return access::start_counting(measure, inputs, result); },
                 [&](const CumulativeAccess&) { return access::start_counting(measure, inputs, result); },
                 [&](const IntervalCumulativeAccess&) { return access::start_counting(measure, inputs, result); },
                 [&](const BalancingCost&) { return access::start_counting(measure, inputs, result); },
                 [&](const GravityAccess&) { return access::start_counting(measure, inputs, result); },
                 [&](const TotalConstrainedAccess&) { return access::start_counting(measure, inputs, result); },
                 [&](const CompetitiveAccess&) { return access::start_competition(measure, inputs, result); },
                 [&](const RationalAgentAccess&) { return access::start_competition(measure, inputs, result); }},
      measure);
}

}  // namespace

Cost farthest_cost(const AccessMeasure& measure) {
  return std::visit(
      Overloaded{[](const CostToKth&) { return kUnreachable - 1; }, [](const BalancingCost&) { return kUnreachable - 1; },
                 [](const CumulativeAccess& m) { return m.cutoff; }, [](const IntervalCumulativeAccess& m) { return m.to; },
                 [](const VariableCatchment& m) { return m.most; }, [](const RationalAgentAccess& m) { return m.farthest; },
                 [](const auto& m) { return m.decay.farthest; }},
      measure);
}

bool needs_order(const AccessMeasure& measure) {
  return std::holds_alternative<CostToKth>(measure) || std::holds_alternative<IntervalCumulativeAccess>(measure) ||
         std::holds_alternative<BalancingCost>(measure) || std::holds_alternative<VariableCatchment>(measure) ||
         std::holds_alternative<RationalAgentAccess>(measure);
}

std::vector<AccessResult> measure_access(const TripSource& trips, const AccessInputs& inputs,
                                         const std::span<const AccessMeasure> measures) {
  require_amounts(inputs.population, trips.origins(), "population");
  require_amounts(inputs.supply, trips.facilities(), "supply");
  std::vector<AccessResult> results(measures.size());
  struct Active {
    std::size_t measure;
    access::Running running;
  };
  std::vector<Active> active;
  for (std::size_t k = 0; k < measures.size(); ++k) {
    results[k].of_origin.assign(trips.origins(), 0);
    active.push_back({k, start(measures[k], inputs, results[k])});
  }
  const bool all_serve = std::ranges::all_of(inputs.supply, [](const double supply) { return supply > 0; });
  std::vector<Reach> kept;
  const auto served = [&](const std::span<const Reach> row) {
    if (all_serve) {
      return row;
    }
    kept.clear();
    std::ranges::copy_if(row, std::back_inserter(kept),
                         [&](const Reach& reach) { return inputs.supply[reach.facility.value()] > 0; });
    return std::span<const Reach>{kept};
  };
  while (!active.empty()) {
    trips.each_row([&](const OriginIndex origin, const std::span<const Reach> row) {
      const std::span<const Reach> facilities = served(row);
      for (const Active& one : active) {
        one.running.row(origin, facilities);
      }
    });
    std::vector<Active> left;
    for (Active& one : active) {
      ++results[one.measure].walks;
      if (one.running.end_walk()) {
        left.push_back(std::move(one));
      }
    }
    active = std::move(left);
  }
  return results;
}

double access::ratio_of(const FacilityIndex facility, const double supply, const double demand, AccessResult& result) {
  if (supply <= 0) {
    return 0;
  }
  if (!(demand > 0)) {
    result.without_demand.push_back(facility);
    return 0;
  }
  return supply / demand;
}

}  // namespace maillage
