#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/accessibility/decay.hpp"
#include "engine/accessibility/trip_source.hpp"

namespace maillage {

/// Measures of access. Names: i an origin with population P_i, j a facility with supply S_j, t_ij the cost of the trip, f
/// the decay, which is 0 beyond its farthest cost. A facility without supply is none, whatever lies near it.

/// Cost to the k-th nearest facility; missing where fewer are in reach.
struct CostToKth {
  std::uint32_t k = 1;
};

/// A_i = sum of S_j over t_ij <= cutoff. Wachs and Kumagai (1973), doi:10.1016/0038-0121(73)90041-4.
struct CumulativeAccess {
  Cost cutoff = 0;
};

/// Mean or median of the cumulative access at the cutoffs from, from + step... up to `to`. Tomasiello et al. (2023),
/// Applied Geography 157.
struct IntervalCumulativeAccess {
  Cost from = 0;
  Cost to = 0;
  Cost step = 60;
  bool median = false;
};

/// The least cost within which the supply in reach is at least the population; missing where it never is. Barboza et al.
/// (2021), doi:10.1016/j.jtrangeo.2020.102924.
struct BalancingCost {};

/// A_i = sum of S_j f(t_ij). Hansen (1959), doi:10.1080/01944365908978307.
struct GravityAccess {
  Decay decay;
};

/// R_j = S_j / sum_i P_i f(t_ij); A_i = sum_j R_j f(t_ij). With a binary decay 2SFCA (Luo and Wang 2003,
/// doi:10.1068/b29120); stepped E2SFCA (Luo and Qi 2009, doi:10.1016/j.healthplace.2009.06.002), and APL with its weights
/// (Barlet et al. 2012); with kernels KD2SFCA; with any decay Shen's (1998, doi:10.1068/b250345). `modified`: A_i = sum_j
/// R_j f^2, M2SFCA (Delamater 2013, doi:10.1016/j.healthplace.2013.07.012), which gives away less than there is.
struct FloatingCatchment {
  Decay decay;
  bool modified = false;
};

/// Origins choose: G_ij = w_ij / sum_k w_ik; R_j = S_j / sum_i G_ij f_ij P_i; A_i = sum_j G_ij f_ij R_j. By default w = f:
/// 3SFCA (Wan, Zou and Sternberg 2012, doi:10.1080/13658816.2011.624987). With Huff's probabilities w = S^a max(t, least)^-b
/// within the decay's farthest cost: Luo (2014), doi:10.1111/tgis.12096.
struct ThreeStepCatchment {
  struct Huff {
    double supply_exponent = 1;
    double cost_exponent = 1;
    Cost least_cost = 1;
  };
  Decay decay;
  std::optional<Huff> huff{};
};

/// R_j = S_j / sum_i P_i w^i_ij, A_i = sum_j R_j w^j_ij, with w^i the decay divided by its sum over the facilities of i and
/// w^j by its sum over the origins of j: sum_i A_i = sum_j R_j. Paez, Higgins and Vivona (2019),
/// doi:10.1371/journal.pone.0218773.
struct BalancedCatchment {
  Decay decay;
};

/// The catchment of a facility grows from `least` until `base_population` is in it, that of an origin until the ratios in it
/// make `enough_ratio`; neither beyond `most`. Luo and Whippo (2012), doi:10.1016/j.healthplace.2012.04.002.
struct VariableCatchment {
  Cost least = 0;
  Cost most = 0;
  double base_population = 0;
  double enough_ratio = 0;
};

/// Per facility, C_j = sum_i P_i f_ij / sum_l S_l f_il: the people per unit of supply one meets there. Wang (2018),
/// doi:10.1080/00330124.2017.1365308.
struct Crowding {
  Decay decay;
};

/// V_i = sum_j S_j P_i^a f_ij / sum_k P_k^a f_kj: supply is shared out, sum_i V_i = sum_j S_j. Soukhov et al. (2023),
/// doi:10.1371/journal.pone.0278468. With a = 1 it is the singly constrained measure.
struct SpatialAvailability {
  Decay decay;
  double population_exponent = 1;
  bool per_inhabitant = false;  ///< V_i / P_i
};

/// Gravity access scaled to the supply there is: sum_i V_i = sum_j S_j. Wilson (1971), doi:10.1068/a030001.
struct TotalConstrainedAccess {
  Decay decay;
};

/// The fixed point of A_i = sum_j S_j f_ij / L_j, L_j = sum_i P_i f_ij / A_i, divided by the mean of A over origins that
/// reach something. Allen and Farber (2020), doi:10.1111/gean.12188. A_i and L_j are the balancing factors of Wilson's
/// doubly constrained model, so that no other measure is needed for that one. There is a fixed point only if everybody's
/// equal share of the supply could be brought to them within the decay's reach; where a cutoff forbids it, all values are
/// missing and `converged` is false.
struct CompetitiveAccess {
  Decay decay;
};

/// Crowding and travel weighed together, least is best: D_j / (rho S_j) + t_ij / tau, rho = sum P / sum S, where everybody
/// goes where this is least and D_j is who comes. The equilibrium of Saxon and Snow (2020),
/// doi:10.1080/24694452.2019.1629870, solved as the convex program that it is (Beckmann et al. 1956). Origins that reach
/// nothing are missing and go nowhere.
struct RationalAgentAccess {
  double tau = 3600;  ///< in the cost's unit
  Cost farthest = 0;  ///< closed
};

using AccessMeasure = std::variant<CostToKth, CumulativeAccess, IntervalCumulativeAccess, BalancingCost, GravityAccess,
                                   FloatingCatchment, ThreeStepCatchment, BalancedCatchment, VariableCatchment, Crowding,
                                   SpatialAvailability, TotalConstrainedAccess, CompetitiveAccess, RationalAgentAccess>;

/// The cost up to which a measure needs trips; kUnreachable - 1 where it has no bound of its own.
[[nodiscard]] Cost farthest_cost(const AccessMeasure& measure);

/// Whether the trips of each origin must come by cost.
[[nodiscard]] bool needs_order(const AccessMeasure& measure);

struct AccessInputs {
  std::span<const double> population;  ///< per origin; finite, not negative
  std::span<const double> supply;      ///< per facility; finite, not negative
};

struct AccessResult {
  std::vector<double> of_origin;    ///< NaN where missing
  std::vector<double> of_facility;  ///< the ratio R_j, C_j, L_j or the demand D_j of the measures that have one; else empty
  std::vector<FacilityIndex>
      without_demand;  ///< facilities with supply that nobody who lives somewhere reaches: they add nothing
  std::vector<OriginIndex> without_facility;  ///< origins that reach no facility: access 0, or missing
  std::size_t walks = 0;                      ///< over all trips
  bool converged = true;                      ///< of a measure that is a fixed point: false when it has none, or was stopped
};

/// All measures at once, of trips by cost where one of them needs that: every walk over the trips serves all that still need
/// one, 2 for most. Nearly all are made of sums over trips (`access::TripSums`): equal ones are added up once, eight side by
/// side. Sums are compensated; trips come in the source's order, so that results are the same for any number of threads.
/// \throws ArgumentError: sizes that do not fit, a population or supply that is negative or not finite, a decay that makes no
/// sense or whose farthest cost is 100 million or more. Cost: O(pairs x different sums) a walk; memory: some values an origin
/// and facility and measure, 72 bytes a unit of cost for eight sums, and 8 bytes a pair that a VariableCatchment must sort.
[[nodiscard]] std::vector<AccessResult> measure_access(const TripSource& trips, const AccessInputs& inputs,
                                                       std::span<const AccessMeasure> measures);

}  // namespace maillage
