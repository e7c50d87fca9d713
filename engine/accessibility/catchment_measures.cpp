#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

/// Measures that first ask every facility who comes, then every origin what is left for it.
namespace maillage::access {

namespace {

/// What floating catchments, choosing origins, balanced catchments and shared supply have in common: in the first walk
/// facilities add up who comes, in the second origins add up what they get of the ratios.
class TwoWalks : public RunningMeasure {
 public:
  TwoWalks(const Shared& shared, AccessResult& result, const Decay& decay)
      : inputs_(shared.inputs), result_(result), decay_(shared.weights.of({.decay = decay})) {}

  void ask(TripSums& sums) final {
    if (giving_) {
      got_ = ask_what_is_got(sums);
    } else {
      reached_ = sums.reached(decay_);
      come_ = ask_who_comes(sums);
    }
  }

  bool end_walk(const TripSums& sums) final {
    if (giving_) {
      const std::span<const double> got = sums.of(*got_);
      for (std::size_t origin = 0; origin < got.size(); ++origin) {
        result_.of_origin[origin] = got_by(origin, got[origin]);
      }
      return false;
    }
    giving_ = true;
    list_unreached(sums, *reached_, result_);
    result_.of_facility = ratios_of(inputs_.supply, who_come(sums, *come_), result_);
    return true;
  }

 protected:
  [[nodiscard]] virtual TripSums::PerFacility ask_who_comes(TripSums& sums) = 0;
  [[nodiscard]] virtual TripSums::PerOrigin ask_what_is_got(TripSums& sums) = 0;
  /// People per facility, of the sum asked for.
  [[nodiscard]] virtual std::vector<double> who_come(const TripSums& sums, const TripSums::PerFacility asked) {
    return sums.of(asked);
  }
  /// An origin's access, of the sum asked for.
  [[nodiscard]] virtual double got_by(std::size_t /*origin*/, const double sum) const { return sum; }

  [[nodiscard]] std::vector<double> population() const { return {inputs_.population.begin(), inputs_.population.end()}; }
  [[nodiscard]] const std::vector<double>& ratios() const { return result_.of_facility; }
  [[nodiscard]] const AccessInputs& inputs() const { return inputs_; }
  [[nodiscard]] const CostWeights& decay() const { return decay_; }

 private:
  const AccessInputs inputs_;
  AccessResult& result_;
  const CostWeights& decay_;
  std::optional<TripSums::Reached> reached_;
  std::optional<TripSums::PerFacility> come_;
  std::optional<TripSums::PerOrigin> got_;
  bool giving_ = false;  ///< the second walk
};

class Floating final : public TwoWalks {
 public:
  Floating(const FloatingCatchment& measure, const Shared& shared, AccessResult& result)
      : TwoWalks(shared, result, measure.decay),
        giving_(shared.weights.of({.decay = measure.decay, .squared = measure.modified})) {}

 private:
  [[nodiscard]] TripSums::PerFacility ask_who_comes(TripSums& sums) override {
    return sums.per_facility(decay(), population());
  }
  [[nodiscard]] TripSums::PerOrigin ask_what_is_got(TripSums& sums) override { return sums.per_origin(giving_, ratios()); }

  const CostWeights& giving_;
};

/// Origins choose among facilities by how attractive these are: a part of the facility times a part of the cost.
class Choosing final : public TwoWalks {
 public:
  Choosing(const ThreeStepCatchment& measure, const Shared& shared, AccessResult& result)
      : TwoWalks(shared, result, measure.decay),
        choosing_(shared.weights.of(choice_of(measure))),
        coming_(shared.weights.of(coming_of(measure))),
        attraction_(presence_of(inputs().supply)) {
    if (measure.huff) {
      for (std::size_t facility = 0; facility < attraction_.size(); ++facility) {
        attraction_[facility] *= std::pow(inputs().supply[facility], measure.huff->supply_exponent);
      }
    }
  }

 private:
  static CostFactor coming_of(const ThreeStepCatchment& measure) {
    if (!measure.huff) {
      return {.decay = measure.decay, .squared = true};
    }
    const ThreeStepCatchment::Huff& huff = *measure.huff;
    if (!(huff.supply_exponent >= 0) || !(huff.cost_exponent >= 0) || huff.least_cost == 0) {
      throw ArgumentError("Huff's probabilities: a negative exponent, or no least cost");
    }
    return {.decay = measure.decay, .cost_exponent = huff.cost_exponent, .least_cost = huff.least_cost};
  }
  /// The part of a facility's attraction that is its cost's.
  static CostFactor choice_of(const ThreeStepCatchment& measure) {
    if (!measure.huff) {
      return {.decay = measure.decay};
    }
    CostFactor factor = coming_of(measure);
    factor.within_reach = true;
    return factor;
  }

  [[nodiscard]] TripSums::PerFacility ask_who_comes(TripSums& sums) override {
    choices_asked_ = sums.per_origin(choosing_, attraction_);
    return sums.per_facility(coming_, population(), choices_asked_);
  }
  [[nodiscard]] std::vector<double> who_come(const TripSums& sums, const TripSums::PerFacility asked) override {
    const std::span<const double> choices = sums.of(*choices_asked_);
    choices_.assign(choices.begin(), choices.end());
    std::vector<double> come = sums.of(asked);
    for (std::size_t facility = 0; facility < come.size(); ++facility) {
      come[facility] *= attraction_[facility];
    }
    return come;
  }
  [[nodiscard]] TripSums::PerOrigin ask_what_is_got(TripSums& sums) override {
    std::vector<double> offered = ratios();
    for (std::size_t facility = 0; facility < offered.size(); ++facility) {
      offered[facility] *= attraction_[facility];
    }
    return sums.per_origin(coming_, std::move(offered));
  }
  [[nodiscard]] double got_by(const std::size_t origin, const double sum) const override {
    return choices_[origin] > 0 ? sum / choices_[origin] : 0;
  }

  const CostWeights& choosing_;
  const CostWeights& coming_;
  std::vector<double> attraction_;  ///< per facility
  std::vector<double> choices_;     ///< per origin, the sum of all attractions
  std::optional<TripSums::PerOrigin> choices_asked_;
};

class Balanced final : public TwoWalks {
 public:
  Balanced(const BalancedCatchment& measure, const Shared& shared, AccessResult& result)
      : TwoWalks(shared, result, measure.decay) {}

 private:
  [[nodiscard]] TripSums::PerFacility ask_who_comes(TripSums& sums) override {
    column_asked_ = sums.per_facility(decay(), std::vector<double>(inputs().population.size(), 1));
    return sums.per_facility(decay(), population(), sums.per_origin(decay(), presence_of(inputs().supply)));
  }
  [[nodiscard]] std::vector<double> who_come(const TripSums& sums, const TripSums::PerFacility asked) override {
    column_ = sums.of(*column_asked_);
    return sums.of(asked);
  }
  [[nodiscard]] TripSums::PerOrigin ask_what_is_got(TripSums& sums) override {
    std::vector<double> offered = ratios();
    for (std::size_t facility = 0; facility < offered.size(); ++facility) {
      offered[facility] = column_[facility] > 0 ? offered[facility] / column_[facility] : 0;
    }
    return sums.per_origin(decay(), std::move(offered));
  }

  std::vector<double> column_;  ///< per facility, the sum of weights
  std::optional<TripSums::PerFacility> column_asked_;
};

class Claiming final : public TwoWalks {
 public:
  Claiming(const SpatialAvailability& measure, const Shared& shared, AccessResult& result)
      : TwoWalks(shared, result, measure.decay), claims_(population()), per_inhabitant_(measure.per_inhabitant) {
    if (!(measure.population_exponent >= 0)) {
      throw ArgumentError("spatial availability: a negative exponent");
    }
    for (double& claim : claims_) {
      claim = claim > 0 && measure.population_exponent != 1 ? std::pow(claim, measure.population_exponent) : claim;
    }
  }

 private:
  [[nodiscard]] TripSums::PerFacility ask_who_comes(TripSums& sums) override { return sums.per_facility(decay(), claims_); }
  [[nodiscard]] TripSums::PerOrigin ask_what_is_got(TripSums& sums) override { return sums.per_origin(decay(), ratios()); }
  [[nodiscard]] double got_by(const std::size_t origin, const double sum) const override {
    const double people = inputs().population[origin];
    if (!(people > 0)) {
      return 0;
    }
    return sum * claims_[origin] / (per_inhabitant_ ? people : 1);
  }

  std::vector<double> claims_;  ///< how much each origin asks for
  bool per_inhabitant_;
};

/// Luo and Whippo's catchments, each as large as it needs to be. First who is within the least cost; then, for facilities
/// that this does not fill, everybody by cost; then what there is for the origins.
class GrowingCatchments final : public RunningMeasure {
 public:
  GrowingCatchments(const VariableCatchment& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure),
        inputs_(inputs),
        result_(result),
        demand_(inputs.supply.size()),
        comers_(inputs.supply.size()),
        reach_(inputs.supply.size(), measure.least) {
    if (measure.least > measure.most || !(measure.base_population >= 0) || !(measure.enough_ratio >= 0)) {
      throw ArgumentError("variable catchments: bounds that do not ascend, or a negative aim");
    }
  }

  [[nodiscard]] bool reads_rows() const override { return true; }

  void row(const OriginIndex origin, const std::span<const Reach> trips) override {
    if (phase_ == Phase::giving) {
      give(origin, trips);
      return;
    }
    const double people = inputs_.population[origin.value()];
    if (!(people > 0)) {
      return;
    }
    const Cost farthest = phase_ == Phase::near ? measure_.least : measure_.most;
    for (std::size_t k = 0; k < trips.size() && trips[k].cost <= farthest; ++k) {
      const std::size_t facility = trips[k].facility.value();
      if (phase_ == Phase::near) {
        demand_[facility].add(people);
      } else if (trips[k].cost > measure_.least && !is_filled(facility)) {
        comers_[facility].push_back(std::uint64_t{trips[k].cost} << 32U | origin.value());
      }
    }
  }

  bool end_walk(const TripSums&) override {
    if (phase_ == Phase::giving) {
      return false;
    }
    if (phase_ == Phase::near) {
      phase_ = Phase::far;
      return true;
    }
    std::vector<double> demand(comers_.size());
    for (std::size_t facility = 0; facility < comers_.size(); ++facility) {
      if (!is_filled(facility)) {
        grow(facility);
      }
      demand[facility] = demand_[facility].value();
    }
    result_.of_facility = ratios_of(inputs_.supply, demand, result_);
    phase_ = Phase::giving;
    return true;
  }

 private:
  enum class Phase { near, far, giving };

  [[nodiscard]] bool is_filled(const std::size_t facility) const {
    return demand_[facility].value() > 0 && demand_[facility].value() >= measure_.base_population;
  }

  void grow(const std::size_t facility) {
    std::vector<std::uint64_t> comers = std::move(comers_[facility]);
    std::sort(comers.begin(), comers.end());
    reach_[facility] = measure_.most;
    Cost before = measure_.least;
    for (const std::uint64_t comer : comers) {
      const auto cost = static_cast<Cost>(comer >> 32U);
      if (cost > before && is_filled(facility)) {
        reach_[facility] = before;
        break;
      }
      demand_[facility].add(inputs_.population[static_cast<std::uint32_t>(comer)]);
      before = cost;
    }
  }

  void give(const OriginIndex origin, const std::span<const Reach> trips) {
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

  const VariableCatchment measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  std::vector<CompensatedSum> demand_;              ///< per facility
  std::vector<std::vector<std::uint64_t>> comers_;  ///< per facility: cost and origin in one number, to be sorted fast
  std::vector<Cost> reach_;                         ///< per facility
  Phase phase_ = Phase::near;
};

/// Who comes to a facility, shared out by what else there is.
class CrowdAtFacilities final : public RunningMeasure {
 public:
  CrowdAtFacilities(const Crowding& measure, const Shared& shared, AccessResult& result)
      : inputs_(shared.inputs), result_(result), decay_(shared.weights.of({.decay = measure.decay})) {
    result.of_origin.clear();
  }

  void ask(TripSums& sums) override {
    supply_ = sums.per_origin(decay_, {inputs_.supply.begin(), inputs_.supply.end()});
    crowd_ = sums.per_facility(decay_, {inputs_.population.begin(), inputs_.population.end()}, supply_);
  }

  bool end_walk(const TripSums& sums) override {
    const std::span<const double> supply = sums.of(*supply_);
    for (std::size_t origin = 0; origin < supply.size(); ++origin) {
      if (!(supply[origin] > 0)) {
        result_.without_facility.push_back(OriginIndex{origin});
      }
    }
    result_.of_facility = sums.of(*crowd_);
    for (std::size_t facility = 0; facility < result_.of_facility.size(); ++facility) {
      if (!(inputs_.supply[facility] > 0)) {
        result_.of_facility[facility] = 0;
      } else if (result_.of_facility[facility] == 0) {
        result_.without_demand.push_back(FacilityIndex{facility});
      }
    }
    return false;
  }

 private:
  const AccessInputs inputs_;
  AccessResult& result_;
  const CostWeights& decay_;
  std::optional<TripSums::PerOrigin> supply_;
  std::optional<TripSums::PerFacility> crowd_;
};

struct Start {
  const Shared& shared;
  AccessResult& result;

  RunningPointer operator()(const FloatingCatchment& m) const { return std::make_unique<Floating>(m, shared, result); }
  RunningPointer operator()(const ThreeStepCatchment& m) const { return std::make_unique<Choosing>(m, shared, result); }
  RunningPointer operator()(const BalancedCatchment& m) const { return std::make_unique<Balanced>(m, shared, result); }
  RunningPointer operator()(const SpatialAvailability& m) const { return std::make_unique<Claiming>(m, shared, result); }
  RunningPointer operator()(const VariableCatchment& m) const {
    return std::make_unique<GrowingCatchments>(m, shared.inputs, result);
  }
  RunningPointer operator()(const Crowding& m) const { return std::make_unique<CrowdAtFacilities>(m, shared, result); }
  template <typename Other>
  RunningPointer operator()(const Other&) const {
    throw ArgumentError("accessibility: no measure of catchments");
  }
};

}  // namespace

RunningPointer start_catchment(const AccessMeasure& measure, const Shared& shared, AccessResult& result) {
  return std::visit(Start{shared, result}, measure);
}

}  // namespace maillage::access
