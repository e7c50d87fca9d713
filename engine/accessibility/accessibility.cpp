#include "engine/accessibility/accessibility.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

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

/// Some rows at a time: each measure then works through them with its own tables at hand, and beside the other measures.
class RowBlock {
 public:
  /// Trips to facilities without supply are left out.
  void add(const OriginIndex origin, const std::span<const Reach> row, const std::span<const double> supply) {
    origins_.push_back(origin);
    std::ranges::copy_if(row, std::back_inserter(trips_),
                         [&](const Reach& reach) { return supply[reach.facility.value()] > 0; });
    last_.push_back(trips_.size());
  }
  void clear() {
    origins_.clear();
    trips_.clear();
    last_.clear();
  }
  [[nodiscard]] bool is_full() const { return trips_.size() >= kMostTrips || last_.size() >= kMostTrips; }
  [[nodiscard]] std::size_t rows() const { return origins_.size(); }
  [[nodiscard]] OriginIndex origin(const std::size_t row) const { return origins_[row]; }
  [[nodiscard]] std::span<const Reach> trips(const std::size_t row) const {
    const std::size_t first = row == 0 ? 0 : last_[row - 1];
    return std::span<const Reach>{trips_}.subspan(first, last_[row] - first);
  }

 private:
  static constexpr std::size_t kMostTrips = std::size_t{1} << 16U;

  std::vector<OriginIndex> origins_;
  std::vector<Reach> trips_;
  std::vector<std::size_t> last_;
};

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
  RowBlock block;
  const auto work_off = [&] {
    parallel_for_blocks(active.size(), 1, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        for (std::size_t row = 0; row < block.rows(); ++row) {
          active[k].running.row(block.origin(row), block.trips(row));
        }
      }
    });
    block.clear();
  };
  while (!active.empty()) {
    trips.each_row([&](const OriginIndex origin, const std::span<const Reach> row) {
      block.add(origin, row, inputs.supply);
      if (block.is_full()) {
        work_off();
      }
    });
    work_off();
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
