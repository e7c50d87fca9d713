#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

/// Measures that need to know of an origin its own trips only.
namespace maillage::access {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

Cost last_cutoff(const IntervalCumulativeAccess& measure) {
  return measure.from + (measure.to - measure.from) / measure.step * measure.step;
}

/// How much a facility counts at a cost.
Decay weight_of(const CumulativeAccess& measure) {
  return {.kind = BinaryDecay{}, .farthest = measure.cutoff};
}
/// A facility counts at every cutoff from its cost on.
Decay weight_of(const IntervalCumulativeAccess& measure) {
  const Cost steps = (measure.to - measure.from) / measure.step;
  const double cutoffs = static_cast<double>(steps) + 1;
  SteppedDecay decay;
  for (Cost step = 0; step <= steps; ++step) {
    decay.steps.push_back({.up_to = measure.from + step * measure.step, .weight = (cutoffs - step) / cutoffs});
  }
  return {.kind = std::move(decay), .farthest = last_cutoff(measure)};
}
Decay weight_of(const GravityAccess& measure) {
  return measure.decay;
}
Decay weight_of(const TotalConstrainedAccess& measure) {
  return measure.decay;
}
template <typename Other>
Decay weight_of(const Other&) {
  throw ArgumentError("accessibility: no sum of supply");
}

/// The supply in reach, weighed by cost.
class SupplyInReach final : public RunningMeasure {
 public:
  SupplyInReach(const AccessMeasure& measure, const Shared& shared, AccessResult& result)
      : supply_(shared.inputs.supply),
        result_(result),
        weights_(shared.weights.of({.decay = std::visit([](const auto& m) { return weight_of(m); }, measure)})),
        scaled_(std::holds_alternative<TotalConstrainedAccess>(measure)) {}

  void ask(TripSums& sums) override {
    sum_ = sums.per_origin(weights_, {supply_.begin(), supply_.end()});
    reached_ = sums.reached(weights_);
  }

  bool end_walk(const TripSums& sums) override {
    std::ranges::copy(sums.of(*sum_), result_.of_origin.begin());
    list_unreached(sums, *reached_, result_);
    if (scaled_) {
      scale_to_supply();
    }
    return false;
  }

 private:
  void scale_to_supply() {
    CompensatedSum access;
    CompensatedSum supply;
    for (const double value : result_.of_origin) {
      access.add(value);
    }
    for (const double value : supply_) {
      supply.add(value);
    }
    for (double& value : result_.of_origin) {
      value = access.value() > 0 ? value * (supply.value() / access.value()) : 0;
    }
  }

  std::span<const double> supply_;
  AccessResult& result_;
  const CostWeights& weights_;
  bool scaled_;
  std::optional<TripSums::PerOrigin> sum_;
  std::optional<TripSums::Reached> reached_;
};

/// What depends on the order of an origin's facilities.
class ByCost final : public RunningMeasure {
 public:
  ByCost(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure), inputs_(inputs), result_(result) {
    if (const auto* nearest = std::get_if<CostToKth>(&measure); nearest != nullptr && nearest->k == 0) {
      throw ArgumentError("cost to the k-th facility: k counts from 1");
    }
  }

  [[nodiscard]] bool reads_rows() const override { return true; }

  void row(const OriginIndex origin, const std::span<const Reach> trips) override {
    reaches_ = !trips.empty();
    result_.of_origin[origin.value()] =
        std::visit([&](const auto& measure) { return value_of(measure, origin, trips); }, measure_);
    if (!reaches_) {
      result_.without_facility.push_back(origin);
    }
  }

  bool end_walk(const TripSums&) override { return false; }

 private:
  [[nodiscard]] double supply_of(const Reach& trip) const { return inputs_.supply[trip.facility.value()]; }

  double value_of(const CostToKth& measure, OriginIndex, const std::span<const Reach> trips) {
    return trips.size() < measure.k ? kMissing : static_cast<double>(trips[measure.k - 1].cost);
  }

  double value_of(const BalancingCost&, const OriginIndex origin, const std::span<const Reach> trips) {
    CompensatedSum sum;
    for (const Reach& trip : trips) {
      sum.add(supply_of(trip));
      if (sum.value() >= inputs_.population[origin.value()]) {
        return trip.cost;
      }
    }
    return kMissing;
  }

  double value_of(const IntervalCumulativeAccess& measure, OriginIndex, const std::span<const Reach> trips) {
    reaches_ = !trips.empty() && trips.front().cost <= last_cutoff(measure);
    std::vector<double> values;  // ascending
    CompensatedSum sum;
    auto next = trips.begin();
    for (std::uint64_t cutoff = measure.from; cutoff <= measure.to; cutoff += measure.step) {
      for (; next != trips.end() && next->cost <= cutoff; ++next) {
        sum.add(supply_of(*next));
      }
      values.push_back(sum.value());
    }
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  template <typename Other>
  double value_of(const Other&, OriginIndex, std::span<const Reach>) {
    throw ArgumentError("accessibility: no measure by cost");
  }

  const AccessMeasure measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  bool reaches_ = false;
};

}  // namespace

RunningPointer start_counting(const AccessMeasure& measure, const Shared& shared, AccessResult& result) {
  if (const auto* interval = std::get_if<IntervalCumulativeAccess>(&measure);
      interval != nullptr && (interval->step == 0 || interval->from > interval->to)) {
    throw ArgumentError("interval cumulative access: no step, or an interval that ends before it starts");
  }
  if (needs_order(measure)) {
    return std::make_unique<ByCost>(measure, shared.inputs, result);
  }
  return std::make_unique<SupplyInReach>(measure, shared, result);
}

}  // namespace maillage::access
