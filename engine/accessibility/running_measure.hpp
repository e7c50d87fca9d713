#pragma once

#include <memory>
#include <span>

#include "engine/accessibility/accessibility.hpp"
#include "engine/accessibility/trip_sums.hpp"

/// How measures of access take part in the walks over all trips.
namespace maillage::access {

/// A measure at work. Most are made of sums over trips, which they ask for before each walk: equal sums are added up once
/// for all measures. A measure that must see the trips one by one, by cost, says so.
class RunningMeasure {
 public:
  RunningMeasure() = default;
  RunningMeasure(const RunningMeasure&) = delete;
  RunningMeasure& operator=(const RunningMeasure&) = delete;
  virtual ~RunningMeasure() = default;

  /// Before each walk: what it is to add up.
  virtual void ask(TripSums& /*sums*/) {}
  /// Whether `row` is to be called in this walk.
  [[nodiscard]] virtual bool reads_rows() const { return false; }
  /// Called for every origin in order, without the trips to facilities that have no supply.
  virtual void row(OriginIndex /*origin*/, std::span<const Reach> /*trips*/) {}
  /// \returns whether one more walk is needed
  [[nodiscard]] virtual bool end_walk(const TripSums& sums) = 0;
};

/// What all measures of one analysis have in common.
struct Shared {
  const AccessInputs& inputs;
  WeightPool& weights;
};

using RunningPointer = std::unique_ptr<RunningMeasure>;
/// Measures of an origin's own trips. \throws ArgumentError on parameters that make no sense
[[nodiscard]] RunningPointer start_counting(const AccessMeasure& measure, const Shared& shared, AccessResult& result);
/// Measures that first ask every facility who comes.
[[nodiscard]] RunningPointer start_catchment(const AccessMeasure& measure, const Shared& shared, AccessResult& result);
[[nodiscard]] RunningPointer start_competition(const CompetitiveAccess& measure, const Shared& shared,
                                               AccessResult& result);
[[nodiscard]] RunningPointer start_rational_agents(const RationalAgentAccess& measure, const Shared& shared,
                                                   AccessResult& result);

/// supply / demand where both are positive; a facility that nobody comes to is noted.
[[nodiscard]] std::vector<double> ratios_of(std::span<const double> supply, std::span<const double> demand,
                                            AccessResult& result);

/// Origins that the question denies, as those that reach no facility.
void list_unreached(const TripSums& sums, TripSums::Reached question, AccessResult& result);

}  // namespace maillage::access
