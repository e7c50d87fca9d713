#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/accessibility/flow_forest.hpp"
#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

/// Measures that are the fixed point of everybody's reaction to everybody: one walk is one round.
namespace maillage::access {

namespace {

constexpr std::size_t kMostWalks = 10'000;
constexpr double kConverged = 1e-13;

class Competition {
 public:
  Competition(const CompetitiveAccess& measure, const AccessInputs& inputs, AccessResult& result)
      : inputs_(inputs),
        result_(result),
        decay_(measure.decay),
        load_(inputs.supply.size(), 1),
        next_(inputs.supply.size()) {}

  void row(const OriginIndex origin, const std::span<const Reach> trips) {
    CompensatedSum access;
    for (const Reach& trip : trips) {
      const double load = load_[trip.facility.value()];
      if (load > 0) {
        access.add(inputs_.supply[trip.facility.value()] * decay_.weight(trip.cost) / load);
      }
    }
    const double value = access.value();
    double& kept = result_.of_origin[origin.value()];
    if (value > 0) {
      least_ = std::min(least_, value);
      greatest_ = std::max(greatest_, value);
      change_ = std::max(change_, std::abs(value - kept) / value);
      for (const Reach& trip : trips) {
        next_[trip.facility.value()].add(inputs_.population[origin.value()] * decay_.weight(trip.cost) / value);
      }
    } else if (walks_ == 0) {
      result_.without_facility.push_back(origin);
    }
    kept = value;
  }

  bool end_walk() {
    ++walks_;
    for (std::size_t facility = 0; facility < load_.size(); ++facility) {
      load_[facility] = next_[facility].value();
      next_[facility] = {};
      if (walks_ == 1 && inputs_.supply[facility] > 0 && load_[facility] == 0) {
        result_.without_demand.push_back(FacilityIndex{facility});
      }
    }
    const bool settled = std::exchange(change_, 0) <= kConverged;
    const bool runs_away = std::exchange(greatest_, 0) > kRunAway * std::exchange(least_, kInfinite);
    if (!settled && !runs_away && walks_ < kMostWalks) {
      return true;
    }
    if (!settled) {  // there is no fixed point: some facilities have more than all who reach them could ever share
      result_.converged = false;
      std::ranges::fill(result_.of_origin, std::numeric_limits<double>::quiet_NaN());
      result_.of_facility.assign(load_.size(), std::numeric_limits<double>::quiet_NaN());
      return false;
    }
    result_.of_facility = load_;
    divide_by_mean();
    return false;
  }

 private:
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

  static constexpr double kRunAway = 1e12;
  static constexpr double kInfinite = std::numeric_limits<double>::infinity();

  const AccessInputs inputs_;
  AccessResult& result_;
  DecayTable decay_;
  double least_ = kInfinite;  ///< access of this walk, of those who have some
  double greatest_ = 0;
  std::vector<double> load_;  ///< L_j; a facility that nobody comes to is out from the second walk on
  std::vector<CompensatedSum> next_;
  double change_ = 0;
  std::size_t walks_ = 0;
};

/// Every walk lets each origin in turn choose anew against the others' choices, which brings in facilities that are worth
/// it; then the people are settled exactly among the facilities in use. The value of the convex program falls every time.
/// Ends when nobody could save more than rounding.
class RationalAgents {
 public:
  RationalAgents(const RationalAgentAccess& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure), inputs_(inputs), result_(result), demand_(inputs.supply.size(), 0) {
    if (!(measure.tau > 0)) {
      throw ArgumentError("rational agents: tau is not positive");
    }
  }

  void row(const OriginIndex origin, const std::span<const Reach> all) {
    const auto beyond =
        std::partition_point(all.begin(), all.end(), [&](const Reach& trip) { return trip.cost <= measure_.farthest; });
    const std::span<const Reach> trips = all.first(static_cast<std::size_t>(beyond - all.begin()));
    const std::size_t first = next_flow_;
    next_flow_ += trips.size();
    if (phase_ == Phase::looking) {
      look_around(origin, trips);
    } else if (phase_ == Phase::telling) {
      result_.of_origin[origin.value()] = least_cost(trips);
    } else if (inputs_.population[origin.value()] > 0 && !trips.empty()) {
      const std::size_t own = last_arc_;
      for (; last_arc_ < settled_.size() && settled_[last_arc_].origin == origin.value(); ++last_arc_) {
      }
      if (is_content(origin, trips)) {
        arcs_.insert(arcs_.end(), settled_.begin() + static_cast<std::ptrdiff_t>(own),
                     settled_.begin() + static_cast<std::ptrdiff_t>(last_arc_));
      } else {
        choose_anew(inputs_.population[origin.value()], trips, first);
        note_arcs(origin, trips, first);
      }
    }
  }

  bool end_walk() {
    ++walks_;
    next_flow_ = 0;
    if (phase_ == Phase::looking) {
      rho_ = supply_ > 0 ? population_.value() / supply_ : 0;
      flows_.assign(pairs_, 0);
      for (const double amount : inputs_.supply) {
        width_.push_back(rho_ * amount);
      }
      price_.assign(width_.size(), 0);
      level_.assign(inputs_.population.size(), 0);
      phase_ = rho_ > 0 && pairs_ > 0 ? Phase::choosing : Phase::telling;
      return true;
    }
    if (phase_ == Phase::telling) {
      result_.of_facility = demand_;
      return false;
    }
    settle();
    const double saved = std::exchange(saved_, 0);
    if (saved <= kSettled || walks_ >= kMostRounds) {
      result_.converged = saved <= kSettled;
      phase_ = Phase::telling;
    }
    return true;
  }

 private:
  enum class Phase { looking, choosing, telling };

  /// Whether no facility would cost an origin's people less than those they go to, which all cost the same since they were
  /// settled. Trips come by cost, so that few need be looked at.
  [[nodiscard]] bool is_content(const OriginIndex origin, const std::span<const Reach> trips) const {
    const double enough = level_[origin.value()] * (1 - kSettled);
    for (const Reach& trip : trips) {
      const double travel = trip.cost / measure_.tau;
      if (travel >= enough) {
        break;
      }
      if (travel + price_[trip.facility.value()] < enough) {
        return false;
      }
    }
    return enough > 0;
  }

  void choose_anew(const double population, const std::span<const Reach> trips, const std::size_t first) {
    double before = 0;  // what the origin's people pay now
    double people = 0;
    double most = std::numeric_limits<double>::infinity();
    levels_.clear();
    for (std::size_t k = 0; k < trips.size(); ++k) {
      before += flows_[first + k] * cost(trips[k], demand_[trips[k].facility.value()]);
      people += flows_[first + k];
    }
    for (std::size_t k = 0; k < trips.size(); ++k) {
      double& demand = demand_[trips[k].facility.value()];
      demand = std::max(0.0, demand - std::exchange(flows_[first + k], 0));
      levels_.emplace_back(cost(trips[k], demand), k);
      // Everybody at this one: nothing that costs more to begin with is used.
      most = std::min(most, levels_.back().first + population / width_[trips[k].facility.value()]);
    }
    std::erase_if(levels_, [most](const auto& level) { return level.first > most; });
    choose(trips, population, first);
    for (const Reach& trip : trips) {
      price_[trip.facility.value()] = demand_[trip.facility.value()] / width_[trip.facility.value()];
    }
    const double after = least_cost(trips);
    saved_ = std::max(saved_, people > 0 ? std::abs(before / people - after) / after : 1);
  }

  void note_arcs(const OriginIndex origin, const std::span<const Reach> trips, const std::size_t first) {
    for (std::size_t k = 0; k < trips.size(); ++k) {
      if (flows_[first + k] > 0) {
        arcs_.push_back({.origin = static_cast<std::uint32_t>(origin.value()),
                         .facility = static_cast<std::uint32_t>(trips[k].facility.value()),
                         .cost = trips[k].cost / measure_.tau,
                         .flow = flows_[first + k],
                         .pair = first + k});
      }
    }
  }

  void settle() {
    settle_flows(arcs_, width_, inputs_.population.size());
    std::ranges::fill(demand_, 0);
    settled_.clear();
    for (const FlowArc& arc : arcs_) {
      flows_[arc.pair] = arc.flow;
      demand_[arc.facility] += arc.flow;
      if (arc.flow > 0) {
        settled_.push_back(arc);
      }
    }
    arcs_.clear();
    last_arc_ = 0;
    for (std::size_t facility = 0; facility < width_.size(); ++facility) {
      price_[facility] = width_[facility] > 0 ? demand_[facility] / width_[facility] : 0;
    }
    std::ranges::fill(level_, 0);
    for (const FlowArc& arc : settled_) {
      level_[arc.origin] = std::max(level_[arc.origin], price_[arc.facility] + arc.cost);
    }
  }

  [[nodiscard]] double least_cost(const std::span<const Reach> trips) const {
    double least = std::numeric_limits<double>::infinity();
    for (const Reach& trip : trips) {
      least = std::min(least, cost(trip, demand_[trip.facility.value()]));
    }
    return trips.empty() ? std::numeric_limits<double>::quiet_NaN() : least;
  }

  /// The first walk: who and what takes part.
  void look_around(const OriginIndex origin, const std::span<const Reach> trips) {
    pairs_ += trips.size();
    if (trips.empty()) {
      result_.without_facility.push_back(origin);
    }
    population_.add(inputs_.population[origin.value()]);
    if (origin.value() == 0) {
      CompensatedSum supply;
      for (const double amount : inputs_.supply) {
        supply.add(amount);
      }
      supply_ = supply.value();
    }
  }

  [[nodiscard]] double cost(const Reach& trip, const double demand) const {
    const double crowd = demand > 0 ? demand / (rho_ * inputs_.supply[trip.facility.value()]) : 0;
    return crowd + trip.cost / measure_.tau;
  }

  /// Spreads an origin's people so that all facilities it uses cost it the same and no other less: water finds its level.
  void choose(const std::span<const Reach> trips, const double population, const std::size_t first) {
    std::sort(levels_.begin(), levels_.end());
    double slope = 0;  // people that one unit of cost more brings
    double level = 0;
    double people = 0;
    for (std::size_t k = 0; k < levels_.size(); ++k) {
      if (k > 0) {
        const double filled = people + slope * (levels_[k].first - level);
        if (filled >= population) {
          break;
        }
        people = filled;
      }
      level = levels_[k].first;
      slope += rho_ * inputs_.supply[trips[levels_[k].second].facility.value()];
    }
    level += (population - people) / slope;
    for (const auto& [from, k] : levels_) {
      if (from >= level) {
        break;
      }
      const double flow = (level - from) * rho_ * inputs_.supply[trips[k].facility.value()];
      flows_[first + k] = flow;
      demand_[trips[k].facility.value()] += flow;
    }
  }

  static constexpr std::size_t kMostRounds = 1'000;
  static constexpr double kSettled = 1e-11;

  const RationalAgentAccess measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  std::vector<double> demand_;    ///< D_j
  std::vector<double> flows_;     ///< per pair, in the order of the walk
  std::vector<double> width_;     ///< rho S_j
  std::vector<double> price_;     ///< per facility, what its crowd costs
  std::vector<double> level_;     ///< per origin, the most that its people pay since they were settled
  std::vector<FlowArc> arcs_;     ///< pairs in use, of the origins of this walk so far
  std::vector<FlowArc> settled_;  ///< those of the walk before, by origin
  std::size_t last_arc_ = 0;      ///< of settled_, of the origins of this walk so far
  std::vector<std::pair<double, std::size_t>>
      levels_;  ///< cost of a facility without the origin's people, position of the trip
  CompensatedSum population_;
  double supply_ = 0;
  double rho_ = 0;
  double saved_ = 0;
  std::size_t pairs_ = 0;
  std::size_t next_flow_ = 0;
  std::size_t walks_ = 0;
  Phase phase_ = Phase::looking;
};

}  // namespace

Running start_competition(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result) {
  if (const auto* competitive = std::get_if<CompetitiveAccess>(&measure)) {
    return run(std::make_shared<Competition>(*competitive, inputs, result));
  }
  return run(std::make_shared<RationalAgents>(std::get<RationalAgentAccess>(measure), inputs, result));
}

}  // namespace maillage::access
