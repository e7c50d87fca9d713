#include <algorithm>
#include <limits>
#include <vector>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

/// Measures that need to know of an origin its own trips only.
namespace maillage::access {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// What counts for one origin: from its trips by ascending cost.
class OneOrigin {
 public:
  OneOrigin(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure), inputs_(inputs), result_(result) {
    if (const auto* gravity = std::get_if<GravityAccess>(&measure)) {
      weights_.emplace_back(gravity->decay);
    } else if (const auto* total = std::get_if<TotalConstrainedAccess>(&measure)) {
      weights_.emplace_back(total->decay);
    } else if (const auto* interval = std::get_if<IntervalCumulativeAccess>(&measure)) {
      if (interval->step == 0 || interval->from > interval->to) {
        throw ArgumentError("interval cumulative access: no step, or an interval that ends before it starts");
      }
    } else if (const auto* nearest = std::get_if<CostToKth>(&measure); nearest != nullptr && nearest->k == 0) {
      throw ArgumentError("cost to the k-th facility: k counts from 1");
    }
  }

  void row(const OriginIndex origin, const std::span<const Reach> trips) {
    const double value = std::visit([&](const auto& measure) { return value_of(measure, origin, trips); }, measure_);
    result_.of_origin[origin.value()] = value;
    if (!reaches_) {
      result_.without_facility.push_back(origin);
    }
  }

  bool end_walk() {
    if (std::holds_alternative<TotalConstrainedAccess>(measure_)) {
      scale_to_supply();
    }
    return false;
  }

 private:
  [[nodiscard]] double supply_of(const Reach& trip) const { return inputs_.supply[trip.facility.value()]; }

  double value_of(const CostToKth& measure, OriginIndex, const std::span<const Reach> trips) {
    reaches_ = !trips.empty();
    return trips.size() < measure.k ? kMissing : static_cast<double>(trips[measure.k - 1].cost);
  }

  double value_of(const CumulativeAccess& measure, OriginIndex, const std::span<const Reach> trips) {
    CompensatedSum sum;
    reaches_ = false;
    for (const Reach& trip : trips) {
      if (trip.cost <= measure.cutoff) {
        sum.add(supply_of(trip));
        reaches_ = true;
      }
    }
    return sum.value();
  }

  double value_of(const IntervalCumulativeAccess& measure, OriginIndex, const std::span<const Reach> trips) {
    reaches_ = !trips.empty() && trips.front().cost <= last_cutoff(measure);
    return measure.median ? median_over(measure, trips) : mean_over(measure, trips);
  }

  static Cost last_cutoff(const IntervalCumulativeAccess& measure) {
    return measure.from + (measure.to - measure.from) / measure.step * measure.step;
  }

  /// A facility counts at every cutoff from its cost on.
  [[nodiscard]] double mean_over(const IntervalCumulativeAccess& measure, const std::span<const Reach> trips) const {
    const double cutoffs = static_cast<double>((measure.to - measure.from) / measure.step) + 1;
    CompensatedSum sum;
    for (const Reach& trip : trips) {
      if (trip.cost > last_cutoff(measure)) {
        break;
      }
      const Cost missed = trip.cost <= measure.from ? 0 : (trip.cost - measure.from + measure.step - 1) / measure.step;
      sum.add(supply_of(trip) * (cutoffs - static_cast<double>(missed)));
    }
    return sum.value() / cutoffs;
  }

  [[nodiscard]] double median_over(const IntervalCumulativeAccess& measure, const std::span<const Reach> trips) const {
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

  double value_of(const BalancingCost&, const OriginIndex origin, const std::span<const Reach> trips) {
    reaches_ = !trips.empty();
    CompensatedSum sum;
    for (const Reach& trip : trips) {
      sum.add(supply_of(trip));
      if (sum.value() >= inputs_.population[origin.value()]) {
        return trip.cost;
      }
    }
    return kMissing;
  }

  /// Gravity, and the total constrained measure before it is scaled.
  template <typename WithDecay>
  double value_of(const WithDecay&, OriginIndex, const std::span<const Reach> trips) {
    CompensatedSum sum;
    reaches_ = false;
    for (const Reach& trip : trips) {
      const double weight = weights_.front().weight(trip.cost);
      sum.add(weight * supply_of(trip));
      reaches_ = reaches_ || weight > 0;
    }
    return sum.value();
  }

  void scale_to_supply() {
    CompensatedSum access;
    CompensatedSum supply;
    for (const double value : result_.of_origin) {
      access.add(value);
    }
    for (const double value : inputs_.supply) {
      supply.add(value);
    }
    for (double& value : result_.of_origin) {
      value = access.value() > 0 ? value * (supply.value() / access.value()) : 0;
    }
  }

  const AccessMeasure measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  std::vector<DecayTable> weights_;  ///< one, where there is a decay
  bool reaches_ = false;
};

}  // namespace

Running start_counting(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result) {
  return run(std::make_shared<OneOrigin>(measure, inputs, result));
}

}  // namespace maillage::access
