#include "engine/accessibility/accessibility.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

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

access::RunningPointer start(const AccessMeasure& measure, const access::Shared& shared, AccessResult& result) {
  return std::visit(
      Overloaded{[&](const auto&) { return access::start_catchment(measure, shared, result); },
                 [&](const CostToKth&) { return access::start_counting(measure, shared, result); },
                 [&](const CumulativeAccess&) { return access::start_counting(measure, shared, result); },
                 [&](const IntervalCumulativeAccess&) { return access::start_counting(measure, shared, result); },
                 [&](const BalancingCost&) { return access::start_counting(measure, shared, result); },
                 [&](const GravityAccess&) { return access::start_counting(measure, shared, result); },
                 [&](const TotalConstrainedAccess&) { return access::start_counting(measure, shared, result); },
                 [&](const CompetitiveAccess& m) { return access::start_competition(m, shared, result); },
                 [&](const RationalAgentAccess& m) { return access::start_rational_agents(m, shared, result); }},
      measure);
}

/// The trips of a block to facilities that are some.
class WithSupply {
 public:
  explicit WithSupply(const std::span<const double> supply)
      : supply_(supply),
        all_(std::ranges::all_of(supply, [](const double amount) { return amount > 0; })) {}

  /// \returns a view that holds until the next call
  [[nodiscard]] TripRows of(const TripRows& rows) {
    if (all_) {
      return rows;
    }
    std::vector<std::uint64_t> first{0};
    std::vector<Reach> trips;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      std::ranges::copy_if(rows[row], std::back_inserter(trips),
                           [&](const Reach& trip) { return supply_[trip.facility.value()] > 0; });
      first.push_back(trips.size());
    }
    kept_ = {std::move(first), std::move(trips)};
    return {rows.size() == 0 ? OriginIndex{0U} : rows.origin(0), kept_, 0, rows.size()};
  }

 private:
  std::span<const double> supply_;
  bool all_;
  Csr<OriginIndex, Reach> kept_;
};

struct Active {
  std::size_t measure;
  access::RunningPointer running;
};

/// Once over all trips for all measures; those that need no other walk are then out.
void walk(const TripSource& trips, const std::span<const double> supply, std::vector<Active>& active,
          std::vector<AccessResult>& results) {
  access::TripSums sums{trips.origins(), supply};
  std::vector<access::RunningMeasure*> readers;
  for (const Active& one : active) {
    one.running->ask(sums);
    if (one.running->reads_rows()) {
      readers.push_back(one.running.get());
    }
  }
  sums.start();
  WithSupply with_supply{supply};
  trips.each_block([&](const TripRows& rows) {
    sums.add_per_origin(rows);
    const TripRows read = readers.empty() ? rows : with_supply.of(rows);
    // Readers first: some take longer than any part.
    parallel_for_blocks(readers.size() + sums.facility_parts(), 1, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        if (k >= readers.size()) {
          sums.add_per_facility(k - readers.size(), rows);
          continue;
        }
        for (std::size_t row = 0; row < read.size(); ++row) {
          readers[k]->row(read.origin(row), read[row]);
        }
      }
    });
  });
  std::erase_if(active, [&](const Active& one) {
    ++results[one.measure].walks;
    return !one.running->end_walk(sums);
  });
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
  const auto* interval = std::get_if<IntervalCumulativeAccess>(&measure);
  return (interval != nullptr && interval->median) || std::holds_alternative<CostToKth>(measure) ||
         std::holds_alternative<BalancingCost>(measure) || std::holds_alternative<VariableCatchment>(measure) ||
         std::holds_alternative<RationalAgentAccess>(measure);
}

std::vector<AccessResult> measure_access(const TripSource& trips, const AccessInputs& inputs,
                                         const std::span<const AccessMeasure> measures) {
  require_amounts(inputs.population, trips.origins(), "population");
  require_amounts(inputs.supply, trips.facilities(), "supply");
  std::vector<AccessResult> results(measures.size());
  access::WeightPool weights;
  const access::Shared shared{inputs, weights};
  std::vector<Active> active;
  for (std::size_t k = 0; k < measures.size(); ++k) {
    results[k].of_origin.assign(trips.origins(), 0);
    active.push_back({k, start(measures[k], shared, results[k])});
  }
  while (!active.empty()) {
    walk(trips, inputs.supply, active, results);
  }
  return results;
}

std::vector<double> access::ratios_of(const std::span<const double> supply, const std::span<const double> demand,
                                      AccessResult& result) {
  std::vector<double> ratios(supply.size());
  for (std::size_t facility = 0; facility < supply.size(); ++facility) {
    if (supply[facility] > 0 && !(demand[facility] > 0)) {
      result.without_demand.push_back(FacilityIndex{facility});
    } else if (supply[facility] > 0) {
      ratios[facility] = supply[facility] / demand[facility];
    }
  }
  return ratios;
}

void access::list_unreached(const TripSums& sums, const TripSums::Reached question, AccessResult& result) {
  for (std::size_t origin = 0; origin < result.of_origin.size(); ++origin) {
    if (!sums.is_reached(question, OriginIndex{origin})) {
      result.without_facility.push_back(OriginIndex{origin});
    }
  }
}

}  // namespace maillage
