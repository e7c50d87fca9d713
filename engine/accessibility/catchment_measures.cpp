#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

/// Measures that first ask every facility who comes, then every origin what is left for it.
namespace maillage::access {

namespace {

/// What floating catchments, choosing origins, balanced catchments and shared supply have in common: a weight by which an
/// origin's people come to a facility, and one by which it gets of the facility's ratio.
class TwoWalks {
 public:
  TwoWalks(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure),
        inputs_(inputs),
        result_(result),
        decay_(std::visit([](const auto& m) { return decay_of(m); }, measure)),
        demand_(inputs.supply.size()),
        column_(inputs.supply.size()) {
    if (const auto* steps = std::get_if<ThreeStepCatchment>(&measure); steps != nullptr && steps->huff) {
      if (!(steps->huff->supply_exponent >= 0) || !(steps->huff->cost_exponent >= 0) || steps->huff->least_cost == 0) {
        throw ArgumentError("Huff's probabilities: a negative exponent, or no least cost");
      }
      for (const double supply : inputs.supply) {
        of_supply_.push_back(std::pow(supply, steps->huff->supply_exponent));
      }
      for (Cost cost = 0; cost <= decay_.farthest(); ++cost) {
        of_cost_.push_back(
            std::pow(static_cast<double>(std::max(cost, steps->huff->least_cost)), -steps->huff->cost_exponent));
      }
    }
    if (const auto* shared = std::get_if<SpatialAvailability>(&measure);
        shared != nullptr && !(shared->population_exponent >= 0)) {
      throw ArgumentError("spatial availability: a negative exponent");
    }
  }

  void row(const OriginIndex origin, const std::span<const Reach> trips) {
    const double population = inputs_.population[origin.value()];
    const double choices = std::visit([&](const auto& m) { return choices_of(m, trips); }, measure_);
    if (!giving_) {
      for (const Reach& trip : trips) {
        const double weight = decay_.weight(trip.cost);
        if (weight > 0) {
          demand_[trip.facility.value()].add(
              std::visit([&](const auto& m) { return comes(m, population, trip, weight, choices); }, measure_));
          column_[trip.facility.value()].add(weight);
        }
      }
      return;
    }
    CompensatedSum access;
    bool reaches = false;
    for (const Reach& trip : trips) {
      const double weight = decay_.weight(trip.cost);
      if (weight > 0) {
        reaches = true;
        access.add(std::visit([&](const auto& m) { return gets(m, population, trip, weight, choices); }, measure_));
      }
    }
    result_.of_origin[origin.value()] = access.value();
    if (!reaches) {
      result_.without_facility.push_back(origin);
    }
  }

  bool end_walk() {
    if (giving_) {
      return false;
    }
    giving_ = true;
    result_.of_facility.resize(inputs_.supply.size());
    for (std::size_t facility = 0; facility < inputs_.supply.size(); ++facility) {
      result_.of_facility[facility] =
          ratio_of(FacilityIndex{facility}, inputs_.supply[facility], demand_[facility].value(), result_);
    }
    return true;
  }

 private:
  static DecayTable decay_of(const FloatingCatchment& m) { return DecayTable(m.decay); }
  static DecayTable decay_of(const ThreeStepCatchment& m) { return DecayTable(m.decay); }
  static DecayTable decay_of(const BalancedCatchment& m) { return DecayTable(m.decay); }
  static DecayTable decay_of(const SpatialAvailability& m) { return DecayTable(m.decay); }
  template <typename Other>
  static DecayTable decay_of(const Other&) {
    throw ArgumentError("accessibility: no measure of catchments");
  }

  [[nodiscard]] double ratio(const Reach& trip) const { return result_.of_facility[trip.facility.value()]; }

  /// How attractive a facility is to those who choose.
  [[nodiscard]] double attraction(const ThreeStepCatchment& m, const Reach& trip, const double weight) const {
    if (!m.huff) {
      return weight;
    }
    return of_supply_[trip.facility.value()] * of_cost_[trip.cost];  // the cost is within the decay's reach
  }

  /// How much an origin claims; most studies leave the exponent at 1.
  [[nodiscard]] static double claim(const SpatialAvailability& m, const double population) {
    return m.population_exponent == 1 ? population : std::pow(population, m.population_exponent);
  }

  /// The sum that an origin's choices are divided by.
  template <typename Other>
  [[nodiscard]] double choices_of(const Other&, std::span<const Reach>) const {
    return 1;
  }
  [[nodiscard]] double choices_of(const ThreeStepCatchment& m, const std::span<const Reach> trips) const {
    CompensatedSum sum;
    for (const Reach& trip : trips) {
      if (const double weight = decay_.weight(trip.cost); weight > 0) {
        sum.add(attraction(m, trip, weight));
      }
    }
    return sum.value();
  }
  [[nodiscard]] double choices_of(const BalancedCatchment&, const std::span<const Reach> trips) const {
    CompensatedSum sum;
    for (const Reach& trip : trips) {
      sum.add(decay_.weight(trip.cost));
    }
    return sum.value();
  }

  [[nodiscard]] double comes(const FloatingCatchment&, const double population, const Reach&, const double weight,
                             double) const {
    return population * weight;
  }
  [[nodiscard]] double comes(const ThreeStepCatchment& m, const double population, const Reach& trip, const double weight,
                             const double choices) const {
    return population * weight * (attraction(m, trip, weight) / choices);
  }
  [[nodiscard]] double comes(const BalancedCatchment&, const double population, const Reach&, const double weight,
                             const double choices) const {
    return population * (weight / choices);
  }
  [[nodiscard]] double comes(const SpatialAvailability& m, const double population, const Reach&, const double weight,
                             double) const {
    return population > 0 ? claim(m, population) * weight : 0;
  }
  template <typename Other>
  [[nodiscard]] double comes(const Other&, double, const Reach&, double, double) const {
    return 0;
  }

  [[nodiscard]] double gets(const FloatingCatchment& m, double, const Reach& trip, const double weight, double) const {
    return ratio(trip) * weight * (m.modified ? weight : 1);
  }
  [[nodiscard]] double gets(const ThreeStepCatchment& m, double, const Reach& trip, const double weight,
                            const double choices) const {
    return ratio(trip) * weight * (attraction(m, trip, weight) / choices);
  }
  [[nodiscard]] double gets(const BalancedCatchment&, double, const Reach& trip, const double weight, double) const {
    return ratio(trip) * (weight / column_[trip.facility.value()].value());
  }
  [[nodiscard]] double gets(const SpatialAvailability& m, const double population, const Reach& trip, const double weight,
                            double) const {
    if (population <= 0) {
      return 0;
    }
    return ratio(trip) * claim(m, population) * weight / (m.per_inhabitant ? population : 1);
  }
  template <typename Other>
  [[nodiscard]] double gets(const Other&, double, const Reach&, double, double) const {
    return 0;
  }

  const AccessMeasure measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  DecayTable decay_;
  std::vector<CompensatedSum> demand_;
  std::vector<CompensatedSum> column_;  ///< sums of weights
  std::vector<double> of_supply_;       ///< Huff: per facility, supply to its exponent
  std::vector<double> of_cost_;         ///< Huff: per whole cost, the cost to minus its exponent
  bool giving_ = false;                 ///< the second walk
};

/// Luo and Whippo's catchments, each as large as it needs to be.
class GrowingCatchments {
 public:
  GrowingCatchments(const VariableCatchment& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure), inputs_(inputs), result_(result), comers_(inputs.supply.size()), reach_(inputs.supply.size()) {
    if (measure.least > measure.most || !(measure.base_population >= 0) || !(measure.enough_ratio >= 0)) {
      throw ArgumentError("variable catchments: bounds that do not ascend, or a negative aim");
    }
  }

  void row(const OriginIndex origin, const std::span<const Reach> trips) {
    if (!giving_) {
      for (const Reach& trip : trips) {
        if (trip.cost <= measure_.most && inputs_.population[origin.value()] > 0) {
          comers_[trip.facility.value()].push_back(std::uint64_t{trip.cost} << 32U | origin.value());
        }
      }
      return;
    }
    CompensatedSum access;
    bool reaches = false;
    for (std::size_t k = 0; k < trips.size() && trips[k].cost <= measure_.most; ++k) {
      const bool farther = k > 0 && trips[k].cost > trips[k - 1].cost;
      if (farther && trips[k].cost > measure_.least && access.value() >= measure_.enough_ratio) {
        break;
      }
      if (trips[k].cost <= reach_[trips[k].facility.value()]) {
        access.add(result_.of_facility[trips[k].facility.value()]);
        reaches = true;
      }
    }
    result_.of_origin[origin.value()] = access.value();
    if (!reaches) {
      result_.without_facility.push_back(origin);
    }
  }

  bool end_walk() {
    if (giving_) {
      return false;
    }
    giving_ = true;
    result_.of_facility.resize(comers_.size());
    for (std::size_t facility = 0; facility < comers_.size(); ++facility) {
      std::vector<std::uint64_t>& comers = comers_[facility];
      const auto cost_of = [&](const std::size_t k) { return static_cast<Cost>(comers[k] >> 32U); };
      std::sort(comers.begin(), comers.end());
      CompensatedSum demand;
      reach_[facility] = measure_.most;
      for (std::size_t k = 0; k < comers.size(); ++k) {
        const bool farther = k > 0 && cost_of(k) > cost_of(k - 1);
        if (farther && cost_of(k) > measure_.least && demand.value() >= measure_.base_population) {
          reach_[facility] = std::max(cost_of(k - 1), measure_.least);
          break;
        }
        demand.add(inputs_.population[static_cast<std::uint32_t>(comers[k])]);
      }
      result_.of_facility[facility] = ratio_of(FacilityIndex{facility}, inputs_.supply[facility], demand.value(), result_);
      comers = {};
    }
    return true;
  }

 private:
  const VariableCatchment measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  std::vector<std::vector<std::uint64_t>> comers_;  ///< per facility: cost and origin in one number, to be sorted fast
  std::vector<Cost> reach_;                         ///< per facility
  bool giving_ = false;
};

/// Who comes to a facility, shared out by what else there is.
class CrowdAtFacilities {
 public:
  CrowdAtFacilities(const Crowding& measure, const AccessInputs& inputs, AccessResult& result)
      : inputs_(inputs), result_(result), decay_(measure.decay), crowd_(inputs.supply.size()) {
    result.of_origin.clear();
  }

  void row(const OriginIndex origin, const std::span<const Reach> trips) {
    CompensatedSum supply;
    for (const Reach& trip : trips) {
      supply.add(inputs_.supply[trip.facility.value()] * decay_.weight(trip.cost));
    }
    if (!(supply.value() > 0)) {
      result_.without_facility.push_back(origin);
      return;
    }
    for (const Reach& trip : trips) {
      crowd_[trip.facility.value()].add(inputs_.population[origin.value()] * decay_.weight(trip.cost) / supply.value());
    }
  }

  bool end_walk() {
    for (std::size_t facility = 0; facility < crowd_.size(); ++facility) {
      result_.of_facility.push_back(crowd_[facility].value());
      if (inputs_.supply[facility] > 0 && crowd_[facility].value() == 0) {
        result_.without_demand.push_back(FacilityIndex{facility});
      }
    }
    return false;
  }

 private:
  const AccessInputs inputs_;
  AccessResult& result_;
  DecayTable decay_;
  std::vector<CompensatedSum> crowd_;
};

}  // namespace

Running start_catchment(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result) {
  if (const auto* variable = std::get_if<VariableCatchment>(&measure)) {
    return run(std::make_shared<GrowingCatchments>(*variable, inputs, result));
  }
  if (const auto* crowding = std::get_if<Crowding>(&measure)) {
    return run(std::make_shared<CrowdAtFacilities>(*crowding, inputs, result));
  }
  return run(std::make_shared<TwoWalks>(measure, inputs, result));
}

}  // namespace maillage::access
