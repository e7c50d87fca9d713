#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"

/// The measure that is the fixed point of everybody's reaction to everybody: one walk is one round.
namespace maillage::access {

namespace {

constexpr std::size_t kMostWalks = 10'000;
constexpr double kConverged = 1e-13;
constexpr double kRunAway = 1e12;
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

class Competition final : public RunningMeasure {
 public:
  Competition(const CompetitiveAccess& measure, const Shared& shared, AccessResult& result)
      : inputs_(shared.inputs),
        result_(result),
        decay_(shared.weights.of({.decay = measure.decay})),
        load_(inputs_.supply.size(), 1) {}

  void ask(TripSums& sums) override {
    std::vector<double> offered(load_.size());
    for (std::size_t facility = 0; facility < load_.size(); ++facility) {
      offered[facility] = load_[facility] > 0 ? inputs_.supply[facility] / load_[facility] : 0;
    }
    access_ = sums.per_origin(decay_, std::move(offered));
    come_ = sums.per_facility(decay_, {inputs_.population.begin(), inputs_.population.end()}, access_);
  }

  bool end_walk(const TripSums& sums) override {
    ++walks_;
    const Change change = take_over(sums.of(*access_));
    load_ = sums.of(*come_);
    for (std::size_t facility = 0; facility < load_.size(); ++facility) {
      if (!(inputs_.supply[facility] > 0)) {
        load_[facility] = 0;
      } else if (walks_ == 1 && load_[facility] == 0) {
        result_.without_demand.push_back(FacilityIndex{facility});
      }
    }
    const bool settled = change.most <= kConverged;
    if (!settled && !change.runs_away && walks_ < kMostWalks) {
      return true;
    }
    if (!settled) {  // there is no fixed point: some facilities have more than all who reach them could ever share
      result_.converged = false;
      std::ranges::fill(result_.of_origin, kMissing);
      result_.of_facility.assign(load_.size(), kMissing);
      return false;
    }
    result_.of_facility = load_;
    divide_by_mean();
    return false;
  }

 private:
  struct Change {
    double most = 0;  ///< relative, of an origin since the walk before
    bool runs_away = false;
  };

  Change take_over(const std::span<const double> access) {
    Change change;
    double least = std::numeric_limits<double>::infinity();  // of those who have some
    double greatest = 0;
    for (std::size_t origin = 0; origin < access.size(); ++origin) {
      const double value = access[origin];
      double& kept = result_.of_origin[origin];
      if (value > 0) {
        least = std::min(least, value);
        greatest = std::max(greatest, value);
        change.most = std::max(change.most, std::abs(value - kept) / value);
      } else if (walks_ == 1) {
        result_.without_facility.push_back(OriginIndex{origin});
      }
      kept = value;
    }
    change.runs_away = greatest > kRunAway * least;
    return change;
  }

  void divide_by_mean() {
    CompensatedSum sum;
    std::size_t count = 0;
    for (const double value : result_.of_origin) {
      sum.add(value);
      count += value > 0 ? 1 : 0;
    }
    const double mean = sum.value() / static_cast<double>(std::max<std::size_t>(count, 1));
    for (double& value : result_.of_origin) {
      value = mean > 0 ? value / mean : 0;
    }
  }

  const AccessInputs inputs_;
  AccessResult& result_;
  const CostWeights& decay_;
  std::vector<double> load_;  ///< L_j; a facility that nobody comes to is out from the second walk on
  std::optional<TripSums::PerOrigin> access_;
  std::optional<TripSums::PerFacility> come_;
  std::size_t walks_ = 0;
};

}  // namespace

RunningPointer start_competition(const CompetitiveAccess& measure, const Shared& shared, AccessResult& result) {
  return std::make_unique<Competition>(measure, shared, result);
}

}  // namespace maillage::access
