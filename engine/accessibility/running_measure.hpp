#pragma once

#include <functional>
#include <memory>
#include <span>

#include "engine/accessibility/accessibility.hpp"

/// How measures of access take part in the walks over all trips.
namespace maillage::access {

/// A measure at work.
struct Running {
  std::function<void(OriginIndex, std::span<const Reach>)> row;
  std::function<bool()> end_walk;  ///< \returns whether one more walk is needed
};

template <typename Measure>
Running run(std::shared_ptr<Measure> measure) {
  return {[measure](const OriginIndex origin, const std::span<const Reach> trips) { measure->row(origin, trips); },
          [measure] { return measure->end_walk(); }};
}

[[nodiscard]] Running start_counting(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result);
[[nodiscard]] Running start_catchment(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result);
[[nodiscard]] Running start_competition(const AccessMeasure& measure, const AccessInputs& inputs, AccessResult& result);

/// supply / demand where both are positive; a facility that nobody comes to is noted.
[[nodiscard]] double ratio_of(FacilityIndex facility, double supply, double demand, AccessResult& result);

}  // namespace maillage::access
