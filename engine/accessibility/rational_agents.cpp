#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/accessibility/flow_forest.hpp"
#include "engine/accessibility/running_measure.hpp"
#include "engine/core/compensated_sum.hpp"
#include "engine/core/disjoint_sets.hpp"
#include "engine/core/error.hpp"

/// Crowding and travel weighed together: the equilibrium of people who all go where it costs them least.
namespace maillage::access {

namespace {

constexpr std::size_t kMostRounds = 1'000;
constexpr std::size_t kMostInnerRounds = 5;
/// Rounds among near facilities before people are settled: settling costs most where many facilities are in use.
constexpr std::size_t kFirstRounds = 4;
/// Walks until near facilities are known well enough to settle people among them: prices are far off at first.
constexpr std::size_t kFirstWalks = 3;
constexpr std::size_t kLaterRounds = 2;
constexpr double kSettled = 1e-11;
/// Facilities that cost so much more than those an origin uses may be worth it after a few rounds.
constexpr double kNear = 1.05;

/// Every round lets each origin in turn choose anew against the others' choices, which brings in facilities that are worth
/// it; then the people are settled exactly among the facilities in use. The value of the convex program falls every time.
/// Most rounds look only at the facilities that were near enough when all were looked at; a walk over all trips between
/// them brings in the others. Ends when in such a walk nobody could save more than rounding.
class RationalAgents final : public RunningMeasure {
 public:
  RationalAgents(const RationalAgentAccess& measure, const AccessInputs& inputs, AccessResult& result)
      : measure_(measure),
        inputs_(inputs),
        result_(result),
        inverse_tau_(1 / measure.tau),
        demand_(inputs.supply.size(), 0),
        width_(inputs.supply.size(), 0),
        places_(inputs.supply.size()),
        level_(inputs.population.size(), 0),
        first_arc_(inputs.population.size() + 1, 0),
        first_near_(inputs.population.size() + 1, 0) {
    if (!(measure.tau > 0)) {
      throw ArgumentError("rational agents: tau is not positive");
    }
    const auto sum_of = [](const std::span<const double> amounts) {
      CompensatedSum sum;
      for (const double amount : amounts) {
        sum.add(amount);
      }
      return sum.value();
    };
    const double supply = sum_of(inputs.supply);
    const double rho = supply > 0 ? sum_of(inputs.population) / supply : 0;
    for (std::size_t facility = 0; facility < width_.size(); ++facility) {
      width_[facility] = rho * inputs.supply[facility];
      places_[facility].inverse_width = width_[facility] > 0 ? 1 / width_[facility] : 0;
    }
    phase_ = rho > 0 ? Phase::choosing : Phase::telling;
  }

  [[nodiscard]] bool reads_rows() const override { return true; }

  void row(const OriginIndex origin, const std::span<const Reach> all) override {
    const auto beyond =
        std::partition_point(all.begin(), all.end(), [&](const Reach& trip) { return trip.cost <= measure_.farthest; });
    const std::span<const Reach> trips = all.first(static_cast<std::size_t>(beyond - all.begin()));
    if (walks_ == 0 && trips.empty()) {
      result_.without_facility.push_back(origin);
    }
    if (phase_ == Phase::telling) {
      result_.of_origin[origin.value()] = least_cost(trips);
      return;
    }
    const std::size_t number = origin.value();
    if (inputs_.population[number] > 0 && !trips.empty()) {
      const bool was_content = go(number, trips);
      if (was_content) {
        const auto near = near_.begin();
        next_near_.insert(next_near_.end(), near + static_cast<std::ptrdiff_t>(first_near_[number]),
                          near + static_cast<std::ptrdiff_t>(first_near_[number + 1]));
      } else {
        std::ranges::copy_if(trips, std::back_inserter(next_near_), [&](const Reach& trip) {
          return places_[trip.facility.value()].price + travel(trip) <= level_[number] * kNear;
        });
      }
    }
    next_first_near_.push_back(next_near_.size());
  }

  bool end_walk(const TripSums&) override {
    ++walks_;
    if (phase_ == Phase::telling) {
      result_.of_facility = demand_;
      return false;
    }
    near_ = std::exchange(next_near_, {});
    first_near_.assign(1, 0);
    first_near_.insert(first_near_.end(), next_first_near_.begin(), next_first_near_.end());
    next_first_near_.clear();
    if (saved_ <= kSettled || rounds_ >= kMostRounds) {
      result_.converged = saved_ <= kSettled;
      phase_ = Phase::telling;
      settle();
      return true;
    }
    for (std::size_t round = 0; round < (walks_ <= kFirstWalks ? kFirstRounds : kLaterRounds); ++round) {
      take_over_arcs();
      go_near();
    }
    if (walks_ < kFirstWalks) {  // what is near will look otherwise
      take_over_arcs();
      return true;
    }
    settle();
    for (std::size_t round = 0; round < kMostInnerRounds; ++round) {
      go_near();
      if (saved_ == 0) {  // nobody moved
        take_over_arcs();
        break;
      }
      settle();
    }
    return true;
  }

 private:
  enum class Phase { choosing, telling };

  /// A facility as those who choose see it.
  struct Place {
    double price = 0;          ///< what its crowd costs
    double inverse_width = 0;  ///< what one person more adds to it
  };
  struct Level {
    double cost = 0;  ///< without the origin's people
    std::uint32_t trip = 0;
    friend auto operator<=>(const Level&, const Level&) = default;
  };

  [[nodiscard]] double travel(const Reach& trip) const { return static_cast<double>(trip.cost) * inverse_tau_; }

  [[nodiscard]] double least_cost(const std::span<const Reach> trips) const {
    double least = std::numeric_limits<double>::infinity();
    for (const Reach& trip : trips) {
      least = std::min(least, places_[trip.facility.value()].price + travel(trip));
    }
    return trips.empty() ? std::numeric_limits<double>::quiet_NaN() : least;
  }

  void set_demand(const std::size_t facility, const double people) {
    demand_[facility] = people;
    places_[facility].price = people * places_[facility].inverse_width;
  }

  /// One round among near facilities.
  void go_near() {
    for (std::size_t origin = 0; origin < level_.size(); ++origin) {
      const std::span<const Reach> near =
          std::span<const Reach>{near_}.subspan(first_near_[origin], first_near_[origin + 1] - first_near_[origin]);
      if (!near.empty()) {
        (void)go(origin, near);
      }
    }
  }

  /// The origin's people stay where they are, or choose anew. \returns whether they stay
  bool go(const std::size_t origin, const std::span<const Reach> trips) {
    const std::span<const FlowArc> own =
        std::span<const FlowArc>{settled_}.subspan(first_arc_[origin], first_arc_[origin + 1] - first_arc_[origin]);
    if (is_content(origin, trips)) {
      arcs_.insert(arcs_.end(), own.begin(), own.end());
      return true;
    }
    double before = 0;  // what the origin's people pay now
    double people = 0;
    for (const FlowArc& arc : own) {
      before += arc.flow * (places_[arc.facility].price + arc.cost);
      people += arc.flow;
    }
    moved_.push_back(static_cast<std::uint32_t>(origin));
    for (const FlowArc& arc : own) {
      moved_.push_back(static_cast<std::uint32_t>(level_.size() + arc.facility));  // left, or not
      set_demand(arc.facility, std::max(0.0, demand_[arc.facility] - arc.flow));
    }
    const double after = choose(origin, trips);
    level_[origin] = after;
    saved_ = std::max(saved_, people > 0 ? std::abs(before / people - after) / after : 1);
    return false;
  }

  /// Whether no facility would cost an origin's people less than the dearest that they go to; since they were settled all of
  /// these cost the same. Trips come by cost, so that few need be looked at.
  [[nodiscard]] bool is_content(const std::size_t origin, const std::span<const Reach> trips) const {
    if (first_arc_[origin] == first_arc_[origin + 1]) {
      return false;
    }
    const double enough = level_[origin] * (1 - kSettled);
    for (const Reach& trip : trips) {
      const double way = travel(trip);
      if (way >= enough) {
        break;
      }
      if (way + places_[trip.facility.value()].price < enough) {
        return false;
      }
    }
    return true;
  }

  /// Spreads an origin's people so that all facilities it uses cost it the same and no other less: water finds its level.
  /// \returns the level
  double choose(const std::size_t origin, const std::span<const Reach> trips) {
    const double population = inputs_.population[origin];
    double most = std::numeric_limits<double>::infinity();
    costs_.clear();
    for (const Reach& trip : trips) {
      const Place& place = places_[trip.facility.value()];
      costs_.push_back(place.price + travel(trip));
      // Everybody at this one: nothing that costs more to begin with is used.
      most = std::min(most, costs_.back() + population * place.inverse_width);
    }
    levels_.clear();
    for (std::size_t k = 0; k < trips.size(); ++k) {
      if (costs_[k] <= most) {
        levels_.push_back({costs_[k], static_cast<std::uint32_t>(k)});
      }
    }
    std::sort(levels_.begin(), levels_.end());
    double slope = 0;  // people that one unit of cost more brings
    double level = 0;
    double people = 0;
    for (std::size_t k = 0; k < levels_.size(); ++k) {
      if (k > 0) {
        const double filled = people + slope * (levels_[k].cost - level);
        if (filled >= population) {
          break;
        }
        people = filled;
      }
      level = levels_[k].cost;
      slope += width_[trips[levels_[k].trip].facility.value()];
    }
    level += (population - people) / slope;
    for (const Level& one : levels_) {
      if (one.cost >= level) {
        break;
      }
      const Reach& trip = trips[one.trip];
      const auto facility = static_cast<std::uint32_t>(trip.facility.value());
      const double flow = (level - one.cost) * width_[facility];
      set_demand(facility, demand_[facility] + flow);
      if (flow > 0) {
        arcs_.push_back(
            {.origin = static_cast<std::uint32_t>(origin), .facility = facility, .cost = travel(trip), .flow = flow});
      }
    }
    return level;
  }

  /// Settles the people exactly among the facilities in use. Parts of the country where nobody moved are settled already.
  void settle() {
    const auto node_of = [&](const FlowArc& arc) { return static_cast<std::uint32_t>(level_.size() + arc.facility); };
    DisjointSets parts{level_.size() + width_.size()};
    for (const FlowArc& arc : arcs_) {
      parts.unite(arc.origin, node_of(arc));
    }
    std::vector<std::uint8_t> stirred(level_.size() + width_.size(), 0);
    for (const std::uint32_t node : moved_) {
      stirred[parts.lowest(node)] = 1;
    }
    moved_.clear();
    std::vector<FlowArc> some;
    std::vector<std::size_t> which;
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      if (stirred[parts.lowest(arcs_[k].origin)] != 0) {
        some.push_back(arcs_[k]);
        which.push_back(k);
      }
    }
    settle_flows(some, width_, level_.size());
    for (std::size_t k = 0; k < some.size(); ++k) {
      arcs_[which[k]].flow = some[k].flow;
    }
    std::ranges::fill(demand_, 0);
    for (const FlowArc& arc : arcs_) {
      demand_[arc.facility] += arc.flow;
    }
    for (std::size_t facility = 0; facility < width_.size(); ++facility) {
      set_demand(facility, demand_[facility]);
    }
    take_over_arcs();
  }

  /// What the origins chose in a round is where their people are in the next one.
  void take_over_arcs() {
    ++rounds_;
    saved_ = 0;
    settled_.clear();
    std::ranges::fill(first_arc_, 0);
    std::ranges::fill(level_, 0);
    for (const FlowArc& arc : arcs_) {
      if (arc.flow > 0) {
        settled_.push_back(arc);
        ++first_arc_[arc.origin + 1];
        level_[arc.origin] = std::max(level_[arc.origin], places_[arc.facility].price + arc.cost);
      }
    }
    arcs_.clear();
    for (std::size_t origin = 0; origin < level_.size(); ++origin) {
      first_arc_[origin + 1] += first_arc_[origin];
    }
  }

  const RationalAgentAccess measure_;
  const AccessInputs inputs_;
  AccessResult& result_;
  const double inverse_tau_;
  std::vector<double> demand_;            ///< D_j
  std::vector<double> width_;             ///< rho S_j
  std::vector<Place> places_;             ///< per facility
  std::vector<double> level_;             ///< per origin, the most that its people pay since they were settled
  std::vector<FlowArc> arcs_;             ///< pairs in use, of the origins of this round so far
  std::vector<FlowArc> settled_;          ///< those of the round before, by origin
  std::vector<std::uint32_t> moved_;      ///< origins that chose anew, and facilities they were at, since people were settled
  std::vector<std::size_t> first_arc_;    ///< per origin, its first of settled_
  std::vector<Reach> near_;               ///< trips of origins that may be worth it, by origin and cost
  std::vector<std::size_t> first_near_;   ///< per origin
  std::vector<Reach> next_near_;          ///< those that this walk finds
  std::vector<std::size_t> next_first_near_;
  std::vector<double> costs_;
  std::vector<Level> levels_;
  double saved_ = 0;
  std::size_t walks_ = 0;
  std::size_t rounds_ = 0;
  Phase phase_ = Phase::telling;
};

}  // namespace

RunningPointer start_rational_agents(const RationalAgentAccess& measure, const Shared& shared, AccessResult& result) {
  return std::make_unique<RationalAgents>(measure, shared.inputs, result);
}

}  // namespace maillage::access
